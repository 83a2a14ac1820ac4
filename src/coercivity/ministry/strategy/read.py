"""Reads the sheets of a workbook of strategies; every fault of every sheet is collected, with its place."""

from __future__ import annotations

from fractions import Fraction

from coercivity.base.errors import Faults
from coercivity.data.input import Input
from coercivity.files.sheets import SheetSet
from coercivity.ministry.strategy.check import check_book
from coercivity.ministry.strategy.model import Levers, Scenario, StrategyBook, StrategyFirm
from coercivity.ministry.strategy.spec import is_of_fund, strategy_form
from coercivity.workbooks.rows import made_row, read_settings
from coercivity.workbooks.sources import raise_first, read_sheets
from coercivity.workbooks.tables import read_tables

_FIRST_YEAR, _LAST_YEAR = 1900, 2200


def strategy_book(source: Input, levers: Levers, others: Faults | None = None) -> StrategyBook:
    """Returns what a workbook of strategies says.

    Args:
        source: An XLSX workbook, a YAML file, uploaded content of either, or a folder of CSV files.
        levers: Levers that are to be tried; the figures of each must be there.
        others: Faults found before, such as those of arguments; they are raised with those of the workbook.

    Raises:
        CoercivityError: With every fault of every sheet: sheet, row and cell, what was expected, nearest names.
    """
    faults = others if others is not None else Faults()
    book = StrategyBook((), ())
    with faults.kept():
        book = read_book(read_sheets(source, strategy_form()), levers, faults)
    raise_first(faults, source)
    return book


def read_book(sheets: SheetSet, levers: Levers, faults: Faults) -> StrategyBook:
    """Returns what sheets say; faults are added, not raised.

    Args:
        sheets: The sheets as read from a file.
        levers: Levers that are to be tried.
        faults: Receives every fault, with sheet, row and cell.
    """
    tables = read_tables(sheets, strategy_form(), faults)
    rows = [row for row in tables.rows.get("settings", []) if not is_of_fund(str(row.cells["name"]))]
    settings, places = read_settings(rows, strategy_form().settings, tables, faults)
    year, region = settings.get("year"), str(settings.get("region") or "")
    if isinstance(year, Fraction) and not (year.denominator == 1 and _FIRST_YEAR <= year <= _LAST_YEAR):
        what = f"year is a whole number from {_FIRST_YEAR} to {_LAST_YEAR}"
        faults.add("CELL", what, where=places["year"], next="correct the cell")
    book = StrategyBook(
        scenarios=tuple(made_row(Scenario, row) for row in tables.rows.get("scenarios", [])),
        firms=tuple(made_row(StrategyFirm, row) for row in tables.rows.get("firms", [])),
        year=int(year) if isinstance(year, Fraction) else None,
        region=region,
    )
    check_book(book, tables, levers, faults)
    return book
