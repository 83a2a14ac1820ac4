"""The runs of a backtest or a forecast: months replayed as known on a day, and draws that run free after them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from coercivity.base.errors import Fault
from coercivity.calibration.backtest.answer import ForecasterRuns
from coercivity.calibration.backtest.rows import Horizon
from coercivity.calibration.backtest.scores import MODEL, NO_LAW, is_model
from coercivity.cases.arguments import Law
from coercivity.ensemble.design import Design
from coercivity.ensemble.parameters import ParameterDraws
from coercivity.ensemble.runs.keeping import AXIS
from coercivity.ensemble.runs.replay import replayed
from coercivity.ensemble.runs.runner import InMemory, Keep
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.files.kept.store import Store
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.runs import RunAsked, runs_of
from coercivity.market.run.scenarios.check_law import seen_through
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import capacities
from coercivity.observations.state.asked import asked_of
from coercivity.verbs import AS_KNOWN
from coercivity.verbs.draws import DrawsAsked, draw_sets
from coercivity.verbs.draws_options import DrawsRun

WITHOUT_LAW = "no-controls"
_JOIN = ":"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class FreeRuns:
    """Runs that are asked for from one day.

    Attributes:
        horizon: The day and its horizon.
        design: Points of the draws.
        parameters: Values of the parameters by draw; None for those that the design gives.
        files: Files of the user with observations.
        without_law: Whether the run without controls is asked for too.
    """

    horizon: Horizon
    design: Design
    parameters: ParameterDraws | None
    files: tuple[Path, ...]
    without_law: bool = True

    def runs(self, book: Rulebook) -> dict[str, RunAsked]:
        """Returns the runs by forecaster: the model under the law as known on the day, and without controls.

        Several legal scenarios that are open on the day are forecasters of their own, side by side.

        Args:
            book: The rulebook.

        Raises:
            CoercivityError: If a scenario is invalid.
        """
        last, known = self.horizon.last, self.horizon.origin
        through = seen_through(book, last, known)
        asked = runs_of(book, read_scenario(AS_KNOWN, capacities(), book, through), last, known)
        found = {f"{MODEL}{_JOIN}{run.branch}" if run.branch else MODEL: run for run in asked}
        if self.without_law:
            free = read_scenario(WITHOUT_LAW, capacities(), book, through)
            found[NO_LAW] = runs_of(book, free, last, known)[0]
        return found


def free_runs(
    book: Rulebook,
    law: Law,
    asked: FreeRuns,
    how: DrawsRun,
    *,
    store: Store | None = None,
    notices: list[Fault] | None = None,
) -> dict[str, ForecasterRuns]:
    """Returns the runs by forecaster, kept earlier or solved now; the same with any number of workers.

    Args:
        book: The rulebook.
        law: The same as it was asked for.
        asked: The runs.
        how: How they are run.
        store: Where draws and solved months are kept.
        notices: Receives notices of draws that could not be used.

    Raises:
        CoercivityError: If a month has no feasible plan, or as `draw_sets`.
    """
    keep: Keep = store or InMemory()
    whole = DrawsAsked(
        list(asked.runs(book).values()),
        asked.horizon.first,
        asked.horizon.last,
        asked.design,
        asked.horizon.origin,
        parameters=asked.parameters,
        observed=asked_of(asked.horizon.origin, asked.files),
    )
    solve = partial(
        draw_sets, book, law, store=store, keep=keep, executor=how.executor, at_once=how.workers, notices=notices
    )
    runs = _differing(asked.runs(book), whole, solve)
    draws = replace(whole, runs=list(runs.values()))
    sets = solve(draws, progress=how.progress)
    firsts = draws.tasks(book, law, store)[:: asked.design.points]
    return {
        name: ForecasterRuns(replayed(replace(task, point=0)), each)
        for name, task, each in zip(runs, firsts, sets, strict=True)
    }


def _differing(
    runs: dict[str, RunAsked], whole: DrawsAsked, solve: Callable[[DrawsAsked], list[DrawSet]]
) -> dict[str, RunAsked]:
    """Returns the runs without legal scenarios of the model whose first draw is that of an earlier one.

    A suspension that ends after the horizon divides the law of later months only.
    """
    models = {name: run for name, run in runs.items() if is_model(name)}
    if len(models) < 2:
        return runs
    firsts = solve(replace(whole, runs=list(models.values()), design=Design(1, whole.design.scramble)))
    kept: dict[str, DrawSet] = {}
    for name, each in zip(models, firsts, strict=True):
        if not any(_alike(each, other) for other in kept.values()):
            kept[name] = each
    if len(kept) == 1:
        only = next(iter(kept))
        return {MODEL: runs[only], **{name: run for name, run in runs.items() if not is_model(name)}}
    return {name: run for name, run in runs.items() if name in kept or not is_model(name)}


def _alike(one: DrawSet, other: DrawSet) -> bool:
    """Returns whether two draws have the same figures in every month."""
    blocks = [block for block, axis in AXIS.items() if axis == "months"]
    return all(
        one.names[block] == other.names[block]
        and np.array_equal(one.values[block], other.values[block], equal_nan=True)
        for block in blocks
    )


def following(progress: Progress | None, before: int, whole: int) -> Progress | None:
    """Returns a callback for one of several parts that are told as one.

    Args:
        progress: Called with (draws done, all) of all parts.
        before: Draws of the parts before it.
        whole: Draws of all parts.
    """
    if progress is None:
        return None
    told = progress
    return lambda done, _: told(before + done, whole)
