"""Gains and losses over a period, and volumes: additive, zero without change, equal to plain sums."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.base.months import parse_month
from coercivity.law.rules.load import load_rulebook
from coercivity.market.results.welfare import (
    KILO,
    TAX,
    less,
    made_abroad_t,
    shipped_t,
    uses_t,
    welfare,
    welfare_by_party,
)
from coercivity.market.run.runs import runs_of, simulation_of
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import BEGIN, Lifted, Simulation, capacities
from coercivity.verbs.clause_cost import HOLDERS, price

FIRST, LAST = parse_month("2025-03"), parse_month("2025-06")
CLAUSE = "a18-1c905"


def simulation(*, without: str = "") -> Simulation:
    book = load_rulebook()
    (asked,) = runs_of(book, read_scenario("controls-back", capacities()), LAST)
    return simulation_of(book, asked, BEGIN, LAST, lifted=Lifted(without, FIRST) if without else None)


@pytest.fixture(scope="module")
def with_it() -> Simulation:
    return simulation()


@pytest.fixture(scope="module")
def without() -> Simulation:
    return simulation(without=CLAUSE)


def test_the_parties_and_the_holders_share_the_whole_difference(with_it: Simulation, without: Simulation) -> None:
    found = price(
        runs_of(load_rulebook(), read_scenario("controls-back", capacities()), LAST)[0],
        with_it,
        without,
        frozenset({CLAUSE}),
        FIRST,
        LAST,
    )
    whole = welfare(with_it, FIRST, LAST) - welfare(without, FIRST, LAST)
    assert abs(whole) > 1e5
    assert sum(found["kept_usd"].values()) == pytest.approx(whole, rel=1e-6)
    money = less(welfare_by_party(with_it, FIRST, LAST), welfare_by_party(without, FIRST, LAST))
    assert {name: usd for name, usd in found["kept_usd"].items() if name != HOLDERS} == money
    assert found["kept_usd"][HOLDERS] == pytest.approx(whole - sum(money.values()), rel=1e-6)


@pytest.mark.parametrize("cut", range(FIRST, LAST))
def test_a_span_is_worth_what_its_two_parts_are_worth(with_it: Simulation, cut: int) -> None:
    """What the first part leaves in store or under way is what the second one finds."""
    parts = welfare(with_it, FIRST, cut), welfare(with_it, cut + 1, LAST)
    whole = welfare(with_it, FIRST, LAST)
    assert sum(parts) == pytest.approx(whole, rel=1e-6)
    assert all(0 < part < whole for part in parts)


def test_a_month_counts_what_it_moves_into_and_out_of_store(with_it: Simulation) -> None:
    """Cut in months one by one, the stocks of 2025-03 to -06 are counted once, not once a month."""
    months = sum(welfare(with_it, month, month) for month in range(FIRST, LAST + 1))
    assert months == pytest.approx(welfare(with_it, FIRST, LAST), rel=1e-9)
    prices = with_it.network.prices
    held = sum(mass * prices.get(good, 0.0) for good, mass in with_it.months[-1].stock_t.items()) * KILO
    assert held > 1e-3 * abs(months)


def test_accounts_add_up_over_months_too(with_it: Simulation) -> None:
    whole = welfare_by_party(with_it, FIRST, LAST)
    sums: dict[str, float] = {}
    for month in range(FIRST, LAST + 1):
        for name, usd in welfare_by_party(with_it, month, month).items():
            sums[name] = sums.get(name, 0.0) + usd
    assert sums == pytest.approx(whole, rel=1e-6, abs=1.0)


def test_the_tax_is_what_was_charged_and_nobody_pays_where_nothing_is(with_it: Simulation) -> None:
    months = [done for done in with_it.months if FIRST <= done.month <= LAST]
    paid = sum(
        mass * done.levies[key] * KILO for done in months for key, mass in done.activity_t.items() if key in done.levies
    )
    assert paid > 1e6
    assert welfare_by_party(with_it, FIRST, LAST)[TAX] == pytest.approx(paid, rel=1e-6)
    free = replace(with_it, months=tuple(replace(done, levies={}) for done in with_it.months))
    assert TAX not in welfare_by_party(free, FIRST, LAST)
    charged = {key[1] for done in months for key in done.levies}
    assert {good.partition("_")[0] for good in charged} == {"ox", "met"}  # magnets are paid their tax back


def test_licences_earn_where_leave_is_asked_only(with_it: Simulation, without: Simulation) -> None:
    """Before 18/2025 no file is worth anything; after it every destination of dysprosium earns."""
    early = welfare_by_party(with_it, parse_month("2024-10"), parse_month("2024-12"))
    assert not any(usd for name, usd in early.items() if name.startswith("licence:"))
    late = welfare_by_party(with_it, parse_month("2025-05"), LAST)
    freer = welfare_by_party(without, parse_month("2025-05"), LAST)
    for region in ("EUR", "JP", "KR"):
        assert late[f"licence:{region}"] > freer[f"licence:{region}"] > 0


def test_less_leaves_out_zeros() -> None:
    assert less({"a": 3.0, "b": 1.0, "c": 2.0}, {"b": 1.0, "d": 0.0, "e": 4.0}) == {"a": 3.0, "c": 2.0, "e": -4.0}
    assert less({}, {}) == {}
    assert list(less({"z": 1.0}, {"a": 1.0})) == ["a", "z"]


def test_tonnes_are_plain_sums(with_it: Simulation) -> None:
    shipped: dict[str, float] = {}
    made: dict[str, float] = {}
    uses: dict[str, dict[str, float]] = {"less_t": {}, "substituted_t": {}, "without_t": {}}
    first = parse_month("2025-05")
    for done in with_it.months:
        if done.month not in (first, first + 1):
            continue
        for name, mass in done.activity_t.items():
            if name[:1] == ("ship",) and name[2] == "CN":
                shipped[name[1]] = shipped.get(name[1], 0.0) + mass
            if name[0].endswith("magnet") and name[2] != "CN":
                made[name[1]] = made.get(name[1], 0.0) + mass
        for (use, region), split in done.uses.items():
            for part, sums in uses.items():
                sums[f"{region}:{use}"] = sums.get(f"{region}:{use}", 0.0) + getattr(split, part)
    assert shipped_t(with_it, first, first + 1) == pytest.approx(shipped, rel=1e-8)
    assert made_abroad_t(with_it, first, first + 1) == pytest.approx(made, rel=1e-8)
    found = uses_t(with_it, first, first + 1)
    assert list(found) == ["less_t", "substituted_t", "without_t"]
    for part, sums in found.items():
        assert sums == pytest.approx(uses[part], rel=1e-8, abs=1e-9)
    assert shipped["mag_high"] > 50
    assert made["mag_high"] > 50
    assert max(uses["less_t"].values()) > 1
    assert max(uses["without_t"].values()) > 1


def test_a_span_without_months_holds_nothing(with_it: Simulation) -> None:
    late = LAST + 1
    assert welfare(with_it, late, late) == 0.0
    for of in (welfare_by_party, shipped_t, made_abroad_t):
        assert of(with_it, late, late) == {}
    assert uses_t(with_it, late, late) == {"less_t": {}, "substituted_t": {}, "without_t": {}}


def test_what_is_left_is_what_was_served_less_what_it_cost(with_it: Simulation) -> None:
    """Costs of making, keeping and filing are all above zero, so what is left is below the worth of what was served."""
    window = with_it.update.window
    span = [done for done in with_it.months if FIRST <= done.month <= LAST]
    served = sum(
        float(done.plan.value[window.column("step", demand.use, demand.region, k, 0)]) * step.worth * 1000
        for done in span
        for demand in with_it.network.demands
        for k, step in enumerate(demand.steps)
    )
    cost = {activity.name: activity.cost for activity in with_it.network.activities}
    made = sum(mass * cost[name] * 1000 for done in span for name, mass in done.activity_t.items())
    assert made > 0
    stocked = abs(welfare(with_it, FIRST, LAST) - (served - made))
    assert stocked < made
