"""Shipments: routes, tax, legal questions, and goods in transit at the start of a run."""

from __future__ import annotations

import pytest

from coercivity.base.months import parse_month
from coercivity.market.inputs.coefficients import ABROAD, CHINA, ELEMENTS, MAGNETS, METALS, NAMED_MAGNETS
from coercivity.market.network.network import Activity, Good
from coercivity.market.network.supply import CHINA_BOUND, CHINA_FREE, good, tags
from coercivity.market.network.ties import TIE
from coercivity.market.network.trade import Routes, goods_of
from coercivity.market.run.simulate import world_once
from coercivity.market.run.world import World, first_state
from tests.oracles.desk_toy import cells_in, desk_with

FIRST = parse_month("2024-10")


@pytest.fixture(scope="module")
def world() -> World:
    return world_once()


def ships(world: World, *key: str) -> list[Activity]:
    """Shipments whose key begins so."""
    return [a for a in world.network.activities if a.kind == "ship" and a.key[: len(key)] == key]


def test_every_product_may_leave_china_for_every_region_freely_and_on_a_licence(world: World) -> None:
    for name in (*(f"ox_{e}" for e in ELEMENTS), *(f"met_{e}" for e in METALS), *MAGNETS):
        for to in ABROAD:
            ways = {a.key[3:] for a in ships(world, name, CHINA, to)}
            assert {("civil", "free"), ("civil", "licence")} <= ways
            assert ("military", "free") not in ways


@pytest.mark.parametrize("region", ["EUR", "NAM", "SEA"])
def test_neodymium_oxide_may_leave_a_region_that_makes_it(world: World, region: str) -> None:
    """In 2027 Europe made 87 t a month and used 65: the rest was worth 62 USD/kg, and 84 everywhere else."""
    gives = [given.good for a in world.network.activities if a.kind == "separate" for given in a.gives]
    assert Good("ox_NdPr", region) in gives
    assert {a.key[2] for a in ships(world, "ox_NdPr", region)} >= {"JP", CHINA}


def test_only_named_magnets_ask_for_military_use_and_only_where_there_is_any(world: World) -> None:
    military = {a.key for a in world.network.activities if a.kind == "ship" and a.key[3] == "military"}
    assert {key[0] for key in military} == set(NAMED_MAGNETS)
    defended = {region for use, _, region in world.base.use() if use == "defence"} - {CHINA}
    assert {key[2] for key in military} == defended


def test_what_leaves_on_a_civil_licence_is_bound_to_its_use(world: World) -> None:
    (licensed,) = [a for a in ships(world, "mag_high", CHINA, "EUR") if a.key[3:] == ("civil", "licence")]
    (free,) = [a for a in ships(world, "mag_high", CHINA, "EUR") if a.key[3:] == ("civil", "free")]
    (military,) = [a for a in ships(world, "mag_high", CHINA, "NAM") if a.key[3] == "military"]
    assert licensed.gives[0].good.tag == CHINA_BOUND
    assert free.gives[0].good.tag == CHINA_FREE
    assert military.gives[0].good.tag == CHINA_FREE


def test_tax_that_is_not_paid_back_falls_on_oxide_and_metal_and_not_on_magnets(world: World) -> None:
    rate = world.figures.assumption("AS091")
    for activity in ships(world):
        made_in_china = activity.key[1] == CHINA
        taxed = made_in_china and not activity.key[0].startswith("mag_")
        assert activity.levy == ((activity.takes[0].good, rate) if taxed else None)


def test_a_bound_magnet_that_is_passed_on_asks_once_more(world: World) -> None:
    """Between regions abroad: what is free passes by itself, what is bound asks the law and stays bound."""
    found = ships(world, "mag_high", "JP", "EUR")
    assert {a.key[3:] for a in found} == {("", ""), ("civil", "free"), ("civil", "licence")}
    for activity in found:
        tag = CHINA_FREE if activity.passage is None else CHINA_BOUND
        assert activity.takes[0].good.tag == activity.gives[0].good.tag == tag
    assert {a.key[3:] for a in ships(world, "mag_none", "JP", "EUR")} == {("", "")}


def test_nothing_asks_the_law_on_its_way_to_china(world: World) -> None:
    assert all(a.passage is None for a in ships(world) if a.key[2] == CHINA)


def test_freight_and_time_come_from_the_row_that_names_both_ends(world: World) -> None:
    routes = Routes(world.figures)
    assert routes.months(CHINA, "JP") == 0
    assert routes.months(CHINA, "EUR") >= 1
    assert routes.freight(CHINA, "EUR") > routes.freight(CHINA, "JP") > 0
    # What is in a concentrate is carried with the rest of it.
    assert routes.freight("AU", CHINA, feed=True) > 0


def test_a_shipment_pays_insurance_on_its_value_beyond_freight(world: World) -> None:
    routes, rate = Routes(world.figures), world.figures.assumption("AS037")
    for name in ("ox_La", "ox_Tb"):
        (free,) = [a for a in ships(world, name, CHINA, "EUR") if a.key[3:] == ("civil", "free")]
        value = world.network.prices[free.takes[0].good]
        assert 0 <= free.cost - (routes.freight(CHINA, "EUR") + rate * value) <= TIE


def test_what_is_free_may_serve_where_bound_would_and_never_the_other_way(world: World) -> None:
    loosened = [a for a in world.network.activities if a.kind == "loosen" and a.key[0] != "mag_Ce"]
    assert loosened
    for activity in loosened:
        assert (activity.takes[0].good.tag, activity.gives[0].good.tag) == (CHINA_FREE, CHINA_BOUND)
        assert 0 <= activity.cost <= TIE


def test_goods_carry_a_tag_only_abroad_and_only_where_magnets_are_made_of_them() -> None:
    assert good("ox_Dy", CHINA) == Good("ox_Dy", CHINA, "")
    assert good("ox_Dy", "JP") == Good("ox_Dy", "JP", CHINA_FREE)
    assert good("ox_La", "JP", CHINA_BOUND) == Good("ox_La", "JP", "")
    assert tags("mag_high", "EUR") == (CHINA_FREE, CHINA_BOUND)
    assert tags("mag_none", "EUR") == ("",)


def test_goods_stand_in_order_and_once(world: World) -> None:
    found = goods_of(world.network.activities)
    assert list(found) == sorted(set(found))
    assert found == world.network.goods


# The state in which a run begins.


def test_a_run_begins_with_stocks_at_their_cover(world: World) -> None:
    state = first_state(world, FIRST, desk_with(cells_in(world.network)))
    for store in world.network.stores:
        assert state.stock_t.get(store.good, 0.0) == pytest.approx(store.cover * store.turnover_t)
    assert sum(state.stock_t.values()) > 0


def test_a_run_begins_with_routes_full_of_what_the_base_year_shipped(world: World) -> None:
    """A twelfth of the year's trade arrives in each month that a ship is under way, and nothing after."""
    state = first_state(world, FIRST, desk_with(cells_in(world.network)))
    found = dict(state.arriving_t)
    for activity in world.network.activities:
        if activity.kind not in ("ship", "haul") or (activity.passage is not None and activity.passage.way != "free"):
            continue
        lag = activity.gives[0].lag
        for (entry, month), _ in found.items():
            if entry == activity.gives[0].good:
                assert FIRST <= month < FIRST + max(lag, 3)
    whole: dict[Good, float] = {}
    for (entry, _), mass in found.items():
        whole[entry] = whole.get(entry, 0.0) + mass
    yearly = world.base.trade("magnet_trade")
    lag = next(a.gives[0].lag for a in ships(world, "mag_none", CHINA, "EUR"))
    sent = sum(
        mass / 12 * next(a.gives[0].lag for a in ships(world, name, origin, to))
        for (name, origin, to), mass in yearly.items()
        if name == "mag_none" and to == "EUR" and ships(world, name, origin, to)
    )
    assert lag >= 1
    assert whole[Good("mag_none", "EUR")] == pytest.approx(sent)


def test_a_run_begins_at_the_prices_of_the_base_year_with_nothing_filed(world: World) -> None:
    state = first_state(world, FIRST, desk_with(cells_in(world.network)))
    assert state.quote == world.network.prices
    assert state.quote is not world.network.prices
    assert not state.desk.pending().any()
    assert not state.desk.preparing.any()
    assert not state.desk.licences_t.any()
    assert not state.clearing_t
    assert not state.ready
    assert not state.short


def test_first_state_can_be_changed_without_changing_the_world(world: World) -> None:
    state = first_state(world, FIRST, desk_with(cells_in(world.network)))
    state.quote.clear()
    state.stock_t.clear()
    again = first_state(world, FIRST, desk_with(cells_in(world.network)))
    assert again.quote == world.network.prices
    assert again.stock_t
