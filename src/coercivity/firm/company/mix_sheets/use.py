"""Use of each grade by month: from the sheet Monthly use, or as a mean month from the sheet Use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from coercivity.firm.company.model import Company, Use

KG_PER_T = 1000
# Parts of a year of use: days of use, weeks, months. A working year has 261 days.
_PER_YEAR: Mapping[tuple[str, str], Fraction] = {
    ("day", "calendar"): Fraction(365),
    ("day", "working"): Fraction(261),
    ("week", "calendar"): Fraction(365, 7),
    ("week", "working"): Fraction(261, 5),
}


def mix_months(company: Company) -> int | None:
    """Returns the number of months of a mix: that of Settings, else of Monthly use; None where neither says it."""
    named = {month for each in company.monthly_use.values() for month in each}
    return company.settings.months if company.settings.months is not None else max(named, default=None)


def use_t(company: Company, grade: str, months: int) -> tuple[Fraction, ...] | None:
    """Returns the use of a grade in each month [t]; None where the workbook does not say it.

    Args:
        company: The company.
        grade: The grade.
        months: Number of months.
    """
    if company.monthly_use:
        values = company.monthly_use.get(grade, {})
        return tuple(values[month] for month in range(1, months + 1)) if len(values) == months else None
    rows = list(_uses(company, grade))
    mean = sum((row.quantity_kg * _times(row) for row in rows), Fraction(0)) / 12 / KG_PER_T
    return (mean,) * months if rows else None


def _uses(company: Company, grade: str) -> Iterator[Use]:
    """Yields the rows of Use that are of a grade: under its name, or of a part of that grade."""
    named = {part.part for part in company.parts if part.grade == grade} | {grade}
    return (row for row in company.use if row.part in named)


def _times(row: Use) -> Fraction:
    """Returns how often in a year a row's quantity is used."""
    return {"month": Fraction(12), "year": Fraction(1)}.get(row.per) or _PER_YEAR[row.per, row.calendar]
