"""Numbers as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.intake.composition.flat import flat
from coercivity.intake.composition.numbers import read_number

READ = [
    ("1234.5", "", "1234.5", ""),
    ("1,234.5", "", "1234.5", "comma as thousands separator"),
    ("1.234,5", "", "1234.5", "decimal comma"),
    ("1 234,5", "", "1234.5", "thousands separated, decimal comma"),
    ("1'234.5", "", "1234.5", "thousands separated"),
    ("1,8", "", "1.8", "decimal comma"),
    ("1.234", "", "1.234", ""),
    ("1.234", ",", "1234", "point as thousands separator"),
    ("1,234", "", "1234", "exactly three digits"),
    ("1,234", ",", "1.234", "decimal comma"),
    ("0,018", "", "0.018", "decimal comma"),
    ("1,234,567", "", "1234567", "comma as thousands separator"),
    ("１２.５", "", "12.5", "full-width"),
    ("约1.8", "", "1.8", "approximate"),
    ("1.2E+05", "", "120000", "interpreted as 120000"),
    ("12-", "", "-12", ""),
    ("(12)", "", "-12", ""),
    (".5", "", "0.5", ""),
]


@pytest.mark.parametrize(("text", "decimal", "value", "note"), READ)
def test_numbers(text: str, decimal: str, value: str, note: str) -> None:
    read = read_number(text, decimal=decimal)
    assert read.value == Decimal(value)
    assert note in "; ".join(read.notes)
    assert bool(note) == bool(read.notes)


@pytest.mark.parametrize(
    "text", ["", "abc", "1,2,3", "1.2.3", "1,23,456.7", "--5", "-5-", "٣", "1" * 50, "nan", "0x10"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write digits"):
        read_number(text)


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_a_plain_number_is_itself(value: Decimal) -> None:
    assert read_number(f"{value:f}").value == value


@given(st.text(max_size=60))
def test_flat_twice_is_flat(text: str) -> None:
    assert flat(flat(text)) == flat(text)
