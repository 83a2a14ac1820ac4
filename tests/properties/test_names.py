"""Variants of listed names always match or lead to a question, and ordinary names rarely do."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks._names import FILLERS, ordinary, writings
from coercivity.intake.parties.index import ListedParty, party_index
from coercivity.intake.parties.screen import look
from coercivity.intake.parties.screening import Screening
from coercivity.law.rules.load import law_folder
from coercivity.law.rules.rulebook import Rulebook

INDEX = party_index(law_folder() / "parties.csv")
ENTRIES = [party for entries in INDEX.by_party.values() for party in entries]
IN_LETTERS = [party for party in ENTRIES if party.name_en.isascii() and len(party.name_en) > 2]
MOST_ASKED = 0.05  # share of ordinary names that may be asked about
# A writing that is the name of another listed party by itself is that party, and no question of this one.
IS_ANOTHER = {"Lockheed Martin", "General Dynamics"}
# A given name alone identifies no one.
GIVEN_NAMES = {"Margaret", "Stephen"}


def held(name: str) -> set[str]:
    """The party sets that a name hits or leaves open."""
    found = look(name, INDEX)
    asked = {party.party_set for question in found.questions for party in question.parties}
    return asked | {hit.party_set for hit in found.hits} | ({*INDEX_SETS} if found.unread else set())


INDEX_SETS = {party.party_set for party in ENTRIES}


def test_no_writing_of_a_listed_name_is_called_none() -> None:
    """Case, filler, script, small capitals, one letter, form, order, a word more or less: every name, every kind."""
    tried: Counter[str] = Counter()
    missed = []
    for party in IN_LETTERS:
        for kind, name in writings(party.name_en):
            tried[kind] += 1
            if party.party_set not in held(name) and name not in IS_ANOTHER | GIVEN_NAMES:
                missed.append((kind, party.name_en, name))
    assert not missed
    assert min(tried.values()) > 200


def test_ordinary_names_are_seldom_asked_about() -> None:
    """Over a thousand firms of the trade in Latin letters, Chinese signs and kana; not one is a hit."""
    names = ordinary()
    found = {name: look(name, INDEX) for name in names}
    assert not [name for name, screened in found.items() if screened.hits]
    asked = [name for name, screened in found.items() if screened.questions or screened.unread]
    assert len(names) > 1_000
    assert len(asked) / len(names) <= MOST_ASKED, asked


@given(party=st.sampled_from(ENTRIES), filler=st.sampled_from(FILLERS), at=st.integers(0, 80))
def test_what_is_not_shown_changes_nothing(party: ListedParty, filler: str, at: int) -> None:
    """Wherever it stands, in letters and in signs."""
    for name in filter(None, (party.name_en, party.name_zh)):
        assert look(name[:at] + filler + name[at:], INDEX) == look(name, INDEX)


@given(name=st.sampled_from(ordinary()), letter=st.sampled_from("еоасԁһӏΟΑοՕօꓳᎪⲟ한ก"), at=st.integers(0, 40))
def test_one_letter_of_another_script_holds_any_name_open(name: str, letter: str, at: int) -> None:
    """Whether anything is alike or not."""
    assert letter in look(name[:at] + letter + name[at:], INDEX).unread


@pytest.mark.parametrize("fact", ["consignee", "end_user"])
@given(
    names=st.lists(st.sampled_from([*(party.name_en or party.name_zh for party in ENTRIES), *ordinary()]), max_size=3)
)
def test_more_names_never_close_anything(book: Rulebook, fact: str, names: list[str]) -> None:
    """Every further name of a cell only adds hits and questions."""
    screening = Screening(book)
    whole = screening.found(fact, "; ".join(names))
    for name in names:
        found = screening.found(fact, name)
        open_ = {question.party_id for question in whole.questions}
        assert found.sets <= whole.sets
        assert all(question.party_id in open_ or set(question.party_sets) <= whole.sets for question in found.questions)
