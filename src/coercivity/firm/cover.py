"""Days of cover in closed form: supply changes only on arrivals, so only the days before them are checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from coercivity.base.days import ONE_DAY, Day
from coercivity.firm.usedays import UseDays


@dataclass(frozen=True, slots=True)
class Arrival:
    """Arriving goods; they can be used on the day of arrival.

    Attributes:
        mass_kg: Mass [kg].
    """

    on: Day
    mass_kg: Fraction


def stop_day(stock_kg: Fraction, arrivals: Iterable[Arrival], use_kg: Fraction, days: UseDays) -> Day | None:
    """Returns the first day whose consumption cannot be met in full, or None if there is none up to the end.

    Args:
        stock_kg: Usable stock at the start [kg].
        arrivals: Arrivals after the start; earlier ones are in the stock.
        use_kg: Consumption on each day of consumption [kg].
        days: The days of consumption.

    Source: equation 50 of docs/market.md; Simchi-Levi et al. 2015.
    """
    if use_kg <= 0:
        return None
    for supply_kg, _, last in _spans(stock_kg, arrivals, days):
        empty = days.nth(supply_kg // use_kg + 1)
        if empty is None:
            return None
        if empty <= last:
            return empty
    return None


def lost_kg(stock_kg: Fraction, arrivals: Iterable[Arrival], use_kg: Fraction, days: UseDays, until: Day) -> Fraction:
    """Returns the consumption lost up to a day: the shortfall of a day is not made up later [kg].

    Args:
        stock_kg: Usable stock at the start [kg].
        arrivals: Arrivals after the start.
        use_kg: Consumption on each day of consumption [kg].
        days: The days of consumption.
        until: Last day counted.

    Source: equation 51 of docs/market.md; Simchi-Levi et al. 2015.
    """
    worst = Fraction(0)
    for supply_kg, first, last in _spans(stock_kg, arrivals, days):
        if first > until:
            break
        worst = max(worst, use_kg * days.through(min(last, until)) - supply_kg)
    return worst


def _spans(stock_kg: Fraction, arrivals: Iterable[Arrival], days: UseDays) -> Iterator[tuple[Fraction, Day, Day]]:
    """Yields the supply so far, with the first and last day before the next arrival."""
    first, supply = days.start + ONE_DAY, stock_kg
    for arrival in sorted(arrivals, key=lambda entry: entry.on):
        if arrival.on > days.end:
            break
        if arrival.on > first:
            yield supply, first, arrival.on - ONE_DAY
            first = arrival.on
        supply += arrival.mass_kg if arrival.on > days.start else 0
    yield supply, first, days.end
