"""What an option or stock needs: goods of the workbook and transactions of the case, and for which of its grades.

Air freight and a leaner grade live on the monthly deliveries of their grades. A source of other kinds that says which
part it brings brings one of each grade that it serves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from coercivity.firm.company.mix_sheets.rows import GradeRow, MixOptionRow, transactions_of
from coercivity.firm.company.model import Company
from coercivity.firm.option_law.findings import Goods
from coercivity.firm.option_law.results import WHOLE, OptionDeal

# Transactions that take place once, on their own date: know-how, work, and the equipment for them.
_ONCE = frozenset(("technology", "none", "equipment", "equipment_part"))
_ONCE_ACTS = frozenset(("technology", "service", "assistance", "support_service", "publication", "foreign_check"))
_BY_GRADE = frozenset(("second source", "air", "recycling", "own processing", "contract"))


@dataclass(frozen=True, slots=True)
class Need:
    """Goods, or a transaction, that an option or stock needs.

    Attributes:
        grades: Grades of the option for which it needs them.
        goods: Goods as the workbook describes them; None for a transaction.
        deal: The transaction.
    """

    grades: tuple[str, ...]
    goods: Goods | None = None
    deal: OptionDeal | None = None

    @property
    def monthly(self) -> bool:
        """Whether it goes again and again while the option is used; what is not said to go once does."""
        return self.deal is None or goes_monthly(self.deal)


def goes_monthly(one: OptionDeal) -> bool:
    """Returns whether a transaction is one of goods, of which more follow in later months.

    Know-how, work and equipment go once. What a row leaves open counts as goods.

    Args:
        one: The transaction.
    """
    facts = one.given.facts
    return facts.get("form") not in _ONCE and facts.get("act") not in _ONCE_ACTS


def grades_of(row: MixOptionRow) -> tuple[str, ...]:
    """Returns the grades of an option that the law may tell apart; one without a name where it is not split by grade.

    Args:
        row: The option.
    """
    return row.grades if row.kind in _BY_GRADE and row.grades else (WHOLE,)


def needs_of(
    company: Company, row: MixOptionRow, own: Goods, deals: Mapping[str, OptionDeal] | None, *, strict: bool
) -> tuple[Need, ...]:
    """Returns what an option needs, transactions first; a grade without a need of its own needs all that others do.

    Args:
        company: The company.
        row: The option.
        own: The goods that it says itself.
        deals: Transactions of the case by id; None without a case folder.
        strict: Whether anything of the workbook says what it brings.
    """
    served = grades_of(row)
    by_row = {name: (grade.grade,) for grade in _living_on(row, company) for name in transactions_of(grade)}
    names = dict.fromkeys((*transactions_of(row), *by_row))
    told = [
        Need(_served(served, by_row.get(name) or _grades_of_deal(company, name)), deal=deals[name])
        for name in names
        if deals is not None
    ]
    parts = _parts(company)
    first = () if own.part == "" else tuple(grade for grade in served if own.part in parts.get(grade, ()))
    found = [Need(first or served, goods=own)] if own.begun or not told else []
    if strict:
        found += [Need(_served(served, (of,)), goods=goods) for of, goods in _beside(company, row, own, first)]
    every = (*told, *found)
    covered = {grade for need in every for grade in need.grades}
    return tuple(
        need
        if covered.issuperset(served)
        else replace(need, grades=(*need.grades, *(g for g in served if g not in covered)))
        for need in every
    )


def transactions_needed(company: Company, row: MixOptionRow | GradeRow) -> tuple[str, ...]:
    """Returns the transactions that a row needs, with those of the grades whose goods it brings.

    Args:
        company: The company.
        row: The option, or the grade.
    """
    beside = () if isinstance(row, GradeRow) else _living_on(row, company)
    return tuple(dict.fromkeys((*transactions_of(row), *(name for one in beside for name in transactions_of(one)))))


def _served(served: tuple[str, ...], grades: Iterable[str]) -> tuple[str, ...]:
    """Returns those of the grades that an option serves; all of them where none is."""
    return tuple(grade for grade in served if grade in set(grades)) or served


def _grades_of_deal(company: Company, name: str) -> tuple[str, ...]:
    """Returns the grades of the lots that are part of a transaction."""
    parts = _parts(company)
    lots = [lot for lot in company.in_transit if lot.deal == name]
    return tuple(grade for grade, own in parts.items() if any(lot.part in own for lot in lots))


def _parts(company: Company) -> dict[str, tuple[str, ...]]:
    """Returns the parts of each grade: that of its row, and those of the sheet Parts."""
    return {
        row.grade: tuple(
            dict.fromkeys(
                [*([row.part] if row.part else []), *(one.part for one in company.parts if one.grade == row.grade)]
            )
        )
        for row in company.grades
    }


def _living_on(row: MixOptionRow, company: Company) -> list[GradeRow]:
    """Returns the grades whose monthly deliveries an option lives on."""
    lives = row.grades if row.kind == "air" else row.grades[1:] if row.kind == "leaner grade" else ()
    return [grade for grade in company.grades if grade.grade in lives]


def _beside(company: Company, row: MixOptionRow, own: Goods, first: tuple[str, ...]) -> Iterator[tuple[str, Goods]]:
    """Yields the goods that an option brings beside its own, by grade.

    Whatever bars these goods bars the option for their grade. A grade whose row does not say what goes has blank cells,
    so that it frees nothing.
    """
    if row.kind in ("air", "leaner grade"):
        yield from _deliveries(company, row, own)
    elif own.part and first:  # another part of it may be decided otherwise
        parts = _parts(company)
        for grade in (one for one in company.grades if one.grade in row.grades):
            plant = own.plant if grade.grade in first else grade.plant or own.plant
            for part in parts[grade.grade] or ("",):
                if (part, plant) != (own.part, own.plant):
                    key = (own.key[0], f"{row.option}\n{grade.grade}\n{part}")
                    yield grade.grade, Goods(key, own.supplier, plant, part, None, grade.where, grade.grade)


def _deliveries(company: Company, row: MixOptionRow, own: Goods) -> Iterator[tuple[str, Goods]]:
    lives = _living_on(row, company)
    for grade in lives:
        elsewhere = bool(own.supplier and grade.supplier) and own.supplier != grade.supplier
        if grade.deals or (elsewhere and len(lives) == 1):  # the option says from whom else that grade comes
            continue
        if (grade.supplier, grade.plant, grade.part) != (own.supplier, own.plant, own.part):
            key = (own.key[0], f"{row.option}\n{grade.grade}")
            yield grade.grade, Goods(key, grade.supplier, grade.plant, grade.part, None, grade.where, grade.grade)
