"""Which entities the ownership rule of a regime reaches on a day: for certain, perhaps, or not.

States only rise and each depends on higher ones alone, so rounds end, loops included, and the result does not depend
on the order of the stakes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from coercivity.base.days import Day
from coercivity.base.exact import SCALE
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


class _Reach:
    def __init__(self, graph: OwnershipGraph, day: Day, rule: Rule, held: GraphOnDay) -> None:
        self.graph, self.rule, self.held = graph, rule, held
        self.found: dict[str, Reached] = {}
        self.round = 0
        for entity, listings in graph.listings.items():
            counting = tuple(one for one in listings if one.holds(day) and one.list_id in rule.lists)
            perhaps = tuple(one for one in listings if one.holds(day) and one.list_id in rule.perhaps_lists)
            certain = tuple(one for one in counting if one.certain)
            if certain:
                self.found[entity] = Reached(YES, "listed", 0, certain)
            elif counting or perhaps:
                self.found[entity] = Reached(UNKNOWN, "perhaps_listed", 0, counting + perhaps)

    def run(self) -> Mapping[str, Reached]:
        listed = list(self.found)
        self._spread([entity for entity in listed if self.found[entity].state is YES], self._certain)
        self._spread([*self.found, UNKNOWN_OWNER], self._perhaps)
        return self.found

    def _spread(self, changed: Iterable[str], judge: Callable[[str], Reached | None]) -> None:
        """Looks again at all that depends on an entity that changed, round by round, until nothing changes."""
        while changed:
            self.round += 1
            below = dict.fromkeys(owned for owner in changed for owned in self._dependent(owner))
            risen = {entity: reached for entity in below if (reached := judge(entity)) is not None}
            self.found |= risen
            changed = list(risen)

    def _dependent(self, owner: str) -> Iterable[str]:
        return (one for one in self.held.owned_by.get(owner, ()) if one != UNKNOWN_OWNER)

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
        stakes = [stake for stake in self.held.stakes(kind, entity) if self.state(stake.owner) is YES]
        least = self.rule.threshold or _NEVER
        persons = dict.fromkeys(self.held.person_of(stake.owner) for stake in stakes)
        shares = {one: self.held.part(kind, entity, self._owners(stakes, one)) for one in persons}
        best = max(persons, key=lambda one: shares[one].low, default=None)
        if best is not None and shares[best].low >= least:
            own = tuple(stake for stake in stakes if self.held.person_of(stake.owner) == best)
            return Reached(YES, "holder", self.round, stakes=own, share=shares[best])
        together = self.held.part(kind, entity, {stake.owner for stake in stakes})
        if self.rule.adds and stakes and together.low >= least:
            return Reached(YES, "sum", self.round, stakes=tuple(stakes), share=together)
        return None

    def _owners(self, stakes: Iterable[Stake], person: str) -> set[str]:
        return {stake.owner for stake in stakes if self.held.person_of(stake.owner) == person}

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
        stakes = [stake for stake in self._open_stakes(kind, entity) if self.state(stake.owner) is not NO]
        together = self.held.part(kind, entity, {stake.owner for stake in stakes})
        if not stakes or together.high < (self.rule.threshold or _NEVER):
            return None
        stakes.sort(key=lambda stake: -self.state(stake.owner))
        sure = [stake for stake in stakes if self.state(stake.owner) is YES]
        certain = self.held.part(kind, entity, {stake.owner for stake in sure})
        ground: Ground = "share_open"
        if kind == "votes" and self.rule.votes is not YES:
            ground = "votes_open"
        elif not self.rule.adds and certain.low >= (self.rule.threshold or _NEVER):
            ground = "adding_open"
        share = Bounds(self._least(kind, entity, sure, certain), together.high)
        return Reached(UNKNOWN, ground, self.round, stakes=tuple(stakes), share=share)

    def _least(self, kind: str, entity: str, stakes: list[Stake], together: Bounds) -> Fraction:
        """Returns what counts for certain of the holdings of listed parties: their sum, or the largest of one party."""
        if self.rule.adds:
            return together.low
        persons = {self.held.person_of(stake.owner) for stake in stakes}
        parts = [self.held.part(kind, entity, self._owners(stakes, person)).low for person in persons]
        return max(parts, default=Fraction(0))

    def _open_stakes(self, kind: str, entity: str) -> tuple[Stake, ...]:
        """Returns the stakes that may count: where votes do not count, those of owners whose shares are not stated."""
        stakes = self.held.stakes(kind, entity)
        if kind == "shares" or self.rule.votes is not NO:
            return stakes
        stated = {stake.owner for stake in self.held.stakes("shares", entity)}
        return tuple(stake for stake in stakes if stake.owner not in stated)

    def _counted(self, least: Truth) -> tuple[str, ...]:
        """Returns the kinds of stake that count for certain, or that may count."""
        if self.rule.threshold is None:
            return ()
        return ("shares", "votes") if least is UNKNOWN or self.rule.votes is YES else ("shares",)


def exact_share(threshold: int | None) -> Fraction | None:
    """Returns a share in 1e-9 as an exact fraction; None stays None."""
    return None if threshold is None else Fraction(threshold, SCALE)
