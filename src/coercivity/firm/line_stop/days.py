"""Days of use of a plant's parts, as bits: bit 0 is the day after the stock count."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.firm.company.model import Closed, Company, Use, UseCalendar

# Parts of a year: 365 calendar days; 261 working days, Monday to Friday. A week has seven days or five.
_PER_DAY: dict[UseCalendar, dict[str, Fraction]] = {
    "calendar": {"day": Fraction(1), "week": Fraction(1, 7), "month": Fraction(12, 365), "year": Fraction(1, 365)},
    "working": {"day": Fraction(1), "week": Fraction(1, 5), "month": Fraction(12, 261), "year": Fraction(1, 261)},
}


@dataclass(frozen=True, slots=True)
class Period:
    """The days looked at: from the day after the stock count to the last day.

    Attributes:
        on: Evening of the stock count.
        until: Last day, included.
    """

    on: Day
    until: Day

    @property
    def length(self) -> int:
        """Number of days [calendar days]."""
        return (self.until - self.on).days

    def index(self, day: Day) -> int:
        """Returns the number of a day; the day after the count is 0. Days outside have a number too."""
        return (day - self.on).days - 1

    def day(self, index: int) -> Day:
        """Returns the day with a number."""
        return Day.fromordinal(self.on.toordinal() + 1 + index)

    def first(self, bits: int) -> Day | None:
        """Returns the first day of a set of days, or None if it is empty."""
        return self.day((bits & -bits).bit_length() - 1) if bits else None


class DaysOfUse:
    """The days of a period on which a plant uses its parts.

    Attributes:
        bits: The days as a set of bits.
        count: Their number.
    """

    def __init__(self, bits: int) -> None:
        self.bits = bits
        self.positions = [at for at, mark in enumerate(reversed(bin(bits)[2:])) if mark == "1"]
        self.count = len(self.positions)

    def before(self, index: int) -> int:
        """Returns the number of days of use before a day."""
        return bisect_left(self.positions, index)


def days_of_use(period: Period, calendar: UseCalendar, closed: Iterable[Closed]) -> DaysOfUse:
    """Returns every day of a period, or Monday to Friday, less the days on which the plant is closed.

    Args:
        period: The days looked at.
        calendar: Every day, or Monday to Friday.
        closed: Closed days of the plant, both ends included.
    """
    bits = 0
    for index in range(period.length):
        if calendar == "calendar" or period.day(index).weekday() < 5:
            bits |= 1 << index
    for row in closed:
        first, last = max(period.index(row.from_on), 0), min(period.index(row.to_on), period.length - 1)
        if first <= last:
            bits &= ~(((1 << (last - first + 1)) - 1) << first)
    return DaysOfUse(bits)


def use_days(company: Company, period: Period) -> dict[tuple[str, UseCalendar], DaysOfUse]:
    """Returns the days of use by plant and calendar, for every plant that uses a part."""
    found = {}
    for plant, calendar in dict.fromkeys((row.plant, row.calendar) for row in company.use):
        found[plant, calendar] = days_of_use(period, calendar, (row for row in company.closed if row.plant == plant))
    return found


def use_per_day(row: Use) -> Fraction:
    """Returns the use on a day of use [kg].

    A monthly quantity x 12/365 is used on each calendar day, or x 12/261 on each working day; a yearly one x 1/365 or
    x 1/261; a weekly one x 1/7 or x 1/5. Closed days do not change it.
    """
    return row.quantity_kg * _PER_DAY[row.calendar][row.per]
