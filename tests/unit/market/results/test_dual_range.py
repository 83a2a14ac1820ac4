"""Ranges of a price on the optimal face: they hold the price, and nothing that may be left is worth less than nothing."""

from __future__ import annotations

import numpy as np
import pytest

from coercivity.market.inputs.coefficients import ABROAD, METALS
from coercivity.market.network.network import Good
from coercivity.market.network.supply import tags
from coercivity.market.results.dual_range import price_range
from coercivity.market.run.simulate import Simulation
from tests.oracles.market_toy import FIRST, FREE, Toy, again, always, packed_run, walk

DY_CN = Good("ox_Dy", "CN")


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    """Metals that nobody trades abroad have wide ranges in it."""
    return packed_run("controls-back", "2025-06", 3)


@pytest.fixture(scope="module")
def ranges(simulation: Simulation) -> dict[Good, tuple[float, float]]:
    metals = [Good(f"met_{e}", region, tag) for e in METALS for region in ABROAD for tag in tags(f"met_{e}", region)]
    goods = [entry for entry in metals if entry in simulation.network.goods]
    return price_range(simulation.update, simulation.months[-1], goods)


def test_what_is_thrown_away_is_worth_nothing() -> None:
    """Far more dysprosium in China than anybody can use or would store."""
    update = Toy().update(always(FREE), months=4)
    state = Toy().state(update.window.network)
    state.stock_t[DY_CN] = 5000.0
    (done,) = walk(update, state, FIRST, FIRST)
    assert done.disposed_t[DY_CN] > 1000
    assert done.price[DY_CN] == pytest.approx(0.0, abs=1e-6)
    assert price_range(update, done, [DY_CN])[DY_CN] == pytest.approx((0.0, 0.0), abs=1e-6)


def test_ranges_hold_their_price_and_never_go_below_nothing(
    simulation: Simulation, ranges: dict[Good, tuple[float, float]]
) -> None:
    done = simulation.months[-1]
    assert any(high - low > 1.0 for low, high in ranges.values())
    for entry, (low, high) in ranges.items():
        room = 1e-8 * max(abs(done.price[entry]), 1.0)
        assert low - room <= done.price[entry] <= high + room, entry
        assert low >= -1e-6, (entry, low, high)


def test_what_is_tried_for_one_good_is_taken_back_before_the_next(
    simulation: Simulation, ranges: dict[Good, tuple[float, float]]
) -> None:
    """The window stands after it as before, and a wide range is the same asked for alone."""
    update, done = simulation.update, simulation.months[-1]
    wide = max(ranges, key=lambda entry: ranges[entry][1] - ranges[entry][0])
    alone = price_range(update, done, [wide])[wide]
    assert alone == pytest.approx(ranges[wide], rel=1e-6, abs=1e-6)
    after = [np.array(side) for side in update.window.lp._now]
    again(update, done)
    assert all(np.array_equal(ours, theirs) for ours, theirs in zip(after, update.window.lp._now, strict=True))
