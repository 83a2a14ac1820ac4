"""Working days of a chain: the rows of a user, the published years, and those assumed."""

from __future__ import annotations

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.firm.chain.calendar import BEYOND, check_rows, rows_together
from coercivity.firm.company.model import CalendarRow
from tests.unit.firm.chain.chains import days_of, small

SEA = ("sea", "calendar", [(36, "1")])


def row(first: Day, last: Day, made_up: bool = False, assumed: bool = False, where: str = "") -> CalendarRow:
    return CalendarRow(first, last, made_up, assumed, where)


def works(days: object, day: Day) -> bool:
    return day.toordinal() in days.working  # type: ignore[attr-defined] # a calendar


def test_rows_replace_the_built_in_calendar_in_every_year() -> None:
    """1 October is a holiday in 2025 and 2026; rows that name only 1 May 2026 make it a working day in both."""
    own = days_of(small([SEA], calendar=[row(Day(2026, 5, 1), Day(2026, 5, 1))]), Day(2026, 6, 1))
    published = days_of(small([SEA]), Day(2026, 6, 1))
    assert works(own, Day(2026, 10, 1))
    assert not works(published, Day(2026, 10, 1))
    assert works(own, Day(2025, 10, 1))
    assert not works(own, Day(2026, 5, 1))
    assert not works(own, Day(2026, 10, 3))
    assert (2026 in own.assumed, 2025 in own.assumed, 2027 in own.assumed) == (False, True, True)


def test_a_year_without_notice_has_its_statutory_holidays_and_is_assumed() -> None:
    """2027-10-01 is a Friday off by law; 2040 has no lunar dates in the data and is Monday to Friday."""
    days = days_of(small([SEA]), Day(2027, 6, 1))
    assert not works(days, Day(2027, 10, 1))
    assert {2027, 2028, 2040} <= days.assumed
    assert 2026 not in days.assumed
    assert 2040 in days.monday_to_friday
    assert works(days, Day(2040, 10, 1))


def test_a_run_over_the_end_of_a_year_names_its_days_of_the_next_year() -> None:
    rows = [row(Day(2026, 12, 31), Day(2027, 1, 3), assumed=True)]
    days = days_of(small([SEA], calendar=rows), Day(2027, 6, 1))
    assert not works(days, Day(2026, 12, 31))
    assert not works(days, Day(2027, 1, 1))
    assert works(days, Day(2027, 1, 4))
    assert 2027 in days.assumed


def test_a_calendar_given_for_a_run_comes_before_that_of_the_workbook() -> None:
    own = [row(Day(2026, 5, 1), Day(2026, 5, 1)), row(Day(2027, 5, 3), Day(2027, 5, 3))]
    given = [row(Day(2027, 6, 9), Day(2027, 6, 9))]
    assert rows_together(own, given) == (given[0], own[0])


def test_days_after_the_last_one_are_beyond() -> None:
    days = days_of(small([SEA]), Day(2027, 6, 1))
    assert days.after(days.last, 1) == BEYOND
    assert days.after(BEYOND, 5) == BEYOND
    assert days.later(days.last, 1, "calendar") == BEYOND
    assert days.after(Day(2027, 6, 5).toordinal(), 0) == Day(2027, 6, 5).toordinal()


def test_every_row_of_a_clash_is_named_and_many_are_quick() -> None:
    """Two long runs hide short rows between them; 5,000 rows of one day are 4,999 clashes, not millions."""
    long, short = Day(2027, 1, 1), Day(2027, 1, 16)
    rows = [
        row(long, Day(2027, 2, 1), where="Calendar row 2"),
        row(Day(2027, 1, 5), Day(2027, 1, 6), where="Calendar row 3"),
        row(short, short, made_up=True, where="Calendar row 4"),
    ]
    faults = Faults()
    check_rows(rows, faults)
    assert [fault.what for fault in faults.items] == [
        "2027-01-05 is off in two rows",
        "2027-01-16 is off and a make-up day",
    ]
    many = Faults()
    check_rows([row(long, long, where=f"Calendar row {n}") for n in range(5_000)], many)
    assert len(many.items) == 4_999
