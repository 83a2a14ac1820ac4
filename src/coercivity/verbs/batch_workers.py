"""Where the parts of a run are decided: an executor that was given, or processes of this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from coercivity.batches.stage.staging import Source
from coercivity.verbs.children import workers as children

ALONE_ROWS = 20_000  # up to here other processes cost more than they bring


@contextmanager
def executor_of(
    executor: Executor | None, workers: int | None, source: Source
) -> Iterator[tuple[Executor | None, int]]:
    """Gives the executor that was given, or one of this machine's processes, or none for a small table.

    Args:
        executor: The one given, if any.
        workers: How many parts at a time; by default as many as there are processors.
        source: The rows.

    Raises:
        CoercivityError: When a worker process ends before its part is done.
    """
    count = workers or len(os.sched_getaffinity(0))
    if executor is not None:
        yield executor, count
        return
    if count == 1 or source.rows <= ALONE_ROWS or source.parts == 1:
        yield None, 1
        return
    with children(min(count, source.parts)) as pool:
        yield pool, count
