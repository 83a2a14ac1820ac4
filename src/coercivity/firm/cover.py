"""Time to survive in closed form: between two arrivals supply stands still, so only their eves are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from coercivity.base.days import ONE_DAY, Day
from coercivity.firm.usedays import UseDays


@dataclass(frozen=True, slots=True)
class Arrival:
    """Goods that come in; they can be used on the day they arrive.

    Attributes:
        mass_kg: How much [kg].
    """

    on: Day
    mass_kg: Fraction


def stop_day(stock_kg: Fraction, arrivals: Iterable[Arrival], use_kg: Fraction, days: UseDays) -> Day | None:
    """Returns the first day whose use cannot be met in full, or None where there is none through the end.

    Args:
        stock_kg: Usable stock at the start [kg].
        arrivals: What comes in after the start; earlier ones are in the stock.
        use_kg: Use on each day of use [kg].
        days: The days of use.

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
    """Returns the use that is lost through a day: what is short of each day's use is never made up [kg].

    Args:
        stock_kg: Usable stock at the start [kg].
        arrivals: What comes in after the start.
        use_kg: Use on each day of use [kg].
        days: The days of use.
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
    """Yields supply so far with the first and last day on which it is all there is."""
    first, supply = days.start + ONE_DAY, stock_kg
    for arrival in sorted(arrivals, key=lambda entry: entry.on):
        if arrival.on > days.end:
            break
        if arrival.on > first:
            yield supply, first, arrival.on - ONE_DAY
            first = arrival.on
        supply += arrival.mass_kg if arrival.on > days.start else 0
    yield supply, first, days.end
