"""The working calendar of a rulebook: published, given by a user, assumed for planning."""

from __future__ import annotations

import copy
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from coercivity.base.days import Bridge, Day, WorkingCalendar, parse_day
from coercivity.base.errors import Argument, CoercivityError, Faults, brief_value
from coercivity.data.schema import Strict, Words, parse_as
from coercivity.data.textyaml import TextList, TextMap, load_text
from coercivity.law.rules.calendars.assumed import assume_year
from coercivity.law.rules.calendars.choice import PUBLISHED, CalendarChoice, CalendarFile
from coercivity.law.rules.calendars.working_days import (
    CalendarYear,
    Holiday,
    check_years,
    days_off,
    load_calendar,
    load_calendar_table,
    made_up_days,
)
from coercivity.law.rules.rulebook import Rulebook

_HOLIDAYS = Argument("assume-holidays")
_SEE = "see docs/files.md for the format"


class _OwnYear(CalendarYear):
    state: Literal["known"] = "known"


class _OwnTable(Strict):
    about: Words | None = None
    years: list[Any]


@lru_cache(maxsize=4)
def with_calendar(book: Rulebook, choice: CalendarChoice) -> Rulebook:
    """Returns the rulebook with the calendar a user asks for; equal arguments return the same object.

    Raises:
        CoercivityError: With every fault of the calendar and of the years to be assumed.
    """
    if choice == PUBLISHED:
        return book
    chosen_calendar(book.folder, choice)
    found = copy.copy(book)  # with the statuses worked out so far: time limits never enter a decision
    object.__setattr__(found, "calendar", choice)
    return found


def calendar_of(book: Rulebook) -> WorkingCalendar:
    """Returns the working calendar of a rulebook; any year without data is unknown."""
    return chosen_calendar(book.folder, book.calendar)


@lru_cache(maxsize=8)
def chosen_calendar(folder: Path, choice: CalendarChoice) -> WorkingCalendar:
    """Returns the published calendar with the changes a user asks for.

    Args:
        folder: Folder of the law pack.
        choice: The user's own calendar and the years to be assumed.

    Raises:
        CoercivityError: With every fault of the calendar and of the years to be assumed.

    Source: yearly holiday notices of the General Office of the State Council.
    """
    published = load_calendar(folder)
    if choice == PUBLISHED:
        return published
    faults = Faults()
    own = _own_years(choice.file, faults) if choice.file is not None else []
    off, made_up = {**published.off, **days_off(own)}, {**published.made_up, **made_up_days(own)}
    bridges = _assume(folder, choice, off, made_up, faults)
    faults.raise_if_any()
    return WorkingCalendar(
        off, made_up, frozenset(int(year.year) for year in own), frozenset(choice.assumed), tuple(bridges)
    )


def short_of_law(book: Rulebook) -> dict[int, tuple[int, int]]:
    """Returns the user's own years whose days off are not as many as the law gives.

    Whatever the notice, each bridge day is made up, so that the days off from Monday to Friday less the make-up days
    are the statutory days.

    Args:
        book: The rulebook with a user's calendar.

    Returns:
        By year: days off from Monday to Friday less the make-up days, and the days by law.

    Source: Measures for Public Holidays on National Festivals and Memorial Days, Articles 2, 6 and 7.
    """
    calendar, law = calendar_of(book), load_calendar_table(book.folder).statutory
    if law is None:
        return {}
    due = sum(int(festival.days) for festival in law.festivals)
    found = {}
    for year in sorted(calendar.own):
        given = sum(day.weekday() < 5 for day in calendar.off[year]) - len(calendar.made_up[year])
        if year >= law.in_force.year and given != due:
            found[year] = (given, due)
    return found


def _own_years(file: CalendarFile, faults: Faults) -> list[_OwnYear]:
    """Returns the years of a user's calendar, or none after adding every fault."""
    before = len(faults.items)
    try:
        raw = load_text(file.text, name=file.where)
    except CoercivityError as error:
        faults.items += error.faults
        return []
    if not isinstance(raw, TextMap) or not ("year" in raw or "years" in raw):
        what = "a calendar is expected: `years`, or one year with year, holidays and make_up_working_days"
        faults.add("CALENDAR", what, where=f"{file.where}:1", next=_SEE)
        return []
    whole = raw if "years" in raw else _one_year(raw)
    parse_as(_OwnTable, whole, name=file.where, faults=faults)
    entries = whole["years"] if isinstance(whole["years"], TextList) else TextList(1)
    if len(faults.items) == before and not entries:
        faults.add("CALENDAR", "the file holds no year", where=file.where, next=_SEE)
    found = [
        _own_year(entry, f"{file.where}:{line}", file, faults)
        for entry, line in zip(entries, entries.entry_lines, strict=True)
    ]
    years = [year for year in found if year is not None]
    check_years(years, file.where, faults)
    return years if len(faults.items) == before else []


def _own_year(raw: object, where: str, file: CalendarFile, faults: Faults) -> _OwnYear | None:
    """Returns a year of a user's calendar; after faults of its form, what can be read of it, to be checked as well."""
    if not isinstance(raw, TextMap):
        what = f"a year is expected, with year, holidays and make_up_working_days; found {brief_value(raw)!r}"
        faults.add("CALENDAR", what, where=where, next=_SEE)
        return None
    year = parse_as(_OwnYear, raw, name=file.where, faults=faults)
    if year is None:
        return _readable(raw)
    if not year.holidays:
        what = "no holiday is given; a year with none cannot be right"
        faults.add("CALENDAR", what, where=f"{file.where}, {year.year}", next="list the days off under `holidays`")
    return year


def _readable(raw: TextMap) -> _OwnYear | None:
    holidays, made_up = raw.get("holidays"), raw.get("make_up_working_days")
    kept = {
        "year": raw.get("year"),
        "holidays": [run for run in holidays if _parses(Holiday, run)] if isinstance(holidays, TextList) else [],
        "make_up_working_days": [day for day in made_up if _is_day(day)] if isinstance(made_up, TextList) else [],
    }
    return parse_as(_OwnYear, kept, name="", faults=Faults())


def _parses(model: type[Strict], value: object) -> bool:
    return parse_as(model, value, name="", faults=Faults()) is not None


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and parse_day(value) is not None
    except ValueError:
        return False


def _one_year(raw: TextMap) -> TextMap:
    years = TextList(raw.line)
    years.append(raw)
    years.entry_lines.append(raw.line)
    whole = TextMap(raw.line)
    whole["years"] = years
    whole.key_lines["years"] = raw.line
    return whole


def _assume(
    folder: Path,
    choice: CalendarChoice,
    off: dict[int, frozenset[Day]],
    made_up: dict[int, frozenset[Day]],
    faults: Faults,
) -> list[Bridge]:
    """Adds the statutory days off of the years to be assumed, and returns what their notices may add."""
    law = load_calendar_table(folder).statutory
    held = [entry.year for entry in law.lunar_days] if law is not None else []
    bridges: list[Bridge] = []
    for year in choice.assumed:
        found = assume_year(law, year) if law is not None else None
        if year in off:
            what = f"the working days of {year} are known; nothing is to be assumed"
            faults.add("HOLIDAYS", what, where=_HOLIDAYS, next="omit the year")
        elif found is None:
            open_years = [name for name in held if int(name) not in off]
            what = f"the dates of the holidays of {year} are not in the data"
            faults.add("HOLIDAYS", what, where=_HOLIDAYS, nearest=open_years, next="give a calendar of your own")
        else:
            off[year], made_up[year] = found.off, frozenset()
            bridges += found.bridges
    return bridges
