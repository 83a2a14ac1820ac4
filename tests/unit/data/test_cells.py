"""Cells: each type accepts valid values and rejects ambiguous ones."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.data.cells import PARSERS, parse_period, trail_of


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024-Q4", "2024-10-01", "2024-12-31"),
        ("2024-H1", "2024-01-01", "2024-06-30"),
        ("2024-06-30", "2024-06-30", "2024-06-30"),
        ("2023-07..2024-06", "2023-07-01", "2024-06-30"),
        ("2024-01..2024-Q2", "2024-01-01", "2024-06-30"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text: str, first: str, last: str) -> None:
    period = parse_period(text)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    assert period.text == text


@pytest.mark.parametrize(
    "text",
    [
        "24",
        "2024-13",
        "2024-Q5",
        "2024-H3",
        "2024-02-30",
        "FY2024",
        "2024-6",
        "2025..2024",
        "2024..",
        "1..2..3",
        "９９９９",
    ],
)
def test_other_forms_of_a_period_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"period|exist|day|month"):
        parse_period(text)


@pytest.mark.parametrize("text", ["nan", "NaN", "inf", "-Infinity", "1,000", "1_000", "0x10", "١", "NA", "1 ", "", "-"])
@pytest.mark.parametrize("kind", ["number", "exact"])
def test_what_is_no_finite_decimal_number_is_refused(kind: str, text: str) -> None:
    with pytest.raises(ValueError, match="number"):
        PARSERS[kind](text)


def test_a_number_too_large_to_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        PARSERS["number"]("1e999")


def test_an_exact_number_keeps_its_digits() -> None:
    assert PARSERS["exact"]("0.100") == Decimal("0.100")
    assert str(PARSERS["exact"]("0.100")) == "0.100"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("flag", "yes"),
        ("flag", "2"),
        ("integer", "1.0"),
        ("integer", "1e3"),
        ("day", "2024-1-1"),
        ("day", "2024-02-30"),
        ("url", "ftp://a.org"),
        ("url", "https://a b"),
        ("choices", "a;;b"),
        ("refs", "a;a"),
        ("parts", "a+"),
    ],
)
def test_each_type_refuses_other_text(kind: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        PARSERS[kind](text)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_every_day_lies_in_its_own_month_and_year(day: dt.date) -> None:
    for text in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4], f"{day.year:04}-Q{(day.month + 2) // 3}"):
        period = parse_period(text)
        assert period.first <= day <= period.last


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9))
def test_decimal_text_is_read_as_the_same_number(number: Decimal) -> None:
    assert PARSERS["number"](f"{number:f}") == float(number)
    assert PARSERS["exact"](f"{number:f}") == number


def test_a_trail_names_rows_of_tables() -> None:
    text = "(demand:D0376 - demand:D0382) x 0.7 + processing_capacity:PC095; ours"
    assert trail_of(text) == [("demand", "D0376"), ("demand", "D0382"), ("processing_capacity", "PC095")]
