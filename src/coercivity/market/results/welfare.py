"""Gains and losses by party: surplus of uses, earnings of producers and licence holders, month by month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from coercivity.base.canonical import round_sig
from coercivity.base.months import Month
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.program.build import AT_ONCE, PlanningWindow
from coercivity.market.results.mechanisms.policy_tables import policy_rows
from coercivity.market.run.policy.reserves import BUY, RELEASE, reserve_prices
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation

Sums = dict[str, float]
UsePart = Literal["less_t", "substituted_t", "without_t"]
KILO = 1000.0
# What states pay and receive by kind of policy; duties of a scenario on exports from China are among the levies.
_PAID = {"price_floor": -1.0, "stockpile": -1.0, "border_floor": 1.0}
USE, MAKER, LICENCE, TAX, STATES = "use", "maker", "licence", "tax", "states"


def welfare_by_party(simulation: Simulation, first: Month, last: Month) -> Sums:
    """Returns the surplus of each party over a period, in USD.

    Parties are `use:REGION:USE`, `maker:REGION`, `licence:REGION`, `tax` and, with policies, `states`.

    A use gains the value of its units above their price. A producer earns the value of its capacity, at mines,
    plants and in recycling. A licence holder earns the shadow value; the Chinese treasury the non-refundable tax.
    States pay under price floors and for their stocks, and receive what floors at the border charge.

    Args:
        simulation: The run.
        first: First month.
        last: Last month.

    Source: equation 46 of docs/market.md.
    """
    found: Sums = {}
    window = simulation.update.window
    for done in simulation.months:
        if first <= done.month <= last:
            for name, usd in _month(window, simulation, done):
                found[name] = found.get(name, 0.0) + usd
    return {name: round_sig(usd) for name, usd in sorted(found.items())}


def _month(window: PlanningWindow, simulation: Simulation, done: MonthDone) -> Iterable[tuple[str, float]]:
    yield from _uses(window, done)
    yield from _makers(window, done)
    for bucket in window.network.buckets:
        used = done.activity_t.get(_licensed(bucket.name), 0.0)
        yield f"{LICENCE}:{bucket.destination}", used * done.permission_value[bucket.name] * KILO
    for activity in window.network.activities:
        if activity.name in done.levies:
            yield TAX, done.activity_t.get(activity.name, 0.0) * done.levies[activity.name] * KILO
    for row in policy_rows(simulation, [done]):
        if row["kind"] in _PAID:
            yield STATES, _PAID[row["kind"]] * row["usd"][0]


def _licensed(bucket: tuple[str, str, str, str]) -> tuple[str, ...]:
    good, origin, destination, user = bucket
    return ("ship", good, origin, destination, user, "licence")


def _uses(window: PlanningWindow, done: MonthDone) -> Iterable[tuple[str, float]]:
    value, dual = done.plan.value, done.plan.dual
    for demand in window.network.demands:
        price = float(dual[window.row("good", demand.service, 0)])
        kept = total(
            float(value[window.column("step", demand.use, demand.region, k, 0)]) * (step.worth - price)
            for k, step in enumerate(demand.steps)
        )
        # A formulation at its limit is cheaper than the price of the service: the use gains the difference.
        yield f"{USE}:{demand.region}:{demand.use}", kept * KILO
    for recipe in window.network.recipes:
        place = window.column("act", recipe.activity, 0)
        earned = -min(float(done.plan.reduced_cost[place]), 0.0) * float(value[place])
        yield f"{USE}:{recipe.region}:{recipe.use}", earned * KILO


def _makers(window: PlanningWindow, done: MonthDone) -> Iterable[tuple[str, float]]:
    plan = done.plan
    for name in window.network.limits:
        # What a state would have paid above the price is not earned by anyone.
        if name.startswith((f"{BUY}:", f"{RELEASE}:")):
            continue
        region = name.rsplit(":", 1)[-1] if not name.startswith(("unregistered:", "quota:")) else CHINA
        if name in window.alone:
            activity, _ = window.alone[name]
            place = window.column("act", activity, 0)
            earned = -min(float(plan.reduced_cost[place]), 0.0) * float(plan.value[place])
        else:
            row = window.row("limit", name, 0)
            drawn = total(
                weight * float(plan.value[window.column("act", a.name, 0)])
                for a in window.network.activities
                for limit, weight in a.limits
                if limit == name
            )
            earned = -float(plan.dual[row]) * drawn
        yield f"{MAKER}:{region}", earned * KILO


def welfare(simulation: Simulation, first: Month, last: Month) -> float:
    """Returns the net benefit of all parties over a period: value of the demand supplied less its cost, in USD.

    Taxes and prices are transfers between parties and are not included. Stocks and goods in transit count at the
    prices of the base year: at the end, less those before the period.

    Args:
        simulation: The run.
        first: First month.
        last: Last month.

    Source: equation 47 of docs/market.md.
    """
    network = simulation.network
    paper = simulation.update.window.rates.papers
    # What a state pays at most, or asks at least, is no cost of anyone.
    cost = {a.name: 0.0 if a.kind in (BUY, RELEASE) else a.cost for a in network.activities}
    shelf = {store.good: store.cost for store in network.stores}
    whole = 0.0
    span = [done for done in simulation.months if first <= done.month <= last]
    window = simulation.update.window
    for done in span:
        value = done.plan.value
        for demand in network.demands:
            for k, step in enumerate(demand.steps):
                whole += float(value[window.column("step", demand.use, demand.region, k, 0)]) * step.worth
        whole -= total(mass * cost[name] for name, mass in done.activity_t.items())
        whole -= total(mass * shelf[entry] for entry, mass in done.stock_t.items())
        whole -= total(mass * paper[name] for name, mass in done.filed_t.items())
    if span:
        prices, before = network.prices | reserve_prices(network), span[0].before
        whole += total(mass * prices.get(entry, 0.0) for entry, mass in span[-1].stock_t.items())
        whole -= total(mass * prices.get(entry, 0.0) for entry, mass in before.stock_t.items())
        whole += _under_way(simulation, span)
        whole -= total(mass * prices.get(entry, 0.0) for (entry, _), mass in before.arriving_t.items())
    return whole * KILO


def _under_way(simulation: Simulation, span: list[MonthDone]) -> float:
    """Returns the value of goods that arrive after the period, some held by customs, at the prices of the base year."""
    last, prices = span[-1].month, simulation.network.prices
    early = span[0].before.arriving_t
    whole = total(mass * prices.get(entry, 0.0) for (entry, month), mass in early.items() if month > last)
    for done in span:
        for activity in simulation.network.activities:
            mass = done.activity_t.get(activity.name, 0.0)
            for later, share in enumerate(done.delays.get(activity.name, AT_ONCE)) if mass else ():
                whole += total(
                    mass * share * given.mass * prices.get(given.good, 0.0)
                    for given in activity.gives
                    if done.month + given.lag + later > last
                )
    return whole


def shipped_t(simulation: Simulation, first: Month, last: Month) -> dict[str, float]:
    """Returns the exports from China over a period, by product [t]."""
    found: dict[str, float] = {}
    for done in simulation.months:
        if first <= done.month <= last:
            for key, mass in done.activity_t.items():
                if key[0] == "ship" and key[2] == CHINA:
                    found[key[1]] = found.get(key[1], 0.0) + mass
    return {name: round_sig(mass) for name, mass in sorted(found.items())}


def made_abroad_t(simulation: Simulation, first: Month, last: Month) -> dict[str, float]:
    """Returns the magnets made outside China over a period, by product [t]."""
    found: dict[str, float] = {}
    for done in simulation.months:
        if first <= done.month <= last:
            for key, mass in done.activity_t.items():
                if key[0] in ("magnet", "more_magnet") and key[2] != CHINA:
                    found[key[1]] = found.get(key[1], 0.0) + mass
    return {name: round_sig(mass) for name, mass in sorted(found.items())}


def uses_t(simulation: Simulation, first: Month, last: Month) -> dict[UsePart, Sums]:
    """Returns what was used less, substituted and went without over a period, each by region and use.

    In units of devices [t of magnet or oxide of the usual design].
    """
    found: dict[UsePart, Sums] = {"less_t": {}, "substituted_t": {}, "without_t": {}}
    for done in simulation.months:
        if first <= done.month <= last:
            for (use, region), split in done.uses.items():
                name = f"{region}:{use}"
                masses = {"less_t": split.less_t, "substituted_t": split.substituted_t, "without_t": split.without_t}
                for part, sums in found.items():
                    sums[name] = sums.get(name, 0.0) + masses[part]
    return {part: {name: round_sig(mass) for name, mass in sorted(sums.items())} for part, sums in found.items()}


def less(a: Mapping[str, float], b: Mapping[str, float]) -> dict[str, float]:
    """Returns a minus b by name, without zeros."""
    names = sorted({*a, *b})
    found = {name: round_sig(a.get(name, 0.0) - b.get(name, 0.0)) for name in names}
    return {name: number for name, number in found.items() if number}
