"""The rows of a workbook as text by the program's names of sheets and columns, for a form in which they are edited."""

from __future__ import annotations

from collections.abc import Mapping

from coercivity.data.input import Input
from coercivity.files.sheets import NamedSheet
from coercivity.firm.company.spec import company_form, setting_specs, sheet_specs
from coercivity.workbooks.sources import read_sheets
from coercivity.workbooks.spec import ColumnSpec, SheetSpec, folded

Rows = list[dict[str, str]]
SETTINGS = "settings"


def form_rows(source: Input) -> Mapping[str, Rows]:
    """Returns the rows of each sheet that the program knows, as the user wrote them; settings as one row.

    Args:
        source: A workbook in any of its forms.

    Raises:
        CoercivityError: If it cannot be opened.
    """
    found: dict[str, Rows] = {}
    for sheet in read_sheets(source, company_form()).sheets:
        spec = next((each for each in sheet_specs().values() if folded(sheet.name) in each.spellings), None)
        if spec is not None:
            found[spec.key] = _rows(sheet, spec)
    if SETTINGS in found:
        pairs = [(row.get("name", ""), row.get("value", "")) for row in found[SETTINGS]]
        found[SETTINGS] = [{_key(setting_specs(), name): value for name, value in pairs}]
    return found


def _rows(sheet: NamedSheet, spec: SheetSpec) -> Rows:
    keys = [_key(spec.columns, name) for name in sheet.header]
    return [
        {keys[at]: text.strip() for at, text in sorted(line.cells.items()) if at < len(keys)} for line in sheet.lines
    ]


def _key(columns: Mapping[str, ColumnSpec], name: str) -> str:
    return next((key for key, each in columns.items() if folded(name) in each.spellings), name)
