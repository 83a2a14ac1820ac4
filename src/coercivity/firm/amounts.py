"""Numbers of licence times as text."""

from __future__ import annotations

from fractions import Fraction

from coercivity.base.canonical import round_sig


def number_text(value: Fraction | float) -> str:
    """Returns a number as decimal text of at most nine significant digits, without an exponent."""
    text = f"{round_sig(float(value)):.12f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text
