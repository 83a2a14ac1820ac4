"""What contracts require of a plan, in a small market by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from coercivity.base.months import parse_month
from coercivity.market.inputs.coefficients import Coefficients
from coercivity.market.inputs.figures import Figures
from coercivity.market.network.network import Activity, Good, GoodAmount, Network
from coercivity.market.program.build import PlanningWindow
from coercivity.market.program.state import Drivers, State
from coercivity.market.run.contracts.contract import Contract
from coercivity.market.run.contracts.deliveries import (
    MOST_OF_CAPACITY,
    Deliveries,
    deliveries_of,
    index_of,
    payment,
    requirements_of,
    sellers_capacity,
    with_contracts,
)
from coercivity.market.run.policy.policies import with_policies
from coercivity.market.run.scenarios.policies import PoliciesAsked
from coercivity.permission.gate import Way
from tests.oracles.market_toy import FIRST, Moves, Toy, always, drivers, grid_over, says
from tests.unit.market.run.contracts.test_contract import PLAIN

LANTHANUM = replace(
    PLAIN,
    product="ox_La",
    goods=("ox_La",),
    origin="CN",
    destination="JP",
    tonnes_a_year=60.0,
    take_or_pay=0.8,
    first=FIRST,
    last=FIRST + 24,
    published=FIRST,
    lag_months=0,
)


class Held:
    """A small market that is held to some contracts."""

    def __init__(self, contracts: Sequence[Contract], *, way: Way = Way.FREE, months: int = 4) -> None:
        toy = Toy(elements={"La": 5.0}, instant=False)
        bare = toy.network()
        self.each: list[Deliveries] = deliveries_of(bare, Coefficients(Figures()), contracts)
        self.network: Network = replace(bare, requirements=requirements_of(self.each, bare))
        self.world: Drivers = with_contracts(drivers(self.network.limits), self.each)
        window = PlanningWindow(self.network, toy.rates(self.network), grid_over(months))
        law = always(says(way, "x" if way is Way.FREE else "needed", *([] if way is Way.FREE else ["a-clause"])))
        self.update = Moves(window, law, self.world)
        self.state: State = toy.state(self.network)

    def plan(self) -> dict[str, float]:
        """Delivered, short and worth of the requirement of the first route, in the first month."""
        self.update.at(FIRST, self.state)
        plan = self.update.window.solve()
        assert plan is not None
        window, entry = self.update.window, self.each[0]
        came = sum(float(plan.value[window.column("act", name, 0)]) * weight for name, weight in entry.counted)
        return {
            "due": self.update.required_t[entry.name],
            "came": came,
            "short": float(plan.value[window.column("short", entry.name, 0)]),
            "worth": float(plan.dual[window.row("require", entry.name, 0)]),
        }


def test_a_contract_makes_the_plan_deliver_its_take_or_pay_quantity() -> None:
    """60 t a year, 80 % of it in any case: 4 t a month."""
    found = Held([LANTHANUM]).plan()
    assert found["due"] == pytest.approx(4.0)
    assert found["came"] >= 4.0 - 1e-7
    assert found["short"] == pytest.approx(0.0, abs=1e-7)


def test_what_is_not_taken_costs_the_contract_price() -> None:
    """Far more than Japan can use: the rest is short, and one kilogram more would save the price of 5 USD/kg."""
    found = Held([replace(LANTHANUM, tonnes_a_year=12000.0)]).plan()
    assert found["short"] > 0
    assert found["came"] + found["short"] == pytest.approx(found["due"])
    assert found["worth"] == pytest.approx(5.0, rel=0.01)


def test_the_payment_follows_the_last_quotes_and_the_floor() -> None:
    held = Held([LANTHANUM])
    quotes = {**held.state.quote, Good("ox_La", "CN"): 8.0}
    assert payment(held.each[0], quotes) == 8.0
    floored = Held([replace(LANTHANUM, floor=9.0)])
    assert payment(floored.each[0], quotes) == 9.0
    large = Held([replace(LANTHANUM, tonnes_a_year=12000.0)])
    large.state.quote = quotes
    assert large.plan()["worth"] == pytest.approx(8.0, rel=0.01)


def test_two_contracts_of_a_route_share_a_requirement() -> None:
    """4 t and half of 3 t a month at take-or-pay 0.8 and 0.5: 5.5 t; payments of 5 and 9 mixed by these are 6.09."""
    other = replace(LANTHANUM, id="K3", tonnes_a_year=36.0, take_or_pay=0.5, floor=9.0)
    held = Held([LANTHANUM, other])
    assert [entry.name for entry in held.each] == ["contract:K1+K3"]
    assert held.plan()["due"] == pytest.approx(5.5)
    assert payment(held.each[0], held.state.quote) == pytest.approx((4 * 5.0 + 1.5 * 9.0) / 5.5)


def test_a_contract_that_ended_no_longer_counts_in_the_payment() -> None:
    """The dearer contract ended before: what is short costs the 5 USD/kg of the one in force, not a mean with 900."""
    ended = replace(LANTHANUM, id="K3", tonnes_a_year=6000.0, floor=900.0, first=FIRST - 9, last=FIRST - 1)
    held = Held([replace(LANTHANUM, tonnes_a_year=12000.0), replace(ended, published=FIRST - 9)])
    found = held.plan()
    assert found["short"] > 0
    assert found["worth"] == pytest.approx(5.0, rel=0.01)


def test_each_month_of_a_plan_has_the_payment_of_the_contracts_in_force_then() -> None:
    """The dear contract ends with the first month; from the second on a kilogram short costs 5 USD again."""
    large = replace(LANTHANUM, tonnes_a_year=12000.0)
    dear = replace(LANTHANUM, id="K3", tonnes_a_year=12000.0, floor=45.0, last=FIRST)
    held = Held([large, dear])
    name = held.each[0].name
    paid = [held.world.short_cost(name, FIRST + n, FIRST, held.state) for n in (0, 1)]
    assert paid == pytest.approx([25.0, 5.0])
    held.update.at(FIRST, held.state)
    window = held.update.window
    plan = window.solve()
    assert plan is not None
    worth = [float(plan.dual[window.row("require", name, p)] / window.discounts[p]) for p in (0, 1)]
    assert worth == pytest.approx([25.0, 5.0], rel=0.01)


def test_only_contracts_in_force_release_their_sellers() -> None:
    """The seller's contract has ended; the buyer, who bears a refusal, owes all of his own."""
    ended = replace(LANTHANUM, id="K3", first=FIRST - 9, last=FIRST - 1, published=FIRST - 9)
    found = Held([replace(LANTHANUM, refusal="buyer"), ended], way=Way.SHUT).plan()
    assert found["due"] == pytest.approx(4.0)


def test_nothing_is_due_before_a_contract_is_published_or_after_its_end() -> None:
    late = replace(LANTHANUM, first=FIRST + 1, published=FIRST + 1)
    held = Held([late])
    due = held.world.due_t
    name = held.each[0].name
    assert due(name, FIRST + 2, FIRST, held.state) == 0.0
    assert due(name, FIRST + 2, FIRST + 1, held.state) == pytest.approx(4.0)
    assert due(name, late.last + 1, FIRST + 1, held.state) == 0.0
    assert due("another", FIRST, FIRST, held.state) is None


def test_what_is_due_stays_below_what_the_sellers_region_can_make() -> None:
    """Japan mines at most 1.5 t a month; its works could treat 2 / 0.8 = 2.5 t. At 30 USD/kg it makes what is due."""
    home = replace(LANTHANUM, origin="JP", destination="JP", tonnes_a_year=120.0, take_or_pay=1.0, floor=30.0)
    held = Held([home])
    assert held.each[0].capacity == ((("mine:La:JP", 1.0), ("works:JP", 1.25)),)
    found = held.plan()
    assert found["due"] == pytest.approx(MOST_OF_CAPACITY * 1.5)
    assert found["came"] == pytest.approx(MOST_OF_CAPACITY * 1.5)
    assert [name[0] for name, _ in held.each[0].counted] == ["mine"]


@pytest.mark.parametrize(("refusal", "due_t"), [("seller", 0.0), ("buyer", 4.0)])
def test_a_seller_without_a_licence_is_released_only_if_the_buyer_bears_no_refusal(refusal: str, due_t: float) -> None:
    """Closed on every day: nothing may leave, so the seller owes nothing, or the buyer pays for all of it."""
    found = Held([replace(LANTHANUM, refusal=refusal)], way=Way.SHUT).plan()
    assert found["due"] == pytest.approx(due_t)
    assert found["came"] == pytest.approx(0.0, abs=1e-9)
    assert found["short"] == pytest.approx(due_t)


def test_an_index_of_several_products_is_their_mean_by_weight() -> None:
    two = replace(LANTHANUM, goods=("ox_La", "ox_Ce"))
    quotes = {Good("ox_La", "CN"): 4.0, Good("ox_Ce", "CN"): 1.0}
    assert index_of(two, {"ox_La": 0.75, "ox_Ce": 0.25}, quotes) == pytest.approx(3.25)
    assert index_of(two, {}, quotes) == pytest.approx(2.5)


def test_a_contract_for_a_part_counts_towards_the_whole_too() -> None:
    """Magnets with little dysprosium count as magnets, so the wider contract needs both together."""
    from coercivity.market.run.simulate import world_once

    world = world_once()
    wide = replace(PLAIN, id="wide", goods=("mag_low", "mag_none"), origin="JP", destination="JP")
    part = replace(PLAIN, id="part", goods=("mag_low",), origin="JP", destination="JP")
    found = {entry.goods: entry for entry in deliveries_of(world.network, world.coefficients, [wide, part])}
    assert [c.id for c in found["mag_low", "mag_none"].contracts] == ["part", "wide"]
    assert [c.id for c in found["mag_low",].contracts] == ["part"]
    assert parse_month("2025-06") == wide.first


def test_what_a_limited_floor_covers_is_no_capacity_of_its_own() -> None:
    """Oxide under a floor for limited tonnes is made in the same works: Malaysia can make no more than before."""
    from coercivity.market.run.simulate import world_once

    world = world_once()
    floor = {"id": "f", "good": "ox_NdPr", "region": "SEA", "price": "110", "tonnes_a_year": "5000"}
    asked = PoliciesAsked.model_validate({"price_floors": [floor]})
    held = with_policies(world.network, asked, world.coefficients)
    assert len(held.activities) > len(world.network.activities)
    assert sellers_capacity(held, ["ox_NdPr"], "SEA") == sellers_capacity(world.network, ["ox_NdPr"], "SEA")


def test_what_a_state_stock_releases_or_one_metal_replaces_is_not_delivered_by_makers() -> None:
    from coercivity.market.run.simulate import world_once

    world = world_once()
    stock = {"id": "s", "good": "met_Dy", "region": "JP", "at_most": "500", "opening_tonnes": "50"}
    held = with_policies(world.network, PoliciesAsked.model_validate({"stockpiles": [stock]}), world.coefficients)
    home = replace(PLAIN, product="met_Dy", goods=("met_Dy",), origin="JP", destination="JP")
    (found,) = deliveries_of(held, world.coefficients, [home])
    assert {name[0] for name, _ in found.counted} == {"metal"}
    assert not {name for maker in found.capacity for name, _ in maker if name in held.dated}


def test_works_that_two_makers_share_count_once() -> None:
    """Ores that a region did not treat in 2024 draw on a capacity of their own beside the same separation."""
    shared, own = ("sep_light:NAM", 1.0), ("other_ores:NAM", 1.0)
    gives = (GoodAmount(Good("ox_NdPr", "NAM"), 1.0),)
    acts = tuple(
        Activity("separate", (name, "NAM"), (), gives, 1.0, limits=limits)
        for name, limits in (("old", (shared,)), ("new", (shared, own)))
    )
    network = Network((), acts, (), (), (), (), {}, {"sep_light:NAM": 9.0, "other_ores:NAM": 5.0})
    assert sellers_capacity(network, ["ox_NdPr"], "NAM") == ((shared,),)
