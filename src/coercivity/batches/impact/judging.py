"""Rows judged under several rulebooks at once; what is provably the same under two of them is worked out once.

A ruling is worked out for one row of each kind. The ruling of that row under the draft is reused under another
rulebook where no rule remains for the row that differs between the two. Proof: a draft is instruments and statements
of persons (`law.rules.overlay`); facts, lexicon, lists and questions are those of the rulebook. A decision reads,
besides these and the two dates, only the rules whose description fits or might fit the facts, or whose item does, with
their statuses; the instruments of these rules and of the causes of their events, for the days to which they were
checked; the statuses of the party lists; and the statements of persons (`law.engine.decide`). A rule that does not
remain at the end of the diagram fits no row that ends there, nor does its item (`law.columnar.wishes`). So if no rule
of a changed instrument, or of one whose events a changed instrument causes, remains, if both cut-offs are the same
day, and if lists and statements are the same, both decisions have the same inputs. Two different cut-offs count as the
same for rules that have nothing published or checked after the earlier one: a status and the days of checks compare
only these days with the cut-off (`law.rules.status`), unless a planning assumption says how a suspension ends. The
exemptions that are switched off differ from the draft in nothing but their own events, so there the exemptions alone
must not remain. `tests/batches/impact` compares with judging every row again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coercivity.base.days import Day
from coercivity.base.sums import total
from coercivity.base.truth import NO
from coercivity.batches.impact.sides import BARE, DRAFT, Sides
from coercivity.batches.judge.rulings import Judge, Ruling, Rulings, ruling_of
from coercivity.batches.stage.column import Clocks, Column
from coercivity.batches.stage.facts import Facts
from coercivity.law.engine.decide import Decision
from coercivity.law.engine.defeat import open_facts
from coercivity.law.rules.model import Status
from coercivity.law.rules.rulebook import Rule, Rulebook
from coercivity.law.rules.status import Assumption

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Judged = tuple[NDArray[np.int64], Rulings]


@dataclass(frozen=True, slots=True)
class DraftRuling(Ruling):
    """A ruling, and which clauses of the draft are behind it.

    Attributes:
        open: Exemptions of the draft that could still apply, with the facts that would tell.
        reached: Clauses of instruments that are new or changed, and fit the deal or might; those that exclude others
            only if there are no others. Such a clause may lead to the result through one that is not changed, such as
            one on all dual-use items.
    """

    open: tuple[tuple[str, tuple[str, ...]], ...] = ()
    reached: tuple[str, ...] = ()


def draft_ruling(book: Rulebook, decision: Decision, sides: Sides) -> DraftRuling:
    """Returns what the rules say about a deal, which exemptions are open, and which clauses of the draft reach it.

    Args:
        book: The rulebook.
        decision: The decision on the deal.
        sides: The rulebooks that are compared.
    """
    exemptions = frozenset(one.clause for one in sides.exemptions)
    found: dict[str, set[str]] = {}
    for branch in decision.branches:
        for rank in {rank for ranks in branch.raw.unless.values() for rank in ranks}:
            rule = book.rules[rank]
            if rule.id in exemptions:
                found.setdefault(rule.id, set()).update(open_facts(book, branch.raw, rule))
    order = book.catalogue.order
    opened = tuple((name, tuple(sorted(facts, key=order.__getitem__))) for name, facts in sorted(found.items()))
    plain = ruling_of(book, decision)
    reached = sorted(_reached(book, decision, sides), key=lambda rule: rule.rank)
    controls = [rule.id for rule in reached if not rule.exclusion]
    return DraftRuling(
        **{name: getattr(plain, name) for name in Ruling.__slots__},
        open=opened,
        reached=tuple(controls or [rule.id for rule in reached]),
    )


def _reached(book: Rulebook, decision: Decision, sides: Sides) -> Iterator[Rule]:
    """Yields the rules of new and changed instruments that fit a deal or might, and have begun."""
    for rank in book.in_play(decision.live):
        rule = book.rules[rank]
        known = sides.books[DRAFT].rule(rule.id)
        begun = decision.statuses[rank].status is not Status.NOT_YET
        if known is not None and known.rank in sides.changed and begun and decision.match[rank] is not NO:
            yield rule


class _SideJudge(Judge):
    """Judges rows under one rulebook; asks first whether the ruling of a row is known from another one."""

    def __init__(self, book: Rulebook, assume: Mapping[str, Assumption], sides: Sides) -> None:
        super().__init__(book, assume, proofs=False)
        self.known: Callable[[int], Ruling | None] = lambda row: None
        self._sides = sides
        self.worked_out = 0

    def _ruling(self, facts: Facts, row: int, days: Column) -> Ruling:
        found = self.known(row)
        if found is None:
            self.worked_out += 1
            found = super()._ruling(facts, row, days)
        return found

    def _told(self, decision: Decision) -> Ruling:
        return draft_ruling(self._book, decision, self._sides)


class SidesJudge:
    """Judges rows under the rulebooks of a draft.

    Args:
        sides: The rulebooks.
        assume: Planning assumptions by instrument.
        reuse: Whether rulings that are provably the same are reused.
    """

    def __init__(self, sides: Sides, assume: Mapping[str, Assumption], *, reuse: bool = True) -> None:
        self._sides, self._reuse = sides, reuse
        self._judges = [_SideJudge(book, assume, sides) for book in sides.books]
        self._through = Day.max if assume else sides.told_through
        self._apart = [sides.changed, *(sides.off(place) for place in range(1, len(sides.books)))]

    @property
    def worked_out(self) -> int:
        """Number of rulings worked out so far, those reused not counted."""
        return total(judge.worked_out for judge in self._judges)

    def rule(self, facts: Facts, days: Column, bare_days: Column) -> list[Judged]:
        """Returns for every rulebook the index of the ruling of every row, and the rulings.

        Args:
            facts: The facts of the rows, which no draft changes.
            days: Transaction date and information cut-off of every row under the draft.
            bare_days: The same under the rulebook: it may have been checked to an earlier day than the draft.
        """
        draft = self._judges[DRAFT]
        places, rulings = draft.rule(facts, days)
        found: list[Judged] = []
        for place, judge in enumerate(self._judges):
            if place == DRAFT:
                found.append((places, rulings))
                continue
            own = bare_days if place == BARE else days
            if self._reuse and (place != BARE or self._sides.alike):
                judge.known = self._known(place, (places, rulings), days, own)
            found.append(judge.rule(facts, own))
        return found

    def _known(self, place: int, judged: Judged, days: Column, own: Column) -> Callable[[int], Ruling | None]:
        """Returns the function that gives the ruling of a row known from the draft; see the proof above."""
        places, rulings = judged
        apart, draft = self._apart[place], self._judges[DRAFT]
        same: dict[int, bool] = {}

        def known(row: int) -> Ruling | None:
            at = int(places[row])
            if at not in same:
                same[at] = apart.isdisjoint(draft.remaining(rulings, at))
            return rulings[at] if same[at] and self._same_days(days.at(row), own.at(row)) else None

        return known

    def _same_days(self, one: Clocks | None, other: Clocks | None) -> bool:
        if one == other:
            return True
        if one is None or other is None or one[0] != other[0]:
            return False
        return min(one[1], other[1]) >= self._through
