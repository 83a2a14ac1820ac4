"""The network of one region as text: inputs, outputs, cost, stocks, demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from coercivity.market.network.network import GoodAmount
from coercivity.market.run.simulate import world_once

REGION = "JP"


def _amounts(amounts: Iterable[GoodAmount]) -> str:
    return " + ".join(f"{one.mass:.5g} {one.good.name}" for one in amounts) or "-"


def test_the_network_of_one_region_is_as_it_was(golden: Callable[[str, str], None]) -> None:
    """One kilogram of each activity in or into Japan [kg, USD/kg]; stores [t, months]; demand [t/month, USD/kg]."""
    network = world_once().network
    lines = [
        f"{' '.join(map(str, a.name))}: {_amounts(a.takes)} -> {_amounts(a.gives)}; {a.cost:.5g} + {a.calibrated:.5g}"
        for a in network.activities
        if REGION in a.key and a.kind != "ship"
    ]
    lines += [
        f"keep {s.good.name} {s.good.tag}: {s.turnover_t:.5g} t, {s.cover:.5g} months, {s.cost:.5g}"
        for s in network.stores
        if s.good.region == REGION
    ]
    for demand in network.demands:
        if demand.region == REGION:
            steps = " ".join(f"{step.worth:.5g}x{step.width:.5g}" for step in demand.steps)
            lines.append(
                f"want {demand.use}: {demand.wanted_t:.5g} t, {demand.growth:.4g}, {demand.choke:.5g}: {steps}"
            )
    golden("market-network.txt", "\n".join(lines) + "\n")
