"""Exact and folded screening of names against the packed party lists.

Exact means equal after folding what says nothing of who is meant (`names.fold`): writing, punctuation, company form.
What is only alike is not a hit here, and no hit here is never proof that a party is on no list.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from coercivity.parties.names import fold, has_han, simplified


@dataclass(frozen=True, slots=True)
class ListedParty:
    """One entry of a packed list."""

    party_id: str
    party_set: str
    name_en: str
    name_zh: str
    country: str
    list: str


@dataclass(frozen=True, slots=True)
class _Lists:
    """The packed lists by folded name and by party."""

    by_name: dict[str, set[str]]
    by_party: dict[str, list[ListedParty]]


@lru_cache(maxsize=4)
def _lists(path: Path) -> _Lists:
    found = _Lists({}, {})
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            party = ListedParty(*(row[name] for name in ListedParty.__dataclass_fields__))
            found.by_party.setdefault(party.party_id, []).append(party)
            for name in {fold(party.name_en), fold(party.name_zh)} - {""}:
                found.by_name.setdefault(name, set()).add(party.party_id)
    return found


def screen(name: str, parties_csv: Path) -> tuple[ListedParty, ...]:
    """Returns the entries of the packed lists whose name is the same when folded, with all entries of the same party.

    Args:
        name: Name as written in the deal, in Latin letters or in Chinese signs, simplified or traditional.
        parties_csv: Table of listed parties of the law pack; its Chinese names are in simplified signs.
    """
    lists = _lists(parties_csv)
    found = lists.by_name.get(fold(name))
    if found is None and has_han(name):
        found = lists.by_name.get(fold(simplified(name)))
    return tuple(party for party_id in sorted(found or ()) for party in lists.by_party[party_id])
