"""Other alphabets by their sound, and romanised Japanese by the sound that its spellings share."""

from __future__ import annotations

import pytest

from coercivity.intake.parties.scripts import hepburn
from coercivity.intake.parties.scripts.loanwords import alike, skeleton
from coercivity.intake.parties.scripts.spoken import spoken


@pytest.mark.parametrize(
    ("text", "letters", "heard"),
    [
        ("Рейнметалл", "reinmetall", True),
        ("Щукин и Джексон", "shchukin i jekson", True),
        ("한화오션 주식회사", "hanhwaosyeon  ", True),
        ("МР Маtеriаls", "МР Маtеriаls", False),  # look-alike letters are read by their shape
        ("ООО", "ООО", False),
        ("Rheinmetall", "Rheinmetall", False),
    ],
)
def test_letters_are_spelt_as_they_sound(text: str, letters: str, heard: bool) -> None:
    assert spoken(text) == (letters, heard)


@pytest.mark.parametrize("letters", ["kogyo", "kougyou", "kohgyoh", "koogyo"])
def test_long_vowels_are_written_in_many_ways(letters: str) -> None:
    assert hepburn.key_of(letters) == "kogyo"


@pytest.mark.parametrize(
    ("one", "other"),
    [("shimbashi", "shinbashi"), ("sinbasi", "shinbashi"), ("tuzi", "tsuji"), ("nanbu", "nambu"), ("hutaba", "futaba")],
)
def test_other_romanisations_sound_alike(one: str, other: str) -> None:
    assert hepburn.key_of(one) == hepburn.key_of(other)


def test_a_loanword_keeps_its_consonants() -> None:
    assert skeleton("rokkidomatin") == skeleton("lockheedmartin")
    assert skeleton("abu") == ""
    assert alike("rokkidomatin", "lockheedmartin") > 0.8
    assert alike("rokkidomatin", "rheinmetall") < 0.5
