"""What a draft notice does to the licences under which the deals of a table run, as typed results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from coercivity.batches.impact.model import Sums, SumsData


class LicenceData(TypedDict):
    """A licence and the deals that run under it."""

    licence: str
    valid_until: str
    remaining_kg: float | None
    deals: SumsData
    moved: SumsData
    needed_before: SumsData
    needed_after: SumsData
    stopped: SumsData
    opened: SumsData
    late: SumsData
    valid_from: str
    early: SumsData
    enough_before: bool | None
    enough_after: bool | None
    changes: list[str]


@dataclass(frozen=True, slots=True)
class LicenceImpact:
    """A licence of the table of licences, and the deals that name it.

    Attributes:
        licence: Its number, as in the table.
        valid_until: Last day on which goods may leave under it, YYYY-MM-DD; empty if not known.
        remaining_kg: Mass that may still leave under it, None if not known [kg].
        deals: Deals that name it.
        moved: Of these, those whose result changes.
        needed_before: Deals that need a licence under the rulebook.
        needed_after: Deals that need a licence under the draft.
        stopped: Deals that become STOP.
        opened: Deals that become UNKNOWN.
        late: Deals that need a licence under the draft and leave after its last day.
        enough_before: Whether the remaining mass covers the deals that need it under the rulebook; None if not known.
        enough_after: The same under the draft.
        valid_from: First day on which goods may leave under it, YYYY-MM-DD; empty if not known.
        early: Deals that need a licence under the draft and leave before its first day.
    """

    licence: str
    valid_until: str
    remaining_kg: float | None
    deals: Sums
    moved: Sums
    needed_before: Sums
    needed_after: Sums
    stopped: Sums
    opened: Sums
    late: Sums
    enough_before: bool | None
    enough_after: bool | None
    valid_from: str = ""
    early: Sums = Sums()  # noqa: RUF009 - frozen

    @property
    def changes(self) -> tuple[str, ...]:
        """What changes, in words of the program: `not_needed`, `not_enough`, `stopped`, `opened`, `newly_used`.

        A licence is no longer needed if deals need it now and none will, and none will be stopped or undetermined.
        It is no longer enough if its mass covers the deals that need it now, and not those that will.
        """
        found = []
        if self.moved.deals:
            left = self.needed_after.deals + self.stopped.deals + self.opened.deals
            found += ["not_needed"] if self.needed_before.deals and not left else []
            found += ["not_enough"] if self.enough_after is False and self.enough_before is not False else []
            found += ["stopped"] if self.stopped.deals else []
            found += ["opened"] if self.opened.deals else []
            found += ["newly_used"] if self.needed_after.deals and not self.needed_before.deals else []
        return tuple(found)

    def as_dict(self) -> LicenceData:
        """Returns the licence as plain data."""
        return {
            "licence": self.licence,
            "valid_until": self.valid_until,
            "remaining_kg": self.remaining_kg,
            "deals": self.deals.as_dict(),
            "moved": self.moved.as_dict(),
            "needed_before": self.needed_before.as_dict(),
            "needed_after": self.needed_after.as_dict(),
            "stopped": self.stopped.as_dict(),
            "opened": self.opened.as_dict(),
            "late": self.late.as_dict(),
            "valid_from": self.valid_from,
            "early": self.early.as_dict(),
            "enough_before": self.enough_before,
            "enough_after": self.enough_after,
            "changes": list(self.changes),
        }


class LicencesData(TypedDict):
    """The licences, and what does not fit between both tables."""

    source: str
    licences: list[LicenceData]
    moved: int
    not_in_table: dict[str, int]
    not_in_table_more: int
    without_deal: list[str]
    without_licence: int


@dataclass(frozen=True, slots=True)
class Licences:
    """The licences of a table of licences, and what does not fit between it and the table of deals.

    Attributes:
        source: Name of the table of licences.
        licences: The licences under which deals run, those with moved deals first.
        not_in_table: Number of deals by each licence that they name and the table of licences lacks.
        not_in_table_more: Number of deals that name a further such licence, beyond those listed.
        without_deal: Licences that no deal names.
        without_licence: Number of deals that name no licence.
    """

    source: str
    licences: tuple[LicenceImpact, ...]
    not_in_table: dict[str, int]
    not_in_table_more: int
    without_deal: tuple[str, ...]
    without_licence: int

    @property
    def moved(self) -> tuple[LicenceImpact, ...]:
        """The licences under which a deal moves."""
        return tuple(one for one in self.licences if one.moved.deals)

    def as_dict(self) -> LicencesData:
        """Returns the licences as plain data."""
        return {
            "source": self.source,
            "licences": [one.as_dict() for one in self.licences],
            "moved": len(self.moved),
            "not_in_table": dict(self.not_in_table),
            "not_in_table_more": self.not_in_table_more,
            "without_deal": list(self.without_deal),
            "without_licence": self.without_licence,
        }
