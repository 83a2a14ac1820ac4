"""Magnets in use during a run: collection by price, what a built month changes, and what becomes of it all."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from coercivity.base.months import parse_month
from coercivity.market.inputs.cohorts import Pool
from coercivity.market.network.end_of_life import SCRAP, TREAT, eol
from coercivity.market.network.network import Good
from coercivity.market.program.grid import PlanningGrid
from coercivity.market.program.state import State
from coercivity.market.run.devices.in_use import DevicesInUse, rounded
from coercivity.market.run.mechanisms import Committed
from coercivity.market.run.simulate import Simulation, simulate, world_once
from tests.oracles.market_parts import packed
from tests.oracles.market_toy import packed_book, told

FIRST = parse_month("2024-10")
SHORT = PlanningGrid((1, 1, 1))


@pytest.fixture(scope="module")
def in_use() -> DevicesInUse:
    world = world_once(recycling=True)
    assert world.cohorts is not None
    return DevicesInUse(world.cohorts, world.network, FIRST, 24)


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return packed("controls-back", "2025-01", grid=SHORT)


def share_of(in_use: DevicesInUse, times: float, pool: Pool) -> float:
    """The share collected and taken out in 2035, when all channels exist, at a multiple of base prices."""
    quote = {entry: times * price for entry, price in world_once(recycling=True).network.prices.items()}
    found = in_use.collected_share([parse_month("2035-07")], quote)
    return float(found[in_use.cohorts.pools.index(pool), 0])


def test_collection_follows_the_value_of_the_oxides_with_its_elasticity(in_use: DevicesInUse) -> None:
    """Air conditioners in Europe: 0.40 collected, 0.30 of it taken out: 0.12; at 1.5 times the value x 1.5^0.28 = 1.1202."""
    pool = Pool("hvac_inverter_ac", "EUR", "low")
    assert share_of(in_use, 1.0, pool) == pytest.approx(0.12, rel=1e-6)
    assert share_of(in_use, 1.5, pool) == pytest.approx(0.12 * 1.120221, rel=1e-5)
    assert share_of(in_use, 0.5, pool) == pytest.approx(0.12 * 0.823591, rel=1e-5)


def test_collection_does_not_exceed_the_high_of_its_row(in_use: DevicesInUse) -> None:
    """At a thousand times the value 0.40 x 1000^0.28 = 2.77, but at most 0.55 of the units are collected."""
    assert share_of(in_use, 1000.0, Pool("hvac_inverter_ac", "EUR", "low")) == pytest.approx(0.55 * 0.30, rel=1e-6)


def test_collection_elsewhere_is_a_part_of_that_of_rich_countries(in_use: DevicesInUse) -> None:
    """AS297: half."""
    assert share_of(in_use, 1.0, Pool("hvac_inverter_ac", "IN", "low")) == pytest.approx(0.06, rel=1e-6)


def test_magnets_that_were_not_sold_do_not_come_back(in_use: DevicesInUse) -> None:
    """A month in which nothing is built takes its usual sales out of what leaves later, by the law of each device."""
    nothing = dict.fromkeys((a.name for a in world_once(recycling=True).network.activities), 0.0)
    prices = dict(world_once(recycling=True).network.prices)
    before = cast("State", SimpleNamespace(quote=prices, devices=in_use.start))
    done = cast("Committed", SimpleNamespace(before=before, month=FIRST, did_t=nothing))
    after, month = in_use.after(done)
    assert month.sold_t == {}
    usual = in_use.cohorts.by_pool(in_use.cohorts.usual_t([FIRST])[:, 0], FIRST)
    less = in_use.start.leaving_t - after.leaving_t
    assert less == pytest.approx(usual[:, None] * in_use.cohorts.lost(24), rel=1e-5, abs=1e-6)


def test_usual_sales_change_nothing(in_use: DevicesInUse, simulation: Simulation) -> None:
    """The recipes of the base year put what is usually sold into each device, up to what the month builds less."""
    sold = simulation.months[0].devices.sold_t
    usual = in_use.cohorts.by_pool(in_use.cohorts.usual_t([FIRST])[:, 0], FIRST)
    assert math.fsum(sold.values()) == pytest.approx(math.fsum(usual), rel=0.05)


def test_what_is_collected_is_treated_shipped_kept_or_thrown_away(simulation: Simulation) -> None:
    """The balance of every collected good in every month, to rounding."""
    activities = {a.name: a for a in simulation.network.activities}
    goods = [entry for entry in simulation.network.goods if entry.name.startswith("eol_")]
    assert len(goods) == 32
    for done in simulation.months:
        left = {
            entry: done.before.stock_t.get(entry, 0.0) + done.devices.collected_t.get(entry, 0.0) for entry in goods
        }
        for (entry, when), mass in done.before.arriving_t.items():
            if when == done.month and entry in left:
                left[entry] += mass
        for name, mass in done.activity_t.items():
            if activities[name].kind in (TREAT, SCRAP):
                for taken in activities[name].takes:
                    left[taken.good] -= mass * taken.mass
        for entry, mass in left.items():
            out = done.stock_t.get(entry, 0.0) + done.disposed_t.get(entry, 0.0)
            assert mass == pytest.approx(out, abs=2e-5)


def test_no_more_is_collected_than_leaves_use(simulation: Simulation) -> None:
    for done in simulation.months:
        leaving: dict[Good, float] = {}
        for (_, region, content), mass in done.devices.leaving_t.items():
            leaving[eol(content, region)] = leaving.get(eol(content, region), 0.0) + mass
        assert all(0 < mass < leaving[entry] for entry, mass in done.devices.collected_t.items())


def test_switched_off_it_leaves_no_trace() -> None:
    off = replace(told(), behaviour=told().behaviour.model_copy(update={"off": ["recycling"]}))
    found = simulate(packed_book(), off, FIRST, assume={}, grid=SHORT)
    assert not [entry for entry in found.network.goods if entry.name.startswith("eol_")]
    assert found.network.limits["recycling:CN"] == world_once().network.limits["recycling:CN"]
    done = found.months[0]
    assert not done.devices.leaving_t
    assert not done.after.devices.leaving_t.size
    assert {path.plant.limit for path in found.plants if path.plant.stage == "recycling"} <= {
        "recycling:NAM",
        "recycling:EUR",
    }


def test_own_recyclers_anywhere_abroad_find_feed(in_use: DevicesInUse) -> None:
    """Devices of every region that uses magnets reach the end of their life, so no plant can be without its feed."""
    start = in_use.arrivals([FIRST], cast("State", SimpleNamespace(quote={}, devices=in_use.start)))
    assert {entry.region for entry in start} == {"CN", "JP", "KR", "NAM", "EUR", "IN", "SEA", "ROW"}


def test_rounding_keeps_nine_digits() -> None:
    assert rounded(np.array([0.0, 1.0, 123456.78949, -2.0e-12])).tolist() == [0.0, 1.0, 123456.789, -2.0e-12]
