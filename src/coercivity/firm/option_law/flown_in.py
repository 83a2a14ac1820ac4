"""Goods of other rows that an option brings, and its own on a later day.

Air freight and a leaner grade live on the monthly deliveries of their grades.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from coercivity.base.days import Day
from coercivity.firm.company.mix_sheets.rows import GradeRow, MixOptionRow, transactions_of
from coercivity.firm.option_law.findings import Goods


def used_after(own: Goods, usable: Day | None) -> Iterator[Goods]:
    """Yields the goods of an option once more for the day on which it can be used, where they are decided for another.

    Args:
        own: The goods that it says itself.
        usable: First day of the mix plus its months; None if it is not known.
    """
    if not own.blank and usable is not None and own.day != usable:
        yield replace(own, key=(own.key[0], f"{own.key[1]}\n"), day=usable)


def brought_beside(row: MixOptionRow, own: Goods, grades: Iterable[GradeRow], usable: Day | None) -> Iterator[Goods]:
    """Yields the goods of the sheet Grades that an option brings beside its own, on the day it is usable.

    Air freight flies in the monthly deliveries of each grade that it serves, and a leaner grade uses more of those of
    the grade that replaces the other. Whatever bars these goods bars the option. Other kinds bring what they say. A
    grade whose row does not say what goes has blank cells, so that it frees nothing.

    Args:
        row: The option.
        own: The goods that it says itself.
        grades: The sheet Grades.
        usable: Day on which it can be used; None if it is not known.
    """
    served = _served(row)
    for grade in grades:
        if grade.grade not in served or grade.deals:
            continue
        elsewhere = bool(own.supplier and grade.supplier) and own.supplier != grade.supplier
        if elsewhere and len(served) == 1:  # the option says from whom else that grade comes
            continue
        if (grade.supplier, grade.plant, grade.part) != (own.supplier, own.plant, own.part):
            key = (own.key[0], f"{row.option}\n{grade.grade}")
            yield Goods(key, grade.supplier, grade.plant, grade.part, usable or own.day, grade.where, grade.grade)


def transactions_beside(row: MixOptionRow, grades: Iterable[GradeRow]) -> Iterator[str]:
    """Yields the transactions of the sheet Grades that an option needs beside its own.

    Args:
        row: The option.
        grades: The sheet Grades.
    """
    served = _served(row)
    for grade in grades:
        if grade.grade in served:
            yield from transactions_of(grade)


def _served(row: MixOptionRow) -> tuple[str, ...]:
    """Returns the grades whose monthly deliveries an option lives on."""
    return row.grades if row.kind == "air" else row.grades[1:] if row.kind == "leaner grade" else ()
