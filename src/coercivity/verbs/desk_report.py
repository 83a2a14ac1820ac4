"""Access to the comparison of the licensing desk with reports: its data, and its figures as text."""

from coercivity.papers.market.desk.report_data import CheckRow, DeskCheckBranch, DeskCheckData, ShareRow
from coercivity.papers.market.desk.report_html import place_text
from coercivity.papers.market.desk.shown import (
    FORM_NAMES,
    REASONS,
    USER_NAMES,
    VERDICTS,
    compared_text,
    decided,
    destination_text,
    inputs_text,
    misfit_text,
    model_text,
    percent_text,
    reported_text,
    word,
)
from coercivity.papers.outlook.read import branch_text
from coercivity.practice.desk import FORMS
from coercivity.practice.desk_check import USERS
from coercivity.verbs.desk_queues import destinations, place_names

__all__ = [
    "FORMS", "FORM_NAMES", "REASONS", "USERS", "USER_NAMES", "VERDICTS", "CheckRow", "DeskCheckBranch",
    "DeskCheckData", "ShareRow", "branch_text", "compared_text", "decided", "destination_text", "destinations",
    "inputs_text", "misfit_text", "model_text", "percent_text", "place_names", "place_text", "reported_text", "word",
]  # fmt: skip
