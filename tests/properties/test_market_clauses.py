"""Effects of clauses on the market: properties 6, 7, 8 and 10 of docs/market.md."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.months import month_text, parse_month
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.network.network import Network
from coercivity.market.program.build import PlanningWindow, Rates
from coercivity.market.program.state import Drivers, Law, State
from coercivity.market.program.update import WindowUpdate
from coercivity.market.run.drivers import rates_of
from coercivity.market.run.law import law_of, shares_of
from coercivity.market.run.licensing.customs import CustomsHolds
from coercivity.market.run.licensing.desk_practice import practice_of
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation
from coercivity.market.run.world import first_state
from coercivity.permission.buckets import load_buckets
from coercivity.permission.desk.ahead import DeskAhead
from coercivity.permission.desk.cells import cells_of
from coercivity.permission.desk.from_practice import desk_of
from coercivity.permission.desk.state import DeskMonth
from coercivity.permission.gate import Gate, Way
from coercivity.permission.gates import Gates
from coercivity.practice.desk import ELEMENTS
from tests.oracles.desk_toy import sees
from tests.oracles.market_parts import parts_of
from tests.oracles.market_toy import (
    FIRST,
    FREE,
    LICENCE,
    Toy,
    always,
    drivers,
    grid_over,
    moves_of,
    packed_book,
    packed_run,
    says,
    simulated,
    told,
    walk,
)
from tests.sampling import examples

SAME = 1e-9
LONG = (1, 1, 1, 3, 6, 12)
SHUT, DENIED = says(Way.SHUT), says(Way.DENIAL)


@dataclass(frozen=True)
class Cut:
    """A world in which one capacity is cut to a share."""

    drivers: Drivers
    name: str
    share: float

    def __call__(self, name: str, month: int, seen_from: int, state: State) -> float:
        return self.drivers.capacity(name, month, seen_from, state) * (self.share if name == self.name else 1.0)


def planned(update: WindowUpdate, state: State, month: int, seen: DeskAhead) -> float:
    update.to(month, state, seen)
    plan = update.window.solve()
    assert plan is not None
    return plan.objective


# Test 6.


@settings(max_examples=examples(40))
@given(
    name=st.sampled_from(["mine:Dy:CN", "mine:La:JP", "works:CN", "works:JP", "quota:both"]),
    less=st.floats(0.0, 1.0),
    law=st.sampled_from([FREE, LICENCE]),
)
def test_6_less_capacity_never_lowers_the_cost_of_a_toy(name: str, less: float, law: Gate) -> None:
    """Test 6: with the same state and terminal values a tighter quota or capacity can only cost, and more of it costs more."""
    costs = [_toy_cost(law, ((name, share),)) for share in (1.0, max(less, 0.5), min(less, 0.5))]
    assert costs[0] <= costs[1] + SAME * abs(costs[0])
    assert costs[1] <= costs[2] + SAME * abs(costs[0])


@settings(max_examples=examples(20))
@given(st.lists(st.tuples(st.sampled_from(["mine:Dy:CN", "works:CN", "quota:both"]), st.floats(0.2, 1.0)), max_size=3))
def test_6_taking_one_limit_out_never_raises_the_cost_of_a_toy(cuts: list[tuple[str, float]]) -> None:
    """Test 6: of several restrictions each, taken out alone, can only save."""
    whole = _toy_cost(LICENCE, tuple(cuts))
    for place in range(len(cuts)):
        rest = (*cuts[:place], *cuts[place + 1 :])
        assert _toy_cost(LICENCE, rest) <= whole + SAME * abs(whole)


@lru_cache(maxsize=1)
def _under_quota() -> tuple[Network, Rates, State]:
    toy = Toy()
    plain = toy.network()
    activities = tuple(
        replace(a, limits=(*a.limits, ("quota:both", 1.0))) if a.kind == "ship" else a for a in plain.activities
    )
    limits = {**plain.limits, "quota:both": 6.0}
    network = replace(plain, activities=activities, limits=limits, quotas={"quota:both": "a-quota"})
    return network, toy.rates(network), toy.state(network)


def _toy_cost(law: Gate, cuts: tuple[tuple[str, float], ...]) -> float:
    network, rates, state = _under_quota()
    room = dict(network.limits)
    for name, share in cuts:
        room[name] *= share
    update = moves_of(network, rates, always(law), drivers(room), 4)
    return planned(update, state, FIRST, update.at(FIRST, state))


def test_6_a_quota_on_the_packed_market_costs_more_the_tighter_it_is() -> None:
    """Test 6 on the packed market: capacities cut by a quarter and by half, from one state."""
    simulation = packed_run("controls-back", "2025-06", 3)
    done = simulation.months[-1]
    simulation.update.window.delay(done.delays)
    names = [
        name for name in ("mine:MYANMAR_IONIC:MM-LA", "magnet:JP", "metal:SEA") if name in simulation.network.limits
    ]
    assert len(names) == 3
    for name in names:
        costs = []
        for share in (1.0, 0.75, 0.5, 0.0):
            cut = replace(simulation.update.drivers, capacity=Cut(simulation.update.drivers, name, share))
            update = WindowUpdate(simulation.update.window, simulation.update.law, cut)
            costs.append(planned(update, done.before, done.month, done.seen))
        assert costs == sorted(costs)
        assert costs[-1] > costs[0] + 1.0, name


def test_6_a_control_taken_out_never_raises_the_cost_of_a_window() -> None:
    """Test 6 on the packed market: each control of a month, taken out alone, can only save; the state stays the same."""
    simulation = packed_run("controls-back", "2026-12", 3)
    done = next(d for d in simulation.months if month_text(d.month) == "2026-12")
    clauses = sorted({clause.split("/")[0] for gate in done.gates.values() for clause in gate.clauses})
    simulation.update.window.delay(done.delays)
    whole = planned(simulation.update, done.before, done.month, done.seen)
    saved = {}
    for clause in clauses:
        gates = Gates(packed_book(), assume=simulation.assume, without=[clause])
        without = planned(
            WindowUpdate(simulation.update.window, law_of(gates), simulation.update.drivers, shares_of(gates)),
            done.before,
            done.month,
            done.seen,
        )
        assert without <= whole + SAME * abs(whole), clause
        saved[clause] = whole - without
    assert max(saved.values()) > 1.0


# Test 7.

PARTS = (
    "activity_t",
    "price",
    "quote",
    "stock_t",
    "disposed_t",
    "uses",
    "filed_t",
    "cleared_t",
    "delays",
    "permission_value",
)


def same_until(a: Simulation, b: Simulation, before: str) -> list[MonthDone]:
    """Checks that months before one are equal to the bit, and returns them."""
    found = []
    for ours, theirs in zip(a.months, b.months, strict=True):
        if month_text(ours.month) < before:
            for part in PARTS:
                assert getattr(ours, part) == getattr(theirs, part), (month_text(ours.month), part)
            for column in fields(DeskMonth):
                assert np.array_equal(getattr(ours.desk, column.name), getattr(theirs.desk, column.name)), column.name
            assert np.array_equal(ours.plan.value, theirs.plan.value)
            assert np.array_equal(ours.plan.dual, theirs.plan.dual)
            found.append(ours)
    return found


def test_7_nothing_is_anticipated_that_is_published_on_the_day_it_takes_effect() -> None:
    """Test 7: 18/2025 was published and took effect on 4 April 2025; until March 2025 a run without it is bit-equal."""
    with_it, without = packed_run(), packed_run("without-18-2025")
    assert len(same_until(with_it, without, "2025-04")) == 6
    apart = next(d for d in with_it.months if month_text(d.month) == "2025-04")
    other = next(d for d in without.months if month_text(d.month) == "2025-04")
    assert apart.activity_t != other.activity_t


@pytest.mark.parametrize("clause", ["mofcom-gac-2025-57", "mofcom-2025-61", "mofcom-2025-62"])
def test_7_nothing_of_october_2025_is_anticipated(clause: str) -> None:
    """Test 7: what was published on 9 October 2025 moves nothing until September, on goods, magnets abroad or plants."""
    assert len(same_until(autumn(), autumn(clause), "2025-10")) == 3


@lru_cache(maxsize=4)
def autumn(*clauses: str) -> Simulation:
    """The autumn of 2025 without some clauses."""
    scenario = told("controls-back")
    taken = replace(scenario, law=scenario.law.model_copy(update={"without": list(clauses)}))
    return simulated(taken, "2025-11", first="2025-07")


# Test 8.


def announced(good: str, published: int, effective: int, gate: Gate) -> Law:
    """A control on what leaves China that becomes known in one month and bites in another."""

    def ask(bucket: tuple[str, str, str, str], month: int, known: int) -> Gate:
        caught = bucket[0] == good and bucket[1] == CHINA
        return gate if caught and known >= published and month >= effective else FREE

    return ask


def abroad_t(done: MonthDone, name: str) -> float:
    """Stock outside China of what a control names, in every form that it is kept in under its name [t]."""
    return sum(mass for entry, mass in done.stock_t.items() if entry.name == name and entry.region != CHINA)


def under_way_t(done: MonthDone, name: str) -> float:
    return sum(mass for key, mass in done.activity_t.items() if key[:3] == ("ship", name, CHINA))


@pytest.mark.parametrize("gate", [SHUT, DENIED], ids=["prohibited", "refused"])
def test_8_an_announcement_fills_stocks_in_a_toy(gate: Gate) -> None:
    """Test 8: between publication and effect more is kept abroad, and before publication nothing moves."""
    published, effective = FIRST + 3, FIRST + 6
    toy = Toy(cover=0.5)
    runs = []
    for law in (announced("ox_Dy", published, effective, gate), always(FREE)):
        update = toy.update(law)
        runs.append(walk(update, toy.state(update.window.network), FIRST, FIRST + 8))
    more = []
    for told_of, plain in zip(*runs, strict=True):
        if told_of.month < published:
            assert told_of.activity_t == plain.activity_t
            assert told_of.price == plain.price
        if published <= told_of.month < effective:
            more.append(abroad_t(told_of, "ox_Dy") - abroad_t(plain, "ox_Dy"))
    assert min(more) >= -SAME
    assert max(more) > 0.5


def test_8_an_announcement_fills_stocks_in_the_packed_market() -> None:
    """Test 8 on the packed market: dysprosium magnets, known in November 2024 and prohibited from February 2025."""
    simulation = packed_run("no-controls", "2025-01", 6)
    published, effective = parse_month("2024-11"), parse_month("2025-02")
    first, parts = simulation.months[0], parts_of(simulation)
    runs = []
    for law in (announced("mag_high", published, effective, SHUT), always(FREE)):
        window = PlanningWindow(simulation.network, simulation.update.window.rates, grid_over(LONG))
        update = WindowUpdate(window, law, simulation.update.drivers)
        runs.append(walk(update, first.before, first.month, effective - 1, parts.desk, plants=parts.plants))
    more = []
    for told_of, plain in zip(*runs, strict=True):
        if told_of.month < published:
            assert told_of.activity_t == plain.activity_t
        else:
            more.append(abroad_t(told_of, "mag_high") - abroad_t(plain, "mag_high"))
    assert len(more) == 3
    assert min(more) >= -1e-5
    # What is shipped in the last free month, to be kept, arrives after it: nobody pays for storage earlier.
    sent = [sum(under_way_t(done, "mag_high") for done in months) for months in runs]
    assert sent[0] > sent[1]
    last = [under_way_t(months[-1], "mag_high") for months in runs]
    assert last[0] - last[1] > 10.0


def test_8_the_announcement_of_october_2025_never_empties_stocks_abroad() -> None:
    """Test 8: 57/2025 was published on 9 October 2025 for 8 November, and paused the day before; in October it was believed."""
    with_it, plain = autumn(), autumn("mofcom-gac-2025-57")
    october = [next(d for d in c.months if month_text(d.month) == "2025-10") for c in (with_it, plain)]
    moved = 0.0
    for name in ("ox_HoLu", "ox_Eu"):
        more = abroad_t(october[0], name) - abroad_t(october[1], name)
        assert more >= -1e-6, name
        moved += more
    assert with_it.months[-1].gates["ox_HoLu", CHINA, "JP", "civil"].passes is Way.FREE
    assert moved > 1.0


# Test 10.


@pytest.mark.parametrize("keeping", [True, False], ids=["stocks", "no stocks"])
def test_10_leave_for_the_asking_is_freedom_in_a_toy(keeping: bool) -> None:
    """Test 10: granted always, at once, in any number and without papers, leave changes nothing."""
    toy = Toy(leads=(1.0,), papers=0.0, instant=True)
    runs = []
    for gate in (FREE, LICENCE):
        update = toy.update(always(gate), keeping=keeping)
        state = toy.state(update.window.network)
        if not keeping:
            state.stock_t.clear()
        runs.append(walk(update, state, FIRST, FIRST + 5))
    for ours, theirs in zip(*runs, strict=True):
        assert theirs.plan.objective == pytest.approx(ours.plan.objective, rel=SAME)
        assert shipped(theirs) == pytest.approx(shipped(ours), rel=1e-7)
        assert max(theirs.permission_value.values()) == pytest.approx(0.0, abs=1e-9)


def shipped(done: MonthDone) -> dict[tuple[str, ...], float]:
    """Tonnes by good, origin and destination, however they passed."""
    found: dict[tuple[str, ...], float] = {}
    for key, mass in done.activity_t.items():
        if key[0] == "ship":
            found[key[1:4]] = found.get(key[1:4], 0.0) + mass
    return found


def test_10_a_desk_with_everything_off_is_freedom_in_the_packed_market() -> None:
    """Test 10 on nine months of the packed market: where nothing waits, is refused, returned or counted.

    A promise of end use is no matter of the desk, so goods shipped on a licence are as those shipped without; then the
    same tonnes leave at the same prices as without controls.
    """
    simulation = packed_run("no-controls", "2025-01", 6)
    full = simulation.network
    free_ways = {a.key[:3]: a for a in full.activities if a.kind == "ship" and a.key[-1] == Way.FREE}
    network = replace(
        full,
        activities=tuple(
            replace(a, gives=free_ways[a.key[:3]].gives, cost=free_ways[a.key[:3]].cost)
            if a.kind == "ship" and a.key[-1] == Way.LICENCE
            else a
            for a in full.activities
        ),
    )
    names = [b.name for b in network.buckets]
    assert len(names) > 50
    first, off = simulation.months[0].month, practice_of(simulation.scenario).without(ELEMENTS)
    desk = desk_of(cells_of(((b.name, b.orders_t) for b in network.buckets), load_buckets().members), off, first)
    rates = rates_of(simulation.world.figures, network, desk, off, first)
    state = first_state(replace(simulation.world, network=network), first, desk)

    def asked(bucket: tuple[str, str, str, str], month: int, known: int) -> Gate:
        return LICENCE if bucket in names else FREE

    runs = []
    for law in (always(FREE), asked):
        # Loading limits shipments without a licence only.
        free_loading = replace(simulation.update.drivers, loading=lambda route, month: math.inf)
        update = moves_of(network, rates, law, free_loading, 6)
        runs.append(walk(update, state, first, first + 8, desk, CustomsHolds(network, off, load_buckets().members)))
    for free, leave in zip(*runs, strict=True):
        assert leave.plan.objective == pytest.approx(free.plan.objective, rel=SAME)
        assert shipped(leave) == pytest.approx(shipped(free), rel=1e-6, abs=1e-6)
        for entry, price in free.price.items():
            assert leave.price[entry] == pytest.approx(price, rel=1e-3, abs=1e-3), (leave.month, entry)
    assert sum(float(leave.desk.used_t.sum()) for leave in runs[1]) > 1000.0


def test_10_would_notice_papers() -> None:
    """Test 10 can fail: with papers to pay for, leave is no longer free."""
    toy = Toy(leads=(1.0,), papers=0.5)
    costs = []
    for gate in (FREE, LICENCE):
        update = toy.update(always(gate), seen=sees(granted=1.0, filed_most=1e6))
        state = toy.state(update.window.network)
        costs.append(planned(update, state, FIRST, update.at(FIRST, state)))
    assert costs[1] > costs[0] + 0.5
