"""A person's search of restricted-party lists, and what it proves about lists that are not complete here.

The rulebook holds only part of some lists. That a party is on no other notice of such a list is established only by a
search that somebody made and dated, not before the transaction date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coercivity.base.days import Day
from coercivity.data.values import FactValue, SetValue
from coercivity.law.engine.name_questions import NameQuestion
from coercivity.law.rules.party_lists import LISTS
from coercivity.law.rules.rulebook import Rulebook

PARTY_SETS, LISTED_ON = "party_sets", "listed_on"
EACH_DAY = "transaction date"  # of a search that is repeated for every transaction on its day


@dataclass(frozen=True, slots=True)
class ListSearch:
    """A search of lists by a named person.

    Attributes:
        by: Person or department.
        on: Day of the search; None if each transaction was searched on its own day.
        lists: Lists searched; empty means all.
    """

    by: str
    on: Day | None
    lists: tuple[str, ...] = ()

    def covers(self, name: str, on: Day) -> bool:
        """Returns whether a list was searched for transactions on a day."""
        return (not self.lists or name in self.lists) and self.is_current(on)

    def is_current(self, on: Day) -> bool:
        """Returns whether the search was not made before a transaction date."""
        return self.on is None or on <= self.on

    def plain(self) -> dict[str, str]:
        """Returns the search as written in a proof, without the lists."""
        return {"by": self.by, "on": EACH_DAY if self.on is None else self.on.isoformat()}


def unproven(
    book: Rulebook, values: Mapping[str, FactValue], search: ListSearch | None, on: Day | None
) -> dict[str, FactValue]:
    """Returns the facts about lists that claim more than was searched, with the excess left open.

    Args:
        book: The rulebook.
        values: Facts as given.
        search: The search by a person, if any.
        on: Transaction date; None for any.
    """
    found: dict[str, FactValue] = {}
    partial = [held for held in book.party_lists.values() if held.not_held]
    left = [held for held in partial if search is None or on is None or not search.covers(held.name, on)]
    sets, stated = values.get(PARTY_SETS), values.get(LISTED_ON)
    others = {held.not_held for held in left}
    if isinstance(sets, SetValue) and (open_ := {name for name in others if sets.holds(name) is False}):
        lacks = frozenset(book.party_sets) - sets.has if sets.complete else sets.lacks
        found[PARTY_SETS] = SetValue(sets.has, lacks - open_, complete=False)
    names = {held.name for held in left}
    if isinstance(stated, SetValue) and (open_ := {name for name in names if stated.holds(name) is False}):
        lacks = frozenset(LISTS) - stated.has if stated.complete else stated.lacks
        found[LISTED_ON] = SetValue(stated.has, lacks - open_, complete=False)
    return found


def doubtful_sets(book: Rulebook, questions: tuple[NameQuestion, ...]) -> frozenset[str]:
    """Returns the party sets left open by names that a person has to identify."""
    return frozenset(n for one in questions for n in one.open_sets(book.party_sets))


def unsearched(book: Rulebook, sets: SetValue, doubtful: frozenset[str]) -> frozenset[str]:
    """Returns the party sets that no search and no statement covers, apart from names in doubt."""
    if sets.complete:
        return frozenset()
    return frozenset(name for name in book.party_sets if sets.holds(name) is None and name not in doubtful)


def open_lists(book: Rulebook, values: Mapping[str, FactValue], questions: tuple[NameQuestion, ...]) -> tuple[str, ...]:
    """Returns the lists of which it is open whether they name a party, apart from names in doubt.

    Args:
        book: The rulebook.
        values: Facts as evaluated.
        questions: Names to be identified.
    """
    sets = values.get(PARTY_SETS)
    if not isinstance(sets, SetValue):
        return tuple(book.party_lists)
    left = unsearched(book, sets, doubtful_sets(book, questions))
    return tuple(name for name, held in book.party_lists.items() if not left.isdisjoint(held.sets))
