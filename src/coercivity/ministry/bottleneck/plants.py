"""When each plant outside China starts in each run, which clauses hold it, and what that costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coercivity.base.months import Month, month_text, parse_month
from coercivity.ensemble.runs.keeping import JOIN, Block
from coercivity.market.inputs.figures import Figures
from coercivity.market.results.rows import JOINT
from coercivity.market.run.industry.plants import YEAR, Plant, plants
from coercivity.ministry.bottleneck.figures import Interval, interval, less
from coercivity.ministry.bottleneck.runs import BASE, RUNS, TECHNOLOGY, StagedRun
from coercivity.ministry.bottleneck.solving.tonnes import Floats

_KG_PER_T = 1000.0


@dataclass(frozen=True, slots=True)
class NamedPlant:
    """A plant of the table.

    Attributes:
        name: Its name.
        limit: Capacity to which it adds.
        capacity_t: Nameplate in the unit of that capacity [t/month].
    """

    id: str
    name: str
    region: str
    stage: str
    limit: str
    capacity_t: float


@dataclass(frozen=True, slots=True)
class PlantStart:
    """A plant in one run.

    Attributes:
        start: Median of its first months; None if that is after the last month of the run, or never.
        share: Share of the draws in which it starts by the last month.
        delay_months: Mean of its delay by the law [months].
        clauses: Clauses that delay it in any draw.
    """

    start: Month | None
    share: float
    delay_months: float
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlantCost:
    """What the delay of a plant by the clauses of technology costs, with both controls.

    Attributes:
        delay_months: Delay by the law [months].
        usd: Months of delay x shadow value of its capacity in their years x nameplate [USD].
        unvalued_months: Months of delay without a shadow value: outside the period, or of a capacity that the model
            does not have [months].
        later_months: How much later it starts than if technology were free; a plant that has not started by the last
            month counts as the month after it [months].
    """

    delay_months: Interval
    usd: Interval
    unvalued_months: float
    later_months: Interval


@dataclass(frozen=True, slots=True)
class PlantFound:
    """A plant in the four runs.

    Attributes:
        cost: What its delay costs; None if no clause delays it with both controls.
        modelled: Whether the model has the capacity to which it adds; if not, the plant makes nothing in any run.
    """

    plant: NamedPlant
    starts: Mapping[str, PlantStart]
    cost: PlantCost | None
    modelled: bool

    @property
    def never(self) -> bool:
        """Whether it has not started by the last month in any run."""
        return all(one.start is None for one in self.starts.values())


def named_plants(figures: Figures) -> tuple[NamedPlant, ...]:
    """Returns the plants outside China that the model may have.

    Args:
        figures: The rows of the market data set.

    Source: table `plants` of the market data set.
    """
    rows = figures.rows("plants")
    return tuple(_named(plant, rows[plant.id]["name"]) for plant in plants(figures, studied=True)[0])


def _named(plant: Plant, name: str) -> NamedPlant:
    return NamedPlant(plant.id, name, plant.region, plant.stage, plant.limit, plant.capacity_t)


def plants_found(runs: Mapping[str, StagedRun], table: Sequence[NamedPlant]) -> Iterator[PlantFound]:
    """Yields the plants that any run has, in the order of the table.

    Args:
        runs: The four runs.
        table: The plants that there may be.

    Raises:
        CoercivityError: If the runs are not of the same points and months.
    """
    for plant in table:
        if any(_figure(plant, "start") in runs[name].draws.names["plants"] for name in RUNS):
            starts = {name: _start(runs[name], plant) for name in RUNS}
            held = bool(starts[BASE].clauses) and starts[BASE].delay_months > 0
            modelled = plant.limit in runs[BASE].draws.names["capacity_value"]
            yield PlantFound(plant, starts, _cost(runs, plant) if held else None, modelled)


def _figure(plant: NamedPlant, figure: str) -> str:
    return f"{plant.id}{JOIN}{figure}"


def _series(run: StagedRun, block: Block, name: str) -> Floats | None:
    return run.draws.series(block, name) if name in run.draws.names[block] else None


def _start(run: StagedRun, plant: NamedPlant) -> PlantStart:
    last = parse_month(run.draws.months[-1])
    starts, delays = _starts(run, plant), _delays(run, plant)
    middle = float(np.median(starts))
    clauses = dict.fromkeys(one for joined in run.draws.clauses.get(plant.id, ()) for one in joined.split(JOINT))
    return PlantStart(
        None if middle > last else int(middle),
        float(np.mean(starts <= last)),
        float(delays.mean()),
        tuple(clauses),
    )


def _starts(run: StagedRun, plant: NamedPlant) -> Floats:
    """Returns the start by draw; one after the last month, or none, counts as the month after it."""
    after = float(parse_month(run.draws.months[-1]) + 1)
    found = _series(run, "plants", _figure(plant, "start"))
    return np.full(len(run.draws.points), after) if found is None else np.fmin(found[:, 0], after)


def _delays(run: StagedRun, plant: NamedPlant) -> Floats:
    """Returns the delay by the law by draw [months]; a plant that is not decided has none."""
    found = _series(run, "plants", _figure(plant, "delay_months"))
    return np.zeros(len(run.draws.points)) if found is None else np.nan_to_num(found[:, 0], nan=0.0)


def _cost(runs: Mapping[str, StagedRun], plant: NamedPlant) -> PlantCost:
    base = runs[BASE]
    delays, count = _delays(base, plant), len(base.draws.points)
    begun, values = _series(base, "plants", _figure(plant, "start")), _series(base, "capacity_value", plant.limit)
    months = frozenset(base.draws.months)
    usd, unvalued = np.zeros(count), np.zeros(count)
    for draw in range(count):
        if begun is None or not np.isfinite(begun[draw, 0]):
            continue
        start, delay = int(begun[draw, 0]), float(delays[draw])
        held = range(start - round(delay), start)
        each = delay / len(held) if held else 0.0  # a start is a whole month, a delay need not be
        for month in map(month_text, held):
            if values is None or month not in months:
                unvalued[draw] += each
            else:
                value = float(values[draw, base.draws.years.index(month[:4])])
                usd[draw] += each * plant.capacity_t * _KG_PER_T * value
    free = runs[TECHNOLOGY]
    later = interval(less(base, free, _starts(base, plant), _starts(free, plant)))
    return PlantCost(interval(delays), interval(usd), float(unvalued.mean()), later)


def capacity_t_a_year(plant: NamedPlant) -> float:
    """Returns the nameplate of a plant [t a year, in the unit of its capacity]."""
    return plant.capacity_t * YEAR
