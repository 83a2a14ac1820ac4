"""Reads the sheets of a company into the company; every fault of every sheet is collected, with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeVar

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.files.sheets import NamedSheet, SheetLine, SheetSet
from coercivity.firm.company.cells import Value, read_cell
from coercivity.firm.company.model import (
    CalendarRow,
    ClauseOn,
    Closed,
    Company,
    CompanySettings,
    Contract,
    Declaration,
    Delay,
    LicenceHeld,
    Lot,
    Option,
    Part,
    Plant,
    ReturnRow,
    StageRow,
    Stock,
    Supplier,
    Use,
)  # fmt: skip
from coercivity.firm.company.spec import ColumnSpec, SheetSpec, folded, setting_specs, sheet_specs

MASS_UNITS = {"kg": Fraction(1), "t": Fraction(1000), "g": Fraction(1, 1000)}
Cells = Mapping[str, Value]
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row with its values by column, those of its own columns apart.

    Attributes:
        where: Its place.
        wide: Numbers in columns named by the user.
    """

    cells: Cells
    where: str
    wide: Mapping[str, Fraction]


def read_company(sheets: SheetSet, faults: Faults) -> Company:
    """Returns the company that sheets describe; faults are added, not raised.

    Args:
        sheets: The sheets as read from a file.
        faults: Receives every fault, with sheet, row and cell.
    """
    tables = _tables(sheets, faults)
    rows = {key: _rows(spec, tables[key], faults) for key, spec in sheet_specs().items() if key in tables}
    settings, places = _settings(rows.get("settings", []), faults)
    pieces = {row.cells.get("part"): row.cells.get("piece_kg") for row in rows.get("parts", [])}
    for key in ("use", "stock", "in_transit"):
        rows[key] = [_in_kg(row, pieces, faults) for row in rows.get(key, [])]
    return Company(
        settings=settings,
        parts=tuple(_part(row) for row in rows.get("parts", [])),
        plants=tuple(_made(Plant, row) for row in rows.get("plants", [])),
        use=tuple(_made(Use, row, calendar="calendar") for row in rows["use"]),
        closed=tuple(_spanned(Closed, row) for row in rows.get("closed", [])),
        stock=tuple(_made(Stock, row, quarantine_kg=Fraction(0)) for row in rows["stock"]),
        suppliers=tuple(_made(Supplier, row) for row in rows.get("suppliers", [])),
        licences=tuple(_made(LicenceHeld, row, names=()) for row in rows.get("licences", [])),
        in_transit=tuple(_made(Lot, row) for row in rows["in_transit"]),
        contracts=tuple(_made(Contract, row) for row in rows.get("contracts", [])),
        index=_index(rows.get("index", [])),
        clauses=tuple(_made(ClauseOn, row) for row in rows.get("clauses", [])),
        delays=tuple(_made(Delay, row) for row in rows.get("delays", [])),
        options=tuple(_made(Option, row) for row in rows.get("options", [])),
        stages=tuple(_made(StageRow, row) for row in rows.get("stages", [])),
        returns=tuple(_return(row) for row in rows.get("returns", [])),
        calendar=tuple(_calendar(row) for row in rows.get("calendar", [])),
        declarations=tuple(_made(Declaration, row) for row in rows.get("declarations", [])),
        places=places,
        sheets=frozenset(tables),
    )


def _tables(sheets: SheetSet, faults: Faults) -> dict[str, NamedSheet]:
    """Returns the sheets by key; a sheet that is not known, or is there twice, is a fault."""
    found: dict[str, NamedSheet] = {}
    specs = sheet_specs()
    names = [spec.names["en"] for spec in specs.values()]
    for sheet in sheets.sheets:
        if not sheet.header and not sheet.lines:
            continue
        key = next((key for key, spec in specs.items() if folded(sheet.name) in spec.spellings), None)
        if key is None:
            what = f"there is no sheet {brief_value(sheet.name)!r}"
            faults.add("SHEET", what, where=sheet.name, nearest=nearest(sheet.name, names), next="rename or delete it")
        elif key in found:
            what = f"the sheets {found[key].name!r} and {sheet.name!r} are the same sheet"
            faults.add("SHEET", what, where=sheet.name, next="keep one of them")
        else:
            found[key] = sheet
    return found


def _rows(spec: SheetSpec, sheet: NamedSheet, faults: Faults) -> list[ReadRow]:
    columns, wide = _columns(spec, sheet, faults)
    found, seen = [], dict[tuple[Value, ...], str]()
    for line in sheet.lines:
        cells, ok = _cells(columns, sheet, line, faults)
        numbers: dict[str, Fraction] = {}
        for at, column in wide.items():
            value = _value(column, sheet, line, at, faults)
            if isinstance(value, Fraction):
                numbers[column.key] = value / 100 if spec.wide == "percent" else value
        if not ok:
            continue
        row = ReadRow(cells, sheet.place(line), numbers)
        key = tuple(cells.get(name) for name in spec.keys)
        if key in seen:
            shown = " ".join(str(part) for part in key if part is not None)
            what = f"{brief_value(shown)!r} is already in {seen[key]}"
            faults.add("TWICE", what, where=row.where, next="keep one of the rows")
            continue
        seen[key] = row.where
        found.append(row)
    return found


def _columns(spec: SheetSpec, sheet: NamedSheet, faults: Faults) -> tuple[dict[int, ColumnSpec], dict[int, ColumnSpec]]:
    """Returns the known columns by number, and those named by the user."""
    known: dict[int, ColumnSpec] = {}
    wide: dict[int, ColumnSpec] = {}
    for at, name in enumerate(sheet.header):
        if not name.strip():
            continue
        column = next((c for c in spec.columns.values() if folded(name) in c.spellings), None)
        where = f"{sheet.name} {sheet.head}".strip()
        if column is not None and column in known.values():
            faults.add("COLUMN", f"column {brief_value(name)!r} is there twice", where=where, next="keep one of them")
        elif column is not None:
            known[at] = column
        elif spec.wide:
            wide[at] = ColumnSpec(name.strip(), "number", False, (), "", {"en": name, "zh": name}, ())
        else:
            close = nearest(name, [c.names["en"] for c in spec.columns.values()])
            what = f"there is no column {brief_value(name)!r}"
            faults.add("COLUMN", what, where=where, nearest=close, next="rename or delete it")
    for column in spec.columns.values():
        if column.needed and column not in known.values() and sheet.lines:
            what = f"column {column.names['en']!r} is missing"
            faults.add("COLUMN", what, where=f"{sheet.name} {sheet.head}".strip(), next="add it")
    return known, wide


def _cells(
    columns: Mapping[int, ColumnSpec], sheet: NamedSheet, line: SheetLine, faults: Faults
) -> tuple[dict[str, Value], bool]:
    found: dict[str, Value] = {}
    before = len(faults.items)
    for at, column in columns.items():
        found[column.key] = _value(column, sheet, line, at, faults)
        if column.needed and found[column.key] is None and not line.cells.get(at, "").strip() and at not in line.faults:
            faults.add("CELL", f"{column.names['en']} is blank", where=sheet.place(line, at), next="fill the cell")
    return found, len(faults.items) == before


def _value(column: ColumnSpec, sheet: NamedSheet, line: SheetLine, at: int, faults: Faults) -> Value:
    if at in line.faults:
        faults.add("CELL", line.faults[at], where=sheet.place(line, at), next="correct the cell")
        return None
    text = line.cells.get(at, "").strip()
    if not text:
        return None
    try:
        return read_cell(text, column)
    except ValueError as error:
        faults.add("CELL", f"{column.names['en']}: {error}", where=sheet.place(line, at), next="correct the cell")
        return None


def _settings(rows: Sequence[ReadRow], faults: Faults) -> tuple[CompanySettings, dict[str, str]]:
    values: dict[str, Any] = {}
    places: dict[str, str] = {}
    specs = setting_specs()
    for row in rows:
        name, text = str(row.cells["name"]), str(row.cells["value"])
        spec = next((each for each in specs.values() if folded(name) in each.spellings), None)
        if spec is None:
            what = f"there is no setting {brief_value(name)!r}"
            faults.add("SETTING", what, where=row.where, nearest=nearest(name, specs), next="rename or delete it")
            continue
        try:
            values[spec.key] = read_cell(text, spec)
            places[spec.key] = row.where
        except ValueError as error:
            faults.add("CELL", f"{spec.key}: {error}", where=row.where, next="correct the cell")
    return CompanySettings(**values), places


def _in_kg(row: ReadRow, pieces: Mapping[Value, Value], faults: Faults) -> ReadRow:
    """Returns a row with its masses in kilograms."""
    unit = row.cells.get("unit") or "kg"
    if unit == "kg":
        return row
    factor = pieces.get(row.cells.get("part")) if unit == "pieces" else MASS_UNITS[str(unit)]
    if not isinstance(factor, Fraction):
        what = f"pieces of {row.cells.get('part')} need piece_kg in the sheet Parts"
        faults.add("UNIT", what, where=row.where, next="add piece_kg, or write the mass")
        return row
    masses = {
        k: v * factor for k, v in row.cells.items() if k in ("quantity_kg", "quarantine_kg") and isinstance(v, Fraction)
    }
    return ReadRow({**row.cells, **masses}, row.where, row.wide)


def _made(kind: type[Row], row: ReadRow, **blanks: Value) -> Row:
    """Returns a row as its type; blank text is empty, other blanks are as given or None."""
    fields = kind.__dataclass_fields__  # type: ignore[attr-defined] # every kind is a dataclass
    values: dict[str, Any] = {}
    for name, entry in fields.items():
        if name == "where":
            continue
        value = row.cells.get(name)
        if value is None:
            value = blanks.get(name, "" if entry.type == "str" else None)
        values[name] = value
    return kind(**values, where=row.where)  # type: ignore[call-arg] # every kind has a place


def _part(row: ReadRow) -> Part:
    values = {name: row.cells.get(name) for name in ("piece_kg", "value_usd_per_kg")}
    shares = {name: share for name, share in row.wide.items() if share}
    free_of = frozenset(row.wide) - set(shares)
    texts = {name: str(row.cells.get(name) or "") for name in ("part", "grade", "name", "form")}
    return Part(**texts, **values, shares=shares, free_of=free_of, where=row.where)  # type: ignore[arg-type] # read as such


def _spanned(kind: type[Row], row: ReadRow) -> Row:
    cells = {**row.cells, "from_on": row.cells["from"], "to_on": row.cells["to"]}
    return _made(kind, ReadRow(cells, row.where, row.wide))


def _return(row: ReadRow) -> ReturnRow:
    found = row.cells["round"]
    assert isinstance(found, tuple)
    cells: dict[str, Value] = {**row.cells, "first_round": found[0], "later": found[1]}
    return _made(ReturnRow, ReadRow(cells, row.where, row.wide))


def _calendar(row: ReadRow) -> CalendarRow:
    cells = row.cells
    return CalendarRow(
        from_on=cells["from"],  # type: ignore[arg-type] # read as a day
        to_on=cells["to"],  # type: ignore[arg-type] # read as a day
        made_up=cells["kind"] == "make-up",
        assumed=cells["state"] == "assumed",
        where=row.where,
    )


def _index(rows: Sequence[ReadRow]) -> dict[str, dict[str, Fraction]]:
    found: dict[str, dict[str, Fraction]] = {}
    for row in rows:
        for name, value in row.wide.items():
            found.setdefault(name, {})[str(row.cells["month"])] = value
    return found
