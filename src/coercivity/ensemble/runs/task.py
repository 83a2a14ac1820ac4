"""One draw in a worker: the months that all draws share, solved once a process, and the drawn months after them."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Faults
from coercivity.base.json_types import Json
from coercivity.base.months import Month
from coercivity.cases.arguments import Law, assumptions
from coercivity.ensemble.draw import drawn_at
from coercivity.ensemble.parameters import ParameterDraws
from coercivity.ensemble.runs.keeping import kept_of, packed
from coercivity.files.kept.store import Store
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.observed import ObservedAsked
from coercivity.market.run.question import RunQuestion
from coercivity.market.run.result_key import DRAWS, key_of
from coercivity.market.run.runs import RunAsked
from coercivity.market.run.scenarios.check_law import seen_through
from coercivity.market.run.simulate import BEGIN, Lifted, Simulation, simulate
from coercivity.observations.state.solve import observed_state


@dataclass(frozen=True, slots=True)
class DrawTask:
    """One draw of one run.

    Attributes:
        law: The rulebook to use.
        run: Scenario and legal scenario.
        first: First drawn month; those before it are shared by all draws.
        last: Last month.
        scramble: Number of the scramble.
        point: Number of the point.
        known: Information cut-off; None if each month uses the notices published by then.
        lifted: A clause that is lifted, from the first drawn month on.
        folder: Folder of kept months; None if none are kept.
        most_bytes: Limit of that folder.
        shared: Key of the months that all draws share, as known to the process that asks; empty if it is not compared.
        parameters: Values of some rows by point, in place of what the design gives for them; None if it gives all.
        observed: The observations from which it starts; None if it has none.
    """

    law: Law
    run: RunAsked
    first: Month
    last: Month
    scramble: int
    point: int
    known: Day | None = None
    lifted: Lifted | None = None
    folder: Path | None = None
    most_bytes: int = 0
    shared: str = ""
    parameters: ParameterDraws | None = None
    observed: ObservedAsked | None = None

    @property
    def begin(self) -> Month:
        """First month of the run; at least one month comes before the drawn ones."""
        return begin_of(self.first)

    def key(self, book: Rulebook) -> str:
        """Returns the key of the result: the hash of law, packs, scenario, months, point and program.

        Values given for some rows count if there are any, those of this point only.

        Args:
            book: The rulebook.
        """
        question = RunQuestion(self.run, self.first, self.last, self.known, self.lifted, observed=self.observed)
        place: list[Json] = [self.scramble, self.point, version("scipy")]  # scipy has the direction numbers
        if self.parameters is not None:
            place += [[name, repr(value)] for name, value in self.parameters.at(self.point).items()]
        return key_of("draw", {"run": question.key(book), "place": place}, *DRAWS)

    def shared_key(self, book: Rulebook) -> str:
        """Returns the key of the months that all draws share: the hash of everything but point and lifted clause.

        Args:
            book: The rulebook.
        """
        question = RunQuestion(self.run, self.first, self.last, self.known, observed=self.observed)
        return key_of("shared by draws", {"run": question.key(book), "with": version("scipy")}, *DRAWS)


def begin_of(first: Month) -> Month:
    """Returns the first month of a run with draws; at least one month comes before the drawn ones.

    Args:
        first: First drawn month.
    """
    return min(BEGIN, first - 1)


def drawn(task: DrawTask) -> bytes:
    """Returns what is kept of a draw, as bytes.

    Args:
        task: The draw.

    Raises:
        CoercivityError: If a month has no feasible plan, this process has another rulebook, other packs or another
            program than the one that asks, or as `simulate`.

    Source: equations 88 and 89 of docs/market.md.
    """
    book, shared = shared_months(task)
    simulation = simulate(
        book,
        task.run.scenario,
        task.last,
        assume=shared.assume,
        branch=task.run.branch,
        first=task.begin,
        known=task.known,
        lifted=task.lifted,
        drawn=drawn_at(task.scramble, task.point, task.first, task.known, task.parameters),
        shared=shared,
        observed=shared.observed,
    )
    return packed(kept_of(simulation, task.point, task.first, task.last))


def shared_months(task: DrawTask) -> tuple[Rulebook, Simulation]:
    """Returns the rulebook and the months before the first drawn one, which all draws of a run share.

    Args:
        task: Any draw of the run.

    Raises:
        CoercivityError: If they have another key here than in the process that asks, or as `simulate`.
    """
    return _shared(pickle.dumps(replace(task, point=0, scramble=0, lifted=None, parameters=None)))


@lru_cache(maxsize=4)
def _shared(described: bytes) -> tuple[Rulebook, Simulation]:
    """Returns the rulebook and the months before the first drawn one, solved once in this process.

    Args:
        described: A draw of the run as bytes, by which the result is found again; the key of the shared months is among
            them, so that a rulebook whose files were edited is read again.

    Raises:
        CoercivityError: If they have another key here than in the process that asks, or as `simulate`.
    """
    task: DrawTask = pickle.loads(described)  # from this process only
    book, faults = task.law.book(), Faults()
    if task.shared and task.shared_key(book) != task.shared:
        what = "a worker has another rulebook, other packs, program or libraries, or another kind of processor"
        step = "install the same version on every computer, and edit no file while draws run; then run again"
        raise CoercivityError.of("DRAWS-WORKER", what, where=task.run.id, next=step)
    assume = assumptions(book, task.run.assume, faults, known=seen_through(book, task.last, task.known))
    faults.raise_if_any()
    kept = Store(task.folder, task.most_bytes) if task.folder is not None else None
    state = None
    if task.observed is not None:
        state = observed_state(book, task.observed, task.begin, task.last, kept=kept).observed
    shared = simulate(
        book,
        task.run.scenario,
        task.last,
        assume=assume,
        branch=task.run.branch,
        first=task.begin,
        known=task.known,
        through=task.first - 1,
        kept=kept,
        observed=state,
    )
    return book, shared
