"""Chinese working days as arrays: the n-th working day after a day is looked up, not searched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.firm.company.model import CalendarRow
from coercivity.law.rules.calendars.assumed import assume_year
from coercivity.law.rules.calendars.calendar import calendar_of
from coercivity.law.rules.calendars.working_days import load_calendar_table
from coercivity.law.rules.rulebook import Rulebook

# An ordinal after the last counted day; any stage that begins there ends there.
BEYOND = 10_000_000
YEARS_BEFORE, YEARS_AFTER = 8, 16
_MOST_DAYS_OFF = 100


@dataclass(frozen=True, slots=True)
class ChainCalendar:
    """The working days of a span of days.

    Attributes:
        first: Ordinal of the first day.
        counts: Number of working days up to each day, that day included.
        working: Ordinals of the working days in order.
        assumed: Years counted by an assumed calendar.
        monday_to_friday: Those of them without any days off.
    """

    first: int
    counts: Sequence[int]
    working: Sequence[int]
    assumed: frozenset[int]
    monday_to_friday: frozenset[int]

    @property
    def last(self) -> int:
        """Ordinal of the last day."""
        return self.first + len(self.counts) - 1

    def after(self, day: int, working_days: int) -> int:
        """Returns the n-th working day after a day, or `BEYOND` if it is after the last one.

        Args:
            day: Ordinal of the day.
            working_days: n; 0 gives the day itself.
        """
        if working_days == 0 or day >= BEYOND:
            return day
        if day > self.last:
            return BEYOND
        place = self.counts[day - self.first] + working_days - 1
        return self.working[place] if place < len(self.working) else BEYOND

    def later(self, day: int, days: int, unit: str) -> int:
        """Returns the day on which a stage ends that begins on `day`; `BEYOND` if it is after the last one.

        Args:
            day: Ordinal of the day.
            days: Length of the stage.
            unit: calendar or working.
        """
        if unit == "working":
            return self.after(day, days)
        end = day + days
        return end if end <= self.last else BEYOND

    def is_assumed(self, day: int) -> bool:
        """Returns whether the year of a day is counted by an assumed calendar."""
        return Day.fromordinal(day).year in self.assumed


def chain_calendar(book: Rulebook, rows: Iterable[CalendarRow], around: Sequence[Day]) -> ChainCalendar:
    """Returns the working days around some days.

    Rows replace the built-in calendar entirely: in every year, days that they do not name are working days from Monday
    to Friday, and off on Saturday and Sunday; a year of which they name no day is assumed. A calendar file of the
    rulebook comes before them. Without rows, a year that has no published notice has its statutory holidays; if they
    are not in the data, Monday to Friday. Both are assumed.

    Args:
        book: The rulebook with its calendar.
        rows: Rows of a user's calendar.
        around: Days that lie within the span.

    Source: yearly holiday notices of the General Office of the State Council; Measures for Public Holidays on National
    Festivals and Memorial Days, Article 2.
    """
    years = range(max(1, min(around).year - YEARS_BEFORE), max(around).year + YEARS_AFTER + 1)
    named = _Named.of(rows)
    off: set[Day] = set()
    made_up: set[Day] = set()
    assumed: set[int] = set()
    plain: set[int] = set()
    known, statutory = calendar_of(book), load_calendar_table(book.folder).statutory
    for year in years:
        if named.years and year not in known.own:
            left_out = {year} - named.years
            assumed |= {year} & named.assumed | left_out
            plain |= left_out
        elif year in known.off:
            off |= known.off[year]
            made_up |= known.made_up[year]
            assumed |= {year} & known.assumed
        else:
            found = assume_year(statutory, year) if statutory is not None else None
            off |= found.off if found is not None else frozenset()
            assumed.add(year)
            plain |= {year} if found is None else set()
    own = known.own
    off |= {day for day in named.off if day.year not in own}
    made_up |= {day for day in named.made_up if day.year not in own}
    first, last = Day(years[0], 1, 1).toordinal(), Day(years[-1], 12, 31).toordinal()
    counts, working = [], []
    for ordinal in range(first, last + 1):
        day = Day.fromordinal(ordinal)
        if day in made_up or (day.weekday() < 5 and day not in off):
            working.append(ordinal)
        counts.append(len(working))
    return ChainCalendar(first, counts, working, frozenset(assumed), frozenset(plain))


@dataclass(frozen=True, slots=True)
class _Named:
    """The days that rows name; a run over the end of a year belongs to the year in which it begins."""

    years: frozenset[int]
    assumed: frozenset[int]
    off: frozenset[Day]
    made_up: frozenset[Day]

    @classmethod
    def of(cls, rows: Iterable[CalendarRow]) -> _Named:
        kept = list(rows)
        return cls(
            frozenset(row.from_on.year for row in kept),
            frozenset(row.from_on.year for row in kept if row.assumed),
            frozenset(day for row in kept if not row.made_up for day in _each(row)),
            frozenset(day for row in kept if row.made_up for day in _each(row)),
        )


def rows_together(own: Sequence[CalendarRow], given: Sequence[CalendarRow]) -> tuple[CalendarRow, ...]:
    """Returns the rows of a calendar given for one run, and those of the workbook for the years that it leaves out.

    Args:
        own: Rows of the workbook.
        given: Rows of the calendar given for the run.
    """
    years = {row.from_on.year for row in given}
    return (*given, *(row for row in own if row.from_on.year not in years))


def check_rows(rows: Sequence[CalendarRow], faults: Faults) -> None:
    """Adds every contradiction within the rows of a calendar.

    Args:
        rows: The rows.
        faults: Receives the faults.
    """
    sound = [row for row in rows if _is_sound(row, faults)]
    # Compared with the one that reaches farthest among those that begin before it, each row of a clash is named.
    ordered = sorted(sound, key=lambda row: (row.from_on, row.to_on, row.made_up))
    longest: CalendarRow | None = None
    for row in ordered:
        if longest is not None and row.from_on <= longest.to_on:
            _add_clash(longest, row, faults)
        if longest is None or row.to_on >= longest.to_on:
            longest = row


def _is_sound(row: CalendarRow, faults: Faults) -> bool:
    if row.to_on < row.from_on:  # told when the rows are read
        return False
    if (row.to_on - row.from_on).days >= _MOST_DAYS_OFF:
        what = f"{row.from_on} to {row.to_on} is longer than {_MOST_DAYS_OFF} days"
        faults.add("CALENDAR", what, where=row.where, next="correct from or to")
        return False
    weekday = next((day for day in _each(row) if row.made_up and day.weekday() < 5), None)
    if weekday is not None:
        what = f"make-up day {weekday} is not a Saturday or Sunday"
        faults.add("CALENDAR", what, where=row.where, next="correct the date")
    return weekday is None


def _add_clash(row: CalendarRow, other: CalendarRow, faults: Faults) -> None:
    day = max(row.from_on, other.from_on)
    later = other if other.where != row.where else row
    if row.made_up != other.made_up:
        what = f"{day} is off and a make-up day"
        where = f"{row.where} and {other.where}" if row.where and other.where else later.where
        faults.add("CALENDAR", what, where=where, next="keep it in one of the rows")
    else:
        what = f"{day} is a make-up day in two rows" if row.made_up else f"{day} is off in two rows"
        faults.add("CALENDAR", what, where=later.where, next="list each day once")


def _each(row: CalendarRow) -> list[Day]:
    return [Day.fromordinal(at) for at in range(row.from_on.toordinal(), row.to_on.toordinal() + 1)]
