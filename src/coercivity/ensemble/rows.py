"""Rows of the packs that have a range: those that draws draw, how, and those that they do not, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from coercivity.base.errors import Faults, nearest
from coercivity.data.cells import Cell
from coercivity.data.packs import Pack, open_pack

Group = Literal["law", "practice", "world", "model"]
Distribution = Literal["triangular", "normal"]
GROUPS: tuple[Group, ...] = ("law", "practice", "world", "model")
TABLE = "draws"
TOTAL = "never_add"  # in place of a region: the row is a total, an average or a mixed group
PACKS = ("world", "practice")
# Tables whose value stands in another column than `value`.
_VALUE = {"practice_events": "share", "general_licences": "share", "customs_holds": "share"}
# Share granted by the licensing authority: the beta distribution that follows from prior and decided cases.
GRANTED = "granted_share"
GRANTED_DIMENSION = 0


@dataclass(frozen=True, slots=True)
class RangedRow:
    """A row with a range.

    Attributes:
        name: Table and key, `table:id`.
        group: practice, world or model.
        value: Its value [unit].
        low: Low end of the range [unit].
        high: High end of the range [unit].
        unit: Its unit.
        dimension: Dimension of the design; None if it is not drawn, or takes the coordinate of another row.
        distribution: How it is drawn; None if it is not.
        reason: Why it is not drawn; empty if it is.
        what: What it is about.
        leader: Row whose coordinate it takes, so that both rise together; empty if it has its own.
        adds_up: Name of the rows with which it is scaled to add up to the same as in its table; empty if alone.
    """

    name: str
    group: Group
    value: float
    low: float
    high: float
    unit: str
    dimension: int | None
    distribution: Distribution | None
    reason: str
    what: str
    leader: str = ""
    adds_up: str = ""

    @property
    def table(self) -> str:
        """Table of the row."""
        return self.name.partition(":")[0]

    @property
    def key(self) -> str:
        """Key of the row in its table."""
        return self.name.partition(":")[2]

    @property
    def drawn(self) -> bool:
        """Whether draws draw it."""
        return self.distribution is not None

    @property
    def free(self) -> bool:
        """Whether it has a coordinate of its own."""
        return self.dimension is not None


@lru_cache(maxsize=1)
def ranged_rows() -> tuple[RangedRow, ...]:
    """Returns every row of the packs that has a range, in the order of the tables.

    Raises:
        CoercivityError: With every fault: a range upside down, a row that is not listed, a listed row without a range,
            a dimension that two rows have, a row that follows one without a coordinate.
    """
    return read_rows(open_pack("world"), open_pack("practice"))


def drawn_rows() -> tuple[RangedRow, ...]:
    """Returns the rows that draws draw."""
    return tuple(row for row in ranged_rows() if row.drawn)


def read_rows(world: Pack, practice: Pack) -> tuple[RangedRow, ...]:
    """Returns every row with a range of two packs.

    Args:
        world: The market data set, which lists the rows of both.
        practice: The practice pack.

    Raises:
        CoercivityError: With every fault, as `ranged_rows`.
    """
    faults = Faults()
    ranged = _ranged(world, faults) | _ranged(practice, faults)
    listed = world.table(TABLE)
    found: list[RangedRow] = []
    places: dict[str, str] = {}
    for cells, line in zip(listed.rows, listed.lines, strict=True):
        name, where = f"{cells['table']}:{cells['row']}", f"{listed.where}:{line}"
        if name not in ranged:
            step = "remove the row from this table, or give it a range"
            faults.add("DRAWS-ROWS", f"{name} has no range, or does not exist", where=where, next=step)
            continue
        row = _row(name, cells, ranged.pop(name))
        places[name] = where
        if (
            row.drawn == (row.reason != "")
            or bool(cells["drawn"]) != row.drawn
            or row.drawn != (row.free or bool(row.leader))
        ):
            what = f"{name}: a drawn row has a distribution and a dimension or a row to follow, any other row a reason"
            faults.add("DRAWS-ROWS", what, where=where, next="complete the row")
            continue
        if row.drawn and row.low <= row.high and not row.low <= row.value <= row.high:
            what = f"{name}: {row.value:g} does not lie between {row.low:g} and {row.high:g}"
            faults.add("DRAWS-RANGE", what, where=where, next="order low, value and high in its table")
        found.append(row)
    for name in sorted(ranged):
        step = "say in world/draws.csv how it is drawn, or why not"
        faults.add("DRAWS-ROWS", f"{name} has a range and is not listed", where=listed.where, next=step)
    _check_places(found, places, faults)
    faults.raise_if_any()
    return tuple(found)


def _row(name: str, cells: Mapping[str, Cell], ranged: _Ranged) -> RangedRow:
    value, low, high, unit, what = ranged
    return RangedRow(
        name,
        cast(Group, cells["group"]),
        value,
        low,
        high,
        unit,
        cast("int | None", cells["dimension"]),
        cast("Distribution | None", cells["distribution"] or None),
        str(cells["reason"] or ""),
        what,
        str(cells["with"] or ""),
        str(cells["sum"] or ""),
    )


def _check_places(rows: Sequence[RangedRow], places: Mapping[str, str], faults: Faults) -> None:
    """Adds a fault for each dimension of two rows, row that follows one without a dimension, and sum of one row."""
    taken: dict[int, str] = {GRANTED_DIMENSION: GRANTED}
    parts = Counter(row.adds_up for row in rows if row.drawn)
    free = {row.name for row in rows if row.free}
    for row in rows:
        if row.dimension is not None:
            if row.dimension in taken:
                step = f"give it another one, such as {max(taken) + 1}"
                what = f"{row.name} has dimension {row.dimension}, which is that of {taken[row.dimension]}"
                faults.add("DRAWS-ROWS", what, where=places[row.name], next=step)
            taken.setdefault(row.dimension, row.name)
        if row.leader and (row.free or row.leader not in free):
            what = f"{row.name} takes the coordinate of {row.leader}, which has none, or has one of its own"
            near = nearest(row.leader, free)
            faults.add("DRAWS-ROWS", what, where=places[row.name], nearest=near, next="name a row with a dimension")
        if row.adds_up and (not row.drawn or parts[row.adds_up] < 2):
            what = f"{row.name} is to add up as {row.adds_up!r}, but it is not drawn, or no other drawn row is"
            near = nearest(row.adds_up, sorted(set(parts) - {"", row.adds_up}))
            step = "name the sum of another drawn row, or leave it empty: a row alone would never change"
            faults.add("DRAWS-ROWS", what, where=places[row.name], nearest=near, next=step)


_Ranged = tuple[float, float, float, str, str]
_WHAT = ("topic", "item", "option", "parameter", "kind", "metric", "section", "end_use", "model_use", "good", "element")
_WHERE = ("form", "destination", "model_region", "from_region", "to_region")


def _ranged(pack: Pack, faults: Faults) -> dict[str, _Ranged]:
    """Returns value, ends, unit and subject of the rows of a pack whose ends differ."""
    found: dict[str, _Ranged] = {}
    for table_name, schema in pack.schemas.items():
        column = _VALUE.get(table_name, "value")
        if not {"low", "high", column} <= set(schema.names):
            continue
        table = pack.table(table_name)
        for texts, line in zip(table.texts, table.lines, strict=True):
            row = dict(zip(schema.names, texts, strict=True))
            if not (row["low"] and row["high"]) or float(row["low"]) == float(row["high"]):
                continue
            value, low, high = float(row[column]), float(row["low"]), float(row["high"])
            name = f"{table_name}:{row[schema.key[0]]}"
            if low > high:
                what = f"{name}: the range is upside down, from {low:g} to {high:g}"
                faults.add("DRAWS-RANGE", what, where=f"{table.where}:{line}", next="order low, value and high")
            if row.get("model_region") == TOTAL and "region" in row:
                row["model_region"] = row["region"]  # such as all, or ex-China
            subject = dict.fromkeys(row[c] for c in (*_WHAT, *_WHERE) if row.get(c))
            found[name] = value, low, high, row.get("unit", "fraction"), " ".join(subject)
    return found


def by_table(values: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Returns values by table and key from values by `table:id`."""
    found: dict[str, dict[str, float]] = {}
    for name, value in values.items():
        table, _, key = name.partition(":")
        found.setdefault(table, {})[key] = value
    return found
