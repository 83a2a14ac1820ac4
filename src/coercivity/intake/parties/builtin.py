"""The built-in restricted-party lists as lists of entries, with the aliases that the rulebook holds."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import get_args

from coercivity.base.days import parse_day
from coercivity.data.parties.listed import EntryName, ListEntry, NamedList, NameKind
from coercivity.law.rules.party_lists import PARTIES
from coercivity.law.rules.rulebook import Rulebook

ALIASES = "party_names.csv"
PERSON = "a person"  # note of a row that lists a natural person
NO_COUNTRY = "XX"
RECALLED = "recalled"  # basis of a name that is general knowledge, without a page at hand


@lru_cache(maxsize=4)
def builtin_lists(book: Rulebook) -> tuple[NamedList, ...]:
    """Returns the lists of a rulebook; a party named by two notices is an entry of each."""
    entries: dict[str, list[ListEntry]] = {name: [] for name in book.party_lists}
    for list_id, entry in _entries(book.folder):
        entries.setdefault(list_id, []).append(entry)
    return tuple(
        NamedList(
            list_id,
            tuple(found),
            version=book.version,
            as_of_on=book.party_lists[list_id].as_of_on if list_id in book.party_lists else None,
            completeness=book.party_lists[list_id].completeness if list_id in book.party_lists else "unknown",
            sha256=book.parties_hash,
            effect="law",
        )
        for list_id, found in entries.items()
    )


def _entries(folder: Path) -> Iterator[tuple[str, ListEntry]]:
    aliases = _aliases(folder / ALIASES)
    for row in _rows(folder / PARTIES):
        names = [EntryName(name) for name in (row["name_en"], row["name_zh"]) if name]
        names += [one for one in aliases.get(row["party_id"], ()) if all(one.text != name.text for name in names)]
        yield (
            row["list"],
            ListEntry(
                row["party_id"],
                row["list"],
                tuple(names),
                party_set=row["party_set"],
                person=True if row.get("note", "").startswith(PERSON) else None,
                countries=(row["country"],) if row["country"] not in ("", NO_COUNTRY) else (),
                listed_on=parse_day(row["listed_on"]) if row.get("listed_on") else None,
                source=row.get("announcement", ""),
            ),
        )


def _aliases(path: Path) -> Mapping[str, list[EntryName]]:
    found: dict[str, list[EntryName]] = {}
    for row in _rows(path) if path.is_file() else ():
        kind: NameKind = next(one for one in get_args(NameKind) if one == row["kind"])
        if kind == "alias" and row["basis"] == RECALLED:
            kind = "weak"  # the law's effect on a party must not rest on what nobody has looked up
        found.setdefault(row["party_id"], []).append(EntryName(row["name"], kind))
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
