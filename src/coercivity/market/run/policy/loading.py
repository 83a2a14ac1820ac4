"""Loading: the largest shipment of a month, since nobody ships the goods of three months in one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from coercivity.base.months import Month
from coercivity.base.sums import total
from coercivity.market.inputs.base_flows import TRADES, BaseFlows
from coercivity.market.network.network import Network
from coercivity.market.program.lp import INF
from coercivity.market.program.state import BASE_MONTH
from coercivity.market.run.industry.plants import Plant

MONTHS_A_YEAR = 12
Route = tuple[str, str, str]
# Magnets with and without cerium serve the same uses and are shipped in place of each other.
_ALIKE = {"mag_Ce": ("mag_Ce", "mag_none"), "mag_none": ("mag_Ce", "mag_none")}


# What magnet works take: their capacities decide how much of it is usual.
_INPUTS = ("ox_", "met_")
_WORKS = ("magnet", "magnet_smco", "metal")


def loading_of(
    network: Network, base: BaseFlows, plants: Iterable[Plant], multiple: float
) -> Callable[[Route, Month], float]:
    """Returns the largest shipment by good, origin, destination and month [t/month].

    It is a multiple of the usual shipment: the trade of the base year on the route or the turnover at its end,
    whichever is more, grown with the demand there and, for oxides and metals, with the works that take them. A route
    without either has no limit.

    Args:
        network: The network.
        base: Flows of the base year.
        plants: Plants outside China, each counted with its whole capacity from its planned start on.
        multiple: Largest shipment as a multiple of the usual one.

    Source: equation 85 of docs/market.md.
    """
    traded: dict[Route, float] = {}
    for kind in TRADES:
        for route, mass in base.trade(kind).items():
            traded[route] = traded.get(route, 0.0) + mass / MONTHS_A_YEAR
    turnover: dict[tuple[str, str], float] = {}
    for store in network.stores:
        place = (store.good.name, store.good.region)
        turnover[place] = turnover.get(place, 0.0) + store.turnover_t

    @cache
    def usual(route: Route) -> float:
        name, origin, to = route
        alike = _ALIKE.get(name, (name,))
        return max(
            total(traded.get((each, origin, to), 0.0) for each in alike),
            total(turnover.get((each, to), 0.0) for each in alike),
        )

    works: dict[tuple[str, str], list[Plant]] = {}
    for plant in plants:
        stage, _, region = plant.limit.rpartition(":")
        works.setdefault((stage, region), []).append(plant)

    @cache
    def capacity(region: str, month: Month) -> float:
        """Returns the works of a region as a multiple of those of the base year, of the stage that grew most."""
        found = [1.0]
        for stage in _WORKS:
            name = f"{stage}:{region}"
            before = network.limits.get(name, 0.0)
            more = total(plant.capacity_t for plant in works.get((stage, region), ()) if plant.planned <= month)
            more += network.limits.get(f"more_{name}", 0.0)
            if more:
                found.append((before + more) / before if before else INF)
        return max(found)

    @cache
    def growth(region: str, month: Month) -> float:
        demands = [demand for demand in network.demands if demand.region == region]
        before = total(demand.wanted_t for demand in demands)
        years = max(month - BASE_MONTH, 0) / MONTHS_A_YEAR
        now = total(demand.wanted_t * (1 + demand.growth) ** years for demand in demands)
        return now / before if before else 1.0

    def loading(route: Route, month: Month) -> float:
        name, _, to = route
        mass = usual(route)
        if not mass:
            return INF
        more = capacity(to, month) if name.startswith(_INPUTS) else 1.0
        return multiple * mass * max(growth(to, month), more)

    return loading
