"""Syllables in Wade-Giles, by the usual conversion tables."""

from __future__ import annotations

import pytest

from coercivity.intake.parties.scripts.wade_giles import spelt


@pytest.mark.parametrize(
    ("pinyin", "written"),
    [
        ("zuo", "tso"), ("cuo", "tso"), ("suo", "so"), ("duo", "to"), ("luo", "lo"), ("shuo", "shuo"), ("zhi", "chih"),
        ("xin", "hsin"), ("qing", "ching"), ("jing", "ching"), ("bei", "pei"), ("gong", "kung"), ("ren", "jen"),
        ("an", "an"), ("de", "te"), ("ye", "yeh"),
    ],
)  # fmt: skip
def test_a_syllable_is_written_without_marks(pinyin: str, written: str) -> None:
    assert spelt(pinyin) == written
