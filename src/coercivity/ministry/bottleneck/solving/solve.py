"""One run, with or without drawn figures, solved in a worker: what is kept of a draw, and output by stage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from coercivity.base.errors import CoercivityError, Faults
from coercivity.cases.arguments import assumptions
from coercivity.ensemble.draw import drawn_at
from coercivity.ensemble.runs.keeping import kept_of, packed
from coercivity.ensemble.runs.task import DrawTask
from coercivity.files.kept.store import Store
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.result_key import DRAWS, key_of
from coercivity.market.run.runs import simulation_of
from coercivity.market.run.scenarios.check_law import seen_through
from coercivity.market.run.simulate import Simulation, simulate
from coercivity.ministry.bottleneck.solving.tonnes import packed_tonnes, stage_tonnes

_ROOM = "ministry/bottleneck/solving"


@dataclass(frozen=True, slots=True)
class RunTask:
    """A run that is to be solved.

    Attributes:
        task: Scenario, months and point.
        drawn: Whether its figures are drawn; if not, the point means nothing.
    """

    task: DrawTask
    drawn: bool

    def key(self, book: Rulebook) -> str:
        """Returns the key of its output by stage: the hash of all that determines it.

        Args:
            book: The rulebook.
        """
        return key_of("output by stage", {"run": self.task.key(book), "drawn": self.drawn}, *DRAWS, _ROOM)

    def draw_key(self, book: Rulebook) -> str:
        """Returns the key of what is kept of it besides; for a draw that of the draw, whichever verb made it.

        Args:
            book: The rulebook.
        """
        if self.drawn:
            return self.task.key(book)
        return key_of("run without draws", {"run": self.task.key(book)}, *DRAWS, _ROOM)


@dataclass(frozen=True, slots=True)
class Solved:
    """A solved run as bytes.

    Attributes:
        draw: What is kept of a draw.
        tonnes: Output by stage.
    """

    draw: bytes
    tonnes: bytes


def solved(asked: RunTask) -> Solved | CoercivityError:
    """Returns a solved run, or the reason why there is none: a worker ends when a task raises.

    Args:
        asked: The run.
    """
    task = asked.task
    try:
        simulation = _with_draw(task) if asked.drawn else _usual(task)
    except CoercivityError as error:
        return error
    kept = packed(kept_of(simulation, task.point, task.first, task.last))
    return Solved(kept, packed_tonnes(stage_tonnes(simulation, task.first, task.last)))


def _usual(task: DrawTask) -> Simulation:
    return simulation_of(task.law.book(), task.run, task.begin, task.last, known=task.known, kept=_store(task))


def _with_draw(task: DrawTask) -> Simulation:
    """Returns the run with the figures of a point, as `ensemble.runs.task.drawn` solves it."""
    book, shared = _shared(replace(task, point=0, scramble=0))
    return simulate(
        book,
        task.run.scenario,
        task.last,
        assume=shared.assume,
        branch=task.run.branch,
        first=task.begin,
        known=task.known,
        drawn=drawn_at(task.scramble, task.point, task.first, task.known),
        shared=shared,
    )


class _ById:
    """A task that is found again by the run it belongs to: scenarios cannot be hashed."""

    def __init__(self, task: DrawTask) -> None:
        self.task = task
        self._key = (task.run.id, task.first, task.last, task.known, task.shared, task.folder)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and self._key == other._key


def _shared(task: DrawTask) -> tuple[Rulebook, Simulation]:
    return _before_draws(_ById(task))


@lru_cache(maxsize=4)
def _before_draws(asked: _ById) -> tuple[Rulebook, Simulation]:
    """Returns the rulebook and the months before the first drawn one, solved once in this process."""
    task, faults = asked.task, Faults()
    book = task.law.book()
    assume = assumptions(book, task.run.assume, faults, known=seen_through(book, task.last, task.known))
    faults.raise_if_any()
    shared = simulate(
        book,
        task.run.scenario,
        task.last,
        assume=assume,
        branch=task.run.branch,
        first=task.begin,
        known=task.known,
        through=task.first - 1,
        kept=_store(task),
    )
    return book, shared


def _store(task: DrawTask) -> Store | None:
    return Store(task.folder, task.most_bytes) if task.folder is not None else None
