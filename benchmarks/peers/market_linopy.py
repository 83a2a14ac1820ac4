"""The market window rebuilt and solved in linopy each month, as a model without a persistent solver must."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NamedTuple

from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation
from tests.oracles.market_asked import Asked
from tests.oracles.market_linopy import Reference


class Spent(NamedTuple):
    """Time of one window [ms], and the relative difference of its cost."""

    build: float
    solve: float
    apart: float


def run(simulation: Simulation, months: Sequence[MonthDone]) -> list[Spent]:
    """Builds and solves the windows of several committed months."""
    found = []
    window = simulation.update.window
    for done in months:
        asked = Asked(
            simulation.network,
            window.rates,
            simulation.update.shares,
            simulation.update.drivers,
            done.before,
            done.month,
            window.grid.periods,
        )
        begun = time.perf_counter()
        model = Reference(asked)
        built = time.perf_counter()
        welfare = model.most_welfare()
        ended = time.perf_counter()
        assert welfare is not None
        found.append(Spent((built - begun) * 1e3, (ended - built) * 1e3, abs(-welfare / done.plan.objective - 1)))
    return found
