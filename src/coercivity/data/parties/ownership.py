"""Who owns whom: entities, what they are listed in, and stakes with dates and known bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from coercivity.base.days import Day
from coercivity.base.exact import Interval

UNKNOWN_OWNER = "?"
StakeKind = Literal["shares", "votes", "branch", "treasury"]


@dataclass(frozen=True, slots=True)
class Listing:
    """A time during which an entity is on a list.

    Attributes:
        list_id: `control_list`, `watch_list`, `unreliable_entity_list`, `countermeasures` or `us_entity_list`, or a
            user's list.
        from_on: First day; None for any earlier one.
        to_on: First day without; None if it continues.
    """

    list_id: str
    from_on: Day | None = None
    to_on: Day | None = None


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
    """

    owner: str
    owned: str
    share: Interval
    kind: StakeKind = "shares"
    from_on: Day | None = None
    to_on: Day | None = None


@dataclass(frozen=True)
class OwnershipGraph:
    """Stakes between entities, as a file states them.

    Attributes:
        stakes: All stakes.
        listings: Lists that entities are on, by entity.
        names: Names by entity id; an entity without one is its own name.
        countries: ISO country codes by entity id.
        sha256: Hash of the file.
    """

    stakes: tuple[Stake, ...]
    listings: Mapping[str, tuple[Listing, ...]]
    names: Mapping[str, tuple[str, ...]]
    countries: Mapping[str, str]
    sha256: str = ""
