"""Working days: a user's calendar against a day-by-day count, and assumed holidays against the published ones."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.days import Bridge, Day, WorkingCalendar
from coercivity.cases.arguments import Law
from coercivity.data.input import Content
from coercivity.law.rules.calendars.assumed import assume_year
from coercivity.law.rules.calendars.calendar import calendar_of
from coercivity.law.rules.calendars.working_days import load_calendar, load_calendar_table
from tests.sampling import examples

YEAR = [dt.date(2027, 1, 1) + dt.timedelta(days=count) for count in range(365)]
LAST = dt.date(2026, 10, 30)


@st.composite
def own_years(draw: st.DrawFn) -> tuple[list[Day], list[Day], str]:
    """Days off and make-up days of a year, and the file that states them."""
    off = draw(st.lists(st.sampled_from(YEAR), min_size=1, max_size=30, unique=True))
    weekend = [day for day in YEAR if day.weekday() >= 5 and day not in off]
    made_up = draw(st.lists(st.sampled_from(weekend), max_size=8, unique=True))
    runs = "".join(f"- {{name: {{en: A}}, from: '{day}', to: '{day}', days: '1'}}\n" for day in off)
    listed = ", ".join(f"'{day}'" for day in made_up)
    return off, made_up, f"year: '2027'\nholidays:\n{runs}make_up_working_days: [{listed}]\n"


@given(own_years(), st.sampled_from(YEAR), st.integers(0, 80))
@settings(max_examples=examples(60), deadline=None)
def test_an_own_calendar_is_counted_as_by_hand(year: tuple[list[Day], list[Day], str], start: Day, length: int) -> None:
    off, made_up, text = year
    calendar = calendar_of(Law(calendar=Content.of("own.yaml", text)).book())
    works = [day for day in YEAR if day > start and (day in made_up or (day.weekday() < 5 and day not in off))]
    expected = start if length == 0 else works[length - 1] if length <= len(works) else None
    assert calendar.after(start, length) == expected
    # And back: as many working days lie after the start, up to the end.
    if expected is not None:
        assert sum(start < day <= expected for day in works) == length


def as_if_unpublished() -> WorkingCalendar:
    """The published calendar with 2025 and 2026 assumed instead, as one would have had to before their notices."""
    published, law = load_calendar(), load_calendar_table().statutory
    assert law is not None
    off, made_up, bridges = dict(published.off), dict(published.made_up), list[Bridge]()
    for year in (2025, 2026):
        found = assume_year(law, year)
        assert found is not None
        off[year], made_up[year] = found.off, frozenset()
        bridges += found.bridges
    return WorkingCalendar(off, made_up, assumed=frozenset({2025, 2026}), bridges=tuple(bridges))


@pytest.mark.parametrize("length", [1, 2, 3, 5, 7, 10, 15, 20, 30, 45])
def test_the_range_of_an_assumed_year_holds_the_published_end(length: int) -> None:
    published, planned = load_calendar(), as_if_unpublished()
    compared = 0
    for number in range(dt.date(2024, 12, 1).toordinal(), LAST.toordinal()):
        start = Day.fromordinal(number)
        end, between = published.after(start, length), planned.range_after(start, length)
        if end is not None and between is not None:
            compared += 1
            assert between[0] <= end <= between[1]
            middle = planned.after(start, length)
            assert middle is not None
            assert between[0] <= middle <= between[1]
    assert compared > 650
