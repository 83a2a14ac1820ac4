"""What a run of the model says of past months, by groups of products: what the estimate starts from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from coercivity.base.months import Month
from coercivity.market.inputs.coefficients import CHINA, MAGNETS
from coercivity.market.network.network import Activity, Good
from coercivity.market.program.state import State
from coercivity.market.run.observed import OWNED, Place
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation

# Products that are counted together, because customs do: one code holds all magnets.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "magnets": MAGNETS,
    "ox_Dy": ("ox_Dy",),
    "met_Dy": ("met_Dy",),
    "ox_Tb": ("ox_Tb",),
    "met_Tb": ("met_Tb",),
    "ox_NdPr": ("ox_NdPr",),
    "met_NdPr": ("met_NdPr",),
}
KeyT = TypeVar("KeyT")
# Origin and region of import.
Route = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ModelFlows:
    """A group of products in a run.

    Attributes:
        group: The group.
        months: The months, one after another.
        made_t: Output, by region and month [t].
        used_t: Used, or thrown away, by region and month [t].
        shipped_t: Shipments by origin, region of import and month; from China when they clear customs there [t].
        lags: Months under way by route.
        held_t: Held by Chinese customs at the end of each month, by region of import [t].
        stock_t: Stock before the first month, by region [t].
        due_t: Under way before the first month, by region and month of arrival [t].
        single: Whether it is one product.
    """

    group: str
    months: tuple[Month, ...]
    made_t: Mapping[tuple[str, Month], float]
    used_t: Mapping[tuple[str, Month], float]
    shipped_t: Mapping[tuple[str, str, Month], float]
    lags: Mapping[Route, int]
    held_t: Mapping[tuple[str, Month], float]
    stock_t: Mapping[str, float]
    due_t: Mapping[tuple[str, Month], float]
    single: bool = False

    @property
    def regions(self) -> tuple[str, ...]:
        """Regions in which the group is made, used, held or received, in order."""
        found = {region for region, _ in (*self.made_t, *self.used_t, *self.due_t)} | set(self.stock_t)
        return tuple(sorted(found | {end for *ends, _ in self.shipped_t for end in ends}))


def model_flows(simulation: Simulation, groups: Mapping[str, tuple[str, ...]] = GROUPS) -> list[ModelFlows]:
    """Returns what a run says of each group of products.

    Args:
        simulation: The run.
        groups: Products of each group.
    """
    acts = {activity.name: activity for activity in simulation.network.activities}
    lags = _lags(simulation.network.activities)
    return [_group(simulation.months, acts, lags, name, frozenset(each)) for name, each in groups.items()]


def group_lags(simulation: Simulation, groups: Mapping[str, tuple[str, ...]] = GROUPS) -> dict[Place, int]:
    """Returns the months that a group is under way from China, by group and region."""
    lags = _lags(simulation.network.activities)
    return {
        (group, region): lag
        for group, names in groups.items()
        for (name, origin, region), lag in sorted(lags.items())
        if origin == CHINA and name == names[0]
    }


def parts_of(simulation: Simulation, groups: Mapping[str, tuple[str, ...]] = GROUPS) -> dict[Place, dict[Good, float]]:
    """Returns what each product of a group in a region amounts to over the months of a run: stock and inflow [t].

    Args:
        simulation: The run.
        groups: Products of each group.
    """
    group_of = {name: group for group, names in groups.items() for name in names}
    acts = {activity.name: activity for activity in simulation.network.activities}
    found: dict[Place, dict[Good, float]] = {}

    def add(entry: Good, mass: float) -> None:
        if entry.name in group_of and entry.tag in OWNED and mass > 0.0:
            held = found.setdefault((group_of[entry.name], entry.region), {})
            held[entry] = held.get(entry, 0.0) + mass

    for done in simulation.months:
        for entry, mass in done.stock_t.items():
            add(entry, mass)
        for name, mass in done.activity_t.items():
            for given in acts[name].gives:
                add(given.good, mass * given.mass)
    return found


def _group(
    months: Sequence[MonthDone],
    acts: Mapping[tuple[str, ...], Activity],
    lags: Mapping[tuple[str, str, str], int],
    group: str,
    names: frozenset[str],
) -> ModelFlows:
    made: dict[tuple[str, Month], float] = {}
    used: dict[tuple[str, Month], float] = {}
    shipped: dict[tuple[str, str, Month], float] = {}
    held: dict[tuple[str, Month], float] = {}
    for done in months:
        for name, mass in done.activity_t.items():
            activity = acts[name]
            if activity.kind == "ship":
                if activity.key[0] in names and activity.key[1] != CHINA:
                    _add(shipped, (activity.key[1], activity.key[2], done.month), mass)
                continue
            for region, net in _net(activity, names).items():
                _add(made if net > 0.0 else used, (region, done.month), abs(net) * mass)
        for entry, mass in done.disposed_t.items():
            if entry.name in names and entry.tag in OWNED:
                _add(used, (entry.region, done.month), mass)
        for (name_of, region), mass in done.cleared_t.items():
            if name_of in names:
                _add(shipped, (CHINA, region, done.month), mass)
        for (name_of, region, _), mass in done.after.clearing_t.items():
            if name_of in names:
                _add(held, (region, done.month), mass)
    before: State = months[0].before
    stock: dict[str, float] = {}
    due: dict[tuple[str, Month], float] = {}
    for entry, mass in before.stock_t.items():
        if entry.name in names and entry.tag in OWNED:
            stock[entry.region] = stock.get(entry.region, 0.0) + mass
    for (entry, when), mass in before.arriving_t.items():
        if entry.name in names and entry.tag in OWNED:
            _add(due, (entry.region, when), mass)
    routes = {(origin, to): lag for (name, origin, to), lag in lags.items() if name in names}
    return ModelFlows(
        group, tuple(done.month for done in months), made, used, shipped, routes, held, stock, due, len(names) == 1
    )


def _net(activity: Activity, names: frozenset[str]) -> dict[str, float]:
    """Returns what a unit of an activity adds to a group by region; less than zero if it takes [t/t]."""
    found: dict[str, float] = {}
    for amount, sign in (*((each, 1.0) for each in activity.gives), *((each, -1.0) for each in activity.takes)):
        entry = amount.good
        if entry.name in names and entry.tag in OWNED:
            found[entry.region] = found.get(entry.region, 0.0) + sign * amount.mass
    return {region: net for region, net in found.items() if net}


def _lags(activities: Sequence[Activity]) -> dict[tuple[str, str, str], int]:
    return {(a.key[0], a.key[1], a.key[2]): a.gives[0].lag for a in activities if a.kind == "ship"}


def _add(masses: dict[KeyT, float], key: KeyT, mass: float) -> None:
    masses[key] = masses.get(key, 0.0) + mass
