"""Work on workbooks in child processes with limits on time and memory, which protect the server from hostile files."""

from __future__ import annotations

import atexit
import resource
import subprocess
import threading
import traceback
from collections.abc import Callable, Mapping
from typing import Any, ParamSpec, TypeVar

from coercivity.base.errors import CoercivityError, Fault
from coercivity.verbs.children import Worker
from coercivity.verbs.serving.problems import TOO_MANY, RefusedError

LIMIT_S = 60.0
WAIT_S = 60.0
MOST_BYTES = 2 * 2**30  # of address space, most of which is never used
MOST_AT_ONCE = 2
_NEXT = "remove rows that are not needed, or use the command line, which has no limit"
_MEMORY = Fault("UPLOAD-MEMORY", "the workbook needs more memory than allowed", next=_NEXT)

P = ParamSpec("P")
T = TypeVar("T")
Outcome = tuple[Any, tuple[Fault, ...], str]  # result, faults, and the trace of an error of our own


class OwnMistakeError(RuntimeError):
    """An error of our own in a child; its text is the trace, for the log of the server."""


class Children:
    """Child processes for workbooks; each is kept for the next workbook, unless it had to be stopped.

    Args:
        limit_s: Time limit of one workbook [s].
        wait_s: Longest wait for a free child [s].
        most_bytes: Most memory of a child [bytes of address space].
    """

    def __init__(self, limit_s: float = LIMIT_S, wait_s: float = WAIT_S, most_bytes: int = MOST_BYTES) -> None:
        self._limit_s, self._wait_s, self._most_bytes = limit_s, wait_s, most_bytes
        self._turn = threading.BoundedSemaphore(MOST_AT_ONCE)
        self._idle: list[Worker] = []
        self._lock = threading.Lock()

    def run(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Calls a function in a child and returns its result.

        Args:
            work: A function of a module; its arguments and its result are plain data.
            *args: Its arguments.
            **kwargs: Its named arguments.

        Raises:
            CoercivityError: From the function; or if it exceeds the limit of time or memory.
            RefusedError: If no child is free in time.
            OwnMistakeError: If the function fails in any other way.
        """
        if not self._turn.acquire(timeout=self._wait_s):
            fault = Fault("UPLOAD-BUSY", "other workbooks are being read", next="try again in a minute")
            raise RefusedError(TOO_MANY, fault, {"retry-after": "60"})
        try:
            found, faults, trace = self._asked((limited, (self._most_bytes, work, args, kwargs), {}))
        finally:
            self._turn.release()
        if faults:
            raise CoercivityError(faults)
        if trace:
            raise OwnMistakeError(trace)
        result: T = found
        return result

    def _asked(self, task: tuple[Callable[..., Outcome], tuple[Any, ...], Mapping[str, Any]]) -> Outcome:
        with self._lock:
            worker = self._idle.pop() if self._idle else None
        worker = worker or Worker({"POLARS_MAX_THREADS": "2"})
        kept = False
        try:
            outcome: Outcome = worker.ask((task[0], task[1], dict(task[2])), self._limit_s)
            # What a large file took is given back with the process.
            kept = _MEMORY not in outcome[1]
            return outcome
        except subprocess.TimeoutExpired:
            what = f"the workbook could not be read and computed within {self._limit_s:g} s"
            raise CoercivityError.of("UPLOAD-TIME", what, next=_NEXT) from None
        except CoercivityError:  # it was stopped, most often by the system for its memory
            raise CoercivityError((_MEMORY,)) from None
        finally:
            if kept:
                with self._lock:
                    self._idle.append(worker)
            else:
                worker.end()

    def end(self) -> None:
        """Stops the children that wait for a workbook."""
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.end()


def limited(most_bytes: int, work: Callable[..., T], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Outcome:
    """Calls a function within a limit of memory and returns its result, its faults or its trace; runs in a child."""
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    try:
        return work(*args, **kwargs), (), ""
    except CoercivityError as error:
        return None, tuple(error.faults), ""
    except (MemoryError, RecursionError):
        return None, (_MEMORY,), ""
    except Exception:  # told by the server as its own mistake, not as one of the workbook
        return None, (), traceback.format_exc()


_children = Children()
atexit.register(_children.end)
apart = _children.run
