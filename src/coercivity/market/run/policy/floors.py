"""Price floors: makers who are paid the difference to the quote, and a duty that lifts imports to the floor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from coercivity.base.months import Month
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.network.network import NOT_MAKING, Activity, Good, Network
from coercivity.market.network.ties import TIE, keyed
from coercivity.market.program.lp import INF
from coercivity.market.program.state import Drivers, State
from coercivity.market.run.scenarios.policies import PriceFloor

DIFFERENCE, BORDER = "contract_for_difference", "border"
MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Covered:
    """An activity under a price floor.

    Attributes:
        mass: The good per unit of the activity [t/t].
        quoted: The product whose quote counts: in the region of the maker, or at the origin of a shipment.
    """

    floor: PriceFloor
    activity: Activity
    mass: float
    quoted: Good


def limit_of(floor: PriceFloor) -> str:
    """Returns the name of the capacity that limits the tonnes under a floor."""
    return f"floor:{floor.id}:{floor.region}"


def makes(activity: Activity, name: str, region: str) -> tuple[float, Good] | None:
    """Returns the quantity of a good that a unit of an activity makes in a region, and the good; None if none."""
    if activity.kind in NOT_MAKING:
        return None
    made = [given for given in activity.gives if (given.good.name, given.good.region) == (name, region)]
    return (total(given.mass for given in made), made[0].good) if made else None


def with_floors(network: Network, floors: Iterable[PriceFloor]) -> Network:
    """Returns the network in which tonnes under a limited floor are made by columns of their own.

    A floor without a limit needs none: it pays on the columns that are there. A column under a limited floor shares
    all capacities with the one that it copies.

    Source: equation 81 of docs/market.md.
    """
    activities, limits = list(network.activities), dict(network.limits)
    dated = set(network.dated)
    for floor in floors:
        if floor.kind != DIFFERENCE or floor.tonnes_a_year is None:
            continue
        name = limit_of(floor)
        limits[name] = INF
        dated.add(name)
        for activity in network.activities:
            made = makes(activity, floor.good, floor.region)
            if made is not None:
                key = (*activity.key, name)
                # Where the floor pays nothing the column without it runs.
                cost = activity.cost + TIE * (1 + keyed(activity.kind, *key))
                copy = replace(activity, key=key, cost=cost, limits=(*activity.limits, (name, made[0])))
                activities.append(copy)
    return replace(network, activities=tuple(activities), limits=limits, dated=frozenset(dated))


def covered(network: Network, floors: Iterable[PriceFloor]) -> Iterator[Covered]:
    """Yields the activities under each floor."""
    for floor in floors:
        name = limit_of(floor)
        for activity in network.activities:
            if floor.kind == BORDER:
                if activity.kind == "ship" and (activity.key[0], activity.key[2]) == (floor.good, floor.region):
                    yield Covered(floor, activity, 1.0, activity.takes[0].good)
                continue
            made = makes(activity, floor.good, floor.region)
            if made is None:
                continue
            under = any(limit == name for limit, _ in activity.limits)
            copied = any(limit.startswith("floor:") for limit, _ in activity.limits)
            if under or (floor.tonnes_a_year is None and not copied):
                yield Covered(floor, activity, *made)


def difference(one: Covered, quote: float, levy: float) -> float:
    """Returns what a unit of an activity pays under a floor, negative if it is paid [USD/kg].

    Args:
        one: The activity.
        quote: Quote before the month [USD/kg].
        levy: Charges on a shipment besides freight [USD/kg].

    Source: equation 81 of docs/market.md.
    """
    gap = one.floor.price - quote
    if one.floor.kind == BORDER:
        return max(gap - levy - one.activity.cost, 0.0)
    if gap < 0:
        # What is paid back on limited tonnes does not depend on the month's decision; it is settled in the accounts.
        return 0.0 if one.floor.tonnes_a_year is not None else -gap * one.floor.upside * one.mass
    return -gap * one.mass


def charges(
    network: Network, floors: Iterable[PriceFloor], drivers: Drivers
) -> tuple[frozenset[tuple[str, ...]], Callable[[tuple[str, ...], Month, Month, State], float]]:
    """Returns the activities under a floor, and what each pays in a month as seen in another [USD/kg]."""
    found: dict[tuple[str, ...], list[Covered]] = {}
    for one in covered(network, floors):
        found.setdefault(one.activity.name, []).append(one)

    def charge(name: tuple[str, ...], month: Month, seen_from: Month, state: State) -> float:
        active = [one for one in found.get(name, ()) if one.floor.known(seen_from) and one.floor.holds(month)]
        return total(difference(one, *quoted(one, month, seen_from, state, drivers)) for one in active)

    return frozenset(found), charge


def quoted(one: Covered, month: Month, seen_from: Month, state: State, drivers: Drivers) -> tuple[float, float]:
    """Returns the quote that counts for an activity, and the charges on its shipment besides freight [USD/kg]."""
    quote, activity = state.quote.get(one.quoted, 0.0), one.activity
    share = activity.levy[1] if activity.levy is not None else 0.0
    if activity.kind == "ship" and activity.key[1] == CHINA and activity.key[0] in drivers.dutied:
        share += drivers.duty(activity.key[0], month, seen_from)
    return quote, share * quote


def support_limits(floors: Iterable[PriceFloor]) -> Mapping[str, PriceFloor]:
    """Returns the limited floors by the name of their capacity."""
    return {limit_of(floor): floor for floor in floors if floor.kind == DIFFERENCE and floor.tonnes_a_year is not None}
