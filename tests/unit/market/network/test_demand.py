"""Demand of the built-in market: devices not built, less used, more used; designs that supply them."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import USES, USING, Coefficients
from coercivity.market.inputs.figures import Figures
from coercivity.market.network.network import LESS, MORE, USUAL, WITHOUT, Demand, DemandStep
from coercivity.market.network.uses.demand import OXIDE_SEGMENTS, SEGMENTS, magnet_uses
from coercivity.market.network.uses.demand import demand as demand_of
from coercivity.market.network.uses.devices import Devices
from coercivity.market.network.uses.redesign import used
from coercivity.market.network.uses.spread import Device, segments
from coercivity.market.run.simulate import world_once
from coercivity.market.run.world import World


@pytest.fixture(scope="module")
def world() -> World:
    return world_once()


@pytest.fixture(scope="module")
def demands(world: World) -> dict[tuple[str, str], Demand]:
    return {(d.use, d.region): d for d in world.network.demands}


def steps_of(demand: Demand, *kinds: str) -> list[DemandStep]:
    return [step for step in demand.steps if step.kind in kinds]


def shares_without(demand: Demand) -> list[float]:
    """Share of demand that each segment of the spread has, of highest worth first."""
    return [step.width for step in steps_of(demand, WITHOUT)]


def base_price(world: World, demand: Demand) -> float:
    """What the goods of the usual design cost at the prices of the base year [USD/kg]."""
    usual = next(a for a in world.network.activities if a.name == ("recipe", demand.use, demand.region, USUAL))
    return total(taken.mass * world.network.prices[taken.good] for taken in usual.takes)


def test_steps_without_and_less_are_the_whole_demand(demands: dict[tuple[str, str], Demand]) -> None:
    for demand in demands.values():
        widths = total(step.width for step in steps_of(demand, WITHOUT, LESS))
        assert widths == pytest.approx(1.0, abs=1e-12), demand.use
        assert all(step.width >= 0 for step in demand.steps), demand.use


def test_worths_fall(demands: dict[tuple[str, str], Demand]) -> None:
    """Two steps have the same worth only where the middle step is cut at usual demand."""
    for demand in demands.values():
        for first, then in pairwise(demand.steps):
            middle = (first.kind, then.kind) == (LESS, MORE)
            assert first.worth == then.worth if middle else first.worth > then.worth, demand.use


def test_a_device_is_given_up_only_after_thrift_is_exhausted(demands: dict[tuple[str, str], Demand]) -> None:
    for demand in demands.values():
        lowest = min(step.worth for step in steps_of(demand, WITHOUT))
        assert lowest >= max(step.worth for step in steps_of(demand, LESS)), demand.use
        assert demand.choke == max(step.worth for step in demand.steps)


def test_the_middle_step_is_worth_the_base_price(world: World, demands: dict[tuple[str, str], Demand]) -> None:
    for demand in demands.values():
        price = base_price(world, demand)
        less, more = steps_of(demand, LESS)[-1], steps_of(demand, MORE)[0]
        assert less.worth == more.worth == pytest.approx(price, rel=1e-12), demand.use
        around = (steps_of(demand, LESS)[-2].worth, steps_of(demand, MORE)[1].worth)
        assert around[1] < price * 0.985
        assert around[0] > price * 1.015


def test_the_spread_has_at_least_five_segments_and_no_knife(demands: dict[tuple[str, str], Demand]) -> None:
    for demand in demands.values():
        found = steps_of(demand, WITHOUT)
        assert len(found) == (OXIDE_SEGMENTS if demand.use.startswith("nonmagnet") else SEGMENTS) >= 5
        whole = total(step.width for step in found)
        assert max(step.width for step in found) < 0.6 * whole, (demand.use, demand.region)
        assert found[0].worth > 1.5 * found[-1].worth


def test_no_two_regions_give_up_the_same_shares_of_a_magnet_use(demands: dict[tuple[str, str], Demand]) -> None:
    for use in USES:
        for one, other in combinations(USING, 2):
            first, then = demands[use, one], demands[use, other]
            assert shares_without(first) != pytest.approx(shares_without(then), rel=1e-6), (use, one, other)


def test_no_two_regions_have_the_same_devices(world: World) -> None:
    """By their devices, or by the grades in them: the spread itself differs, not only where it is cut."""
    found = {(one.use, one.region): one for one in magnet_uses(world.coefficients, world.base, world.network.prices)}
    for use in USES:
        for one, other in combinations(USING, 2):
            first, then = found[use, one], found[use, other]
            assert [d.share for d in first.devices] != pytest.approx([d.share for d in then.devices], rel=1e-6), use


def test_no_step_of_the_spread_is_worth_the_same_in_two_regions(demands: dict[tuple[str, str], Demand]) -> None:
    """Also for oxides, where nothing in the data tells regions apart: the curve of all is finer than that of one."""
    for use in {use for use, _ in demands}:
        worths = sorted(step.worth for (name, _), d in demands.items() if name == use for step in steps_of(d, WITHOUT))
        assert all(then > first * (1 + 1e-4) for first, then in pairwise(worths)), use


def test_devices_of_a_region_make_its_spread(demands: dict[tuple[str, str], Demand]) -> None:
    """Wind at sea is worth less per kilogram of magnet than on land, and Europe builds more of it than India."""
    lowest = {region: shares_without(demands["wind", region])[-1] for region in ("EUR", "IN")}
    assert lowest["EUR"] > 2 * lowest["IN"]


def test_thrift_saves_at_most_its_bound(world: World, demands: dict[tuple[str, str], Demand]) -> None:
    bound = world.figures.assumption("greatest_thrift")
    saved = {key: total(step.width for step in steps_of(d, LESS)) for key, d in demands.items()}
    assert max(saved.values()) == pytest.approx(bound)
    assert saved["ev_traction", "JP"] == pytest.approx(bound)
    assert saved["nonmagnet_Y", "JP"] < bound


def test_the_usual_design_can_supply_every_step(world: World, demands: dict[tuple[str, str], Demand]) -> None:
    """Demand beyond usual demand too: otherwise nothing is bought when prices fall."""
    shares = {recipe.activity: recipe.most_share for recipe in world.network.recipes}
    for (use, region), demand in demands.items():
        whole = total(step.width for step in demand.steps)
        assert shares["recipe", use, region, USUAL] == pytest.approx(whole, rel=1e-12)
        assert whole > 1


def test_a_leaner_design_costs_more_than_it_saves_at_base_prices(world: World) -> None:
    """And the first one pays when dysprosium and terbium cost 3 % more."""
    prices = world.network.prices
    for activity in world.network.activities:
        if activity.kind == "recipe" and activity.key[2].startswith(("lean_", "rich_")):
            if activity.key[2] == "lean_by_itself" or activity.key[0].startswith("nonmagnet"):
                continue
            usual = next(a for a in world.network.activities if a.name == (*activity.name[:3], USUAL))
            costs = [a.cost + total(t.mass * prices[t.good] for t in a.takes) for a in (activity, usual)]
            assert costs[0] > costs[1], activity.name


def test_a_row_with_a_range_of_its_own_keeps_it(world: World) -> None:
    """The others have the relative range of the value of their product: 30 % for a car."""
    devices = Devices(world.coefficients, {})
    low, middle, high = devices.revenue("ev_traction")
    assert (low / middle, high / middle) == pytest.approx((0.7, 1.3))


def test_makers_pay_up_to_the_base_price_and_their_margin(world: World) -> None:
    for one in magnet_uses(world.coefficients, world.base, world.network.prices):
        dearest = max(world.network.prices[used(one.use, grade, one.region)] for grade in one.shares)
        assert total(device.share for device in one.devices) == pytest.approx(1.0)
        assert all(one.price * 0.7 < device.low < device.middle < device.high for device in one.devices)
        assert min(device.high for device in one.devices) > dearest


def test_a_spread_is_cut_into_equal_ratios() -> None:
    """Between 1 and 64 USD/kg, most often 8: mirrored shares, each segment twice as dear as the next."""
    found = segments([Device(1.0, 1.0, 8.0, 64.0)], 6)
    worths, shares = zip(*found, strict=True)
    assert [first / then for first, then in pairwise(worths)] == pytest.approx([2.0] * 5)
    assert shares == pytest.approx((1 / 18, 3 / 18, 5 / 18, 5 / 18, 3 / 18, 1 / 18))


def test_moved_cuts_keep_the_ends_and_the_whole() -> None:
    found = segments([Device(1.0, 1.0, 8.0, 64.0)], 6, moved=0.5)
    worths, shares = zip(*found, strict=True)
    assert (worths[0], worths[-1]) == pytest.approx((64.0 / 2**0.25, 2**0.75))
    assert shares[-1] == pytest.approx(1.5**2 / 18)
    assert total(shares) == pytest.approx(1.0)


def test_a_spread_of_two_devices_has_both() -> None:
    """A tenth costs 1 to 4 USD/kg and is below 8, the middle of the whole in ratios."""
    found = segments([Device(0.1, 1.0, 2.0, 4.0), Device(0.9, 16.0, 32.0, 64.0)], 2)
    assert [share for _, share in found] == pytest.approx([0.9, 0.1])


def test_no_device_is_below_a_floor() -> None:
    found = segments([Device(0.2, 1.0, 2.0, 4.0).above(5.0), Device(0.8, 4.0, 20.0, 80.0).above(5.0)], 5)
    assert total(share for _, share in found) == pytest.approx(1.0)
    assert min(worth for worth, _ in found) > 5.0


@pytest.mark.parametrize("column", ["low", "high"])
@pytest.mark.parametrize("key", ["E069", "E071", "E073", "E074", "AS260", "AS270", "AS271", "AS239", "AS240", "AS229"])
def test_demand_keeps_its_form_at_the_ends_of_every_range(world: World, key: str, column: str) -> None:
    figures = Figures()
    table = "assumptions" if key.startswith("AS") else "economics"
    rows = dict(figures.rows(table))
    rows[key] = {**rows[key], "value": rows[key][column]}
    figures._tables[table] = rows
    for demand in demand_of(Coefficients(figures), world.base, world.network.prices).demands:
        needed = steps_of(demand, WITHOUT)
        assert total(step.width for step in (*needed, *steps_of(demand, LESS))) == pytest.approx(1.0, abs=1e-12)
        assert all(first.worth >= then.worth for first, then in pairwise(demand.steps)), demand.use
        assert all(step.width >= 0 for step in demand.steps), demand.use
        assert len(needed) >= 5


def test_recipes_have_nothing_left_where_thrift_saves_enough(world: World) -> None:
    """With the lowest total for dysprosium, less magnet saves more than it: no negative recipe."""
    figures = Figures()
    rows = dict(figures.rows("economics"))
    rows["E069"] = {**rows["E069"], "value": rows["E069"]["high"]}
    figures._tables["economics"] = rows
    found = magnet_uses(Coefficients(figures), world.base, world.network.prices)
    assert {one.use for one in found if one.answer.recipes == 0.0} >= {"ev_traction", "defence", "wind"}
    assert all(one.answer.magnet * one.answer.heavy_share > 0.05 for one in found if one.answer.recipes == 0.0)
