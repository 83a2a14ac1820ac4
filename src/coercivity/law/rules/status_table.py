"""The law on one date as known on another: the status of every rule and party list, computed once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from coercivity.base.days import Day
from coercivity.law.rules.evaluator import Written
from coercivity.law.rules.model import Instrument, Provision, Status
from coercivity.law.rules.shown import StatusShown
from coercivity.law.rules.status import Assumption, StatusOn, status_on


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
        shown: Statuses as written in proofs, by rank, as far as proofs needed them.
    """

    statuses: tuple[StatusOn, ...]
    sets: Mapping[str, StatusOn]
    owners: tuple[str, ...]
    unknown: tuple[int, ...]
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
            statuses = tuple(
                _picked(owner, status, picks) for owner, status in zip(self.owners, self.statuses, strict=True)
            )
            paused = frozenset(rank for rank, status in enumerate(statuses) if status is Status.SUSPENDED)
            awake = tuple(Status.IN_FORCE if status is Status.SUSPENDED else status for status in statuses)
            found = self._resolved[key] = Resolved(self._one(statuses), paused, self._one(awake))
        return found

    def _one(self, statuses: tuple[Status, ...]) -> Statuses:
        return self._statuses.setdefault(statuses, Statuses(statuses))


def resolved(instrument_id: str, status: StatusOn, picks: Mapping[str, str]) -> Status:
    """Returns a status with the scenario chosen for its instrument, if it is unknown."""
    if status.status is not Status.UNKNOWN or instrument_id not in picks:
        return status.status
    label = picks[instrument_id]
    return next((branch.status for branch in status.branches if branch.label == label), status.branches[0].status)


def _picked(instrument_id: str, status: StatusOn, picks: Mapping[str, str]) -> Status:
    found = resolved(instrument_id, status, picks)
    return Status.NOT_YET if found is Status.UNKNOWN else found


def law_day(
    rules: Sequence[tuple[Instrument, Provision]],
    sets: Mapping[str, Instrument],
    on: Day,
    known: Day,
    assume: Mapping[str, Assumption],
) -> LawDay:
    """Returns the statuses for a date.

    Args:
        rules: Instrument and provision of every rule, by rank.
        sets: Instrument of every party set.
        on: Transaction date.
        known: Information cut-off.
        assume: Planning assumptions, by instrument.
    """
    statuses = tuple(status_on(p, i, on, known, assume=assume.get(i.id)) for i, p in rules)
    listings = {set_id: next(p for p in i.provisions if p.kind == "listing") for set_id, i in sets.items()}
    return LawDay(
        statuses=statuses,
        sets={s: status_on(listings[s], i, on, known, assume=assume.get(i.id)) for s, i in sets.items()},
        owners=tuple(i.id for i, _ in rules),
        unknown=tuple(rank for rank, status in enumerate(statuses) if status.status is Status.UNKNOWN),
    )
