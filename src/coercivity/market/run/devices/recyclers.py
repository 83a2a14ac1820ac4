"""Plants that treat magnets at the end of their life.

Every plant of the stage `recycling` outside China is built for magnets from devices; it may treat swarf as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from coercivity.market.network.end_of_life import capacity_name
from coercivity.market.run.industry.plants import Plant

RECYCLING = "recycling"


def treating(entries: Iterable[Plant]) -> list[Plant]:
    """Returns the plants, with recyclers as capacity for magnets at the end of their life, which swarf shares."""
    return [
        replace(plant, limit=capacity_name(plant.region)) if plant.stage == RECYCLING else plant for plant in entries
    ]
