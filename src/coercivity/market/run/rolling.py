"""Rolling horizon: plan a window, commit its first month, continue with the next."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from coercivity.base.canonical import round_sig
from coercivity.base.errors import CoercivityError
from coercivity.base.months import Month
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import USES
from coercivity.market.network.network import Good, Network, UseSplit, split_of
from coercivity.market.program.build import Kernel, PlanningWindow
from coercivity.market.program.lp import Solved
from coercivity.market.program.openings import due_share
from coercivity.market.program.state import State
from coercivity.market.program.under_way import arriving, cleared_from_china, disposed
from coercivity.market.program.update import WindowUpdate
from coercivity.market.run.kept import KeptMonths
from coercivity.market.run.licensing.cells import asked_of
from coercivity.market.run.licensing.plant_files import PlantFiles
from coercivity.market.run.mechanisms import NONE, Committed, DeviceMonth, Mechanisms
from coercivity.market.run.policy.reserves import settled
from coercivity.permission.desk.ahead import DeskAhead, ahead
from coercivity.permission.desk.cells import Floats
from coercivity.permission.desk.month import Desk, OpenMonth
from coercivity.permission.desk.state import DeskMonth, DeskState
from coercivity.permission.gate import Gate, Way

TINY = 1e-9
LEAST_PRICE = 1e-3


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
        filed_t: Applied for, by bucket [t].
        cleared_t: Exports from China that cleared customs, by product and region [t].
        desk: The licensing desk, by cell.
        delays: Shipments of which customs withhold a share, each with its shares by months.
        permission_value: Shadow value of a licence, by bucket [USD/kg].
        gates: What the law says, by bucket.
        levies: What is paid on the way from China, by activity [USD/kg].
        duties: Duty of the scenario by good, as a share of the price in China, and its clauses.
        charges: What is charged on an activity, negative if it is supported [USD/kg].
        required_t: What each requirement asks for, by name [t].
        devices: Magnets that leave use.
        after: The state after the month.
        seen: The licensing desk as users saw it.
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
    cleared_t: Mapping[tuple[str, str], float]
    desk: DeskMonth
    delays: Mapping[tuple[str, ...], Kernel]
    permission_value: Mapping[tuple[str, ...], float]
    gates: Mapping[tuple[str, ...], Gate]
    levies: Mapping[tuple[str, ...], float]
    duties: Mapping[str, tuple[float, tuple[str, ...]]]
    charges: Mapping[tuple[str, ...], float]
    required_t: Mapping[str, float]
    devices: DeviceMonth
    after: State
    seen: DeskAhead
    before: State
    plan: Solved


# Month, and what the law says of each bucket in it: shipments that customs hold, each with its shares by months.
Holds = Callable[[Month, Mapping[tuple[str, str, str, str], Gate]], Mapping[tuple[str, ...], Kernel]]
Infeasible = Callable[[WindowUpdate, Month], CoercivityError]
# A month, and the state of the run after it: the state from which the next month begins.
Corrected = Callable[[Month, State], State]


def run(
    update: WindowUpdate,
    state: State,
    first: Month,
    last: Month,
    *,
    desk: Desk,
    holds: Holds,
    plants: PlantFiles | None = None,
    mechanisms: Mechanisms = NONE,
    quoting: Quoting,
    infeasible: Infeasible,
    kept: KeptMonths | None = None,
    continued: bool = False,
    corrected: Corrected | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[tuple[MonthDone, State]]:
    """Yields each committed month with the state after it.

    Args:
        update: The window and its updates.
        state: State before the first month.
        first: First month.
        last: Last month.
        desk: The licensing desk.
        holds: Customs holds.
        plants: Files of plants abroad; their buckets come after those of the network.
        mechanisms: What follows from each month.
        quoting: Adjustment of quotes.
        infeasible: Returns the error for an infeasible window.
        kept: Months solved earlier.
        continued: Whether the solver goes on from month to month with all that it knows; then no months are kept.
        corrected: Returns the state from which the next month begins; by default that of the run itself.
        progress: Called with (months done, all).

    Raises:
        CoercivityError: If a window has no feasible plan; with the requirements that cannot be met together.

    Source: equations 39 and 40 of docs/market.md.
    """
    for month in range(first, last + 1):
        gates = update.gates_in(month)
        files, asked = plants.filed(month) if plants is not None else (np.zeros(0), np.zeros(0, dtype=np.int64))
        names = [bucket.name for bucket in update.window.network.buckets]
        now = {name: gate.passes for name, gate in gates.items()}
        needs = (asked_of(desk.cells, names, ways, asked) for ways in (now, update.first_asked(month)))
        opened = desk.begin(state.desk, month, *needs)
        need = update.drivers.new_need(month, state)
        more_t = np.array([need.get(name, 0.0) for name in desk.cells.buckets]) if need else None
        seen = ahead(opened, update.window.grid.months, more_t).of(len(names))
        update.window.delay(holds(month, gates))
        update.to(month, state, seen)
        plan = update.window.solve(continued=continued) if kept is None else kept.solved(update.window)
        if plan is None:
            raise infeasible(update, month)
        done, state = _commit(update, state, Planned(month, plan, opened, seen, files), quoting, mechanisms)
        if corrected is not None:
            state = corrected(month, state)
            done = replace(done, after=state)
        yield done, state
        if progress is not None:
            progress(month - first + 1, last - first + 1)


@dataclass(frozen=True, slots=True)
class Planned:
    """A month that is planned but not committed: its plan, the desk during it, and the files of plants."""

    month: Month
    plan: Solved
    opened: OpenMonth
    seen: DeskAhead
    plant_files: Floats


def _commit(
    update: WindowUpdate, state: State, planned: Planned, quoting: Quoting, mechanisms: Mechanisms
) -> tuple[MonthDone, State]:
    month, plan = planned.month, planned.plan
    window, network = update.window, update.window.network
    value = plan.value
    mass_of = zip(window.first_acts, value[window.first_places].tolist(), strict=True)
    did = {name: round_sig(mass) if mass > TINY else 0.0 for name, mass in mass_of}
    # Adding zero turns the solver's negative zero into zero.
    price = {entry: float(plan.dual[window.row("good", entry, 0)]) + 0.0 for entry in network.goods}
    stock = settled(network, state.stock_t, _stocks(window, plan), did)
    quote = _quotes(state, price, quoting)
    filed = _filed(update, planned)
    desk, record = _close(network, planned, filed, did)
    cleared, clearing = cleared_from_china(window, state, did, month)
    wanted = {(d.use, d.region): update.wanted_t(d.use, d.region, month) for d in network.demands}
    served = {
        (d.use, d.region): total(
            _mass(value[window.column("step", d.use, d.region, k, 0)]) for k in range(len(d.steps))
        )
        for d in network.demands
    }
    uses = _uses(network, wanted, served, did)
    carried_out = Committed(update, state, month, plan, did, wanted)
    recipes = mechanisms.recipes(carried_out)
    devices, device_month = mechanisms.devices(carried_out)
    after = State(
        stock_t=stock,
        arriving_t=arriving(window, state, did, month),
        ready=recipes.ready,
        quote=quote,
        desk=desk,
        short=_short(uses),
        clearing_t=clearing,
        qualified_on=recipes.qualified_on,
        sought=recipes.sought,
        aside_t=mechanisms.aside(carried_out),
        industry=mechanisms.industry(carried_out),
        devices=devices,
    )
    done = MonthDone(
        month=month,
        activity_t={name: mass for name, mass in did.items() if mass},
        price=price,
        quote=quote,
        stock_t=stock,
        disposed_t=disposed(window, state, did, stock, month, device_month.collected_t),
        uses=uses,
        filed_t=filed,
        cleared_t=cleared,
        desk=record,
        delays=dict(window.delays),
        permission_value={b.name: float(plan.dual[window.row("permission", b.name, 0)]) for b in network.buckets},
        gates={name: update.gates[name] for name in update.asked},
        levies={activity.name: update.levy(activity, state, 0) for activity, _ in update.levied},
        duties={
            name: (update.drivers.duty(name, month, month), update.drivers.duty_clauses(name, month))
            for name in sorted(update.drivers.dutied)
        },
        charges={activity.name: update.charge(activity, state, 0) for activity, _ in update.charged},
        required_t={name: round_sig(mass) for name, mass in update.required_t.items()},
        devices=device_month,
        after=after,
        seen=planned.seen,
        before=state,
        plan=plan,
    )
    return done, after


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


def _close(
    network: Network, planned: Planned, filed: Mapping[tuple[str, ...], float], did: Mapping[tuple[str, ...], float]
) -> tuple[DeskState, DeskMonth]:
    """Files what the plan and the plants need, uses licences for what was shipped, and closes the month of the desk."""
    opened, names = planned.opened, [b.name for b in network.buckets]
    sizes = opened.desk.cells.size_of_buckets(opened.desk.terms.size_t)[len(names) :]
    opened.file(np.concatenate([[filed.get(name, 0.0) for name in names], planned.plant_files * sizes]))
    licensed = [did.get(("ship", *name, Way.LICENCE.value), 0.0) for name in names]
    # A plant uses what it is granted at once.
    return opened.close(np.concatenate([licensed, np.full(sizes.size, np.inf)]), planned.seen.lead_by_cell)


def _filed(update: WindowUpdate, planned: Planned) -> dict[tuple[str, ...], float]:
    """Returns the applications of a month [t]: what the plan has taken up when a file of this month would be.

    Source: equation 60 of docs/market.md.
    """
    window, seen = update.window, planned.seen
    grid = window.grid
    filed: dict[tuple[str, ...], float] = {}
    for place, bucket in enumerate(window.network.buckets):
        lead, granted = float(seen.lead_months[place]), float(seen.granted[place])
        wanted = total(
            due_share(grid.starts[p], grid.periods[p], lead)
            * float(planned.plan.value[window.column("apply", bucket.name, p)])
            for p in range(window.periods)
        )
        mass = _mass(wanted / granted) if granted > 0 else 0.0
        if mass:
            filed[bucket.name] = mass
    return filed
