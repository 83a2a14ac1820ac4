"""Columns and schemas: what `columns.csv` says of every table of a pack."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from coercivity.base.errors import CoercivityError, Faults, nearest
from coercivity.data.cells import PARSERS, Cell


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column of a table, as `columns.csv` describes it.

    Attributes:
        name: Name of the column; it carries the unit where the column has one.
        type: A key of `cells.PARSERS`.
        unit: Unit of every cell, `row` where a unit cell of the row gives it, or blank.
        allowed: Words that a choice or unit may be, or the `table.column` that a ref points to.
        key: Part of the key of the table.
        required: A blank cell is a fault.
        least: Smallest number allowed.
        most: Largest number allowed.
        filled_least: Smallest share of filled cells.
        meaning: What a cell means.
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
        """Returns a column.

        Raises:
            CoercivityError: When there is no such column; the nearest names are given.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise CoercivityError.of(
            "TABLE-COLUMN", f"table {self.table} has no column {name!r}", nearest=nearest(name, self.names)
        )


def schemas_of(rows: Sequence[Mapping[str, Cell]], where: Callable[[int, str], str]) -> dict[str, Schema]:
    """Returns the schemas that a `columns.csv` describes, by table.

    Args:
        rows: Rows of the file, read by `COLUMNS`.
        where: Gives the place of a row and column, for messages.

    Raises:
        CoercivityError: When a ref does not say which column it points to.
    """
    faults = Faults()
    found: dict[str, list[ColumnSpec]] = {}
    for at, row in enumerate(rows):
        kind = str(row["type"])
        allowed = tuple(str(row["allowed"]).split("|")) if row["allowed"] else ()
        if kind in ("ref", "refs") and (len(allowed) != 1 or allowed[0].count(".") != 1):
            faults.add("PACK-SCHEMA", "a ref needs table.column in `allowed`", where=where(at, "allowed"))
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
        ColumnSpec("allowed", meaning="Words allowed, separated by |, or table.column of a ref."),
        ColumnSpec("key", "flag", required=True, meaning="1: part of the key."),
        ColumnSpec("required", "flag", required=True, meaning="1: a blank cell is a fault."),
        ColumnSpec("least", "number", meaning="Smallest number."),
        ColumnSpec("most", "number", meaning="Largest number."),
        ColumnSpec("filled_least", "number", least=0.0, most=1.0, meaning="Smallest share of filled cells."),
        ColumnSpec("meaning", required=True, meaning="What a cell means."),
    ),
)
