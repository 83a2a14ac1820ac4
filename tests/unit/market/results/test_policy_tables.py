"""What policies cost, and their parts of a gap, in a short run: each figure checked against the months."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.base.months import parse_month
from coercivity.market.network.network import Good
from coercivity.market.results.mechanisms.policy_tables import policy_rows
from coercivity.market.results.tables import Tables
from coercivity.market.results.welfare import welfare, welfare_by_party
from coercivity.market.run.scenarios.policies import PoliciesAsked
from coercivity.market.run.simulate import Simulation
from tests.oracles.market_toy import simulated, told

FIRST, LAST = parse_month("2024-10"), parse_month("2024-12")
ASKED = {
    "price_floors": [
        {"id": "makers", "good": "ox_NdPr", "region": "SEA", "price": "110", "from": "2024-10"},
        {"id": "border", "kind": "border", "good": "mag_none", "region": "EUR", "price": "200", "from": "2024-11"},
    ],
    "support": [{"id": "grant", "kind": "grant", "plant": "sept-iles", "amount": "100"}],
    "offtakes": [{"id": "taken", "plant": "hanau", "tonnes_a_year": "120", "price": "70"}],
    "stockpiles": [
        {
            "id": "stock",
            "good": "ox_NdPr",
            "region": "JP",
            "buy_tonnes_a_month": "20",
            "at_most": "90",
            "from": "2024-11",
            "to": "2024-12",
        }
    ],
}


@pytest.fixture(scope="module")
def run() -> Simulation:
    return simulated(replace(told("no-controls"), policies=PoliciesAsked.model_validate(ASKED)), "2024-12", 4)


@pytest.fixture(scope="module")
def tables(run: Simulation) -> Tables:
    return Tables(run, FIRST, LAST)


def test_makers_get_what_the_quote_lacks(run: Simulation, tables: Tables) -> None:
    row = tables.all["policies"][0]
    for n, done in enumerate(run.months):
        lacking = 110 - done.before.quote[Good("ox_NdPr", "SEA")]
        assert row["mass_t"][n] > 100
        assert row["usd"][n] == pytest.approx(1000 * lacking * row["mass_t"][n], rel=1e-6)


def test_a_state_pays_the_price_of_the_month(run: Simulation, tables: Tables) -> None:
    row = next(row for row in tables.all["policies"] if row["policy"] == "stock")
    (reserve,) = tables.all["reserves"]
    assert row["mass_t"] == reserve["bought_t"] == [0, 20, 20]
    assert reserve["held_t"] == [0, 20, 40]
    prices = [done.price[Good("ox_NdPr", "JP")] for done in run.months]
    assert row["usd"] == pytest.approx([0, 20_000 * prices[1], 20_000 * prices[2]], rel=1e-6)
    assert max(prices) < 90


def test_the_parts_of_every_gap_add_up_with_those_of_policies(tables: Tables) -> None:
    seen = set()
    for month in tables.gaps_by_month:
        for gap in month.values():
            assert sum(part.usd_per_kg for part in gap.parts) == pytest.approx(gap.gap, abs=1e-9)
            seen |= {(part.part, part.clauses) for part in gap.parts if abs(part.usd_per_kg) > 1e-3}
    assert ("floor", ("border",)) in seen
    assert ("stockpile", ("stock",)) in seen


def test_the_months_before_a_border_floor_do_not_pay_it(run: Simulation) -> None:
    ship = ("ship", "mag_none", "CN", "EUR", "civil", "free")
    paid = [done.charges.get(ship, 0.0) for done in run.months]
    assert paid[0] == 0.0
    assert min(paid[1:]) > 100


def test_what_a_state_would_have_paid_is_no_gain(run: Simulation) -> None:
    """The highest price of the state changes no account: 90 and 900 USD/kg give the same welfare where both buy."""
    stock = {**ASKED["stockpiles"][0], "at_most": "900"}
    dearer = PoliciesAsked.model_validate({**ASKED, "stockpiles": [stock]})
    other = simulated(replace(told("no-controls"), policies=dearer), "2024-12", 4)
    assert welfare(other, FIRST, LAST) == pytest.approx(welfare(run, FIRST, LAST), rel=1e-6)
    one, two = (welfare_by_party(each, FIRST, LAST) for each in (run, other))
    assert two["states"] == pytest.approx(one["states"], rel=1e-3)


def test_what_states_pay_is_no_loss_of_the_chinese_treasury(run: Simulation, tables: Tables) -> None:
    """The treasury has the levies alone; states pay makers and for their stock, and receive the floor at the border."""
    found = welfare_by_party(run, FIRST, LAST)
    paid = {row["policy"]: sum(row["usd"]) for row in tables.all["policies"]}
    assert found["states"] == pytest.approx(paid["border"] - paid["makers"] - paid["stock"], rel=1e-6)
    levies = sum(done.activity_t.get(name, 0.0) * usd for done in run.months for name, usd in done.levies.items())
    assert found["tax"] == pytest.approx(1000 * levies, rel=1e-6)


def test_an_offtake_is_paid_where_the_plant_runs_and_a_grant_where_it_is_decided(tables: Tables) -> None:
    """120 t a year are 10 t a month at 70 USD/kg; no project is decided in 2024 for a grant."""
    grant, offtake = (
        next(row for row in tables.all["policies"] if row["policy"] == name) for name in ("grant", "taken")
    )
    assert (offtake["region"], offtake["mass_t"], offtake["usd"]) == ("EUR", [10.0] * 3, [700_000.0] * 3)
    assert (grant["kind"], grant["region"], grant["usd"]) == ("grant", "NAM", [0.0] * 3)


@pytest.mark.parametrize(
    ("months", "usd"),
    [({}, 1e8), ({"from": "2024-11"}, 0.0), ({"to": "2024-09"}, 0.0), ({"published": "2024-11"}, 0.0)],
)
def test_a_grant_is_paid_only_to_a_project_decided_while_it_can_be_had(
    run: Simulation, months: dict[str, str], usd: float
) -> None:
    """The project is taken as decided in October 2024."""
    asked = {"support": [{**ASKED["support"][0], **months}]}
    done = run.months[0]
    industry = replace(done.after.industry, decided_on={"sept-iles": FIRST})
    decided = replace(done, after=replace(done.after, industry=industry))
    other = replace(run, scenario=replace(run.scenario, policies=PoliciesAsked.model_validate(asked)))
    (row,) = policy_rows(other, [decided])
    assert row["usd"] == [usd]
