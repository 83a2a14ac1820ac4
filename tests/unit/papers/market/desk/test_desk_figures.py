"""Figures of the licensing desk for a place and a date, from queues written by hand."""

from __future__ import annotations

import pytest

from coercivity.base.days import Day
from coercivity.base.months import parse_month
from coercivity.papers.market.desk.figures import Queues
from tests.unit.papers.market.desk.by_hand import MONTHS, ROWS

EVERY = Queues(MONTHS, ROWS)


def test_queues_are_selected_by_form_destination_and_user() -> None:
    assert EVERY.countries == ("DE", "FR", "IN", "US")
    assert EVERY.select("magnet", ("DE", "FR"), "civil").by_month("new") == [0, 10, 24, 30, 0, 0]
    assert EVERY.select(user="military").countries == ("US",)
    assert EVERY.select("oxide").rows == ()
    assert EVERY.select(countries=()).by_month("new") == [0] * 6


@pytest.mark.parametrize(
    ("on", "filed"),
    [
        ("2025-02-28", 0.0),  # before the first month
        ("2025-04-15", 5.0),  # half of April
        ("2025-04-30", 10.0),
        ("2025-06-15", 45.0),
        ("2025-08-31", 60.0),
    ],
)
def test_a_sum_to_date_takes_the_days_of_its_month_gone_by(on: str, filed: float) -> None:
    assert EVERY.select(countries=("DE",)).to_date("new", Day.fromisoformat(on)) == pytest.approx(filed)


def test_a_level_lies_between_the_ends_of_two_months() -> None:
    germany = EVERY.select(countries=("DE",))
    assert germany.level("pending", Day(2025, 4, 15)) == 4.0
    assert germany.level("pending", Day(2025, 6, 15)) == 24.0
    assert germany.level("pending", Day(2025, 6, 30)) == 30.0
    assert germany.level("pending", Day(2025, 2, 1)) == 0.0


def test_after_the_last_month_there_is_no_figure() -> None:
    assert EVERY.to_date("new", Day(2025, 9, 1)) is None
    assert EVERY.level("pending", Day(2025, 9, 1)) is None


def test_times_are_weighted_by_the_files_decided_and_spread_over_queues_and_months() -> None:
    found = EVERY.times(parse_month("2025-06"), parse_month("2025-07"))
    assert found is not None
    assert found.files == 18 + 20 + 4
    assert found.mean == pytest.approx((18 * 40 + 20 * 60 + 4 * 80) / 42)
    assert (found.low, found.high) == (40.0, 80.0)
    assert EVERY.times(parse_month("2025-03"), parse_month("2025-04")) is None
    may = parse_month("2025-05")
    assert EVERY.times(parse_month("2024-01"), may) == EVERY.times(may, may)


def test_the_first_month_of_a_series_and_a_sum_of_months() -> None:
    assert EVERY.first_month("granted") == parse_month("2025-05")
    assert EVERY.select(countries=("IN",)).first_month("granted") is None
    assert EVERY.between("granted", parse_month("2025-06"), parse_month("2025-12")) == 39.0
