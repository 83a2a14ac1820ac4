"""Runs that share months: they go on as the whole run does, and ask the same law."""

from __future__ import annotations

import pytest

from coercivity.base.months import Month, parse_month
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import Lifted, Simulation, capacities, simulate

NOTICE, FIRST, NEXT = "18/2025", parse_month("2025-12"), parse_month("2026-01")


def run(
    book: Rulebook, *, through: Month | None = None, lifted: Lifted | None = None, shared: Simulation | None = None
) -> Simulation:
    scenario = read_scenario("controls-back", capacities())
    return simulate(book, scenario, NEXT, assume={}, first=FIRST, through=through, lifted=lifted, shared=shared)


def told(done: MonthDone) -> tuple[object, ...]:
    return done.month, done.activity_t, done.price, done.quote, done.stock_t, done.desk.licences_t.tolist()


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook()


@pytest.fixture(scope="module")
def shared(book: Rulebook) -> Simulation:
    return run(book, through=FIRST)


@pytest.mark.parametrize("lifted", [None, Lifted(NOTICE, NEXT)])
def test_a_run_goes_on_from_shared_months_as_the_whole_run_does(
    book: Rulebook, shared: Simulation, lifted: Lifted | None
) -> None:
    whole, rest = run(book, lifted=lifted), run(book, lifted=lifted, shared=shared)
    assert [told(done) for done in rest.months] == [told(done) for done in whole.months[1:]]


def test_runs_of_shared_months_ask_one_law_and_one_law_without_each_clause(book: Rulebook, shared: Simulation) -> None:
    runs = [run(book, lifted=Lifted(NOTICE, NEXT), shared=shared) for _ in range(2)]
    assert all(each.seen is shared.seen for each in runs)
    assert list(shared.seen.lifted) == [NOTICE]
