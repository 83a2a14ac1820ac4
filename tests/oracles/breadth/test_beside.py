"""Qualification, ratchet, unregistered supply and piles of the packed market against plain readings of their equations."""

from __future__ import annotations

import pytest

from coercivity.market.network.network import Good
from coercivity.market.run.scenarios.planning import default_grid
from coercivity.market.run.simulate import Simulation
from tests.oracles.breadth.beside import Designs, pile_after, pile_room_t, unregistered_t
from tests.oracles.market_toy import packed_run

# Shares, ratios and piles are rounded to nine digits where they are committed.
CLOSE = 6e-9


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return packed_run("controls-back", "2026-03", default_grid().periods)


def test_designs_follow_their_months(simulation: Simulation) -> None:
    """Share reached, first month of use and months in a row, month by month from nothing."""
    needed = round(simulation.world.figures.assumption("qualification_months"))
    ours = Designs()
    for done in simulation.months:
        ours.month(simulation, done, needed)
        assert done.after.qualified_on == ours.begin
        rows = {name: count for name, count in ours.in_a_row.items() if count and name not in ours.begin}
        assert done.after.sought == rows
        for name, share in ours.share.items():
            assert done.after.ready.get(name, 0.0) == pytest.approx(share, rel=CLOSE, abs=1e-15), name
    assert ours.begin


def test_no_share_is_ever_lost_and_none_is_used_before_its_wait(simulation: Simulation) -> None:
    waits = {r.activity for r in simulation.network.recipes if r.wait}
    for done in simulation.months:
        for name, share in done.before.ready.items():
            assert done.after.ready[name] >= share
        for name in waits & done.activity_t.keys():
            assert done.before.qualified_on[name] <= done.month


def test_unregistered_supply_follows_the_quote_of_the_month_before(simulation: Simulation) -> None:
    names = [name for name in simulation.network.limits if name.startswith("unregistered:")]
    assert names
    moved = 0
    for done in simulation.months:
        for name in names:
            room = simulation.update.drivers.capacity(name, done.month, done.month, done.before)
            assert room == pytest.approx(unregistered_t(simulation, done, name), rel=CLOSE)
            moved += abs(room / simulation.network.limits[name] - 1) > 0.01
            used = done.activity_t.get(("unregistered", name.split(":")[1], "CN"), 0.0)
            assert used <= room * (1 + 1e-7)
    assert moved


def test_piles_hold_what_was_put_aside_and_not_taken_up(simulation: Simulation) -> None:
    piles: dict[Good, float] = {}
    for done in simulation.months:
        for name in (each for each in simulation.network.limits if each.startswith("pile:")):
            _, element, region = name.split(":")
            taken = done.activity_t.get(("retake", element, region), 0.0)
            assert taken <= pile_room_t(simulation, done, name) * (1 + 1e-6) + 1e-9
        piles = pile_after(simulation, done, piles)
        for entry, mass in piles.items():
            assert done.after.aside_t.get(entry, 0.0) == pytest.approx(mass, rel=1e-7, abs=1e-7), entry
    assert max(piles.values()) > 1.0
