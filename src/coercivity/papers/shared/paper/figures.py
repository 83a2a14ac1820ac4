"""Exact numbers as decimal text for data, and rounded half-even for readers."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.base.words import Lang

_DIGITS = 9  # decimals of a number that does not end
_PRECISION = 60


def exact_text(value: Fraction) -> str:
    """Returns a number as decimal text with up to nine decimals, without an exponent."""
    return _decimal(value, _DIGITS)


def optional_text(value: Fraction | None) -> str | None:
    """Returns the same, or None if there is no number."""
    return None if value is None else exact_text(value)


def day_or_none(day: Day | None) -> str | None:
    """Returns a date in ISO form, or None."""
    return None if day is None else day.isoformat()


def figure(text: str, places: int, *, trim: bool = False) -> str:
    """Returns decimal text with a number of decimals and its digits in groups of three.

    Args:
        text: A decimal number.
        places: Number of decimals.
        trim: Leave out zeros at the end.
    """
    whole, _, part = _decimal(Fraction(text), places).partition(".")
    sign, whole = ("\u2212", whole[1:]) if whole.startswith("-") else ("", whole)
    part = part if trim else part.ljust(places, "0")
    return f"{sign}{int(whole):,}" + (f".{part}" if part else "")


def percent(text: str, lang: Lang, places: int = 3) -> str:
    """Returns a share as per cent, as a sentence writes it: `90.225 %`; in Chinese without a blank.

    Args:
        text: Share as decimal text.
        lang: Language.
        places: Largest number of decimals.
    """
    told = figure(exact_text(Fraction(text) * 100), places, trim=True)
    return f"{told}%" if lang == "zh" else f"{told} %"


def percent_cell(text: str | None, places: int) -> str:
    """Returns a share as per cent for a column that names the unit; a dash if there is none."""
    return "–" if text is None else figure(exact_text(Fraction(text) * 100), places)


def cell(text: str | None, places: int) -> str:
    """Returns a number for a column that names the unit; a dash if there is none."""
    return "–" if text is None else figure(text, places)


def listed(texts: Iterable[str], lang: Lang) -> str:
    """Returns texts in one line."""
    return ("、" if lang == "zh" else ", ").join(texts)


def _decimal(value: Fraction, places: int) -> str:
    """Returns a number with at most so many decimals, rounded half-even, without zeros at the end."""
    rounded = round(value, places)  # of a fraction: half-even, exact
    with localcontext() as context:
        context.prec, context.rounding = _PRECISION, ROUND_HALF_EVEN
        text = f"{Decimal(rounded.numerator) / Decimal(rounded.denominator):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def number(value: float) -> str:
    """Returns a number as decimal text without an exponent."""
    text = f"{Decimal(repr(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
