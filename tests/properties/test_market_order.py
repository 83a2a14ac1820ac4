"""Order and repetition do not change the market: property 9 of docs/market.md."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from dataclasses import fields, replace
from typing import TypeVar

import numpy as np
import pytest

from coercivity.market.inputs.coefficients import ABROAD, ELEMENTS, MAGNETS, METALS
from coercivity.market.network.network import Good, Network
from coercivity.market.program.build import PlanningWindow
from coercivity.market.program.lp import INF
from coercivity.market.program.update import WindowUpdate
from coercivity.market.results.dual_range import price_range
from coercivity.market.results.price_gap import priced
from coercivity.market.results.rows import HEADLINES
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation
from coercivity.permission.desk.ahead import DeskAhead
from tests.oracles.market_toy import (
    FIRST,
    LICENCE,
    Toy,
    again,
    always,
    drivers,
    grid_over,
    moves_of,
    packed_run,
    simulated,
    told,
    walk,
)
from tests.places import ROOT

SAME = 1e-9
SAME_PRICE = 1e-3
ROOM = 1e-4
STEP = 1e-3
DRAWN = 40
GOODS = (*(f"ox_{e}" for e in ELEMENTS), *(f"met_{e}" for e in METALS), *MAGNETS)
T = TypeVar("T")


def again_in(update: WindowUpdate, done: MonthDone, network: Network) -> None:
    """Moves a window over a shuffled network to a month planned over another, its buckets in their order."""
    at = [[b.name for b in network.buckets].index(b.name) for b in update.window.network.buckets]
    names = [part.name for part in fields(DeskAhead) if part.name != "lead_by_cell"]
    seen = replace(done.seen, **{name: getattr(done.seen, name)[at] for name in names})
    update.window.delay(done.delays)
    update.to(done.month, done.before, seen)


def shuffled(network: Network, key: int) -> Network:
    """The same network with everything in another order, regions and elements with it."""
    mix = random.Random(key)

    def other(parts: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(mix.sample(parts, len(parts)))

    return replace(
        network,
        goods=other(network.goods),
        activities=other(network.activities),
        demands=other(network.demands),
        recipes=other(network.recipes),
        stores=other(network.stores),
        buckets=other(network.buckets),
        prices=dict(other(tuple(network.prices.items()))),
        limits=dict(other(tuple(network.limits.items()))),
    )


@pytest.mark.parametrize("key", range(4))
def test_9_order_moves_neither_cost_nor_prices_of_a_toy(key: int) -> None:
    """Test 9: cost, flows and prices of every month's window are the same, and prices lie where the duals may lie."""
    toy = Toy()
    network = toy.network()
    mixed = shuffled(network, key)
    assert mixed.activities != network.activities
    world = drivers(network.limits)
    ours = moves_of(network, toy.rates(network), always(LICENCE), world, 5)
    theirs = moves_of(mixed, toy.rates(network), always(LICENCE), world, 5)
    for done in walk(ours, toy.state(network), FIRST, FIRST + 4):
        again_in(theirs, done, network)
        plan = theirs.window.solve()
        assert plan is not None
        assert plan.objective == pytest.approx(done.plan.objective, rel=SAME)
        ends = price_range(ours, done, list(network.goods))
        for entry, (low, high) in ends.items():
            price = float(plan.dual[theirs.window.row("good", entry, 0)])
            room = ROOM * max(abs(low), abs(high), 1.0)
            assert low - room <= price <= high + room, (entry, low, price, high)
            assert price == pytest.approx(done.price[entry], rel=SAME_PRICE, abs=SAME_PRICE), entry
        for activity in network.activities:
            mass = float(plan.value[theirs.window.column("act", activity.name, 0)])
            assert mass == pytest.approx(done.activity_t.get(activity.name, 0.0), rel=1e-6, abs=1e-6), activity.name


def test_9_order_moves_neither_cost_nor_prices_of_the_packed_market() -> None:
    """Test 9 on the packed market, in a month in which the law bites."""
    simulation = packed_run("controls-back", "2025-06", 3)
    done = simulation.months[-1]
    network = shuffled(simulation.network, 7)
    theirs = WindowUpdate(
        PlanningWindow(network, simulation.update.window.rates, grid_over(3)),
        simulation.update.law,
        simulation.update.drivers,
    )
    again_in(theirs, done, simulation.network)
    plan = theirs.window.solve()
    assert plan is not None
    assert plan.objective == pytest.approx(done.plan.objective, rel=SAME)
    published = [
        entry for entry in simulation.network.goods if entry.name in GOODS and entry == priced(entry.name, entry.region)
    ]
    drawn = sorted(published, key=lambda entry: hashlib.sha256("|".join(entry).encode()).digest())[:DRAWN]
    again(simulation.update, done)
    for entry in drawn:
        low, high = ends(simulation.update, entry)
        price = float(plan.dual[theirs.window.row("good", entry, 0)])
        room = ROOM * max(abs(price), 1.0)
        assert low - room <= price <= high + room, (entry, low, price, high)
        assert low - room <= done.price[entry] <= high + room, (entry, low, done.price[entry], high)
    for entry in published:
        price = float(plan.dual[theirs.window.row("good", entry, 0)])
        assert price == pytest.approx(done.price[entry], rel=SAME_PRICE, abs=SAME_PRICE), entry


def test_9_published_intervals_hold_the_price_of_any_order() -> None:
    """Test 9: the intervals of the headline goods hold the price that another order gives."""
    simulation = packed_run("controls-back", "2025-06", 3)
    done = simulation.months[-1]
    theirs = WindowUpdate(
        PlanningWindow(shuffled(simulation.network, 8), simulation.update.window.rates, grid_over(3)),
        simulation.update.law,
        simulation.update.drivers,
    )
    again_in(theirs, done, simulation.network)
    plan = theirs.window.solve()
    assert plan is not None
    goods = [priced(name, region) for name in HEADLINES for region in ("CN", "EUR", "JP")]
    for entry, (low, high) in price_range(simulation.update, done, goods).items():
        price = float(plan.dual[theirs.window.row("good", entry, 0)])
        room = ROOM * max(abs(price), 1.0)
        assert low - room <= price <= high + room, (entry, low, price, high)


def digest(simulation: Simulation) -> str:
    """One hash over plans, quotes and what was done."""
    found = hashlib.sha256()
    for done in simulation.months:
        found.update(done.plan.value.tobytes() + done.plan.dual.tobytes())
        found.update(repr((sorted(done.activity_t.items()), sorted(done.quote.items()))).encode())
    return found.hexdigest()


def test_9_another_process_gives_the_same_hash() -> None:
    """Test 9: no order of a set or of a hash table finds its way into a run."""
    script = (
        "from tests.properties.test_market_order import digest; from tests.oracles.market_toy import packed_run;"
        "print(digest(packed_run('controls-back', '2025-06', 3)))"
    )
    ours = digest(packed_run("controls-back", "2025-06", 3))
    root = ROOT
    paths = os.pathsep.join((root.as_posix(), *sys.path))
    env = {**os.environ, "PYTHONHASHSEED": "12345", "PYTHONPATH": paths}
    told_there = subprocess.run(
        [sys.executable, "-c", script], cwd=root, env=env, capture_output=True, text=True, check=True
    )
    assert told_there.stdout.split()[-1] == ours


def test_9_an_interval_holds_its_price_and_is_no_narrower_than_the_duals() -> None:
    """Test 9: where nothing is traded any price from some level on would do, so no interval may promise an upper end."""
    simulation = packed_run("controls-back", "2025-06", 3)
    done = simulation.months[-1]
    goods = [g for region in ABROAD if (g := priced("ox_Dy", region)) in simulation.network.goods]
    found = price_range(simulation.update, done, goods)
    assert found
    again(simulation.update, done)
    for entry, (low, high) in found.items():
        least, most = ends(simulation.update, entry)
        room = ROOM * max(abs(done.price[entry]), 1.0)
        assert low - room <= done.price[entry] <= high + room, (entry, low, done.price[entry], high)
        assert low <= least + room, (entry, low, least)
        assert high >= most - room, (entry, high, most)


def ends(update: WindowUpdate, entry: Good) -> tuple[float, float]:
    """Between what one more unit of a good saves and what one less costs; no end where less cannot be had at all."""
    lp = update.window.lp
    plan = lp.solve()
    assert plan is not None
    row, found = update.window.row("good", entry, 0), []
    side = -moves_given(update, entry)
    # What can be stored can be thrown away.
    most = INF if update.thrown_away[row] else 0.0
    for less in (-STEP, STEP):
        lp.row_bounds([row], np.array([side + less]), np.array([side + less + most]))
        again = lp.solve()
        found.append((again.objective - plan.objective) / less if again is not None else float("inf") * less)
    lp.row_bounds([row], np.array([side]), np.array([side + most]))
    return found[0], found[1]


def moves_given(update: WindowUpdate, entry: Good) -> float:
    """What the row of a good holds in the first month: stock before and what arrives."""
    return -float(update.window.lp._engine.getLp().row_lower_[update.window.row("good", entry, 0)])


def test_9_the_same_question_has_the_same_answer_to_the_bit() -> None:
    """Test 9: two runs from the same input are equal to the last bit, in every committed month."""
    first, again = (simulated(told("controls-back"), "2025-05", 3) for _ in range(2))
    assert first.months is not again.months
    for ours, theirs in zip(first.months, again.months, strict=True):
        assert ours.plan.objective == theirs.plan.objective
        assert np.array_equal(ours.plan.value, theirs.plan.value)
        assert np.array_equal(ours.plan.dual, theirs.plan.dual)
        assert ours.activity_t == theirs.activity_t
        assert ours.quote == theirs.quote
