"""The prior of a flow before balancing: a reported figure with its error, or a weak target without one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from coercivity.base.sums import total
from coercivity.data.cells import Cell
from coercivity.market.base_year.recipes import number

# kind, good, use, from region, to region
FlowKey = tuple[str, str, str, str, str]
Row = Mapping[str, Cell]

# A range is taken as the central 90 % of a normal distribution.
HALF_WIDTHS = 2 * 1.645
FLOOR_T = 1.0


@dataclass(frozen=True, slots=True)
class Prior:
    """One flow before balancing.

    Attributes:
        pull_t: Target: the reported figure, or the quantity that the reported flows imply [t/yr].
        sigma_t: Standard error [t/yr].
        read: Whether a figure was reported; otherwise the target is weak and only makes the solution unique.
        low_t: Low end of the reported range [t/yr].
        high_t: High end of the reported range [t/yr].
    """

    pull_t: float
    sigma_t: float
    read: bool = False
    low_t: float | None = None
    high_t: float | None = None
    derived_from: str = "ours"
    quality: str = "assumed"
    note: str = ""


@dataclass(frozen=True, slots=True)
class SumRead:
    """A reported figure for a sum of flows: sum of share times flow, with its error [t/yr]."""

    name: str
    terms: Mapping[FlowKey, float]
    value_t: float
    sigma_t: float
    derived_from: str


@dataclass
class Priors:
    """All flows of the base year before balancing."""

    flows: dict[FlowKey, Prior] = field(default_factory=dict)
    sums: list[SumRead] = field(default_factory=list)

    def read(self, key: FlowKey, rows: Iterable[Row], note: str = "") -> None:
        """Adds a reported flow as the sum of its rows."""
        rows = list(rows)
        value = total(number(row["value"]) for row in rows)
        sigma = math.hypot(*(sigma_of(row) for row in rows))
        ends = [total(number(row[end] or row["value"]) for row in rows) for end in ("low", "high")]
        trail = "; ".join(f"base_year:{row['id']}" for row in rows)
        quality = "assumed" if any(row["quality"] == "assumed" for row in rows) else "estimated"
        self.flows[key] = Prior(value, max(sigma, FLOOR_T), True, ends[0], ends[1], trail, quality, note)

    def pull(self, key: FlowKey, toward_t: float, *, sigma_t: float | None = None, note: str = "") -> None:
        """Adds a flow without a reported figure."""
        sigma = max(toward_t, FLOOR_T) if sigma_t is None else max(sigma_t, FLOOR_T)
        self.flows[key] = Prior(max(toward_t, 0.0), sigma, note=note)

    def at(self, *key: str) -> float:
        """Returns the target of a flow, zero if it has none [t/yr]."""
        kind, good, use, start, end = key
        prior = self.flows.get((kind, good, use, start, end))
        return prior.pull_t if prior else 0.0


def sigma_of(row: Row) -> float:
    """Returns the error of a row of `base_year` [t/yr]: from its range, or a tenth of the value without one.

    Source: equation 1 of docs/market.md.
    """
    low, high = row["low"], row["high"]
    value = number(row["value"])
    if low is None or high is None or low == high:
        return max(0.1 * value, FLOOR_T)
    return max((number(high) - number(low)) / HALF_WIDTHS, FLOOR_T if row["unit"] == "t" else 0.0)
