"""Reads the sheets of a workbook for public money; every fault of every sheet is collected, with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from coercivity.base.errors import Faults, brief_value
from coercivity.data.input import Input
from coercivity.files.sheets import SheetSet
from coercivity.ministry.fund.check import check_fund
from coercivity.ministry.fund.form import fund_form, is_of_strategy, own_name, own_value
from coercivity.ministry.fund.given import given_sheets, with_rows
from coercivity.ministry.fund.model import (
    CapacityRow,
    FundBook,
    FundSettings,
    InstrumentRow,
    InteractionRow,
    PathRow,
    PriceRow,
    ProjectRow,
    ValueRow,
)
from coercivity.workbooks.elements import element_of
from coercivity.workbooks.rows import made_row, read_settings
from coercivity.workbooks.sources import raise_first, read_sheets
from coercivity.workbooks.tables import ReadRow, ReadTables, read_tables

_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
_BY_YEAR = ("capacity", "values", "prices")


def fund_book_of(source: Input | FundBook, given: FundBook | None = None) -> FundBook:
    """Returns what a workbook says.

    Args:
        source: An XLSX workbook, a YAML file, uploaded content of either, a folder of CSV files, or a workbook made in
            Python, which is checked as a file is.
        given: A workbook each of whose sheets that has rows is read in place of that of the source.

    Raises:
        CoercivityError: With every fault of every sheet: sheet, row and cell, what was expected, nearest names.
    """
    faults = Faults()
    sheets = given_sheets(source) if isinstance(source, FundBook) else read_sheets(source, fund_form())
    book = read_fund(sheets if given is None else with_rows(sheets, given), faults)
    if isinstance(source, FundBook):
        faults.raise_if_any()
    else:
        raise_first(faults, source)
    return book


def read_fund(sheets: SheetSet, faults: Faults) -> FundBook:
    """Returns what sheets say; faults are added, not raised.

    Args:
        sheets: The sheets as read from a file.
        faults: Receives every fault, with sheet, row and cell.
    """
    tables = read_tables(sheets, fund_form(), faults)
    _check_own_columns(tables, faults)
    rows = {key: [_with_element(row) for row in tables.rows.get(key, [])] for key in fund_form().sheets}
    own = [row for row in rows["settings"] if not is_of_strategy(str(row.cells["name"]))]
    values, places = read_settings(own, fund_form().settings, tables, faults)
    book = FundBook(
        settings=FundSettings(**values),  # type: ignore[arg-type] # each was read as its kind
        projects=tuple(_project(row) for row in rows["projects"]),
        capacity=tuple(made_row(CapacityRow, row, t=_by_year(row)) for row in rows["capacity"]),
        paths=tuple(made_row(PathRow, row) for row in rows["paths"]),
        values=tuple(made_row(ValueRow, row, usd_per_kg=_by_year(row)) for row in rows["values"]),
        prices=tuple(made_row(PriceRow, row, usd_per_kg=_by_year(row)) for row in rows["prices"]),
        instruments=tuple(made_row(InstrumentRow, row) for row in rows["instruments"]),
        interaction=tuple(made_row(InteractionRow, row) for row in rows["interaction"]),
        places=places,
    )
    check_fund(book, tables, faults)
    return book


def _with_element(row: ReadRow) -> ReadRow:
    """Returns a row whose element, where it is one, has its symbol."""
    element = row.cells.get("element")
    if not isinstance(element, str):
        return row
    return ReadRow({**row.cells, "element": element_of(element) or element}, row.where, row.wide)


def _by_year(row: ReadRow) -> Mapping[int, Fraction]:
    return {int(name): value for name, value in sorted(row.wide.items()) if _YEAR.fullmatch(name)}


def _project(row: ReadRow) -> ProjectRow:
    slips: dict[int, Fraction] = {}
    refusal: dict[str, Fraction] = {}
    for name, share in row.wide.items():
        meant = own_value(name)
        if meant is not None and meant[0] == "slip" and meant[1].isdigit():
            slips[int(meant[1])] = share
        elif meant is not None and meant[0] == "refusal":
            refusal[meant[1]] = share
    return made_row(ProjectRow, row, slips=dict(sorted(slips.items())), refusal=refusal)


def _check_own_columns(tables: ReadTables, faults: Faults) -> None:
    """Adds a fault for each column under a name of the user that means nothing."""
    for key in (*_BY_YEAR, "projects"):
        names = dict.fromkeys(name for row in tables.all_rows.get(key, []) for name in row.wide)
        for name in names:
            if key == "projects":
                meant = own_value(name)
                good = meant is not None and (meant[0] == "refusal" or _is_slip(meant[1]))
                do = f"write {own_name('slip', '1')}, or {own_name('refusal', 'PATH')} with the name of a path"
            else:
                good, do = bool(_YEAR.fullmatch(name)), "write a year, such as 2027"
            if not good:
                what = f"the sheet has no column {brief_value(name)!r}"
                faults.add("COLUMN", what, where=tables.names[key], next=do)


def _is_slip(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 3
