"""The comparison of the licensing desk with reports as plain data."""

from __future__ import annotations

from typing import Literal, TypedDict

from coercivity.market.inputs.figures import AssumedRow
from coercivity.market.results.rows import QueueRow
from coercivity.papers.outlook.report_data import PackData, Text

Kind = Literal["report", "event", "general_licence", "customs_hold"]
Verdict = Literal["met", "near", "missed", "not_comparable"]
# What is compared; empty if nothing is.
Compared = Literal[
    "",
    "filed",
    "granted",
    "refused",
    "pending",
    "granted_share",
    "refused_share",
    "pending_share",
    "decision_days",
    "first_grant_days",
    "hold_days",
    "life_months",
    "holders",
    "general_share",
    "late_share",
    "unused_share",
    "withheld_share",
]
VERDICTS: tuple[Verdict, ...] = ("met", "near", "missed", "not_comparable")


_Span = TypedDict("_Span", {"from": str, "to": str})  # `from` is a word of Python


class Asked(TypedDict):
    """The queues asked for; `any` or `ALL` for all of them."""

    form: str
    destination: str
    user: str


class CheckRow(TypedDict):
    """A row of practice beside the figure of the run.

    `reported_low` and `reported_high` are what the report covers as it is worded; null is an open end. `model_low`
    and `model_high` are the spread over queues and months, or the length of the month in which the first files are
    granted. `misfit` is the ratio or the difference of the figure of the run to the nearest end of the report.
    """

    row: str
    kind: Kind
    metric: str
    name: Text
    reported_on: str
    begins_on: str
    ends_on: str
    destination: str
    end_use: str
    form: str
    user: str
    countries: list[str]
    reported: float | None
    reported_text: str
    reported_low: float | None
    reported_high: float | None
    unit: str
    qualifier: str
    counted: str
    sample: int | None
    counted_by: Text | None
    compared: Compared
    model: float | None
    model_low: float | None
    model_high: float | None
    misfit: float | None
    misfit_is: Literal["", "ratio", "difference"]
    within: bool
    verdict: Verdict
    reason: str
    used_as_input: list[str]
    note: str
    source_id: str
    url: str


class Counts(TypedDict):
    """Number of rows by verdict."""

    met: int
    near: int
    missed: int
    not_comparable: int


class InputRow(TypedDict):
    """A row of the licensing desk, and the reports on which it rests."""

    row: str
    what: str
    reports: list[str]


class ShareRow(TypedDict):
    """Shares of the applications filed by the end of each month, for a place with reports; null before the first."""

    destination: str
    form: str
    user: str
    granted: list[float | None]
    refused: list[float | None]
    pending: list[float | None]


class DeskCheckBranch(TypedDict):
    """The comparison in one legal scenario.

    `control_from` is empty if no month up to the last is under control; `counts_apart` are those of the rows on which
    the licensing desk does not rest.
    """

    branch: str
    control_from: str
    queues: list[QueueRow]
    shares: list[ShareRow]
    checks: list[CheckRow]
    counts: Counts
    counts_apart: Counts


class DeskCheckBody(_Span):
    """The comparison, without its hash; `places` names each destination and group of the queues and reports."""

    schema: str
    engine: str
    packs: dict[str, PackData]
    scenario: str
    known: str
    desk_without: list[str]
    asked: Asked
    places: dict[str, Text]
    months: list[str]
    branches: list[DeskCheckBranch]
    inputs: list[InputRow]
    assumed: list[AssumedRow]
    limits: list[Text]


class DeskCheckData(DeskCheckBody):
    """The comparison."""

    hash: str
