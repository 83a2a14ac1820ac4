"""Who wins with what, on a server: the request and the answer."""

from __future__ import annotations

from typing import Annotated, cast

from pydantic import Field

from coercivity.base.errors import Faults
from coercivity.base.words import Lang
from coercivity.data.input import Content
from coercivity.ministry.strategy.levers import levers_of
from coercivity.ministry.strategy.model import LEVERS
from coercivity.ministry.strategy.read import strategy_book
from coercivity.ministry.strategy.rows import strategy_hash
from coercivity.papers.ministry.paper import MinistryPaper
from coercivity.papers.ministry.strategy.files import strategy_paper, strategy_workbook
from coercivity.verbs.serving.ministries.question import MinistryShape, Progress, Question, Report
from coercivity.verbs.serving.ministries.workbooks import MinistrySent
from coercivity.verbs.serving.models import Name
from coercivity.verbs.strategy import StrategyReport, strategy

_LEVERS = f"Levers to try: {', '.join(LEVERS)}; without any the first three"
_MOST_LEVERS = 20  # more are told as given twice or not known
_BASE_S, _PROBLEM_S = 1.0, 0.0004  # and for each row, firm and combination of levers, on one core


class StrategySent(MinistrySent):
    """A workbook of firms and scenarios, and the levers to try."""

    levers: Annotated[list[Name], Field(max_length=_MOST_LEVERS, description=_LEVERS)] = []


def _shape(source: Content, sent: StrategySent) -> MinistryShape:
    faults = Faults()
    levers = levers_of(sent.levers or None, faults)
    book = strategy_book(source, levers, faults)
    problems = len(book.scenarios) * len(book.firms) * 2 ** len(levers)
    return MinistryShape(strategy_hash(book), len(book.scenarios), _BASE_S + _PROBLEM_S * problems)


def _found(source: Content, sent: StrategySent, progress: Progress | None) -> Report:
    return dict(strategy(source, levers=sent.levers or None, progress=progress).body)


def _paper(body: Report, lang: Lang) -> MinistryPaper:
    return strategy_paper(cast(StrategyReport, body), lang)


def _workbook(source: Content, body: Report, lang: Lang) -> bytes:
    return strategy_workbook(cast(StrategyReport, body), lang)


STRATEGY = Question("strategy", StrategySent, _shape, _found, _paper, _workbook)
