"""Questions about several runs of the market: answers kept earlier, and processes for the rest."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from functools import partial
from threading import Lock

from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.sums import total
from coercivity.cases.arguments import Law
from coercivity.files.kept.store import Store
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.results.run_answer import RunAnswer
from coercivity.market.run.observed import ObservedState
from coercivity.market.run.question import RunQuestion
from coercivity.market.run.simulate import Progress
from coercivity.verbs.children import Child, working_folder
from coercivity.verbs.kept import keep, taken
from coercivity.verbs.run_child import RunTask, Said, answered

_CHILD = "coercivity.verbs.run_child"
LEAST_MONTHS = 12  # a shorter run takes less time than the start of a process


def answers_to(
    book: Rulebook,
    law: Law,
    questions: Sequence[RunQuestion],
    *,
    store: Store | None = None,
    processes: int | None = None,
    observed: ObservedState | None = None,
    progress: Progress | None = None,
) -> list[RunAnswer]:
    """Returns the answers to questions about runs, in order; the same with any number of processes.

    Args:
        book: The rulebook.
        law: The same as it was asked for, so that another process can read it.
        questions: The questions.
        store: Where answers and solved months are kept.
        observed: The estimated states of questions that start from observations; by default each run estimates them.
        processes: Processes at a time; by default one per processor. With one, this process does the work.
        progress: Called with (months done, all) of all runs.

    Raises:
        CoercivityError: If a legal scenario or a clause does not exist, a month has no feasible plan, or a process ends
            before it has answered.
    """
    keys = [question.key(book) if store is not None else None for question in questions]
    found: list[RunAnswer | None] = [taken(store, key) for key in keys]
    missing = [place for place, answer in enumerate(found) if answer is None]
    tasks = [_task(law, questions[place], store, observed) for place in missing]
    count = min(processes or processors(), len(tasks))
    longest = max((task.question.last - task.question.begin + 1 for task in tasks), default=0)
    if count > 1 and longest >= LEAST_MONTHS:
        made = _Processes(tasks, store, progress).answers(count)
    else:
        told = _Told(len(tasks), progress)
        made = [
            answered(law, task.question, store, partial(told.tell, place), task.observed)
            for place, task in enumerate(tasks)
        ]
    for place, answer in zip(missing, made, strict=True):
        keep(store, keys[place], answer)
        found[place] = answer
    return [answer for answer in found if answer is not None]


def processors() -> int:
    """Returns the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _task(law: Law, question: RunQuestion, store: Store | None, observed: ObservedState | None) -> RunTask:
    if store is None:
        return RunTask(law, question, None, 0, observed)
    return RunTask(law, question, store.folder, store.most_bytes, observed)


class _Told:
    """The progress of several runs as one."""

    def __init__(self, runs: int, progress: Progress | None) -> None:
        self._done, self._progress, self._lock = [0] * runs, progress, Lock()

    def tell(self, place: int, done: int, whole: int) -> None:
        """Takes the progress of one run."""
        with self._lock:
            self._done[place] = done
            if self._progress is not None:
                self._progress(total(self._done), whole * len(self._done))


class _Processes:
    """Tasks answered by child processes, one task after another in each."""

    def __init__(self, tasks: Sequence[RunTask], store: Store | None, progress: Progress | None) -> None:
        self._tasks, self._store = tasks, store
        self._told = _Told(len(tasks), progress)
        self._next: Iterator[tuple[int, RunTask]] = iter(enumerate(tasks))
        self._lock, self._ended = Lock(), False
        self._children: list[subprocess.Popen[bytes]] = []
        self._made: dict[int, RunAnswer] = {}

    def answers(self, count: int) -> list[RunAnswer]:
        """Returns the answers in order.

        Args:
            count: Number of processes.

        Raises:
            CoercivityError: From a task, or if a process ends before it has answered.
        """
        with ThreadPoolExecutor(count, thread_name_prefix="run") as pool:
            try:
                working = [pool.submit(self._work) for _ in range(count)]
                for done in as_completed(working):
                    done.result()
            finally:
                self._end()  # also when one failed, or the user interrupted
        return [self._made[place] for place in range(len(self._tasks))]

    def _work(self) -> None:
        child = self._begun()
        while child is not None:
            with self._lock:
                following = next(self._next, None)
            if following is None:
                return
            self._made[following[0]] = self._asked(child, *following)

    def _begun(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._ended:
                return None
            pipe = subprocess.PIPE
            try:
                # A session of its own, so that Ctrl-C in a terminal reaches this process only.
                child = Child(_CHILD, working_folder(), stdin=pipe, stdout=pipe, start_new_session=True)
            except OSError as error:
                raise _broken(f"a process cannot be started: {error.strerror}") from error
            self._children.append(child)
            return child

    def _asked(self, child: subprocess.Popen[bytes], place: int, task: RunTask) -> RunAnswer:
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            pickle.dump(task, child.stdin)
            child.stdin.flush()
            for line in child.stdout:
                said: Said = json.loads(line)
                if "faults" in said:
                    raise CoercivityError(map(Fault.from_dict, said["faults"]))
                if "answer" in said:
                    self._notices(said)
                    return said["answer"]
                self._told.tell(place, said["done"], said["whole"])
        except (OSError, ValueError) as error:
            raise _broken(_WHY) from error
        raise _broken(_WHY)

    def _notices(self, said: Said) -> None:
        for notice in said["notices"]:
            if self._store is not None:
                self._store.tell(Fault.from_dict(notice))

    def _end(self) -> None:
        """Stops all children; whoever waits for one sees the end of its output."""
        with self._lock:
            self._ended = True
            self._next = iter(())
            for child in self._children:
                child.kill()
        for child in self._children:
            child.wait()
            for pipe in (child.stdin, child.stdout):
                with suppress(OSError):  # unsent data for the child
                    if pipe is not None:
                        pipe.close()


_WHY = "a process that was solving a run stopped early, probably out of memory"


def _broken(what: str) -> CoercivityError:
    step = "close other programs and run again; solved months are kept unless the cache is off"
    return CoercivityError.of("RUN-WORKER", what, where="market runs", next=step)
