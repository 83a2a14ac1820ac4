"""Child processes: the only place that starts them, so that none runs a file of the folder in which it was started.

Python looks for modules in the working folder of a process, or next to its script, before its own library: a table
named `json.py` would be executed. So every child uses Python's safe path, starts in a folder without user files, and
passes both on to its own children.
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

ROOT = os.path.abspath(os.sep)  # users cannot write there
PATHS, SAFE = "PYTHONPATH", "PYTHONSAFEPATH"
# One process a core: threads of linear algebra would only wait for each other, and another number of them rounds
# otherwise.
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")

P = ParamSpec("P")
T = TypeVar("T")


class Child(subprocess.Popen[Any]):
    """Starts a Python process that runs one module and ends with this process, however this one ends.

    Args:
        module: Name of the module.
        *words: Its arguments.
        more: Additions to its environment.
        **pipes: Standard streams, text and session, as `subprocess` takes them.

    Raises:
        OSError: If it cannot be started.
    """

    def __init__(self, module: str, *words: str, more: Mapping[str, str] | None = None, **pipes: Any) -> None:
        held, end = os.pipe()
        weakref.finalize(self, os.close, end)
        command = [*_python(), "-m", "coercivity.verbs.leash", str(held), module, *words]
        try:
            super().__init__(command, cwd=ROOT, env=_environment(more or {}), pass_fds=(held,), **pipes)
        finally:
            os.close(held)


def begin_alone(module: str, **pipes: Any) -> subprocess.Popen[Any]:
    """Starts a Python process that outlives this one and cleans up after it.

    Args:
        module: Name of the module that it runs.
        **pipes: Standard streams and text, as `subprocess` takes them.

    Raises:
        OSError: If it cannot be started.
    """
    command = [*_python(), "-m", module]
    return subprocess.Popen(command, cwd=ROOT, env=_environment({}), start_new_session=True, **pipes)


def finish(module: str, *words: str, limit_s: float, more: Mapping[str, str] | None = None) -> tuple[int, bytes]:
    """Runs a Python process to its end, and returns its exit code and output.

    Args:
        module: Name of the module that it runs.
        *words: Its arguments.
        limit_s: Time limit [s].
        more: Additions to its environment.

    Raises:
        OSError: If it cannot be started.
        subprocess.TimeoutExpired: If it exceeds the time limit; it is then stopped.
    """
    # Warnings printed by libraries are not part of the output.
    quiet, heard = subprocess.DEVNULL, subprocess.PIPE
    with Child(module, *words, more=more, stdin=quiet, stdout=heard, stderr=quiet) as child:
        try:
            told, _ = child.communicate(timeout=limit_s)
        finally:
            child.kill()
    return child.returncode, told


def _python() -> list[str]:
    """Returns the interpreter with a safe path, and as deaf to its environment as that of this process."""
    heard = {"-I": sys.flags.isolated, "-E": sys.flags.ignore_environment, "-s": sys.flags.no_user_site}
    return [sys.executable, "-P", *(word for word, deaf in heard.items() if deaf)]


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """Returns the environment of this process without its working folder (or an empty entry) in the import paths."""
    here = working_folder()
    paths = [os.path.abspath(path) for path in os.environ.get(PATHS, "").split(os.pathsep) if path]
    kept = os.pathsep.join(path for path in paths if path != here)
    rest = {name: value for name, value in os.environ.items() if name != PATHS}
    return {**rest, **({PATHS: kept} if kept else {}), SAFE: "1", **dict.fromkeys(_THREADS, "1"), **more}


def working_folder() -> str:
    """Returns the working folder of this process; the root if it was removed."""
    try:
        return os.getcwd()
    except FileNotFoundError:
        return ROOT


class Worker:
    """A child that runs one task after another.

    Args:
        more: Additions to its environment.
    """

    def __init__(self, more: Mapping[str, str] | None = None) -> None:
        self.process = Child(__name__, working_folder(), more=more, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(
        self, task: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]], limit_s: float | None = None
    ) -> Any:
        """Returns the result of a task.

        Args:
            task: A function of a module, and its arguments.
            limit_s: Time limit [s]; None: no limit.

        Raises:
            subprocess.TimeoutExpired: If it exceeds the time limit; the child is then stopped.
            CoercivityError: If the child stops before it is finished.
        """
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        late = threading.Event()
        clock = None if limit_s is None else threading.Timer(limit_s, self._stop, (late,))
        if clock is not None:
            clock.daemon = True
            clock.start()
        try:
            pickle.dump(task, self.process.stdin)
            self.process.stdin.flush()
            return pickle.load(self.process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            if limit_s is not None and late.is_set():
                raise subprocess.TimeoutExpired(self.process.args, limit_s) from None
            what = "a worker process stopped early, probably out of memory"
            step = "run again with --resume, or with fewer --workers"
            raise CoercivityError.of("BATCH-WORKER", what, next=step) from None
        finally:
            if clock is not None:
                clock.cancel()

    def _stop(self, late: threading.Event) -> None:
        late.set()
        self.process.kill()

    def end(self) -> None:
        """Stops the child immediately; it has nothing to save."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            _close(pipe)


def _close(pipe: IO[bytes] | None) -> None:
    try:
        if pipe is not None:
            pipe.close()
    except OSError:  # unsent data for the child
        return


class _Pool(Executor):
    """An executor that runs tasks in children: one per concurrent task, kept for the next task."""

    def __init__(self, count: int) -> None:
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="worker")
        self._idle: list[Worker] = []
        self._all: list[Worker] = []
        self._lock = threading.Lock()
        self._ended = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Calls a function in a child."""
        return self._threads.submit(self._asked, fn, args, kwargs)

    def _asked(self, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        worker = self._taken()
        found: T = worker.ask((fn, args, kwargs))
        with self._lock:
            self._idle.append(worker)
        return found

    def _taken(self) -> Worker:
        with self._lock:
            if self._ended:
                raise CoercivityError.of("BATCH-WORKER", "the run is stopping", next="run again with --resume")
            if self._idle:
                return self._idle.pop()
            self._all.append(Worker())
            return self._all[-1]

    def end(self) -> None:
        """Stops all children, busy or not."""
        with self._lock:
            self._ended = True
            for worker in self._all:
                worker.process.kill()  # a waiting caller gets an error
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._all:
            worker.end()


@contextmanager
def workers(count: int) -> Iterator[Executor]:
    """Yields an executor that runs tasks in child processes, which end with it and with this process.

    Args:
        count: Number of tasks at a time.

    Raises:
        CoercivityError: From a task, if its process stops before it is finished.
    """
    pool = _Pool(count)
    try:
        yield pool
    finally:
        pool.end()


def main(folder: str) -> int:
    """Runs tasks from standard input and writes each result to standard output, until the input ends.

    Args:
        folder: Working folder of the caller, to which relative file names refer.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process stops this one
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # keep what libraries print out of the results
        os.chdir(folder)
        tasks: SimpleQueue[tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]] = SimpleQueue()
        threading.Thread(target=_listen, args=(tasks,), daemon=True).start()
        while True:
            fn, args, kwargs = tasks.get()
            pickle.dump(fn(*args, **kwargs), answers)
            answers.flush()


def _listen(tasks: SimpleQueue[Any]) -> None:
    """Reads tasks as they arrive; exits at once when the parent process has ended, however it ended."""
    try:
        while True:
            tasks.put(pickle.load(sys.stdin.buffer))
    finally:
        os._exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
