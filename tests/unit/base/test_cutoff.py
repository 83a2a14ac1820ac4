"""Signs that a text is cut off, and complete texts that show one."""

from __future__ import annotations

import pytest

from coercivity.base.cutoff import LIMITS, at_limit, shown_cut


@pytest.mark.parametrize(
    "text",
    [
        "Nd 22 %, Pr 7 %,", "magnets;", "钕、", "Nd/", "Nd+", "magnet &", "Dy:", "Dy -", "Dy <", "NdFeB (with Dy",
        "magnet [N42", "magnets with", "Magnet mit", "Nd and", "Nd und", "钕铁硼含", "钕和", "oxide of", "Nd 30...", "B 1.",
        "氧化", "Nd 30 %,   ",
    ],
)  # fmt: skip
def test_what_waits_for_more_shows_a_cut(text: str) -> None:
    assert shown_cut(text)


@pytest.mark.parametrize(
    "text",
    ["Nd 22 %, Pr 7 %", "Fe bal.", "NdFeB (Dy 1 %)", "neodymium band", "Nd2O3 99.9", "氧化镝", "合金", "5 x 5 mm", ""],
)
def test_what_is_complete_shows_none(text: str) -> None:
    assert shown_cut(text) == ""


def test_the_usual_lengths_of_fields_are_limits_with_and_without_the_blanks_around() -> None:
    assert {35, 40, 50, 255} <= LIMITS
    assert at_limit("x" * 40)
    assert at_limit(" " + "x" * 40)
    assert at_limit("x" * 38 + "  ")
    assert not at_limit("x" * 39)
