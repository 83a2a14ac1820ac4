"""The parts of a gap that price floors and state stocks cause: what it would be in the same month without them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from coercivity.base.months import Month
from coercivity.market.network.network import Activity
from coercivity.market.program.basis import start_near
from coercivity.market.program.state import Drivers, State
from coercivity.market.program.update import WindowUpdate
from coercivity.market.results.price_gap import GapPart, PriceGap
from coercivity.market.run.policy.floors import BORDER, DIFFERENCE, charges
from coercivity.market.run.policy.reserves import limits_of
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.scenarios.policies import PriceFloor, Stockpile
from coercivity.market.run.simulate import Simulation

FLOOR, STOCKPILE = "floor", "stockpile"
# Below this a difference is that of the solver [USD/kg].
LEAST = 1e-4
Gaps = Mapping[str, PriceGap]


def without_policies(simulation: Simulation, done: MonthDone) -> Iterator[tuple[str, Mapping[str, str], MonthDone]]:
    """Yields the month planned again without state stocks, and then without floors for makers either.

    Each with the part of a gap that the difference is, and the good of each policy by its id. Nothing is yielded where
    none is in force. The window is left at this month.

    Source: equation 82 of docs/market.md.
    """
    asked = simulation.scenario.policies
    # What a plan knows of the months to come moves prices too.
    piles = [each for each in asked.stockpiles if each.known(done.month)]
    paid = [each for each in asked.price_floors if each.kind == DIFFERENCE]
    floors = [each for each in paid if each.known(done.month) and done.month <= each.last]
    update = simulation.update
    own = update.drivers
    try:
        if piles:
            update.drivers = _closed(own, asked.stockpiles)
            yield STOCKPILE, {each.id: each.good for each in piles}, _again(update, done)
        if floors:
            update.drivers = _unpaid(update.drivers, simulation, floors)
            yield FLOOR, {each.id: each.good for each in floors}, _again(update, done)
    finally:
        update.drivers = own


def _closed(drivers: Drivers, stockpiles: Sequence[Stockpile]) -> Drivers:
    names = {name for each in stockpiles for name in limits_of(each)}

    def capacity(name: str, month: Month, seen_from: Month, state: State) -> float:
        return 0.0 if name in names else drivers.capacity(name, month, seen_from, state)

    return replace(drivers, capacity=capacity)


def _unpaid(drivers: Drivers, simulation: Simulation, floors: Sequence[PriceFloor]) -> Drivers:
    under, paid = charges(simulation.network, floors, drivers)

    def charge(name: tuple[str, ...], month: Month, seen_from: Month, state: State) -> float:
        whole = drivers.charge(name, month, seen_from, state)
        return whole - paid(name, month, seen_from, state) if name in under else whole

    return replace(drivers, charge=charge)


def _again(update: WindowUpdate, done: MonthDone) -> MonthDone:
    update.window.delay(done.delays)
    update.to(done.month, done.before, done.seen)
    start_near(update.window.lp, done.plan)
    plan = update.window.solve()
    if plan is None:
        raise ArithmeticError("a month has no plan without its policies")
    return replace(done, plan=plan)


def attributed(gap: PriceGap, freer: PriceGap, part: str, policies: Mapping[str, str]) -> PriceGap:
    """Returns a gap split as the one without policies, with what they add to it as a part of its own.

    The parts add up to the gap. Where the policies change nothing its own parts stay. The part names the policies for
    the good, or all of them if none is for it: they act together.

    Source: equation 82 of docs/market.md.
    """
    more = gap.gap - freer.gap
    if abs(more) < LEAST:
        if not any(each.part in (FLOOR, STOCKPILE) for each in freer.parts):
            return gap
        kept = (each._replace(usd_per_kg=each.usd_per_kg + more * (each.part == "residual")) for each in freer.parts)
        return replace(gap, parts=tuple(kept))
    own = tuple(name for name, good in policies.items() if good == gap.good) or tuple(policies)
    return replace(gap, parts=(*freer.parts, GapPart(part, own, more)))


def border_charges(simulation: Simulation) -> Callable[[Activity, MonthDone], list[GapPart]]:
    """Returns the floors at the border that a shipment pays in a month, as parts of a gap."""
    floors = [each for each in simulation.scenario.policies.price_floors if each.kind == BORDER]
    each_paid = [(floor.id, *charges(simulation.network, [floor], simulation.update.drivers)) for floor in floors]

    def paid(ship: Activity, done: MonthDone) -> list[GapPart]:
        return [
            GapPart(FLOOR, (name,), charge(ship.name, done.month, done.month, done.before))
            for name, under, charge in each_paid
            if ship.name in under
        ]

    return paid
