"""The benchmark of the licensing desk finds files that are lost, and runs that are apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks._desk_runs import (
    BESIDE_LICENCES,
    apart,
    balances,
    in_run,
    on_usual_lanes,
    packed_scenario,
    ran,
    without_undertakings,
)
from coercivity.law.rules.load import load_rulebook
from coercivity.market.network.network import Network
from coercivity.market.run import assembly
from coercivity.market.run.scenarios.scenario import Scenario
from coercivity.market.run.shape import shaped
from coercivity.market.run.simulate import Simulation, world_once
from coercivity.permission.repeal import without_clauses


@pytest.fixture(scope="module")
def run() -> Simulation:
    return ran("2025-06")


def test_files_that_are_lost_show_in_their_queue_and_month(run: Simulation) -> None:
    found = balances(run)
    assert found[0].error < 1e-9
    assert sum(row.files_in > 1 for row in found) > 10
    last = run.months[-1]
    granted = last.desk.granted.copy()
    granted[3] += 0.5
    lost = replace(run, months=(*run.months[:-1], replace(last, desk=replace(last.desk, granted=granted))))
    worst = balances(lost)[0]
    assert (worst.month, worst.queue) == ("2025-06", run.desk.cells.cells[3].queue)
    assert worst.error == pytest.approx(0.5)


def test_the_largest_difference_of_two_runs_is_named(run: Simulation) -> None:
    same = apart(run.months, run.months)
    assert (same.quote, same.cleared) == (0.0, 0.0)
    done = run.months[-1]
    good = max(done.quote, key=lambda entry: done.quote[entry])
    place = max(done.cleared_t, key=lambda entry: done.cleared_t[entry])
    other = replace(
        done,
        quote={**done.quote, good: done.quote[good] * 1.25},
        cleared_t={**done.cleared_t, place: 0.0},
    )
    found = apart([done], [other])
    assert found.quote == pytest.approx(0.25)
    assert found.quote_at == ("2025-06", *filter(None, good))
    assert found.cleared == pytest.approx(1.0)
    assert found.cleared_at == ("2025-06", *place)


def plain(network: Network, scenario: Scenario) -> Network:
    """Shapes nothing."""
    return network


def test_licensed_goods_arrive_free_of_undertakings_and_nothing_else_changes() -> None:
    network = world_once().network
    found = without_undertakings(plain)(network, packed_scenario())
    moved = [(a, b) for a, b in zip(network.activities, found.activities, strict=True) if a != b]
    assert moved
    for before, after in moved:
        assert before.key[1] == "CN"
        assert before.key[4] == "licence"
        assert {given.good.tag for given in before.gives} == {"bound"}
        assert {given.good.tag for given in after.gives} == {"free"}
        assert replace(after, gives=before.gives) == before


def test_controlled_goods_leave_china_only_where_licences_can_be_applied_for() -> None:
    network = world_once().network
    few = replace(network, buckets=tuple(b for b in network.buckets if b.destination == "EUR"))
    found = on_usual_lanes(plain)(few, packed_scenario())
    left = [a.key[:3] for a in found.activities if a.kind == "ship" and a.key[:2] == ("mag_high", "CN")]
    assert set(left) == {("mag_high", "CN", "EUR")}
    assert any(a.key[:3] == ("ox_La", "CN", "JP") for a in found.activities if a.kind == "ship")


def test_every_instrument_set_aside_exists() -> None:
    book = load_rulebook()
    for name in BESIDE_LICENCES:
        assert without_clauses(book, [name]) is not book


def broken_run() -> None:
    """Fails while a function is replaced."""
    with in_run("shaped", plain):
        assert vars(assembly)["shaped"] is plain
        raise ZeroDivisionError


def test_a_replaced_function_is_put_back() -> None:
    with pytest.raises(ZeroDivisionError):
        broken_run()
    assert vars(assembly)["shaped"] is shaped
