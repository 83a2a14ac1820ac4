"""Where a chain and its calendar come from: a workbook, a table of days, or the data of the program."""

from __future__ import annotations

from coercivity.base.errors import CoercivityError, Faults
from coercivity.data.input import Input, place_of, read_text
from coercivity.files.sheets import NamedSheet, SheetLine, SheetSet
from coercivity.firm.company.model import CalendarRow, Company
from coercivity.firm.company.read import read_company
from coercivity.firm.company.spec import company_form
from coercivity.law.rules.calendars.choice import MOST_CALENDAR_BYTES
from coercivity.workbooks.csv_folder import csv_rows
from coercivity.workbooks.sources import read_sheets

_CALENDAR = "calendar"


def company_with_faults(source: Input, faults: Faults) -> Company:
    """Returns the company of a file; its faults are added, not raised, so that those of the chain come with them.

    Args:
        source: XLSX workbook, YAML file, folder of CSV files, or uploaded content.
        faults: Receives the faults.
    """
    try:
        sheets = read_sheets(source, company_form())
    except CoercivityError as error:
        faults.items += error.faults
        return Company()
    return read_company(sheets, faults)


def is_day_table(calendar: Input | None) -> bool:
    """Returns whether a calendar is a table of days off and make-up days, and not a calendar file in YAML."""
    return calendar is not None and place_of(calendar).casefold().endswith(".csv")


def calendar_rows(calendar: Input, faults: Faults) -> tuple[CalendarRow, ...]:
    """Returns the rows of a table with the columns from, to, kind and state; faults are added, not raised.

    Args:
        calendar: CSV file or uploaded content.
        faults: Receives the faults.
    """
    try:
        rows = csv_rows(read_text(calendar, most_bytes=MOST_CALENDAR_BYTES), place_of(calendar))
    except CoercivityError as error:
        faults.items += error.faults
        return ()
    header = tuple(cell.strip() for cell in rows[0])
    lines = tuple(
        SheetLine(dict(enumerate(row)), f"row {number}", number)
        for number, row in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in row)
    )
    place = place_of(calendar)
    # A sheet is known by its name; its rows are told by that of the file.
    own = Faults()
    found = read_company(SheetSet(place, (NamedSheet(_CALENDAR, header, lines, (), "row 1"),)), own)
    for fault in own.items:
        where = fault.where.replace(_CALENDAR, place, 1) if fault.where.startswith(_CALENDAR) else fault.where
        faults.add(fault.code, fault.what, where=where, nearest=fault.nearest, next=fault.next)
    return tuple(_named(row, place) for row in found.calendar)


def _named(row: CalendarRow, place: str) -> CalendarRow:
    where = row.where.replace(_CALENDAR, place, 1)
    return CalendarRow(row.from_on, row.to_on, row.made_up, row.assumed, where)
