"""The rows of the built-in lists, by party."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from coercivity.data.parties.listed import EntryName, ListEntry, NamedList
from coercivity.intake.parties.screener import Screener


@dataclass(frozen=True, slots=True)
class ListedParty:
    """One entry of a built-in list."""

    party_id: str
    party_set: str
    name_en: str
    name_zh: str
    country: str
    list: str
    instrument_id: str


class PartyIndex:
    """Rows of the built-in lists, and the screener over them.

    Attributes:
        by_party: Entries by party.
    """

    def __init__(self, parties: Iterable[ListedParty]) -> None:
        self.by_party: dict[str, list[ListedParty]] = {}
        for party in parties:
            self.by_party.setdefault(party.party_id, []).append(party)

    @cached_property
    def screener(self) -> Screener:
        """The names of the rows, prepared for screening."""
        entries = tuple(
            ListEntry(
                party.party_id,
                party.list,
                tuple(EntryName(name) for name in (party.name_en, party.name_zh) if name),
                party_set=party.party_set,
            )
            for rows in self.by_party.values()
            for party in rows
        )
        return Screener([NamedList("built-in", entries, effect="law")])


@lru_cache(maxsize=4)
def party_index(parties_csv: Path) -> PartyIndex:
    """Returns the lists of a table of listed parties, loaded once.

    Args:
        parties_csv: Table of listed parties of the rulebook; its Chinese names are in simplified characters.
    """
    with parties_csv.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return PartyIndex(ListedParty(*(row[name] for name in ListedParty.__dataclass_fields__)) for row in rows)
