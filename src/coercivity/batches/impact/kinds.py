"""Kinds of rows: the results of a row under all rulebooks, reduced to what is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from coercivity.batches.impact.judging import DraftRuling
from coercivity.batches.impact.model import REJECTED, Result
from coercivity.batches.impact.sides import BARE, DRAFT, Sides
from coercivity.batches.judge.rulings import Ruling


class Reach(StrEnum):
    """What an exemption does to a deal."""

    KEPT = "kept"  # it would move without exemptions, and with this one alone it keeps its outcome
    MAY_KEEP = "may_keep"  # it moves, and facts that are missing decide whether this exemption keeps it
    REST = "rest"  # it would move without exemptions, and this one does not keep it
    MOVES = "moves"  # it would not move without exemptions, and this one moves it
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is counted of a row.

    Attributes:
        clauses: Clauses that move it; empty if it does not move, or moves by a statement of a person only.
        reaches: What each exemption does to it, in the order of the exemptions, with the facts that would tell.
    """

    before: Result
    after: Result
    clauses: tuple[str, ...] = ()
    reaches: tuple[tuple[Reach, tuple[str, ...]], ...] = ()

    @property
    def moved(self) -> bool:
        """Whether the result differs."""
        return self.before != self.after


class Kinds:
    """Reduces the rulings of a row to its kind.

    Args:
        sides: The rulebooks.
        changed: Ids of the clauses that are new in the draft, or whose status differs on some date.
    """

    def __init__(self, sides: Sides, changed: frozenset[str]) -> None:
        self._sides, self._changed = sides, changed
        self._found: dict[tuple[object, ...], Kind] = {}

    def kind(self, rulings: Sequence[Ruling], rejected: tuple[str, str] = ("", "")) -> Kind:
        """Returns the kind of a row.

        Args:
            rulings: Its ruling under each rulebook.
            rejected: Why it is rejected under the rulebook and under the draft; empty if it is not.
        """
        key = (*map(id, rulings), *rejected)  # a judge keeps its rulings, and a kind is asked for in every part
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._kind(rulings, rejected)
        return found

    def _kind(self, rulings: Sequence[Ruling], rejected: tuple[str, str]) -> Kind:
        results = [_result(ruling) for ruling in rulings]
        if any(rejected):
            return Kind(_rejected(rejected[BARE], results[BARE]), _rejected(rejected[DRAFT], results[DRAFT]))
        before, after = results[BARE], results[DRAFT]
        reaches = tuple(self._reach(place, results, rulings) for place in range(len(self._sides.exemptions)))
        clauses = self._clauses(rulings, reaches) if before != after else ()
        return Kind(before, after, clauses, reaches)

    def _reach(self, place: int, results: Sequence[Result], rulings: Sequence[Ruling]) -> tuple[Reach, tuple[str, ...]]:
        """Returns what an exemption does to a deal, and of one that may keep it the facts that would tell."""
        before, none = results[BARE], results[self._sides.none]
        at = self._sides.alone[place]
        alone, ruling = results[at], rulings[at]
        if none == before:
            return (Reach.NOTHING if alone == before else Reach.MOVES), ()
        if alone != none and (alone.outcome, alone.may_become) == (before.outcome, before.may_become):
            return Reach.KEPT, ()
        name = self._sides.exemptions[place].clause
        opened = dict(ruling.open) if isinstance(ruling, DraftRuling) else {}
        return (Reach.MAY_KEEP, opened[name]) if name in opened else (Reach.REST, ())

    def _clauses(self, rulings: Sequence[Ruling], reaches: Sequence[tuple[Reach, tuple[str, ...]]]) -> tuple[str, ...]:
        """Returns the changed clauses that lead to the new result, else the exemptions that do, else to the old one.

        Where only clauses lead to them that are not changed, it is those of the draft that reach the deal.
        """
        for ruling in (rulings[DRAFT], rulings[BARE]):
            if found := tuple(name for name in ruling.rules if name in self._changed):
                return found
            exempt = zip(self._sides.exemptions, reaches, strict=True)
            if found := tuple(one.clause for one, (reach, _) in exempt if reach is Reach.MOVES):
                return found
        for ruling in (rulings[DRAFT], rulings[BARE]):
            reached = ruling.reached if isinstance(ruling, DraftRuling) else ()
            if found := tuple(name for name in reached if name in self._changed):
                return found
        return ()


def _result(ruling: Ruling) -> Result:
    return Result(ruling.outcome, ruling.finding, ruling.may_become)


def _rejected(why: str, result: Result) -> Result:
    return Result(REJECTED, why) if why else result
