"""Draws of the packed scenario for the benchmark of draws: made over processes, kept in a folder, and read again."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from coercivity.base.months import Month, month_text, parse_month
from coercivity.cases.arguments import PACKED
from coercivity.ensemble.design import design_of
from coercivity.ensemble.runs.runner import InMemory, Keep
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.files.kept.store import Store
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.runs import RunAsked, runs_of
from coercivity.market.run.scenarios.check_law import seen_through
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import Lifted, capacities
from coercivity.verbs.children import workers
from coercivity.verbs.draws import DrawsAsked, draw_sets

HERE = Path(__file__).resolve().parents[1]
SCENARIO = "as-known"
MOST_BYTES = 8 * 2**30


@dataclass(frozen=True, slots=True)
class Wanted:
    """Draws of the packed scenario under every legal scenario.

    Attributes:
        draws: Draws of all legal scenarios together.
        first: First drawn month, YYYY-MM.
        last: Last month, YYYY-MM.
        processes: Draws at a time.
        folder: Folder of kept draws; None to keep none.
        scramble: Number of the scramble.
        clause: A clause that is lifted from the first drawn month on; empty for none.
    """

    draws: int
    first: str
    last: str
    processes: int
    folder: Path | None
    scramble: int = 0
    clause: str = ""

    def asked(self) -> DrawsAsked:
        """Returns the same as a question."""
        first, last = self.months
        runs = runs_asked(self.last)
        lifted = Lifted(self.clause, first) if self.clause else None
        return DrawsAsked(runs, first, last, design_of(self.draws, len(runs), self.scramble), lifted=lifted)

    @property
    def months(self) -> tuple[Month, Month]:
        """First drawn month and last month."""
        return parse_month(self.first), parse_month(self.last)

    @property
    def begin(self) -> Month:
        """First month that all draws share."""
        return self.asked().tasks(book(), PACKED, None)[0].begin

    def draw_keys(self) -> list[str]:
        """Returns the keys of the draws."""
        return [task.key(book()) for task in self.asked().tasks(book(), PACKED, None)]

    @property
    def text(self) -> str:
        """Draws and months as text."""
        months = parse_month(self.last) - parse_month(self.first) + 1
        return f"{self.draws} draws of {months} months, {self.first} to {self.last}, {self.processes} at a time"

    def without(self, clause: str) -> Wanted:
        """Returns the same draws with a clause lifted."""
        return replace(self, clause=clause)

    def again(self, scramble: int) -> Wanted:
        """Returns the same draws with another scramble."""
        return replace(self, scramble=scramble)


@dataclass(frozen=True, slots=True)
class Made:
    """Draws, and what making them took.

    Attributes:
        sets: A set for each legal scenario.
        fresh: Draws that were not kept before.
        seconds: By the clock.
        cpu: Processor time of the workers [s].
        parent_mb: Peak of memory of this process so far [MB].
        worker_mb: Peak of memory of any worker so far [MB].
    """

    sets: list[DrawSet]
    fresh: int
    seconds: float
    cpu: float
    parent_mb: float
    worker_mb: float


@lru_cache(maxsize=1)
def book() -> Rulebook:
    """Returns the packed rulebook."""
    return load_rulebook()


@lru_cache(maxsize=4)
def runs_asked(last: str) -> tuple[RunAsked, ...]:
    """Returns the runs of the packed scenario, one a legal scenario."""
    end = parse_month(last)
    return tuple(runs_of(book(), read_scenario(SCENARIO, capacities(), book(), seen_through(book(), end)), end))


def keep_of(folder: Path | None) -> Keep:
    """Returns where draws are kept."""
    return Store(folder.resolve(), MOST_BYTES) if folder is not None else InMemory()


def made(wanted: Wanted, keep: Keep | None = None) -> Made:
    """Returns draws, those kept in the folder and the others made now.

    Args:
        wanted: The draws.
        keep: Where they are kept, if not in the folder.
    """
    asked, held = wanted.asked(), keep or keep_of(wanted.folder)
    fresh = len([key for key in wanted.draw_keys() if held.get(key) is None])
    begun, spent = time.perf_counter(), _children_s()
    with workers(wanted.processes) as pool:
        told = _told if fresh else None
        sets = draw_sets(book(), PACKED, asked, keep=held, executor=pool, at_once=wanted.processes, progress=told)
    seconds, cpu = time.perf_counter() - begun, _children_s() - spent
    return Made(sets, fresh, seconds, cpu, _peak_mb(resource.RUSAGE_SELF), _peak_mb(resource.RUSAGE_CHILDREN))


def single_outlook_s(first: str, last: str) -> tuple[float, float, int]:
    """Returns what one outlook without draws takes in a process of its own: clock [s], processor [s], runs."""
    begun, spent = time.perf_counter(), _children_s()
    command = [sys.executable, "-m", "coercivity", "outlook", SCENARIO, "--from", first, "--to", last]
    env = {**os.environ, "COERCIVITY_CACHE": "off"}
    subprocess.run(command, cwd=HERE, env=env, capture_output=True, check=True)
    return time.perf_counter() - begun, _children_s() - spent, len(runs_asked(last))


def shared_text(wanted: Wanted) -> str:
    """Returns in words which months the draws share."""
    return f"{month_text(wanted.begin)} to {month_text(wanted.months[0] - 1)} are shared by all draws and not drawn"


def _told(done: int, most: int) -> None:
    if done == most or done % max(1, most // 16) == 0:
        print(f"  {done} of {most} draws", file=sys.stderr, flush=True)


def _children_s() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _peak_mb(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024
