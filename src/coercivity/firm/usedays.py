"""The days of consumption of a company: every day, or Monday to Friday, without its closing days."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from fractions import Fraction
from itertools import accumulate
from typing import Literal

from coercivity.base.days import Day

UseBasis = Literal["calendar", "working"]
_YEAR = {"calendar": 365, "working": 261}


class UseDays:
    """Days of consumption after a stock count.

    Attributes:
        start: Day of the stock count; consumption begins on the next day.
        end: Last day of the period.
    """

    def __init__(self, start: Day, length_days: int, basis: UseBasis, closed: Iterable[Day] = ()) -> None:
        shut = frozenset(closed)
        self.start = start
        self.end = Day.fromordinal(start.toordinal() + length_days)
        self.basis: UseBasis = basis
        days = (Day.fromordinal(start.toordinal() + step) for step in range(1, length_days + 1))
        marks = [day not in shut and (basis == "calendar" or day.weekday() < 5) for day in days]
        self._count = [0, *accumulate(int(mark) for mark in marks)]

    def through(self, day: Day) -> int:
        """Returns the number of days of consumption from the day after the start up to a day."""
        return self._count[min(max((day - self.start).days, 0), len(self._count) - 1)]

    def nth(self, number: int) -> Day | None:
        """Returns the day that is a number of days of consumption after the start, or None after the end."""
        if number > self._count[-1]:
            return None
        return Day.fromordinal(self.start.toordinal() + bisect_left(self._count, number))


def per_use_day(amount: Fraction, per: str, basis: UseBasis) -> Fraction:
    """Returns an amount per day, month or year as an amount per day of consumption."""
    year = _YEAR[basis]
    return amount * {"day": Fraction(1), "month": Fraction(12, year), "year": Fraction(1, year)}[per]
