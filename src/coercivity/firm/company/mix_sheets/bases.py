"""Price bases of a mix: which its prices have, and who accepts that prices on two of them are added up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coercivity.base.errors import Faults, brief_value
from coercivity.firm.company.mix_sheets.rows import GradeRow, MixOptionRow
from coercivity.firm.company.model import Company
from coercivity.workbooks.tables import ReadTables

_TOLD = 3  # cells told of each basis


def price_bases(company: Company) -> dict[str, list[str]]:
    """Returns the grades and options of a mix by the basis of their prices, as first written; "" for none stated.

    An option without a price, such as filing ahead, has no basis to state.

    Args:
        company: The company.
    """
    return {basis: [_name(row) for row in rows] for basis, rows in _by_basis(company).items()}


def check_bases(company: Company, tables: ReadTables, faults: Faults) -> None:
    """Adds a fault if prices on different bases are added up and nobody accepts it in the sheet Settings.

    Args:
        company: The company as read.
        tables: Its rows and their places.
        faults: Receives the faults.
    """
    stated = {basis: rows for basis, rows in _by_basis(company).items() if basis}
    if len(stated) < 2 or company.settings.mixed_price_bases:
        return
    shown = "; ".join(f"{brief_value(basis)} in {_cells(rows, tables)}" for basis, rows in stated.items())
    what = f"prices on different bases are added up: {shown}"
    do = "convert them to one basis, or write in the sheet Settings as mixed_price_bases who accepts this and why"
    first = next(iter(stated.values()))[0]
    faults.add("PRICE-BASIS", what, where=tables.place(first.where, "price_basis"), next=do)


def _cells(rows: list[GradeRow | MixOptionRow], tables: ReadTables) -> str:
    told = [tables.place(row.where, "price_basis") for row in rows[:_TOLD]]
    more = len(rows) - len(told)
    return ", ".join(told) + (f" and {more} more" if more else "")


def _by_basis(company: Company) -> Mapping[str, list[GradeRow | MixOptionRow]]:
    """Returns the rows with prices by basis; bases that differ in case and blanks only are one."""
    found: dict[str, list[GradeRow | MixOptionRow]] = {}
    names: dict[str, str] = {}
    for row in _priced(company):
        basis = names.setdefault(" ".join(row.price_basis.casefold().split()), row.price_basis)
        found.setdefault(basis, []).append(row)
    return found


def _priced(company: Company) -> Iterator[GradeRow | MixOptionRow]:
    yield from company.grades
    for option in company.mix_options:
        if option.extra_keur_per_t or option.index or option.price_basis:
            yield option


def _name(row: GradeRow | MixOptionRow) -> str:
    return row.grade if isinstance(row, GradeRow) else row.option
