"""The market model against a second build in linopy of its equations in docs/market.md."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from coercivity.base.months import month_text
from coercivity.market.network.network import LESS, MORE, DemandStep, Requirement
from coercivity.market.program.lp import Solved
from coercivity.market.program.state import Law, State
from coercivity.market.program.update import WindowUpdate
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.scenarios.planning import default_grid
from coercivity.market.run.simulate import Simulation
from coercivity.permission.desk.ahead import DeskAhead
from coercivity.permission.gate import Gate, Way
from tests.oracles.desk_toy import Seen, sees
from tests.oracles.market_asked import Asked, asked_of
from tests.oracles.market_duals import from_base_prices, nearest_to_base_prices, programme, value_of, worst_slackness
from tests.oracles.market_linopy import Reference, least_cost
from tests.oracles.market_toy import (
    FIRST,
    FREE,
    LICENCE,
    Periods,
    Toy,
    always,
    drivers,
    moves_of,
    packed_run,
    says,
    simulated,
    told,
    walk,
)

# Both builds have met to the last digits; what is required is 1e-9.
CLOSE = 1e-11
OPTIMAL = 1e-7
# Single months only, and a grid in which lags, files, gates and foresight end inside periods.
GRIDS: dict[str, Periods] = {"single months": 4, "long periods": (1, 1, 1, 3, 6, 12)}
# Enough steps of each kind that a long period joins some.
FINE = (
    DemandStep(400.0, 0.3),
    DemandStep(300.0, 0.1),
    DemandStep(250.0, 0.1),
    DemandStep(150.0, 0.2, LESS),
    DemandStep(100.0, 0.1, LESS),
    DemandStep(70.0, 0.1, LESS),
    DemandStep(60.0, 0.1, LESS),
    DemandStep(30.0, 0.05, MORE),
    DemandStep(20.0, 0.03, MORE),
    DemandStep(10.0, 0.01, MORE),
    DemandStep(5.0, 0.01, MORE),
)
FORESEEN = 9


def planned(update: WindowUpdate, state: State, month: int, seen: DeskAhead) -> Solved:
    update.to(month, state, seen)
    plan = update.window.solve()
    assert plan is not None
    return plan


def same_by_linopy(update: WindowUpdate, state: State, month: int, seen: DeskAhead) -> None:
    """Ours equals the second build, in the same month from the same state."""
    plan = planned(update, state, month, seen)
    assert least_cost(asked_of(update, state, month, seen)) == pytest.approx(plan.objective, rel=CLOSE)


def later(gate: Gate, from_month: int) -> Law:
    """Free before a month, known from the beginning."""
    return lambda bucket, month, known: gate if month >= from_month else FREE


DENIED, SHUT = says(Way.DENIAL), says(Way.SHUT)
LAWS = {
    "no law": always(FREE),
    "leave": always(LICENCE),
    "leave in five months": later(LICENCE, FIRST + 4),
    "refused": always(DENIED),
    "prohibited in two months": later(SHUT, FIRST + 2),
    "prohibited in eight months": later(SHUT, FIRST + 8),
    "pause that ends": lambda bucket, month, known: FREE if FIRST + 1 <= month <= FIRST + 7 else LICENCE,
}


# A desk without a backlog, and one with licences, grants to come, general licences and a wait that ends inside a month.
DESKS: dict[str, Seen] = {
    "no backlog": sees(),
    "backlog": sees(usable_t=0.7, expected_t={1: 0.4, 3: 1.1}, general_t=0.3, lead=1.4, granted=0.6, filed_most=1.2),
}


@pytest.mark.sampled
@pytest.mark.parametrize("keeping", [True, False], ids=["stocks", "no stocks"])
@pytest.mark.parametrize("grid", sorted(GRIDS))
@pytest.mark.parametrize("desk", sorted(DESKS))
@pytest.mark.parametrize("name", sorted(LAWS))
def test_toy_window_costs_the_same_in_linopy(name: str, desk: str, grid: str, keeping: bool) -> None:
    toy = Toy(lag=2, steps=FINE)
    update = toy.update(LAWS[name], GRIDS[grid], keeping=keeping, seen=DESKS[desk], foresight=FORESEEN)
    state = toy.state(update.window.network)
    state.short["JP"] = 0.2
    if not keeping:
        state.stock_t.clear()
    same_by_linopy(update, state, FIRST, update.at(FIRST, state))


@pytest.mark.parametrize("lag", [0, 2])
def test_toy_window_of_which_customs_hold_a_part_costs_the_same_in_linopy(lag: int) -> None:
    """A part arrives one and two months later; without transit it lands in the last period at the latest."""
    toy = Toy(lag=lag)
    update = toy.update(always(FREE), (1, 1, 1, 3))
    update.window.delay({("ship", "ox_Dy", "CN", "JP", "civil", "free"): (0.25, 0.5, 0.25)})
    state = toy.state(update.window.network)
    same_by_linopy(update, state, FIRST, update.at(FIRST, state))


def test_every_month_of_a_toy_run_costs_the_same_in_linopy() -> None:
    """What a month leaves is taken up alike: stock, goods and files under way, shares reached, quotes."""
    toy = Toy()
    update = toy.update(LAWS["leave in five months"], (1, 1, 1, 3, 3))
    for done in walk(update, toy.state(update.window.network), FIRST, FIRST + 6):
        assert done.before.quote
        same_by_linopy(update, done.before, done.month, done.seen)
    assert done.seen.grants_t.sum() > 0
    assert done.before.ready
    assert done.before.stock_t


def test_toy_with_a_quota_a_duty_and_a_requirement_costs_the_same_in_linopy() -> None:
    required = (
        Requirement("dysprosium for all", 0.9, FIRST + 1, FIRST + 4, use=("Dy", "JP")),
        Requirement("a tonne of lanthanum", 1.0, FIRST + 3, FIRST + 9, route=("ox_La", "CN", "JP")),
    )
    toy = Toy(requirements=required)
    plain = toy.network()
    limits = {**plain.limits, "quota:both": 5.0}
    activities = tuple(
        replace(a, limits=(*a.limits, ("quota:both", 1.0))) if a.kind == "ship" else a for a in plain.activities
    )
    network = replace(plain, activities=activities, limits=limits, quotas={"quota:both": "a-quota"})
    world = drivers(
        limits,
        duty=lambda good, month, seen_from: 0.25 if good == "ox_Dy" and month >= FIRST + 4 else 0.0,
        dutied=frozenset({"ox_Dy"}),
    )
    update = moves_of(network, toy.rates(network), always(FREE), world, (1, 1, 1, 3, 6))
    state = toy.state(network)
    same_by_linopy(update, state, FIRST, update.at(FIRST, state))


def test_linopy_sees_when_nothing_is_feasible() -> None:
    toy = Toy(requirements=(Requirement("too much", 1000.0, FIRST, FIRST, route=("ox_La", "CN", "JP")),))
    update = toy.update(always(FREE))
    state = toy.state(update.window.network)
    seen = update.at(FIRST, state)
    assert update.window.solve() is None
    assert least_cost(asked_of(update, state, FIRST, seen)) is None


ANOTHER: dict[str, Callable[[Asked], Asked]] = {
    "law": lambda asked: replace(asked, law=lambda bucket, first, months, known: ((LICENCE, 1.0),)),
    "grid": lambda asked: replace(asked, lengths=(1, 1, 1, 6, 3)),
    "interest": lambda asked: replace(asked, rates=replace(asked.rates, discount=0.09)),
    "layers of cover": lambda asked: replace(asked, rates=replace(asked.rates, layers=asked.rates.layers[:-1])),
    "return above cover": lambda asked: replace(asked, rates=replace(asked.rates, risk=0.0)),
    "quotes": lambda asked: replace(asked, state=replace(asked.state, quote={})),
    "stock at the start": lambda asked: replace(asked, state=replace(asked.state, stock_t={})),
    "what a region went without": lambda asked: replace(asked, state=replace(asked.state, short={"JP": 0.5})),
    "foresight": lambda asked: replace(asked, drivers=replace(asked.drivers, foresight=2)),
    "customs": lambda asked: replace(asked, delays={("ship", "ox_Dy", "CN", "JP", "civil", "free"): (0.0, 1.0)}),
}


@pytest.mark.parametrize("what", sorted(ANOTHER))
def test_linopy_would_notice_another(what: str) -> None:
    """The comparison can fail: the second build with something else costs something else."""
    toy = Toy(growth=0.3)
    update = toy.update(always(FREE), (1, 1, 1, 3, 6))
    state = toy.state(update.window.network)
    state.stock_t = {entry: 3.0 * mass for entry, mass in state.stock_t.items()}
    seen = update.at(FIRST, state)
    plan = planned(update, state, FIRST, seen)
    found = least_cost(ANOTHER[what](asked_of(update, state, FIRST, seen)))
    assert found is not None
    assert abs(found / plan.objective - 1) > 1e-6


# One dual vector of many.


def must_be_canonical(update: WindowUpdate, state: State, month: int, seen: DeskAhead) -> tuple[float, float]:
    """Returns the distance from base prices of the published duals and of those that the solver ends at."""
    plan = planned(update, state, month, seen)
    this = programme(update.window)
    assert worst_slackness(this, plan) <= OPTIMAL
    assert np.abs(this.reduced(plan.dual) - plan.reduced_cost).max() <= OPTIMAL
    assert value_of(this, plan.dual) == pytest.approx(plan.objective, rel=CLOSE)
    own = update.window.lp.solve()
    assert own is not None
    assert own.objective == pytest.approx(plan.objective, rel=CLOSE)
    return from_base_prices(update.window, plan.dual), from_base_prices(update.window, own.dual)


@pytest.mark.parametrize("grid", sorted(GRIDS))
@pytest.mark.parametrize("name", sorted(LAWS))
def test_toy_duals_are_optimal_and_none_are_closer_to_base_prices(name: str, grid: str) -> None:
    toy = Toy(steps=FINE)
    update = toy.update(LAWS[name], GRIDS[grid])
    state = toy.state(update.window.network)
    seen = update.at(FIRST, state)
    found, own = must_be_canonical(update, state, FIRST, seen)
    plan = planned(update, state, FIRST, seen)
    assert found == pytest.approx(nearest_to_base_prices(update.window, plan), rel=1e-7)
    assert found <= own * (1 + 1e-9)


# The whole packed market.

MONTHS = ("2024-11", "2025-03", "2025-04", "2025-05", "2025-10", "2026-02", "2026-12")

PARTLY_FREE = ("2025-04",)


@pytest.fixture(scope="module")
def packed() -> Simulation:
    """Before the controls, the month before 18/2025, its own with some free days and the next, 61/2025, the pause, its end."""
    return packed_run("controls-back", MONTHS[-1], default_grid().periods)


def month_of(simulation: Simulation, text: str) -> MonthDone:
    return next(done for done in simulation.months if month_text(done.month) == text)


@pytest.mark.parametrize("text", MONTHS)
def test_packed_window_is_the_same_in_linopy(packed: Simulation, text: str) -> None:
    """The same cost, and the same flows in the month carried out: no two plans cost the same."""
    done = month_of(packed, text)
    assert all(gate.free for gate in done.gates.values()) == (text < "2025-04")
    shares = [packed.update.shares(bucket, done.month, 1, done.month) for bucket in packed.update.asked]
    assert any(len(each) > 1 for each in shares) == (text in PARTLY_FREE)
    packed.update.window.delay(done.delays)
    plan = planned(packed.update, done.before, done.month, done.seen)
    reference = Reference(asked_of(packed.update, done.before, done.month, done.seen))
    welfare = reference.most_welfare()
    assert welfare == pytest.approx(-plan.objective, rel=CLOSE)
    level = reference.done.variable.solution.values
    for activity in packed.network.activities:
        found = float(level[reference.done.at[activity.name, 0]])
        assert found == pytest.approx(done.activity_t.get(activity.name, 0.0), rel=1e-6, abs=1e-5), activity.name


@pytest.mark.parametrize("text", ["2024-11", "2025-05"])
def test_packed_duals_are_optimal_and_closer_to_base_prices_than_those_of_the_solver(
    packed: Simulation, text: str
) -> None:
    done = month_of(packed, text)
    packed.update.window.delay(done.delays)
    found, own = must_be_canonical(packed.update, done.before, done.month, done.seen)
    assert found <= own * (1 + 1e-9)


def test_packed_window_without_stocks_costs_the_same_in_linopy() -> None:
    simulation = simulated(told("controls-back", behaviour={"stocks": "false"}), "2025-05", (1, 1, 1, 3), "2025-03")
    assert not simulation.months[-1].stock_t
    done = simulation.months[-1]
    same_by_linopy(simulation.update, done.before, done.month, done.seen)


def test_packed_window_with_quota_duty_shock_and_requirement_costs_the_same_in_linopy() -> None:
    scenario = told(
        quotas=[{"name": "heavies", "goods": ["ox_Dy", "ox_Tb"], "tonnes_a_month": "5", "clause": "a-quota"}],
        duties=[{"goods": ["ox_Dy", "mag_high"], "share": "0.25", "clause": "a-duty", "from": "2025-02"}],
        shocks=[{"capacity": "mine:MYANMAR_IONIC:MM-LA", "share": "0.4", "reason": {"en": "-"}}],
        require=[{"name": "cars", "use": "ev_traction", "region": "EUR", "share": "0.5"}],
        plants=[
            {"id": "own", "region": "EUR", "stage": "magnet", "capacity": "900", "unit": "t/yr", "start": "2024-11"}
        ],
        demand=[{"use": "wind", "region": "all", "share": "1.3"}],
    )
    simulation = simulated(scenario, "2025-02", (1, 1, 1, 3, 6))
    done = simulation.months[-1]
    assert done.duties["ox_Dy"] == (0.25, ("a-duty",))
    same_by_linopy(simulation.update, done.before, done.month, done.seen)
