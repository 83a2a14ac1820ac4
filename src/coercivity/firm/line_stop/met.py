"""Which days of use are not met. Supply changes only on arrivals, so only the stretches between them are looked at.

A day is met when its whole use is met; a day not met uses nothing; goods can be used on the day they arrive.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm

from coercivity.firm.line_stop.days import DaysOfUse

# Number of a day, and a quantity.
Arrivals = Iterable[tuple[int, int]]


def whole(amounts: Sequence[Fraction]) -> list[int]:
    """Returns amounts as whole multiples of one unit, so that they are compared without fractions."""
    unit = lcm(*(amount.denominator for amount in amounts))
    return [amount.numerator * (unit // amount.denominator) for amount in amounts]


def lost_days(stock: int, arrivals: Arrivals, use: int, days: DaysOfUse, length: int) -> int:
    """Returns the days of use that are not met, as bits.

    Args:
        stock: Usable stock at the start, in any unit.
        arrivals: Arrivals by number of the day, in the same unit; those after the period are left out.
        use: Use on a day of use, in the same unit.
        days: The days of use.
        length: Number of days of the period.

    Source: equation 97 of docs/market.md; Simchi-Levi et al. 2015.
    """
    if use <= 0 or not days.count:
        return 0
    lost, done = 0, 0
    for end, added in _stretches(arrivals, length):
        through = days.count if end == length else days.before(end)
        met = min(stock // use, through - done)
        stock += added - met * use
        if done + met < through:
            first = days.positions[done + met]
            lost |= days.bits & (((1 << (end - first)) - 1) << first)
        done = through
    return lost


def first_not_met(stock: int, arrivals: Arrivals, need: Sequence[int]) -> int | None:
    """Returns the number of the first day whose need is not met, or None.

    Args:
        stock: Usable stock at the start, in any unit.
        arrivals: Arrivals by number of the day, in the same unit.
        need: Need of each day, in the same unit.
    """
    added = dict[int, int]()
    for index, quantity in arrivals:
        added[max(index, 0)] = added.get(max(index, 0), 0) + quantity
    for index, today in enumerate(need):
        stock += added.get(index, 0)
        if stock < today:
            return index
        stock -= today
    return None


def _stretches(arrivals: Arrivals, length: int) -> list[tuple[int, int]]:
    """Returns each day of arrival, which ends a stretch, with what arrives then; the last stretch ends the period."""
    inside = sorted((max(index, 0), quantity) for index, quantity in arrivals if index < length)
    return [*inside, (length, 0)]
