"""Numbers of the papers of a company: exact for data, rounded half-even for readers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.papers.shared.paper.figures import cell, exact_text, figure, percent, percent_cell


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(9, 10), "0.9"),
        (Fraction(1, 3), "0.333333333"),
        (Fraction(110950800, 100), "1109508"),
        (Fraction(95745344, 100), "957453.44"),
        (Fraction(-1, 4), "-0.25"),
        (Fraction(-1, 10**12), "0"),
    ],
)
def test_data_have_decimal_text_without_exponent(value: Fraction, text: str) -> None:
    assert exact_text(value) == text


@pytest.mark.parametrize(
    ("text", "places", "shown"),
    [
        ("0.125", 2, "0.12"),  # a tie goes to the even digit
        ("0.375", 2, "0.38"),
        ("957453.44", 2, "957,453.44"),
        ("5246.4", 1, "5,246.4"),
        ("-0.5", 0, "0"),
        ("-1234.5", 1, "\u22121,234.5"),
    ],
)
def test_readers_get_half_even_and_groups(text: str, places: int, shown: str) -> None:
    assert figure(text, places) == shown


def test_per_cent_leaves_out_zeros_in_a_sentence_and_keeps_them_in_a_table() -> None:
    assert percent("0.9", "en") == "90 %"
    assert percent("0.90225", "en") == "90.225 %"
    assert percent("0.90225", "zh") == "90.225%"
    assert percent_cell("0.9", 3) == "90.000"
    assert percent_cell(None, 3) == cell(None, 1) == "–"


@given(st.fractions(min_value=-(10**9), max_value=10**9), st.integers(0, 6))
def test_rounding_is_off_by_half_a_digit_at_most(value: Fraction, places: int) -> None:
    shown = figure(exact_text(value), places).replace(",", "").replace("\u2212", "-")
    assert abs(Fraction(shown) - value) <= Fraction(1, 2 * 10**places) + Fraction(1, 10**9)
