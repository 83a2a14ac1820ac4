"""List facts derived from party lists and from statements of the deal."""

from __future__ import annotations

from coercivity.data.values import SetValue
from coercivity.law.engine.derived_facts import lists_on_day, opened
from coercivity.law.rules.model import Status
from coercivity.law.rules.party_lists import LISTS
from coercivity.law.rules.rulebook import Rulebook

NONE = SetValue(frozenset(), complete=True)
CONTROL = "control_list"


def _states(book: Rulebook) -> dict[str, Status]:
    return dict.fromkeys(book.party_sets, Status.IN_FORCE)


def test_sets_of_an_open_list_are_open_and_those_of_others_are_not(book: Rulebook) -> None:
    assert CONTROL in LISTS
    found = opened(book, NONE, {CONTROL})
    assert not found.complete
    assert found.lacks == {entry.id for entry in book.party_sets.values() if entry.list != CONTROL}


def test_a_listing_that_no_set_explains_opens_the_sets_of_its_list(book: Rulebook) -> None:
    stated = {"party_sets": NONE, "listed_on": SetValue(frozenset({CONTROL}), complete=True)}
    found = lists_on_day(book, stated, _states(book))
    assert found["party_sets"] == opened(book, NONE, {CONTROL})


def test_a_listing_that_a_set_explains_opens_nothing(book: Rulebook) -> None:
    held = next(entry.id for entry in book.party_sets.values() if entry.list == CONTROL)
    sets = SetValue(frozenset({held}), complete=True)
    stated = {"party_sets": sets, "listed_on": SetValue(frozenset({CONTROL}), complete=True)}
    found = lists_on_day(book, stated, _states(book))
    assert "party_sets" not in found
    assert found["listed_on"] == SetValue(frozenset({CONTROL}), frozenset(LISTS) - {CONTROL}, complete=True)
