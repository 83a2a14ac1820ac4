"""Rows of a workbook as the types of its owner, and its sheet of settings as values by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.workbooks.cells import Value, read_cell
from coercivity.workbooks.spec import ColumnSpec, folded
from coercivity.workbooks.tables import ReadRow, ReadTables

Row = TypeVar("Row")


def made_row(kind: type[Row], row: ReadRow, **blanks: object) -> Row:
    """Returns a row as its type, a dataclass whose fields are columns and `where`.

    Args:
        kind: The type.
        row: The row.
        **blanks: Values of blank cells by column; else blank text is empty, and any other blank is None.
    """
    fields = kind.__dataclass_fields__  # type: ignore[attr-defined] # every kind is a dataclass
    values: dict[str, object] = {}
    for name, entry in fields.items():
        if name == "where":
            continue
        value: object = row.cells.get(name)
        if value is None:
            value = blanks.get(name, "" if entry.type == "str" else None)
        values[name] = value
    return kind(**values, where=row.where)  # type: ignore[call-arg] # every kind has a place


def read_settings(
    rows: Sequence[ReadRow], specs: Mapping[str, ColumnSpec], tables: ReadTables, faults: Faults
) -> tuple[dict[str, Value], dict[str, str]]:
    """Returns the values of the sheet of settings by name, and their places; faults are added, not raised.

    Args:
        rows: Rows of the sheet, with the columns name and value.
        specs: What settings there are.
        tables: All rows and their places.
        faults: Receives the faults.
    """
    values: dict[str, Value] = {}
    places: dict[str, str] = {}
    for row in rows:
        name, text = str(row.cells["name"]), row.cells.get("value")
        spec = next((each for each in specs.values() if folded(name) in each.spellings), None)
        if spec is None:
            what = f"there is no setting {brief_value(name)!r}"
            faults.add("SETTING", what, where=row.where, nearest=nearest(name, specs), next="rename or delete it")
            continue
        where = tables.place(row.where, "value")
        if spec.key in places:
            faults.add("TWICE", f"{spec.key!r} is already in {places[spec.key]}", where=where, next="keep one of them")
        elif text is not None:
            places[spec.key] = where
            try:
                values[spec.key] = read_cell(str(text), spec)
            except ValueError as error:
                faults.add("CELL", f"{spec.key}: {error}", where=where, next="correct the cell")
    return values, places
