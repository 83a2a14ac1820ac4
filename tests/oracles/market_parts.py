"""A run in parts that can be changed one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from coercivity.base.errors import CoercivityError, Faults
from coercivity.base.months import Month, parse_month
from coercivity.cases.arguments import assumptions
from coercivity.market.network.network import Network
from coercivity.market.program.build import PlanningWindow, Rates
from coercivity.market.program.grid import PlanningGrid
from coercivity.market.program.state import Drivers, Law, LawShares, State, shares_by_month
from coercivity.market.program.update import WindowUpdate
from coercivity.market.run.law import plant_law_of
from coercivity.market.run.licensing.customs import CustomsHolds
from coercivity.market.run.licensing.desk_practice import practice_of
from coercivity.market.run.licensing.plant_files import PlantFiles
from coercivity.market.run.mechanisms import NONE, Mechanisms
from coercivity.market.run.rolling import Holds, MonthDone, Quoting, run
from coercivity.market.run.scenarios.planning import default_grid
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import Simulation, capacities, simulate
from coercivity.market.run.world import World
from coercivity.permission.buckets import load_buckets
from coercivity.permission.desk.month import Desk
from coercivity.permission.gates import Gates
from coercivity.practice.desk_tables import load_desk
from tests.oracles.desk_toy import no_holds
from tests.oracles.market_toy import packed_book

GRID = default_grid()
GRIDS = {
    "24": PlanningGrid((1, 1, 1, 3, 3, 6, 9)),
    "42": GRID,
    "66": PlanningGrid((*GRID.periods, 24)),
}
SIX_MONTHS = PlanningGrid((1,) * 6)


@dataclass(frozen=True, eq=False)
class Parts:
    """What a run is made of.

    Attributes:
        state: Before the first month.
        grid: How far each month plans ahead.
        window: Makes the programme.
        shares: The law by days of a period; None if it is the same on all days of a month.
        moves: Makes what moves the window from month to month.
        settings: Options of the solver that differ from those of the program.
        desk: The licensing desk.
        holds: What customs hold.
        plants: What plants file.
        mechanisms: What follows from each month.
    """

    network: Network
    rates: Rates
    law: Law
    drivers: Drivers
    state: State
    first: Month
    quoting: Quoting
    desk: Desk
    grid: PlanningGrid = GRID
    window: type[PlanningWindow] = PlanningWindow
    moves: Callable[[PlanningWindow, Law, Drivers, LawShares], WindowUpdate] = WindowUpdate
    shares: LawShares | None = None
    settings: Mapping[str, object] | None = None
    holds: Holds = no_holds
    plants: PlantFiles | None = None
    mechanisms: Mechanisms = NONE

    def update(self) -> WindowUpdate:
        """The window, not yet moved to a month."""
        window = self.window(self.network, self.rates, self.grid)
        for name, value in (self.settings or {}).items():
            window.lp._engine.setOptionValue(name, value)
        return self.moves(window, self.law, self.drivers, self.shares or shares_by_month(self.law))

    def months(self, count: int, update: WindowUpdate | None = None) -> list[MonthDone]:
        """Committed months from the first one on."""
        last = self.first + count - 1
        steps = run(
            update or self.update(),
            self.state,
            self.first,
            last,
            desk=self.desk,
            holds=self.holds,
            plants=self.plants,
            mechanisms=self.mechanisms,
            quoting=self.quoting,
            infeasible=_never_infeasible,
        )
        return [done for done, _ in steps]

    def from_month(self, done: MonthDone) -> Parts:
        """The same run, begun anew in a month from the state before it."""
        return replace(self, state=done.before, first=done.month)


def parts_of(simulation: Simulation) -> Parts:
    """The parts of a run of the program."""
    gates = Gates(packed_book(), assume=simulation.assume, without=simulation.scenario.law.without)
    update = simulation.update
    return Parts(
        simulation.network,
        update.window.rates,
        update.law,
        update.drivers,
        simulation.months[0].before,
        simulation.months[0].month,
        quoting_of(simulation.world),
        simulation.desk,
        update.window.grid,
        shares=update.shares,
        holds=CustomsHolds(simulation.network, practice_of(simulation.scenario), load_buckets().members),
        plants=PlantFiles(list(simulation.entries), plant_law_of(gates, None, load_desk())),
        mechanisms=simulation.mechanisms,
    )


def packed(name: str, last: str, grid: PlanningGrid = GRID, first: str = "2024-10") -> Simulation:
    """A run of a packed scenario from its beginning, planned over a grid."""
    scenario, faults = read_scenario(name, capacities()), Faults()
    assume = assumptions(packed_book(), scenario.law.assume, faults)
    faults.raise_if_any()
    return simulate(packed_book(), scenario, parse_month(last), assume=assume, first=parse_month(first), grid=grid)


def quoting_of(world: World) -> Quoting:
    """How quotes follow, from the tables."""
    return Quoting(world.figures.assumption("quote_rise_rate"), world.figures.assumption("quote_fall_rate"))


def _never_infeasible(update: WindowUpdate, month: Month) -> CoercivityError:
    return CoercivityError.of("INFEASIBLE", f"nothing feasible in {month}")
