"""Draws without a market: each has one price, which is the number of its point. Also preloaded by Dask workers."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np

from coercivity.base.errors import CoercivityError
from coercivity.base.months import Month, month_text, parse_month
from coercivity.cases.arguments import Law
from coercivity.ensemble.runs import runner
from coercivity.ensemble.runs.folder import DrawsFolder
from coercivity.ensemble.runs.keeping import AXIS, Block, KeptDraw, packed
from coercivity.ensemble.runs.task import DrawTask
from coercivity.market.run.runs import RunAsked
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import capacities

FIRST, LAST = parse_month("2026-01"), parse_month("2026-02")
# A worker leaves the name of its point here before it dies; SLOW makes every draw take so long [s].
DEATHS, SLOW = "MADE_UP_DEATHS", "MADE_UP_SLOW_S"
LETHAL, INFEASIBLE = 1_000, 2_000


def run_named(name: str) -> RunAsked:
    return RunAsked(read_scenario(name, capacities()), "", "")


def task(point: int, run: RunAsked | None = None) -> DrawTask:
    return DrawTask(Law(), run or run_named("controls-back"), FIRST, LAST, 0, point)


def tasks(count: int) -> dict[str, DrawTask]:
    run = run_named("controls-back")
    return {key(point): task(point, run) for point in range(count)}


def key(point: int) -> str:
    return f"{point:064x}"


def kept(point: int, first: Month = FIRST, last: Month = LAST) -> KeptDraw:
    months = tuple(month_text(month) for month in range(first, last + 1))
    years = tuple(sorted({month[:4] for month in months}))
    names: dict[Block, tuple[str, ...]] = dict.fromkeys(AXIS, ())
    values = {block: np.zeros((0, 0)) for block in AXIS}
    names["traded"], values["traded"] = ("ox_Dy:XCN",), np.full((1, len(months)), float(point))
    return KeptDraw(point, months, years, names, values, {})


def drawn(asked: DrawTask) -> bytes:
    """A made-up draw: slow, lethal to its worker, or without a plan, by its point."""
    time.sleep(float(os.environ.get(SLOW, "0")))
    if asked.point == LETHAL:
        Path(os.environ[DEATHS], f"{time.monotonic_ns()}").touch()
        os._exit(3)
    if asked.point == INFEASIBLE:
        raise CoercivityError.of("INFEASIBLE", "no feasible plan in 2026-01")
    return packed(kept(asked.point, asked.first, asked.last))


def folder_of(place: Path, count: int) -> DrawsFolder:
    return DrawsFolder(
        place, {"points": count, "packs": {"world": "a"}}, {key(p): f"1-run-{p:05d}" for p in range(count)}
    )


if os.environ.get(DEATHS) or os.environ.get(SLOW):  # in a process that a test started
    runner.__dict__["drawn"] = drawn
