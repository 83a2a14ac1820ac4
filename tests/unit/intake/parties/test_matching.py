"""Matchers: certain ones give hits, the others only questions."""

from __future__ import annotations

import pytest

from coercivity.intake.parties.index import PartyIndex, party_index
from coercivity.intake.parties.matching import MATCHERS, Candidate, Matcher
from coercivity.intake.parties.screen import KINDS, look, screen
from coercivity.law.rules.load import law_folder

PARTIES = law_folder() / "parties.csv"
INDEX = party_index(PARTIES)
SURE = MATCHERS[: len(KINDS)]


class Beginnings:
    """A matcher that guesses: the listed name begins like the written one."""

    kind = "beginning"

    def candidates(self, name: str, index: PartyIndex) -> tuple[Candidate, ...]:
        """Returns the listed names that begin with the written one."""
        return tuple(
            Candidate(one.party_id, one.name, self.kind, False, 500, ("same_head",))
            for key, found in sorted(index.as_written.items())
            if key.startswith(name)
            for one in found
        )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("General Dynamics", "exact"),
        (" General  Dynamics ", "exact"),
        ("通用动力公司", "exact"),
        ("GENERAL DYNAMICS CORP.", "folded"),
        ("通用动力", "folded"),
        ("通用動力公司", "scripted"),
        ("Gеneral Dynamics", "scripted"),
        ("沖電気工業株式会社", "scripted"),
    ],
)
def test_a_hit_has_its_kind(name: str, kind: str) -> None:
    """The surest way in which the names are the same."""
    assert {hit.kind for hit in screen(name, PARTIES)} == {kind}


def test_the_sure_matchers_come_surest_first() -> None:
    """Their kinds are those that a hit may have; those that only ask come behind them."""
    assert tuple(matcher.kind for matcher in MATCHERS) == (*KINDS, "pinyin", "alike")


def test_the_surest_part_of_a_cell_names_the_kind() -> None:
    """A party written twice is one hit for each of its entries."""
    hits = screen("GENERAL DYNAMICS CORP. (General Dynamics)", PARTIES)
    assert [(hit.party_set, hit.kind) for hit in hits] == [("cl-2025-1", "exact")]


def test_what_is_not_settled_is_a_question_and_no_hit() -> None:
    """The party sets stay open until somebody answers."""
    guess: Matcher = Beginnings()
    found = look("Intelligent Epi", INDEX, (*SURE, guess))
    assert not found.hits
    assert [question.candidate.listed for question in found.questions] == ["Intelligent Epitaxy Technology"]
    assert found.questions[0].candidate.features == ("same_head",)


def test_a_settled_name_asks_nothing_of_the_same_party() -> None:
    """Later matchers are not asked of a name that is settled."""
    found = look("General Dynamics", INDEX, (*MATCHERS, Beginnings()))
    assert found.hits
    assert not found.questions


@pytest.mark.parametrize("matcher", SURE, ids=lambda matcher: matcher.kind)
def test_sure_matchers_are_settled_and_say_why(matcher: Matcher) -> None:
    """Every candidate of theirs is one thousand per mille, with a feature that can be read."""
    names = ["General Dynamics", "通用動力公司", "Tongyong Dongli Gongsi", "GENERAL DYNAMICS"]
    found = [one for name in names for one in matcher.candidates(name, INDEX)]
    assert found
    assert all(one.settled and one.score_per_mille == 1000 and one.features for one in found)


@pytest.mark.parametrize("matcher", MATCHERS[len(KINDS) :], ids=lambda matcher: matcher.kind)
def test_the_others_only_ask_and_say_why(matcher: Matcher) -> None:
    """None of their candidates is settled, and each has a feature that can be read."""
    found = [one for name in ("Tongyong Dongli", "Dynamics General") for one in matcher.candidates(name, INDEX)]
    assert found
    assert all(not one.settled and 0 < one.score_per_mille < 1000 and one.features for one in found)
