"""Rows from elsewhere than the file: marginal values and projects in place of those of a workbook.

A run of the market gives, for a legal path and a year, what one kilogram more of capacity of a stage would save: the
dual value of that capacity. The mean over the draws of a path is one `ValueRow`; a project of the pipeline is one
`ProjectRow` with its `CapacityRow`. Rows that are given become sheets, so that they are checked as those of a file.
"""

from __future__ import annotations

from dataclasses import replace

from coercivity.files.sheets import NamedSheet, SheetLine, SheetSet
from coercivity.ministry.fund.form import fund_form
from coercivity.ministry.fund.model import FundBook
from coercivity.ministry.fund.write import fund_rows, own_columns


def with_rows(sheets: SheetSet, given: FundBook) -> SheetSet:
    """Returns the sheets of a file with those that are given in place of its own.

    Args:
        sheets: The sheets of a file.
        given: A workbook; each of its sheets that has rows replaces that of the file.
    """
    made = given_sheets(given)
    keys = {sheet.name for sheet in made.sheets}
    kept = [
        sheet for sheet in sheets.sheets if (spec := fund_form().spec_of(sheet.name)) is None or spec.key not in keys
    ]
    return replace(sheets, sheets=(*kept, *made.sheets))


def given_sheets(given: FundBook) -> SheetSet:
    """Returns the sheets of a workbook that is no file; its rows are entries.

    Args:
        given: The workbook.
    """
    found = []
    own = own_columns(given, "en")
    for key, rows in fund_rows(given).items():
        header = (*fund_form().sheets[key].columns, *own.get(key, ()))
        at = {name: place for place, name in enumerate(header)}
        lines = [
            SheetLine({at[name]: text for name, text in row.items()}, f"entry {number}", number)
            for number, row in enumerate(rows, start=1)
        ]
        found.append(NamedSheet(key, header, tuple(lines)))
    return SheetSet("", tuple(found))
