"""The control status of a flow or an act at a plant in a month: one gate, with its clauses."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from weakref import WeakKeyDictionary

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
    """An instrument whose suspension ends after the information cut-off; then two scenarios are possible."""

    instrument: str
    paused_through: Day


@dataclass(frozen=True, slots=True)
class _Asked:
    """A deal with everything its gate depends on, except the date.

    Attributes:
        ranks: Rules its result can depend on: those that fit or might fit, and the controls of the item.
        fits: Whether each of them fits the deal, and whether it controls the item.
    """

    deal: Deal
    ranks: tuple[int, ...]
    fits: tuple[tuple[Truth, Truth], ...]

    def key(self, states: Sequence[int]) -> Hashable:
        """Returns what its gate is determined by, with the states of all rules by rank."""
        return self.ranks, self.fits, tuple([states[rank] for rank in self.ranks])


@dataclass(frozen=True, slots=True)
class _LawDay:
    """The law of all dates with the same statuses, with the gates found for them.

    Attributes:
        law: The law of one of those dates.
        states: Status of every rule with its scenarios, by rank, each as a number.
        mark: Number of these statuses.
    """

    law: LawDay
    states: tuple[int, ...]
    mark: int
    flows: dict[Bucket, Gate] = field(default_factory=dict)
    plants: dict[PlantAct, Gate] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class _Found:
    """What was found under one rulebook, whatever was assumed.

    Attributes:
        states: Number of each status with its scenarios; threads may share it, so numbers come from a counter.
        asked: Deals with the rules that they fit.
        gates: Deals that fit the same descriptions have the same gate whenever the same of these are in force.
    """

    states: dict[tuple[Status, tuple[Branch, ...]], int] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)
    asked: dict[_Question, _Asked] = field(default_factory=dict)
    gates: dict[Hashable, Gate] = field(default_factory=dict)


_FOUND: WeakKeyDictionary[Rulebook, _Found] = WeakKeyDictionary()


class Gates:
    """Decides buckets and acts at plants, once for equivalent dates.

    Args:
        book: The rulebook, with or without user-supplied notices.
        assume: Planning assumptions for suspensions that end after the information cut-off, by instrument.
        without: Provisions or instruments removed from the rulebook, or `all`.

    Raises:
        CoercivityError: If a name in `without` is not found.

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
        self._marks: dict[tuple[int, ...], _LawDay] = {}
        self._found = _FOUND.setdefault(self.book, _Found())

    def gate(self, bucket: Bucket, on: Day, known: Day) -> Gate:
        """Returns the control status of a bucket on a date, by the law published by `known`.

        Args:
            bucket: The flow.
            on: Shipping date.
            known: Information cut-off.

        Raises:
            CoercivityError: If good, region, user or tag is not in the model.

        Source: docs/permission.md.
        """
        day = self._day(on, known)
        gate = day.flows.get(bucket)
        if gate is None:
            gate = day.flows[bucket] = self._flow(day, bucket, on, known) if asks(bucket) else NOT_ASKED
        return gate

    def controls(self, bucket: Bucket, on: Day, known: Day) -> Gate:
        """Returns the control status of a bucket whose exporter holds the export licence of the annual catalogue.

        It passes like `gate`, and asks half as much.

        Args:
            bucket: The flow.
            on: Shipping date.
            known: Information cut-off.

        Raises:
            CoercivityError: If good, region, user or tag is not in the model.
        """
        return self._answer(self._day(on, known), (bucket, True), on, known) if asks(bucket) else NOT_ASKED

    def plant_gate(self, asked: PlantAct, on: Day, known: Day) -> Gate:
        """Returns whether a Chinese supplier needs a licence for a supply to a plant abroad.

        Args:
            asked: The act, the region and the stage of the plant.
            on: Transaction date.
            known: Information cut-off.

        Raises:
            CoercivityError: If act, region or stage is not in the model.

        Source: docs/permission.md; MOFCOM 62/2025, Articles 1 and 7; MOFCOM/GAC 56/2025; the technology catalogue.
        """
        day = self._day(on, known)
        gate = day.plants.get(asked)
        if gate is None:
            abroad = asked.region != CHINA
            gate = day.plants[asked] = self._answer(day, (asked, True), on, known) if abroad else NOT_ASKED
        return gate

    def alike(self, on: Day, known: Day) -> Hashable:
        """Returns a mark shared by two pairs of dates if every bucket and plant has the same gate on both.

        Args:
            on: Transaction date.
            known: Information cut-off.
        """
        return self._day(on, known).mark

    def spells(self, first: Day, last: Day, known: Day) -> tuple[tuple[Hashable, Day, int], ...]:
        """Returns the spells of a span of days, in each of which every bucket and plant has one gate.

        Args:
            first: First transaction date.
            last: Last transaction date.
            known: Information cut-off.

        Returns:
            Per spell its mark, as `alike` gives it, its first day and its number of days; neighbours differ in mark.

        Source: docs/permission.md.
        """
        found: list[tuple[Hashable, Day, int]] = []
        turns = {day for day in (*self._named, known + ONE_DAY) if first < day <= last}
        begins = [first, *sorted(turns | set(self.book.turns_within(first, last, {})))]
        for begin, end in zip(begins, [*begins[1:], last + ONE_DAY], strict=True):
            mark, days = self._day(begin, known).mark, (end - begin).days
            if found and found[-1][0] == mark:
                found[-1] = (mark, found[-1][1], found[-1][2] + days)
            else:
                found.append((mark, begin, days))
        return tuple(found)

    def branch_points(self, known: Day) -> tuple[BranchPoint, ...]:
        """Returns the instruments whose suspension ends unverified, as of a date, except those with an assumption.

        Args:
            known: Information cut-off.

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
        return name in self._day(end + ONE_DAY, known).law.in_doubt

    def _flow(self, day: _LawDay, bucket: Bucket, on: Day, known: Day) -> Gate:
        controls = self._answer(day, (bucket, True), on, known)
        if controls.way is not Way.FREE:
            return controls
        return with_ordinary(controls, self._answer(day, (bucket, False), on, known))

    def _answer(self, day: _LawDay, question: _Question, on: Day, known: Day) -> Gate:
        asked = self._found.asked.get(question)
        if asked is None:
            asked = self._found.asked[question] = self._ask(day, question, on, known)
        key = asked.key(day.states)
        gate = self._found.gates.get(key)
        if gate is None:
            decision = decide(self.book, asked.deal, on, known=known, assume=self.assume)
            gate = self._found.gates[key] = gate_of(self.book, decision)
        return gate

    def _ask(self, day: _LawDay, question: _Question, on: Day, known: Day) -> _Asked:
        book, (what, held) = self.book, question
        made = plant_deal(book, what) if isinstance(what, PlantAct) else deal(book, what, ordinary_held=held)
        decision = decide(book, made, on, known=known, assume=self.assume)
        # No party of a bucket is listed, so the descriptions that fit do not depend on the date.
        decided = decision.branches[0].benign
        ranks = tuple(sorted({*decided.live, *book.item_index.live(decided.values)}))
        asked = _Asked(made, ranks, tuple((decided.match[rank], self._holds(rank, decided)) for rank in ranks))
        self._found.gates.setdefault(asked.key(day.states), gate_of(book, decision))
        return asked

    def _holds(self, rank: int, decided: Defeat) -> Truth:
        node = self.book.rules[rank].item_node
        return YES if node is None else node.truth(decided.values, decided.memo)

    def _day(self, on: Day, known: Day) -> _LawDay:
        """Returns the law of a date; dates of one kind, on the same side of every assumed date, are equivalent."""
        found = self._days.get((on, known))
        if found is None:
            kind = (self.book.day_kind(on, known, {}), bisect_right(self._named, on))
            found = self._kinds.get(kind)
            if found is None:
                law = self.book.day(on, known, self.assume)
                states = tuple(map(self._state, law.statuses))
                found = self._marks.get(states)
                if found is None:
                    found = self._marks[states] = _LawDay(law, states, len(self._marks))
                self._kinds[kind] = found
            self._days[on, known] = found
        return found

    def _state(self, status: StatusOn) -> int:
        key = (status.status, status.branches)
        number = self._found.states.get(key)
        return self._found.states.setdefault(key, next(self._found.numbers)) if number is None else number
