"""Stock in hand of the grades of a mix: what the sheet Stock shows where the sheet Grades does not say it."""

from __future__ import annotations

from fractions import Fraction

from coercivity.firm.company.mix_sheets.rows import GradeRow
from coercivity.firm.company.model import Company


def stock_not_counted(company: Company) -> dict[str, Fraction]:
    """Returns the usable stock of the sheet Stock by grade that a mix does not count [t].

    It serves the running flow first, so a mix counts only what the sheet Grades states as in_hand_t. A grade that
    states it, and one without usable stock, are left out.

    Args:
        company: The company.
    """
    found = {grade.grade: _usable_t(company, grade) for grade in company.grades if grade.in_hand_t is None}
    return {grade: mass for grade, mass in found.items() if mass > 0}


def _usable_t(company: Company, grade: GradeRow) -> Fraction:
    """Returns the stock out of quarantine of the parts of a grade [t]."""
    own = {part.part for part in company.parts if part.grade == grade.grade} | {grade.part, grade.grade}
    rows = (row.quantity_kg - row.quarantine_kg for row in company.stock if row.part in own)
    return sum(rows, Fraction(0)) / 1000
