"""Policies of every kind in one packed run: its windows a second time, its stocks, payments and balances by hand."""

from __future__ import annotations

import pytest

from coercivity.base.months import parse_month
from coercivity.market.results.mechanisms.policy_tables import policy_rows, reserve_rows
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation
from tests.oracles.breadth.flows import balances, open_goods, planned
from tests.oracles.breadth.policies import (
    FLOOR,
    LIMITED,
    LIMITED_T,
    difference,
    held_t,
    quote,
    stock_flow,
    under_floor_t,
    under_policies,
)
from tests.oracles.market_asked import asked_of
from tests.oracles.market_linopy import least_cost

CLOSE = 1e-11
# Committed in nine digits.
ROUNDED = 1e-8
LAST = "2025-08"
FLOORS_FROM = parse_month("2025-02")


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return under_policies(LAST, (1, 1, 1, 3, 6))


@pytest.mark.parametrize("place", [2, 4, 8, 10])
def test_window_under_policies_costs_the_same_in_linopy(simulation: Simulation, place: int) -> None:
    """Before, between and after their first months, with every mechanism on."""
    done, update = simulation.months[place], simulation.update
    update.window.delay(done.delays)
    update.to(done.month, done.before, done.seen)
    plan = update.window.solve()
    assert plan is not None
    assert least_cost(asked_of(update, done.before, done.month, done.seen)) == pytest.approx(plan.objective, rel=CLOSE)


def test_every_balance_closes_under_policies(simulation: Simulation) -> None:
    for done in simulation.months:
        found = balances(simulation, done, planned(simulation, done))
        apart = {entry: gap for entry, gap in found.items() if not entry.name.startswith("reserve:")}
        assert open_goods(apart, done.disposed_t) == {}


def test_a_state_stock_is_what_was_bought_less_what_was_released(simulation: Simulation) -> None:
    (row,) = reserve_rows(simulation, simulation.months)
    held, bought, released = 5.0, 0.0, 0.0
    for n, done in enumerate(simulation.months):
        before, held = held, stock_flow(done, "reserve-jp", held)
        assert held_t(done, "reserve-jp") == pytest.approx(held, rel=ROUNDED, abs=ROUNDED)
        assert row["held_t"][n] == pytest.approx(held, rel=ROUNDED, abs=ROUNDED)
        assert held - before == pytest.approx(row["bought_t"][n] - row["released_t"][n], abs=1e-7)
        bought, released = bought + row["bought_t"][n], released + row["released_t"][n]
        assert row["bought_t"][n] <= 2.0 + 1e-9
        assert row["released_t"][n] <= min(3.0, before) + 1e-9
    assert bought > 0
    assert released > 0


def paid(simulation: Simulation, name: str) -> tuple[list[float], list[float]]:
    row = next(each for each in policy_rows(simulation, simulation.months) if each["policy"] == name)
    return row["mass_t"], row["usd"]


def in_force(done: MonthDone) -> bool:
    return done.month >= FLOORS_FROM


def test_makers_are_paid_the_difference_to_the_quote(simulation: Simulation) -> None:
    """All tonnes of North America: mass x (130 - quote) x 1,000 kg, or three tenths of it back above the floor."""
    masses, usd = paid(simulation, "all")
    for done, mass, sum_usd in zip(simulation.months, masses, usd, strict=True):
        made = under_floor_t(simulation, done, "ox_NdPr", "NAM", None) if in_force(done) else 0.0
        assert mass == pytest.approx(made, rel=ROUNDED, abs=1e-9)
        owed = made * difference(FLOOR, quote(done, "ox_NdPr", "NAM"), 0.3) * 1000
        assert sum_usd == pytest.approx(owed, rel=1e-7, abs=1e-3)
    assert any(usd)


def test_a_limited_floor_pays_for_no_more_than_its_tonnes(simulation: Simulation) -> None:
    masses, usd = paid(simulation, "some")
    for done, mass, sum_usd in zip(simulation.months, masses, usd, strict=True):
        made = under_floor_t(simulation, done, "ox_NdPr", "SEA", "floor:some:SEA") if in_force(done) else 0.0
        below = quote(done, "ox_NdPr", "SEA") < LIMITED
        assert made <= LIMITED_T / 12 * (1 + 1e-7)
        if below:
            assert mass == pytest.approx(made, rel=ROUNDED, abs=1e-9)
        owed = made * difference(LIMITED, quote(done, "ox_NdPr", "SEA"), 0.0) * 1000 if below else 0.0
        assert sum_usd == pytest.approx(owed, rel=1e-7, abs=1e-3)


def test_no_scrap_leaves_a_region_that_bans_it(simulation: Simulation) -> None:
    for done in simulation.months:
        gone = [m for name, m in done.activity_t.items() if name[0] == "scrap" and name[2] == "EUR"]
        assert not gone or done.month < parse_month("2025-01")
