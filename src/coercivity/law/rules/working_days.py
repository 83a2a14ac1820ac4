"""The Chinese working calendar of the pack, from the annual holiday notices."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from coercivity.base.days import ONE_DAY, Day, WorkingCalendar
from coercivity.base.errors import Faults
from coercivity.data.schema import DayText, Plain, Strict, Words, parse_as
from coercivity.data.textyaml import load_file
from coercivity.law.rules.load import law_folder
from coercivity.law.rules.model import Confidence


class Holiday(Strict):
    """A run of days off.

    Attributes:
        first: First day off.
        to: Last day off.
        days: Number of days, as the notice states it.
    """

    name: Words
    first: DayText = Field(alias="from")
    to: DayText
    days: Plain

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
    retrieval: str = ""
    confidence: Confidence | None = None
    holidays: list[Holiday] = []
    make_up_working_days: list[DayText] = []
    note: str = ""


class CalendarTable(Strict):
    """The calendar file."""

    about: Words
    years: list[CalendarYear]


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
    for year in table.years if table else ():
        _check(year, name, faults)
    faults.raise_if_any()
    assert table is not None
    return table


@lru_cache(maxsize=4)
def load_calendar(folder: Path | None = None) -> WorkingCalendar:
    """Returns the working calendar; any year without data is unknown.

    Source: yearly holiday notices of the General Office of the State Council.
    """
    known = [year for year in load_calendar_table(folder).years if year.state == "known"]
    return WorkingCalendar(
        off={int(year.year): frozenset(day for run in year.holidays for day in run.each()) for year in known},
        made_up={int(year.year): frozenset(year.make_up_working_days) for year in known},
    )


def _check(year: CalendarYear, name: str, faults: Faults) -> None:
    where = f"{name}, {year.year}"
    if not (year.year.isdigit() and len(year.year) == 4):
        faults.add("CALENDAR", f"{year.year!r} is not a valid year", where=where)
        return
    if year.state == "known" and not (year.notice and year.holidays and year.source_url and year.confidence):
        faults.add("CALENDAR", "a known year needs notice, source_url, confidence and holidays", where=where)
    off = {day for run in year.holidays for day in run.each()}
    for run in year.holidays:
        if str(len(list(run.each()))) != run.days:
            faults.add("CALENDAR", f"{run.name.en}: {run.first} to {run.to} is not {run.days} days", where=where)
    for day in year.make_up_working_days:
        if day.weekday() < 5 or day in off:
            faults.add("CALENDAR", f"make-up day {day} is not a weekend day off", where=where)
    if any(day.year != int(year.year) for day in (*off, *year.make_up_working_days)):
        faults.add("CALENDAR", "a date is outside the year", where=where)
