"""Draws of runs of the market: kept earlier, or solved now over workers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.months import Month
from coercivity.cases.arguments import Law
from coercivity.ensemble.design import Design
from coercivity.ensemble.parameters import ParameterDraws
from coercivity.ensemble.runs.folder import DrawsFolder
from coercivity.ensemble.runs.keeping import KeptDraw, unpacked
from coercivity.ensemble.runs.manifest import file_names, manifest_of
from coercivity.ensemble.runs.runner import Failure, InMemory, Keep, Progress, WithMemory, made, run_draws
from coercivity.ensemble.runs.sets import DrawSet, set_of
from coercivity.ensemble.runs.task import DrawTask, begin_of
from coercivity.files.kept.store import Store
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.observed import ObservedAsked
from coercivity.market.run.runs import RunAsked
from coercivity.market.run.simulate import Lifted
from coercivity.verbs.children import workers
from coercivity.verbs.runs import processors

# Draws without a feasible plan are left out; more of them than this would bias what is said of the rest.
MOST_FAILED_SHARE = 0.05
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class DrawsAsked:
    """Draws that are asked for.

    Attributes:
        runs: The runs; each gets the same points.
        first: First drawn month.
        last: Last month.
        design: The design of each run.
        known: Information cut-off.
        lifted: A clause that is lifted, from the first drawn month on.
        parameters: Values of some rows by point, in place of what the design gives for them.
        observed: The observations from which they start; None if they have none.
    """

    runs: Sequence[RunAsked]
    first: Month
    last: Month
    design: Design
    known: Day | None = None
    lifted: Lifted | None = None
    parameters: ParameterDraws | None = None
    observed: ObservedAsked | None = None

    @property
    def begin(self) -> Month:
        """First month that all draws share; they share those before the first drawn one."""
        return begin_of(self.first)

    def tasks(self, book: Rulebook, law: Law, store: Store | None) -> list[DrawTask]:
        """Returns every draw, run by run and point by point."""
        folder, most = (store.folder, store.most_bytes) if store is not None else (None, 0)
        design, found = self.design, list[DrawTask]()
        for run in self.runs:
            first = DrawTask(law, run, self.first, self.last, design.scramble, 0, self.known, self.lifted, folder, most)
            first = replace(first, observed=self.observed)
            shared, given = first.shared_key(book), self.parameters
            found += [replace(first, point=point, shared=shared, parameters=given) for point in range(design.points)]
        return found


def draw_sets(
    book: Rulebook,
    law: Law,
    asked: DrawsAsked,
    *,
    store: Store | None = None,
    keep: Keep | None = None,
    folder: Path | None = None,
    executor: Executor | None = None,
    at_once: int | None = None,
    progress: Progress | None = None,
    notices: list[Fault] | None = None,
) -> list[DrawSet]:
    """Returns the draws of runs, one set a run; the same with any number of workers.

    Args:
        book: The rulebook.
        law: The same as it was asked for, so that another process can read it.
        asked: The draws.
        store: Where solved months are kept, and draws unless another place is named.
        keep: Where draws are kept.
        folder: A folder for draws and a manifest of them, in place of the store.
        executor: What runs them; by default processes of this computer, or this process if one is asked for.
        at_once: Draws at a time; by default one a processor.
        progress: Called with (draws done, all).
        notices: Receives what is said of draws that could not be used.

    Raises:
        CoercivityError: If the folder has draws of something else, more than one draw in twenty of a run has no
            feasible plan, or a worker dies again and again.
    """
    tasks = asked.tasks(book, law, None if executor is not None else store)  # another computer has no such folder
    keys = [task.key(book) for task in tasks]
    named, each = dict(zip(keys, tasks, strict=True)), asked.design.points
    place: Keep = keep or store or InMemory()
    if folder is not None:
        place = DrawsFolder(folder, manifest_of(book, asked.design, tasks[::each]), file_names(keys, tasks))
    held, before = WithMemory(place, forgets=folder is None), len(place.notices)
    failures = _run(named, held, executor, at_once, progress)
    without = {(failure.task.run.id, failure.task.point) for failure in failures}
    lost = {
        key: task for key, task in named.items() if (task.run.id, task.point) not in without and held.get(key) is None
    }
    if lost:  # kept earlier, and removed from a cache with too little room since
        failures += _run(lost, held, executor, at_once, None)
    failed = {(failure.task.run.id, failure.task.point): failure.error.faults[0].what for failure in failures}
    sets = []
    for number, run in enumerate(asked.runs):
        reasons = {point: why for (name, point), why in failed.items() if name == run.id}
        _check_failed(run, each, reasons)
        mine = [key for key in keys[number * each : (number + 1) * each] if named[key].point not in reasons]
        sets.append(set_of(run.id, asked.design, [_read(held, key, named[key]) for key in mine], reasons))
    if notices is not None:
        notices += place.notices[before:]
    return sets


def _run(
    tasks: Mapping[str, DrawTask],
    held: Keep,
    executor: Executor | None,
    at_once: int | None,
    progress: Progress | None,
) -> list[Failure]:
    count = at_once or processors()
    if executor is not None:
        return run_draws(tasks, held, executor, at_once=count, progress=progress)
    count = min(count, len([key for key in tasks if held.get(key) is None]))
    if count <= 1:
        return run_draws(tasks, held, progress=progress)
    with workers(count) as pool:
        return run_draws(tasks, held, pool, at_once=count, progress=progress)


def _read(held: Keep, key: str, task: DrawTask) -> KeptDraw:
    """Returns a draw; one that another process removed meanwhile is solved again."""
    content = held.get(key)
    if content is None:
        again = made(task)
        if isinstance(again, CoercivityError):
            raise again
        content = again
    try:
        return unpacked(content)
    except ValueError as error:
        raise CoercivityError.of(
            "DRAWS-FOLDER", str(error), where=task.run.id, next="remove it and run again"
        ) from None


def _check_failed(run: RunAsked, points: int, failed: Mapping[int, str]) -> None:
    """Raises an error if more than one draw in twenty has no result."""
    if len(failed) <= MOST_FAILED_SHARE * points:
        return
    shown = "; ".join(f"point {point}: {why}" for point, why in sorted(failed.items())[:MOST_NAMED])
    what = f"{len(failed)} of {points} draws have no result: {shown}"
    step = "check the changes of the scenario: figures drawn from their ranges do not go with them"
    raise CoercivityError.of("DRAWS-FAILED", what, where=run.id, next=step)
