"""The nearest general licence counts from its first day, and not the whole of the month in which it begins."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from coercivity.base.months import Month, month_of
from coercivity.permission.desk.cells import cells_of
from coercivity.permission.desk.from_practice import desk_of, general_share_on
from coercivity.practice.desk import DeskPractice
from coercivity.practice.desk_tables import load_desk

JANUARY = month_of(dt.date(2026, 1, 1))


def share(month: Month, practice: DeskPractice | None = None, country: str = "JP") -> float:
    """The share of one month that the desk of a run counts."""
    cells = cells_of([(("mag_high", "CN", country, "civil"), 10.0)], {country: ((country, 1.0),)})
    return float(desk_of(cells, practice or load_desk(), month).figures_of(month).general[0])


def test_before_the_row_of_a_country_begins_that_for_all_places_counts() -> None:
    """Japan, January 2026: seven days under the row for all places, 24 under its own."""
    assert share(JANUARY - 1) == pytest.approx(0.25 * 30 / 31)
    assert share(JANUARY) == pytest.approx((0.25 * 7 + 0.1 * 24) / 31)
    assert share(JANUARY + 1) == pytest.approx(0.1)


def test_a_share_is_renewed_on_the_day_on_which_the_validity_ends() -> None:
    """Valid from 2 December 2025 for a year: one day of the next December under the first validity."""
    assert share(JANUARY + 10, country="KR") == pytest.approx(0.25)
    assert share(JANUARY + 11, country="KR") == pytest.approx(0.25 * (1 + 0.9 * 30) / 31)
    assert share(JANUARY + 12, country="KR") == pytest.approx(0.25 * 0.9)


def test_of_two_rows_for_the_same_place_the_newest_counts() -> None:
    packed = load_desk()
    first, *rest = packed.general
    less = replace(first, id="X01", share=0.05, low=0.05, begins_on=dt.date(2026, 1, 1))
    assert share(JANUARY, replace(packed, general=(first, less, *rest)), "KR") == pytest.approx(0.05)


def test_on_a_day_the_whole_share_counts() -> None:
    (row,) = (row for row in load_desk().general if row.id == "GL05")
    assert general_share_on([row], dt.date(2026, 1, 7)) == 0.0
    assert general_share_on([row], dt.date(2026, 1, 8)) == row.share
    assert general_share_on([row], dt.date(2027, 1, 7)) == row.share
    assert general_share_on([row], dt.date(2027, 1, 8)) == pytest.approx(0.9 * row.share)
