"""Plants that start later than planned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from coercivity.base.sums import total
from coercivity.market.run.industry.plants import Plant
from coercivity.market.run.scenarios.policies import Delay

ALL = "all"


def delayed(plants: Iterable[Plant], delays: Sequence[Delay]) -> list[Plant]:
    """Returns the plants with their delays, which add up; a delay of a stage leaves alone what has started."""
    found = []
    for plant in plants:
        months = total([each.months for each in delays if _meant(each, plant)])
        found.append(replace(plant, planned=plant.planned + months, start=plant.start + months) if months else plant)
    return found


def _meant(delay: Delay, plant: Plant) -> bool:
    if delay.plant:
        return delay.plant == plant.id
    return plant.waiting and delay.stage == plant.stage and delay.region in (plant.region, ALL)
