"""Runs the parts of a batch: on a given executor, or in processes of this computer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from coercivity.batches.stage.staging import Source
from coercivity.verbs.children import workers as children

ALONE_ROWS = 20_000  # below this, starting processes costs more time than it saves


@contextmanager
def executor_of(
    executor: Executor | None, workers: int | None, source: Source
) -> Iterator[tuple[Executor | None, int]]:
    """Yields the given executor, or one of local processes, or None for a small table.

    Args:
        executor: The given executor, if any.
        workers: Number of parts at a time. Default: the number of processors.
        source: The rows.

    Raises:
        CoercivityError: If a worker process stops before its part is finished.
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
