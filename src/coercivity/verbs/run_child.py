"""Answers questions about runs of the market in a process of its own: `python -m coercivity.verbs.run_child FOLDER`.

Tasks come on standard input; on standard output every line is JSON: progress, an answer, or the faults of a task.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypedDict

from coercivity.base.errors import CoercivityError
from coercivity.cases.arguments import Law
from coercivity.files.kept.store import Store
from coercivity.market.results.run_answer import RunAnswer, run_answer
from coercivity.market.run.observed import ObservedState
from coercivity.market.run.question import RunQuestion
from coercivity.market.run.runs import simulation_of
from coercivity.market.run.simulate import Progress
from coercivity.observations.state.solve import observed_state

LEAST_WAIT_S = 0.05  # between two lines of progress


@dataclass(frozen=True, slots=True)
class RunTask:
    """A question, the law it is asked under, and where months are kept.

    Attributes:
        folder: Folder of kept months; None if none are kept.
        most_bytes: Limit of that folder.
        observed: The estimated states from which the run starts, if it starts from some.
    """

    law: Law
    question: RunQuestion
    folder: Path | None
    most_bytes: int
    observed: ObservedState | None = None

    def store(self) -> Store | None:
        """Returns the store of kept months."""
        return Store(self.folder, self.most_bytes) if self.folder is not None else None


FaultData = dict[str, str | list[str]]


class Said(TypedDict, total=False):
    """One line: months done of all, or an answer with the notices of the store, or the faults of a task."""

    done: int
    whole: int
    answer: RunAnswer
    notices: list[FaultData]
    faults: list[FaultData]


def main(folder: str) -> int:
    """Answers tasks until the input ends.

    Args:
        folder: Working folder of the caller, to which relative file names refer.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process stops this one
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as said:
        os.dup2(2, 1)  # keep what libraries print out of the answers
        os.chdir(folder)
        while True:
            try:
                task = pickle.load(sys.stdin.buffer)  # from the parent process only
            except EOFError:
                return 0
            _say(said, _answered(task, said))


def _answered(task: RunTask, said: IO[str]) -> Said:
    store = task.store()
    try:
        answer = answered(task.law, task.question, store, _teller(said), task.observed)
    except CoercivityError as error:
        return {"faults": [fault.as_dict() for fault in error.faults]}
    return {"answer": answer, "notices": [fault.as_dict() for fault in store.notices] if store is not None else []}


def answered(
    law: Law,
    question: RunQuestion,
    store: Store | None,
    progress: Progress | None,
    observed: ObservedState | None = None,
) -> RunAnswer:
    """Returns the answer to a question about one run.

    Args:
        law: The rulebook to use.
        question: The question.
        store: Where solved months are kept.
        progress: Called with (months done, all).
        observed: The estimated states from which the run starts; without them they are estimated here, if asked for.

    Raises:
        CoercivityError: If a legal scenario or a clause does not exist, or a month has no feasible plan.
    """
    book = law.book()
    if observed is None and question.observed is not None:
        observed = observed_state(book, question.observed, question.begin, question.last, kept=store).observed
    simulation = simulation_of(
        book,
        question.run,
        question.begin,
        question.last,
        known=question.known,
        lifted=question.lifted,
        kept=store,
        observed=observed,
        progress=progress,
    )
    return run_answer(simulation, question)


def _teller(said: IO[str]) -> Progress:
    last = 0.0

    def tell(done: int, whole: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= LEAST_WAIT_S or done >= whole:
            last = now
            _say(said, {"done": done, "whole": whole})

    return tell


def _say(said: IO[str], content: Said) -> None:
    said.write(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n")
    said.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
