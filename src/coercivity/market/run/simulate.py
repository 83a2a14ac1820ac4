"""One run of the market under one scenario and one legal scenario: from files and rulebook to committed months."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from coercivity.base.days import Day
from coercivity.base.errors import Argument, CoercivityError
from coercivity.base.months import Month, parse_month
from coercivity.files.kept.store import Store
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption
from coercivity.market.network.network import Network
from coercivity.market.program.build import PlanningWindow
from coercivity.market.program.grid import PlanningGrid
from coercivity.market.program.infeasibility import explain
from coercivity.market.program.update import WindowUpdate
from coercivity.market.run.assembly import assembled
from coercivity.market.run.contracts.deliveries import Deliveries
from coercivity.market.run.drawn import Drawn, carried
from coercivity.market.run.drivers import rates_of
from coercivity.market.run.industry.plants import Plant, PlantPath
from coercivity.market.run.industry.side_supply import PILE
from coercivity.market.run.kept import KeptMonths
from coercivity.market.run.law import (
    LawSeen,
    law_seen,
    lifted_law,
    lifted_plant_law,
    lifted_shares,
    plant_law_of,
)
from coercivity.market.run.licensing.added_rows import named_rows
from coercivity.market.run.licensing.cells import run_cells
from coercivity.market.run.licensing.customs import CustomsHolds
from coercivity.market.run.licensing.desk_practice import practice_of
from coercivity.market.run.licensing.plant_files import PlantFiles
from coercivity.market.run.mechanisms import Mechanisms
from coercivity.market.run.observed import ObservedState
from coercivity.market.run.rolling import MonthDone, Quoting, run
from coercivity.market.run.scenarios.planning import grid_of
from coercivity.market.run.scenarios.scenario import Scenario
from coercivity.market.run.world import World, first_state, load_world
from coercivity.permission.buckets import load_buckets
from coercivity.permission.desk.from_practice import desk_of, rows_behind
from coercivity.permission.desk.month import Desk
from coercivity.permission.gates import Gates
from coercivity.permission.grants import mean_share

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
        mechanisms: What followed from each month.
        desk: The licensing desk.
        plants: Path of each plant that is decided.
        entries: Every plant, in the order of the tables.
        left_out: Plants that are not in the model.
        terms_rows: Rows of law, practice, assumptions and of the scenario behind the licence terms.
        deliveries: The contracts by route.
        seen: The law, with no clause lifted; runs that share the months of this one ask it too.
        observed: The estimated states that took the place of its own; None if there are none.
    """

    world: World
    scenario: Scenario
    branch: str
    assume: Mapping[str, Assumption]
    network: Network
    months: tuple[MonthDone, ...]
    update: WindowUpdate
    mechanisms: Mechanisms
    desk: Desk
    plants: tuple[PlantPath, ...]
    entries: tuple[Plant, ...]
    left_out: tuple[str, ...]
    terms_rows: tuple[str, ...]
    deliveries: tuple[Deliveries, ...]
    seen: LawSeen
    observed: ObservedState | None = None

    @property
    def gates(self) -> Gates:
        """Access to the rules, with no clause lifted."""
        return self.seen.gates


_world = lru_cache(maxsize=8)(load_world)


def world_once(*, qualified: bool = True, recycling: bool = False, known: Day | None = None) -> World:
    """Returns the built-in market data, read once; with its own record of the rows used.

    Args:
        qualified: Whether other designs of magnet uses must be qualified first.
        recycling: Whether magnets at the end of their life are recycled.
        known: Information cut-off; rows of the data set that were not known by then are not read. None for all rows.

    Raises:
        CoercivityError: If the data set has errors, or the model cannot do without rows that were not known by then.
    """
    return _world(qualified=qualified, recycling=recycling, known=known).apart()


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
    drawn: Drawn | None = None,
    shared: Simulation | None = None,
    through: Month | None = None,
    kept: Store | None = None,
    observed: ObservedState | None = None,
    progress: Progress | None = None,
) -> Simulation:
    """Returns the run of a scenario from the beginning of the model to a last month.

    A run that shares the months of another goes on after them; it has only the months after them itself.

    Args:
        book: The rulebook.
        scenario: The scenario.
        last: Last month.
        assume: Legal scenarios, by instrument.
        branch: The same as text.
        first: First month.
        grid: Periods of the planning window; that of the scenario, or the packed one, by default.
        known: Information cut-off for law and data sets; None if each month uses the notices published by then.
        lifted: A clause that is lifted without prior notice.
        drawn: What a draw puts in place of the usual figures.
        shared: A run with at least a month, whose months this one shares.
        through: Last month that is solved, if it comes before the last month of the network.
        kept: Where solved months are kept.
        observed: Estimated states of past months, each of which takes the place of the state of the run after it.
        progress: Called with (months done, all).

    Raises:
        CoercivityError: If a clause to lift does not exist, a month has no feasible plan, or a row that the model needs
            was not known by `known`.

    Source: equations 23 and 39 of docs/market.md.
    """
    off = frozenset(scenario.behaviour.off)
    ways = ("substitution" not in off, "recycling" not in off)
    world = drawn.world(*ways) if drawn is not None else world_once(qualified=ways[0], recycling=ways[1], known=known)
    share_of = drawn.share_of if drawn is not None else mean_share
    grid = grid if grid is not None else grid_of(scenario)
    if shared is not None and shared.seen.known == known:
        seen = shared.seen
    else:
        seen = law_seen(Gates(book, assume=assume, without=scenario.law.without), known)
    practice = practice_of(scenario, known)
    practice = drawn.practice(practice) if drawn is not None else practice
    law, shares = seen.law, seen.shares
    plant_law = plant_law_of(seen.gates, known, practice, share_of)
    if lifted is not None:
        if lifted.clause not in seen.lifted:
            without = [*scenario.law.without, lifted.clause]
            seen.lifted[lifted.clause] = law_seen(Gates(book, assume=assume, without=without), known)
        freer = seen.lifted[lifted.clause]
        law = lifted_law(law, freer.law, lifted.month)
        shares = lifted_shares(shares, freer.shares, lifted.month)
        plant_law = lifted_plant_law(plant_law, plant_law_of(freer.gates, known, practice, share_of), lifted.month)
    market = assembled(world, scenario, law, plant_law, first=first, last=last, grid=grid)
    network, entries = market.network, market.entries
    members = load_buckets().members
    plant_files = PlantFiles(entries, plant_law)
    cells = run_cells(network, plant_files, practice, first)
    decisions = drawn.decisions if drawn is not None else None
    desk = desk_of(cells, practice, first, known or Day.max, share_of=share_of, decisions=decisions)
    rates = rates_of(world.figures, network, desk, practice, first)
    window = PlanningWindow(network, rates, grid, keeping=scenario.behaviour.stocks)
    update = WindowUpdate(window, law, market.drivers, shares)
    state = market.start(first_state(world, first, desk), scenario)
    begin = first
    if shared is not None:
        before = shared.months[-1]
        state, begin = carried(before.after, shared.desk, network, desk, state.devices), before.month + 1
        window.start_as(shared.update.window)
    corrected = partial(observed.after, keeping=scenario.behaviour.stocks) if observed is not None else None
    steps = run(
        update,
        state,
        begin,
        last if through is None else through,
        desk=desk,
        holds=CustomsHolds(network, practice, members),
        plants=plant_files,
        mechanisms=market.mechanisms,
        quoting=Quoting(world.figures.assumption("quote_rise_rate"), world.figures.assumption("quote_fall_rate")),
        infeasible=explain,
        kept=KeptMonths(kept) if kept is not None else None,
        continued=drawn is not None,
        corrected=corrected,
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
        mechanisms=market.mechanisms,
        desk=desk,
        plants=market.industry.paths(last, months[-1].after.industry if months else state.industry),
        entries=market.industry.entries,
        left_out=market.left_out,
        terms_rows=named_rows(scenario, rows_behind(practice, cells, first, known or Day.max)),
        deliveries=market.deliveries,
        seen=seen,
        observed=observed,
    )


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
