"""How far a plan looks ahead: law in full, demand and plants for so many months."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from coercivity.market.program.state import State
from coercivity.market.program.update import WindowUpdate
from tests.oracles.market_toy import FIRST, FREE, Toy, always, drivers, moves_of


def _highs(update: WindowUpdate, name: str) -> list[float]:
    rows = [update.window.row("limit", name, p) for p in range(update.window.periods)]
    return [float(high) for high in np.array(update.window.lp._now[4])[rows]]


def test_a_quota_is_foreseen_in_full_and_a_capacity_for_some_months() -> None:
    """Both fall to nothing in the fourth month; two months ahead are foreseen."""
    toy = Toy()
    plain = toy.network()
    limits = {**plain.limits, "quota:law": 5.0, "works": 5.0}
    activities = tuple(
        replace(a, limits=(*a.limits, ("quota:law", 1.0), ("works", 1.0))) if a.kind == "ship" else a
        for a in plain.activities
    )
    network = replace(plain, activities=activities, limits=limits, quotas={"quota:law": "a-quota"})

    def capacity(name: str, month: int, seen_from: int, state: State) -> float:
        room = limits[name]
        return 0.0 if name in ("quota:law", "works") and month >= FIRST + 3 else room

    world = replace(drivers(limits), capacity=capacity, foresight=2)
    update = moves_of(network, toy.rates(network), always(FREE), world, 6)
    update.at(FIRST, toy.state(network))
    assert _highs(update, "quota:law") == [5.0, 5.0, 5.0, 0.0, 0.0, 0.0]
    assert _highs(update, "works") == [5.0] * 6
