"""The built-in lists as they are given out: with the day a listing ended and the times it was suspended."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from coercivity.base.days import Day, parse_day
from coercivity.data.parties.listed import ListEntry, NamedList
from coercivity.intake.parties.builtin import builtin_lists
from coercivity.law.rules.rulebook import Rulebook

EVENTS = "listing_events.csv"
_EVERY_PARTY = "*"


@dataclass(frozen=True, slots=True)
class Suspension:
    """A time during which the effect of a listing is suspended.

    Attributes:
        from_on: First day.
        through_on: Last day; None if none was published.
    """

    from_on: Day
    through_on: Day | None


@dataclass(frozen=True)
class Published:
    """Lists, and what was published about their entries since.

    Attributes:
        lists: The lists; `delisted_on` of an entry is the day its listing ended.
        suspensions: Suspensions by party set and party, `*` for all of a set.
        authorities: Authorities that issued a notice, by party set.
    """

    lists: tuple[NamedList, ...]
    suspensions: Mapping[tuple[str, str], tuple[Suspension, ...]]
    authorities: Mapping[str, tuple[str, ...]]

    def suspended(self, entry: ListEntry) -> tuple[Suspension, ...]:
        """Returns the suspensions of an entry, in order."""
        every = self.suspensions.get((entry.party_set, _EVERY_PARTY), ())
        return (*every, *self.suspensions.get((entry.party_set, entry.entry_id), ()))


def published_lists(book: Rulebook) -> Published:
    """Returns the built-in lists, and the user's own after them, with the events of their entries.

    Args:
        book: The rulebook. Events of notices that a user added to it are not included.
    """
    ended = {
        (row["party_set"], row["party_id"]): parse_day(row["effective"]) for row in _events(book.folder, "delisting")
    }
    suspensions: dict[tuple[str, str], tuple[Suspension, ...]] = {}
    for row in _events(book.folder, "suspension"):
        key = row["party_set"], row["party_id"]
        one = Suspension(parse_day(row["effective"]), parse_day(row["ends"]) if row["ends"] else None)
        suspensions[key] = (*suspensions.get(key, ()), one)
    return Published(
        (*(_with_ends(one, ended) for one in builtin_lists(book)), *book.party_files.lists),
        suspensions,
        {name: tuple(book.instruments[held.instrument_id].issuer) for name, held in book.party_sets.items()},
    )


def _with_ends(one: NamedList, ended: Mapping[tuple[str, str], Day]) -> NamedList:
    def end(entry: ListEntry) -> Day | None:
        of_set = ended.get((entry.party_set, _EVERY_PARTY))
        return ended.get((entry.party_set, entry.entry_id), of_set) or entry.delisted_on

    return replace(one, entries=tuple(replace(entry, delisted_on=end(entry)) for entry in one.entries))


def _key(row: Mapping[str, str]) -> tuple[str, str]:
    return row["party_set"], row["party_id"]


def _events(folder: Path, event: str) -> Iterator[Mapping[str, str]]:
    return (row for row in _rows(folder / EVENTS) if row["event"] == event)


@lru_cache(maxsize=4)
def _rows(path: Path) -> tuple[Mapping[str, str], ...]:
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))
