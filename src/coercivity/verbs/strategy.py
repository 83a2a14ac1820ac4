"""`strategy`: who wins with what, from a workbook of firms and scenarios."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from coercivity.base.canonical import sha256
from coercivity.base.errors import Faults
from coercivity.base.examples import example_folder
from coercivity.base.words import Lang
from coercivity.data.input import Input
from coercivity.ministry.strategy.answer import StrategyFound, strategy_answer
from coercivity.ministry.strategy.levers import levers_of
from coercivity.ministry.strategy.model import CLAIM, StrategyBook
from coercivity.ministry.strategy.read import strategy_book
from coercivity.ministry.strategy.rows import strategy_hash, strategy_rows
from coercivity.ministry.strategy.spec import strategy_about, strategy_form
from coercivity.papers.ministry.strategy.data import strategy_data
from coercivity.papers.ministry.strategy.files import strategy_paper, strategy_workbook
from coercivity.papers.ministry.strategy.report_data import StrategyReport
from coercivity.papers.ministry.strategy.sections import strategy_sections
from coercivity.papers.shared.tables.frames import Frames, section_frames
from coercivity.papers.shared.tables.tabled import Tabled
from coercivity.verbs.ministry_files import Papers, ministry_files
from coercivity.verbs.out_folder import write_folder
from coercivity.workbooks.writer import written_book

__all__ = ["StrategyAnswer", "StrategyReport", "strategy", "strategy_template", "write_strategy"]


@dataclass(frozen=True, slots=True)
class StrategyAnswer(Tabled):
    """Who wins with what.

    Attributes:
        found: The result, in exact numbers.
        body: The same as plain data: text, whole numbers, flags, lists and mappings.

    Examples:
        >>> answer = coercivity.strategy(EXAMPLES / "ministry" / "strategy")
        >>> next(answer.lines())
        'Who wins with what: magnet maker and motor maker'
    """

    found: StrategyFound
    body: StrategyReport

    def as_dict(self) -> StrategyReport:
        """Returns the result as plain data for JSON."""
        return self.body

    def lines(self, lang: Lang = "en") -> Iterator[str]:
        """Yields the result as lines of text."""
        return strategy_paper(self.body, lang).lines()

    def page(self, lang: Lang = "en", *, sister: str = "") -> str:
        """Returns the result as a page that prints whole and needs no script."""
        return strategy_paper(self.body, lang).page(sister=sister)

    def _frames(self) -> Frames:
        return section_frames(strategy_sections(self.body))

    def _headline(self) -> str:
        return next(self.lines())


def strategy(
    source: Input, *, levers: str | Sequence[str] | None = None, progress: Callable[[int, int], None] | None = None
) -> StrategyAnswer:
    """Returns what every combination of levers costs each firm in each scenario, and which is the cheapest.

    Each combination is met at least cost, exactly. With it come the metal that is missing, the effect of each lever and
    their interactions, the claim that winners pair secure ore with own processing and recycling put to the test, and,
    where the scenarios are draws, paired differences with 90 % intervals.

    Args:
        source: Workbook (XLSX), the same as YAML, a folder with one CSV file a sheet, or uploaded content.
        levers: Levers to try: ore, processing, recycling, contracts, stock; a text may part them by commas.
            Default: the first three.
        progress: Is told the steps that are done and their number.

    Raises:
        CoercivityError: With every fault of the workbook by sheet and cell, and of the levers.

    Examples:
        >>> answer = coercivity.strategy(EXAMPLES / "ministry" / "strategy")
        >>> mean = answer.body["firms"][0]["results"][-1]
        >>> mean["cheapest"], mean["next"], mean["margin_kusd"]
        (['ore', 'processing', 'recycling'], ['ore', 'processing'], '1027.294117647')
    """
    faults = Faults()
    tried = levers_of(levers, faults)
    book = strategy_book(source, tried, faults)
    found = strategy_answer(book, tried, progress)
    body = strategy_data(found)
    body["hash"] = sha256({"workbook": strategy_hash(book), "result": body})
    return StrategyAnswer(found, body)


def strategy_template(lang: Lang = "en", *, example: bool = False) -> bytes:
    """Returns the empty workbook of strategies as the bytes of an XLSX file; the same bytes every time.

    Args:
        lang: Language of names of sheets, columns and choices: en or zh.
        example: Fill in the rows of invented firms.

    Examples:
        >>> coercivity.strategy_template()[:2]
        b'PK'
    """
    book = strategy_book(example_folder() / "ministry" / "strategy", CLAIM) if example else StrategyBook((), ())
    return written_book(strategy_form(), strategy_about(), strategy_rows(book), {}, lang)


def write_strategy(folder: Path, answer: StrategyAnswer, lang: Lang = "en") -> list[Path]:
    """Writes pages in both languages, tables as CSV, a workbook, pictures and the JSON; returns their paths.

    Args:
        folder: The folder; it is made where it does not exist.
        answer: The result.
        lang: Language of the workbook and of words in cells of CSV files.

    Raises:
        CoercivityError: If a file cannot be written.
    """
    workbook = strategy_workbook(answer.body, lang)
    papers: Papers = {"en": strategy_paper(answer.body, "en"), "zh": strategy_paper(answer.body, "zh")}
    return write_folder(folder, ministry_files("strategy", answer.body, papers, workbook, lang))
