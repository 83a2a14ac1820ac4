"""Published prices are one dual vector: no basis, thread or history moves them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from coercivity.market.inputs.coefficients import ABROAD, ELEMENTS, MAGNETS, METALS
from coercivity.market.network.network import Good
from coercivity.market.program.build import PlanningWindow
from coercivity.market.program.lp import Solved
from coercivity.market.program.state import State
from coercivity.market.program.update import WindowUpdate
from coercivity.market.results.price_gap import priced, route, split
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation
from coercivity.permission.desk.ahead import DeskAhead
from tests.oracles.market_parts import SIX_MONTHS, Parts, packed, parts_of
from tests.oracles.market_toy import again

SAME, EXACT, RESIDUAL = 1e-3, 1e-9, 1e-6
GOODS = (*(f"ox_{e}" for e in ELEMENTS), *(f"met_{e}" for e in METALS), *MAGNETS)


class ColdUpdate(WindowUpdate):
    """Forgets every basis, so that each month is solved from nothing."""

    def to(self, month: int, state: State, desk: DeskAhead) -> None:
        self.window.lp._start = b""
        self.window.lp._engine.clearSolver()
        super().to(month, state, desk)


class AnyDual(PlanningWindow):
    """Takes the dual vector at which the solver stops."""

    def solve(self, *, continued: bool = False) -> Solved | None:
        return self.lp.solve()


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    """A short run through 18/2025."""
    return packed("controls-back", "2025-06", SIX_MONTHS, "2025-01")


@pytest.fixture(scope="module")
def parts(simulation: Simulation) -> Parts:
    return parts_of(simulation)


def worst(ours: Sequence[MonthDone], theirs: Sequence[MonthDone]) -> float:
    """Largest difference of a margin in the months of both, as a share of it; of prices under a dollar in dollars."""
    there = {done.month: done for done in theirs}
    return max(
        abs(done.price[entry] - there[done.month].price[entry]) / max(abs(done.price[entry]), 1.0)
        for done in ours
        if done.month in there
        for entry in published(done.price)
    )


def published(price: Mapping[Good, float]) -> list[Good]:
    return [entry for entry in price if entry.name in GOODS and entry == priced(entry.name, entry.region)]


def flows_apart(ours: Sequence[MonthDone], theirs: Sequence[MonthDone]) -> float:
    """Largest difference of what an activity did, in tonnes."""
    there = {done.month: done for done in theirs}
    return max(
        abs(done.activity_t.get(name, 0.0) - there[done.month].activity_t.get(name, 0.0))
        for done in ours
        if done.month in there
        for name in {**done.activity_t, **there[done.month].activity_t}
    )


def test_a_run_solved_from_nothing_each_month_is_the_same(simulation: Simulation, parts: Parts) -> None:
    cold = replace(parts, moves=ColdUpdate).months(len(simulation.months))
    assert worst(simulation.months, cold) < SAME
    assert flows_apart(simulation.months, cold) < SAME


def test_a_run_begun_in_the_middle_is_the_same(simulation: Simulation, parts: Parts) -> None:
    forked = parts.from_month(simulation.months[3]).months(3)
    assert [done.month for done in forked] == [done.month for done in simulation.months[3:]]
    assert worst(simulation.months, forked) < SAME
    assert flows_apart(simulation.months, forked) < SAME


def test_two_threads_give_the_same(simulation: Simulation, parts: Parts) -> None:
    threads = replace(parts, settings={"threads": 2, "parallel": "on"}).months(3)
    assert worst(simulation.months, threads) < SAME


def test_whatever_was_solved_before_does_not_matter(simulation: Simulation, parts: Parts) -> None:
    """A window that comes from the end of the run gives its first month again."""
    update = parts.update()
    for done in (simulation.months[-1], simulation.months[2], simulation.months[0]):
        again(update, done)
        plan = update.window.solve()
        assert plan is not None
        for entry in published(done.price):
            price = float(plan.dual[update.window.row("good", entry, 0)])
            assert price == pytest.approx(done.price[entry], rel=SAME, abs=SAME), entry


def test_the_dual_at_which_the_solver_stops_is_another(simulation: Simulation, parts: Parts) -> None:
    """The test can fail: without the canonical vector cold and warm runs differ, and prices with them."""
    plain = replace(parts, window=AnyDual)
    warm = plain.months(len(simulation.months))
    assert worst(warm, simulation.months) > SAME


def test_the_parts_of_a_gap_add_up_with_the_canonical_prices(simulation: Simulation) -> None:
    """The residual is below a millionth of the price for every good, region and month."""
    window, seen = simulation.update.window, 0
    for done in simulation.months:
        for name in GOODS:
            for region in ABROAD:
                if priced(name, region) not in done.price:
                    continue
                gap = split(window, done, route(window, name, region))
                left = next(part.usd_per_kg for part in gap.parts if part.part == "residual")
                assert abs(left) <= RESIDUAL * max(abs(gap.outside), abs(gap.inside), 1.0), (name, region, done.month)
                seen += 1
    assert seen > 500


def test_prices_and_reduced_costs_are_one_dual_point(simulation: Simulation) -> None:
    """Cost less what the rows of a column are worth is its reduced cost, to a billionth, in every month."""
    window = simulation.update.window
    update = simulation.update
    for done in simulation.months[::2]:
        again(update, done)
        model = window.lp._engine.getLp()
        cost = list(model.col_cost_)
        worth = [0.0] * len(cost)
        for row, col in window.lp.entries.keys() | window.lp._changed.keys():
            worth[col] += window.lp.entry_at(row, col) * float(done.plan.dual[row])
        for col, price in enumerate(cost):
            left = price - worth[col] - float(done.plan.reduced_cost[col])
            assert abs(left) < RESIDUAL * max(abs(price), 1.0), (col, left)


def test_nothing_that_may_be_thrown_away_has_a_negative_price(simulation: Simulation) -> None:
    """Oxides, metals and magnets can always be left, so that no price of theirs is below zero."""
    found = [
        (done.month, entry, done.price[entry])
        for done in simulation.months
        for entry in published(done.price)
        if done.price[entry] < -EXACT
    ]
    assert found == []
