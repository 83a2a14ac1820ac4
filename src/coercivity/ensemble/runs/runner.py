"""Runs many draws over any executor: those kept earlier cost nothing, and few are in memory at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from dataclasses import dataclass
from typing import Protocol

from coercivity.base.errors import CoercivityError, Fault
from coercivity.ensemble.runs.task import DrawTask, drawn

# A worker that dies takes its draw with it; the draw is given to another one so often.
MOST_DEATHS = 2
Progress = Callable[[int, int], None]


# What executors raise for a task whose worker died: of this program, of a Dask scheduler, of the standard library.
_WORKER = "BATCH-WORKER"
# What the figures of a draw can be to blame for; any other error is one of the question or of the worker.
_FAILED = "DRAWS-FAILED"
_NO_RESULT = frozenset({"INFEASIBLE", "BASE-YEAR", _FAILED})
_DEATHS = frozenset({"KilledWorker", "CommClosedError", "CancelledError", "FutureCancelledError"})


class Keep(Protocol):
    """Where draws are kept: a store, or a folder.

    Attributes:
        notices: Draws that could not be used.
    """

    notices: list[Fault]

    def get(self, key: str) -> bytes | None:
        """Returns a draw, or None if it is not kept."""

    def put(self, key: str, content: bytes) -> None:
        """Keeps a draw."""


class InMemory:
    """Draws kept for as long as this object lives."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}
        self.notices: list[Fault] = []

    def get(self, key: str) -> bytes | None:
        """Returns a draw, or None if it is not kept."""
        return self._held.get(key)

    def put(self, key: str, content: bytes) -> None:
        """Keeps a draw."""
        self._held[key] = content


class WithMemory:
    """Another place, and memory for what that place did not keep: a cache may be full, or not writable.

    Args:
        place: The other place.
        forgets: Whether it may lose what it kept: a cache too small for all draws removes those used least recently.

    Attributes:
        notices: Those of the other place.
    """

    def __init__(self, place: Keep, *, forgets: bool = False) -> None:
        self._place, self._rest, self._forgets = place, InMemory(), forgets
        self.notices = place.notices

    def get(self, key: str) -> bytes | None:
        """Returns a draw, or None if it is not kept."""
        held = self._rest.get(key)
        return held if held is not None else self._place.get(key)

    def put(self, key: str, content: bytes) -> None:
        """Keeps a draw."""
        self._place.put(key, content)
        if self._forgets or self._place.get(key) != content:
            self._rest.put(key, content)


@dataclass(frozen=True, slots=True)
class Failure:
    """A draw without a result.

    Attributes:
        task: The draw.
        error: Why.
    """

    task: DrawTask
    error: CoercivityError


def run_draws(
    tasks: Mapping[str, DrawTask],
    keep: Keep,
    executor: Executor | None = None,
    *,
    at_once: int = 1,
    progress: Progress | None = None,
) -> list[Failure]:
    """Runs the draws that are not kept yet, and keeps them; the result is the same with any executor.

    Args:
        tasks: The draws by their keys.
        keep: Where they are kept.
        executor: What runs them; None for this process.
        at_once: Draws given to the executor at a time.
        progress: Called with (draws done, all), those kept earlier included; first of all with those.

    Returns:
        Draws without a feasible plan; every other draw is kept.

    Raises:
        CoercivityError: If a worker dies again and again, or a draw has an error that its figures are not to blame for;
            draws done so far are kept.
    """
    missing = [key for key in tasks if keep.get(key) is None]
    run = _Run(tasks, keep, len(tasks) - len(missing), progress)
    run.tell()
    if executor is None:
        for key in missing:
            run.done(key, made(tasks[key]))
    else:
        run.over(executor, missing, at_once)
    return run.failures


def made(task: DrawTask) -> bytes | CoercivityError:
    """Returns a draw, or the reason why it has no result: a worker ends when a task raises.

    Args:
        task: The draw.
    """
    try:
        return drawn(task)
    except CoercivityError as error:
        return error
    except ArithmeticError as error:
        if type(error) is not ArithmeticError:  # a division by zero is an error of the program
            raise
        step = "nothing to do, unless many draws have none"
        return CoercivityError.of(_FAILED, str(error), where=task.run.id, next=step)


class _Run:
    def __init__(self, tasks: Mapping[str, DrawTask], keep: Keep, done: int, progress: Progress | None) -> None:
        self._tasks, self._keep, self._count, self._progress = tasks, keep, done, progress
        self.failures: list[Failure] = []

    def done(self, key: str, result: bytes | CoercivityError) -> None:
        """Takes the result of a draw."""
        if isinstance(result, CoercivityError):
            if result.code not in _NO_RESULT:
                raise result
            self.failures.append(Failure(self._tasks[key], result))
        else:
            self._keep.put(key, result)
        self._count += 1
        self.tell()

    def tell(self) -> None:
        """Tells how many draws are done."""
        if self._progress is not None:
            self._progress(self._count, len(self._tasks))

    def over(self, executor: Executor, keys: Sequence[str], at_once: int) -> None:
        """Runs draws over an executor, some at a time."""
        waiting, deaths = list(reversed(keys)), dict.fromkeys(keys, 0)
        running: dict[Future[bytes | CoercivityError], str] = {}
        while waiting or running:
            while waiting and len(running) < at_once:
                key = waiting.pop()
                try:
                    running[executor.submit(made, self._tasks[key])] = key
                except BrokenExecutor as broken:  # it takes no task after a worker died
                    raise _broken(self._tasks[key]) from broken
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                key = running.pop(future)
                error = _error_of(future)
                if error is None:
                    self.done(key, future.result())
                elif not _died(error):
                    raise error
                elif deaths[key] < MOST_DEATHS:
                    deaths[key] += 1
                    waiting.append(key)
                else:
                    raise _dead(self._tasks[key]) from error


def _error_of(future: Future[bytes | CoercivityError]) -> BaseException | None:
    try:
        return future.exception()
    except CancelledError as error:
        return error


def _died(error: BaseException) -> bool:
    """Returns whether an error says that a worker died, and not that the draw was wrong."""
    if isinstance(error, CoercivityError):
        return error.code == _WORKER
    return type(error).__name__ in _DEATHS or isinstance(error, BrokenExecutor)


def _broken(task: DrawTask) -> CoercivityError:
    what = f"a worker stopped, probably out of memory, and its executor takes no other draw, such as point {task.point}"
    step = "run again with fewer workers; draws that were done are kept"
    return CoercivityError.of("DRAWS-WORKER", what, where=task.run.id, next=step)


def _dead(task: DrawTask) -> CoercivityError:
    what = f"a worker stopped {MOST_DEATHS + 1} times at point {task.point}, probably out of memory"
    step = "run again with fewer --workers; draws that were done are kept"
    return CoercivityError.of("DRAWS-WORKER", what, where=task.run.id, next=step)
