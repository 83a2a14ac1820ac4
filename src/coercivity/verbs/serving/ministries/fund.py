"""What public money should buy, over HTTP: the request, and the answer computed in a child process."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictInt

from coercivity.data.input import Content
from coercivity.verbs.fund import FundReport, fund
from coercivity.verbs.serving.firms.answers import named
from coercivity.verbs.serving.firms.apart import apart
from coercivity.verbs.serving.firms.models import CellText, WorkbookSent
from coercivity.verbs.serving.models import Text

_BUDGETS = "Public money in millions of USD; the first is the one asked for, the others are compared with it"
_TECHNOLOGY = "Whether controlled technology is refused: given by the workbook, none, or refused for certain"
_MOST_BUDGETS = 20


class FundSent(WorkbookSent):
    """The workbook of a ministry, and its budgets; without one that of the workbook counts."""

    budget: Annotated[list[CellText], Field(max_length=_MOST_BUDGETS, description=_BUDGETS)] = []
    technology: Annotated[Text, Field(description=_TECHNOLOGY)] = "given"
    sets: StrictInt = 4


def fund_found(source: Content, sent: FundSent) -> FundReport:
    """Returns what public money should buy.

    Args:
        source: The workbook.
        sent: What is asked.

    Raises:
        CoercivityError: With every fault of the workbook and of what is asked.
        RefusedError: If too many workbooks are being read.
    """
    with named(source):
        return apart(_found, source, tuple(map(str, sent.budget)), sent.technology, sent.sets)


def _found(source: Content, budget: tuple[str, ...], technology: str, sets: int) -> FundReport:
    return fund(source, budget=budget or None, technology=technology, sets=sets).body
