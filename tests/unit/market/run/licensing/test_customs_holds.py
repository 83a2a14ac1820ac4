"""Which shipments customs hold: magnets that need no licence while others to the same region do."""

from __future__ import annotations

import datetime as dt

import pytest

from coercivity.base.months import month_of
from coercivity.market.run.licensing.customs import CustomsHolds
from coercivity.market.run.simulate import world_once
from coercivity.permission.buckets import load_buckets
from coercivity.permission.desk.cells import BucketName, form_of
from coercivity.permission.gate import Gate, Way
from coercivity.practice.desk_tables import load_desk
from tests.oracles.market_toy import FREE, LICENCE, says

MAY, LATER = month_of(dt.date(2025, 5, 1)), month_of(dt.date(2027, 1, 1))
CONTROLLED = ("mag_high", "CN", "JP", "civil")


def gates(*controlled: BucketName, gate: Gate = LICENCE) -> dict[BucketName, Gate]:
    """What the law says of everything that leaves China: these need a licence."""
    ships = [a.passage for a in world_once().network.activities if a.passage is not None]
    names = {(p.good, p.origin, p.destination, p.user) for p in ships}
    return {name: gate if name in controlled else FREE for name in names}


@pytest.fixture(scope="module")
def holds() -> CustomsHolds:
    return CustomsHolds(world_once().network, load_desk(), load_buckets().members)


def test_nothing_is_held_where_nothing_is_controlled(holds: CustomsHolds) -> None:
    assert holds(MAY, gates()) == {}


def test_free_magnets_to_the_same_region_are_held_and_nothing_else(holds: CustomsHolds) -> None:
    found = holds(MAY, gates(CONTROLLED))
    assert ("ship", "mag_none", "CN", "JP", "civil", "free") in found
    assert {name[3] for name in found} == {"JP"}
    assert {form_of(name[1]) for name in found} == {"magnet"}
    assert all(name[4:] == ("civil", "free") and name[1] != "mag_high" for name in found)


@pytest.mark.parametrize("way", [Way.DENIAL, Way.SHUT])
def test_goods_that_look_like_refused_or_prohibited_ones_are_held_too(holds: CustomsHolds, way: Way) -> None:
    assert holds(MAY, gates(CONTROLLED, gate=says(way))) == holds(MAY, gates(CONTROLLED))


def test_controls_of_military_users_and_of_other_forms_hold_no_magnets(holds: CustomsHolds) -> None:
    assert holds(MAY, gates(("mag_high", "CN", "KR", "military"))) == {}
    assert holds(MAY, gates(("ox_Dy", "CN", "JP", "civil"))) == {}


def test_shares_by_months_add_up_to_one_and_none_is_negative(holds: CustomsHolds) -> None:
    for kernel in holds(MAY, gates(CONTROLLED, ("mag_high", "CN", "EUR", "civil"))).values():
        assert sum(kernel) == pytest.approx(1.0)
        assert min(kernel) >= 0.0
        assert kernel[0] < 1.0


def test_a_hold_ends_with_its_last_day(holds: CustomsHolds) -> None:
    assert holds(LATER, gates(CONTROLLED)) == {}


def test_switched_off_nothing_is_held() -> None:
    off = CustomsHolds(world_once().network, load_desk().without(["customs_hold"]), load_buckets().members)
    assert off(MAY, gates(CONTROLLED)) == {}
