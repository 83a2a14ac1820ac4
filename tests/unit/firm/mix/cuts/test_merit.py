"""The merit order: worked by hand, equal to a linear programme, and with slopes that hold."""

from __future__ import annotations

import numpy as np
import pytest

from coercivity.firm.mix.cuts.arrays import arrays_of
from coercivity.firm.mix.cuts.coupled import SharedItems
from coercivity.firm.mix.cuts.merit import Aim, MeritOrder
from coercivity.firm.mix.model import MixCase, MixItem, MixLimits, MixOption, MixScenario
from tests.unit.firm.mix.cuts.made_up import made_up


def stopped(months: int, stop: int, chance: float = 1.0) -> MixScenario:
    """Returns a scenario whose stop begins in month 1."""
    share = {"G": tuple(0.0 if month < stop else 1.0 for month in range(months))}
    return MixScenario(f"stop {stop}", chance, share, share, 1.0)


SECOND = MixOption("second", "second_source", 200.0, 0, 4.0, 30.0, ("G",))


def test_stock_displaces_the_dearest_tonnes_of_the_stop() -> None:
    """Three months of 10 t; 4 t a month at 30, so 6 t a month lost at 150; a stock of 20 t at 20.

    Stock covers the 18 t that would be lost and 2 t of the second source: 200 + 400 + (12 - 2) x 30 = 900. One more
    tonne of stock saves 30 and costs 20, so the slope is -10. A tonne more a month from the second source displaces
    stock that displaces itself: worth nothing, so half of it costs 100 less and saves nothing.
    """
    item = MixItem("G", "heavy", (10.0,) * 3, 20.0, 150.0, None)
    arrays = arrays_of(MixCase((item,), (SECOND,), (stopped(3, 3),), MixLimits(), 3, sea_months=0))
    found = MeritOrder.of(arrays, 0).at(np.array([1.0, 20.0]))
    paid = arrays.fixed_keur @ np.array([1.0, 20.0])
    assert found.cost + paid == pytest.approx([900.0])
    assert found.slope[0] == pytest.approx([0.0, -30.0])
    assert found.lost_t.sum() == 0.0


def test_a_month_that_loses_tonnes_makes_the_source_worth_its_gain() -> None:
    """No stock: 18 t lost at 150 and 12 t at 30 are 3,060; each tonne of the source saves 150 - 30 = 120: 12 t, 1,440."""
    item = MixItem("G", "heavy", (10.0,) * 3, 20.0, 150.0, None)
    arrays = arrays_of(MixCase((item,), (SECOND,), (stopped(3, 3),), MixLimits(), 3, sea_months=0))
    found = MeritOrder.of(arrays, 0).at(np.array([1.0, 0.0]))
    assert found.cost == pytest.approx([3060.0])
    assert found.slope[0] == pytest.approx([-1440.0, -150.0])
    assert found.lost_t[0] == pytest.approx([6.0, 6.0, 6.0])


def test_line_days_count_tonnes_by_the_use_of_their_month() -> None:
    """Uses of 10 and 5 t stopped: stock of 5 t goes to the month in which a tonne is 6 days: 30 x 10 / 10 = 30 left."""
    item = MixItem("G", "heavy", (10.0, 5.0), 20.0, 150.0, None)
    arrays = arrays_of(MixCase((item,), (), (stopped(2, 2),), MixLimits(), 2, sea_months=0))
    found = MeritOrder.of(arrays, 0, "line_days").at(np.array([5.0]))
    assert found.cost == pytest.approx([30.0])
    assert found.slope[0] == pytest.approx([-3.0])
    assert found.lost_t[0] == pytest.approx([10.0, 0.0])


@pytest.mark.parametrize("seed", range(12))
def test_equals_the_linear_programme_of_each_scenario(seed: int) -> None:
    arrays = arrays_of(made_up(seed, shared=False, scenarios=30, items=1))
    rng = np.random.default_rng(seed)
    aim: Aim = "cost" if seed % 2 else "line_days"
    order, programme = MeritOrder.of(arrays, 0, aim), SharedItems(arrays, (0,), aim)
    for _ in range(4):
        choice = rng.uniform(0.0, 1.0, arrays.entries)
        choice[arrays.stock(0)] *= 30.0
        closed, solved = order.at(choice), programme.at(choice)
        assert closed.cost == pytest.approx(solved.cost, abs=1e-6)
        bound = programme.bound(choice)
        assert bound is not None
        assert bound[0] == pytest.approx(solved.cost, abs=1e-6)


@pytest.mark.parametrize("seed", range(12))
def test_slopes_hold_everywhere(seed: int) -> None:
    """A cut at one choice is at most the cost at every other; bounds from duals are too."""
    arrays = arrays_of(made_up(seed, shared=seed % 2 == 1, scenarios=20))
    rng = np.random.default_rng(seed)
    choices = rng.uniform(0.0, 1.0, (8, arrays.entries)).round(1)
    choices[:, [arrays.stock(0), arrays.stock(1)]] *= 30.0
    for engine in (MeritOrder.of(arrays, 0), MeritOrder.of(arrays, 0, "line_days"), SharedItems(arrays, (0, 1))):
        found = [engine.at(choice) for choice in choices]
        for at, cut in zip(choices, found, strict=True):
            for other, cost in zip(choices, found, strict=True):
                assert (cut.cost + cut.slope @ (other - at) <= cost.cost + 1e-6).all()
        if isinstance(engine, SharedItems):
            middle = choices.mean(axis=0)
            bound = engine.bound(middle)
            assert bound is not None
            assert (bound[0] <= engine.at(middle).cost + 1e-6).all()
