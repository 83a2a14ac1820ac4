"""Rows of the sheets of a workbook as values by column; every fault is collected with its sheet, row and cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.files.sheets import NamedSheet, SheetLine, SheetSet
from coercivity.workbooks.cells import Value, read_cell
from coercivity.workbooks.elements import ELEMENTS, clash, element_of
from coercivity.workbooks.spec import BookForm, ColumnSpec, SheetSpec

Cells = Mapping[str, Value]
_VALUE = "value"  # column of settings and declarations: it may be blank, not missing
_MOST_OWN = 60  # columns under names of the user


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row with its values by column, those of its own columns apart.

    Attributes:
        where: Its place.
        wide: Numbers in columns named by the user; shares under the symbol of their element.
    """

    cells: Cells
    where: str
    wide: Mapping[str, Fraction]


@dataclass(slots=True)
class ReadTables:
    """The sheets of a file as rows.

    Attributes:
        rows: Rows without a fault, by sheet.
        all_rows: The same with those that have a fault, each as far as it was read.
        ids: First key of every row by sheet, of rows with a fault too: what other rows may name.
        names: Name of each sheet in the file.
        lines: Number of rows of each sheet, of rows with a fault too.
        named: Ids in the key columns of each sheet, of rows with a fault too.
    """

    rows: dict[str, list[ReadRow]] = field(default_factory=dict)
    all_rows: dict[str, list[ReadRow]] = field(default_factory=dict)
    ids: dict[str, dict[str, str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    named: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    _lines: dict[str, tuple[NamedSheet, SheetLine, Mapping[str, int]]] = field(default_factory=dict)

    def place(self, where: str, column: str) -> str:
        """Returns the place of a cell: `Parts row 5 (cell D5)`.

        Args:
            where: Place of its row.
            column: Key of its column; without such a column the place is that of the row.
        """
        sheet, line, columns = self._lines.get(where, (None, None, {}))
        if sheet is None or line is None or column not in columns:
            return where
        return sheet.place(line, columns[column])

    def columns(self, where: str) -> frozenset[str]:
        """Returns the keys of the columns of the sheet in which a row is; none if the row is not known.

        Args:
            where: Place of the row.
        """
        return frozenset(self._lines[where][2]) if where in self._lines else frozenset()

    def keep(self, where: str, sheet: NamedSheet, line: SheetLine, columns: Mapping[str, int]) -> None:
        """Keeps the place of a row."""
        self._lines[where] = sheet, line, columns


def read_tables(sheets: SheetSet, form: BookForm, faults: Faults) -> ReadTables:
    """Returns the rows of all sheets; faults are added, not raised.

    Args:
        sheets: The sheets as read from a file.
        form: The form of the workbook.
        faults: Receives every fault, with sheet, row and cell.
    """
    faults.items += sheets.faults
    found = ReadTables()
    named = _named(sheets, form, faults)
    for key, spec in form.sheets.items():
        if key in named:
            found.names[key] = named[key].name
            found.rows[key] = _rows(spec, named[key], found, faults)
    return found


def _named(sheets: SheetSet, form: BookForm, faults: Faults) -> dict[str, NamedSheet]:
    """Returns the sheets by key; a sheet that is not known, or is there twice, is a fault."""
    found: dict[str, NamedSheet] = {}
    names = [spec.names["en"] for spec in form.sheets.values()]
    for sheet in sheets.sheets:
        if (not sheet.header and not sheet.lines) or form.is_apart(sheet.name):
            continue
        spec = _meant(sheet, form)
        if spec is None:
            what = f"there is no sheet {brief_value(sheet.name)!r}"
            faults.add("SHEET", what, where=sheet.name, nearest=nearest(sheet.name, names), next="rename or delete it")
        elif spec.key in found:
            what = f"the sheets {found[spec.key].name!r} and {sheet.name!r} are the same sheet"
            faults.add("SHEET", what, where=sheet.name, next="keep one of them")
        else:
            found[spec.key] = sheet
    return found


def _meant(sheet: NamedSheet, form: BookForm) -> SheetSpec | None:
    """Returns the sheet that a name means; another where the header names columns of that one and none of its own."""
    spec = form.spec_of(sheet.name)
    if spec is None or not spec.otherwise or any(spec.column(name) for name in sheet.header):
        return spec
    other = form.sheets[spec.otherwise]
    return other if any(other.column(name) for name in sheet.header) else spec


def _rows(spec: SheetSpec, sheet: NamedSheet, tables: ReadTables, faults: Faults) -> list[ReadRow]:
    columns, wide = _columns(spec, sheet, faults)
    at_column = {column.key: at for at, column in (*columns.items(), *wide.items())}
    ids = tables.ids.setdefault(spec.key, {})
    tables.lines[spec.key] = len(sheet.lines)
    lacking = any(column.needed and column.key not in at_column for column in spec.columns.values())
    found, seen = [], dict[tuple[Value, ...], str]()
    every = tables.all_rows.setdefault(spec.key, [])
    for line in sheet.lines:
        cells, ok = _cells(columns, sheet, line, faults)
        numbers, whole = _own(wide, sheet, line, faults)
        where = sheet.place(line)
        tables.keep(where, sheet, line, at_column)
        first = cells.get(spec.keys[0])
        if isinstance(first, str):
            ids.setdefault(first, where)
        for name in spec.keys:
            tables.named.setdefault((spec.key, name), set()).add(str(cells.get(name)))
        row = ReadRow(cells, where, numbers)
        every.append(row)
        if lacking or not (ok and whole):
            continue
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
    where = f"{sheet.name} {sheet.head}".strip()
    for at, name in enumerate(sheet.header):
        if not name.strip():
            _must_be_blank(sheet, at, faults)
            continue
        column = spec.column(name)
        if column is None and spec.wide:
            own = _own_column(spec, name)
            if own is None:
                _unknown(spec, name, where, faults)
            elif clash(name, [sheet.header[each] for each in wide]) if spec.wide == "percent" else own in wide.values():
                _twice(name, where, faults)
            else:
                wide[at] = own
        elif column is None:
            _unknown(spec, name, where, faults)
        elif column in known.values():
            _twice(name, where, faults)
        else:
            known[at] = column
    if len(wide) > _MOST_OWN:
        faults.add("COLUMN", f"more than {_MOST_OWN} columns", where=where, next="delete those that are not needed")
        wide = {}
    for column in spec.columns.values():
        wanted = column.needed or column.key == _VALUE
        if wanted and column not in known.values() and sheet.lines:
            what = f"column {column.names['en']!r} is missing"
            faults.add("COLUMN", what, where=where, next="add it")
    return known, wide


def _own_column(spec: SheetSpec, name: str) -> ColumnSpec | None:
    """Returns a column named by the user; None where only elements are allowed and it names none."""
    key = element_of(name) if spec.wide == "percent" else name.strip()
    return None if key is None else ColumnSpec(key, spec.wide, False, (), "", {"en": key, "zh": key}, ())


def _twice(name: str, where: str, faults: Faults) -> None:
    faults.add("COLUMN", f"column {brief_value(name)!r} is there twice", where=where, next="keep one of them")


def _unknown(spec: SheetSpec, name: str, where: str, faults: Faults) -> None:
    known = [column.names["en"] for column in spec.columns.values()]
    close = nearest(name, [*known, *(ELEMENTS if spec.wide == "percent" else ())])
    what = f"the sheet has no column {brief_value(name)!r}"
    if spec.wide == "percent":
        what += ", and there is no such element"
    faults.add("COLUMN", what, where=where, nearest=close, next="rename or delete it")


def _must_be_blank(sheet: NamedSheet, at: int, faults: Faults) -> None:
    """Adds a fault for the first filled cell of a column without a name."""
    for line in sheet.lines:
        if at in line.faults or line.cells.get(at, "").strip():
            what = "the cell is filled, but its column has no name"
            faults.add("COLUMN", what, where=sheet.place(line, at), next="name the column, or empty its cells")
            return


def _cells(
    columns: Mapping[int, ColumnSpec], sheet: NamedSheet, line: SheetLine, faults: Faults
) -> tuple[dict[str, Value], bool]:
    found: dict[str, Value] = {}
    before = len(faults.items)
    for at, column in columns.items():
        found[column.key] = _value(column, sheet, line, at, faults)
        if column.needed and not line.cells.get(at, "").strip() and at not in line.faults:
            faults.add("CELL", f"{column.names['en']} is blank", where=sheet.place(line, at), next="fill the cell")
    return found, len(faults.items) == before


def _own(
    wide: Mapping[int, ColumnSpec], sheet: NamedSheet, line: SheetLine, faults: Faults
) -> tuple[dict[str, Fraction], bool]:
    """Returns the numbers in the columns named by the user; shares of Nd and Pr are added up."""
    found: dict[str, Fraction] = {}
    before = len(faults.items)
    for at, column in wide.items():
        value = _value(column, sheet, line, at, faults)
        if isinstance(value, Fraction):
            found[column.key] = found.get(column.key, Fraction(0)) + value
    return found, len(faults.items) == before


def _value(column: ColumnSpec, sheet: NamedSheet, line: SheetLine, at: int, faults: Faults) -> Value:
    name = column.names["en"]
    if at in line.faults:
        next_ = "paste its value" if line.faults[at].endswith("a formula") else "correct the cell"
        faults.add("CELL", f"{name}: {line.faults[at]}", where=sheet.place(line, at), next=next_)
        return None
    text = line.cells.get(at, "").strip()
    if not text:
        return None
    try:
        return read_cell(text, column)
    except ValueError as error:
        faults.add("CELL", f"{name}: {error}", where=sheet.place(line, at), next="correct the cell")
        return None
