"""The same draws on the full planning grid and on shorter ones: how alike, and at what cost."""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context

from benchmarks._draws_runs import Wanted, book, runs_asked
from coercivity.base.errors import Faults
from coercivity.base.months import parse_month
from coercivity.cases.arguments import assumptions
from coercivity.ensemble.draw import drawn_at
from coercivity.ensemble.runs.keeping import kept_of, packed, unpacked
from coercivity.ensemble.runs.sets import DrawSet, set_of
from coercivity.market.program.grid import PlanningGrid
from coercivity.market.run.scenarios.check_law import seen_through
from coercivity.market.run.scenarios.planning import default_grid
from coercivity.market.run.simulate import BEGIN, Simulation, simulate

Periods = tuple[int, ...]
# From the nearest to the packed grid to the cheapest; with a single period the parts of a price gap have no next period.
SHORT: tuple[Periods, ...] = ((1, 2, 6, 33), (1, 5, 36), (1, 41), (1, 2, 9))


@dataclass(frozen=True, slots=True)
class Level:
    """Draws on one grid.

    Attributes:
        periods: The grid [months].
        draws: The draws of one legal scenario.
        cpu: Processor time of a draw, with the base year that all grids share [s].
        failed: Why draws failed.
    """

    periods: Periods
    draws: DrawSet | None
    cpu: float
    failed: list[str]


def levels(wanted: Wanted) -> list[Level]:
    """Returns the same points of the last legal scenario on the packed grid and on each shorter one.

    Args:
        wanted: The draws; they are made anew, because their time is part of the result.
    """
    grids = (default_grid().periods, *SHORT)
    run, design = runs_asked(wanted.last)[-1], wanted.asked().design
    found: dict[Periods, list[tuple[bytes | str, float]]] = {grid: [] for grid in grids}
    # Workers of the verbs do not know the folder of the benchmarks.
    with ProcessPoolExecutor(wanted.processes, get_context("spawn")) as pool:
        points = [
            pool.submit(on_grids, wanted.first, wanted.last, design.scramble, point, grids)
            for point in range(design.points)
        ]
        for each in points:
            for grid, result in zip(grids, each.result(), strict=True):
                found[grid].append(result)
    levels = []
    for grid, results in found.items():
        kept = [unpacked(result) for result, _ in results if isinstance(result, bytes)]
        why = [result for result, _ in results if isinstance(result, str)]
        draws = set_of(run.id, design, kept, {}) if kept else None
        levels.append(Level(grid, draws, sorted(cpu for _, cpu in results)[len(results) // 2], why))
    return levels


def on_grids(
    first: str, last: str, scramble: int, point: int, grids: tuple[Periods, ...]
) -> list[tuple[bytes | str, float]]:
    """Returns a draw on each grid as bytes, or why it failed, with its processor time [s].

    Args:
        first: First drawn month.
        last: Last month.
        scramble: Number of the scramble.
        point: Number of the point.
        grids: The grids.
    """
    shared = _shared(first, last)
    begun = time.process_time()
    drawn = drawn_at(scramble, point, parse_month(first))
    drawn.world("substitution" not in shared.scenario.behaviour.off, "recycling" not in shared.scenario.behaviour.off)
    base = time.process_time() - begun
    found: list[tuple[bytes | str, float]] = []
    for grid in grids:
        begun, result = time.process_time(), b""
        try:
            simulation = simulate(
                book(),
                shared.scenario,
                parse_month(last),
                assume=shared.assume,
                branch=shared.branch,
                drawn=drawn,
                shared=shared,
                grid=PlanningGrid(grid),
            )
            result = packed(kept_of(simulation, point, parse_month(first), parse_month(last)))
        except Exception as error:  # a grid may break any part of the model, and is then of no use
            found.append((f"{type(error).__name__}: {str(error)[:200]}", base + time.process_time() - begun))
            continue
        found.append((result, base + time.process_time() - begun))
    return found


@lru_cache(maxsize=1)
def _shared(first: str, last: str) -> Simulation:
    run, end, faults = runs_asked(last)[-1], parse_month(last), Faults()
    assume = assumptions(book(), run.assume, faults, known=seen_through(book(), end))
    faults.raise_if_any()
    begin = min(BEGIN, parse_month(first) - 1)
    return simulate(
        book(), run.scenario, end, assume=assume, branch=run.branch, first=begin, through=parse_month(first) - 1
    )
