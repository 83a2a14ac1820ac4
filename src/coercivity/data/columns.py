"""Columns and schemas, as described in the `columns.csv` of a pack."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from coercivity.base.errors import CoercivityError, Faults, nearest
from coercivity.data.cells import PARSERS, Cell


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column of a table, as `columns.csv` describes it.

    Attributes:
        name: Name of the column, including the unit if the column has one.
        type: A key of `cells.PARSERS`.
        unit: Unit of every cell, `row` if the row has a unit cell, or blank.
        allowed: Allowed words of a choice or unit, or the `table.column` that a ref points to.
        key: Part of the key of the table.
        required: Whether a blank cell is an error.
        least: Smallest number allowed.
        most: Largest number allowed.
        filled_least: Smallest allowed share of filled cells.
        meaning: Meaning of a cell.
    """

    name: str
    type: str = "text"
    unit: str = ""
    allowed: tuple[str, ...] = ()
    key: bool = False
    required: bool = False
    least: float | None = None
    most: float | None = None
    filled_least: float | None = None
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns of one table, in the order of the file."""

    table: str
    columns: tuple[ColumnSpec, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.name for column in self.columns)

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the key columns."""
        return tuple(column.name for column in self.columns if column.key)

    def column(self, name: str) -> ColumnSpec:
        """Returns the column called `name`.

        Raises:
            CoercivityError: If the column does not exist; the nearest names are given.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise CoercivityError.of(
            "TABLE-COLUMN", f"table {self.table} has no column {name!r}", nearest=nearest(name, self.names)
        )


def schemas_of(rows: Sequence[Mapping[str, Cell]], where: Callable[[int, str], str]) -> dict[str, Schema]:
    """Returns the schemas described by a `columns.csv`, by table.

    Args:
        rows: Rows of the file, read by `COLUMNS`.
        where: Returns the location of a row and column, for messages.

    Raises:
        CoercivityError: If a ref does not name the column it points to.
    """
    faults = Faults()
    found: dict[str, list[ColumnSpec]] = {}
    for at, row in enumerate(rows):
        kind = str(row["type"])
        allowed = tuple(str(row["allowed"]).split("|")) if row["allowed"] else ()
        if kind in ("ref", "refs") and (len(allowed) != 1 or allowed[0].count(".") != 1):
            faults.add("PACK-SCHEMA", "a ref requires table.column in `allowed`", where=where(at, "allowed"))
        column = ColumnSpec(
            name=str(row["column"]),
            type=kind,
            unit=str(row["unit"] or ""),
            allowed=allowed,
            key=bool(row["key"]),
            required=bool(row["required"]),
            least=_float(row["least"]),
            most=_float(row["most"]),
            filled_least=_float(row["filled_least"]),
            meaning=str(row["meaning"]),
        )
        found.setdefault(str(row["table"]), []).append(column)
    faults.raise_if_any()
    return {name: Schema(name, tuple(columns)) for name, columns in found.items()}


def _float(value: Cell) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None


COLUMNS = Schema(
    "columns",
    (
        ColumnSpec("table", "text", key=True, required=True, meaning="Table."),
        ColumnSpec("column", "text", key=True, required=True, meaning="Column, in the order of the file."),
        ColumnSpec("type", "choice", allowed=tuple(PARSERS), required=True, meaning="Type of the cells."),
        ColumnSpec("unit", meaning="Unit of every cell, or `row`."),
        ColumnSpec("allowed", meaning="Allowed words, separated by |, or table.column of a ref."),
        ColumnSpec("key", "flag", required=True, meaning="1: part of the key."),
        ColumnSpec("required", "flag", required=True, meaning="1: a blank cell is an error."),
        ColumnSpec("least", "number", meaning="Smallest number allowed."),
        ColumnSpec("most", "number", meaning="Largest number allowed."),
        ColumnSpec("filled_least", "number", least=0.0, most=1.0, meaning="Smallest allowed share of filled cells."),
        ColumnSpec("meaning", required=True, meaning="Meaning of a cell."),
    ),
)
