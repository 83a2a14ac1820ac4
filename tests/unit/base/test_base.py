"""Foundations: exact numbers, days, truth values, canonical bytes, nearest names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.base.canonical import canonical_json, round_sig, sha256
from coercivity.base.days import Day, WorkingCalendar, parse_day
from coercivity.base.errors import CoercivityError, Faults, nearest
from coercivity.base.exact import Interval, exact_text, parse_exact
from coercivity.base.truth import NO, UNKNOWN, YES, negate
from coercivity.base.words import bare, plain


@given(st.decimals(min_value=-9_000_000, max_value=9_000_000, places=9, allow_nan=False, allow_infinity=False))
def test_exact_numbers_go_round(number: object) -> None:
    """Text to integer of 1e-9 and back."""
    assert parse_exact(exact_text(parse_exact(f"{number:f}"))) == parse_exact(f"{number:f}")


@pytest.mark.parametrize(
    "text", ["", "1,8", "1 8", "nan", "inf", "0x1", "1e999", "1.0000000001", "9" * 41, "1_000", "٣"]
)
def test_what_is_no_exact_number(text: str) -> None:
    """Commas, words, too many decimals, too large."""
    with pytest.raises(ValueError, match=r"."):
        parse_exact(text)


def test_an_interval_has_its_ends_in_order() -> None:
    """Turned ends are refused."""
    with pytest.raises(ValueError, match="lower limit"):
        Interval(2, 1)


@pytest.mark.parametrize(
    "text",
    ["2025-02-30", "2025-2-3", "20250203", "31.12.2026", "", "today", "2025-02-03T00:00", "0001-01-01", "9999-12-31"],
)
def test_what_is_no_day(text: str) -> None:
    """Another form, or a day that does not exist."""
    with pytest.raises(ValueError, match=r"date|exist|outside"):
        parse_day(text)


def test_working_days_count_from_the_day_after_and_stop_at_an_unknown_year() -> None:
    """Days off and a make-up Saturday."""
    off = {2026: frozenset({parse_day("2026-10-01"), parse_day("2026-10-02")})}
    calendar = WorkingCalendar(off, {2026: frozenset({parse_day("2026-10-03")})})
    assert calendar.after(parse_day("2026-09-30"), 1) == parse_day("2026-10-03")
    assert calendar.after(parse_day("2026-09-30"), 2) == parse_day("2026-10-05")
    assert calendar.after(parse_day("2026-12-30"), 5) is None
    assert calendar.after(Day.max, 5) is None


def test_kleene_negation() -> None:
    """Unknown stays unknown."""
    assert [negate(value) for value in (NO, UNKNOWN, YES)] == [YES, UNKNOWN, NO]


def test_canonical_bytes_do_not_depend_on_order_and_refuse_floats() -> None:
    """The same value, the same hash; a float could be written in more than one way."""
    assert canonical_json({"b": 1, "a": ["中"]}) == '{"a":["中"],"b":1}'.encode()
    assert sha256({"a": 1, "b": 2}) == sha256({"b": 2, "a": 1})
    with pytest.raises(TypeError):
        sha256({"a": [0.1]})


def test_model_results_keep_nine_significant_digits() -> None:
    """What is written is what is hashed."""
    assert round_sig(123456.7891234) == 123456.789
    assert round_sig(-0.000012345678949) == -0.0000123456789


def test_faults_are_raised_together() -> None:
    """Two faults, one error, in order."""
    faults = Faults()
    faults.add("A", "first", where="x:1", nearest=["y"], next="mend it")
    faults.add("B", "second")
    with pytest.raises(CoercivityError) as caught:
        faults.raise_if_any()
    assert caught.value.text() == "x:1: A: first\n    nearest: y\n    next: mend it\nB: second"


def test_nearest_names_ignore_case() -> None:
    """Best first."""
    assert nearest("FORM", ["from", "form", "act"])[0] == "form"


@pytest.mark.parametrize(
    "sign", ["\x1b", "\x07", "\r", "\n", "\x7f", "\x9b", "\u202e", "\u2066", "\u200b", "\u2028", "\ud800"]
)
def test_no_sign_of_a_message_steers_a_terminal(sign: str) -> None:
    """Escapes, line ends, marks that turn the reading direction, half a sign: shown as a question mark."""
    assert plain(f"a{sign}b") == "a?b"
    fault = Faults()
    fault.add("A", f"what{sign}", where=f"x{sign}:1", nearest=[f"y{sign}"], next=f"mend{sign}")
    with pytest.raises(CoercivityError) as caught:
        fault.raise_if_any()
    assert caught.value.text() == "x?:1: A: what?\n    nearest: y?\n    next: mend?"


def test_plain_text_stays_as_it_is() -> None:
    """Chinese, accents and signs; a tab becomes a blank."""
    assert plain("钕铁硼 N52 – é\t½") == "钕铁硼 N52 – é ½"


def test_bare_text_has_no_case_width_accent_or_hidden_sign() -> None:
    """What compares names; Japanese voiced signs are letters of their own."""
    assert bare("ＣÔte d\u200b’Ivoire ガ") == "cote d’ivoire ガ"
