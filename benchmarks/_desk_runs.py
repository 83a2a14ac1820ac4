"""Runs of the packed market with a changed licensing desk, and what they say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from coercivity.base.months import month_text, parse_month
from coercivity.base.sums import total
from coercivity.law.rules.load import load_rulebook
from coercivity.market.inputs.coefficients import ABROAD, CHINA, NAMED, USES
from coercivity.market.network.network import Activity, Network
from coercivity.market.results.rows import ALL_ABROAD
from coercivity.market.results.tables import Tables
from coercivity.market.run import assembly
from coercivity.market.run import simulate as simulating
from coercivity.market.run.licensing.desk_practice import practice_of, without_elements
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.runs import runs_of, simulation_of
from coercivity.market.run.scenarios.scenario import Scenario, read_scenario
from coercivity.market.run.simulate import BEGIN, Simulation, capacities
from coercivity.permission.desk.cells import Floats
from coercivity.permission.gate import Way
from coercivity.practice.desk import ELEMENTS, DeskPractice, Element

SCENARIO = "as-known"
FIRST, LAST = "2025-04", "2026-03"
# All prohibitions, and all controls that are known in 2025 besides 18/2025: what is left asks for licences alone.
BESIDE_LICENCES = (
    "mofcom-2024-46",
    "mofcom-gac-2025-55",
    "mofcom-gac-2025-56",
    "mofcom-gac-2025-57",
    "mofcom-gac-2025-58",
    "mofcom-2025-61",
    "mofcom-2025-62",
)
Shaped = Callable[[Network, Scenario], Network]


def packed_scenario(without: Sequence[str] = ()) -> Scenario:
    """Returns the rules as known, with instruments removed."""
    scenario = read_scenario(SCENARIO, capacities())
    return replace(scenario, law=scenario.law.model_copy(update={"without": list(without)}))


def simulated(scenario: Scenario, last: str) -> Simulation:
    """Returns the run of a scenario from the beginning of the model; the first if there is one per legal scenario."""
    book, end = load_rulebook(), parse_month(last)
    return simulation_of(book, runs_of(book, scenario, end)[0], BEGIN, end)


@lru_cache(maxsize=2)
def ran(last: str, off: tuple[Element, ...] = ()) -> Simulation:
    """Returns the packed run with elements of the desk switched off."""
    return simulated(without_elements(packed_scenario(), off), last)


@contextmanager
def in_run(name: str, made: object) -> Iterator[None]:
    """Replaces a function that a run is made with as long as it is open."""
    module = assembly if hasattr(assembly, name) else simulating
    before = getattr(module, name)
    setattr(module, name, made)
    try:
        yield
    finally:
        setattr(module, name, before)


def ran_with(practice: DeskPractice, last: str) -> Simulation:
    """Returns the packed run with other rows of the desk."""
    with in_run("practice_of", lambda scenario, known=None: practice):
        return simulated(packed_scenario(), last)


def packed_practice() -> DeskPractice:
    """Returns the rows of the desk in the packed run."""
    return practice_of(packed_scenario())


# Balances.


@dataclass(frozen=True, slots=True)
class Balance:
    """Files in of a queue in a month, less what became of them [files]."""

    month: str
    queue: tuple[str, ...]
    files_in: float
    error: float


def balances(simulation: Simulation) -> list[Balance]:
    """Returns the balance of every queue and month, the largest error first."""
    cells, before, found = simulation.desk.cells, np.zeros(len(simulation.desk.cells.queues)), []
    for done in simulation.months:
        desk = done.desk
        came = cells.by_queue(desk.new + desk.again)
        pending = cells.by_queue(desk.pending)
        left = came - cells.by_queue(desk.granted + desk.returned + desk.refused) - (pending - before)
        before = pending
        for queue, files, error in zip(cells.queues, came.tolist(), np.abs(left).tolist(), strict=True):
            found.append(Balance(month_text(done.month), tuple(queue), files, error))
    return sorted(found, key=lambda row: (-row.error, row.month, row.queue))


# The free run.


@dataclass(frozen=True, slots=True)
class Apart:
    """The largest relative differences of two runs, each with the month, the good and the region."""

    quote: float
    quote_at: tuple[str, ...]
    cleared: float
    cleared_at: tuple[str, ...]


def apart(ours: Sequence[MonthDone], theirs: Sequence[MonthDone]) -> Apart:
    """Returns how far quotes and tonnes cleared of two runs are apart; below a cent and a tonne by a cent and a tonne."""
    quotes: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    masses: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for a, b in zip(ours, theirs, strict=True):
        month = month_text(a.month)
        for good in sorted(a.quote.keys() & b.quote.keys()):
            gap = abs(a.quote[good] - b.quote[good]) / max(abs(a.quote[good]), 0.01)
            quotes.append((gap, (month, *filter(None, good))))
        for place in sorted(a.cleared_t.keys() | b.cleared_t.keys()):
            mass, other = a.cleared_t.get(place, 0.0), b.cleared_t.get(place, 0.0)
            masses.append((abs(mass - other) / max(mass, 1.0), (month, *place)))
    return Apart(*max(quotes), *max(masses))


def _licensed(activity: Activity) -> bool:
    passage = activity.passage
    return passage is not None and passage.way is Way.LICENCE and passage.origin == CHINA


def without_undertakings(shaped: Shaped) -> Shaped:
    """Returns how a network is shaped if goods under a licence are as free as others when they arrive."""

    def free(activity: Activity) -> Activity:
        if activity.kind != "ship" or not _licensed(activity):
            return activity
        given = tuple(
            given._replace(good=given.good._replace(tag="free" if given.good.tag else "")) for given in activity.gives
        )
        return replace(activity, gives=given)

    def made(network: Network, scenario: Scenario) -> Network:
        found = shaped(network, scenario)
        return replace(found, activities=tuple(map(free, found.activities)))

    return made


def on_usual_lanes(shaped: Shaped) -> Shaped:
    """Returns how a network is shaped if goods named by a control leave China only where they did in the base year."""

    def made(network: Network, scenario: Scenario) -> Network:
        found = shaped(network, scenario)
        lanes = {(bucket.good, bucket.origin, bucket.destination) for bucket in found.buckets}

        def kept(activity: Activity) -> bool:
            named = activity.kind == "ship" and activity.key[1] == CHINA and activity.key[0] in NAMED
            return not named or activity.key[:3] in lanes

        return replace(found, activities=tuple(filter(kept, found.activities)))

    return made


def desk_off_and_free(without: Sequence[str], shaped: Shaped, last: str) -> tuple[Simulation, Simulation]:
    """Returns the run with every element of the desk off, and the run without controls.

    Args:
        without: Instruments removed from the first.
        shaped: How the networks of both are shaped.
        last: Last month.
    """
    with in_run("shaped", shaped):
        off = simulated(without_elements(packed_scenario(without), ELEMENTS), last)
        return off, simulated(packed_scenario(("all",)), last)


# Figures of a run.


@dataclass(frozen=True, slots=True)
class DeskShown:
    """What a run says of a period, month by month.

    Attributes:
        out: What clears customs out of China, by what and region [t].
        quote: Quotes by good and region [USD/kg].
        margin: Marginal prices by good and region [USD/kg].
        without_t: Devices abroad that were not built [t of their magnets].
    """

    months: list[str]
    done: list[MonthDone]
    out: Mapping[tuple[str, str], list[float]]
    quote: Mapping[tuple[str, str], list[float]]
    margin: Mapping[tuple[str, str], list[float]]
    without_t: list[float]

    def files(self, name: str) -> list[float]:
        """Returns a figure of the desk, all cells together, by month."""
        return [float(_column(done, name).sum()) for done in self.done]


def _column(done: MonthDone, name: str) -> Floats:
    found: Floats = getattr(done.desk, name)
    return found


def shown(simulation: Simulation, first: str, last: str) -> DeskShown:
    """Returns what a run says of a period."""
    tables = Tables(simulation, parse_month(first), parse_month(last))
    prices = tables.prices()
    return DeskShown(
        months=tables.months,
        done=tables.done,
        out={(row["what"], row["to_region"]): row["mass_t"] for row in tables.out()},
        quote={(row["good"], row["region"]): row["quote"] for row in prices},
        margin={(row["good"], row["region"]): row["margin"] for row in prices},
        without_t=[
            total(split.without_t for (use, region), split in done.uses.items() if use in USES and region in ABROAD)
            for done in tables.done
        ],
    )


def mean(values: Sequence[float]) -> float:
    """Returns the mean of a series."""
    return total(values) / len(values)


# Name of a figure of a run, and how it is taken.
FIGURES: dict[str, Callable[[DeskShown], float]] = {
    "Dy quote abroad": lambda run: mean(run.quote["ox_Dy", ALL_ABROAD]),
    "Dy margin abroad": lambda run: mean(run.margin["ox_Dy", ALL_ABROAD]),
    "Dy out t": lambda run: total(run.out["Dy", ALL_ABROAD]),
    "controlled out t": lambda run: total(run.out["magnets_controlled", ALL_ABROAD]),
    "without t": lambda run: total(run.without_t),
}


def figures_of(simulation: Simulation, first: str, last: str) -> dict[str, float]:
    """Returns the figures of a run over a period: means of prices, sums of quantities."""
    run = shown(simulation, first, last)
    return {name: of(run) for name, of in FIGURES.items()}
