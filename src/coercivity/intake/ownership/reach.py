"""Which entities the ownership rule of a regime reaches on a day: for certain, perhaps, or not.

States only rise and each depends on higher ones alone, so rounds end, loops included, and the result does not depend
on the order of the stakes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from coercivity.base.days import Day
from coercivity.base.exact import SCALE
from coercivity.base.sums import total
from coercivity.base.truth import NO, UNKNOWN, YES, Truth
from coercivity.data.parties.ownership import UNKNOWN_OWNER, Listing, OwnershipGraph, Stake
from coercivity.intake.ownership.on_day import NOTHING, Bounds, GraphOnDay, on_day

Ground = Literal[
    "listed", "perhaps_listed", "branch", "branch_listed", "holder", "sum", "adding_open", "votes_open", "share_open",
]  # fmt: skip
_NEVER = Fraction(2)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a regime counts, as the algorithm needs it.

    Attributes:
        lists: A party on one of these counts.
        perhaps_lists: A party on one of these may count.
        threshold: Share that counts; None if ownership does not count.
        adds: Whether shares of several holders are added.
        votes: Whether votes count, the text does not say (UNKNOWN), or they do not.
    """

    lists: frozenset[str]
    perhaps_lists: frozenset[str]
    threshold: Fraction | None
    adds: bool
    votes: Truth


@dataclass(frozen=True, slots=True)
class Reached:
    """Why an entity is reached.

    Attributes:
        state: YES for certain, UNKNOWN perhaps.
        ground: The reason.
        round: Round in which it was reached; a holder was reached in an earlier one.
        listings: Its own listings that count.
        stakes: Stakes that lead to it, those of certain holders first.
        share: What these hold together.
    """

    state: Truth
    ground: Ground
    round: int
    listings: tuple[Listing, ...] = ()
    stakes: tuple[Stake, ...] = ()
    share: Bounds = NOTHING


def reach(graph: OwnershipGraph, day: Day, rule: Rule, held: GraphOnDay | None = None) -> Mapping[str, Reached]:
    """Returns the entities that a rule reaches on a day, for certain or perhaps.

    Args:
        graph: The graph.
        day: The day.
        rule: The rule.
        held: The part of the graph that holds on the day, if it is already at hand.
    """
    return _Reach(graph, day, rule, held or on_day(graph, day)).run()


@dataclass(slots=True)
class _Sums:
    """What owners hold of an entity, kept as owners are reached."""

    certain: int = 0
    low: int = 0
    high: int = 0
    largest: int = 0
    by_person: dict[str, int] = field(default_factory=dict)


class _Reach:
    def __init__(self, graph: OwnershipGraph, day: Day, rule: Rule, held: GraphOnDay) -> None:
        self.graph, self.rule, self.held = graph, rule, held
        self.least = rule.threshold or _NEVER
        self.found: dict[str, Reached] = {}
        self.sums: dict[tuple[str, str], _Sums] = {}
        self.round = 0
        self.in_shares = {(one.owner, one.owned) for owned in held.held.values() for one in owned} if held.voted else ()
        for entity, listings in graph.listings.items():
            counting = tuple(one for one in listings if one.holds(day) and one.list_id in rule.lists)
            perhaps = tuple(one for one in listings if one.holds(day) and one.list_id in rule.perhaps_lists)
            certain = tuple(one for one in counting if one.certain)
            if certain:
                self._rise(entity, Reached(YES, "listed", 0, certain))
            elif counting or perhaps:
                self._rise(entity, Reached(UNKNOWN, "perhaps_listed", 0, counting + perhaps))

    def run(self) -> Mapping[str, Reached]:
        self._count(UNKNOWN_OWNER, NO, UNKNOWN)
        listed = list(self.found)
        self._spread([entity for entity in listed if self.found[entity].state is YES], self._certain)
        self._spread([*self.found, UNKNOWN_OWNER], self._perhaps)
        return self.found

    def _spread(self, changed: list[str], judge: Callable[[str], Reached | None]) -> None:
        """Looks again at all that depends on an entity that changed, round by round, until nothing changes."""
        while changed:
            self.round += 1
            below = dict.fromkeys(owned for owner in changed for owned in self._dependent(owner))
            risen = {entity: reached for entity in below if (reached := judge(entity)) is not None}
            for entity, reached in risen.items():
                self._rise(entity, reached)
            changed = list(risen)

    def _dependent(self, owner: str) -> Iterable[str]:
        yield from (stake.owned for stake in self.held.stakes_of.get(owner, ()))
        yield from (one.owner for one in self.held.heads.get(owner, ()) if one.owner != UNKNOWN_OWNER)

    def _rise(self, entity: str, reached: Reached) -> None:
        before = self.state(entity)
        self.found[entity] = reached
        self._count(entity, before, reached.state)

    def _count(self, owner: str, before: Truth, after: Truth) -> None:
        """Adds the stakes of an owner that rises to the sums that are certain and possible."""
        for stake in self.held.stakes_of.get(owner, ()):
            if stake.kind == "branch":
                continue
            sums = self.sums.setdefault((stake.kind, stake.owned), _Sums())
            if before is NO and self._may_count(stake):
                sums.low += stake.share.low
                sums.high += stake.share.high
            if after is YES:
                person = self.held.person_of(owner)
                sums.certain += stake.share.low
                sums.by_person[person] = sums.by_person.get(person, 0) + stake.share.low
                sums.largest = max(sums.largest, sums.by_person[person])

    def _may_count(self, stake: Stake) -> bool:
        """Returns whether a stake may count: where votes do not, those of owners whose shares are not stated may."""
        if stake.kind == "shares" or self.rule.votes is not NO:
            return True
        return (stake.owner, stake.owned) not in self.in_shares

    def state(self, entity: str) -> Truth:
        if entity == UNKNOWN_OWNER:
            return UNKNOWN
        return self.found[entity].state if entity in self.found else NO

    def _certain(self, entity: str) -> Reached | None:
        if self.state(entity) is YES:
            return None
        for stake in self.held.heads.get(entity, ()):
            if self.state(stake.owner) is YES:
                return Reached(YES, "branch", self.round, stakes=(stake,))
        for kind in self._counted(YES):
            found = self._held_for_certain(kind, entity)
            if found is not None:
                return found
        return None

    def _held_for_certain(self, kind: str, entity: str) -> Reached | None:
        sums = self.sums.get((kind, entity))
        if sums is None or not sums.by_person:
            return None
        if self.held.bounds(kind, entity, sums.largest, sums.largest).low >= self.least:
            own = self._largest(self._reached(kind, entity, YES))
            share = self.held.part(kind, entity, {stake.owner for stake in own})
            return Reached(YES, "holder", self.round, stakes=own, share=share)
        if self.rule.adds and self.held.bounds(kind, entity, sums.certain, sums.certain).low >= self.least:
            stakes = tuple(self._reached(kind, entity, YES))
            share = self.held.part(kind, entity, {stake.owner for stake in stakes})
            return Reached(YES, "sum", self.round, stakes=stakes, share=share)
        return None

    def _reached(self, kind: str, entity: str, least: Truth) -> list[Stake]:
        return [stake for stake in self.held.stakes(kind, entity) if self.state(stake.owner) >= least]

    def _largest(self, stakes: Iterable[Stake]) -> tuple[Stake, ...]:
        """Returns the stakes of the legal person that holds most for certain; none if there are no stakes."""
        by_person: dict[str, list[Stake]] = {}
        for stake in stakes:
            by_person.setdefault(self.held.person_of(stake.owner), []).append(stake)
        return tuple(max(by_person.values(), key=lambda own: total(one.share.low for one in own), default=()))

    def _perhaps(self, entity: str) -> Reached | None:
        if self.state(entity) is not NO:
            return None
        for stake in self.held.heads.get(entity, ()):
            if self.state(stake.owner) is UNKNOWN:
                return Reached(UNKNOWN, "branch", self.round, stakes=(stake,))
        for stake in self.held.branches.get(entity, ()):
            if self.state(stake.owned) is not NO:
                return Reached(UNKNOWN, "branch_listed", self.round, stakes=(stake,))
        for kind in self._counted(UNKNOWN):
            found = self._held_perhaps(kind, entity)
            if found is not None:
                return found
        return None

    def _held_perhaps(self, kind: str, entity: str) -> Reached | None:
        sums = self.sums.get((kind, entity))
        if sums is None or self.held.bounds(kind, entity, sums.low, sums.high).high < self.least:
            return None
        stakes = [stake for stake in self._reached(kind, entity, UNKNOWN) if self._may_count(stake)]
        if not stakes:
            return None
        stakes.sort(key=lambda stake: -self.state(stake.owner))
        certain = self.held.bounds(kind, entity, sums.certain, sums.certain).low
        ground: Ground = "share_open"
        if kind == "votes" and self.rule.votes is not YES:
            ground = "votes_open"
        elif not self.rule.adds and certain >= self.least:
            ground = "adding_open"
        counted = sums.certain if self.rule.adds else sums.largest
        low = self.held.bounds(kind, entity, counted, counted).low
        share = Bounds(low, self.held.bounds(kind, entity, sums.low, sums.high).high)
        return Reached(UNKNOWN, ground, self.round, stakes=tuple(stakes), share=share)

    def _counted(self, least: Truth) -> tuple[str, ...]:
        """Returns the kinds of stake that count for certain, or that may count."""
        if self.rule.threshold is None:
            return ()
        return ("shares", "votes") if least is UNKNOWN or self.rule.votes is YES else ("shares",)


def exact_share(threshold: int | None) -> Fraction | None:
    """Returns a share in 1e-9 as an exact fraction; None stays None."""
    return None if threshold is None else Fraction(threshold, SCALE)
