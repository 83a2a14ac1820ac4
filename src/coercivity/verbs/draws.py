"""Draws of runs of the market: kept earlier, or solved now over workers."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError
from coercivity.base.months import Month
from coercivity.cases.arguments import Law
from coercivity.ensemble.design import Design, design_of
from coercivity.ensemble.runs.keeping import unpacked
from coercivity.ensemble.runs.runner import InMemory, Keep, Progress, run_draws
from coercivity.ensemble.runs.sets import DrawSet, set_of
from coercivity.ensemble.runs.task import DrawTask
from coercivity.files.kept.store import Store
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.runs import RunAsked
from coercivity.market.run.simulate import Lifted
from coercivity.verbs.children import workers


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
    """

    runs: Sequence[RunAsked]
    first: Month
    last: Month
    design: Design
    known: Day | None = None
    lifted: Lifted | None = None

    def tasks(self, law: Law, store: Store | None) -> list[DrawTask]:
        """Returns every draw, run by run and point by point."""
        folder, most = (store.folder, store.most_bytes) if store is not None else (None, 0)
        return [
            DrawTask(
                law, run, self.first, self.last, self.design.scramble, point, self.known, self.lifted, folder, most
            )
            for run in self.runs
            for point in range(self.design.points)
        ]


def draw_sets(
    book: Rulebook,
    law: Law,
    asked: DrawsAsked,
    *,
    store: Store | None = None,
    keep: Keep | None = None,
    executor: Executor | None = None,
    at_once: int = 1,
    progress: Progress | None = None,
) -> list[DrawSet]:
    """Returns the draws of runs, one set a run; the same with any number of workers.

    Args:
        book: The rulebook.
        law: The same as it was asked for, so that another process can read it.
        asked: The draws.
        store: Where solved months are kept, and draws unless another place is named.
        keep: Where draws are kept.
        executor: What runs them; by default processes of this computer, or this process if one is asked for.
        at_once: Draws at a time.
        progress: Called with (draws done, all).

    Raises:
        CoercivityError: If no draw of a run has a result, or a worker dies again and again.
    """
    held: Keep = keep or store or InMemory()
    tasks = asked.tasks(law, store)
    keys = [task.key(book) for task in tasks]
    named = dict(zip(keys, tasks, strict=True))
    if executor is not None or at_once == 1:
        failures = run_draws(named, held, executor, at_once=at_once, progress=progress)
    else:
        with workers(at_once) as pool:
            failures = run_draws(named, held, pool, at_once=at_once, progress=progress)
    failed = {(f.task.run.id, f.task.point): f.error.faults[0].what for f in failures}
    sets = []
    for number, run in enumerate(asked.runs):
        mine = keys[number * asked.design.points : (number + 1) * asked.design.points]
        contents = [content for key in mine if (content := held.get(key)) is not None]
        reasons = {point: why for (name, point), why in failed.items() if name == run.id}
        try:
            draws = [unpacked(content) for content in contents]
        except ValueError as error:
            raise CoercivityError.of("DRAWS-FOLDER", str(error), where=run.id, next="remove it and run again") from None
        sets.append(set_of(run.id, asked.design, draws, reasons))
    return sets


__all__ = ["DrawsAsked", "design_of", "draw_sets"]
