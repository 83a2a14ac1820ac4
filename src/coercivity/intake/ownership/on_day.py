"""The stakes of a graph on one day, and what a group of owners holds of an entity, as exact bounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.base.exact import SCALE, Interval
from coercivity.base.sums import total
from coercivity.data.parties.ownership import UNKNOWN_OWNER, OwnershipGraph, Stake


@dataclass(frozen=True, slots=True)
class Bounds:
    """A share of the outstanding capital between two exact limits."""

    low: Fraction
    high: Fraction

    @property
    def interval(self) -> Interval:
        """The limits in 1e-9, rounded outwards."""
        return Interval(int(self.low * SCALE // 1), int(-(-self.high * SCALE // 1)))


NOTHING = Bounds(Fraction(0), Fraction(0))


@dataclass(frozen=True)
class GraphOnDay:
    """The part of a graph that holds on one day.

    Attributes:
        held: Stakes in each entity, in shares.
        voted: Stakes in each entity, in votes.
        treasury: Shares an entity holds in itself.
        heads: Stakes that make an entity the branch of another, by branch.
        branches: The same by head office.
        stakes_of: Stakes of each owner, in shares or votes, or as a head office.
        stated_low: Sum of the lower bounds stated for each entity, by kind and entity.
        person: The legal person of each entity: the first of the entities that are branches of each other.
    """

    held: Mapping[str, tuple[Stake, ...]]
    voted: Mapping[str, tuple[Stake, ...]]
    treasury: Mapping[str, Interval]
    heads: Mapping[str, tuple[Stake, ...]]
    branches: Mapping[str, tuple[Stake, ...]]
    stakes_of: Mapping[str, tuple[Stake, ...]]
    stated_low: Mapping[tuple[str, str], int]
    person: Mapping[str, str]

    def person_of(self, entity: str) -> str:
        """Returns the legal person of an entity."""
        return self.person.get(entity, entity)

    def stakes(self, kind: str, owned: str) -> tuple[Stake, ...]:
        """Returns the stakes in an entity, in shares or in votes."""
        return (self.voted if kind == "votes" else self.held).get(owned, ())

    def part(self, kind: str, owned: str, owners: Collection[str]) -> Bounds:
        """Returns what some owners hold of an entity together, as a share of the outstanding capital or of the votes.

        No allocation of the shares can exceed the capital, so what others hold at least bounds it from above. Shares an
        entity holds in itself are not outstanding.
        """
        inside = [stake.share for stake in self.stakes(kind, owned) if stake.owner in owners]
        if not inside:
            return NOTHING
        return self.bounds(kind, owned, total(share.low for share in inside), total(share.high for share in inside))

    def bounds(self, kind: str, owned: str, low: int, high: int) -> Bounds:
        """Returns what owners whose shares add up to `low` at least and `high` at most hold of what is outstanding."""
        own = self.treasury.get(owned, Interval(0, 0)) if kind == "shares" else Interval(0, 0)
        return _outstanding(low, high, self.stated_low.get((kind, owned), 0) - low, own)

    def unstated(self, owned: str) -> Interval:
        """Returns the part of the shares of an entity of which the file names no owner."""
        shares = [stake.share for stake in self.held.get(owned, ())]
        if (own := self.treasury.get(owned)) is not None:
            shares.append(own)
        low, high = total(share.low for share in shares), total(share.high for share in shares)
        return Interval(max(0, SCALE - high), max(0, SCALE - low))


def _outstanding(low: int, high: int, outside: int, own: Interval) -> Bounds:
    """Returns the least and the greatest share of the capital less treasury shares.

    With treasury shares t, the group holds between low / (1 - t) and min(high, 1 - outside - t) / (1 - t). The first
    term of the minimum rises with t and the second falls, so the greatest value is where they meet.
    """
    least, most = own.low, min(own.high, SCALE - outside - low)
    if least == SCALE and not low + outside:
        return NOTHING  # nothing is outstanding
    if most < least or least >= SCALE:
        return Bounds(Fraction(0), Fraction(1))  # more than the whole is stated; the reader reports it
    meet = min(max(SCALE - outside - high, least), most)
    top = Fraction(min(high, SCALE - outside - meet), SCALE - meet) if meet < SCALE else Fraction(0)
    return Bounds(Fraction(low, SCALE - least), min(top, Fraction(1)))


def on_day(graph: OwnershipGraph, day: Day) -> GraphOnDay:
    """Returns the part of a graph that holds on a day."""
    stakes = [stake for stake in graph.stakes if stake.holds(day)]
    branch = [stake for stake in stakes if stake.kind == "branch"]
    treasury: dict[str, Interval] = {}
    for stake in stakes:
        if stake.kind == "treasury":
            so_far = treasury.get(stake.owned, Interval(0, 0))
            high = min(SCALE, so_far.high + stake.share.high)
            treasury[stake.owned] = Interval(min(high, so_far.low + stake.share.low), high)
    stated_low: dict[tuple[str, str], int] = defaultdict(int)
    for stake in stakes:
        if stake.kind in ("shares", "votes"):
            stated_low[stake.kind, stake.owned] += stake.share.low
    return GraphOnDay(
        held=_by_owned(stake for stake in stakes if stake.kind == "shares"),
        voted=_by_owned(stake for stake in stakes if stake.kind == "votes"),
        treasury=treasury,
        heads=_by_owned(branch),
        branches=_by_owner(branch),
        stakes_of=_by_owner(stake for stake in stakes if stake.kind != "treasury"),
        stated_low=stated_low,
        person=_persons(branch),
    )


def _by_owned(stakes: Iterable[Stake]) -> dict[str, tuple[Stake, ...]]:
    found: dict[str, list[Stake]] = defaultdict(list)
    for stake in stakes:
        found[stake.owned].append(stake)
    return {owned: tuple(of_it) for owned, of_it in found.items()}


def _by_owner(stakes: Iterable[Stake]) -> dict[str, tuple[Stake, ...]]:
    found: dict[str, list[Stake]] = defaultdict(list)
    for stake in stakes:
        found[stake.owner].append(stake)
    return {owner: tuple(of_it) for owner, of_it in found.items()}


def _persons(branches: Iterable[Stake]) -> dict[str, str]:
    """Returns the first entity of each legal person, by entity; the unknown owner joins none."""
    first: dict[str, str] = {}

    def root(entity: str) -> str:
        while first.setdefault(entity, entity) != entity:
            first[entity] = first[first[entity]]
            entity = first[entity]
        return entity

    for stake in branches:
        if stake.owner != UNKNOWN_OWNER:
            first[root(stake.owned)] = root(stake.owner)
    return {entity: root(entity) for entity in list(first)}
