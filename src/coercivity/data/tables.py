"""Tables: CSV files read strictly by a schema, with all errors at once, each with file, line and column.

Nothing is guessed: types are not inferred, cells are not trimmed, and only a blank cell means "missing".
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.data.cells import NUMERIC, PARSERS, WORDS, Cell
from coercivity.data.columns import ColumnSpec, Schema

if TYPE_CHECKING:
    import polars as pl

MOST_BYTES = 64 * 2**20
MOST_LINE = 100_000
MOST_CELL = 20_000
MOST_COLUMNS = 200
MOST_ROWS = 1_000_000
MOST_FAULTS = 200
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_CHECKED = WORDS | {"unit"}


class Readable(Protocol):
    """Anything whose bytes can be read: a path, or a file inside an installed package."""

    def read_bytes(self) -> bytes:
        """Returns the bytes."""


@dataclass(frozen=True)
class Table:
    """A table read from a file.

    Attributes:
        name: Name of the table.
        schema: Its columns.
        where: File, for messages.
        texts: Cells as written, row by row.
        cells: Cells as values, row by row; None is a blank cell.
        lines: Line of each row in the file.
    """

    name: str
    schema: Schema
    where: str
    texts: tuple[tuple[str, ...], ...] = ()
    cells: tuple[tuple[Cell, ...], ...] = ()
    lines: tuple[int, ...] = ()
    _index: dict[str, int] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.cells)

    @cached_property
    def rows(self) -> tuple[dict[str, Cell], ...]:
        """Rows as mappings from column to value."""
        return tuple(dict(zip(self.schema.names, row, strict=True)) for row in self.cells)

    def has(self, name: str) -> bool:
        """Returns whether the column exists."""
        return name in self.schema.names

    def text(self, name: str) -> tuple[str, ...]:
        """Returns a column as written."""
        self.schema.column(name)
        at = self.schema.names.index(name)
        return tuple(row[at] for row in self.texts)

    def values(self, name: str) -> tuple[Cell, ...]:
        """Returns a column as values."""
        self.schema.column(name)
        at = self.schema.names.index(name)
        return tuple(row[at] for row in self.cells)

    def with_values(self, values: Mapping[str, float], column: str = "value") -> Table:
        """Returns the table with other numbers in a column of some rows.

        Args:
            values: Numbers by the key of the row.
            column: The column.
        """
        key, at = self.schema.names.index(self.schema.key[0]), self.schema.names.index(column)
        texts, cells = [], []
        for text, row in zip(self.texts, self.cells, strict=True):
            value = values.get(text[key])
            texts.append(text if value is None else (*text[:at], repr(value), *text[at + 1 :]))
            cells.append(row if value is None else (*row[:at], value, *row[at + 1 :]))
        return replace(self, texts=tuple(texts), cells=tuple(cells), _index={})

    def place(self, row: int, name: str) -> str:
        """Returns file:line:column of a cell, for messages."""
        at = self.schema.names.index(name) + 1 if name in self.schema.names else 1
        return f"{self.where}:{self.lines[row]}:{at}"

    def frame(self) -> pl.DataFrame:
        """Returns the table for polars: numbers as numbers, dates as dates, everything else as text.

        A blank cell is null. Periods and lists are returned as written.
        """
        import polars as pl

        plain = {"integer": pl.Int64, "number": pl.Float64, "flag": pl.Boolean, "day": pl.Date}
        data: dict[str, list[object]] = {}
        schema: dict[str, type[pl.DataType]] = {}
        for column in self.schema.columns:
            kind = plain.get(column.type)
            schema[column.name] = kind or pl.String
            values = self.values(column.name) if kind else (text or None for text in self.text(column.name))
            data[column.name] = list(values)
        return pl.DataFrame(data, schema=schema)


def read_table(
    file: Readable, schema: Schema, *, where: str = "", units: Iterable[str] = (), most_bytes: int = MOST_BYTES
) -> Table:
    """Reads a table strictly by its schema.

    Args:
        file: The CSV file: UTF-8, comma, one line per row.
        schema: The expected columns.
        where: Name of the file for messages.
        units: Allowed words of a unit cell if its column lists none.
        most_bytes: Size limit of the file [bytes].

    Raises:
        CoercivityError: With every error found, up to a limit, each with file, line and column.
    """
    faults = Faults()
    table = scan_table(file, schema, faults, where=where, units=units, most_bytes=most_bytes)
    faults.raise_if_any()
    return table


def scan_table(
    file: Readable,
    schema: Schema,
    faults: Faults,
    *,
    where: str = "",
    units: Iterable[str] = (),
    most_bytes: int = MOST_BYTES,
) -> Table:
    """Returns the readable rows and adds every error to `faults`."""
    name = where or f"{schema.table}.csv"
    reader = _Reader(schema, name, frozenset(units), faults)
    lines = reader.lines(file, most_bytes)
    if lines and reader.header(lines[0]):
        for number, line in enumerate(lines[1:], 2):
            if reader.full:
                faults.add("TABLE-FAULTS", f"more than {MOST_FAULTS} errors; the rest are not listed", where=name)
                break
            reader.row(number, line)
    return Table(schema.table, schema, name, tuple(reader.texts), tuple(reader.cells), tuple(reader.numbers))


class _Reader:
    def __init__(self, schema: Schema, name: str, units: frozenset[str], faults: Faults) -> None:
        self.schema, self.name, self.units, self.faults = schema, name, units, faults
        self.began = len(faults.items)
        self.texts: list[tuple[str, ...]] = []
        self.cells: list[tuple[Cell, ...]] = []
        self.numbers: list[int] = []
        self.keys: dict[tuple[str, ...], int] = {}
        self.key_at = [at for at, column in enumerate(schema.columns) if column.key]

    @property
    def full(self) -> bool:
        return len(self.faults.items) - self.began >= MOST_FAULTS

    def fault(self, code: str, what: str, line: int, at: int = 0, *, near: Sequence[str] = (), next: str = "") -> None:
        self.faults.add(code, what, where=f"{self.name}:{line}:{at + 1}", nearest=near, next=next)

    def lines(self, file: Readable, most_bytes: int) -> list[str]:
        data = file.read_bytes()
        if len(data) > most_bytes:
            self.faults.add("TABLE-SIZE", f"{len(data):,} bytes; the limit is {most_bytes:,}", where=self.name)
            return []
        try:
            lines = data.decode("utf-8-sig").split("\n")
        except UnicodeDecodeError as error:
            self.faults.add("FILE-ENCODING", f"byte {error.start} is not valid UTF-8", where=self.name)
            return []
        if lines and lines[-1] == "":
            lines.pop()
        if not lines:
            self.faults.add("FILE-EMPTY", "the table has no header", where=self.name)
        if len(lines) > MOST_ROWS:
            self.faults.add("TABLE-SIZE", f"{len(lines):,} lines; the limit is {MOST_ROWS:,}", where=self.name)
            return []
        return lines

    def split(self, number: int, line: str) -> list[str] | None:
        line = line.removesuffix("\r")
        if len(line) > MOST_LINE:
            self.fault("TABLE-SIZE", f"the line has {len(line):,} characters; the limit is {MOST_LINE:,}", number)
            return None
        bad = _CONTROL.search(line)
        if bad is not None:
            what = f"control character {bad[0]!r}"
            self.fault("TABLE-CELL", what, number, next="remove it; a cell is one line of text")
            return None
        try:
            return next(csv.reader([line], strict=True), [])
        except csv.Error as error:
            self.fault("TABLE-ROW", f"not valid CSV: {error}", number, next="check the quotation marks of the line")
            return None

    def header(self, line: str) -> bool:
        names = self.split(1, line)
        if names is None:
            return False
        if len(names) > MOST_COLUMNS:
            self.fault("TABLE-SIZE", f"{len(names):,} columns; the limit is {MOST_COLUMNS}", 1)
            return False
        known, seen = self.schema.names, set[str]()
        good = True
        for at, name in enumerate(names):
            if name in seen:
                self.fault("TABLE-COLUMN", f"duplicate column {brief_value(name)!r}", 1, at)
                good = False
            elif name not in known:
                self.fault("TABLE-COLUMN", f"unknown column {brief_value(name)!r}", 1, at, near=nearest(name, known))
                good = False
            seen.add(name)
        for name in known:
            if name not in seen:
                near = nearest(name, [other for other in names if other not in known])
                self.fault("TABLE-COLUMN", f"column {name!r} is missing", 1, near=near)
                good = False
        if good and tuple(names) != known:
            self.fault("TABLE-COLUMN", "the columns are not in the order of columns.csv", 1)
            good = False
        return good

    def row(self, number: int, line: str) -> None:
        texts = self.split(number, line)
        if texts is None:
            return
        columns = self.schema.columns
        if len(texts) != len(columns):
            self.fault("TABLE-ROW", f"{len(texts):,} cells; expected {len(columns)}", number, next="check the commas")
            return
        self.texts.append(tuple(texts))
        self.numbers.append(number)
        self.cells.append(tuple(self.cell(number, at, columns[at], text) for at, text in enumerate(texts)))
        if self.key_at:
            key = tuple(texts[at] for at in self.key_at)
            if key in self.keys:
                shown = brief_value(" / ".join(key))
                self.fault("TABLE-KEY", f"key {shown!r} also appears in line {self.keys[key]}", number, self.key_at[0])
            self.keys.setdefault(key, number)

    def cell(self, number: int, at: int, column: ColumnSpec, text: str) -> Cell:
        if text == "":
            if column.required:
                self.fault("TABLE-BLANK", f"{column.name} is required but blank", number, at)
            return None
        if len(text) > MOST_CELL:
            self.fault(
                "TABLE-SIZE", f"{column.name} has {len(text):,} characters; the limit is {MOST_CELL:,}", number, at
            )
            return None
        if text != text.strip():
            self.fault("TABLE-CELL", f"{column.name} {brief_value(text)!r} begins or ends with a space", number, at)
        try:
            value = PARSERS[column.type](text)
        except ValueError as error:
            self.fault("TABLE-CELL", f"{column.name} {brief_value(text)!r}: {error}", number, at)
            return None
        if column.type in _CHECKED:
            self.words(number, at, column, value)
        elif column.type in NUMERIC:
            self.range(number, at, column, value, text)
        return value

    def words(self, number: int, at: int, column: ColumnSpec, value: Cell) -> None:
        code, allowed = "TABLE-VALUE", column.allowed
        if column.type == "unit":
            code, allowed = "TABLE-UNIT", column.allowed or tuple(sorted(self.units))
        elif column.type not in WORDS:
            return
        for word in value if isinstance(value, tuple) else (str(value),):
            if (allowed and word not in allowed) or (column.type == "unit" and not allowed):
                what = f"{column.name} {brief_value(word)!r} is not one of the {len(allowed)} allowed words"
                self.fault(code, what, number, at, near=nearest(word, allowed))

    def range(self, number: int, at: int, column: ColumnSpec, value: Cell, text: str) -> None:
        low, high = column.least, column.most
        if (low is not None and value < low) or (high is not None and value > high):  # type: ignore[operator] # numbers only
            span = f"{'-' if low is None else f'{low:g}'} to {'-' if high is None else f'{high:g}'}"
            what = f"{column.name} {brief_value(text)} is outside {span} {column.unit}".rstrip()
            self.fault("TABLE-RANGE", what, number, at)
