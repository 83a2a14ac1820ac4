"""Where the parts of a run are decided: an executor that was given, or processes of this machine."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait

from coercivity.base.errors import CoercivityError
from coercivity.desk.batch.staged import Source

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
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(count, source.parts), mp_context=context, initializer=end_with_parent)
    try:
        yield pool, count
    except BrokenProcessPool:
        what = "a worker process ended before its part was done, as it does when memory runs out"
        raise CoercivityError.of(
            "BATCH-WORKER", what, next="run it again with --resume, or with fewer --workers"
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def end_with_parent() -> None:
    """Ends this worker when the process that started it ends, also where that was killed."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch(sentinel: int = parent.sentinel) -> None:
        wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
