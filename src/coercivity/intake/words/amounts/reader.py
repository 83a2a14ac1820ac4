"""All readers of figures and codes, with their files of the pack loaded and checked once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from coercivity.base.errors import Faults
from coercivity.data.catalogue import FactCatalogue
from coercivity.intake.words.amounts.composition import ShareReader, share_reader
from coercivity.intake.words.amounts.grades import GradeReader, grade_reader


@dataclass(frozen=True, slots=True)
class Amounts:
    """The readers of figures and codes; each takes a folded text and returns marks in its order.

    Attributes:
        grades: Grades of magnets, with the families that they name.
        shares: Shares of elements, test results and denials.
    """

    grades: GradeReader
    shares: ShareReader


def load_amounts(catalogue: FactCatalogue, folder: Path) -> Amounts:
    """Returns the readers of figures and codes.

    Args:
        catalogue: Facts and their values.
        folder: Folder of the law pack.

    Raises:
        CoercivityError: With every error in their files.
    """
    faults = Faults()
    file = folder / "lexicon" / "grades.csv"
    grades = grade_reader(catalogue, file.read_text(encoding="utf-8"), file.name, faults)
    faults.raise_if_any()
    return Amounts(grades, share_reader(catalogue))
