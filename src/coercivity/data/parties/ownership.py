"""Who owns whom: entities, what they are listed in, and stakes with dates and known bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from coercivity.base.days import Day
from coercivity.base.exact import SCALE, Interval

UNKNOWN_OWNER = "?"
ANY_SHARE = Interval(0, SCALE)
StakeKind = Literal["shares", "votes", "branch", "treasury"]
NoteCode = Literal["own_shares_are_treasury", "directorship", "owner_not_named", "not_a_stake"]


@dataclass(frozen=True, slots=True)
class Listing:
    """A time during which an entity is on a list.

    Attributes:
        list_id: `control_list`, `watch_list`, `unreliable_entity_list`, `countermeasures` or `us_entity_list`, or a
            user's list.
        from_on: First day; None for any earlier one.
        to_on: First day without; None if it continues.
        certain: Whether the entity is the listed party; False if only its name is similar.
    """

    list_id: str
    from_on: Day | None = None
    to_on: Day | None = None
    certain: bool = True

    def holds(self, day: Day) -> bool:
        """Returns whether the entity is on the list on a day."""
        return (self.from_on is None or self.from_on <= day) and (self.to_on is None or day < self.to_on)


@dataclass(frozen=True, slots=True)
class Stake:
    """A stake of one entity in another.

    Attributes:
        owner: Name or id of the owner; `?` if not known.
        owned: Name or id of the entity owned.
        share: Bounds of the share, 0 to 1; the same twice if exact, 0 to 1 if unknown.
        kind: `branch` is the same legal person; `treasury` are shares an entity holds in itself.
        from_on: First day; None for any earlier one.
        to_on: First day without; None if it continues.
        where: Row or line of the file, for messages.
    """

    owner: str
    owned: str
    share: Interval
    kind: StakeKind = "shares"
    from_on: Day | None = None
    to_on: Day | None = None
    where: str = field(default="", compare=False)

    def holds(self, day: Day) -> bool:
        """Returns whether the stake exists on a day."""
        return (self.from_on is None or self.from_on <= day) and (self.to_on is None or day < self.to_on)


@dataclass(frozen=True, slots=True)
class OwnershipNote:
    """Something a reader of the file did that its author should know.

    Attributes:
        code: What was done.
        where: Row or line.
        about: The entity concerned.
    """

    code: NoteCode
    where: str
    about: str = ""


@dataclass(frozen=True, eq=False)
class OwnershipGraph:
    """Stakes between entities, as a file states them.

    Attributes:
        stakes: All stakes.
        listings: Lists that entities are on, by entity; an entity that is stated to be on none has none, and one that
            is missing was not stated to be on a list or off it.
        names: Names by entity id; an entity without one is its own name.
        countries: ISO country codes by entity id.
        sha256: Hash of the file.
        notes: What the reader did that its author should know.
    """

    stakes: tuple[Stake, ...]
    listings: Mapping[str, tuple[Listing, ...]]
    names: Mapping[str, tuple[str, ...]]
    countries: Mapping[str, str]
    sha256: str = ""
    notes: tuple[OwnershipNote, ...] = ()

    @cached_property
    def stakes_towards(self) -> Mapping[str, tuple[Stake, ...]]:
        """Stakes in each entity, and those of its branches, which are the same person."""
        found: dict[str, list[Stake]] = {}
        for stake in self.stakes:
            found.setdefault(stake.owned, []).append(stake)
            if stake.kind == "branch" and stake.owner != stake.owned:
                found.setdefault(stake.owner, []).append(stake)
        return {entity: tuple(stakes) for entity, stakes in found.items()}

    @cached_property
    def entities(self) -> tuple[str, ...]:
        """Ids of all entities in the order in which they are first named, without the unknown owner."""
        ids = [*self.listings, *self.names]
        ids += [one for stake in self.stakes for one in (stake.owner, stake.owned)]
        return tuple(one for one in dict.fromkeys(ids) if one != UNKNOWN_OWNER)

    def name(self, entity: str) -> str:
        """Returns the main name of an entity."""
        return (self.names.get(entity) or (entity,))[0]


@dataclass(frozen=True)
class OwnershipCase:
    """A graph with the question asked of it.

    Attributes:
        case_id: Id in its file; blank in a file of one graph.
        target: The entity asked about, by id; blank if the file does not state it.
        on: The day asked about; None if the file does not state it.
        known: Information cut-off; None if the file does not state it.
        title: Title as stated.
    """

    graph: OwnershipGraph
    case_id: str = ""
    target: str = ""
    on: Day | None = None
    known: Day | None = None
    title: str = ""
