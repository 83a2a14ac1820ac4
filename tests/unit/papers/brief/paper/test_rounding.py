"""How the printed report rounds: money, ranges in one unit, chances in whole per cent."""

from __future__ import annotations

import pytest

from coercivity.base.words import Lang
from coercivity.papers.brief.paper.rounding import amount, amount_range, chance, days, keur_range, number_range, share


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (0, "EUR 0", "0欧元"),
        (9870, "EUR 9,870", "9,870欧元"),
        (33_812, "EUR 33.8 k", "3.38万欧元"),
        (862_000, "EUR 862 k", "86.2万欧元"),
        (999_700, "EUR 1 M", "100万欧元"),
        (-11_340_000, "\u2212EUR 11.3 M", "\u22121,130万欧元"),
        (1_250_000_000, "EUR 1.25 billion", "12.5亿欧元"),
    ],
)
def test_money_has_three_figures_and_a_unit(value: float, en: str, zh: str) -> None:
    assert (amount(value, "EUR", "en"), amount(value, "EUR", "zh")) == (en, zh)


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        ("2891.9", "12422.2", "EUR 2.9 to 12.4 M"),
        ("-55.03", "5912.9", "EUR \u22120.06 to 5.91 M"),
        ("-164.3", "197871", "EUR 0 to 198 M"),
        ("0", "0", "EUR 0"),
        ("-36.2397", "-36.2396", "\u2212EUR 36.2 k"),
    ],
)
def test_both_ends_of_a_range_have_the_unit_of_the_larger_one(low: str, high: str, told: str) -> None:
    assert keur_range(low, high, "en") == told


def test_a_range_in_chinese() -> None:
    assert amount_range(2_891_900, 12_422_200, "EUR", "zh") == "289至1,242万欧元"
    assert number_range(0.0768, 0.412, "zh") == "0.08至0.41"
    assert amount_range(0, 158_000_000, "EUR", "zh") == "0至1.58亿欧元"


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [(0.0768, 0.412, "0.08 to 0.41"), (812.4, 1040.2, "812 to 1,040"), (5.0, 5.001, "5.00"), (0.012, 0.034, "0.0120 to 0.0340")],
)  # fmt: skip
def test_both_ends_of_a_range_have_the_same_decimals(low: float, high: float, told: str) -> None:
    assert number_range(low, high, "en") == told


@pytest.mark.parametrize(
    ("text", "lang", "told"),
    [
        ("0", "en", "0 %"),
        ("0.0004", "en", "<1 %"),
        ("0.548", "en", "55 %"),
        ("0.994", "zh", ">99%"),
        ("1", "en", "100 %"),
    ],
)
def test_chances_are_whole_per_cent(text: str, lang: Lang, told: str) -> None:
    assert chance(text, lang) == told


def test_days_are_whole_from_ten_on() -> None:
    assert [days(value) for value in (0.0, 2.531, 9.96, 57.22, 1234.5)] == ["0", "2.5", "10", "57", "1,234"]


def test_other_shares_keep_a_tenth_below_ten() -> None:
    assert share("0.0068", "en") == "0.7 %"
