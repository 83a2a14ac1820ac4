"""Child processes: the one place that starts them, so that none runs a file of the folder in which it was started.

Python looks for modules in the working folder of a process, or beside its script, before it looks in its own library:
a table that somebody named `json.py` would be run. So every child has safe path, begins in a folder that holds nobody's
files, and passes both on to whatever it starts itself.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from typing import IO, Any, ParamSpec, TypeVar

from coercivity.base.errors import CoercivityError

ROOT = os.path.abspath(os.sep)  # no user writes there
PATHS, SAFE = "PYTHONPATH", "PYTHONSAFEPATH"

P = ParamSpec("P")
T = TypeVar("T")


class Child(subprocess.Popen[Any]):
    """A Python process that runs one module and ends with this process, however this one ends.

    Args:
        module: Name of the module.
        *words: Its arguments.
        more: What is added to its environment.
        **pipes: Standard streams, text and session, as `subprocess` takes them.

    Raises:
        OSError: When it cannot be started.
    """

    def __init__(self, module: str, *words: str, more: Mapping[str, str] | None = None, **pipes: Any) -> None:
        held, end = os.pipe()
        weakref.finalize(self, os.close, end)
        command = [sys.executable, "-P", "-m", "coercivity.verbs.leash", str(held), module, *words]
        try:
            super().__init__(command, cwd=ROOT, env=_environment(more or {}), pass_fds=(held,), **pipes)
        finally:
            os.close(held)


def begin_alone(module: str, **pipes: Any) -> subprocess.Popen[Any]:
    """Starts a Python process that outlives this one: it cleans up behind it.

    Args:
        module: Name of the module that it runs.
        **pipes: Standard streams and text, as `subprocess` takes them.

    Raises:
        OSError: When it cannot be started.
    """
    command = [sys.executable, "-P", "-m", module]
    return subprocess.Popen(command, cwd=ROOT, env=_environment({}), start_new_session=True, **pipes)


def finish(module: str, *words: str, limit_s: float, more: Mapping[str, str] | None = None) -> tuple[int, bytes]:
    """Starts a Python process, waits for its end, and returns its exit code and what it wrote.

    Args:
        module: Name of the module that it runs.
        *words: Its arguments.
        limit_s: How long it may take [s].
        more: What is added to its environment.

    Raises:
        OSError: When it cannot be started.
        subprocess.TimeoutExpired: When it takes longer; it is ended then.
    """
    # What a library says on the way is nothing that anybody waits for.
    quiet, heard = subprocess.DEVNULL, subprocess.PIPE
    with Child(module, *words, more=more, stdin=quiet, stdout=heard, stderr=quiet) as child:
        try:
            told, _ = child.communicate(timeout=limit_s)
        finally:
            child.kill()
    return child.returncode, told


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """The environment of this process without the working folder among the import paths; an empty entry means that."""
    here = _working_folder()
    paths = [os.path.abspath(path) for path in os.environ.get(PATHS, "").split(os.pathsep) if path]
    kept = os.pathsep.join(path for path in paths if path != here)
    rest = {name: value for name, value in os.environ.items() if name != PATHS}
    return {**rest, **({PATHS: kept} if kept else {}), SAFE: "1", **more}


def _working_folder() -> str:
    """The working folder of this process; the root where it was removed."""
    try:
        return os.getcwd()
    except FileNotFoundError:
        return ROOT


class _Worker:
    """A child that does one task after another."""

    def __init__(self) -> None:
        self.process = Child(__name__, _working_folder(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, task: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]) -> Any:
        """Returns what a task gives."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            pickle.dump(task, self.process.stdin)
            self.process.stdin.flush()
            return pickle.load(self.process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            what = "a worker process ended before its part was done, as it does when memory runs out"
            step = "run it again with --resume, or with fewer --workers"
            raise CoercivityError.of("BATCH-WORKER", what, next=step) from None

    def end(self) -> None:
        """Ends it at once; it has nothing to save."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            _close(pipe)


def _close(pipe: IO[bytes] | None) -> None:
    try:
        if pipe is not None:
            pipe.close()
    except OSError:  # what it was still to be told
        return


class _Pool(Executor):
    """An executor whose tasks are done by children: one for each that is busy, kept for the next task."""

    def __init__(self, count: int) -> None:
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="worker")
        self._idle: list[_Worker] = []
        self._all: list[_Worker] = []
        self._lock = threading.Lock()
        self._ended = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Has a child call a function of ours."""
        return self._threads.submit(self._asked, fn, args, kwargs)

    def _asked(self, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        worker = self._taken()
        found: T = worker.ask((fn, args, kwargs))
        with self._lock:
            self._idle.append(worker)
        return found

    def _taken(self) -> _Worker:
        with self._lock:
            if self._ended:
                raise CoercivityError.of("BATCH-WORKER", "the run is ending", next="run it again with --resume")
            if self._idle:
                return self._idle.pop()
            self._all.append(_Worker())
            return self._all[-1]

    def end(self) -> None:
        """Ends all children, whatever they do."""
        with self._lock:
            self._ended = True
            for worker in self._all:
                worker.process.kill()  # whoever waits for it is told that it ended
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._all:
            worker.end()


@contextmanager
def workers(count: int) -> Iterator[Executor]:
    """Gives an executor whose tasks are done by child processes, which end with it and with this process.

    Args:
        count: How many tasks are done at a time.

    Raises:
        CoercivityError: From a task, when its process ends before it is done.
    """
    pool = _Pool(count)
    try:
        yield pool
    finally:
        pool.end()


def main(folder: str) -> int:
    """Does the tasks that come on standard input and answers each on standard output, until the input ends.

    Args:
        folder: Working folder of whoever asks, in which relative names of files mean what they mean there.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this ends it
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # what a library prints is no answer
        os.chdir(folder)
        tasks: SimpleQueue[tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]] = SimpleQueue()
        threading.Thread(target=_listen, args=(tasks,), daemon=True).start()
        while True:
            fn, args, kwargs = tasks.get()
            pickle.dump(fn(*args, **kwargs), answers)
            answers.flush()


def _listen(tasks: SimpleQueue[Any]) -> None:
    """Takes tasks as they come; when whoever asks has ended, however it ended, so does this process, at once."""
    try:
        while True:
            tasks.put(pickle.load(sys.stdin.buffer))
    finally:
        os._exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
