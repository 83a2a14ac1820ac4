"""Contracts in the whole market: without effect they change nothing, and what is due comes or is paid for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.base.months import month_text, parse_month
from coercivity.market.results.mechanisms.contract_tables import ContractPrices
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import Simulation, capacities
from tests.oracles.market_toy import packed_run, simulated

MOST_ROUTES = 12


def without_contracts(name: str, last: str) -> Simulation:
    """A run with the mechanism switched off."""
    scenario = read_scenario(name, capacities())
    behaviour = scenario.behaviour.model_copy(update={"off": ["contracts"]})
    return simulated(replace(scenario, behaviour=behaviour), last, 6)


@pytest.fixture(scope="module")
def known() -> Simulation:
    return packed_run("as-known", "2026-09")


@pytest.fixture(scope="module")
def long() -> Simulation:
    return packed_run("long-contracts", "2026-09")


def test_switched_off_no_plan_is_held_to_any(known: Simulation) -> None:
    """Until the first contract is due, 2025-11, less the months that a plan looks ahead, nothing differs."""
    off = without_contracts("as-known", "2025-05")
    assert not off.deliveries
    assert not off.network.requirements
    for ours, theirs in zip(off.months, known.months, strict=False):
        for entry, price in ours.price.items():
            assert theirs.price[entry] == pytest.approx(price, rel=1e-6, abs=1e-6), (month_text(ours.month), entry)


def test_contracts_add_few_rows(known: Simulation, long: Simulation) -> None:
    assert len(known.deliveries) == 3
    assert len(long.deliveries) == 8 <= MOST_ROUTES


def test_a_scenarios_contracts_have_no_effect_before_they_are_published(known: Simulation, long: Simulation) -> None:
    """They are published in January 2026 and due from July on."""
    for ours, theirs in zip(long.months, known.months, strict=True):
        if ours.month < parse_month("2026-01"):
            for entry, price in ours.price.items():
                assert theirs.price[entry] == pytest.approx(price, rel=1e-6, abs=1e-6), (month_text(ours.month), entry)


def test_what_is_due_comes_or_falls_short_at_the_contract_price(known: Simulation, long: Simulation) -> None:
    for simulation in (known, long):
        window = simulation.update.window
        paid = ContractPrices(simulation)
        for done in simulation.months:
            for entry in simulation.deliveries:
                due, came = done.required_t[entry.name], paid.route_t(entry, done)
                short = float(done.plan.value[window.column("short", entry.name, 0)])
                assert came + short >= due - 1e-5
                worth = float(done.plan.dual[window.row("require", entry.name, 0)])
                # A kilogram that is due is worth nothing where more than due comes anyway.
                assert worth >= -1e-9
                assert worth == pytest.approx(0.0, abs=1e-7) or came + short == pytest.approx(due, abs=1e-4)


def test_more_is_delivered_where_a_contract_is_due(known: Simulation, long: Simulation) -> None:
    """From July 2026 Japan sends the magnets that it owes to Europe and North America, more than without contracts."""

    def sent(simulation: Simulation, name: str, region: str) -> float:
        done = simulation.months[-1]
        return sum(mass for act, mass in done.activity_t.items() if act[:4] == ("ship", name, "JP", region))

    for name, region, least in (("mag_high", "EUR", 40.0), ("mag_low", "NAM", 60.0)):
        assert sent(long, name, region) >= least - 1e-5
        assert sent(long, name, region) > sent(known, name, region)
