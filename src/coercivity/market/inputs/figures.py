"""Figures from the market data set by the name of their row, so that a result can name its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypedDict

from coercivity.base.errors import CoercivityError, nearest
from coercivity.data.cut.replacements import replacement
from coercivity.data.packs import Pack, open_pack

Row = Mapping[str, str]


# Columns that say what a row is about.
_WHAT = ("topic", "item", "option", "metric", "end_use", "name", "parameter", "kind", "form", "destination")


class AssumedRow(TypedDict):
    """An assumption that a result is based on; `row` is its table and id."""

    row: str
    what: str
    value: str
    low: str
    high: str
    unit: str
    reason: str


class Figures:
    """The rows of the market data set by table and id; the names of the rows used are recorded."""

    def __init__(self, pack: Pack | None = None) -> None:
        self.pack = pack or open_pack("world")
        self.taken: set[str] = set()
        self._tables: dict[str, dict[str, Row]] = {}
        self._values: dict[tuple[str, str, str], float] = {}

    def apart(self) -> Figures:
        """Returns the same rows with a separate record of use, which starts with the rows used so far."""
        found = Figures(self.pack)
        found.taken, found._tables = set(self.taken), self._tables
        return found

    def with_values(self, values: Mapping[str, float]) -> Figures:
        """Returns the same rows with other values in some of them, and an empty record of use.

        Args:
            values: Values by `table:id`, in the unit of the row.

        Raises:
            CoercivityError: If a row does not exist.
        """
        changed: dict[str, dict[str, Row]] = {}
        for name, value in values.items():
            table, _, key = name.partition(":")
            if table not in changed:
                changed[table] = dict(self.rows(table))
            changed[table][key] = {**self.row(table, key), "value": repr(value)}
        found = Figures(self.pack)
        found._tables = {**self._tables, **changed}
        return found

    def rows(self, table: str) -> Mapping[str, Row]:
        """Returns the rows of a table by their key."""
        found = self._tables.get(table)
        if found is None:
            read = self.pack.tables[table] if table in self.pack.schemas else self.pack.table(table)
            names = read.schema.names
            rows = [dict(zip(names, texts, strict=True)) for texts in read.texts]
            key = read.schema.key[0]
            found = self._tables[table] = {row[key]: row for row in rows}
        return found

    def row(self, table: str, key: str) -> Row:
        """Returns one row and records its use.

        Where a cut removed it, the row that replaces it is returned and recorded.

        Raises:
            CoercivityError: If the row does not exist, with the nearest names; or if a cut removed it and no row
                replaces it.
        """
        rows = self.rows(table)
        if key not in rows and self.pack.known is not None:
            key = replacement(self.pack, table, key, rows)
        if key not in rows:
            what = f"table {table} has no row {key!r}"
            raise CoercivityError.of("ROW-UNKNOWN", what, where=f"world/{table}.csv", nearest=nearest(key, rows))
        self.taken.add(f"{table}:{key}")
        return rows[key]

    def value(self, table: str, key: str, column: str = "value") -> float:
        """Returns the figure of one row, in the unit of that row."""
        name = (table, key, column)
        found = self._values.get(name)
        if found is None:
            found = self._values[name] = float(self.row(table, key)[column])
        return found

    def assumption(self, key: str) -> float:
        """Returns the figure of a row of `assumptions`, named by its key or its number, in the unit of that row."""
        return self.value("assumptions", self.pack.assumption_rows.get(key, key))

    def where(self, table: str, **cells: str) -> Iterator[Row]:
        """Yields the active rows with the given cells, and records their use."""
        for key, row in self.rows(table).items():
            if row.get("in_use", "1") == "1" and all(row[name] == text for name, text in cells.items()):
                self.taken.add(f"{table}:{key}")
                yield row

    def resting(self, also: Iterable[str] = ()) -> list[AssumedRow]:
        """Returns the assumptions among the rows used, by table and id.

        Args:
            also: Rows used elsewhere, as `table:id`.
        """
        found = []
        for name in sorted({*self.taken, *also}):
            table, _, key = name.partition(":")
            row = self.rows(table)[key]
            if row.get("quality") == "assumed":
                found.append(_assumed(name, row))
        return found

    @cached_property
    def version(self) -> str:
        """Version of the pack."""
        return self.pack.version


def _assumed(name: str, row: Row) -> AssumedRow:
    return {
        "row": name,
        "what": " ".join(row[c] for c in _WHAT if row.get(c)),
        "value": row.get("value") or row.get("capacity") or row.get("share") or "",
        "low": row.get("low", ""),
        "high": row.get("high", ""),
        "unit": " ".join(row[c] for c in ("unit", "unit_of") if row.get(c)) or ("fraction" if row.get("share") else ""),
        "reason": row.get("reason") or row.get("note") or row.get("dependence_note") or "",
    }
