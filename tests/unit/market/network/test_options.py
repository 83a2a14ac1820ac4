"""Substitution options: shares by end use, waits and speeds, cost and what they save."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import USES, USING
from coercivity.market.network.network import USUAL, Activity, Recipe
from coercivity.market.network.uses.elasticities import Elasticities
from coercivity.market.network.uses.options import LEAST_SHARE, OPTIONS, end_uses, largest_shares
from coercivity.market.results.mechanisms.option_tables import markdown, speed_rows
from coercivity.market.run.simulate import world_once
from coercivity.market.run.world import World

PAGE = Path(__file__).parents[4] / "docs/market.md"


@pytest.fixture(scope="module")
def world() -> World:
    return world_once()


@pytest.fixture(scope="module")
def acts(world: World) -> dict[tuple[str, ...], Activity]:
    return {a.name: a for a in world.network.activities if a.kind == "recipe"}


def option(world: World, *name: str) -> Recipe:
    return next(r for r in world.network.recipes if r.activity == ("recipe", *name))


def grades(activity: Activity) -> dict[str, float]:
    return {taken.good.name: taken.mass for taken in activity.takes}


def test_the_options_of_a_use_are_never_more_than_all_of_it(world: World) -> None:
    for use in USES:
        for region in USING:
            shares = largest_shares(world.coefficients, use, region)
            assert all(share >= 0 for share in shares.values())
            assert total(shares.values()) <= 1 + 1e-12, (use, region)


def test_an_option_has_its_share_of_its_own_end_use(world: World) -> None:
    """Onshore wind in Europe: 2,834 of 3,616 t of magnets, of which three quarters can be geared: 0.59."""
    parts = end_uses(world.coefficients, "wind", "EUR")
    assert parts["wind_onshore"] == pytest.approx(2834 / 3616, abs=2e-3)
    assert option(world, "wind", "EUR", "geared").most_share == pytest.approx(0.75 * parts["wind_onshore"])


def test_options_of_one_end_use_share_it_in_proportion(world: World) -> None:
    """Offshore wind: 0.6 at medium speed and 0.9 without heavy rare earths are 1.5, so 0.4 and 0.6 of it."""
    part = end_uses(world.coefficients, "wind", "EUR")["wind_offshore"]
    shares = largest_shares(world.coefficients, "wind", "EUR")
    assert (shares["medium-speed"], shares["heavy-free"]) == pytest.approx((0.4 * part, 0.6 * part))


def test_a_share_of_a_whole_use_is_that_of_the_table(world: World) -> None:
    """Wound rotors a fifth of cars, and ferrite-assisted motors with them another 4 %."""
    assert option(world, "ev_traction", "JP", "wound-rotor").most_share == pytest.approx(0.24)


def test_half_of_the_time_is_qualification(world: World) -> None:
    """Wound rotors: four years, so 24 months of wait, and a hundredth of cars in each of the 24 after it."""
    found = option(world, "ev_traction", "EUR", "wound-rotor")
    assert found.wait == 24
    assert found.speed == pytest.approx(0.01)


def test_largest_share_is_reached_at_the_time_of_the_table(world: World) -> None:
    for recipe in world.network.recipes:
        if recipe.wait:
            years = next(o.time for o in OPTIONS[recipe.use] if o.name == recipe.activity[3])
            months = 12 * world.figures.value("substitution", years)
            assert recipe.speed is not None
            assert recipe.speed * (months - recipe.wait) == pytest.approx(recipe.most_share)


def test_what_an_option_takes(world: World, acts: dict[tuple[str, ...], Activity]) -> None:
    usual = grades(acts["recipe", "ev_traction", "EUR", USUAL])
    assert grades(acts["recipe", "ev_traction", "EUR", "wound-rotor"]) == {}
    assert grades(acts["recipe", "ev_traction", "EUR", "fine-grain"]) == pytest.approx({"mag_none": 1.0})
    assert set(usual) == {"mag_high", "mag_low"}
    cars = grades(acts["recipe", "other_automotive", "EUR", USUAL])
    assert grades(acts["recipe", "other_automotive", "EUR", "ferrite"]) == pytest.approx(
        {grade: 0.4 * share for grade, share in cars.items()}
    )
    defence = grades(acts["recipe", "defence", "NAM", USUAL])
    found = grades(acts["recipe", "defence", "NAM", "no-cobalt"])
    assert found["mag_high"] == pytest.approx(defence["mag_high"] + defence["mag_SmCo"])
    assert "mag_SmCo" not in found


def test_samarium_cobalt_stays_in_the_devices_of_industry_that_need_it(acts: dict[tuple[str, ...], Activity]) -> None:
    usual, ferrite = (grades(acts["recipe", "industry", "EUR", name]) for name in (USUAL, "ferrite"))
    assert ferrite == {"mag_SmCo": pytest.approx(usual["mag_SmCo"])}


def test_an_option_costs_its_row_more_than_the_magnets_it_replaces(world: World) -> None:
    """A wound rotor 60 USD/kg, medium speed 0.73 of 60, a magnet without heavy rare earths 6."""
    rows = {
        (row["use"], row["option"]): row["cost_usd_per_kg"]
        for row in speed_rows(world.coefficients, world.network, ())
        if row["region"] == "EUR"
    }
    assert rows["ev_traction", "wound-rotor"] == pytest.approx(60, abs=1e-3)
    assert rows["wind", "medium-speed"] == pytest.approx(0.73 * 60, abs=1e-3)
    assert rows["ev_traction", "fine-grain"] == pytest.approx(6, abs=1e-3)


def test_no_option_pays_at_the_prices_of_the_base_year(world: World) -> None:
    for row in speed_rows(world.coefficients, world.network, ()):
        assert row["cost_usd_per_kg"] > 0, row
        assert row["qualification_usd_per_kg"] > 0, row
        assert row["wait_months"] > 0, row


def test_negligible_options_are_left_out(world: World) -> None:
    """There is hardly any offshore wind in India, and samarium-cobalt for defence only in North America."""
    names = {r.activity[1:] for r in world.network.recipes if r.wait}
    assert ("wind", "IN", "medium-speed") not in names
    assert {region for use, region, _ in names if use == "defence"} == {"NAM"}
    assert min(r.most_share for r in world.network.recipes if r.wait) >= LEAST_SHARE


def test_switched_off_each_use_has_one_design_without_magnets() -> None:
    before = world_once(qualified=False).network
    assert not any(r.wait or r.charge for r in before.recipes)
    magnet_free = [r for r in before.recipes if r.activity[3] == "without"]
    assert len(magnet_free) == len(USES) * len(USING)


def test_long_run_totals_of_the_data_set_are_compared_and_not_fitted(world: World) -> None:
    """As docs/market.md says: neodymium comes close where prices go far, heavy rare earths do not."""
    found = Elasticities(world.coefficients, world.base, world.network, world.network.prices).long_run()
    assert found["NdPr"] == pytest.approx((0.6, 0.20, 0.54), abs=0.005)
    assert found["Dy, Tb"] == pytest.approx((0.8, 0.14, 0.26), abs=0.005)
    assert "0.20 for neodymium between 1 and 1.6 times" in PAGE.read_text(encoding="utf-8")


def test_the_table_of_the_page_is_what_the_network_has(world: World, request: pytest.FixtureRequest) -> None:
    """`--accept` writes the new table into docs/market.md."""
    rows = speed_rows(world.coefficients, world.network, ())
    table = markdown(row for row in rows if row["region"] == "EUR" or row["use"] == "defence")
    page, head = PAGE.read_text(encoding="utf-8"), markdown(())
    start = page.index(head)
    end = page.index("\n\n", start) + 1
    if request.config.getoption("--accept") and not os.environ.get("CI"):
        page = page[:start] + table + page[end:]
        PAGE.write_text(page, encoding="utf-8")
    assert table in page, table
