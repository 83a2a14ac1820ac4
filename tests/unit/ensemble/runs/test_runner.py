"""Draws over executors: each once, the same bytes with any workers, those that die repeated, those without a plan told.

The draws are made up (`made_up.py`): what runs them is as in earnest, what they say costs nothing.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.ensemble.runs import runner
from coercivity.ensemble.runs.folder import SUFFIX
from coercivity.ensemble.runs.runner import InMemory, WithMemory, run_draws
from tests.places import ROOT
from tests.ports import free_port
from tests.unit.ensemble.runs import made_up
from tests.unit.ensemble.runs.made_up import INFEASIBLE, folder_of, key, tasks

MADE_UP = Path(made_up.__file__)


@pytest.fixture(autouse=True)
def _made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "drawn", made_up.drawn)


class Dying(Executor):
    """An executor whose workers die at their first tasks."""

    def __init__(self, deaths: int, error: BaseException) -> None:
        self.deaths, self.error, self.asked = deaths, error, list[int]()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.asked.append(args[0].point)
        future: Future[Any] = Future()
        if len(self.asked) <= self.deaths:
            future.set_exception(self.error)
        else:
            future.set_result(fn(*args))
        return future


def dead() -> CoercivityError:
    return CoercivityError.of("BATCH-WORKER", "a worker process stopped early")


@pytest.mark.parametrize("count", [1, 2, 4])
def test_draws_are_the_same_bytes_with_any_number_of_workers(count: int) -> None:
    alone, several = InMemory(), InMemory()
    assert run_draws(tasks(16), alone) == []
    with ThreadPoolExecutor(count) as pool:
        assert run_draws(tasks(16), several, pool, at_once=count) == []
    assert [alone.get(key(point)) for point in range(16)] == [several.get(key(point)) for point in range(16)]


def test_a_draw_that_is_kept_is_not_run_again_and_progress_begins_with_it() -> None:
    keep, told = InMemory(), list[tuple[int, int]]()
    run_draws(tasks(3), keep)
    pool = Dying(0, dead())
    run_draws(tasks(5), keep, pool, at_once=2, progress=lambda done, whole: told.append((done, whole)))
    assert pool.asked == [3, 4]
    assert told == [(3, 5), (4, 5), (5, 5)]


def test_a_draw_whose_worker_dies_is_repeated_twice_and_then_an_error() -> None:
    keep = InMemory()
    pool = Dying(2, dead())
    assert run_draws(tasks(2), keep, pool) == []
    assert pool.asked == [0, 0, 0, 1]
    with pytest.raises(CoercivityError, match=r"DRAWS-WORKER.*3 times at point 0"):
        run_draws(tasks(1), InMemory(), Dying(3, dead()))


class Broken(Executor):
    """An executor whose only worker dies, after which it refuses every task, as a pool of processes does."""

    def __init__(self) -> None:
        self.asked = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.asked += 1
        if self.asked > 1:
            raise BrokenExecutor("a child process terminated abruptly")
        future: Future[Any] = Future()
        future.set_exception(BrokenExecutor("a child process terminated abruptly"))
        return future


def test_an_executor_that_is_broken_for_good_is_told() -> None:
    with pytest.raises(CoercivityError, match="DRAWS-WORKER") as caught:
        run_draws(tasks(2), InMemory(), Broken())
    assert "fewer workers" in caught.value.faults[0].next


def test_an_error_that_no_figure_is_to_blame_for_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """A notice that a worker cannot read is no draw without a plan, which would be left out."""

    def drawn(task: Any) -> bytes:
        raise CoercivityError.of("FILE", "no such file", next="correct the path")

    monkeypatch.setattr(runner, "drawn", drawn)
    for pool in (None, ThreadPoolExecutor(1)):
        with pytest.raises(CoercivityError, match="FILE"):
            run_draws(tasks(2), InMemory(), pool)


def test_a_solver_that_stops_is_a_failure_of_its_draw_and_ends_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def drawn(task: Any) -> bytes:
        if task.point == 1:
            raise ArithmeticError("the solver stopped: Unknown")
        return made_up.drawn(task)

    monkeypatch.setattr(runner, "drawn", drawn)
    (failure,) = run_draws(tasks(3), InMemory())
    assert (failure.task.point, failure.error.faults[0].what) == (1, "the solver stopped: Unknown")


def test_an_error_in_the_program_is_not_taken_for_a_dead_worker() -> None:
    with pytest.raises(ZeroDivisionError):
        run_draws(tasks(1), InMemory(), Dying(1, ZeroDivisionError()))


def test_a_draw_without_a_plan_is_a_failure_and_the_others_are_kept() -> None:
    """It does not end its worker: the reason comes back as a value."""
    asked = tasks(2) | {key(INFEASIBLE): made_up.task(INFEASIBLE)}
    for pool in (None, ThreadPoolExecutor(1)):
        keep = InMemory()
        (failure,) = run_draws(asked, keep, pool)
        assert (failure.task.point, failure.error.code) == (INFEASIBLE, "INFEASIBLE")
        assert keep.get(key(1)) is not None
        assert keep.get(key(INFEASIBLE)) is None


def test_what_a_full_cache_does_not_keep_is_kept_in_memory() -> None:
    class Full(InMemory):
        def put(self, key: str, content: bytes) -> None:
            pass

    keep = WithMemory(Full())
    run_draws(tasks(2), keep)
    assert keep.get(key(1)) is not None


def environment(slow_s: float = 0.0) -> dict[str, str]:
    return {**os.environ, made_up.SLOW: str(slow_s), "PYTHONPATH": str(ROOT)}


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob(f"*{SUFFIX}")}


def until(true: Callable[[], bool], limit_s: float = 60.0) -> None:
    end = time.monotonic() + limit_s
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_run_that_is_killed_goes_on_where_it_was_and_gives_the_same_bytes(tmp_path: Path) -> None:
    """A process is killed half way; what it had written stays as it is, and only the rest is run."""
    code = (
        "import sys; from pathlib import Path\n"
        "from tests.unit.ensemble.runs.made_up import folder_of, tasks\n"
        "from coercivity.ensemble.runs.runner import run_draws\n"
        "run_draws(tasks(12), folder_of(Path(sys.argv[1]), 12))"
    )
    place = tmp_path / "killed"
    with subprocess.Popen([sys.executable, "-c", code, str(place)], env=environment(0.3)) as child:
        until(lambda: len(files(place)) >= 3)
        child.send_signal(signal.SIGKILL)
    before = {path.name: path.stat().st_mtime_ns for path in place.glob(f"*{SUFFIX}")}
    assert 3 <= len(before) < 12
    pool = Dying(0, dead())
    run_draws(tasks(12), folder_of(place, 12), pool)
    assert len(pool.asked) == 12 - len(before)
    assert {name: (place / name).stat().st_mtime_ns for name in before} == before
    run_draws(tasks(12), folder_of(tmp_path / "whole", 12))
    assert files(place) == files(tmp_path / "whole")


@contextmanager
def cluster(count: int, folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A Dask scheduler and its workers, each of one thread, that make up draws."""
    port, quiet = free_port(), subprocess.DEVNULL
    address = f"tcp://127.0.0.1:{port}"
    dask = [sys.executable, "-m", "dask"]
    words = ["--no-nanny", "--nthreads", "1", "--no-dashboard", "--preload", str(MADE_UP), "--local-directory"]
    begun = [
        subprocess.Popen(
            [*dask, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"], stderr=quiet
        )
    ]
    try:
        for number in range(count):
            place = str(folder / str(number))
            begun.append(
                subprocess.Popen([*dask, "worker", address, *words, place], env=environment(0.3), stderr=quiet)
            )
        yield address, begun[1:]
    finally:
        for process in begun:
            process.kill()
            process.wait()


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
def test_draws_on_two_dask_workers_with_one_killed_half_way_are_the_same_bytes(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    place = tmp_path / "dask"
    with cluster(2, tmp_path / "space") as (address, processes), distributed.Client(address, timeout=60) as client:
        client.wait_for_workers(2, timeout=60)

        def kill(done: int, whole: int) -> None:
            if done == 4 and processes[0].poll() is None:
                processes[0].kill()

        pool = client.get_executor(retries=3, pure=False)
        assert run_draws(tasks(12), folder_of(place, 12), pool, at_once=2, progress=kill) == []
        assert processes[0].wait(timeout=10) == -signal.SIGKILL
    run_draws(tasks(12), folder_of(tmp_path / "alone", 12))
    assert len(files(place)) == 12
    assert files(place) == files(tmp_path / "alone")
