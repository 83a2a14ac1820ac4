"""Stock in hand: free, there at once, stored with the rest and worth nothing at the end."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coercivity.firm.mix.choose import NoPlanError, best
from coercivity.firm.mix.cuts.arrays import arrays_of
from coercivity.firm.mix.cuts.best import best_by_cuts
from coercivity.firm.mix.cuts.coupled import SharedItems
from coercivity.firm.mix.cuts.merit import MeritOrder
from coercivity.firm.mix.infeasible import clash
from coercivity.firm.mix.model import MixCase, MixItem, MixLimits, MixPlan, MixScenario
from coercivity.firm.mix.month_by_month import best_month_by_month, month_by_month
from coercivity.firm.mix.plans import costed, do_nothing
from coercivity.firm.mix.sensitivity.late import late
from tests.unit.firm.mix.cuts.made_up import made_up
from tests.unit.firm.mix.cuts.whole_programme import least_of, least_of_all


def one_item(in_hand_t: float, **more: float) -> MixCase:
    """Returns four months of 10 t: no stop (0.75), or a stop of months 1 to 3 (0.25); stock at 20, loss at 150."""
    item = MixItem("G", "heavy", (10.0,) * 4, 20.0, 150.0, None, in_hand_t=in_hand_t)
    open_, shut = {"G": (1.0,) * 4}, {"G": (0.0, 0.0, 0.0, 1.0)}
    scenarios = (MixScenario("none", 0.75, open_, open_, 1.0), MixScenario("stop", 0.25, shut, shut, 1.0))
    made = MixCase((item,), (), scenarios, MixLimits(), 4, sea_months=0)
    return replace(made, left_over_worth_share=more.get("left", 0.0), months_late=int(more.get("late", 0)))


def test_what_is_in_hand_is_not_bought_again() -> None:
    """The stop lacks 30 t. A tonne costs 20 and saves 0.25 x 150 = 37.5: 30 t are bought for 600, 18 with 12 in hand.

    Doing nothing loses 18 t in place of 30: 0.25 x 18 x 150 = 675 in place of 1,125.
    """
    assert best(one_item(0.0)).plan.stock_t == {"G": 30.0}
    found = best(one_item(12.0))
    assert (found.plan.stock_t, found.mean_keur, found.spent_keur) == ({"G": 18.0}, 360.0, 360.0)
    assert do_nothing(one_item(0.0)).mean_keur == 1125.0
    assert do_nothing(one_item(12.0)).mean_keur == 675.0


def test_only_what_was_bought_is_worth_something_at_the_end() -> None:
    """Half of the cost comes back: 18 t cost 360 and return 180 without a stop; the 12 t in hand return nothing."""
    found = costed(one_item(12.0, left=0.5), MixPlan((), {"G": 18.0}))
    assert [row.cost_keur for row in found.scenarios] == [180.0, 360.0]
    month = month_by_month(one_item(12.0, left=0.5), MixPlan((), {"G": 18.0}))
    assert [row.cost_keur for row in month.scenarios] == [180.0, 360.0]


def test_more_in_hand_than_is_needed_costs_and_saves_nothing() -> None:
    found = best(one_item(50.0, left=0.5))
    assert (found.plan.stock_t, found.mean_keur, found.lost_chance) == ({"G": 0.0}, 0.0, 0.0)


def test_it_is_there_where_the_decision_is_late() -> None:
    """A month late: the stop has begun, so stock ordered then does not leave; the 12 t still serve months 1 and 2."""
    found = costed(one_item(12.0, late=1), MixPlan((), {"G": 18.0}))
    assert [row.cost_keur for row in found.scenarios] == [360.0, 2700.0]
    assert found.scenarios[1].not_served_t == {"G": 18.0}
    month = month_by_month(one_item(12.0, late=1), MixPlan((), {"G": 18.0}))
    assert [row.cost_keur for row in month.scenarios] == [360.0, 2700.0]
    rows = late(one_item(30.0))
    assert [row.in_time_worth_keur for row in rows] == [0.0, 0.0, 0.0]


def test_it_takes_room_in_the_storage() -> None:
    """A storage of 20 t with 12 in hand has room for 8; one of 10 t is too small for what is there."""
    room = replace(one_item(12.0), limits=MixLimits(storage_t=20.0))
    found, cut = best(room), best_by_cuts(room)
    assert found.plan.stock_t == {"G": 8.0}
    assert cut is not None
    assert cut.plan.stock_t == pytest.approx({"G": 8.0})
    run = best_month_by_month(room)
    assert run is not None
    assert run.plan.stock_t == {"G": 8.0}
    full = replace(one_item(12.0), limits=MixLimits(storage_t=10.0))
    assert best_by_cuts(full) is None
    with pytest.raises(NoPlanError):
        best(full)
    why = clash(full)
    assert why is not None
    assert (why.sets, why.changes[0].needed) == ((("storage",),), 12.0)


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_three_ways_to_the_same_objective(seed: int, shared: bool) -> None:
    case = made_up(seed, shared=shared, limited=seed % 3 == 1, scenarios=8, in_hand=True)
    for weight in (0.0, 0.4, 1.0):
        cut, expected = best_by_cuts(case, weight), least_of_all(case, weight)
        assert (cut is None) == (expected is None)
        if cut is None or expected is None:
            continue
        assert cut.objective_keur == pytest.approx(expected, rel=1e-5, abs=1e-3)
        assert best(case, weight).objective_keur == pytest.approx(expected, rel=2e-5, abs=1e-3)
        held = least_of(case, frozenset(cut.plan.options), weight, dict(cut.plan.stock_t))
        assert held == pytest.approx(cut.objective_keur, rel=1e-5, abs=1e-3)


@pytest.mark.parametrize("seed", range(12))
def test_the_merit_order_equals_the_linear_programme_and_its_slopes_hold(seed: int) -> None:
    case = replace(made_up(seed, shared=False, scenarios=25, items=1, in_hand=True), months_late=seed % 3)
    arrays, rng = arrays_of(case), np.random.default_rng(seed)
    for aim in ("cost", "line_days"):
        order, programme = MeritOrder.of(arrays, 0, aim), SharedItems(arrays, (0,), aim)
        choices = rng.uniform(0.0, 1.0, (8, arrays.entries)).round(1)
        choices[:, arrays.stock(0)] *= rng.choice([0.0, 10.0, 30.0], 8)
        found = [order.at(choice) for choice in choices]
        for choice, one in zip(choices, found, strict=True):
            assert one.cost == pytest.approx(programme.at(choice).cost, abs=1e-6)
        for at, one in zip(choices, found, strict=True):
            for other, cost in zip(choices, found, strict=True):
                assert (one.cost + one.slope @ (other - at) <= cost.cost + 1e-6).all()


def test_month_by_month_is_never_cheaper_than_known_ahead() -> None:
    for seed in range(8):
        case = made_up(seed, shared=True, scenarios=6, in_hand=True)
        plan = MixPlan(tuple(option.option for option in case.options), {item.item: 3.0 for item in case.items})
        known, run = costed(case, plan, limited=False), month_by_month(case, plan)
        for one, other in zip(known.scenarios, run.scenarios, strict=True):
            assert other.cost_keur >= one.cost_keur - 1e-4
