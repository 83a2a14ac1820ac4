"""Amounts in a company file as exact masses: kilograms, tonnes, grams, or pieces with their weight."""

from __future__ import annotations

import re
from fractions import Fraction

from coercivity.base.canonical import round_sig

MASS_UNITS = {"kg": Fraction(1), "t": Fraction(1000), "g": Fraction(1, 1000)}
PIECES = "pieces"
UNITS = (*MASS_UNITS, PIECES)
_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,12})?", re.ASCII)


def parse_amount(text: str) -> Fraction:
    """Returns the exact number in a text.

    Raises:
        ValueError: If it is not a decimal number, or is negative.
    """
    if not _NUMBER.fullmatch(text):
        raise ValueError("not a decimal number; write digits and a point, such as 1200.5")
    number = Fraction(text)
    if number < 0:
        raise ValueError("must not be negative")
    return number


def mass_kg(amount: Fraction, unit: str, piece_kg: Fraction | None) -> Fraction:
    """Returns an amount as a mass [kg].

    Args:
        amount: The number.
        unit: Its unit.
        piece_kg: Weight of one piece, if given [kg].

    Raises:
        ValueError: If the unit is not known, or pieces have no weight.
    """
    if unit == PIECES:
        if piece_kg is None:
            raise ValueError("pieces need piece_kg, the weight of one piece")
        return amount * piece_kg
    if unit not in MASS_UNITS:
        raise ValueError("not a known unit; use one of " + ", ".join(UNITS))
    return amount * MASS_UNITS[unit]


def number_text(value: Fraction | float) -> str:
    """Returns a number as decimal text of at most nine significant digits, without an exponent."""
    text = f"{round_sig(float(value)):.12f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text
