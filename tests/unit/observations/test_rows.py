"""The rows of the pack, and what of them was known on a day."""

from __future__ import annotations

from datetime import timedelta

import hypothesis.strategies as st
from hypothesis import given

from coercivity.base.days import Day
from coercivity.base.sums import total
from coercivity.data.packs import open_pack
from coercivity.observations.rows import load_observations
from tests.unit.observations.made import packed_row

FIRST, LAST = Day(2023, 1, 1), Day(2026, 6, 30)
DAYS = st.integers(0, (LAST - FIRST).days).map(lambda days: FIRST + timedelta(days))


def test_nine_months_of_magnets_of_2025_add_to_the_stated_total() -> None:
    """The months are read from nine monthly reports, the total from a tenth."""
    months = [
        row
        for row in load_observations()
        if row.series == "magnets CN>World" and row.freq == "month" and row.unit == "t" and row.first_on.year == 2025
    ]
    assert [row.first_on.month for row in sorted(months, key=lambda row: row.first_on)] == [*range(1, 10)]
    assert total(row.value for row in months) == packed_row("B054").value == 39_817


@given(DAYS, DAYS)
def test_what_is_known_only_grows(one: Day, other: Day) -> None:
    earlier, later = sorted((one, other))
    known = {row.id for row in load_observations(earlier)}
    assert known <= {row.id for row in load_observations(later)} <= {row.id for row in load_observations()}


def test_a_row_is_known_on_its_day_and_not_before() -> None:
    row = packed_row("B063")
    assert row.known_on == row.published_on == Day(2025, 10, 20)
    assert row.id not in {each.id for each in load_observations(Day(2025, 10, 19))}
    assert row.id in {each.id for each in load_observations(Day(2025, 10, 20))}


def test_a_row_without_a_day_is_known_on_the_last_day_of_its_period() -> None:
    undated = [row for row in load_observations(unused=True) if row.published_on is None]
    assert len(undated) > 100
    assert all(row.known_on == row.last_on for row in undated)


def test_kilograms_are_tonnes_and_ranges_are_in_the_unit_of_the_value() -> None:
    row = packed_row("OB0150")
    assert (row.unit, row.series, row.value) == ("t", "Dy CN>World", 1.4)  # 1,400 kg in the table
    ranged = [row for row in load_observations() if row.low is not None and row.high is not None]
    assert all(row.low <= row.value <= row.high for row in ranged if row.low is not None and row.high is not None)


def test_a_row_that_is_not_used_says_why() -> None:
    unused = [row for row in load_observations(unused=True) if not row.used]
    assert len(unused) == 87
    assert all(row.why_not for row in unused)


def test_no_period_ends_after_september_2025() -> None:
    assert max(row.last_on for row in load_observations(unused=True)) == Day(2025, 9, 30)


def test_a_cut_of_the_pack_leaves_the_rows_that_are_known() -> None:
    """Two readings of the same rule: that of the table, and that of the rows."""
    for day in (Day(2024, 12, 31), Day(2025, 4, 30), Day(2025, 6, 30), Day(2025, 8, 31), Day(2025, 10, 20)):
        cut = open_pack("observations").known_by(day).table("observations").text("id")
        assert set(cut) == {row.id for row in load_observations(day, unused=True)}, day
