"""HS codes: six to ten digits in any common notation, and nothing else."""

from __future__ import annotations

import pytest

from coercivity.intake.goods.hs import hs_digits


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("850511", "850511"),
        ("8505.11.10 00", "8505111000"),
        ("HS: 8505-11", "850511"),
        ("８５０５１１", "850511"),
        ("8505/11/1000", "8505111000"),
    ],
)
def test_codes_in_any_writing_are_read(text: str, digits: str) -> None:
    assert hs_digits(text) == (digits, "")


@pytest.mark.parametrize("text", ["magnet", "ABCDEF", "8505X1", "٨٥٠٥١١", "", "HS"])
def test_what_is_not_digits_is_no_code(text: str) -> None:
    assert hs_digits(text) == ("", "expected digits")


@pytest.mark.parametrize("text", ["85051", "85051110001"])
def test_a_code_has_six_to_ten_digits(text: str) -> None:
    digits, wrong = hs_digits(text)
    assert digits == text
    assert wrong == f"{len(text)} digits; expected six to ten"
