"""The calendar of a request: a user's own file, holidays assumed for planning, and every fault of both."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from coercivity.base.days import Bridge, Day, WorkingCalendar
from coercivity.base.errors import CoercivityError
from coercivity.cases.arguments import Law
from coercivity.data.input import Content
from coercivity.law.consequences.licensing import ClockEnd, load_licensing
from coercivity.law.rules.calendars.assumed import AssumedYear, assume_year
from coercivity.law.rules.calendars.calendar import calendar_of, short_of_law
from coercivity.law.rules.calendars.choice import MOST_CALENDAR_BYTES
from coercivity.law.rules.calendars.working_days import load_calendar, load_calendar_table
from tests.places import ROOT
from tests.support import BOOK

EXAMPLE = ROOT / "examples" / "calendars" / "working-days-2027.yaml"
HOLIDAY = "{name: {en: New Year, zh: 元旦}, from: '2027-01-01', to: '2027-01-03', days: '3'}"
ONE_YEAR = f"year: '2027'\nholidays:\n- {HOLIDAY}\nmake_up_working_days: []\n"


def days(*texts: str) -> set[Day]:
    return {Day.fromisoformat(text) for text in texts}


def assumed(year: int) -> AssumedYear:
    law = load_calendar_table().statutory
    assert law is not None
    found = assume_year(law, year)
    assert found is not None
    return found


def bridge_days(year: int) -> set[Day]:
    return {day for bridge in assumed(year).bridges for day in bridge.days}


def working(found: set[Day] | frozenset[Day]) -> set[Day]:
    return {day for day in found if day.weekday() < 5}


@pytest.mark.parametrize("year", [2025, 2026])
def test_statutory_days_with_their_bridges_are_the_published_holidays(year: int) -> None:
    published = load_calendar()
    assert working(assumed(year).off) | bridge_days(year) == working(published.off[year])
    made_up = published.made_up[year]
    assert len(made_up) == len(bridge_days(year))
    assert all(any(day in bridge.make_up for bridge in assumed(year).bridges) for day in made_up)


def test_the_statutory_days_of_2027() -> None:
    # Spring Festival from Friday 5 to Monday 8 February: two of its four days fall on a weekend and are given after it.
    spring = ("2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10")
    labour, national = ("2027-05-03", "2027-05-04"), ("2027-10-01", "2027-10-04", "2027-10-05")
    single = ("2027-01-01", "2027-04-05", "2027-06-09", "2027-09-15")
    assert working(assumed(2027).off) == days(*spring, *labour, *national, *single)
    assert bridge_days(2027) == days("2027-02-11", "2027-02-12", "2027-05-05", "2027-10-06", "2027-10-07")


def test_the_mid_autumn_festival_of_2028_falls_into_national_day() -> None:
    october = {day for day in working(assumed(2028).off) if day.month == 10}
    assert october == days("2028-10-02", "2028-10-03", "2028-10-04", "2028-10-05")  # the first is a Sunday
    assert {day for day in bridge_days(2028) if day.month == 10} == days("2028-10-06")
    assert dt.date(2028, 1, 3) in assumed(2028).off  # for New Year's Day, a Saturday
    assert dt.date(2028, 4, 3) in bridge_days(2028)  # the Monday before Qingming, a Tuesday


@pytest.mark.parametrize("year", range(2025, 2031))
def test_each_year_has_thirteen_statutory_working_days_off(year: int) -> None:
    assert len(working(assumed(year).off)) == 13


@pytest.mark.parametrize("year", range(2025, 2031))
def test_lunar_festivals_fall_on_their_day_of_the_moon(year: int) -> None:
    law = load_calendar_table().statutory
    assert law is not None
    entry = next(found for found in law.lunar_days if found.year == str(year))
    month, known_new_moon = 29.530588, dt.date(2000, 1, 6)
    for day, number in ((entry.spring_festival, 1), (entry.dragon_boat, 5), (entry.mid_autumn, 15)):
        age = ((day - known_new_moon).days - (number - 1)) % month
        assert min(age, month - age) < 1.6  # the true new moon is within 14 hours of the mean one
    assert entry.qingming.month == 4
    assert entry.qingming.day in (4, 5)


def test_a_year_without_lunar_days_cannot_be_assumed() -> None:
    law = load_calendar_table().statutory
    assert law is not None
    assert assume_year(law, 2031) is None


def test_own_days_add_a_year_and_replace_one() -> None:
    book = Law(calendar=EXAMPLE).book()
    assert calendar_of(book).own == {2027}
    assert calendar_of(book).is_working(dt.date(2027, 2, 11)) is False
    assert calendar_of(BOOK).is_working(dt.date(2027, 2, 11)) is None
    other = ONE_YEAR.replace("2027", "2026")
    replaced = calendar_of(Law(calendar=Content.of("own.yaml", other)).book())
    assert replaced.is_working(dt.date(2026, 2, 16)) is True
    assert replaced.is_working(dt.date(2025, 10, 8)) is False


def test_the_same_calendar_gives_the_same_rulebook_and_the_same_decisions() -> None:
    book = Law(calendar=EXAMPLE).book()
    assert Law(calendar=EXAMPLE).book() is book
    assert Law().book() is BOOK
    assert (book.content_hash, book.rules) == (BOOK.content_hash, BOOK.rules)
    assert BOOK.calendar.file is None


def test_an_end_says_whether_own_days_were_counted() -> None:
    calendar, customs = calendar_of(Law(calendar=EXAMPLE).book()), load_licensing(BOOK).clock("customs_answer")
    inside = customs.clock(dt.date(2026, 12, 22), calendar)
    assert (inside.day, inside.own) == (dt.date(2026, 12, 31), False)
    across = customs.clock(dt.date(2026, 12, 23), calendar)
    assert (across.day, across.state, across.own) == (dt.date(2027, 1, 4), "dated", True)
    assert customs.clock(dt.date(2026, 12, 31), calendar).own


def test_a_calendar_with_days_missing_is_pointed_out() -> None:
    assert short_of_law(Law(calendar=EXAMPLE).book()) == {}
    one_day = Law(calendar=Content.of("own.yaml", ONE_YEAR)).book()  # 1 January 2027 is a Friday
    assert short_of_law(one_day) == {2027: (1, 13)}
    made_up = ONE_YEAR.replace("[]", "['2027-01-09']")
    assert short_of_law(Law(calendar=Content.of("own.yaml", made_up)).book()) == {2027: (0, 13)}
    before = Law(calendar=Content.of("own.yaml", ONE_YEAR.replace("2027", "2024"))).book()
    assert short_of_law(before) == {}  # 11 days until 2024, and no check
    assert short_of_law(BOOK) == {}


def test_the_published_years_give_the_days_of_the_law() -> None:
    calendar = load_calendar()
    given = {year: len(working(calendar.off[year])) - len(calendar.made_up[year]) for year in sorted(calendar.off)}
    assert given == {2024: 11, 2025: 13, 2026: 13}


def test_a_single_year_may_be_the_whole_file() -> None:
    assert calendar_of(Law(calendar=Content.of("own.yaml", ONE_YEAR)).book()).own == {2027}


def test_a_term_into_an_assumed_year_has_a_range_and_is_marked() -> None:
    calendar = calendar_of(Law(assume_holidays=[2027]).book())
    review = load_licensing(BOOK).clock("licence_decision")
    end = review.clock(dt.date(2026, 11, 24), calendar)
    assert (end.day, end.state) == (dt.date(2027, 1, 27), "assumed")
    assert end.span == (dt.date(2027, 1, 25), dt.date(2027, 1, 27))
    assert review.clock(dt.date(2026, 3, 2), calendar) == ClockEnd(dt.date(2026, 5, 8), "dated")
    assert review.clock(dt.date(2027, 11, 1), calendar).state == "calendar_unknown"  # runs into 2028
    both = calendar_of(Law(assume_holidays=["2027", 2028]).book())
    assert review.clock(dt.date(2027, 11, 1), both).state == "assumed"


def test_the_second_step_of_a_route_keeps_the_range_of_the_first() -> None:
    calendar = calendar_of(Law(assume_holidays=[2027]).book())
    review = load_licensing(BOOK).clock("licence_decision")
    first = review.clock(dt.date(2026, 11, 24), calendar)
    second = review.clock_after(first, calendar)
    assert first.span is not None
    assert second.span is not None
    assert second.state == "assumed"
    assert second.span[0] == review.clock(first.span[0], calendar).span[0]  # type: ignore[index]
    assert second.span[1] == review.clock(first.span[1], calendar).span[1]  # type: ignore[index]


def test_a_range_without_bridges_is_a_single_day() -> None:
    calendar = load_calendar()
    assert calendar.range_after(dt.date(2026, 9, 28), 7) == (dt.date(2026, 10, 13), dt.date(2026, 10, 13))
    assert calendar.range_after(dt.date(2026, 12, 28), 7) is None


def test_a_range_allows_for_a_bridge_day_and_its_make_up_day() -> None:
    off: dict[int, frozenset[Day]] = {2030: frozenset()}
    bridge = Bridge(frozenset(days("2030-05-03")), tuple(sorted(days("2030-04-28", "2030-05-11"))))  # a Friday; Sunday
    calendar = WorkingCalendar(off, off, assumed=frozenset({2030}), bridges=(bridge,))
    assert calendar.range_after(dt.date(2030, 4, 26), 5) == (dt.date(2030, 5, 2), dt.date(2030, 5, 6))
    assert calendar.range_after(dt.date(2030, 5, 3), 5) == (dt.date(2030, 5, 10), dt.date(2030, 5, 10))
    assert calendar.range_after(dt.date(2030, 5, 3), 6) == (dt.date(2030, 5, 11), dt.date(2030, 5, 13))


FAULTS = [
    ("to: '2027-01-03'", "to: '2026-12-31'", "New Year: the last day 2026-12-31 is before the first day 2027-01-01"),
    ("to: '2027-01-03', days: '3'", "to: '2199-01-01'", "New Year: 2027-01-01 to 2199-01-01 is longer than 31 days"),
    ("days: '3'", "days: '4'", "New Year: 2027-01-01 to 2027-01-03 is not 4 days"),
    ("[]", "['2027-01-02']", "2027-01-02 is a holiday (New Year) and a make-up day"),
    ("[]", "['2027-03-01']", "make-up day 2027-03-01 is not a Saturday or Sunday"),
    ("[]", "['2027-03-06', '2027-03-06']", "make-up day 2027-03-06 is listed twice"),
    ("[]", "['2028-03-05']", "2028-03-05 is outside the year"),
    (
        f"- {HOLIDAY}",
        f"- {HOLIDAY}\n- {HOLIDAY}",
        "2027-01-01 (and 2 more) is listed twice as a holiday: New Year, New Year",
    ),
    ("year: '2027'", "year: '0027'", "'0027' is not a valid year"),
    ("year: '2027'", "year: '２０２７'", "'２０２７' is not a valid year"),
    ("from: '2027-01-01', to: '2027-01-03'", "from: '2026-12-31', to: '2027-01-02'", "2026-12-31 is outside the year"),
]


@pytest.mark.parametrize(("old", "new", "told"), FAULTS)
def test_each_contradiction_of_an_own_calendar_is_named(old: str, new: str, told: str) -> None:
    assert old in ONE_YEAR
    with pytest.raises(CoercivityError) as caught:
        Law(calendar=Content.of("own.yaml", ONE_YEAR.replace(old, new, 1))).book()
    (fault,) = caught.value.faults
    assert (fault.code, fault.what) == ("CALENDAR", told)
    assert fault.where.startswith("own.yaml, ")
    assert fault.next


BROKEN = """about: {en: mine}
yeers: []
years:
- year: '2027'
  holidys: []
  holidays:
  - {name: {en: A}, from: '2027-02-30', to: '2027-03-01'}
  - {name: {en: B}, from: '2027-02-05', to: '2027-02-03'}
  make_up_working_days: [soon, '2027-03-01']
- year: '2027'
  holidays: []
- mine
"""


def test_all_faults_of_a_calendar_and_of_assumed_years_are_reported_at_once() -> None:
    with pytest.raises(CoercivityError) as caught:
        Law(calendar=Content.of("own.yaml", BROKEN), assume_holidays=["soon", "2026", "2040"]).book()
    found = [(fault.code, fault.where) for fault in caught.value.faults]
    assert found == [
        ("HOLIDAYS", "assume-holidays"),
        ("KEY-UNKNOWN", "own.yaml:2"),
        ("VALUE", "own.yaml:7"),
        ("VALUE", "own.yaml:9"),
        ("KEY-UNKNOWN", "own.yaml:5"),
        ("CALENDAR", "own.yaml, 2027"),  # no holiday
        ("CALENDAR", "own.yaml:12"),
        ("CALENDAR", "own.yaml, 2027"),  # B ends before it starts
        ("CALENDAR", "own.yaml, 2027"),  # a Monday
        ("CALENDAR", "own.yaml, 2027"),  # given twice
        ("HOLIDAYS", "assume-holidays"),
        ("HOLIDAYS", "assume-holidays"),
    ]
    assert [fault.nearest for fault in caught.value.faults if fault.code == "KEY-UNKNOWN"] == [
        ("years",),
        ("holidays",),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("years: []\n", "CALENDAR"),
        ("years: mine\n", "VALUE"),
        ("mine\n", "CALENDAR"),
        ("holidays: []\n", "CALENDAR"),
        ("years: [\n", "YAML-SYNTAX"),
        ("", "FILE-EMPTY"),
        (ONE_YEAR + "#" * MOST_CALENDAR_BYTES, "FILE-SIZE"),
        (ONE_YEAR.replace("year: '2027'", "year: '2027'\nstate: unknown"), "VALUE"),
    ],
)
def test_a_file_that_is_no_calendar_is_refused(text: str, code: str) -> None:
    with pytest.raises(CoercivityError) as caught:
        Law(calendar=Content.of("own.yaml", text)).book()
    assert [fault.code for fault in caught.value.faults] == [code]


def test_a_missing_file_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "days.yaml").write_text(ONE_YEAR, encoding="utf-8")
    with pytest.raises(CoercivityError) as caught:
        Law(calendar=tmp_path / "day.yaml").book()
    assert (caught.value.code, caught.value.faults[0].nearest) == ("FILE-MISSING", ("days.yaml",))


def test_years_may_be_one_text_and_are_counted_once() -> None:
    assert Law(assume_holidays="2027").book().calendar.assumed == (2027,)
    assert Law(assume_holidays=[2028, "2027", "2028"]).book().calendar.assumed == (2027, 2028)
    with pytest.raises(CoercivityError, match="'2027,2028' is not a year"):
        Law(assume_holidays=["2027,2028"]).book()


def test_a_year_of_the_users_own_is_not_assumed_as_well() -> None:
    with pytest.raises(CoercivityError, match="the working days of 2027 are known"):
        Law(calendar=EXAMPLE, assume_holidays=[2027]).book()
