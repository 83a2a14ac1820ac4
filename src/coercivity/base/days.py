"""Dates in ISO 8601, and the working days of a calendar read from data."""

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
class WorkingCalendar:
    """Public holidays and make-up working days by year; the calendar of any other year is unknown.

    Source: yearly holiday notices of the General Office of the State Council.
    """

    off: Mapping[int, frozenset[Day]]
    made_up: Mapping[int, frozenset[Day]]

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
