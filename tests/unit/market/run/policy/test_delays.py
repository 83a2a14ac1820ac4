"""Delays by policy: which plants start later, and by how much."""

from __future__ import annotations

from dataclasses import replace

from coercivity.base.months import parse_month
from coercivity.market.run.industry.plants import Plant
from coercivity.market.run.policy.delays import delayed
from coercivity.market.run.scenarios.policies import Delay

START = parse_month("2027-07")
LINE = Plant("line", "EUR", "magnet", "magnet:EUR", "magnet", 100.0, START, START, 0)


def delay(**parts: str) -> Delay:
    return Delay.model_validate({"id": "late", "months": "18", **parts})


def starts(*asked: Delay, plant: Plant = LINE) -> int:
    (found,) = delayed([plant], asked)
    return found.start - START


def test_a_stage_is_late_where_it_has_not_started() -> None:
    assert starts(delay(stage="magnet", region="EUR")) == 18
    assert starts(delay(stage="magnet", region="all")) == 18
    assert starts(delay(stage="magnet", region="JP")) == 0
    assert starts(delay(stage="metal", region="EUR")) == 0
    assert starts(delay(stage="magnet", region="EUR"), plant=replace(LINE, waiting=False)) == 0


def test_delays_of_a_stage_and_of_a_plant_add_up() -> None:
    assert starts(delay(stage="magnet", region="EUR"), delay(plant="line", months="6")) == 24
    assert starts(delay(plant="other")) == 0
