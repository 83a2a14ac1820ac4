"""The built-in restricted-party lists: number of entries, version, completeness, and last check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from coercivity.base.days import Day
from coercivity.intake.parties.index import ListedParty, party_index
from coercivity.law.rules.party_lists import PARTIES, Completeness
from coercivity.law.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class ListState:
    """The built-in content of one restricted-party list.

    Attributes:
        list: Name of the list.
        entries: Number of rows; a party named by two notices counts twice.
        parties: Number of parties.
        notices: Party sets, one per notice, sorted.
        version: Version of the rulebook, which is a date.
        as_of_on: Day for which its completeness was established; None if it was not.
        checked_through_on: Date to which the status of every notice was verified; None without a notice.
        announcements_through_on: Date to which new announcements were checked.
        completeness: `complete`, `partial` if notices are known to be missing, or `unknown`.
        reason: Reason, by language.
    """

    list: str
    entries: int
    parties: int
    notices: tuple[str, ...]
    version: str
    as_of_on: Day | None
    checked_through_on: Day | None
    announcements_through_on: Day
    completeness: Completeness
    reason: Mapping[str, str]

    @property
    def settles(self) -> bool:
        """Whether no hit on this list means that a party is not on it."""
        return self.completeness == "complete"


@lru_cache(maxsize=4)
def lists(book: Rulebook) -> tuple[ListState, ...]:
    """Returns the state of every list known to the law, and of any other in the rulebook."""
    entries: dict[str, list[ListedParty]] = {name: [] for name in book.party_lists}
    for parties in party_index(book.folder / PARTIES).by_party.values():
        for party in parties:
            entries[party.list].append(party)
    return tuple(
        ListState(
            name,
            len(entries[name]),
            len({party.party_id for party in entries[name]}),
            tuple(sorted(held.sets - {held.not_held})),
            book.version,
            held.as_of_on,
            min((book.instruments[party.instrument_id].verified_through for party in entries[name]), default=None),
            book.verified_through,
            held.completeness,
            held.reason,
        )
        for name, held in book.party_lists.items()
    )
