"""Runs of the market for its benchmarks: a packed scenario under a grid, its parts with one cure off, its figures."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from coercivity.base.months import month_text, parse_month
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import ABROAD, CHINA, NAMED_MAGNETS, REGIONS, USES
from coercivity.market.network import calibrate
from coercivity.market.network.network import WITHOUT, Demand, DemandStep, Network
from coercivity.market.network.stores import CoverLayer
from coercivity.market.network.ties import TIE, keyed
from coercivity.market.program.build import PlanningWindow
from coercivity.market.program.grid import PlanningGrid
from coercivity.market.program.lp import Solved
from coercivity.market.program.state import State
from coercivity.market.program.update import WindowUpdate
from coercivity.market.results.price_gap import priced
from coercivity.market.results.prices import GOODS
from coercivity.market.results.rows import ALL_ABROAD
from coercivity.market.results.tables import Tables
from coercivity.market.run import simulate as simulating
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation
from tests.oracles.market_parts import SIX_MONTHS, Parts, packed, parts_of


class Cure(StrEnum):
    """A part of the market's structure that can be switched off.

    `grid`: six single months ahead. `cover`: two layers instead of eight. `choke`: every device stops being built at
    one price. `canonical`: the dual vector at which the solver happens to stop. `ties`: activities of equal cost are
    not told apart. `transit`: prices abroad without interest on goods under way. `base`: costs of the tables, not
    changed until the flows of the base year are optimal.
    """

    GRID = "grid"
    COVER = "cover"
    CHOKE = "choke"
    CANONICAL = "canonical"
    TIES = "ties"
    TRANSIT = "transit"
    BASE = "base"


class AnyDual(PlanningWindow):
    """A window whose prices are the dual vector at which the solver stops."""

    def solve(self) -> Solved | None:
        """Returns the plan for the window, or None if it is infeasible."""
        return self.lp.solve()


def variant(parts: Parts, off: Cure) -> Parts:
    """Returns the parts of a run with one cure switched off; those of the base year need another world."""
    network, rates = parts.network, parts.rates
    if off is Cure.GRID:
        return replace(parts, grid=SIX_MONTHS)
    if off is Cure.COVER:
        return replace(parts, rates=replace(rates, layers=in_halves(rates.layers)))
    if off is Cure.CHOKE:
        return replace(parts, network=with_one_choke(network))
    if off is Cure.CANONICAL:
        return replace(parts, window=AnyDual)
    if off is Cure.TIES:
        untied = (replace(a, cost=a.cost - TIE * keyed(*a.name)) for a in network.activities)
        return replace(parts, network=replace(network, activities=tuple(untied)))
    raise ValueError(f"{off} is part of the world")


def in_halves(layers: Sequence[CoverLayer]) -> tuple[CoverLayer, ...]:
    """Returns two layers of cover with the mean worth of each half."""
    upper, means = 0.0, [0.0, 0.0]
    for layer in layers:
        lower, upper = upper, upper + layer.width
        first = max(min(upper, 0.5) - lower, 0.0)
        means[0] += layer.worth * first
        means[1] += layer.worth * (layer.width - first)
    return CoverLayer(0.5, means[0] / 0.5), CoverLayer(0.5, means[1] / 0.5)


@contextmanager
def world_without(off: Cure) -> Iterator[None]:
    """Builds the base year without a cure as long as it is open."""
    name, plain = {
        Cure.TRANSIT: ("interest", lambda coefficients, months: 1.0),
        Cure.BASE: ("_change", lambda activity, earned, margin, ran: 0.0),
    }[off]
    before = getattr(calibrate, name)
    setattr(calibrate, name, plain)
    simulating._world.cache_clear()
    try:
        yield
    finally:
        setattr(calibrate, name, before)
        simulating._world.cache_clear()


def without_cure(name: str, last: str, off: Cure) -> Simulation:
    """Returns the run of a packed scenario with one cure switched off."""
    if off in (Cure.TRANSIT, Cure.BASE):
        with world_without(off):
            return packed(name, last)
    usual = ran(name, last)
    return rerun(usual, variant(parts_of(usual), off))


def with_one_choke(network: Network) -> Network:
    """Returns the network in which all devices of a use stop being built at the same price."""
    return replace(network, demands=tuple(_one_choke(demand) for demand in network.demands))


def _one_choke(demand: Demand) -> Demand:
    spread = [step for step in demand.steps if step.kind == WITHOUT]
    width = total(step.width for step in spread)
    middle = total(step.width * step.worth for step in spread) / width
    knife = DemandStep(middle, width, WITHOUT)
    return replace(demand, steps=(knife, *(step for step in demand.steps if step.kind != WITHOUT)))


@lru_cache(maxsize=8)
def ran(name: str, last: str, grid: PlanningGrid | None = None) -> Simulation:
    """Returns the run of a packed scenario from the beginning of the model."""
    return packed(name, last, grid)


def rerun(simulation: Simulation, parts: Parts) -> Simulation:
    """Returns the run made anew of other parts."""
    update = parts.update()
    months = parts.months(len(simulation.months), update)
    return replace(simulation, network=parts.network, update=update, months=tuple(months))


class ColdUpdate(WindowUpdate):
    """Moves a window and forgets every basis, so that each month is solved from nothing."""

    def to(self, month: int, state: State) -> None:
        """Moves to a month of planning."""
        self.window.lp._start = None
        self.window.lp._engine.clearSolver()
        super().to(month, state)


# Prices.


def published(months: Sequence[MonthDone]) -> dict[tuple[str, str, str], float]:
    """Returns the margin of every good that has one in the base year, by month, good and region."""
    found = {}
    for done in months:
        for name in GOODS:
            for region in REGIONS:
                entry = priced(name, region)
                if entry in done.price:
                    found[month_text(done.month), name, region] = done.price[entry]
    return found


@dataclass(frozen=True, slots=True)
class Apart:
    """Differences of two sets of prices, as shares of the first.

    Attributes:
        where: Month, good and region of the largest.
    """

    worst: float
    where: tuple[str, str, str]
    median: float
    moved: float


def apart(ours: dict[tuple[str, str, str], float], theirs: dict[tuple[str, str, str], float]) -> Apart:
    """Returns how far two runs are apart in the months that both have; below a cent nothing is counted."""
    each = {
        key: abs(theirs[key] - price) / max(abs(price), 1.0)
        for key, price in ours.items()
        if key in theirs and max(abs(price), abs(theirs[key])) > 0.01
    }
    where = max(each, key=each.__getitem__)
    ordered = sorted(each.values())
    moved = len([share for share in ordered if share > 1e-3]) / len(ordered)
    return Apart(each[where], where, ordered[len(ordered) // 2], moved)


def mean_margins(simulation: Simulation, goods: Sequence[str], first: str, last: str) -> dict[tuple[str, str], float]:
    """Returns the mean margin of each good in China and abroad over a period."""
    tables = Tables(simulation, parse_month(first), parse_month(last))
    return {
        (row["good"], row["region"]): math.fsum(row["margin"]) / len(row["margin"])
        for row in tables.prices()
        if row["good"] in goods and row["region"] in (CHINA, ALL_ABROAD)
    }


# One period, month by month.


@dataclass(frozen=True, slots=True)
class MonthShown:
    """A month of a run: margins in China and abroad [USD/kg], controlled exports and uses abroad [t]."""

    month: str
    margin: dict[tuple[str, str], float]
    controlled_t: float
    less_t: float
    substituted_t: float
    without_t: float
    without_oxide_t: float


def shown(simulation: Simulation, first: str, last: str) -> list[MonthShown]:
    """Returns the months of a period, with what became of the uses of magnets abroad and of oxides."""
    tables = Tables(simulation, parse_month(first), parse_month(last))
    prices = {(row["good"], row["region"]): row["margin"] for row in tables.prices()}
    out = {row["good"]: row["mass_t"] for row in tables.shipped() if row["to_region"] == ALL_ABROAD}
    found = []
    for n, done in enumerate(tables.done):
        magnets = [s for (use, region), s in done.uses.items() if use in USES and region in ABROAD]
        oxides = [s for (use, region), s in done.uses.items() if use not in USES and region in ABROAD]
        found.append(
            MonthShown(
                tables.months[n],
                {key: series[n] for key, series in prices.items()},
                total(out[name][n] for name in NAMED_MAGNETS if name in out),
                total(s.less_t for s in magnets),
                total(s.substituted_t for s in magnets),
                total(s.without_t for s in magnets),
                total(s.without_t for s in oxides),
            )
        )
    return found


# Who goes without.


@dataclass(frozen=True, slots=True)
class Without:
    """A use in a region that goes without in some month of a period.

    Attributes:
        share: Of what it wanted in the period.
        months: Number of months in which it goes without.
        price: Lowest price of its service in those months [USD/kg].
        choke: Lowest price at which a device is not built [USD/kg].
        below: Months in which it goes without although the price is below that.
    """

    use: str
    region: str
    share: float
    months: int
    price: float
    choke: float
    below: int


def without(network: Network, months: Sequence[MonthDone], least: float = 1e-6) -> list[Without]:
    """Returns who goes without in the months, the largest share first."""
    found = []
    for demand in network.demands:
        choke = min(step.worth for step in demand.steps if step.kind == WITHOUT)
        splits = [(done, done.uses[demand.use, demand.region]) for done in months]
        short = [(done, s) for done, s in splits if s.without_t > least * s.wanted_t]
        if not short:
            continue
        share = total(s.without_t for _, s in short) / total(s.wanted_t for _, s in splits)
        prices = [done.price[demand.service] for done, _ in short]
        below = len([price for price in prices if price < choke * (1 - 1e-6)])
        found.append(Without(demand.use, demand.region, share, len(short), min(prices), choke, below))
    return sorted(found, key=lambda row: (-row.share, row.use, row.region))


def alike(rows: Sequence[Without], within: float = 1e-6) -> list[tuple[Without, Without]]:
    """Returns the pairs of regions in which the same share of the same use goes without, unless all of it does."""
    return [
        (a, b)
        for n, a in enumerate(rows)
        for b in rows[n + 1 :]
        if a.use == b.use and abs(a.share - b.share) <= within * a.share and a.share < 1 - 1e-9
    ]
