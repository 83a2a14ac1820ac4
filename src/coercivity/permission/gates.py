"""What the law says of a flow or of an act at a plant in a month: one gate, with the clauses that make it so."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.truth import YES, Truth
from coercivity.law.engine.decide import Deal, decide
from coercivity.law.engine.defeat import Defeat
from coercivity.law.rules.known import known_by
from coercivity.law.rules.model import Status
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption, Branch, StatusOn, last_day
from coercivity.law.rules.status_table import LawDay
from coercivity.permission.buckets import CHINA, Bucket, PlantAct, asks, deal, plant_deal
from coercivity.permission.gate import Gate, Way, gate_of, with_ordinary
from coercivity.permission.repeal import without_clauses

_Question = tuple[Bucket | PlantAct, bool]
NOT_ASKED = Gate(Way.FREE, "not_asked", "PROCEED")


@dataclass(frozen=True, slots=True)
class BranchPoint:
    """An instrument whose pause ends past what is known: from the day after on, two branches are possible."""

    instrument: str
    paused_through: Day


@dataclass(frozen=True, slots=True)
class _Asked:
    """A deal with all that its gate can depend on, the day apart.

    Attributes:
        ranks: Rules that its answer can rest on: those that fit or might, and the controls that hold the item.
        fits: Whether each of them describes the deal, and whether it holds the item.
    """

    deal: Deal
    ranks: tuple[int, ...]
    fits: tuple[tuple[Truth, Truth], ...]


@dataclass(frozen=True, slots=True)
class _LawDay:
    """The law of days that are alike, with the gates found for them.

    Attributes:
        states: Status of every rule with its branches, by rank, each as a number.
        mark: A number that days with the same states share.
    """

    law: LawDay
    states: tuple[int, ...]
    mark: int
    flows: dict[Bucket, Gate] = field(default_factory=dict)
    plants: dict[PlantAct, Gate] = field(default_factory=dict)


class Gates:
    """Asks the law for buckets and plants, once for days that are alike.

    Args:
        book: The rulebook, with or without overlays.
        assume: Branches picked for pauses that end past what is known, by instrument.
        without: Provisions or instruments taken out of the law, or `all`.

    Raises:
        CoercivityError: When a name in `without` stands for nothing.

    Source: docs/permission.md.
    """

    def __init__(
        self, book: Rulebook, *, assume: Mapping[str, Assumption] | None = None, without: Iterable[str] = ()
    ) -> None:
        self.book = without_clauses(book, without)
        self.assume = dict(assume or {})
        named = {entry.extended_through for entry in self.assume.values() if entry.extended_through is not None}
        self._named = sorted({day for end in named for day in (end, end + ONE_DAY)})
        self._days: dict[tuple[Day, Day], _LawDay] = {}
        self._kinds: dict[Hashable, _LawDay] = {}
        self._marks: dict[tuple[int, ...], int] = {}
        self._states: dict[tuple[Status, tuple[Branch, ...]], int] = {}
        self._asked: dict[_Question, _Asked] = {}
        # Deals that the same descriptions fit alike have the same gate wherever the same of them are in force.
        self._found: dict[Hashable, Gate] = {}

    def gate(self, bucket: Bucket, on: Day, known: Day) -> Gate:
        """Returns what the law as published by `known` says of a bucket on a day.

        Args:
            bucket: The flow.
            on: Day on which it ships.
            known: Day by which things count as published.

        Raises:
            CoercivityError: When good, region, user or tag is not one of the model.

        Source: docs/permission.md.
        """
        day = self._day(on, known)
        gate = day.flows.get(bucket)
        if gate is None:
            gate = day.flows[bucket] = self._flow(day, bucket, on, known) if asks(bucket) else NOT_ASKED
        return gate

    def plant_gate(self, asked: PlantAct, on: Day, known: Day) -> Gate:
        """Returns whether a Chinese supplier needs leave for what it gives to a plant abroad.

        Args:
            asked: The act, the region and the stage of the plant.
            on: Day of the act.
            known: Day by which things count as published.

        Raises:
            CoercivityError: When act, region or stage is not one of the model.

        Source: docs/permission.md; MOFCOM 62/2025, Articles 1 and 7; MOFCOM/GAC 56/2025; the technology catalogue.
        """
        day = self._day(on, known)
        gate = day.plants.get(asked)
        if gate is None:
            abroad = asked.region != CHINA
            gate = day.plants[asked] = self._answer(day, (asked, True), on, known) if abroad else NOT_ASKED
        return gate

    def alike(self, on: Day, known: Day) -> Hashable:
        """Returns a mark that two pairs of days share where every bucket and plant has the same gate on both.

        Args:
            on: Day of the act.
            known: Day by which things count as published.
        """
        return self._day(on, known).mark

    def branch_points(self, known: Day) -> tuple[BranchPoint, ...]:
        """Returns the instruments whose pause ends unknown, as seen from a day; none of those assumed.

        Args:
            known: Day by which things count as published.

        Source: docs/permission.md.
        """
        found: dict[str, Day] = {}
        for name, entry in self.book.instruments.items():
            pauses = (e for e in entry.events if e.type == "suspension" and known_by(e, known))
            end = max((day for e in pauses if (day := last_day(e)) is not None), default=None)
            if end is not None and self._open_after(name, end, known):
                found[name] = end
        return tuple(BranchPoint(name, found[name]) for name in sorted(found))

    def _open_after(self, name: str, end: Day, known: Day) -> bool:
        law = self._day(end + ONE_DAY, known).law
        return any(law.owners[rank] == name for rank in law.unknown)

    def _flow(self, day: _LawDay, bucket: Bucket, on: Day, known: Day) -> Gate:
        controls = self._answer(day, (bucket, True), on, known)
        if controls.way is not Way.FREE:
            return controls
        return with_ordinary(controls, self._answer(day, (bucket, False), on, known))

    def _answer(self, day: _LawDay, question: _Question, on: Day, known: Day) -> Gate:
        asked = self._asked.get(question)
        if asked is None:
            asked = self._asked[question] = self._ask(question, on, known)
        key = (asked.ranks, asked.fits, tuple(day.states[rank] for rank in asked.ranks))
        gate = self._found.get(key)
        if gate is None:
            decision = decide(self.book, asked.deal, on, known=known, assume=self.assume)
            gate = self._found[key] = gate_of(self.book, decision)
        return gate

    def _ask(self, question: _Question, on: Day, known: Day) -> _Asked:
        book, (what, held) = self.book, question
        made = plant_deal(book, what) if isinstance(what, PlantAct) else deal(book, what, ordinary_held=held)
        decision = decide(book, made, on, known=known, assume=self.assume)
        # No party of a bucket is listed, so which descriptions fit does not turn with the day.
        decided = decision.branches[0].benign
        items = [rank for rank in book.item_index.live(decided.values) if book.dual_use[rank]]
        ranks = tuple(sorted({*decided.live, *items}))
        return _Asked(made, ranks, tuple((decided.match[rank], self._holds(rank, decided)) for rank in ranks))

    def _holds(self, rank: int, decided: Defeat) -> Truth:
        node = self.book.rules[rank].item_node
        return YES if node is None else node.truth(decided.values, decided.memo)

    def _day(self, on: Day, known: Day) -> _LawDay:
        """The law of a day; days of one kind, and on one side of every day assumed, are alike."""
        found = self._days.get((on, known))
        if found is None:
            kind = (self.book.day_kind(on, known, {}), bisect_right(self._named, on))
            found = self._kinds.get(kind)
            if found is None:
                law = self.book.day(on, known, self.assume)
                states = tuple(map(self._state, law.statuses))
                mark = self._marks.setdefault(states, len(self._marks))
                found = self._kinds[kind] = _LawDay(law, states, mark)
            self._days[on, known] = found
        return found

    def _state(self, status: StatusOn) -> int:
        return self._states.setdefault((status.status, status.branches), len(self._states))
