"""The four runs of `bottleneck`: kept earlier, or solved now over workers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass

from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.months import Month
from coercivity.cases.arguments import Law
from coercivity.ensemble.design import Design
from coercivity.ensemble.runs.keeping import unpacked
from coercivity.ensemble.runs.runner import InMemory, Keep, WithMemory
from coercivity.ensemble.runs.sets import DrawSet, set_of
from coercivity.files.kept.store import Store
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.runs import RunAsked
from coercivity.ministry.bottleneck.runs import StagedRun, staged_run
from coercivity.ministry.bottleneck.solving.solve import RunTask, Solved, solved
from coercivity.ministry.bottleneck.solving.tonnes import StageTonnes, unpacked_tonnes
from coercivity.verbs.children import workers
from coercivity.verbs.draws import DrawsAsked, draw_sets
from coercivity.verbs.draws_options import DrawsRun
from coercivity.verbs.runs import processors

Progress = Callable[[int, int], None]
# A draw without a feasible plan has no output; what its figures are not to blame for is an error of the question.
_NO_RESULT = frozenset({"INFEASIBLE", "BASE-YEAR", "DRAWS-FAILED"})


@dataclass(frozen=True, slots=True)
class RunsAsked:
    """Runs that are asked for.

    Attributes:
        runs: The runs by name of their scenario.
        first: First month.
        last: Last month.
        design: Points of the draws, the same in every run; None for the runs without draws.
    """

    runs: Mapping[str, RunAsked]
    first: Month
    last: Month
    design: Design | None

    def draws(self) -> DrawsAsked:
        """Returns the same as draws; a run without draws is asked for as a single one."""
        return DrawsAsked(list(self.runs.values()), self.first, self.last, self.design or Design(1))


def staged_runs(
    book: Rulebook,
    law: Law,
    asked: RunsAsked,
    how: DrawsRun,
    *,
    store: Store | None = None,
    notices: list[Fault] | None = None,
) -> dict[str, StagedRun]:
    """Returns the runs with their output by stage; the same with any number of workers.

    Draws that any verb made earlier are used; of those whose output by stage was never asked for, the months are solved
    once more.

    Args:
        book: The rulebook.
        law: The same as it was asked for, so that another process can read it.
        asked: The runs.
        how: How they are run.
        store: Where draws, output and solved months are kept.
        notices: Receives what is said of draws that could not be used.

    Raises:
        CoercivityError: If a month of a run without draws has no feasible plan, or as `draw_sets`.
    """
    drawn = asked.design is not None
    tasks = [
        RunTask(task, drawn) for task in asked.draws().tasks(book, law, None if how.executor is not None else store)
    ]
    keep: Keep = WithMemory(store or InMemory(), forgets=True)
    _solve(book, tasks, keep, how)
    found = _kept_tonnes(book, tasks, keep)
    if drawn:
        sets = draw_sets(
            book,
            law,
            asked.draws(),
            store=store,
            keep=keep,
            executor=how.executor,
            at_once=how.workers,
            notices=notices,
        )
    else:
        sets = [_usual(task, keep.get(task.draw_key(book))) for task in tasks]
    return {name: staged_run(each, found[each.run]) for name, each in zip(asked.runs, sets, strict=True)}


def _usual(asked: RunTask, held: bytes | None) -> DrawSet:
    assert held is not None
    return set_of(asked.task.run.id, Design(1), [unpacked(held)], {})


def _kept_tonnes(book: Rulebook, tasks: Sequence[RunTask], keep: Keep) -> dict[str, dict[int, StageTonnes]]:
    """Returns the output by run and point; a draw without a result has none."""
    found: dict[str, dict[int, StageTonnes]] = {}
    for asked in tasks:
        held = keep.get(asked.key(book))
        points = found.setdefault(asked.task.run.id, {})
        if held is not None:
            points[asked.task.point] = unpacked_tonnes(held)
    return found


def _solve(book: Rulebook, tasks: Sequence[RunTask], keep: Keep, how: DrawsRun) -> None:
    """Solves what is not kept, and keeps it."""
    missing = [task for task in tasks if keep.get(task.key(book)) is None or _lacks_draw(task, book, keep)]
    done = len(tasks) - len(missing)
    _tell(how.progress, done, len(tasks))
    for place, (asked, result) in enumerate(_results(missing, how), start=done + 1):
        if isinstance(result, CoercivityError):
            if not asked.drawn or result.code not in _NO_RESULT:
                raise result
        else:
            keep.put(asked.draw_key(book), result.draw)
            keep.put(asked.key(book), result.tonnes)
        _tell(how.progress, place, len(tasks))


def _lacks_draw(asked: RunTask, book: Rulebook, keep: Keep) -> bool:
    """Returns whether a run without draws is not kept; a draw that is not is solved with the others of its set."""
    return not asked.drawn and keep.get(asked.draw_key(book)) is None


def _results(tasks: Sequence[RunTask], how: DrawsRun) -> Iterator[tuple[RunTask, Solved | CoercivityError]]:
    """Yields the runs as they are solved, by the executor, in processes of this computer or in this process."""
    if how.executor is not None:
        yield from _over(how.executor, tasks)
        return
    count = min(how.workers or processors(), len(tasks))
    if count <= 1:
        yield from ((task, solved(task)) for task in tasks)
        return
    with workers(count) as pool:
        yield from _over(pool, tasks)


def _over(pool: Executor, tasks: Sequence[RunTask]) -> Iterator[tuple[RunTask, Solved | CoercivityError]]:
    running: dict[Future[Solved | CoercivityError], RunTask] = {pool.submit(solved, task): task for task in tasks}
    for done in as_completed(running):
        yield running[done], done.result()


def _tell(progress: Progress | None, done: int, whole: int) -> None:
    if progress is not None:
        progress(done, whole)
