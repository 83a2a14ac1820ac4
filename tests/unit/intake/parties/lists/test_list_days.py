"""Days as lists write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.base.days import Day
from coercivity.intake.parties.lists.days import read_list_day
from tests.unit.intake.parties.lists.reading import entries_of, faults_of


@given(st.dates(Day(1900, 1, 1), Day(2199, 12, 31)))
def test_days_in_every_form(day: Day) -> None:
    """ISO 8601 with and without a time, Chinese, compact, with dots; with slashes only if it is clear."""
    forms = (
        f"{day}",
        f"{day}T10:11:12Z",
        f"{day:%Y}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{day:%d.%m.%Y}",
        f"{day:%Y/%m/%d}",
    )
    assert {read_list_day(form) for form in forms} == {day}
    slashed = f"{day.month}/{day.day}/{day.year}"
    assert read_list_day(slashed, month_first=True) == day
    if day.day > 12 or day.day == day.month:
        assert read_list_day(slashed) == day
    else:
        with pytest.raises(ValueError, match="two ways"):
            read_list_day(slashed)


@pytest.mark.parametrize(
    "text", ["2 Jan 2025", "2 January 2025", "Jan 2, 2025", "January 2 2025", "2025-1-2", "2-Jan-2025"]
)
def test_months_by_name(text: str) -> None:
    """In English, in either order."""
    assert read_list_day(text) == Day(2025, 1, 2)


@pytest.mark.parametrize("text", ["9999-12-31", "2999-01-01", "", "-", "N/A"])
def test_an_end_far_away_is_none(text: str) -> None:
    """As lists write that an entry has no end; a beginning there is a fault."""
    (entry,) = entries_of(f"name,end date\nExample Ltd,{text}\n")
    assert entry.delisted_on is None
    if text[:1].isdigit():
        assert [fault.code for fault in faults_of(f"name,listed on\nExample Ltd,{text}\n")] == ["LIST-DATE"]
