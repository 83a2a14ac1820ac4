"""Dates in ISO 8601, and the working days of a calendar read from data."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from coercivity.base.errors import Faults

Day = dt.date
ONE_DAY = dt.timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1900, 2199
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


def parse_day(text: str) -> Day:
    """Returns the date written as YYYY-MM-DD.

    Raises:
        ValueError: If the text has another form or the date does not exist.
    """
    if not _ISO.match(text):
        raise ValueError(f"{text[:40]!r} is not a date in the form YYYY-MM-DD")
    try:
        day = Day.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} does not exist") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{text} is outside {FIRST_YEAR} to {LAST_YEAR}")
    return day


def day_of(text: str | None, name: str, faults: Faults) -> Day | None:
    """Returns the date of an argument, or None if it is missing or invalid."""
    if text is None:
        return None
    try:
        return parse_day(text)
    except ValueError as error:
        faults.add("DATE", str(error), where=name, next="write the date as YYYY-MM-DD")
        return None


def needed_day(text: str, name: str) -> Day:
    """Returns the date of an argument.

    Raises:
        CoercivityError: If the date has another form or does not exist.
    """
    faults = Faults()
    day = day_of(text, name, faults)
    faults.raise_if_any()
    assert day is not None
    return day


@dataclass(frozen=True, slots=True)
class Bridge:
    """Working days that a notice may add to a holiday, and the weekend days on which they may be made up.

    Attributes:
        days: Monday to Friday, off if the notice follows the usual pattern; each is made up on a weekend day.
        make_up: Weekend days on which they may be made up, in order.
    """

    days: frozenset[Day]
    make_up: tuple[Day, ...]

    def falls_between(self, start: Day, last: Day) -> bool:
        """Returns whether any of its days is after one date and up to another."""
        return any(start < day <= last for day in (*self.days, *self.make_up))


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Public holidays and make-up working days by year; the calendar of any other year is unknown.

    Attributes:
        off: Days off by year.
        made_up: Make-up working days by year.
        own: Years given by the user.
        assumed: Years without a notice, for which the statutory days off were assumed on request.
        bridges: What the notices of those years may add.

    Source: yearly holiday notices of the General Office of the State Council.
    """

    off: Mapping[int, frozenset[Day]]
    made_up: Mapping[int, frozenset[Day]]
    own: frozenset[int] = frozenset()
    assumed: frozenset[int] = frozenset()
    bridges: tuple[Bridge, ...] = ()

    def is_working(self, day: Day) -> bool | None:
        """Returns whether a date is a working day, or None if the calendar of its year is unknown."""
        if day.year not in self.off:
            return None
        if day in self.made_up[day.year]:
            return True
        return day.weekday() < 5 and day not in self.off[day.year]

    def after(self, start: Day, working_days: int) -> Day | None:
        """Returns the last day of a period of working days, counted from the day after `start`.

        Returns None if the period runs into a year whose calendar is unknown.
        """
        return self._after(start, working_days, frozenset(), frozenset())

    def range_after(self, start: Day, working_days: int) -> tuple[Day, Day] | None:
        """Returns the earliest and the latest last day, whether or not the assumed years get their bridge days.

        The latest has every bridge day off and none of them made up; the earliest makes up, for every choice of
        holidays with bridge days, as soon after `start` as it can. Both ends are equal if no assumed year is reached.
        Returns None if the latest runs into a year whose calendar is unknown.
        """
        every = frozenset(day for bridge in self.bridges for day in bridge.days)
        latest = self._after(start, working_days, every, frozenset())
        if latest is None:
            return None
        near = [bridge for bridge in self.bridges if bridge.falls_between(start, latest)]
        ends = []
        for picked in product((False, True), repeat=len(near)):
            taken = [bridge for bridge, is_taken in zip(near, picked, strict=True) if is_taken]
            off = frozenset(day for bridge in taken for day in bridge.days)
            up = frozenset(day for bridge in taken for day in _first_after(start, bridge))
            ends.append(self._after(start, working_days, off, up))
        return min(end for end in ends if end is not None), latest

    def _after(self, start: Day, working_days: int, off: frozenset[Day], made_up: frozenset[Day]) -> Day | None:
        """Returns the same as `after`, with more days off and more make-up days."""
        day, left = start, working_days
        while left > 0:
            if day == Day.max:
                return None
            day += ONE_DAY
            working = self.is_working(day)
            if working is None:
                return None
            left -= (working and day not in off) or day in made_up
        return day


def _first_after(start: Day, bridge: Bridge) -> list[Day]:
    return [day for day in bridge.make_up if day > start][: len(bridge.days)]
