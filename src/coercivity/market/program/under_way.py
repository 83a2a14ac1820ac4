"""Goods under way after a month: in transit, held by customs, or thrown away."""

from __future__ import annotations

from collections.abc import Mapping

from coercivity.base.canonical import round_sig
from coercivity.base.months import Month
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.network.network import Good
from coercivity.market.program.build import AT_ONCE, PlanningWindow
from coercivity.market.program.state import State

# Less than this share of the throughput of a good is rounding.
LEAST_DISPOSED = 1e-7


def disposed(
    window: PlanningWindow,
    state: State,
    did: Mapping[tuple[str, ...], float],
    stock: Mapping[Good, float],
    month: Month,
    collected: Mapping[Good, float],
) -> dict[Good, float]:
    """Returns what of each product that can be stored was neither used nor kept [t].

    Args:
        window: The window of the month.
        state: The state before it.
        did: Quantity of each activity [t].
        stock: Stock at the end [t].
        month: The month.
        collected: What came without an activity [t].
    """
    network = window.network
    left = {s.good: state.stock_t.get(s.good, 0.0) - stock.get(s.good, 0.0) for s in network.stores}
    passed = dict.fromkeys(left, 0.0)
    for entry, mass in collected.items():
        left[entry] += mass
        passed[entry] += mass
    for (entry, when), mass in state.arriving_t.items():
        if when == month and entry in left:
            left[entry] += mass
    for activity in network.activities:
        mass = did[activity.name]
        if not mass:
            continue
        at_once = window.delays.get(activity.name, AT_ONCE)[0]
        for given in activity.gives:
            if not given.lag and given.good in left:
                left[given.good] += mass * given.mass * at_once
                passed[given.good] += mass * given.mass * at_once
        for taken in activity.takes:
            if taken.good in left:
                left[taken.good] -= mass * taken.mass
                passed[taken.good] += mass * taken.mass
    return {entry: round_sig(mass) for entry, mass in left.items() if mass > LEAST_DISPOSED * (1.0 + passed[entry])}


def arriving(
    window: PlanningWindow, state: State, did: Mapping[tuple[str, ...], float], month: Month
) -> dict[tuple[Good, Month], float]:
    """Returns the goods in transit after a month: those from before, and the shipments of the month."""
    found = {key: mass for key, mass in state.arriving_t.items() if key[1] > month}
    for activity in window.network.activities:
        mass = did[activity.name]
        for given in activity.gives if mass else ():
            for later, share in enumerate(window.delays.get(activity.name, AT_ONCE)):
                if given.lag + later and share:
                    place = (given.good, month + given.lag + later)
                    found[place] = found.get(place, 0.0) + mass * given.mass * share
    return found


def cleared_from_china(
    window: PlanningWindow, state: State, did: Mapping[tuple[str, ...], float], month: Month
) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str, Month], float]]:
    """Returns the exports from China that clear customs in a month, and those still held by month of clearance [t]."""
    cleared: dict[tuple[str, str], float] = {}
    clearing: dict[tuple[str, str, Month], float] = {}
    for (good, region, when), mass in state.clearing_t.items():
        if when > month:
            clearing[good, region, when] = mass
        else:
            cleared[good, region] = cleared.get((good, region), 0.0) + mass
    for activity in window.network.activities:
        mass = did[activity.name] if activity.kind == "ship" and activity.key[1] == CHINA else 0.0
        if not mass:
            continue
        good, _, region = activity.key[:3]
        for later, share in enumerate(window.delays.get(activity.name, AT_ONCE)):
            if not later:
                cleared[good, region] = cleared.get((good, region), 0.0) + mass * share
            elif share:
                place = (good, region, month + later)
                clearing[place] = clearing.get(place, 0.0) + mass * share
    return cleared, clearing
