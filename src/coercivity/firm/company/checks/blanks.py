"""Blank cells that would say something favourable: told where other rows of the sheet, or the row itself, say more."""

from __future__ import annotations

from collections.abc import Mapping

from coercivity.base.errors import Faults, brief_value
from coercivity.firm.company.model import Company, Contract, LicenceHeld, Lot
from coercivity.workbooks.tables import ReadTables

# Columns that every row fills if one does: a blank among them may be a cell that was lost, and would mean more goods
# or less use than there is.
_ALL_OR_NONE: tuple[tuple[str, str, str], ...] = (
    ("use", "unit", "fill the cell"),
    ("use", "calendar", "fill the cell"),
    ("stock", "unit", "fill the cell"),
    ("stock", "quarantine_kg", "write 0 if nothing is in quarantine"),
    ("in_transit", "unit", "fill the cell"),
    ("grades", "stock_cap_t", "write the cap, or the use of all months if there is none"),
    ("grades", "whole_tonnes", "fill the cell"),
)


def check_blanks(company: Company, tables: ReadTables, faults: Faults) -> None:
    """Adds a fault for every blank that may not be read as its favourable default.

    Args:
        company: The company as read.
        tables: Its rows and their places.
        faults: Receives the faults.
    """
    for sheet, column, do in _ALL_OR_NONE:
        rows = tables.rows.get(sheet, [])
        # Use per day on every day is the most that a blank calendar can mean.
        safe = {row.where for row in rows if column == "calendar" and row.cells.get("per") == "day"}
        lacking = [row for row in rows if row.cells.get(column) is None and row.where not in safe]
        for row in lacking if len(lacking) < len(rows) else []:
            what = f"{column} is blank, but other rows of the sheet state it"
            faults.add("FIRM-ROW", what, where=tables.place(row.where, column), next=do)
    for stock in company.stock:
        if stock.released_on and not stock.quarantine_kg and not stock.serves:
            what = "a day of release is given, but nothing is in quarantine and no other part is served"
            do = "write the mass in quarantine, or delete the day"
            faults.add("FIRM-ROW", what, where=tables.place(stock.where, "released_on"), next=do)
    held = {licence.licence: licence for licence in company.licences}
    entries: tuple[Lot | Contract, ...] = (*company.in_transit, *company.contracts)
    for entry in entries:
        _check_filed(entry, held, tables, faults)


def _check_filed(entry: Lot | Contract, held: Mapping[str, LicenceHeld], tables: ReadTables, faults: Faults) -> None:
    """Adds a fault if a row and its licence were filed on different days: a licence with a day has no other."""
    licence = held.get(entry.licence)
    if licence and licence.filed and entry.filed and entry.filed != licence.filed:
        what = f"filed on {entry.filed}, but the licence {brief_value(licence.licence)} was filed on {licence.filed}"
        do = "correct one of the two, or leave the day of the licence blank if each lot has its own"
        faults.add("FIRM-ROW", what, where=tables.place(entry.where, "filed"), next=do)
