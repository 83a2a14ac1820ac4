"""Rows of the packs that have a range: those that draws draw, how, and those that they do not, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from coercivity.base.errors import Faults
from coercivity.data.packs import Pack, open_pack

Group = Literal["law", "practice", "world", "model"]
Distribution = Literal["triangular", "normal"]
GROUPS: tuple[Group, ...] = ("law", "practice", "world", "model")
TABLE = "draws"
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
        dimension: Dimension of the design; None if it is not drawn.
        distribution: How it is drawn; None if it is not.
        reason: Why it is not drawn; empty if it is.
        what: What it is about.
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
        return self.dimension is not None


@lru_cache(maxsize=1)
def ranged_rows() -> tuple[RangedRow, ...]:
    """Returns every row of the packs that has a range, in the order of the tables.

    Raises:
        CoercivityError: With every fault: a range upside down, a row that is not listed, a listed row without a range,
            a dimension that two rows have.
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
    seen: dict[int, str] = {GRANTED_DIMENSION: GRANTED}
    for cells, line in zip(listed.rows, listed.lines, strict=True):
        name, where = f"{cells['table']}:{cells['row']}", f"{listed.where}:{line}"
        if name not in ranged:
            step = "remove the row from this table, or give it a range"
            faults.add("DRAWS-ROWS", f"{name} has no range, or does not exist", where=where, next=step)
            continue
        value, low, high, unit, what = ranged.pop(name)
        dimension = cast("int | None", cells["dimension"])
        distribution, reason = cells["distribution"] or None, str(cells["reason"] or "")
        if bool(cells["drawn"]) != (dimension is not None and distribution is not None) or bool(cells["drawn"]) == (
            reason != ""
        ):
            what_wrong = f"{name}: a drawn row has a dimension and a distribution, any other row a reason"
            faults.add("DRAWS-ROWS", what_wrong, where=where, next="complete the row")
            continue
        if dimension is not None:
            if not low <= value <= high:
                what_wrong = f"{name}: {value:g} does not lie between {low:g} and {high:g}"
                faults.add("DRAWS-RANGE", what_wrong, where=where, next="order low, value and high in its table")
            if dimension in seen:
                step = f"give it another one, such as {max(seen) + 1}"
                taken = f"{name} has dimension {dimension}, which is that of {seen[dimension]}"
                faults.add("DRAWS-ROWS", taken, where=where, next=step)
            seen[dimension] = name
        group = cast(Group, cells["group"])
        found.append(
            RangedRow(
                name, group, value, low, high, unit, dimension, cast("Distribution | None", distribution), reason, what
            )
        )
    for name in sorted(ranged):
        step = "say in world/draws.csv how it is drawn, or why not"
        faults.add("DRAWS-ROWS", f"{name} has a range and is not listed", where=listed.where, next=step)
    faults.raise_if_any()
    return tuple(found)


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
            if not (row["low"] and row["high"]) or row["low"] == row["high"]:
                continue
            value, low, high = float(row[column]), float(row["low"]), float(row["high"])
            name = f"{table_name}:{row[schema.key[0]]}"
            if low > high:
                what = f"{name}: the range is upside down, from {low:g} to {high:g}"
                faults.add("DRAWS-RANGE", what, where=f"{table.where}:{line}", next="order low, value and high")
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
