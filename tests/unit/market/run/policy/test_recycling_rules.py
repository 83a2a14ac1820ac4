"""Recycling mandates and bans on scrap exports by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.base.months import parse_month
from coercivity.market.network.network import Activity, Good, GoodAmount, Network
from coercivity.market.program.lp import INF
from coercivity.market.results.mechanisms.policy_tables import policy_rows
from coercivity.market.run.policy.policies import policy_drivers
from coercivity.market.run.policy.recycling_rules import limit_of, with_bans, with_mandates
from coercivity.market.run.scenarios.policies import Mandate, PoliciesAsked, ScrapBan
from coercivity.market.run.simulate import world_once
from tests.oracles.market_small import before, one_good
from tests.oracles.market_toy import drivers, simulated, told

JUNE, JULY = parse_month("2026-06"), parse_month("2026-07")
EOL, AWAY = Good("eol_x", "EUR"), Good("eol_x", "JP")


def scrap(origin: str, to: str) -> Activity:
    return Activity("scrap", ("eol_x", origin, to), (GoodAmount(EOL, 1.0),), (GoodAmount(AWAY, 1.0),), 0.4)


def network(*activities: Activity) -> Network:
    return replace(one_good((), 1.0), activities=activities)


def test_a_mandate_counts_the_element_on_both_sides() -> None:
    """Treatment gives 0.3 t of Dy oxide a tonne; the usual design of wind takes magnets with their content of Dy."""
    coefficients = world_once().coefficients
    treat = Activity("treat", ("high", "EUR"), (GoodAmount(EOL, 1.0),), (GoodAmount(Good("ox_Dy", "EUR"), 0.3),), 1.0)
    elsewhere = replace(treat, key=("high", "JP"))
    magnet = GoodAmount(Good("mag_high", "EUR", "bound"), 1.0)
    usual = Activity("recipe", ("wind", "EUR", "usual"), (magnet,), (), 0.0)
    lean = replace(usual, key=("wind", "EUR", "lean_3"))
    asked = Mandate.model_validate({"id": "m", "region": "EUR", "element": "Dy", "share": "0.25", "pay": "20"})
    (found,) = with_mandates(network(treat, elsewhere, usual, lean), [asked], coefficients).requirements
    assert [name for name, _ in found.supplies] == [treat.name]
    assert found.supplies[0][1] == pytest.approx(0.3 * coefficients.element_share("ox_Dy", "Dy"))
    assert found.of == ((("wind", "EUR"), coefficients.element_share("mag_high", "Dy")),)
    assert (found.least, found.pay) == (0.25, 20.0)


def test_a_ban_closes_scrap_that_leaves_the_region_from_its_month() -> None:
    """Known in June, in force from July; what comes in, or goes elsewhere, is free."""
    out, into, other = scrap("EUR", "JP"), scrap("JP", "EUR"), scrap("NAM", "JP")
    ban = ScrapBan.model_validate({"id": "b", "region": "EUR", "from": "2026-07", "published": "2026-06"})
    found = with_bans(network(out, into, other), [ban])
    assert [activity.limits for activity in found.activities] == [((limit_of(ban), 1.0),), (), ()]
    asked = PoliciesAsked(scrap_bans=[ban])
    capacity = policy_drivers(drivers(found.limits), asked, found).capacity
    state = before(one_good((), 1.0))
    room = [
        capacity(limit_of(ban), month, seen, state) for month, seen in ((JUNE, JUNE), (JULY, JUNE), (JULY, JUNE - 1))
    ]
    assert room == [INF, 0.0, INF]


def test_a_mandate_that_nobody_can_meet_is_named_with_the_least_change() -> None:
    """Half of all terbium from old magnets, at any cost, where hardly any are collected."""
    asked = {"mandates": [{"id": "half", "region": "EUR", "element": "Tb", "share": "0.5"}]}
    scenario = replace(told("no-controls"), policies=PoliciesAsked.model_validate(asked))
    with pytest.raises(CoercivityError) as caught:
        simulated(scenario, "2024-10", 1)
    (fault,) = caught.value.faults
    assert fault.code == "INFEASIBLE"
    assert "'half' (0.5 of demand)" in fault.what
    assert "lower 'half' by" in fault.next
    assert "t in 2024-10" in fault.next


def test_a_mandate_with_a_payment_is_paid_where_it_is_short() -> None:
    """What is short of half of the use costs 20 USD/kg: with what counts it adds up to the half."""
    asked = {"mandates": [{"id": "half", "region": "EUR", "element": "Tb", "share": "0.5", "pay": "20"}]}
    run = simulated(replace(told("no-controls"), policies=PoliciesAsked.model_validate(asked)), "2024-10", 1)
    (row,) = policy_rows(run, run.months)
    (wanted,) = (each for each in run.network.requirements if each.name == "half")
    needed = 0.5 * sum(mass * run.months[0].uses[demand].wanted_t for demand, mass in wanted.of)
    assert needed > 0
    assert row["mass_t"][0] + row["usd"][0] / 20_000 == pytest.approx(needed, rel=1e-6)


def test_a_mandate_covers_nothing_before_and_after_its_months() -> None:
    """Old magnets are treated in all three months for one mandate; the other counts what the second gives."""
    always = {"id": "always", "region": "CN", "element": "NdPr", "share": "0.5", "pay": "1"}
    once = {**always, "id": "once", "from": "2024-11", "to": "2024-11"}
    policies = PoliciesAsked.model_validate({"mandates": [always, once]})
    run = simulated(replace(told("no-controls"), policies=policies), "2024-12", 3)
    one, two = policy_rows(run, run.months)
    assert min(one["mass_t"]) > 0
    assert two["mass_t"] == [0.0, one["mass_t"][1], 0.0]
    assert [usd > 0 for usd in two["usd"]] == [False, True, False]
