"""Days: ISO 8601 only, and the working days of a calendar that is data."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from coercivity.base.errors import Faults

Day = dt.date
ONE_DAY = dt.timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1900, 2199
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


def parse_day(text: str) -> Day:
    """Returns the day written as YYYY-MM-DD.

    Raises:
        ValueError: When the text has another form or names a day that does not exist.
    """
    if not _ISO.match(text):
        raise ValueError(f"{text[:40]!r} is not a day written as YYYY-MM-DD")
    try:
        day = Day.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} does not exist") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{text} lies outside {FIRST_YEAR} to {LAST_YEAR}")
    return day


def day_of(text: str | None, name: str, faults: Faults) -> Day | None:
    """Returns the day an argument names, or None where it is not given or at fault."""
    if text is None:
        return None
    try:
        return parse_day(text)
    except ValueError as error:
        faults.add("DATE", str(error), where=name, next="write a day as YYYY-MM-DD")
        return None


def needed_day(text: str, name: str) -> Day:
    """Returns the day an argument names.

    Raises:
        CoercivityError: When the day has another form or does not exist.
    """
    faults = Faults()
    day = day_of(text, name, faults)
    faults.raise_if_any()
    assert day is not None
    return day


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Days off and make-up working days by year; a year that is not held is unknown.

    Source: yearly holiday notices of the General Office of the State Council.
    """

    off: Mapping[int, frozenset[Day]]
    made_up: Mapping[int, frozenset[Day]]

    def is_working(self, day: Day) -> bool | None:
        """Returns whether work is done on that day, or None where the year is not held."""
        if day.year not in self.off:
            return None
        if day in self.made_up[day.year]:
            return True
        return day.weekday() < 5 and day not in self.off[day.year]

    def after(self, start: Day, working_days: int) -> Day | None:
        """Returns the last day of a term of so many working days, counted from the day after `start`.

        Returns None when the term runs into a year whose calendar is not held.
        """
        day, left = start, working_days
        while left > 0:
            if day == Day.max:
                return None
            day += ONE_DAY
            working = self.is_working(day)
            if working is None:
                return None
            left -= working
        return day
