"""All readers of figures and codes, with their files of the pack loaded and checked once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.intake.words.amounts.codes import code_marks, process_marks, standard_ranges
from coercivity.intake.words.amounts.composition import ShareReader, agreed, share_reader
from coercivity.intake.words.amounts.dates import date_marks
from coercivity.intake.words.amounts.grades import GradeReader, grade_reader
from coercivity.intake.words.amounts.marks import FigureMark
from coercivity.intake.words.amounts.parameters import ParameterReader, parameter_reader
from coercivity.intake.words.amounts.share_items import cased
from coercivity.intake.words.amounts.units import figure_ranges
from coercivity.intake.words.lexicon.folded import Folded
from coercivity.intake.words.results import Evidence, Statement
from coercivity.law.rules.rulebook import Rulebook

FOLDER = "lexicon"


@dataclass(frozen=True, slots=True)
class Amounts:
    """The readers of figures and codes; each takes a folded text and returns what it finds in its order.

    Attributes:
        grades: Grades of magnets, with the families that they name.
        shares: Shares of elements, test results and denials.
        parameters: Parameters of a kind of goods, named as in the catalogue.
    """

    grades: GradeReader
    shares: ShareReader
    parameters: ParameterReader


@lru_cache(maxsize=16)
def amounts_of(book: Rulebook) -> Amounts:
    """Returns the readers of figures and codes; their files are loaded once.

    Args:
        book: The rulebook, for its catalogue and its folder.

    Raises:
        CoercivityError: With every error in the files.
    """
    faults = Faults()
    texts = {
        name: (book.folder / FOLDER / name).read_text(encoding="utf-8") for name in ("grades.csv", "parameters.csv")
    }
    grades = grade_reader(book.catalogue, texts["grades.csv"], "grades.csv", faults)
    parameters = parameter_reader(book.catalogue, texts["parameters.csv"], "parameters.csv", faults)
    faults.raise_if_any()
    return Amounts(grades, share_reader(book.catalogue), parameters)


@dataclass(frozen=True, slots=True)
class Shares:
    """What a text says about shares of elements.

    Attributes:
        statements: Elements, never as a complete list, and mass shares.
        evidence: Limits, sums and claims.
        notes: How figures were interpreted.
    """

    statements: tuple[Statement, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = ()


@lru_cache(maxsize=8)  # each deal of a text asks
def _marks(book: Rulebook, folded: Folded) -> tuple[FigureMark, ...]:
    return amounts_of(book).shares(folded)


def shares_in(book: Rulebook, folded: Folded, start: int = 0, end: int | None = None) -> Shares:
    """Returns the shares in a range of a folded text.

    Args:
        book: The rulebook.
        folded: The text.
        start: First character of the range in the folded text.
        end: The character after its last one; None for the end of the text.
    """
    until = len(folded.flat) if end is None else end
    marks = agreed([mark for mark in _marks(book, folded) if mark.start < until and mark.end > start])
    statements = [
        Statement(fact, value, "stated", (folded.span(mark.start, mark.end),), "shares", "; ".join(mark.notes))
        for mark in marks
        for fact, value in mark.states.items()
    ]
    evidence = tuple(one for mark in marks for one in mark.evidence)
    return Shares(tuple(statements), evidence, tuple(dict.fromkeys(note for mark in marks for note in mark.notes)))


def shared_ranges(book: Rulebook, folded: Folded) -> tuple[tuple[int, int], ...]:
    """Returns the ranges of a folded text in which figures, results and claims tell whether an element is present.

    The name of an element in such a range says nothing by itself: Dy n.d., Dy-free, Dy < 0.01 %.
    """
    return tuple((mark.start, mark.end) for mark in _marks(book, folded))


def read_ranges(book: Rulebook, folded: Folded) -> tuple[tuple[int, int], ...]:
    """Returns the ranges of a folded text read as shares, grades, codes, dates or sizes, which leave no word over."""
    marks = (*_marks(book, folded), *code_marks(folded), *date_marks(folded))
    grades = ((grade.start, grade.end) for grade in amounts_of(book).grades(folded) if not grade.needs)
    return (
        *((mark.start, mark.end) for mark in marks),
        *grades,
        *figure_ranges(cased(folded)),
        *standard_ranges(folded),
    )


def parameters_in(
    book: Rulebook, folded: Folded, goods_kind: str, start: int = 0, end: int | None = None
) -> tuple[Statement, ...]:
    """Returns the parameters of a kind of goods that a range of a folded text states.

    Args:
        book: The rulebook.
        folded: The text.
        goods_kind: The kind of goods.
        start: First character of the range in the folded text.
        end: The character after its last one; None for the end of the text.
    """
    return amounts_of(book).parameters(folded, goods_kind, start, len(folded.flat) if end is None else end)


def code_statements(folded: Folded, start: int = 0, end: int | None = None) -> tuple[Statement, ...]:
    """Returns the CAS number in a range of a folded text, if it names exactly one.

    Args:
        folded: The text.
        start: First character of the range in the folded text.
        end: The character after its last one; None for the end of the text.
    """
    until = len(folded.flat) if end is None else end
    marks = [mark for mark in code_marks(folded) if mark.states and start <= mark.start and mark.end <= until]
    if len({mark.states["cas_number"] for mark in marks}) != 1:
        return ()
    spans = tuple(folded.span(mark.start, mark.end) for mark in marks)
    return (Statement("cas_number", marks[0].states["cas_number"], "stated", spans, "codes"),)


def evidence_in(book: Rulebook, folded: Folded, on: Day | None = None) -> tuple[Evidence, ...]:
    """Returns what a folded text says in figures and codes without stating a fact, in its order.

    Args:
        book: The rulebook.
        folded: The text.
        on: Day of the text, which settles dates such as next month; None if unknown.
    """
    marks = (*_marks(book, folded), *code_marks(folded), *process_marks(folded), *date_marks(folded, on))
    found = [one for mark in marks for one in mark.evidence]
    for grade in amounts_of(book).grades(folded):
        spans = (folded.span(grade.start, grade.end),)
        if grade.coercivity_class:
            told = f"coercivity class {grade.coercivity_class} in the grade"
            found.append(Evidence("coercivity_class", told, spans, grade.coercivity_class))
        if grade.process:
            found.append(Evidence("process", f"process: {grade.process}, from the grade", spans, grade.process))
    return tuple(sorted(found, key=lambda one: (one.spans, one.kind)))
