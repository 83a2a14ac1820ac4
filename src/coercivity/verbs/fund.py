"""`fund`: what public money should buy, from a ministry's workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from coercivity.base.canonical import sha256
from coercivity.base.errors import Argument, CoercivityError, Faults, brief_value, nearest
from coercivity.base.examples import example_folder
from coercivity.base.linear import NoCertainAnswerError
from coercivity.base.words import Lang
from coercivity.data.input import Input
from coercivity.ministry.fund.answer import FundAsked, FundFound, fund_answer
from coercivity.ministry.fund.model import CapacityRow, FundBook, ProjectRow, ValueRow
from coercivity.ministry.fund.read import fund_book_of
from coercivity.ministry.fund.valued import TECHNOLOGIES, Technology
from coercivity.ministry.fund.write import fund_file, fund_hash
from coercivity.papers.ministry.fund.data import fund_data
from coercivity.papers.ministry.fund.files import fund_paper, fund_workbook
from coercivity.papers.ministry.fund.report_data import FundReport
from coercivity.papers.ministry.fund.sections import fund_sections
from coercivity.papers.shared.tables.frames import Frames, section_frames
from coercivity.papers.shared.tables.tabled import Tabled
from coercivity.verbs.ministry_files import Papers, ministry_files
from coercivity.verbs.out_folder import write_folder
from coercivity.workbooks.cells import read_cell
from coercivity.workbooks.spec import ColumnSpec

__all__ = [
    "CapacityRow", "FundAnswer", "FundBook", "FundReport", "ProjectRow", "ValueRow", "fund", "fund_template",
    "write_fund",
]  # fmt: skip
Amount = int | float | str | Fraction
_NUMBER = ColumnSpec("budget", "number", True, (), "MUSD", {"en": "budget", "zh": "budget"}, ())
_MOST_BUDGETS, _MOST_SETS = 20, 50


@dataclass(frozen=True, slots=True)
class FundAnswer(Tabled):
    """What a budget should buy.

    Attributes:
        found: The result; money is exact [MUSD].
        body: The same as plain data: text, whole numbers, flags, lists and mappings.
        book: The workbook as read.

    Examples:
        >>> answer = coercivity.fund(EXAMPLES / "ministry" / "fund", budget=150)
        >>> next(answer.lines())
        'Five applications (invented): what public money should buy'
    """

    found: FundFound
    body: FundReport
    book: FundBook

    def as_dict(self) -> FundReport:
        """Returns the result as plain data for JSON."""
        return self.body

    def lines(self, lang: Lang = "en") -> Iterator[str]:
        """Yields the result as lines of text."""
        return fund_paper(self.body, lang).lines()

    def page(self, lang: Lang = "en", *, sister: str = "") -> str:
        """Returns the result as a page that prints whole and needs no script."""
        return fund_paper(self.body, lang).page(sister=sister)

    def _frames(self) -> Frames:
        return section_frames(fund_sections(self.body))

    def _headline(self) -> str:
        return next(self.lines())


def fund(
    source: Input | FundBook,
    *,
    budget: Amount | Sequence[Amount] | None = None,
    technology: str = "given",
    sets: int | str = 4,
    values: Iterable[ValueRow] = (),
    projects: Iterable[ProjectRow] = (),
    capacity: Iterable[CapacityRow] = (),
    progress: Callable[[int, int], None] | None = None,
) -> FundAnswer:
    """Returns what public money should buy: ranking, best sets of projects, regret, and what would change the choice.

    Args:
        source: Workbook (XLSX), the same as YAML, a folder with one CSV file a sheet, uploaded content, or a workbook.
        budget: Public money that may be committed on each path [MUSD]; of several the first is the one asked for and
            the others are compared with it. By default that of the workbook.
        technology: Whether controlled technology is refused: `given` by the workbook, `none` never, `refused` for sure.
        sets: Number of best sets.
        values: Marginal values [USD/kg] in place of those of the workbook, such as dual values of the market model.
        projects: Projects in place of those of the workbook.
        capacity: Their capacity as planned [t a year], in place of that of the workbook.
        progress: Is told the steps that are done and their number.

    Raises:
        CoercivityError: With every fault of the workbook by sheet and cell, and of the arguments.

    Examples:
        >>> answer = coercivity.fund(EXAMPLES / "ministry" / "fund", budget=["150", "100"])
        >>> best = answer.body["sets"][0]
        >>> best["projects"], round(float(best["mean_musd"]), 2), round(float(best["interaction_musd"]), 2)
        (['F1', 'F4', 'F5'], 192.35, -19.0)
    """
    given = FundBook(values=tuple(values), projects=tuple(projects), capacity=tuple(capacity))
    book, asked = _read(source, given, budget, technology, sets)
    try:
        found = fund_answer(book, asked, progress)
    except NoCertainAnswerError:
        what = "the figures are too far apart for an exact answer"
        raise CoercivityError.of("FUND-ROW", what, next="check digits and units of amounts and values") from None
    body = fund_data(book, found)
    question = {
        "budgets": [body["budget_musd"], *(row["budget_musd"] for row in body["budgets"])],
        "technology": technology,
        "sets": sets,
    }
    body["hash"] = sha256({"workbook": fund_hash(book), "question": question, "result": body})
    return FundAnswer(found, body, book)


def fund_checked(
    source: Input, *, budget: Amount | Sequence[Amount] | None = None, technology: str = "given", sets: int = 4
) -> FundBook:
    """Returns a workbook, checked together with what is asked of it; `fund` with the same arguments has no fault.

    Args:
        source: As for `fund`.
        budget: As for `fund`.
        technology: As for `fund`.
        sets: As for `fund`.

    Raises:
        CoercivityError: With every fault of the workbook by sheet and cell, and of the arguments.
    """
    return _read(source, FundBook(), budget, technology, sets)[0]


def _read(
    source: Input | FundBook,
    given: FundBook,
    budget: Amount | Sequence[Amount] | None,
    technology: str,
    sets: int | str,
) -> tuple[FundBook, FundAsked]:
    faults, book = Faults(), FundBook()
    with faults.kept():
        book = fund_book_of(source, given)
    asked = _asked(book, budget, technology, sets, faults, read=not faults.items)
    faults.raise_if_any()
    return book, asked


def _asked(
    book: FundBook,
    budget: Amount | Sequence[Amount] | None,
    technology: str,
    sets: int | str,
    faults: Faults,
    *,
    read: bool,
) -> FundAsked:
    """Returns what is asked; faults are added.

    Args:
        book: The workbook.
        budget: Budgets as given.
        technology: Refusals of controlled technology.
        sets: Number of sets.
        faults: Receives the faults.
        read: Whether the workbook could be read, so that what it lacks may be told.
    """
    given = amounts = budgets_of(budget, faults)
    if not given and book.settings.budget_musd is not None:
        amounts = [book.settings.budget_musd]
        if not amounts[0]:
            where = book.places.get("budget_musd", "Settings")
            faults.add("ARGUMENT", "the budget is 0", where=where, next=_ABOVE)
    elif not given and read:
        what = "the budget is missing"
        faults.add("ARGUMENT", what, where=Argument("budget"), next="write it in millions of USD, such as 150")
    if len(given) > _MOST_BUDGETS:
        what = f"more than {_MOST_BUDGETS} budgets"
        faults.add("ARGUMENT", what, where=Argument("budget"), next="leave some out")
    if technology not in TECHNOLOGIES:
        what, close = (
            f"{brief_value(technology)!r} is not one of {', '.join(TECHNOLOGIES)}",
            nearest(technology, TECHNOLOGIES),
        )
        faults.add("ARGUMENT", what, where=Argument("technology"), nearest=close, next="write one of them")
    if not isinstance(sets, int) or not 1 <= sets <= _MOST_SETS:
        what = f"the number of sets is from 1 to {_MOST_SETS}, not {brief_value(sets)}"
        faults.add("ARGUMENT", what, where=Argument("sets"), next="write 4 for the usual number")
    kind: Technology = next((each for each in TECHNOLOGIES if each == technology), "given")
    first, *others = amounts or [Fraction(0)]
    count = sets if isinstance(sets, int) else 1  # a fault, told already
    return FundAsked(first, tuple(dict.fromkeys(each for each in others if each != first)), kind, count)


_ABOVE = "write an amount above 0 in millions of USD, such as 150"


def budgets_of(budget: Amount | Sequence[Amount] | None, faults: Faults) -> list[Fraction]:
    """Returns budgets as given [MUSD]; a fault is added for each that is no amount above 0.

    Args:
        budget: One or several; None for none.
        faults: Receives the faults.
    """
    given = [budget] if isinstance(budget, (int, float, str, Fraction)) else list(budget or ())
    return [_budget(each, faults) for each in given]


def _budget(given: Amount, faults: Faults) -> Fraction:
    """Returns a budget; a fault is added if it is no amount above 0."""
    text, found = str(given).strip(), Fraction(0)
    if isinstance(given, Fraction):
        found = given
    else:
        try:
            number = read_cell(text.removeprefix("-"), _NUMBER)
            found = number if isinstance(number, Fraction) and not text.startswith("-") else -Fraction(1)
        except ValueError as error:
            faults.add("ARGUMENT", str(error), where=Argument("budget"), next=_ABOVE)
            return found
    if found <= 0:
        what = f"the budget is above 0, not {brief_value(text)}"
        faults.add("ARGUMENT", what, where=Argument("budget"), next=_ABOVE)
    return found


def fund_template(lang: Lang = "en", *, example: bool = False) -> bytes:
    """Returns the empty workbook as the bytes of an XLSX file; the same bytes every time.

    Args:
        lang: Language of names of sheets, columns and choices: en or zh.
        example: Whether the rows of an invented example are filled in.

    Examples:
        >>> coercivity.fund_template()[:2]
        b'PK'
    """
    book = fund_book_of(example_folder() / "ministry" / "fund") if example else FundBook()
    return fund_file(book, lang)


def write_fund(folder: Path, answer: FundAnswer, lang: Lang = "en") -> list[Path]:
    """Writes pages and pictures in both languages, CSV, JSON and a workbook that loads again; returns their paths.

    Args:
        folder: The folder; it is made where it does not exist.
        answer: The result.
        lang: Language of the workbook and of words in cells of CSV files.

    Raises:
        CoercivityError: If a file cannot be written.
    """
    workbook = fund_workbook(answer.body, answer.book, lang)
    papers: Papers = {"en": fund_paper(answer.body, "en"), "zh": fund_paper(answer.body, "zh")}
    return write_folder(folder, ministry_files("fund", answer.body, papers, workbook, lang))
