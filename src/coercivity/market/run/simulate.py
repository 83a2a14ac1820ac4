"""One run of the market under one scenario and one legal scenario: from files and rulebook to committed months."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from coercivity.base.days import Day
from coercivity.base.errors import Argument, CoercivityError
from coercivity.base.months import Month, parse_month
from coercivity.files.kept.store import Store
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption
from coercivity.market.inputs.coefficients import NAMED
from coercivity.market.network.end_of_life import with_outlets
from coercivity.market.network.network import Activity, Network, Requirement
from coercivity.market.program.build import PlanningWindow, bucket_of
from coercivity.market.program.grid import PlanningGrid
from coercivity.market.program.infeasibility import explain
from coercivity.market.program.lp import INF
from coercivity.market.program.state import Law
from coercivity.market.program.update import WindowUpdate
from coercivity.market.run.contracts.contract import CONTRACTS, contracts_of
from coercivity.market.run.contracts.deliveries import Deliveries, deliveries_of, requirements_of, with_contracts
from coercivity.market.run.devices.in_use import DevicesInUse
from coercivity.market.run.devices.recyclers import treating
from coercivity.market.run.drivers import drivers_of, rates_of
from coercivity.market.run.industry.industry import ENTRY, Industry, drawn_on, modelled
from coercivity.market.run.industry.plants import Plant, PlantPath, plants
from coercivity.market.run.kept import KeptMonths
from coercivity.market.run.law import (
    law_of,
    lifted_law,
    lifted_plant_law,
    lifted_shares,
    plant_law_of,
    shares_of,
)
from coercivity.market.run.licensing.added_rows import named_rows
from coercivity.market.run.licensing.cells import run_cells
from coercivity.market.run.licensing.customs import CustomsHolds
from coercivity.market.run.licensing.desk_practice import practice_of
from coercivity.market.run.licensing.plant_files import PlantFiles
from coercivity.market.run.mechanisms import Mechanisms, served
from coercivity.market.run.planning import grid_of
from coercivity.market.run.policy.delays import delayed
from coercivity.market.run.policy.loading import loading_of
from coercivity.market.run.policy.policies import policy_drivers, with_policies
from coercivity.market.run.policy.reserves import opening
from coercivity.market.run.qualification import qualification
from coercivity.market.run.rolling import MonthDone, Quoting, run
from coercivity.market.run.scenarios.form import PER_YEAR, OwnPlant
from coercivity.market.run.scenarios.scenario import Scenario
from coercivity.market.run.side_supply import PILE, piles, without_piles
from coercivity.market.run.world import World, first_state, load_world
from coercivity.permission.buckets import load_buckets
from coercivity.permission.desk.from_practice import desk_of, rows_behind
from coercivity.permission.desk.month import Desk
from coercivity.permission.gate import Way
from coercivity.permission.gates import Gates

BEGIN = parse_month("2024-10")
EARLIEST = parse_month("2024-01")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Lifted:
    """A clause or an instrument that is lifted.

    Attributes:
        clause: Id of a provision, or id, alias or number of an instrument.
        month: First month without it; not known in earlier months.
    """

    clause: str
    month: Month


@dataclass(frozen=True, eq=False)
class Simulation:
    """A run.

    Attributes:
        branch: Legal scenario, as after `--assume`; empty if none was selected.
        assume: The same by instrument.
        months: Committed months, including those before the requested period.
        update: The window after the last month.
        desk: The licensing desk.
        plants: Path of each plant that is decided.
        entries: Every plant, in the order of the tables.
        left_out: Plants that are not in the model.
        terms_rows: Rows of law, practice, assumptions and of the scenario behind the licence terms.
        deliveries: The contracts by route.
    """

    world: World
    scenario: Scenario
    branch: str
    assume: Mapping[str, Assumption]
    network: Network
    months: tuple[MonthDone, ...]
    update: WindowUpdate
    desk: Desk
    plants: tuple[PlantPath, ...]
    entries: tuple[Plant, ...]
    left_out: tuple[str, ...]
    terms_rows: tuple[str, ...]
    deliveries: tuple[Deliveries, ...] = ()


_world = lru_cache(maxsize=4)(load_world)


def world_once(*, qualified: bool = True, recycling: bool = False) -> World:
    """Returns the built-in market data, read once; with its own record of the rows used.

    Args:
        qualified: Whether other designs of magnet uses must be qualified first.
        recycling: Whether magnets at the end of their life are recycled.
    """
    return _world(qualified=qualified, recycling=recycling).apart()


def simulate(
    book: Rulebook,
    scenario: Scenario,
    last: Month,
    *,
    assume: Mapping[str, Assumption],
    branch: str = "",
    first: Month = BEGIN,
    grid: PlanningGrid | None = None,
    known: Day | None = None,
    lifted: Lifted | None = None,
    kept: Store | None = None,
    progress: Progress | None = None,
) -> Simulation:
    """Returns the run of a scenario from the beginning of the model to a last month.

    Args:
        book: The rulebook.
        scenario: The scenario.
        last: Last month.
        assume: Legal scenarios, by instrument.
        branch: The same as text.
        first: First month.
        grid: Periods of the planning window; that of the scenario, or the packed one, by default.
        known: Information cut-off; None if each month uses the notices published by then.
        lifted: A clause that is lifted without prior notice.
        kept: Where solved months are kept.
        progress: Called with (months done, all).

    Raises:
        CoercivityError: If a clause to lift does not exist, or a month has no feasible plan.

    Source: equations 22, 23 and 39 of docs/market.md.
    """
    off = frozenset(scenario.behaviour.off)
    world = world_once(qualified="substitution" not in off, recycling="recycling" not in off)
    grid = grid if grid is not None else grid_of(scenario)
    gates = Gates(book, assume=assume, without=scenario.law.without)
    practice = practice_of(scenario, known)
    law, shares, plant_law = law_of(gates, known), shares_of(gates, known), plant_law_of(gates, known, practice)
    if lifted is not None:
        freer = Gates(book, assume=assume, without=[*scenario.law.without, lifted.clause])
        law = lifted_law(law, law_of(freer, known), lifted.month)
        shares = lifted_shares(shares, shares_of(freer, known), lifted.month)
        plant_law = lifted_plant_law(plant_law, plant_law_of(freer, known, practice), lifted.month)
    network = shaped(asking_for(covered(world.network, scenario), law, range(first, last + grid.months)), scenario)
    network = without_piles(network) if "by_products" in off else network
    entry = ENTRY not in scenario.behaviour.off
    found, left_out = plants(world.figures, studied=entry)
    found = delayed([*found, *(_own(plant) for plant in scenario.plants)], scenario.policies.delays)
    if world.cohorts is not None:
        found = treating(found)
    network = with_outlets(_that_can_run(network, frozenset(plant.limit for plant in found)))
    network = with_policies(network, scenario.policies, world.coefficients)
    entries = modelled(found, drawn_on(network))
    left_out += [plant.id for plant in found if plant not in entries]
    contracts = contracts_of(world.figures, scenario.policies) if CONTRACTS not in off else ()
    deliveries = deliveries_of(network, world.coefficients, contracts)
    required = (*network.requirements, *requirements_of(deliveries, network))
    network = replace(network, requirements=required)
    span = (first, grid.months)
    industry = Industry(world.figures, network, entries, plant_law, scenario.policies, span=span, entry=entry)
    drivers = with_contracts(drivers_of(world.figures, scenario, network, industry), deliveries)
    devices = None
    if world.cohorts is not None:
        devices = DevicesInUse(world.cohorts, network, first, last - first + 1 + grid.months)
        drivers = devices.driving(drivers)
    drivers = policy_drivers(drivers, scenario.policies, network)
    if "loading" not in off:
        asked = scenario.behaviour.loading
        multiple = asked if asked is not None else world.figures.assumption("loading_multiple")
        drivers = replace(drivers, loading=loading_of(network, world.base, entries, multiple))
    members = load_buckets().members
    plant_files = PlantFiles(entries, plant_law)
    cells = run_cells(network, plant_files, practice, first)
    desk = desk_of(cells, practice, first, known or Day.max)
    rates = rates_of(world.figures, network, desk, practice, first)
    keeping = scenario.behaviour.stocks
    update = WindowUpdate(PlanningWindow(network, rates, grid, keeping=keeping), law, drivers, shares)
    state = first_state(world, first, desk)
    if devices is not None:
        state.devices = devices.start
    state.stock_t |= opening(scenario.policies.stockpiles)
    if not keeping:
        state.stock_t.clear()
    quoting = Quoting(world.figures.assumption("quote_rise_rate"), world.figures.assumption("quote_fall_rate"))
    months_kept = KeptMonths(kept) if kept is not None else None
    holds = CustomsHolds(network, practice, members)
    options = qualification(network, grid, round(world.figures.assumption("qualification_months")))
    mechanisms = Mechanisms(
        recipes=served if "substitution" in off else options,
        industry=industry.after,
        aside=piles,
    )
    if devices is not None:
        mechanisms = replace(mechanisms, devices=devices.after)
    steps = run(
        update,
        state,
        first,
        last,
        desk=desk,
        holds=holds,
        plants=plant_files,
        mechanisms=mechanisms,
        quoting=quoting,
        infeasible=explain,
        kept=months_kept,
        progress=progress,
    )
    months = tuple(done for done, _ in steps)
    return Simulation(
        world=world,
        scenario=scenario,
        branch=branch,
        assume=assume,
        network=network,
        months=months,
        update=update,
        desk=desk,
        plants=industry.paths(last, months[-1].after.industry if months else state.industry),
        entries=industry.entries,
        left_out=tuple(sorted(left_out)),
        terms_rows=named_rows(scenario, rows_behind(practice, cells, first, known or Day.max)),
        deliveries=tuple(deliveries),
    )


def _own(plant: OwnPlant) -> Plant:
    yearly = plant.capacity * PER_YEAR[plant.unit]
    family = "magnet" if plant.stage in ("magnet", "magnet_smco") else "other"
    limit = f"{plant.stage}:{plant.region}"
    dependence = int(plant.dependence)
    return Plant(
        plant.id,
        plant.region,
        plant.stage,
        limit,
        family,
        yearly / 12,
        plant.start,
        plant.start,
        dependence,
        decided=plant.decided,
    )


def covered(network: Network, scenario: Scenario) -> Network:
    """Returns the network with the cover that holders want under a scenario."""
    share = scenario.behaviour.cover
    if share == 1.0:
        return network
    return replace(network, stores=tuple(replace(store, cover=store.cover * share) for store in network.stores))


def asking_for(network: Network, law: Law, months: range) -> Network:
    """Returns the network with licences only for controlled products and those that need one in some month.

    Products covered by a control of 2025 keep theirs in every case, so that runs with and without it have the same
    structure. Without orders there are no applications.
    """
    last = months[-1]
    ordered = [bucket for bucket in network.buckets if bucket.orders_t > 0]
    other = [bucket for bucket in ordered if bucket.good not in NAMED]
    asked = {b.good for b in other if any(not law(b.name, m, k).free for m in months for k in (m, last))}
    kept = asked | set(NAMED)
    buckets = tuple(bucket for bucket in ordered if bucket.good in kept)
    names = {bucket.name for bucket in buckets}
    return replace(
        network,
        activities=tuple(
            a
            for a in network.activities
            if a.passage is None or a.passage.way is Way.FREE or bucket_of(a.passage) in names
        ),
        buckets=buckets,
    )


def _that_can_run(network: Network, growing: frozenset[str]) -> Network:
    """Returns the network without activities that have no capacity in the base year and gain none from plants."""
    never = {
        name
        for name, room in network.limits.items()
        if not room and name.removeprefix("more_") not in growing and name not in growing
    }
    return replace(
        network,
        activities=tuple(a for a in network.activities if not never & {name for name, _ in a.limits}),
        limits={name: room for name, room in network.limits.items() if name not in never},
    )


def shaped(network: Network, scenario: Scenario) -> Network:
    """Returns the network with the quotas of a scenario as capacities with a clause, and its requirements."""
    limits, quotas = dict(network.limits), dict(network.quotas)
    activities = list(network.activities)
    for quota in scenario.quotas:
        name = f"quota:{quota.name}"
        limits[name], quotas[name] = INF, quota.clause
        activities = [_under(activity, name, frozenset(quota.goods), quota.origin) for activity in activities]
    required = tuple(
        Requirement(
            name=wanted.name,
            least=wanted.share if wanted.use else wanted.tonnes_a_month,
            first=wanted.first,
            last=wanted.last,
            use=(wanted.use, wanted.region),
            route=(wanted.good, wanted.origin, wanted.destination),
        )
        for wanted in scenario.require
    )
    return replace(network, activities=tuple(activities), limits=limits, quotas=quotas, requirements=required)


def _under(activity: Activity, name: str, goods: frozenset[str], origin: str) -> Activity:
    if activity.kind != "ship" or activity.key[0] not in goods or activity.key[1] != origin:
        return activity
    return replace(activity, limits=(*activity.limits, (name, 1.0)))


def capacities() -> frozenset[str]:
    """Returns the names of the capacities that a scenario may cut."""
    names = world_once().network.limits.keys() | world_once(recycling=True).network.limits.keys()
    return frozenset(name for name in names if not name.startswith(PILE))


def must_reach(first: Month, last: Month) -> None:
    """Checks that the model covers a period.

    Raises:
        CoercivityError: If the period ends before it begins, begins before the base year, or is too long.
    """
    if last < first:
        raise CoercivityError.of(
            "SPAN", "the period ends before it begins", where=Argument("to"), next="give a later end"
        )
    if first < EARLIEST:
        what = "the model starts in 2024-01"
        raise CoercivityError.of("SPAN", what, where=Argument("from"), next="give 2024-01 or later")
    if last - first >= 120:
        raise CoercivityError.of(
            "SPAN", "the period exceeds ten years", where=Argument("to"), next="give a shorter period"
        )
