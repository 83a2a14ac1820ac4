"""All readers of figures and codes, with their files of the pack loaded and checked once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from coercivity.base.errors import Faults
from coercivity.intake.words.amounts.composition import ShareReader, share_reader
from coercivity.intake.words.amounts.grades import GradeReader, grade_reader
from coercivity.intake.words.amounts.parameters import ParameterReader, parameter_reader
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
