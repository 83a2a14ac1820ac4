"""The Chinese working calendar of the pack, from the annual holiday notices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from coercivity.base.days import FIRST_YEAR, LAST_YEAR, ONE_DAY, Day, WorkingCalendar
from coercivity.base.errors import Faults
from coercivity.data.schema import DayText, Plain, Strict, Words, parse_as
from coercivity.data.textyaml import load_file
from coercivity.law.rules.load import law_folder
from coercivity.law.rules.model import Confidence

_MOST_DAYS = 31  # the longest break so far had nine


class Holiday(Strict):
    """A run of days off.

    Attributes:
        first: First day off.
        to: Last day off.
        days: Number of days, as the notice states it; a user may omit it.
    """

    name: Words
    first: DayText = Field(alias="from")
    to: DayText
    days: Plain = ""

    def each(self) -> Iterator[Day]:
        """Yields the days off."""
        day = self.first
        while day <= self.to:
            yield day
            day += ONE_DAY


class CalendarYear(Strict):
    """One year of the calendar; an unknown year has no days."""

    year: Plain
    state: Literal["known", "unknown"]
    notice: Words | None = None
    published: DayText | None = None
    source_url: str = ""
    reprint_url: str = ""
    retrieval: str = ""
    confidence: Confidence | None = None
    holidays: list[Holiday] = []
    make_up_working_days: list[DayText] = []
    note: str = ""


class Festival(Strict):
    """A public holiday by law.

    Attributes:
        first: Its first day: a month and day, `spring_festival_eve`, or a lunar festival.
        days: Statutory days off.
        longest: Length of the break in the yearly notices, if longer than the weekend next to it.
    """

    name: Words
    first: Plain = Field(alias="from")
    days: Plain
    longest: Plain | None = None


class LunarDays(Strict):
    """The days of a year on which the festivals of the lunar calendar fall, and Qingming."""

    year: Plain
    spring_festival: DayText
    qingming: DayText
    dragon_boat: DayText
    mid_autumn: DayText


class StatutoryHolidays(Strict):
    """What the law fixes ahead of the yearly notice; for planning only."""

    text: Words
    in_force: DayText
    retrieval: str = ""
    confidence: Confidence
    festivals: list[Festival]
    lunar_days: list[LunarDays]


class CalendarTable(Strict):
    """The calendar file."""

    about: Words
    years: list[CalendarYear]
    statutory: StatutoryHolidays | None = None


@lru_cache(maxsize=4)
def load_calendar_table(folder: Path | None = None) -> CalendarTable:
    """Returns the calendar years with their notices.

    Args:
        folder: Folder of the law pack; by default the built-in one.

    Raises:
        CoercivityError: With all faults of the file.

    Source: yearly holiday notices of the General Office of the State Council.
    """
    name, faults = "calendars.yaml", Faults()
    table = parse_as(CalendarTable, load_file((folder or law_folder()) / name), name=name, faults=faults)
    if table is not None:
        check_years(table.years, name, faults)
        for year in table.years:
            _check_sourced(year, name, faults)
    faults.raise_if_any()
    assert table is not None
    return table


@lru_cache(maxsize=4)
def load_calendar(folder: Path | None = None) -> WorkingCalendar:
    """Returns the working calendar; any year without data is unknown.

    Source: yearly holiday notices of the General Office of the State Council.
    """
    known = [year for year in load_calendar_table(folder).years if year.state == "known"]
    return WorkingCalendar(off=days_off(known), made_up=made_up_days(known))


def days_off(years: Sequence[CalendarYear]) -> dict[int, frozenset[Day]]:
    """Returns the days off by year."""
    return {int(year.year): frozenset(day for run in year.holidays for day in run.each()) for year in years}


def made_up_days(years: Sequence[CalendarYear]) -> dict[int, frozenset[Day]]:
    """Returns the make-up working days by year."""
    return {int(year.year): frozenset(year.make_up_working_days) for year in years}


def check_years(years: Sequence[CalendarYear], name: str, faults: Faults) -> None:
    """Adds every contradiction within the years of a calendar file.

    Args:
        years: The years.
        name: Name of the file.
        faults: Receives the faults.
    """
    seen: set[str] = set()
    for year in years:
        where = f"{name}, {year.year}"
        if year.year in seen:
            faults.add("CALENDAR", f"the year {year.year} is given twice", where=where, next="keep one entry")
        seen.add(year.year)
        if not _is_year(year.year):
            faults.add("CALENDAR", f"{year.year!r} is not a valid year", where=where, next="write, for example, 2027")
            continue
        off = _check_holidays(year, where, faults)
        _check_make_up_days(year, off, where, faults)


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR


def _check_sourced(year: CalendarYear, name: str, faults: Faults) -> None:
    where = f"{name}, {year.year}"
    if year.state == "known" and not (year.notice and year.holidays and year.source_url and year.confidence):
        faults.add("CALENDAR", "a known year needs notice, source_url, confidence and holidays", where=where)
    for run in year.holidays:
        if not run.days:
            faults.add("CALENDAR", f"{run.name.en}: days is missing, as the notice states it", where=where)


def _check_holidays(year: CalendarYear, where: str, faults: Faults) -> dict[Day, str]:
    """Returns the days off with the name of their holiday, after adding every fault of the holidays."""
    first_of: dict[Day, str] = {}
    outside: list[Day] = []
    for run in year.holidays:
        if run.to < run.first:
            what = f"{run.name.en}: the last day {run.to} is before the first day {run.first}"
            faults.add("CALENDAR", what, where=where, next="correct from or to")
            continue
        if (run.to - run.first).days >= _MOST_DAYS:
            what = f"{run.name.en}: {run.first} to {run.to} is longer than {_MOST_DAYS} days"
            faults.add("CALENDAR", what, where=where, next="correct from or to")
            continue
        days = list(run.each())
        if run.days and str(len(days)) != run.days:
            what = f"{run.name.en}: {run.first} to {run.to} is not {run.days} days"
            faults.add("CALENDAR", what, where=where, next=f"correct from, to or days; they span {len(days)}")
        twice = [day for day in days if day in first_of]
        if twice:
            what = f"{_few(twice)} is listed twice as a holiday: {first_of[twice[0]]}, {run.name.en}"
            faults.add("CALENDAR", what, where=where, next="list each day once")
        first_of = {**dict.fromkeys(days, run.name.en), **first_of}
        outside += [day for day in days if str(day.year) != year.year]
    if outside:
        _outside(outside, year, where, faults)
    return first_of


def _check_make_up_days(year: CalendarYear, off: Mapping[Day, str], where: str, faults: Faults) -> None:
    seen: set[Day] = set()
    for day in year.make_up_working_days:
        if day in seen:
            faults.add("CALENDAR", f"make-up day {day} is listed twice", where=where, next="list each day once")
        elif day in off:
            what = f"{day} is a holiday ({off[day]}) and a make-up day"
            faults.add("CALENDAR", what, where=where, next="keep it in one of the two lists")
        elif day.weekday() < 5:
            what = f"make-up day {day} is not a Saturday or Sunday"
            faults.add("CALENDAR", what, where=where, next="correct the date")
        seen.add(day)
    outside = [day for day in year.make_up_working_days if str(day.year) != year.year]
    if outside:
        _outside(outside, year, where, faults)


def _outside(days: Sequence[Day], year: CalendarYear, where: str, faults: Faults) -> None:
    faults.add(
        "CALENDAR", f"{_few(days)} is outside the year", where=where, next="move it to the entry of its own year"
    )


def _few(days: Sequence[Day]) -> str:
    return str(days[0]) if len(days) == 1 else f"{days[0]} (and {len(days) - 1} more)"
