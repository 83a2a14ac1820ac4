"""Estimated states take the place of those of a run: totals as given, proportions as in the run, nothing else moved."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from coercivity.base.months import parse_month
from coercivity.base.sums import total
from coercivity.law.rules.load import load_rulebook
from coercivity.market.inputs.coefficients import MAGNETS
from coercivity.market.network.network import Good
from coercivity.market.program.state import State
from coercivity.market.results.run_answer import run_answer
from coercivity.market.results.wedges import wedge_rows
from coercivity.market.run.observed import MonthObserved, ObservedAsked, ObservedState
from coercivity.market.run.question import RunQuestion
from coercivity.market.run.runs import RunAsked, runs_of, simulation_of
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import BEGIN, Simulation, capacities
from coercivity.permission.desk.state import DeskState

MONTH = parse_month("2025-09")
HIGH, LOW, PLAIN = Good("mag_high", "EUR", "bound"), Good("mag_low", "EUR", "free"), Good("mag_Ce", "EUR")
DYSPROSIUM = Good("ox_Dy", "JP", "bound")
STATE = State(
    stock_t={HIGH: 30.0, LOW: 10.0, DYSPROSIUM: 5.0},
    arriving_t={(HIGH, MONTH + 1): 8.0, (PLAIN, MONTH + 1): 6.0, (PLAIN, MONTH + 3): 4.0},
    ready={},
    quote={HIGH: 60.0, LOW: 50.0, PLAIN: 40.0, DYSPROSIUM: 300.0, Good("ox_Dy", "JP", "free"): 330.0},
    desk=cast(DeskState, object()),
    clearing_t={("mag_Ce", "EUR", MONTH + 1): 4.0},
)
SEEN = MonthObserved(
    stock_t={("magnets", "EUR"): 80.0},
    transit_t={("magnets", "EUR", MONTH + 1): 21.0, ("magnets", "EUR", MONTH + 2): 9.0},
    held_t={("magnets", "EUR"): 2.0},
    cleared_t={("magnets", "EUR"): 9.0},
    quote={("ox_Dy", "XCN"): 600.0},
)
OBSERVED = ObservedState(
    {"magnets": MAGNETS, "ox_Dy": ("ox_Dy",)},
    {MONTH: SEEN},
    {("magnets", "EUR"): 2},
    {("magnets", "EUR"): {HIGH: 1.0, LOW: 2.0}},
)


def test_stocks_have_the_estimated_total_in_the_proportions_of_the_run() -> None:
    found = OBSERVED.after(MONTH, STATE)
    assert found.stock_t == {HIGH: 60.0, LOW: 20.0, DYSPROSIUM: 5.0}


def test_a_group_of_which_the_run_has_nothing_is_split_as_usual() -> None:
    found = OBSERVED.after(MONTH, replace(STATE, stock_t={}))
    assert found.stock_t == pytest.approx({HIGH: 80.0 / 3, LOW: 160.0 / 3}, rel=1e-8)


def test_what_customs_hold_is_scaled_where_it_waits_and_where_it_will_arrive() -> None:
    """Held: 4 t become 2 t, which arrive in three months. What is cleared arrives as estimated."""
    found = OBSERVED.after(MONTH, STATE)
    assert found.clearing_t == {("mag_Ce", "EUR", MONTH + 1): 2.0}
    by_month = {
        when: total(mass for (_, then), mass in found.arriving_t.items() if then == when)
        for when in (MONTH + 1, MONTH + 2)
    }
    assert by_month == pytest.approx({MONTH + 1: 21.0, MONTH + 2: 9.0}, rel=1e-8)
    assert found.arriving_t[HIGH, MONTH + 1] == pytest.approx(12.0)
    assert found.arriving_t[PLAIN, MONTH + 3] == 2.0


def test_quotes_keep_their_ratios_and_other_products_their_quotes() -> None:
    found = OBSERVED.after(MONTH, STATE).quote
    assert (found[DYSPROSIUM], found[Good("ox_Dy", "JP", "free")]) == (600.0, 660.0)
    assert {entry: price for entry, price in found.items() if entry.name != "ox_Dy"} == {
        HIGH: 60.0,
        LOW: 50.0,
        PLAIN: 40.0,
    }


def test_a_month_without_an_estimate_and_a_run_without_stocks() -> None:
    assert OBSERVED.after(MONTH + 1, STATE) is STATE
    assert OBSERVED.after(MONTH, replace(STATE, stock_t={}), keeping=False).stock_t == {}


LAST = BEGIN + 2


@pytest.fixture(scope="module")
def asked() -> RunAsked:
    (found,) = runs_of(load_rulebook(), read_scenario("controls-back", capacities()), LAST)
    return found


@pytest.fixture(scope="module")
def plain(asked: RunAsked) -> Simulation:
    return simulation_of(load_rulebook(), asked, BEGIN, LAST)


def given(stock_t: float) -> ObservedState:
    """Europe has another stock of magnets after the first month, and more was sent there."""
    seen = MonthObserved({("magnets", "EUR"): stock_t}, {}, {}, {("magnets", "EUR"): 1500.0})
    return ObservedState({"magnets": MAGNETS}, {BEGIN: seen}, {}, {})


@pytest.fixture(scope="module")
def replayed(asked: RunAsked) -> Simulation:
    return simulation_of(load_rulebook(), asked, BEGIN, LAST, observed=given(1200.0))


def test_the_next_month_begins_from_the_estimate(plain: Simulation, replayed: Simulation) -> None:
    first, second = replayed.months[:2]
    held = (mass for entry, mass in second.before.stock_t.items() if entry.name in MAGNETS and entry.region == "EUR")
    assert total(held) == pytest.approx(1200.0)
    assert first.after is second.before
    # The month itself is that of the run without the estimate, bit for bit: no row of the plan observes anything.
    assert (first.activity_t, first.price, first.quote, first.stock_t) == (
        plain.months[0].activity_t,
        plain.months[0].price,
        plain.months[0].quote,
        plain.months[0].stock_t,
    )


def test_less_stock_means_more_shipments_afterwards(plain: Simulation, replayed: Simulation) -> None:
    def sent(simulation: Simulation) -> float:
        return total(done.cleared_t.get((name, "EUR"), 0.0) for done in simulation.months[1:] for name in MAGNETS)

    assert sent(replayed) > sent(plain) + 100.0


def test_the_wedge_is_the_market_less_the_estimate(replayed: Simulation, plain: Simulation) -> None:
    rows = {row["to_region"]: row for row in wedge_rows(replayed)}
    own = total(replayed.months[0].cleared_t.get((name, "EUR"), 0.0) for name in MAGNETS)
    assert rows["EUR"]["months"] == ["2024-10"]
    assert rows["EUR"]["observation_t"] == pytest.approx([own - 1500.0])
    assert rows["XCN"] == {**rows["EUR"], "to_region": "XCN"}
    assert wedge_rows(plain) == []


def test_without_observations_keys_and_answers_are_as_before(asked: RunAsked, plain: Simulation) -> None:
    book = load_rulebook()
    question = RunQuestion(asked, BEGIN, LAST)
    seen = replace(question, observed=ObservedAsked(None, (), "a"))
    other = replace(question, observed=ObservedAsked(None, ("file.csv",), "b"))
    keys = {each.key(book) for each in (question, seen, other)}
    assert len(keys) == 3
    assert replace(seen, observed=ObservedAsked(None, ("moved.csv",), "a")).key(book) == seen.key(book)
    assert "observed" not in run_answer(plain, question)
