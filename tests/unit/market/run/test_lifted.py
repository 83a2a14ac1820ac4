"""Removal of a clause: it is not anticipated, and past actions remain."""

from __future__ import annotations

import pytest

from coercivity.base.months import Month, parse_month
from coercivity.law.rules.load import load_rulebook
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.runs import runs_of, simulation_of
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import BEGIN, Lifted, Simulation, capacities

NOTICE, APRIL, JULY, LAST = "18/2025", parse_month("2025-04"), parse_month("2025-07"), parse_month("2025-08")


def run(scenario: str, lifted_in: Month | None = None) -> Simulation:
    book = load_rulebook()
    (asked,) = runs_of(book, read_scenario(scenario, capacities()), LAST)
    lifted = None if lifted_in is None else Lifted(NOTICE, lifted_in)
    return simulation_of(book, asked, BEGIN, LAST, lifted=lifted)


def told(done: MonthDone) -> tuple[object, ...]:
    return done.month, done.activity_t, done.price, done.quote, done.stock_t, done.desk.licences_t.tolist()


@pytest.fixture(scope="module")
def held() -> Simulation:
    return run("controls-back")


@pytest.fixture(scope="module")
def lifted() -> Simulation:
    return run("controls-back", JULY)


def test_until_it_falls_both_runs_are_one_bit_for_bit(held: Simulation, lifted: Simulation) -> None:
    before = [done for done in held.months if done.month < JULY]
    assert len(before) == JULY - BEGIN
    for a, b in zip(before, lifted.months, strict=False):
        assert told(a) == told(b)


def test_from_then_on_nothing_asks_by_it_and_dysprosium_leaves_freely(held: Simulation, lifted: Simulation) -> None:
    (with_it,), (without,) = ([d for d in c.months if d.month == JULY] for c in (held, lifted))
    bucket = next(name for name in with_it.gates if name[0] == "ox_Dy" and name[2] == "EUR" and name[3] == "civil")
    assert not with_it.gates[bucket].free
    assert without.gates[bucket].free
    assert told(with_it) != told(without)


def test_what_falls_before_it_was_made_is_as_if_it_never_was() -> None:
    never, early = run("without-18-2025"), run("controls-back", APRIL)
    for a, b in zip(never.months, early.months, strict=True):
        assert told(a) == told(b)
