"""Variants of listed names always match or lead to a question, and ordinary names rarely do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks._name_lists import Made, lei, made_list, made_parties
from benchmarks._name_sets import of_builtin, of_made
from benchmarks._name_variants import Variant, without_form
from benchmarks._names import FILLERS, ordinary, writings
from benchmarks._unlisted import unlisted
from coercivity.data.parties.judgement import Judgement, Says
from coercivity.data.parties.listed import Identifier, ListEntry
from coercivity.intake.parties.builtin import builtin_lists
from coercivity.intake.parties.judgements.held import Judgements, seen_of
from coercivity.intake.parties.names import fold
from coercivity.intake.parties.results import Asked, Finding, PartyResult
from coercivity.intake.parties.screener import Screener
from coercivity.intake.parties.screening import Screening
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.rulebook import Rulebook

REPO = Path(__file__).parents[2]
LISTS = builtin_lists(load_rulebook())
BUILTIN = Screener(LISTS)
ENTRIES = [entry for one in LISTS for entry in one.entries]
INDEX_SETS = {entry.party_set for entry in ENTRIES}
MADE = made_parties(24)
MADE_LIST = made_list(MADE)
OF_MADE = Screener((MADE_LIST,))
# Written parties of every kind: as listed, in every kind of variant, and ordinary.
WRITTEN = [*(one.text for entry in ENTRIES for one in entry.names), *(one.written for _, one in of_builtin(LISTS))]
MOST_ASKED = 0.03  # share of ordinary names that may be asked about
# A writing that is the name of another listed party by itself is that party, and no question of this one.
IS_ANOTHER = {"Lockheed Martin", "General Dynamics"}
# A given name alone identifies no one.
GIVEN_NAMES = {"Margaret", "Stephen"}
# Kinds that rest on a distance, on a sound or on another sign, each only ever a question.
NEVER_SURE = (
    "slip",
    "misread",
    "homophone",
    "other sign",
    "sign dropped",
    "sign misread",
    "one jamo",
    "hiragana",
    "katakana",
)


def named(entry: ListEntry) -> list[str]:
    """The names of an entry in Latin letters of more than two letters, as published."""
    return [one.text for one in entry.names if one.kind == "name" and one.text.isascii() and len(one.text) > 2]


def told(result: PartyResult) -> tuple[object, ...]:
    """What a result says, without what was written."""
    found = {(one.entry.list_id, one.entry.entry_id, one.entry.party_set, one.verdict) for one in result.findings}
    return result.verdict, frozenset(found), frozenset(result.unread.casefold()), result.nobody


def held(name: str) -> set[str]:
    """The party sets that a name hits or leaves open."""
    found = BUILTIN.screen(Asked(name))
    asked = {one.entry.party_set for one in found.findings if one.verdict != "none"}
    return asked | (INDEX_SETS if found.unread else set())


def plain(name: str) -> str:
    """Letters, digits and signs of a name without its form."""
    return "".join(filter(str.isalnum, without_form(name).casefold()))


def test_no_writing_of_a_listed_name_is_called_none() -> None:
    """Case, filler, script, small capitals, one letter, form, order, a word more or less: every name, every kind."""
    tried: Counter[str] = Counter()
    missed = []
    for entry in ENTRIES:
        for listed in named(entry):
            for kind, name in writings(listed):
                tried[kind] += 1
                if entry.party_set not in held(name) and name not in IS_ANOTHER | GIVEN_NAMES:
                    missed.append((kind, listed, name))
    assert not missed
    assert min(tried.values()) > 200


def test_ordinary_names_are_seldom_asked_about() -> None:
    """Over a thousand firms of the trade in Latin letters, Chinese signs and kana; not one is a hit."""
    names = ordinary()
    found = dict(zip(names, BUILTIN.screen_all([Asked(name) for name in names]), strict=True))
    assert not [name for name, screened in found.items() if screened.verdict == "match"]
    asked = [name for name, screened in found.items() if screened.verdict != "none"]
    assert len(names) > 1_000
    assert len(asked) / len(names) <= MOST_ASKED, asked


@pytest.mark.parametrize("screener", [BUILTIN, OF_MADE], ids=["built-in", "made up"])
def test_twelve_thousand_unlisted_firms_match_nobody(screener: Screener) -> None:
    """They share trade words, places and forms with listed names."""
    names = unlisted()
    verdicts = Counter(one.verdict for one in screener.screen_all([Asked(name) for name in names]))
    assert len(names) == 12_000
    assert verdicts["match"] == 0
    assert verdicts["possible"] <= MOST_ASKED * len(names)


@given(entry=st.sampled_from(ENTRIES), filler=st.sampled_from(FILLERS), at=st.integers(0, 80))
def test_what_is_not_shown_changes_nothing(entry: ListEntry, filler: str, at: int) -> None:
    """Wherever it stands, in letters and in signs."""
    for name in (one.text for one in entry.names):
        found = BUILTIN.screen(Asked(name[:at] + filler + name[at:]))
        assert replace(found, asked=Asked(name)) == BUILTIN.screen(Asked(name))


@given(name=st.sampled_from(ordinary()), letter=st.sampled_from("еоасԁһӏΟΑοՕօꓳᎪⲟ한ก"), at=st.integers(0, 40))
def test_one_letter_of_another_script_holds_any_name_open(name: str, letter: str, at: int) -> None:
    """Whether anything is alike or not."""
    assert letter in BUILTIN.screen(Asked(name[:at] + letter + name[at:])).unread


@pytest.mark.parametrize("fact", ["consignee", "end_user"])
@given(names=st.lists(st.sampled_from([*(entry.name for entry in ENTRIES), *ordinary()]), max_size=3))
def test_more_names_never_close_anything(book: Rulebook, fact: str, names: list[str]) -> None:
    """Every further name of a cell only adds hits and questions."""
    screening = Screening(book)
    whole = screening.found(fact, "; ".join(names))
    for name in names:
        found = screening.found(fact, name)
        open_ = {question.party_id for question in whole.questions}
        assert found.sets <= whole.sets
        assert all(question.party_id in open_ or set(question.party_sets) <= whole.sets for question in found.questions)


@given(
    names=st.lists(st.sampled_from([*WRITTEN[::7], *ordinary()]), min_size=1, max_size=4), by=st.sampled_from("\n;|")
)
def test_another_name_in_the_cell_never_weakens_a_finding(names: list[str], by: str) -> None:
    whole = {one.entry.entry_id: one.verdict for one in reversed(BUILTIN.screen(Asked(f"{by} ".join(names))).findings)}
    for name in names:
        for one in BUILTIN.screen(Asked(name)).findings:
            assert whole.get(one.entry.entry_id) in {"match", one.verdict}, (name, one.listed)


def variants() -> list[tuple[Screener, str, Variant]]:
    """Variants of listed names that are not themselves a listed name, a share of each list's."""
    listed = {plain(one.text) for entry in (*ENTRIES, *MADE_LIST.entries) for one in entry.names}
    found = [(BUILTIN, party, one) for party, one in of_builtin(LISTS)] + [
        (OF_MADE, party, one) for party, one in of_made(MADE)
    ]
    return [(screener, party, one) for screener, party, one in found if plain(one.written) not in listed]


def test_a_distance_a_sound_or_another_sign_never_matches() -> None:
    """Of every name and list; the kinds are those that rest on nothing else."""
    tried: Counter[str] = Counter()
    for screener, chosen in ((BUILTIN, "built-in"), (OF_MADE, "made up")):
        some = [
            (party, one) for which, party, one in variants() if which is screener and one.kind.startswith(NEVER_SURE)
        ]
        results = screener.screen_all([Asked(one.written) for _, one in some])
        tried.update(one.kind.split(",")[0] for _, one in some)
        sure = [
            (chosen, one, each.listed)
            for (party, one), result in zip(some, results, strict=True)
            for each in result.findings
            if each.entry.entry_id == party and each.verdict == "match"
        ]
        assert not sure
    assert min(tried.values()) > 10, tried


@given(entry=st.sampled_from(ENTRIES), times=st.integers(1, 4))
def test_case_width_and_space_never_change_the_verdict(entry: ListEntry, times: int) -> None:
    for name in (one.text for one in entry.names):
        want = told(BUILTIN.screen(Asked(name)))
        wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in name)
        spaced = (" " * times).join(name.split(" "))
        for other in (
            name.upper(),
            name.lower(),
            wide,
            spaced,
            f" {name}\t",
            f"\u200b{name}\ufeff",
            name.replace(" ", "\u00a0"),
        ):
            assert told(BUILTIN.screen(Asked(other))) == want, other


def test_listed_names_match_in_every_script_they_are_listed_in() -> None:
    """A name or an alias is a match of its entry; former, short and weak ones are at least a question."""
    for screener in (BUILTIN, OF_MADE):
        for entry in (entry for one in screener.lists for entry in one.entries):
            for one in entry.names:
                found = screener.screen(Asked(one.text))
                mine = [each for each in found.findings if each.entry.entry_id == entry.entry_id]
                assert mine, (entry.entry_id, one)
                if one.kind in {"name", "alias"}:
                    assert mine[0].verdict == "match", (entry.entry_id, one)


@given(one=st.sampled_from([one for one in MADE if one.entry.identifiers]), name=st.sampled_from(ordinary()))
def test_an_equal_identifier_matches_whatever_the_name(one: Made, name: str) -> None:
    asked = Asked(name, identifiers=one.entry.identifiers)
    found = [each for each in OF_MADE.screen(asked).findings if each.entry == one.entry]
    assert [each.verdict for each in found] == ["match"]
    other = Asked(name, identifiers=(Identifier("lei", lei(99_991)),))
    assert told(OF_MADE.screen(other)) == told(OF_MADE.screen(Asked(name)))


@given(name=st.sampled_from([*WRITTEN[::5], *ordinary()]))
def test_adding_a_list_never_removes_a_finding(name: str) -> None:
    def found(lists: Screener) -> set[tuple[str, str, str]]:
        return {(one.entry.list_id, one.entry.entry_id, one.verdict) for one in lists.screen(Asked(name)).findings}

    assert found(BUILTIN) <= found(BOTH)


BOTH = Screener((*LISTS, MADE_LIST))
BACKWARDS = Screener([replace(one, entries=one.entries[::-1]) for one in (MADE_LIST, *LISTS[::-1])])


@given(name=st.sampled_from([*WRITTEN[::3], *ordinary()]))
def test_the_order_of_lists_and_entries_changes_no_verdict(name: str) -> None:
    assert told(BACKWARDS.screen(Asked(name))) == told(BOTH.screen(Asked(name)))


def test_one_at_a_time_is_the_same_as_all_at_once() -> None:
    asked = [Asked(name) for name in [*WRITTEN[::23], *ordinary()[::5]]]
    assert [BUILTIN.screen(one) for one in asked] == BUILTIN.screen_all(asked)


SCREENED = """
import hashlib
from tests.properties.test_names import BOTH, WRITTEN
from coercivity.intake.parties.results import Asked
found = BOTH.screen_all([Asked(name) for name in WRITTEN[::101]])
print(hashlib.sha256(repr(found).encode()).hexdigest())
"""


def test_results_do_not_depend_on_the_seed_of_hashes() -> None:
    digests = set()
    for seed in ("0", "4711"):
        run = [sys.executable, "-c", SCREENED]
        told = subprocess.run(
            run, env={**os.environ, "PYTHONHASHSEED": seed}, cwd=REPO, capture_output=True, text=True, check=True
        )
        digests.add(told.stdout)
    assert len(digests) == 1


def judged(asked: Asked, finding: Finding, says: Says) -> Judgement:
    """A judgement of a pair as it stands."""
    seen = seen_of(asked, finding.written, finding.entry)
    entry = finding.entry
    return Judgement(
        entry.list_id, entry.entry_id, finding.written, says, "trade control", "2026-11-27T09:00:00Z", "checked", seen
    )


@given(
    name=st.sampled_from(WRITTEN[::5]),
    other=st.sampled_from(WRITTEN[::11]),
    says=st.sampled_from(["same", "different", "unsure", "withdrawn"]),
)
def test_a_judgement_changes_its_own_pair_only(name: str, other: str, says: Says) -> None:
    """Every finding of another name, or of another entry, is what it was."""
    theirs = BUILTIN.screen(Asked(other))
    about = theirs.findings[0] if theirs.findings else None
    held = Judgements([] if about is None else [judged(theirs.asked, about, says)])
    mine = BUILTIN.screen(Asked(name))
    for one in mine.findings:
        pair = (
            about is not None
            and about.entry.entry_id == one.entry.entry_id
            and fold(about.written) == fold(one.written)
        )
        assert pair or one in held.applied(mine).findings
