"""Instruments: what each costs, and the scenario that pays it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from coercivity.market.run.industry.money import annuity
from coercivity.market.run.industry.projects import Terms
from coercivity.market.run.runs import RunAsked
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import capacities
from coercivity.ministry.fund.model import Instrument
from coercivity.ministry.pipeline.book import decimal_shares
from coercivity.ministry.pipeline.funded import Paid, funded_run
from coercivity.ministry.pipeline.relief import Way, floor_of, ways
from tests.unit.ministry.pipeline.draws import MONTHS, YEARS, draws, plant, project
from tests.unit.ministry.pipeline.test_what_money_adds import added

TERMS = Terms(0.12, 15.0, {"metal": 24.0}, 3, 1.5, 1.2, 0.5, 0.5)


def paid(relief: float, charge: float = 10.0) -> dict[Instrument, Way]:
    """Returns the ways to pay a metal plant of USD 30 million whose product has a price of 90 USD/kg."""
    found = ways(project(plant("A")), [added([relief], charge)], relief, 90.0, 0.0, TERMS, 0.05)
    return {way.instrument: way for way in found}


def test_a_grant_takes_its_share_of_the_charge_off_the_investment() -> None:
    assert paid(4.0)["grant"].amount == 12.0


def test_a_loan_lowers_the_charge_as_much_as_the_grant() -> None:
    loan = paid(2.0)["loan"]
    lent = loan.amount / 30.0
    rate = lent * 0.05 + (1 - lent) * 0.12
    assert annuity(rate, 15.0) == pytest.approx(0.8 * annuity(0.12, 15.0), rel=1e-5)
    assert loan.share == pytest.approx(1 - annuity(0.05, 15.0) / annuity(0.12, 15.0), rel=1e-5)


def test_a_loan_of_the_whole_investment_may_not_be_enough() -> None:
    assert set(paid(4.0)) == {"grant", "offtake"}


def test_beyond_the_charge_only_a_premium_helps() -> None:
    found = paid(14.0)
    assert set(found) == {"offtake"}
    assert (found["offtake"].amount, found["offtake"].price_usd_per_kg) == (14.0, 104.0)


def test_a_floor_is_the_price_at_which_four_draws_of_five_build() -> None:
    price = {"ox_NdPr:XCN": [[80.0] * len(MONTHS), [100.0] * len(MONTHS)]}
    given = draws({"traded": price}, 2)
    assert floor_of([added([30.0, 5.0])], [given], YEARS) == 110.0


def test_shares_of_a_file_add_up_to_one() -> None:
    assert decimal_shares([Fraction(1)] * 3) == [Fraction("0.3334"), Fraction("0.3333"), Fraction("0.3333")]


def test_a_funded_run_pays_each_plant_by_its_investment() -> None:
    both = project(
        plant("L", "sep_light:AU", "sep_light"), plant("M", "mine:X:AU", "mine"), investment_musd=(20.0, 10.0)
    )
    run = RunAsked(read_scenario("as-known", capacities()), "lapsed", "lapsed")
    found = funded_run(
        run, [Paid(both, Way("grant", 15.0)), Paid(project(plant("A")), Way("offtake", 4.0, None, 94.0))]
    )
    grants = {each.plant: each.amount for each in found.scenario.policies.support}
    assert grants == {"L": 10.0, "M": 5.0}
    (bought,) = found.scenario.policies.offtakes
    assert (bought.plant, bought.price, bought.tonnes_a_year) == ("A", 94.0, 120.0)
    assert found.scenario.id.startswith("as-known+funded-")


def test_another_set_has_another_name() -> None:
    run = RunAsked(read_scenario("as-known", capacities()), "lapsed", "lapsed")
    one = project(plant("A"))
    names = {funded_run(run, [Paid(one, Way("grant", amount))]).scenario.id for amount in (1.0, 2.0)}
    assert len(names) == 2
