"""Kana in Latin letters; other characters are left unchanged."""

from __future__ import annotations

import pytest

from coercivity.intake.parties.scripts.kana import in_letters


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("きゃ", "kya"),
        ("シャ", "sha"),
        ("ファ", "fa"),
        ("ロッキード", "rokkido"),
        ("あおき", "aoki"),
        ("a社き", "a社ki"),
    ],
)
def test_kana_are_spelt_after_hepburn(text: str, letters: str) -> None:
    assert in_letters(text) == letters
