"""Small markets written by hand, and short runs of the built-in one shared by several tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from coercivity.base.errors import Faults
from coercivity.base.months import Month, parse_month
from coercivity.cases.arguments import assumptions
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.network.network import (
    LESS,
    MORE,
    WITHOUT,
    Activity,
    Demand,
    DemandStep,
    Good,
    GoodAmount,
    Network,
    Passage,
    Permission,
    Recipe,
    Requirement,
    Store,
)
from coercivity.market.network.stores import cover_layers
from coercivity.market.program.build import PlanningWindow, Rates
from coercivity.market.program.grid import PlanningGrid
from coercivity.market.program.state import Drivers, Law, LawShares, State
from coercivity.market.program.update import WindowUpdate
from coercivity.market.run.licensing.plant_files import PlantFiles
from coercivity.market.run.mechanisms import NONE, Mechanisms
from coercivity.market.run.rolling import Holds, MonthDone, Quoting, run
from coercivity.market.run.scenarios.form import Behaviour, ScenarioFile
from coercivity.market.run.scenarios.scenario import Scenario, read_scenario
from coercivity.market.run.simulate import Simulation, capacities, simulate
from coercivity.permission.desk.ahead import DeskAhead
from coercivity.permission.desk.month import Desk
from coercivity.permission.desk.state import empty_desk
from coercivity.permission.gate import Gate, Way
from tests.oracles.desk_toy import Seen, cells_in, desk_at_once, desk_with, no_holds, sees, terms_of

INF = float("inf")
# So many single months, or the length of each period.
Periods = int | tuple[int, ...]
FIRST = parse_month("2025-01")
STEPS = (
    DemandStep(400.0, 0.5, WITHOUT),
    DemandStep(150.0, 0.3, LESS),
    DemandStep(60.0, 0.2, LESS),
    DemandStep(30.0, 0.1, MORE),
)
LAYERS = cover_layers(0.03, 0.01)


def grid_over(months: Periods) -> PlanningGrid:
    """A grid of so many single months, or of the given periods."""
    return PlanningGrid((1,) * months if isinstance(months, int) else months)


def says(way: Way, finding: str = "", *clauses: str) -> Gate:
    """A gate of which the market reads no more than this."""
    return Gate(way, finding, outcome="", clauses=clauses)


FREE, LICENCE = says(Way.FREE), says(Way.LICENCE, "licence_required", "a-clause")


def always(gate: Gate) -> Law:
    """A law that says the same of everything."""
    return lambda bucket, month, known: gate


def drivers(limits: Mapping[str, float], **other: object) -> Drivers:
    """A world that does not change."""
    plain: dict[str, object] = {
        "capacity": lambda name, month, seen_from, state: limits[name],
        "wanted": lambda use, region, month, seen_from: 1.0,
        "caution": 1.5,
    }
    return Drivers(**{**plain, **other})  # type: ignore[arg-type]


@dataclass
class Toy:
    """Two regions, two elements: mined in both, shipped from China, used as oxide, kept.

    Attributes:
        lag: Months under way.
        growth: Of every demand, a year.
        leads: Share of files decided so many months after they are taken up.
        instant: Whether no time passes and everything is granted.
    """

    lag: int = 1
    growth: float = 0.05
    leads: tuple[float, ...] = (0.0, 0.25, 0.5, 0.25)
    waste: float = 0.1
    papers: float = 0.4
    cover: float = 2.0
    requirements: tuple[Requirement, ...] = ()
    elements: Mapping[str, float] = field(default_factory=lambda: {"Dy": 20.0, "La": 5.0})
    steps: tuple[DemandStep, ...] = STEPS
    instant: bool = False

    def network(self) -> Network:
        activities: list[Activity] = []
        demands, recipes, stores, buckets = [], [], [], []
        prices, limits = {}, {}
        for element, cost in self.elements.items():
            name = f"ox_{element}"
            for region, dearer in (("CN", 1.0), ("JP", 4.0)):
                entry, service = Good(name, region), Good(f"service_{element}", region)
                limits[f"mine:{element}:{region}"] = 12.0 if region == "CN" else 1.5
                limits.setdefault(f"works:{region}", 14.0 if region == "CN" else 2.0)
                drawn = ((f"mine:{element}:{region}", 1.0), (f"works:{region}", 0.8))
                activities.append(
                    Activity("mine", (name, region), (), (GoodAmount(entry, 1.0),), cost * dearer, limits=drawn)
                )
                usual = Activity(
                    "recipe", (element, region, "usual"), (GoodAmount(entry, 1.0),), (GoodAmount(service, 1.0),), 0.0
                )
                lean = Activity(
                    "recipe", (element, region, "lean"), (GoodAmount(entry, 0.6),), (GoodAmount(service, 1.0),), 25.0
                )
                soon = Activity(
                    "recipe", (element, region, "soon"), (GoodAmount(entry, 0.9),), (GoodAmount(service, 1.0),), 1.0
                )
                activities += [usual, lean, soon]
                recipes += [
                    Recipe(usual.name, element, region, 1.0),
                    Recipe(lean.name, element, region, 0.4, speed=0.03),
                    Recipe(soon.name, element, region, 0.5, drift=0.01),
                ]
                wanted = 5.0 if region == "CN" else 4.0
                demands.append(Demand(element, region, service, wanted, self.growth, 400.0, self.steps))
                stores.append(Store(entry, wanted, self.cover, 0.3))
                prices[entry] = cost if region == "CN" else cost + 2.0
            activities += self._ships(name)
            buckets.append(Permission(name, "CN", "JP", "civil", 4.0))
        return Network(
            goods=tuple(sorted({a.good for act in activities for a in (*act.takes, *act.gives)})),
            activities=tuple(activities),
            demands=tuple(demands),
            recipes=tuple(recipes),
            stores=tuple(stores),
            buckets=tuple(buckets),
            prices=prices,
            limits=limits,
            requirements=self.requirements,
        )

    def _ships(self, name: str) -> list[Activity]:
        here, there = Good(name, "CN"), Good(name, "JP")
        return [
            Activity(
                "ship",
                (name, "CN", "JP", "civil", way),
                (GoodAmount(here, 1.0),),
                (GoodAmount(there, 1.0, self.lag),),
                1.5,
                levy=(here, 0.13),
                passage=Passage(name, "CN", "JP", "civil", way),
            )
            for way in (Way.FREE, Way.LICENCE)
        ]

    def rates(self, network: Network) -> Rates:
        names = [b.name for b in network.buckets]
        return Rates(
            0.08,
            LAYERS,
            risk=0.1,
            waste=dict.fromkeys(names, self.waste),
            leads=dict.fromkeys(names, self.leads),
            papers=dict.fromkeys(names, self.papers),
        )

    def state(self, network: Network, first: Month = FIRST) -> State:
        kept = {s.good: s.cover * s.turnover_t for s in network.stores if s.cover}
        under_way = {
            (given.good, first + ahead): 3.0
            for a in network.activities
            for given in a.gives
            if a.kind == "ship" and a.key[-1] == "free"
            for ahead in range(given.lag)
        }
        return State(kept, under_way, {}, dict(network.prices), empty_desk(self.desk(network).terms))

    def desk(self, network: Network) -> Desk:
        """The desk of its buckets: files come in a month after they are prepared."""
        cells = cells_in(network)
        if self.instant:
            return desk_at_once(cells)
        return desk_with(cells, terms_of(cells.count, kernel=self.leads, life=round(1 / self.waste)))

    def update(
        self, law: Law, months: Periods = 6, *, keeping: bool = True, seen: Seen | None = None, **world: object
    ) -> Moves:
        network = self.network()
        moves = moves_of(network, self.rates(network), law, drivers(network.limits, **world), months, keeping=keeping)
        moves.desk, moves.seen = self.desk(network), seen or moves.seen
        return moves


class Moves(WindowUpdate):
    """A window with what moves it, and its desk.

    Attributes:
        desk: The desk of a run.
        seen: What users see of one where no month was run before.
    """

    def __init__(self, window: PlanningWindow, law: Law, drivers: Drivers, shares: LawShares | None = None) -> None:
        super().__init__(window, law, drivers, shares)
        self.desk = desk_with(cells_in(window.network))
        self.seen: Seen = sees()

    def at(self, month: Month, state: State) -> DeskAhead:
        """Moves to a month, and returns what users see in it of the desk."""
        seen = self.seen(self.window.network, self.window.grid.months)
        self.to(month, state, seen)
        return seen


def moves_of(
    network: Network, rates: Rates, law: Law, world: Drivers, months: Periods, *, keeping: bool = True
) -> Moves:
    """A window with what moves it."""
    return Moves(PlanningWindow(network, rates, grid_over(months), keeping=keeping), law, world)


def walk(
    update: WindowUpdate,
    state: State,
    first: Month,
    last: Month,
    desk: Desk | None = None,
    holds: Holds = no_holds,
    plants: PlantFiles | None = None,
    mechanisms: Mechanisms = NONE,
) -> list[MonthDone]:
    """Committed months, quotes following at the rates of the pack; with another desk than that of the window if told."""

    def never(update: WindowUpdate, month: Month) -> Exception:
        return AssertionError(f"nothing feasible in {month}")

    own = desk or (update.desk if isinstance(update, Moves) else desk_with(cells_in(update.window.network)))
    steps = run(
        update,
        state,
        first,
        last,
        desk=own,
        holds=holds,
        plants=plants,
        mechanisms=mechanisms,
        quoting=Quoting(0.5, 0.3),
        infeasible=never,  # type: ignore[arg-type]
    )
    return [done for done, _ in steps]


def again(update: WindowUpdate, done: MonthDone) -> None:
    """Moves a window to a committed month as it was planned then."""
    update.window.delay(done.delays)
    update.to(done.month, done.before, done.seen)


@lru_cache(maxsize=1)
def packed_book() -> Rulebook:
    """The rulebook of the packed law."""
    return load_rulebook()


def told(name: str = "controls-back", **parts: Any) -> Scenario:
    """A packed scenario with other parts: quotas, duties, shocks, demand, plants, require and behaviour as in a file."""
    read = ScenarioFile.model_validate({"id": name, "title": {"en": "-"}, "about": {"en": "-"}, **parts})
    return replace(
        read_scenario(name, capacities()),
        quotas=tuple(read.quotas),
        duties=tuple(read.duties),
        shocks=tuple(read.shocks),
        demand=tuple(read.demand),
        plants=tuple(read.plants),
        require=tuple(read.require),
        behaviour=read.behaviour or Behaviour(),
    )


def simulated(scenario: Scenario, last: str, months: Periods = 6, first: str = "2024-10") -> Simulation:
    """A run of a scenario under the packed law."""
    faults = Faults()
    assume = assumptions(packed_book(), scenario.law.assume, faults)
    faults.raise_if_any()
    begin, end = parse_month(first), parse_month(last)
    return simulate(packed_book(), scenario, end, assume=assume, first=begin, grid=grid_over(months))


@lru_cache(maxsize=8)
def packed_run(name: str = "controls-back", last: str = "2025-09", months: Periods = 6) -> Simulation:
    """A run of a packed scenario from its beginning."""
    return simulated(read_scenario(name, capacities()), last, months)
