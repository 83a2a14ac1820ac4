"""Stock over time by plant and part, from stock, goods past customs, and lots that are licensed or free."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from coercivity.base.days import Day
from coercivity.firm.line_stop.days import Period
from coercivity.firm.line_stop.results import StockCourse
from coercivity.firm.line_stop.supply import SURE, PartSupply, StopCase, usable_days


def stock_courses(case: StopCase) -> tuple[StockCourse, ...]:
    """Returns the stock of every part at every plant that uses it; lots that wait for a decision never arrive.

    Args:
        case: The company over the days looked at.
    """
    return tuple(_course(supply, case.period) for supply in case.supplies)


def _course(supply: PartSupply, period: Period) -> StockCourse:
    usable = list(usable_days((way for way in supply.ways if way.passage in SURE), {}))
    lost = supply.lost(period, usable)
    added = sorted(
        (max(index, 0), units)
        for index, units in (
            *supply.released,
            *((period.index(day), supply.lot_units[lot]) for lot, day in usable if day is not None),
        )
        if index < period.length
    )
    used = supply.days.bits & ~lost
    points: list[tuple[Day, Fraction]] = [(period.on, supply.usable_kg)]
    come, at = supply.stock_units, 0
    for index in _indices(period, [index for index, _ in added], lost):
        while at < len(added) and added[at][0] <= index:
            come, at = come + added[at][1], at + 1
        left = come - supply.use_units * (used & ((1 << (index + 1)) - 1)).bit_count()
        points.append((period.day(index), Fraction(left, supply.units_per_kg)))
    return StockCourse(supply.plant, supply.part, period.first(lost), tuple(points))


def _indices(period: Period, arrivals: list[int], lost: int) -> Iterator[int]:
    """Yields days between which the stock falls by the use alone, and the first of each month, in order."""
    found = {period.length - 1}
    found.update(index for index in range(period.length) if period.day(index).day == 1)
    found.update(near for index in arrivals for near in (index - 1, index))
    ends = sorted({0, *arrivals, period.length})
    for begin, end in pairwise(ends):  # once a day is not met, none is until the next arrival
        short = (lost >> begin) & ((1 << (end - begin)) - 1)
        if short:
            first = begin + (short & -short).bit_length() - 1
            found.update((first - 1, first))
    yield from sorted(index for index in found if 0 <= index < period.length)
