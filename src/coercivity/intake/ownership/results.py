"""What the ownership rule of each regime says of an entity, with the stakes that decide it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from coercivity.base.days import Day
from coercivity.base.exact import Interval
from coercivity.data.parties.ownership import Listing, OwnershipNote, StakeKind
from coercivity.intake.ownership.reach import Ground
from coercivity.law.rules.model import Status

Structure = Literal["caught", "not_caught", "unknown"]
NearMiss = Literal["", "below_threshold", "across_regimes"]


@dataclass(frozen=True, slots=True)
class Step:
    """One stake on the way from a listed party to the entity asked about.

    Attributes:
        owner: Id of the owner; `?` if not known.
        owned: Id of the entity owned.
        kind: Kind of stake.
        stated: The share as stated.
        counted: The share of the outstanding capital, or of the votes.
        from_on: First day of the stake, if stated.
        to_on: First day without, if stated.
        lists: Lists of the regime that the owner itself is on.
        sure: Whether the owner counts for certain.
    """

    owner: str
    owned: str
    kind: StakeKind
    stated: Interval
    counted: Interval
    from_on: Day | None
    to_on: Day | None
    lists: tuple[Listing, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class RegimeAnswer:
    """What one regime makes of an entity.

    Attributes:
        regime: Id of the regime.
        structure: What the ownership alone gives on the day.
        status: Status of the rule on the day.
        status_until: Last day of a suspension, if there is one.
        ground: Why it is caught, unknown or nearly caught; blank if no listed party holds enough to be shown.
        share: What decides at the entity itself: the share, or the sum, of the outstanding capital.
        lists: Lists of the regime that the entity itself is on.
        steps: Stakes that decide, the listed party first.
        near_miss: Whether it is not caught, but nearly: below the threshold, or only if regimes were mixed.
        settles: Stakes whose owner or share would settle an unknown, in the order of the steps.
    """

    regime: str
    structure: Structure
    status: Status
    status_until: Day | None
    ground: Ground | Literal[""]
    share: Interval
    lists: tuple[Listing, ...] = ()
    steps: tuple[Step, ...] = ()
    near_miss: NearMiss = ""
    settles: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnershipAnswer:
    """What all regimes make of an entity.

    Attributes:
        target: Id of the entity.
        name: Its main name.
        on: The day.
        known: Information cut-off.
        regimes: One answer for each regime, in the order of the pack.
        unstated: Part of its shares of which the file names no owner; it is read as held by parties not listed.
        notes: What the reader of the file did that its author should know.
    """

    target: str
    name: str
    on: Day
    known: Day
    regimes: tuple[RegimeAnswer, ...]
    unstated: Interval
    notes: tuple[OwnershipNote, ...] = ()

    @property
    def near_miss(self) -> bool:
        """Whether a regime nearly catches the entity."""
        return any(one.near_miss for one in self.regimes)

    def regime(self, regime_id: str) -> RegimeAnswer | None:
        """Returns the answer of a regime, or None."""
        return next((one for one in self.regimes if one.regime == regime_id), None)
