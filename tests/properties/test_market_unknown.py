"""The law is unconfirmed only where it matters: property 11 of docs/market.md."""

from __future__ import annotations

import pytest

from coercivity.base.days import Day, parse_day
from coercivity.base.errors import Faults
from coercivity.cases.arguments import assumptions
from coercivity.market.program.build import bucket_of
from coercivity.market.run.simulate import world_once
from coercivity.permission.buckets import TAGS, Bucket, PlantAct, load_buckets, process_stages
from coercivity.permission.gate import Gate
from coercivity.permission.gates import Gates
from tests.oracles.market_toy import packed_book

AFTER, BEFORE = parse_day("2026-12-15"), parse_day("2026-10-01")


def gates_of(text: str) -> Gates:
    faults = Faults()
    found = assumptions(packed_book(), text, faults) if text else {}
    faults.raise_if_any()
    return Gates(packed_book(), assume=found)


@pytest.fixture(scope="module")
def three() -> tuple[Gates, Gates, Gates]:
    """As known, lapsed, and extended by a year."""
    return gates_of(""), gates_of("lapsed"), gates_of("extended:2027-11-10")


def buckets() -> list[Bucket]:
    """Every flow that the market asks of, and from elsewhere than China under each tag."""
    names = sorted({bucket_of(a.passage) for a in world_once().network.activities if a.passage is not None})
    return [Bucket(*name, tag) for name in names for tag in (TAGS if name[1] != "CN" else TAGS[:1])]


def plant_acts() -> list[PlantAct]:
    table = load_buckets()
    stages = [stage for stage in sorted(table.plant) if stage in process_stages()]
    return [
        PlantAct(act, region, stage)
        for act in sorted(table.act)
        for region in sorted(table.country)
        if region != "CN"
        for stage in stages
    ]


def way(gate: Gate) -> tuple[str, bool]:
    return gate.way.value, gate.free


def told(gates: Gates, asked: Bucket | PlantAct, on: Day, known: Day) -> Gate:
    return gates.plant_gate(asked, on, known) if isinstance(asked, PlantAct) else gates.gate(asked, on, known)


def test_11_a_gate_is_unknown_only_where_its_branches_part(three: tuple[Gates, Gates, Gates]) -> None:
    """Test 11: in December 2026 a flow is unknown exactly where the pause that lapsed and the one that goes on differ."""
    as_known, lapsed, extended = three
    unknown = settled = 0
    for asked in buckets():
        found, a, b = (told(gates, asked, AFTER, BEFORE) for gates in (as_known, lapsed, extended))
        assert not a.unknown, asked
        assert not b.unknown, asked
        if found.unknown:
            assert way(a) != way(b), (asked, a, b)
            unknown += 1
        elif way(a) == way(b):
            settled += 1
        assert found.unknown or way(a) == way(b), (asked, a, b)
    assert unknown > 20
    assert settled > 100


def test_11_what_is_unknown_takes_the_stricter_way(three: tuple[Gates, Gates, Gates]) -> None:
    """Test 11: until somebody knows, the market plans with the stricter of the two."""
    strict = {"free": 0, "licence": 1, "presumed_denial": 2, "shut": 3}
    as_known, lapsed, extended = three
    for asked in buckets():
        found, a, b = (told(gates, asked, AFTER, BEFORE) for gates in (as_known, lapsed, extended))
        assert strict[found.way.value] == max(strict[a.way.value], strict[b.way.value]), asked


def test_11_acts_at_plants_are_unknown_only_where_their_branches_part(three: tuple[Gates, Gates, Gates]) -> None:
    """Test 11 for know-how, service, staff and machines at plants abroad."""
    as_known, lapsed, extended = three
    parted = 0
    for asked in plant_acts():
        found, a, b = (told(gates, asked, AFTER, BEFORE) for gates in (as_known, lapsed, extended))
        assert found.unknown == (a.way != b.way), (asked, found, a, b)
        parted += found.unknown
    assert parted > 0


def test_11_before_the_pause_ends_nothing_is_unknown(three: tuple[Gates, Gates, Gates]) -> None:
    """Test 11: while the pause runs both branches are one, and no gate is unknown."""
    as_known, lapsed, extended = three
    for asked in buckets():
        found, a, b = (told(gates, asked, BEFORE, BEFORE) for gates in (as_known, lapsed, extended))
        assert not found.unknown, asked
        assert way(found) == way(a) == way(b), asked
