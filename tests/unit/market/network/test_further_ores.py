"""Ores that new mines bring: nothing in the base year, closed element by element, and left out without an assay."""

from __future__ import annotations

import pytest

from coercivity.base.months import parse_month
from coercivity.market.inputs.coefficients import CHINA, ELEMENTS, HEAVY, LIGHT
from coercivity.market.network.further_ores import mined_at_last, opening, other_ores
from coercivity.market.network.network import Activity, Good, GoodAmount, Network
from coercivity.market.network.supply import seg
from coercivity.market.run import world as built
from coercivity.market.run.industry.plants import MINE, Plant, added, follow, limits_of, opens, plants
from coercivity.market.run.world import World
from coercivity.permission.gate import Way
from tests.oracles.market_toy import says

ORE, PLACE = "feed:MOUNT_WELD", "EUR"
FIRST, LAST = parse_month("2026-10"), parse_month("2030-12")


@pytest.fixture(scope="module")
def world() -> World:
    return built.load_world(recycling=True)


def activity(network: Network, *name: str) -> Activity:
    return next(found for found in network.activities if found.name == name)


def test_a_new_ore_closes_element_by_element(world: World) -> None:
    """A tonne gives its light elements at 0.93 x 0.95 and so on; the rest of each element is lost, none is made."""
    cut, fine = activity(world.network, "separate", ORE, PLACE), activity(world.network, "refine", ORE, PLACE)
    assay = world.coefficients.assay[ORE]
    left = {a.good: a.mass for a in cut.gives}
    assert left[seg(ORE, PLACE)] == pytest.approx(sum(assay[e] for e in HEAVY))
    made = {a.good.name: a.mass for a in cut.gives} | {a.good.name: a.mass * left[seg(ORE, PLACE)] for a in fine.gives}
    for element in ELEMENTS:
        name = f"raw_{element}" if f"raw_{element}" in made else f"ox_{element}"
        lost = 1 - world.coefficients.recovery(element, PLACE)
        # The heavy elements pass the first cut with the recovery of the light ones, which refining does not count twice.
        whole = lost if element in LIGHT else 1 - made[name] / assay[element]
        assert made[name] + whole * assay[element] == pytest.approx(assay[element])
        assert 0 < made[name] < assay[element]


def test_in_australia_only_what_a_route_takes_away_is_refined(world: World) -> None:
    fine = activity(world.network, "refine", "feed:ENEABBA_BLEND", "AU")
    assert {a.good.name for a in fine.gives if a.good.name.startswith("ox_")} == {"ox_Sm", "ox_Tb", "ox_Dy", "ox_Y"}
    assert {a.good.name for a in fine.gives if a.good.name.startswith("raw_")} == {"raw_Eu", "raw_Gd", "raw_HoLu"}
    taken = {
        x.good.name for a in world.network.activities if a.kind == "ship" for x in a.takes if x.good.region == "AU"
    }
    assert taken == {"ox_NdPr", "ox_Sm", "ox_Tb", "ox_Dy", "ox_Y"}


def test_the_base_year_is_unchanged_to_the_last_bit(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the base year had costs, holds and is priced the same; what is new has no capacity."""
    monkeypatch.setattr(built, "opening", lambda figures: ())
    plain, full = built.load_world(recycling=True).network, world.network
    assert set(plain.activities) <= set(full.activities)
    assert plain.limits == {name: full.limits[name] for name in plain.limits}
    assert plain.prices == {good: full.prices[good] for good in plain.prices}
    assert plain.demands == full.demands
    new = set(full.limits) - set(plain.limits)
    assert {full.limits[name] for name in new} == {0.0}
    for found in set(full.activities) - set(plain.activities):
        if found.kind in ("mine", "separate") and found.key[1] != CHINA:
            assert {name for name, _ in found.limits} & new


def test_a_new_ore_earns_nothing_on_its_way_at_base_prices(world: World) -> None:
    """Its price at a plant is at most what it costs to bring it there."""
    prices = world.network.prices
    for found in world.network.activities:
        if found.kind == "haul" and (found.key[0], found.key[1]) in opening(world.figures):
            (given,), (taken,) = found.gives, found.takes
            assert prices[given.good] - prices[taken.good] - found.cost <= 0.35, found.name


def test_mines_without_an_assay_are_left_out_by_name(world: World) -> None:
    found, left = plants(world.figures, studied=True)
    out = ("tanbreez", "strange-lake", "round-top-mine", "dubbo", "lkab-mine")
    assert set(out) <= set(left)
    for name in out:
        assert world.figures.rows("plants")[name]["ore_reason"].startswith("left out: ")
    for entry in found:
        if entry.stage == MINE:
            assert f"feed:{entry.limit.split(':')[1]}" in world.coefficients.assay


def test_gross_tonnes_count_by_their_oxides(world: World) -> None:
    """Longonjo: 20,000 t of carbonate a year with 55 % REO are 916.7 t REO a month."""
    found = {entry.id: entry for entry in plants(world.figures, studied=True)[0]}
    assert found["longonjo"].capacity_t == pytest.approx(20_000 * 0.55 / 12)
    assert found["longonjo"].limit == "mine:MOUNT_WELD:ROW"


def test_without_entry_only_mines_that_are_built_exist(world: World) -> None:
    found = {entry.id for entry in plants(world.figures)[0] if entry.stage == MINE}
    assert {"longonjo", "yangibana", "kangankunda", "eneabba-stockpile", "mt-weld"} <= found
    assert not found & {"nolans-mine", "donald", "toliara", "caldeira", "songwe-hill", "lofdal"}


def test_light_separation_begun_later_opens_its_region_to_other_ores(world: World) -> None:
    """REEtec adds 60 t a month, a fifth or so of it in its first year; Mountain Pass of 2023 opens nothing."""
    found = {entry.id: entry for entry in plants(world.figures)[0]}
    assert limits_of(found["reetec"]) == ("sep_light:EUR", other_ores("EUR"))
    assert limits_of(found["mountain-pass-light"]) == ("sep_light:NAM",)
    free = says(Way.FREE)
    paths = follow(world.figures, [found["reetec"]], lambda *about: (free, 1.0), FIRST, LAST)
    more = added(world.figures, paths, FIRST, LAST)
    assert more[other_ores("EUR")] == more["sep_light:EUR"] == pytest.approx(60.0, rel=0.2)


def mine(status: str, start: str) -> Plant:
    month = parse_month(start)
    return Plant("own", "ROW", MINE, "mine:X:ROW", "other", 1.0, month, month, 0, status=status)


@pytest.mark.parametrize(
    ("status", "start", "last", "seen"),
    [
        ("construction", "2035-01", "2026-12", True),
        ("planned", "2028-01", "2026-12", False),
        ("planned", "2028-01", "2027-04", True),
        ("committed", "2028-01", "2026-11", True),
        ("committed", "2028-01", "2026-10", False),
        ("study", "2032-01", "2027-04", False),
    ],
)
def test_a_run_has_only_mines_that_one_of_its_plans_may_see(status: str, start: str, last: str, seen: bool) -> None:
    """With six months to decide, the first decision is of March 2027; a committed mine may be decided in 2026-10."""
    assert opens(mine(status, start), parse_month(last), 42, 6) is seen


def test_what_nothing_mines_is_neither_hauled_nor_separated() -> None:
    ore, there = Good("feed:X", "ROW"), Good("feed:X", "EUR")
    oxide = Good("ox_NdPr", "EUR")
    haul = Activity("haul", ("feed:X", "ROW", "EUR"), (GoodAmount(ore, 1.0),), (GoodAmount(there, 1.0),), 0.1)
    cut = Activity("separate", ("feed:X", "EUR"), (GoodAmount(there, 1.0),), (GoodAmount(oxide, 0.2),), 1.0)
    dig = Activity("mine", ("feed:X", "ROW"), (), (GoodAmount(ore, 1.0),), 2.0)
    prices = {ore: 1.0, there: 1.0, oxide: 50.0}
    none = mined_at_last(Network((there, ore, oxide), (haul, cut), (), (), (), (), prices, {}))
    assert none.activities == ()
    assert none.goods == (oxide,)
    assert none.prices == {oxide: 50.0}
    kept = Network((there, ore, oxide), (haul, cut, dig), (), (), (), (), prices, {})
    assert mined_at_last(kept) == kept
