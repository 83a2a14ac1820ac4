"""Stock that waits for a licence, by hand: one grade of 10 t a month, a stop of months 3 and 4, nothing by air."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.firm.mix.model import MixCase, MixItem, MixLimits, MixPlan, MixScenario
from coercivity.firm.mix.month_by_month import month_by_month
from coercivity.firm.mix.plans import costed

SHARES = (1.0, 0.5, 0.0, 0.0, 1.0, 1.0)
ITEM = MixItem("P", "heavy", (10.0,) * 6, 5.0, 100.0, None)
STOP = MixScenario("stop", 1.0, {"P": SHARES}, {"P": SHARES}, 1.0)
PLAN = MixPlan((), {"P": 20.0})


def lost_t(item: MixItem, late: int = 0) -> float:
    """Returns what is lost with 20 t of stock; 25 t are lost without any."""
    case = MixCase((item,), (), (STOP,), MixLimits(), 6, sea_months=0, months_late=late)
    whole, blind = costed(case, PLAN), month_by_month(case, PLAN)
    assert whole.scenarios[0].not_served_t == blind.scenarios[0].not_served_t
    assert whole.mean_keur == pytest.approx(blind.mean_keur)
    return whole.scenarios[0].not_served_t["P"]


def test_stock_that_waits_for_nothing_serves_every_month() -> None:
    assert lost_t(ITEM) == 5.0


def test_stock_serves_only_from_the_month_in_which_it_is_there() -> None:
    """It leaves whole in month 1, and by sea for two months it is there from month 4 on: month 4 alone is served."""
    assert lost_t(replace(ITEM, stock_leaves=1, stock_months=3)) == 15.0


def test_of_an_order_that_waits_only_what_the_month_lets_out_leaves() -> None:
    """Half leaves in month 2, none in month 3; none leaves after the last month."""
    assert lost_t(replace(ITEM, stock_leaves=2, stock_months=2)) == 15.0
    assert lost_t(replace(ITEM, stock_leaves=3, stock_months=3)) == 25.0
    assert lost_t(replace(ITEM, stock_leaves=7, stock_months=7)) == 25.0


def test_what_does_not_leave_is_not_paid() -> None:
    case = MixCase((replace(ITEM, stock_leaves=2, stock_months=2),), (), (STOP,), MixLimits(), 6, sea_months=0)
    assert costed(case, PLAN).mean_keur == pytest.approx(10.0 * 5.0 + 15.0 * 100.0)


def test_a_licence_that_is_held_serves_until_its_last_day_however_late_the_choice() -> None:
    """Late by one month it is still held; after that an order waits two months, and month 4 lets nothing out."""
    held = replace(ITEM, stock_leaves=2, stock_months=2, stock_held_late=1)
    assert lost_t(held, late=1) == 5.0
    assert lost_t(replace(held, stock_held_late=0), late=1) == 25.0
