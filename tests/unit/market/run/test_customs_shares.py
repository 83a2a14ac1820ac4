"""Customs holds of a country take the place of those for all places; shares of a month add up to one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from coercivity.base.months import month_of
from coercivity.market.run.licensing.customs import held_by_months
from coercivity.practice.desk import CustomsHold, DeskPractice, Scope
from coercivity.practice.desk_tables import load_desk

MAY = month_of(dt.date(2025, 5, 1))


def with_hold(destination: str, share: float, days: float) -> DeskPractice:
    desk = load_desk()
    more: CustomsHold = replace(
        desk.holds[0], id="X01", scope=Scope("magnet", destination, "any"), share=share, high=share, days=days
    )
    return replace(desk, holds=(*desk.holds, more))


def test_the_packed_hold_delays_its_share_by_a_month_and_a_half() -> None:
    """0.3 for 45 days: 0.4784... of a month beyond the first."""
    part = 45 / (365.25 / 12) - 1
    assert held_by_months(load_desk(), "magnet", "JP", MAY) == pytest.approx({1: 0.3 * (1 - part), 2: 0.3 * part})
    assert held_by_months(load_desk(), "oxide", "JP", MAY) == {}


def test_the_nearest_hold_counts_and_none_is_added_to_it() -> None:
    desk = with_hold("JP", 0.9, 365.25 / 12)
    assert held_by_months(desk, "magnet", "JP", MAY) == pytest.approx({1: 0.9, 2: 0.0})
    assert sum(held_by_months(desk, "magnet", "KR", MAY).values()) == pytest.approx(0.3)


def test_a_hold_that_has_ended_delays_nothing() -> None:
    assert held_by_months(load_desk(), "magnet", "JP", month_of(dt.date(2025, 11, 1))) == {}
    assert held_by_months(load_desk(), "magnet", "JP", month_of(dt.date(2025, 3, 1))) == {}


def test_before_the_nearest_hold_begins_that_for_all_places_counts() -> None:
    """Nearest by days: half of June under the packed hold, half under that of the country."""
    packed = with_hold("JP", 0.9, 365.25 / 12)
    begins = dt.date(2025, 6, 16)
    holds = tuple(replace(hold, begins_on=begins) if hold.id == "X01" else hold for hold in packed.holds)
    late = held_by_months(replace(packed, holds=holds), "magnet", "JP", MAY + 1)
    part = 45 / (365.25 / 12) - 1
    assert late == pytest.approx({1: 0.9 / 2 + 0.3 / 2 * (1 - part), 2: 0.3 / 2 * part})
