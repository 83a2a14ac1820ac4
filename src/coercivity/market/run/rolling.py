"""Rolling horizon: plan a window, commit its first month, continue with the next."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from coercivity.base.canonical import round_sig
from coercivity.base.errors import CoercivityError
from coercivity.base.months import Month
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import USES
from coercivity.market.network.network import Good, Network, UseSplit, split_of
from coercivity.market.program.build import PlanningWindow
from coercivity.market.program.lp import Solved
from coercivity.market.program.state import State
from coercivity.market.program.update import WindowUpdate
from coercivity.market.run.kept import KeptMonths
from coercivity.permission.gate import Gate

TINY = 1e-9
LEAST_PRICE = 1e-3
# Less than this share of the throughput of a good is rounding.
LEAST_DISPOSED = 1e-7


@dataclass(frozen=True, slots=True)
class Quoting:
    """Adjustment of quotes to the marginal price: share of the gap closed per month, up and down.

    Source: equation 40 of docs/market.md.
    """

    up: float
    down: float


@dataclass(frozen=True, slots=True)
class MonthDone:
    """One committed month.

    Attributes:
        activity_t: Quantity of each activity [t].
        price: Marginal price of every product [USD/kg].
        quote: Quoted price [USD/kg].
        stock_t: Stock at the end [t].
        disposed_t: Thrown away for want of a use [t].
        uses: What became of each demand, by use and region.
        filed_t: Granted part of the applications, by bucket [t].
        permits_t: Unused licences at the end, by bucket [t].
        granted_t: Licences granted, by bucket [t].
        permission_value: Shadow value of a licence, by bucket [USD/kg].
        gates: What the law says, by bucket.
        levies: What is paid on the way from China, by activity [USD/kg].
        duties: Duty of the scenario by good, as a share of the price in China, and its clauses.
        before: The state before the month, from which the window can be planned again.
        plan: The whole plan of the window.
    """

    month: Month
    activity_t: Mapping[tuple[str, ...], float]
    price: Mapping[Good, float]
    quote: Mapping[Good, float]
    stock_t: Mapping[Good, float]
    disposed_t: Mapping[Good, float]
    uses: Mapping[tuple[str, str], UseSplit]
    filed_t: Mapping[tuple[str, ...], float]
    granted_t: Mapping[tuple[str, ...], float]
    permits_t: Mapping[tuple[str, ...], float]
    permission_value: Mapping[tuple[str, ...], float]
    gates: Mapping[tuple[str, ...], Gate]
    levies: Mapping[tuple[str, ...], float]
    duties: Mapping[str, tuple[float, tuple[str, ...]]]
    before: State
    plan: Solved


Infeasible = Callable[[WindowUpdate, Month], CoercivityError]


def run(
    update: WindowUpdate,
    state: State,
    first: Month,
    last: Month,
    *,
    quoting: Quoting,
    infeasible: Infeasible,
    kept: KeptMonths | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[tuple[MonthDone, State]]:
    """Yields each committed month with the state after it.

    Args:
        update: The window and its updates.
        state: State before the first month.
        first: First month.
        last: Last month.
        quoting: Adjustment of quotes.
        infeasible: Returns the error for an infeasible window.
        kept: Months solved earlier.
        progress: Called with (months done, all).

    Raises:
        CoercivityError: If a window has no feasible plan; with the requirements that cannot be met together.

    Source: equations 39 and 40 of docs/market.md.
    """
    for month in range(first, last + 1):
        update.to(month, state)
        plan = update.window.solve() if kept is None else kept.solved(update.window)
        if plan is None:
            raise infeasible(update, month)
        done, state = _commit(update, state, month, plan, quoting)
        yield done, state
        if progress is not None:
            progress(month - first + 1, last - first + 1)


def _commit(
    update: WindowUpdate, state: State, month: Month, plan: Solved, quoting: Quoting
) -> tuple[MonthDone, State]:
    window, network = update.window, update.window.network
    value = plan.value
    mass_of = zip(window.first_acts, value[window.first_places].tolist(), strict=True)
    did = {name: round_sig(mass) if mass > TINY else 0.0 for name, mass in mass_of}
    # Adding zero turns the solver's negative zero into zero.
    price = {entry: float(plan.dual[window.row("good", entry, 0)]) + 0.0 for entry in network.goods}
    stock = _stocks(window, plan)
    quote = _quotes(state, price, quoting)
    filed, granting = _filed(update, state, month, plan)
    permits = {b.name: _mass(value[window.column("permit", b.name, 0)]) for b in network.buckets}
    wanted = {(d.use, d.region): update.wanted_t(d.use, d.region, month) for d in network.demands}
    served = {
        (d.use, d.region): total(
            _mass(value[window.column("step", d.use, d.region, k, 0)]) for k in range(len(d.steps))
        )
        for d in network.demands
    }
    uses = _uses(network, wanted, served, did)
    slow = {r.activity: (did[r.activity], wanted[r.use, r.region]) for r in network.recipes if r.speed is not None}
    after = State(
        stock_t=stock,
        arriving_t=_arriving(network, state, did, month),
        permits_t={name: mass for name, mass in permits.items() if mass},
        granting_t=granting,
        served={name: mass / want if want else 0.0 for name, (mass, want) in slow.items()},
        quote=quote,
        short=_short(uses),
    )
    granted: dict[tuple[str, ...], float] = {
        b.name: filed_now for b in network.buckets if (filed_now := _granted(update, state, filed, b.name, month))
    }
    done = MonthDone(
        month=month,
        activity_t={name: mass for name, mass in did.items() if mass},
        price=price,
        quote=quote,
        stock_t=stock,
        disposed_t=_disposed(network, state, did, stock, month),
        uses=uses,
        filed_t=filed,
        granted_t=granted,
        permits_t=after.permits_t,
        permission_value={b.name: float(plan.dual[window.row("permission", b.name, 0)]) for b in network.buckets},
        gates={name: update.gates[name] for name in update.asked},
        levies={activity.name: update.levy(activity, state, 0) for activity, _ in update.levied},
        duties={
            name: (update.drivers.duty(name, month), update.drivers.duty_clauses(name, month))
            for name in sorted(update.drivers.dutied)
        },
        before=state,
        plan=plan,
    )
    return done, after


def _disposed(
    network: Network, state: State, did: Mapping[tuple[str, ...], float], stock: Mapping[Good, float], month: Month
) -> dict[Good, float]:
    """Returns what of each product that can be stored was neither used nor kept."""
    left = {s.good: state.stock_t.get(s.good, 0.0) - stock.get(s.good, 0.0) for s in network.stores}
    passed = dict.fromkeys(left, 0.0)
    for (entry, when), mass in state.arriving_t.items():
        if when == month and entry in left:
            left[entry] += mass
    for activity in network.activities:
        mass = did[activity.name]
        if not mass:
            continue
        for given in activity.gives:
            if not given.lag and given.good in left:
                left[given.good] += mass * given.mass
                passed[given.good] += mass * given.mass
        for taken in activity.takes:
            if taken.good in left:
                left[taken.good] -= mass * taken.mass
                passed[taken.good] += mass * taken.mass
    return {entry: round_sig(mass) for entry, mass in left.items() if mass > LEAST_DISPOSED * (1.0 + passed[entry])}


def _arriving(
    network: Network, state: State, did: Mapping[tuple[str, ...], float], month: Month
) -> dict[tuple[Good, Month], float]:
    """Returns the goods in transit after a month: those from before, and the shipments of the month."""
    arriving = {key: mass for key, mass in state.arriving_t.items() if key[1] > month}
    for activity in network.activities:
        mass = did[activity.name]
        for given in activity.gives:
            if given.lag and mass:
                place = (given.good, month + given.lag)
                arriving[place] = arriving.get(place, 0.0) + mass * given.mass
    return arriving


def _uses(
    network: Network,
    wanted: Mapping[tuple[str, str], float],
    served: Mapping[tuple[str, str], float],
    did: Mapping[tuple[str, ...], float],
) -> dict[tuple[str, str], UseSplit]:
    """Returns what became of each demand."""
    saved = dict.fromkeys(wanted, 0.0)
    for recipe in network.recipes:
        if recipe.saves:
            saved[recipe.use, recipe.region] += did[recipe.activity]
    keys = ((demand, (demand.use, demand.region)) for demand in network.demands)
    return {key: split_of(demand, wanted[key], served[key], served[key] - saved[key]) for demand, key in keys}


def _short(uses: Mapping[tuple[str, str], UseSplit]) -> dict[str, float]:
    """Returns the share of the devices with magnets that a region went without."""
    sums: dict[str, tuple[float, float]] = {}
    for (use, region), split in uses.items():
        if use in USES:
            before = sums.get(region, (0.0, 0.0))
            sums[region] = (before[0] + split.wanted_t, before[1] + split.without_t)
    return {region: round_sig(without / want) for region, (want, without) in sums.items() if want}


def _mass(value: float) -> float:
    """Returns a committed activity: rounded, and zero if less than a milligram."""
    return round_sig(float(value)) if value > TINY else 0.0


def _stocks(window: PlanningWindow, plan: Solved) -> dict[Good, float]:
    found = {}
    for store in window.network.stores:
        layers = window.layers_of(store, 0)
        held = total(float(plan.value[window.column("stock", store.good, layer, 0)]) for layer in layers)
        if held > TINY and window.keeping:
            found[store.good] = round_sig(held)
    return found


def _quotes(state: State, price: Mapping[Good, float], quoting: Quoting) -> dict[Good, float]:
    """Returns quotes after a month, adjusted to the marginal price, faster up than down."""
    quote = {}
    for entry, before in state.quote.items():
        if before <= LEAST_PRICE:
            quote[entry] = before
            continue
        gap = math.log(max(price[entry], LEAST_PRICE) / before)
        step = (quoting.up if gap > 0 else quoting.down) * gap
        quote[entry] = round_sig(before * math.exp(step))
    return quote


def _filed(
    update: WindowUpdate, state: State, month: Month, plan: Solved
) -> tuple[dict[tuple[str, ...], float], dict[tuple[tuple[str, ...], Month], float]]:
    """Returns the applications of this month, and the months in which licences are expected."""
    window = update.window
    granting = {key: mass for key, mass in state.granting_t.items() if key[1] > month}
    filed: dict[tuple[str, ...], float] = {}
    for bucket in window.network.buckets:
        mass = _mass(plan.value[window.column("apply", bucket.name, 0)])
        if not mass:
            continue
        filed[bucket.name] = mass
        for later, share in enumerate(window.rates.leads[bucket.name]):
            if later and share:
                place = (bucket.name, month + later)
                granting[place] = granting.get(place, 0.0) + mass * share
    return filed, granting


def _granted(
    update: WindowUpdate, state: State, filed: Mapping[tuple[str, ...], float], name: tuple[str, ...], month: Month
) -> float:
    leads = update.window.rates.leads[name]
    return state.granting_t.get((name, month), 0.0) + filed.get(name, 0.0) * leads[0]
