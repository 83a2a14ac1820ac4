"""Price floors by hand: what makers are paid, what importers pay, and what a plan does with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.base.months import month_text
from coercivity.market.network.network import Activity, DemandStep, Good, GoodAmount, Network
from coercivity.market.run.policy.floors import Covered, covered, difference, limit_of, with_floors
from coercivity.market.run.policy.policies import policy_drivers, with_policies
from coercivity.market.run.scenarios.policies import PoliciesAsked, PriceFloor
from coercivity.market.run.simulate import world_once
from tests.oracles.market_small import HERE, THERE, before, moves, one_good
from tests.oracles.market_toy import FIRST, FREE, Moves, always, drivers

OXIDE = Good("ox_NdPr", "NAM")
CUT = Activity("separate", ("ore", "NAM"), (), (GoodAmount(OXIDE, 0.2),), 3.0)
SHIP = Activity("ship", ("ox_NdPr", "CN", "NAM", "", ""), (), (), 1.0)
SERVED = (DemandStep(40.0, 1.0),)
STARTS = month_text(FIRST + 1)


def floor(**parts: object) -> PriceFloor:
    asked = {"id": "f", "good": "ox_NdPr", "region": "NAM", "price": "110", **parts}
    return PriceFloor.model_validate(asked)


@pytest.mark.parametrize(
    ("asked", "quote", "paid"),
    [
        # 50 USD/kg short of the floor, 0.2 t of oxide a tonne of ore: 10 USD are paid to the maker.
        ({}, 60.0, -10.0),
        ({"tonnes_a_year": "60"}, 60.0, -10.0),
        # 20 USD/kg above the floor, of which 30 % are paid back: 20 x 0.3 x 0.2.
        ({"upside": "0.3"}, 130.0, 1.2),
        ({}, 130.0, 0.0),
        # On limited tonnes it is settled in the accounts.
        ({"upside": "0.3", "tonnes_a_year": "60"}, 130.0, 0.0),
    ],
)
def test_makers_are_paid_what_the_quote_lacks(asked: dict[str, str], quote: float, paid: float) -> None:
    assert difference(Covered(floor(**asked), CUT, 0.2, OXIDE), quote, 0.0) == pytest.approx(paid)


@pytest.mark.parametrize(("quote", "paid"), [(60.0, 110 - 60 - 7.8 - 1), (101.0, 110 - 101 - 7.8 - 1), (105.0, 0.0)])
def test_a_border_floor_lifts_what_is_landed_and_never_lowers_it(quote: float, paid: float) -> None:
    """Landed: the quote at the origin, 7.8 USD/kg of tax and a freight of 1."""
    one = Covered(floor(kind="border"), SHIP, 1.0, Good("ox_NdPr", "CN"))
    assert difference(one, quote, 7.8) == pytest.approx(max(paid, 0.0))


def covered_mine(**parts: object) -> tuple[Moves, Network]:
    """The mine of the small market under a floor of 25 USD/kg, 15 above its quote."""
    asked = {"good": "ox_Dy", "region": "CN", "price": "25", "from": STARTS, "published": STARTS, **parts}
    policies = PoliciesAsked(price_floors=[floor(**asked)])
    network = with_policies(one_good(SERVED, 20.0), policies, world_once().coefficients)
    update = moves(network, always(FREE), 3)
    return Moves(update.window, update.law, policy_drivers(drivers(network.limits), policies, network)), network


def test_a_limited_floor_is_paid_on_columns_of_its_own() -> None:
    """60 t a year are 5 t a month: of the 20 t wanted 15 are made without the floor, at the price of the mine."""
    update, network = covered_mine(tonnes_a_year="60")
    update.at(FIRST + 1, before(network))
    plan = update.window.solve()
    assert plan is not None
    copy = ("mine", "ox_Dy", "CN", "floor:f:CN")
    assert plan.value[update.window.column("act", copy, 0)] == pytest.approx(5.0)
    assert plan.value[update.window.column("act", ("mine", "ox_Dy", "CN"), 0)] == pytest.approx(15.0)
    assert plan.dual[update.window.row("good", HERE, 0)] == pytest.approx(10.0)


def test_a_floor_without_a_limit_makes_the_good_cheaper() -> None:
    """All tonnes get 15 USD/kg, so that the mine offers at 10 - 15, and nothing that can be kept costs less than 0."""
    update, network = covered_mine()
    assert len(network.activities) == len(one_good(SERVED, 20.0).activities)
    update.at(FIRST + 1, before(network))
    plan = update.window.solve()
    assert plan is not None
    assert plan.dual[update.window.row("good", HERE, 0)] == pytest.approx(0.0)
    assert plan.dual[update.window.row("good", THERE, 0)] == pytest.approx(1.0)


def test_nobody_plans_with_a_floor_before_its_publication() -> None:
    """The month before, the same plan as without a floor, to the last bit."""
    update, network = covered_mine()
    update.at(FIRST, before(network))
    told = update.window.solve()
    plain = moves(one_good(SERVED, 20.0), always(FREE), 3)
    plain.at(FIRST, before(plain.window.network))
    blind = plain.window.solve()
    assert told is not None
    assert blind is not None
    assert told.value.tobytes() == blind.value.tobytes()
    assert told.dual.tobytes() == blind.dual.tobytes()


def test_a_copy_shares_the_capacities_and_counts_the_good() -> None:
    asked = floor(good="ox_NdPr", tonnes_a_year="1200")
    network = replace(one_good(SERVED, 1.0), activities=(replace(CUT, limits=(("plant", 1.0),)),))
    (_, copy) = with_floors(network, [asked]).activities
    assert copy.limits == (("plant", 1.0), (limit_of(asked), 0.2))
    assert [one.activity.key for one in covered(with_floors(network, [asked]), [asked])] == [copy.key]
