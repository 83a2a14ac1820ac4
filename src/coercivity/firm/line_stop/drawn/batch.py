"""Days not met of one plant in all draws at once: the count of `met`, with an array over the draws for each number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.base.sums import total
from coercivity.firm.line_stop.scenarios import LEAVES_DAYS_AFTER_GRANT
from coercivity.firm.line_stop.supply import LotWay, PartSupply, StopCase

Ordinals = NDArray[np.int64]
# Ordinal of a day that never comes; no calendar reaches it.
NEVER = 10_000_000
_MOST = 2**62


@dataclass(frozen=True, slots=True, eq=False)
class PlantCount:
    """A plant in all draws.

    Attributes:
        parts: Ordinal of the first day not met of each part, NEVER if all are met, shape (parts, draws).
        lost: Number of lost days, shape (draws,).
    """

    parts: Ordinals
    lost: Ordinals

    @property
    def first(self) -> Ordinals:
        """Ordinal of the first lost day, NEVER without one, shape (draws,)."""
        found: Ordinals = self.parts.min(axis=0)
        return found

    @property
    def short(self) -> Ordinals:
        """Number of the first part that is not met on the first lost day, shape (draws,)."""
        found: Ordinals = self.parts.argmin(axis=0)
        return found


def arrival_ordinals(case: StopCase, way: LotWay, days: Ordinals | None, draws: int) -> Ordinals:
    """Returns the day of arrival of a lot in each draw, as `arrival` does in one scenario.

    Args:
        case: The company, ready to be computed.
        way: The lot.
        days: Days of the decision that it waits for, negative where it is refused; None if it waits for none.
        draws: Number of draws.
    """
    since = _since(way)
    if days is None or since is None:
        return np.full(draws, way.arrives_on.toordinal() if way.arrives_on is not None else NEVER, dtype=np.int64)
    wait = case.company.settings.leaves_days_after_grant
    wait = LEAVES_DAYS_AFTER_GRANT if wait is None else wait
    ready = max(case.period.on.toordinal(), way.ready_on.toordinal() if way.ready_on is not None else 0)
    opens = since + days + (wait if way.passage == "grant" else 0)
    return np.where(days < 0, NEVER, np.maximum(opens, ready) + (way.lot.transit_days or 0))


def _since(way: LotWay) -> int | None:
    """Returns the day from which the decision is counted."""
    licence = way.licence
    if way.passage == "renewal":
        day = licence.valid_until if licence is not None else None
    else:
        day = way.lot.filed or (licence.filed if licence is not None else None)
    return day.toordinal() if day is not None else None


def plant_count(
    case: StopCase, supplies: Sequence[PartSupply], arrives: Mapping[str, Ordinals], draws: int
) -> PlantCount:
    """Returns the days not met of a plant in all draws.

    Args:
        case: The company, ready to be computed.
        supplies: Parts that the plant uses.
        arrives: Day of arrival of each lot, by draw.
        draws: Number of draws.
    """
    length, begin = case.period.length, case.period.on.toordinal() + 1
    firsts, marks = list[Ordinals](), dict[int, Ordinals]()
    for supply in supplies:
        mark = marks.setdefault(supply.days.bits, np.zeros((draws, length + 1), dtype=np.int64))
        first = _first(supply, _coming(supply, arrives, begin, length, draws), mark, length)
        firsts.append(np.where(first < length, begin + first, NEVER))
    lost = np.zeros((draws, length), dtype=bool)
    for bits, mark in marks.items():
        use = np.array([bool(bits >> index & 1) for index in range(length)], dtype=bool)
        lost |= (np.cumsum(mark, axis=1)[:, :length] > 0) & use
    return PlantCount(np.array(firsts), lost.sum(axis=1).astype(np.int64))


def _coming(
    supply: PartSupply, arrives: Mapping[str, Ordinals], begin: int, length: int, draws: int
) -> list[tuple[Ordinals, int]]:
    """Returns what is added to a part: number of the day by draw, at most that after the last, and quantity."""
    found = [(np.full(draws, min(max(index, 0), length), dtype=np.int64), units) for index, units in supply.released]
    for way in supply.ways:
        usable = arrives[way.lot.lot]
        if way.lot.released_on is not None:
            usable = np.maximum(usable, way.lot.released_on.toordinal())
        found.append((np.clip(usable - begin, 0, length), supply.lot_units[way.lot.lot]))
    return found


def _first(supply: PartSupply, coming: Sequence[tuple[Ordinals, int]], mark: Ordinals, length: int) -> Ordinals:
    """Returns the number of the first day not met, and adds one to the mark of each stretch of days not met."""
    draws = mark.shape[0]
    first = np.full(draws, length, dtype=np.int64)
    if supply.use_units <= 0 or not supply.days.count:
        return first
    most = supply.use_units + supply.stock_units + total(units for _, units in coming)
    kind = np.int64 if most < _MOST else object
    ends = np.array([*(days for days, _ in coming), np.full(draws, length, dtype=np.int64)])
    added = np.array([*(units for _, units in coming), 0], dtype=kind)
    order = np.argsort(ends, axis=0, kind="stable")
    positions = np.array(supply.days.positions, dtype=np.int64)
    before = np.searchsorted(positions, np.arange(length + 1))
    stock, done = np.full(draws, supply.stock_units, dtype=kind), np.zeros(draws, dtype=np.int64)
    for row in order:
        end = ends[row, np.arange(draws)]
        through = before[end]
        met = np.minimum(stock // supply.use_units, through - done).astype(np.int64)
        stock = stock + added[row] - met.astype(kind) * supply.use_units
        short = np.flatnonzero(done + met < through)
        if short.size:
            start = positions[(done + met)[short]]
            first[short] = np.minimum(first[short], start)
            mark[short, start] += 1
            mark[short, end[short]] -= 1
        done = through
    return first
