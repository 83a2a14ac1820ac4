"""Collected magnets as goods: treatment, prices, shipments, and the swarf of the base year beside them."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from coercivity.base.months import parse_month
from coercivity.market.inputs.coefficients import ABROAD, CHINA, USING
from coercivity.market.inputs.cohorts import CONTENTS, contents
from coercivity.market.network.calibrate import earnings
from coercivity.market.network.end_of_life import (
    SCRAP,
    TREAT,
    capacity_name,
    collected_by_content,
    eol,
    recovered,
    swarf_alone,
    with_outlets,
)
from coercivity.market.network.network import Network
from coercivity.market.run.simulate import world_once
from coercivity.market.run.world import World


@pytest.fixture(scope="module")
def world() -> World:
    return world_once(recycling=True)


@pytest.fixture(scope="module")
def network(world: World) -> Network:
    return world.network


def test_treatment_keeps_the_yield_of_every_element(world: World) -> None:
    """L064 of each element comes out, as its oxide: what is lost is the rest."""
    for content, shares in contents(world.coefficients).items():
        oxides = recovered(world.coefficients, content)
        for element, share in shares.items():
            kept = oxides[element] / world.coefficients.oxide_of(element)
            assert kept == pytest.approx(0.90 * share, rel=1e-9)


def test_total_recycled_of_the_base_year_stays(world: World) -> None:
    """Oxides from swarf and from magnets at the end of their life in China add up to what was recycled in 2024."""
    assert world.cohorts is not None
    base = world.base.recycled()
    apart = swarf_alone(world.coefficients, world.cohorts, world.base).recycled()
    leaving = world.cohorts.leaving_t(parse_month("2024-01"), 12).sum(axis=1)
    masses = collected_by_content(world.cohorts, leaving, CHINA)
    for element in ("NdPr", "Dy", "Tb"):
        treated = math.fsum(
            mass * recovered(world.coefficients, content).get(element, 0.0) for content, mass in masses.items()
        )
        whole = base[f"ox_{element}", CHINA]
        assert apart[f"ox_{element}", CHINA] + treated == pytest.approx(whole, rel=1e-9)
        assert 0 < treated < 0.1 * whole


def test_about_one_per_cent_of_the_magnets_used_come_back_in_2024(world: World) -> None:
    """L025: 0.005 to 0.03 of the rare earths used are from the end of life."""
    assert world.cohorts is not None
    leaving = world.cohorts.leaving_t(parse_month("2024-01"), 12).sum(axis=1)
    back = math.fsum(math.fsum(collected_by_content(world.cohorts, leaving, region).values()) for region in USING)
    assert 0.005 < back / (world.cohorts.sold_t.sum() * 12) < 0.03


def test_treatment_in_china_earns_its_margin_at_base_prices(network: Network) -> None:
    for activity in network.activities:
        if activity.kind == TREAT and activity.key[1] == CHINA:
            assert earnings(activity, network.prices) == pytest.approx(0.5, abs=1e-3)
            assert network.prices[activity.takes[0].good] >= 0


def test_abroad_only_old_magnets_pay_for_their_treatment_at_base_prices(network: Network) -> None:
    for region in ABROAD:
        worth = {content: network.prices[eol(content, region)] for content in CONTENTS}
        assert worth.pop("old") > 0
        assert set(worth.values()) == {0.0}


def test_no_magnets_are_shipped_to_china_or_from_it(network: Network) -> None:
    routes = [activity.key for activity in network.activities if activity.kind == SCRAP]
    assert routes
    assert not [key for key in routes if CHINA in key]
    assert all(activity.passage is None for activity in network.activities if activity.kind == SCRAP)


def test_shipments_to_regions_without_a_treatment_are_left_out(network: Network) -> None:
    kept = [a for a in network.activities if a.kind != TREAT or a.key[1] in (CHINA, "NAM")]
    found = with_outlets(replace(network, activities=tuple(kept)))
    assert {a.key[2] for a in found.activities if a.kind == SCRAP} == {"NAM"}
    assert eol("old", "EUR") in found.goods


def test_magnets_that_nobody_takes_are_no_goods(network: Network) -> None:
    kept = [a for a in network.activities if a.kind not in (TREAT, SCRAP) or (a.kind == TREAT and a.key[1] == CHINA)]
    found = with_outlets(replace(network, activities=tuple(kept)))
    assert {entry.region for entry in found.goods if entry.name.startswith("eol_")} == {CHINA}
    assert {store.good.region for store in found.stores if store.good.name.startswith("eol_")} == {CHINA}


def test_a_market_without_recycling_of_old_devices_has_none_of_it() -> None:
    plain = world_once().network
    assert not [a for a in plain.activities if a.kind in (TREAT, SCRAP)]
    assert not [entry for entry in plain.goods if entry.name.startswith("eol_")]
    assert not [name for name in plain.limits if name.startswith("eol_")]
    assert with_outlets(plain) == plain


def test_the_capacity_counts_all_oxides(network: Network) -> None:
    for activity in network.activities:
        if activity.kind == TREAT:
            oxides = math.fsum(given.mass for given in activity.gives)
            assert [name for name, _ in activity.limits] == [capacity_name(activity.key[1])]
            assert activity.limits[0][1] == pytest.approx(oxides)
