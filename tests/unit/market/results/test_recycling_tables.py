"""Recycled shares by hand, and the rows of magnets at the end of their life."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from coercivity.market.network.network import Activity, Good, GoodAmount, Network
from coercivity.market.program.build import AT_ONCE
from coercivity.market.program.grid import PlanningGrid
from coercivity.market.results.mechanisms.recycling_tables import (
    ELEMENTS,
    RecycledShares,
    base_shares,
    end_of_life_rows,
    recycled_rows,
)
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation
from tests.oracles.market_parts import packed

OXIDE, METAL, THERE = Good("ox_Dy", "CN"), Good("met_Dy", "CN"), Good("met_Dy", "EUR", "free")
TREATED, SWARF, MADE, SHIPPED = (
    ("treat", "old", "CN"),
    ("recycle", "mag_low", "CN"),
    ("metal", "Dy", "CN", ""),
    ("ship",),
)
MINED = ("separate", "ore", "CN")


def activity(name: tuple[str, ...], takes: Good, gives: Good, mass: float, lag: int = 0) -> Activity:
    return Activity(name[0], name[1:], (GoodAmount(takes, 1.0),), (GoodAmount(gives, mass, lag),), 0.0)


def network() -> Network:
    acts = (
        activity(TREATED, Good("eol_old", "CN"), OXIDE, 0.1),
        activity(SWARF, Good("swarf_low", "CN"), OXIDE, 0.2),
        activity(MINED, Good("feed:ore", "CN"), OXIDE, 1.0),
        activity(MADE, OXIDE, METAL, 0.8),
        activity(SHIPPED, METAL, THERE, 1.0, lag=1),
    )
    return Network((OXIDE, METAL, THERE), acts, (), (), (), (), {}, {})


def month(number: int, did: dict[tuple[str, ...], float], stock: dict[Good, float]) -> MonthDone:
    before = SimpleNamespace(stock_t=stock, arriving_t={})
    return cast("MonthDone", SimpleNamespace(month=number, before=before, activity_t=did, delays={}))


def test_a_pool_mixes_what_is_in_stock_with_what_is_made() -> None:
    """Of 10 t of oxide in stock a tenth is from swarf; 20 t of magnets give 2 t, 10 t of swarf 2 t, ore 6 t: 20 t.

    End of life 2 / 20 = 10 %, swarf (1 + 2) / 20 = 15 %. Metal of it has the same shares. 4 t of metal leave for Europe,
    arrive a month later and mix there with 4 t in stock, all of it from ore: 5 % and 7.5 %.
    """
    start = dict.fromkeys(ELEMENTS, np.array([0.0, 0.1]))
    first = month(0, {TREATED: 20.0, SWARF: 10.0, MINED: 6.0, MADE: 10.0, SHIPPED: 4.0}, {OXIDE: 10.0})
    found = RecycledShares(network(), start).months([first])[0]
    assert found.share[OXIDE, "Dy"].tolist() == pytest.approx([0.10, 0.15])
    assert found.share[METAL, "Dy"].tolist() == pytest.approx([0.10, 0.15])
    mass, carried = found.arriving[THERE, "Dy", 1]
    assert mass == 4.0
    assert carried.tolist() == pytest.approx([0.10, 0.15])
    none = dict.fromkeys(ELEMENTS, np.zeros(2))
    second = month(1, {}, {THERE: 4.0})
    account = RecycledShares(network(), none).months(
        [month(0, {TREATED: 20.0, MINED: 18.0, MADE: 10.0, SHIPPED: 4.0}, {}), second]
    )
    assert account[1].share[THERE, "Dy"].tolist() == pytest.approx([0.05, 0.0])


def test_a_pool_without_anything_has_no_share() -> None:
    found = RecycledShares(network(), dict.fromkeys(ELEMENTS, np.ones(2) / 4)).months([month(0, {}, {})])[0]
    assert not found.share[OXIDE, "Dy"].any()


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return packed("controls-back", "2025-01", grid=PlanningGrid((1, 1, 1)))


def test_recycled_tonnes_that_enter_a_pool_leave_it(simulation: Simulation) -> None:
    """For each oxide, metal and magnet: share x (stock + arrivals + made) is the recycled part of each of them."""
    start = base_shares(simulation)
    account = RecycledShares(simulation.network, start).months(simulation.months)
    acts = {a.name: a for a in simulation.network.activities}
    before = None
    for done, found in zip(simulation.months, account, strict=True):
        for element in ELEMENTS:
            mass: dict[Good, float] = {}
            recycled: dict[Good, float] = {}
            pools = {entry for entry, of in found.share if of == element}
            for entry in pools:
                stock = done.before.stock_t.get(entry, 0.0)
                kept = start[element] if before is None else before.share[entry, element]
                came = done.before.arriving_t.get((entry, done.month), 0.0)
                carried = (
                    start[element]
                    if before is None
                    else before.arriving.get((entry, element, done.month), (0, kept))[1]
                )
                mass[entry] = stock + came
                recycled[entry] = float(stock * kept[0] + came * carried[0])
            for name, did in done.activity_t.items():
                if acts[name].kind in ("recipe", "swap"):
                    continue
                taken = next((t.good for t in acts[name].takes if t.good in pools), None)
                source = 1.0 if name[0] == "treat" else float(found.share[taken, element][0]) if taken else 0.0
                source = 0.0 if name[0] == "recycle" else source
                for given in acts[name].gives:
                    if given.good in pools and not given.lag:
                        part = did * given.mass * done.delays.get(name, AT_ONCE)[0]
                        mass[given.good] += part
                        recycled[given.good] += part * source
            for entry in pools:
                assert float(found.share[entry, element][0]) * mass[entry] == pytest.approx(recycled[entry], abs=1e-5)
        before = found


def test_shares_lie_between_nothing_and_everything(simulation: Simulation) -> None:
    rows = recycled_rows(simulation, simulation.months)
    assert {row["element"] for row in rows} == set(ELEMENTS)
    for row in rows:
        for end_of_life, swarf in zip(row["end_of_life_share"], row["swarf_share"], strict=True):
            assert 0 <= end_of_life <= 1
            assert 0 <= swarf <= 1
            assert end_of_life + swarf <= 1


def test_rows_show_end_of_life_and_swarf_apart(simulation: Simulation) -> None:
    rows = end_of_life_rows(simulation, simulation.months)
    at = {(row["region"], row["content"]): row for row in rows}
    assert at["CN", "old"]["recovered_t"]["Dy"][0] > 0
    assert at["CN", "old"]["swarf_t"] == {}
    assert at["CN", "swarf"]["swarf_t"]["NdPr"][0] > 0
    assert at["CN", "swarf"]["recovered_t"] == {}
    leaving = math.fsum(math.fsum(row["leaving_t"]) for row in rows)
    assert leaving == pytest.approx(
        math.fsum(math.fsum(done.devices.leaving_t.values()) for done in simulation.months), rel=1e-6
    )
