"""The law on one date as known on another: the status of every rule and party list, computed once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from coercivity.base.days import ONE_DAY, Day
from coercivity.law.rules.evaluator import Written
from coercivity.law.rules.model import Instrument, Provision, Status
from coercivity.law.rules.shown import StatusShown
from coercivity.law.rules.status import Assumption, StatusOn, last_day, status_on


@dataclass(frozen=True, slots=True, eq=False)
class Statuses:
    """Statuses of all rules, none unknown; equal ones of a date share one object, which can serve as a key.

    Attributes:
        by_rank: The statuses, by rank.
    """

    by_rank: tuple[Status, ...]


class Resolved(NamedTuple):
    """Statuses of all rules, by rank, in one scenario for the unknown ones.

    Attributes:
        statuses: Actual statuses.
        paused: Ranks of the suspended rules.
        awake: Statuses as if nothing were suspended.
    """

    statuses: Statuses
    paused: frozenset[int]
    awake: Statuses


@dataclass(frozen=True, slots=True, eq=False)
class LawDay:
    """Statuses for (`on`, `known`) under the planning assumptions.

    Attributes:
        statuses: Status of every rule, by rank.
        sets: Status of the listing of every party set, by its id.
        owners: Instrument of every rule, by rank.
        unknown: Ranks of the rules with unknown status.
        in_doubt: The same in order, by instrument.
        shown: Statuses as written in proofs, by rank, as far as proofs needed them.
    """

    statuses: tuple[StatusOn, ...]
    sets: Mapping[str, StatusOn]
    owners: tuple[str, ...]
    unknown: frozenset[int]
    in_doubt: Mapping[str, tuple[int, ...]]
    shown: dict[int, Written[StatusShown]] = field(default_factory=dict)
    _resolved: dict[tuple[tuple[str, str], ...], Resolved] = field(default_factory=dict)
    _statuses: dict[tuple[Status, ...], Statuses] = field(default_factory=dict)

    def resolved(self, picks: Mapping[str, str]) -> Resolved:
        """Returns the status of every rule under the chosen scenarios, the suspended ones, and all as if not suspended.

        A rule that is still unknown does not affect the deal; it counts as not yet in force.
        """
        key = tuple(picks.items())
        found = self._resolved.get(key)
        if found is None:
            found = self._resolved[key] = self._picked(picks) if picks else self._unpicked()
        return found

    def _unpicked(self) -> Resolved:
        statuses = [_settled(status.status) for status in self.statuses]
        paused = frozenset(rank for rank, status in enumerate(statuses) if status is Status.SUSPENDED)
        return self._made(statuses, paused)

    def _picked(self, picks: Mapping[str, str]) -> Resolved:
        plain = self.resolved({})
        statuses, paused = list(plain.statuses.by_rank), set(plain.paused)
        for name in picks:
            for rank in self.in_doubt.get(name, ()):
                statuses[rank] = resolved(name, self.statuses[rank], picks)
                if statuses[rank] is Status.SUSPENDED:
                    paused.add(rank)
        return self._made(statuses, frozenset(paused))

    def _made(self, statuses: list[Status], paused: frozenset[int]) -> Resolved:
        awake = statuses.copy()
        for rank in paused:
            awake[rank] = Status.IN_FORCE
        return Resolved(self._one(tuple(statuses)), paused, self._one(tuple(awake)))

    def _one(self, statuses: tuple[Status, ...]) -> Statuses:
        return self._statuses.setdefault(statuses, Statuses(statuses))


def resolved(instrument_id: str, status: StatusOn, picks: Mapping[str, str]) -> Status:
    """Returns a status with the scenario chosen for its instrument, if it is unknown."""
    if status.status is not Status.UNKNOWN or instrument_id not in picks:
        return status.status
    label = picks[instrument_id]
    return next((branch.status for branch in status.branches if branch.label == label), status.branches[0].status)


def _settled(status: Status) -> Status:
    return Status.NOT_YET if status is Status.UNKNOWN else status


class StatusTable:
    """Statuses of clauses; a clause has one status between two days named by its instrument, so it is computed once.

    Args:
        rules: Instrument and provision of every rule, by rank.
        sets: Instrument of every party set.
    """

    def __init__(self, rules: Sequence[tuple[Instrument, Provision]], sets: Mapping[str, Instrument]) -> None:
        self._owners = tuple(instrument.id for instrument, _ in rules)
        self._clauses: dict[Hashable, _Clause] = {}
        self._by_rank = [self._clause(instrument, provision) for instrument, provision in rules]
        listings = {set_id: next(p for p in i.provisions if p.kind == "listing") for set_id, i in sets.items()}
        self._sets = {set_id: self._clause(i, listings[set_id]) for set_id, i in sets.items()}

    def _clause(self, instrument: Instrument, provision: Provision) -> _Clause:
        """Returns a clause with the same status on any day: of the instrument, with the same events."""
        events = tuple(event.touches(provision.id) for event in instrument.events)
        own = (provision.effective_from, provision.published) if provision.guidance else None
        found = _Clause(instrument, provision, sorted(turns(instrument)))
        return self._clauses.setdefault((instrument.id, events, own), found)

    def day(self, on: Day, known: Day, assume: Mapping[str, Assumption]) -> LawDay:
        """Returns the statuses for a date.

        Args:
            on: Transaction date.
            known: Information cut-off.
            assume: Planning assumptions, by instrument.
        """
        found = {clause: clause.status(on, known, assume) for clause in self._clauses.values()}
        statuses = tuple([found[clause] for clause in self._by_rank])
        unknown = [rank for rank, status in enumerate(statuses) if status.status is Status.UNKNOWN]
        in_doubt: dict[str, list[int]] = {}
        for rank in unknown:
            in_doubt.setdefault(self._owners[rank], []).append(rank)
        return LawDay(
            statuses=statuses,
            sets={set_id: found[clause] for set_id, clause in self._sets.items()},
            owners=self._owners,
            unknown=frozenset(unknown),
            in_doubt={name: tuple(ranks) for name, ranks in in_doubt.items()},
        )


@dataclass(slots=True, eq=False)
class _Clause:
    """A clause, one of several with the same events, and the days between which its status is the same."""

    instrument: Instrument
    provision: Provision
    turns: list[Day]
    found: dict[tuple[int, int], StatusOn] = field(default_factory=dict)

    def status(self, on: Day, known: Day, assume: Mapping[str, Assumption]) -> StatusOn:
        """Returns its status; an assumption names a day of its own, so under one nothing is remembered."""
        assumed = assume.get(self.instrument.id)
        if assumed is not None:
            return status_on(self.provision, self.instrument, on, known, assume=assumed)
        place = bisect_right(self.turns, on), bisect_right(self.turns, known)
        if place not in self.found:
            self.found[place] = status_on(self.provision, self.instrument, on, known)
        return self.found[place]


def turns(instrument: Instrument) -> set[Day]:
    """Returns every day on which a status of an instrument may change, by either date, and the day after."""
    days = {instrument.verified_through}
    for provision in instrument.provisions:
        days |= {day for day in (provision.published, provision.effective_from) if day is not None}
    for event in instrument.events:
        named = (event.published, event.published_after, event.published_before, event.effective, event.ends)
        days |= {day for day in (*named, last_day(event)) if day is not None}
    return days | {day + ONE_DAY for day in days}
