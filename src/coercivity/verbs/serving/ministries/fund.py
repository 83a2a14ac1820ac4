"""What public money should buy, on a server: the request and the answer."""

from __future__ import annotations

from typing import Annotated, cast

from pydantic import Field, StrictInt

from coercivity.base.words import Lang
from coercivity.data.input import Content
from coercivity.ministry.fund.answer import ENUMERATED
from coercivity.ministry.fund.read import fund_book_of
from coercivity.ministry.fund.write import fund_hash
from coercivity.papers.ministry.fund.files import fund_paper, fund_workbook
from coercivity.papers.ministry.paper import MinistryPaper
from coercivity.verbs.fund import FundReport, fund, fund_checked
from coercivity.verbs.serving.firms.models import CellText
from coercivity.verbs.serving.ministries.question import MinistryShape, Progress, Question, Report
from coercivity.verbs.serving.ministries.workbooks import MinistrySent
from coercivity.verbs.serving.models import Text

_BUDGETS = "Public money in millions of USD; the first is the one asked for, the others are compared with it"
_TECHNOLOGY = "Whether controlled technology is refused: given by the workbook, none, or refused for certain"
_MOST_BUDGETS = 20
# Time of an answer on one core [s]: every set tried, and by a programme of whole numbers, by project and square.
_EVERY_S, _SQUARE_S = 2.0, 0.03
_USUAL = 5  # sets and budgets


class FundSent(MinistrySent):
    """The workbook of a ministry, and its budgets; without one that of the workbook counts."""

    budget: Annotated[list[CellText], Field(max_length=_MOST_BUDGETS, description=_BUDGETS)] = []
    technology: Annotated[Text, Field(description=_TECHNOLOGY)] = "given"
    sets: StrictInt = 4

    @property
    def budgets(self) -> tuple[str, ...] | None:
        """The budgets as text; None for that of the workbook."""
        return tuple(map(str, self.budget)) or None


def _shape(source: Content, sent: FundSent) -> MinistryShape:
    book = fund_checked(source, budget=sent.budgets, technology=sent.technology, sets=sent.sets)
    count = len(book.projects)
    seconds = _EVERY_S if count <= ENUMERATED else _SQUARE_S * count * count
    more = max(1.0, (sent.sets + len(sent.budget)) / _USUAL)
    return MinistryShape(fund_hash(book), count, seconds * (1.0 if count <= ENUMERATED else more))


def _found(source: Content, sent: FundSent, progress: Progress | None) -> Report:
    answer = fund(source, budget=sent.budgets, technology=sent.technology, sets=sent.sets, progress=progress)
    return dict(answer.body)


def _paper(body: Report, lang: Lang) -> MinistryPaper:
    return fund_paper(cast(FundReport, body), lang)


def _workbook(source: Content, body: Report, lang: Lang) -> bytes:
    return fund_workbook(cast(FundReport, body), fund_book_of(source), lang)


FUND = Question("fund", FundSent, _shape, _found, _paper, _workbook)
