"""What is held of a flow before the balances are closed: a figure with its error, or a pull where nothing was read."""

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

# A range is read as the middle 90 % of a normal error.
HALF_WIDTHS = 2 * 1.645
FLOOR_T = 1.0


@dataclass(frozen=True, slots=True)
class Prior:
    """One flow before the balances are closed.

    Attributes:
        pull_t: Where it is drawn to: the figure read, or what the flows read would need [t/yr].
        sigma_t: How far it may stray at the cost of one [t/yr].
        read: Whether a figure was read; otherwise the pull is weak and only makes the answer unique.
        low_t: Low end of the range read [t/yr].
        high_t: High end of the range read [t/yr].
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
    """A figure that was read for a sum of flows: sum of share times flow, with its error [t/yr]."""

    name: str
    terms: Mapping[FlowKey, float]
    value_t: float
    sigma_t: float
    derived_from: str


@dataclass
class Priors:
    """All flows of the base year, before the balances are closed."""

    flows: dict[FlowKey, Prior] = field(default_factory=dict)
    sums: list[SumRead] = field(default_factory=list)

    def read(self, key: FlowKey, rows: Iterable[Row], note: str = "") -> None:
        """Adds a flow that was read, as the sum of its rows."""
        rows = list(rows)
        value = total(number(row["value"]) for row in rows)
        sigma = math.hypot(*(sigma_of(row) for row in rows))
        ends = [total(number(row[end] or row["value"]) for row in rows) for end in ("low", "high")]
        trail = "; ".join(f"base_year:{row['id']}" for row in rows)
        quality = "assumed" if any(row["quality"] == "assumed" for row in rows) else "estimated"
        self.flows[key] = Prior(value, max(sigma, FLOOR_T), True, ends[0], ends[1], trail, quality, note)

    def pull(self, key: FlowKey, toward_t: float, *, sigma_t: float | None = None, note: str = "") -> None:
        """Adds a flow of which nothing was read."""
        sigma = max(toward_t, FLOOR_T) if sigma_t is None else max(sigma_t, FLOOR_T)
        self.flows[key] = Prior(max(toward_t, 0.0), sigma, note=note)

    def at(self, *key: str) -> float:
        """Returns the pull of a flow, zero where there is none [t/yr]."""
        kind, good, use, start, end = key
        prior = self.flows.get((kind, good, use, start, end))
        return prior.pull_t if prior else 0.0


def sigma_of(row: Row) -> float:
    """Returns the error of a row of `base_year` [t/yr]: from its range, or a tenth where it has none.

    Source: equation 1 of docs/market.md.
    """
    low, high = row["low"], row["high"]
    value = number(row["value"])
    if low is None or high is None or low == high:
        return max(0.1 * value, FLOOR_T)
    return max((number(high) - number(low)) / HALF_WIDTHS, FLOOR_T if row["unit"] == "t" else 0.0)
