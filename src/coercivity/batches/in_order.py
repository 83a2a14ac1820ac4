"""Runs the parts of a table and yields what they give, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from typing import TypeVar

from coercivity.batches.run import MOST_AHEAD

Work = TypeVar("Work")
Result = TypeVar("Result")


def in_order(
    task: Callable[[Work, int], Result], work: Work, parts: int, executor: Executor | None, workers: int
) -> Iterator[Result]:
    """Yields what a task gives for each part; only a few are worked on ahead, so that memory stays bounded.

    Args:
        task: Takes the work and the number of a part, counted from 0; can be sent to another process.
        work: What to do.
        parts: Number of parts.
        executor: Runs the parts; None runs them in this process, one after another.
        workers: Number of parts it runs at a time.
    """
    if executor is None:
        yield from (task(work, part) for part in range(parts))
        return
    waiting: list[Future[Result]] = []
    try:
        for part in range(parts):
            waiting.append(executor.submit(task, work, part))
            if len(waiting) >= workers * MOST_AHEAD:
                yield waiting.pop(0).result()
        while waiting:
            yield waiting.pop(0).result()
    finally:
        for future in waiting:
            future.cancel()
