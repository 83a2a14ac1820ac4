"""Exact numbers as decimal text."""

from __future__ import annotations

from fractions import Fraction


def decimal_text(number: Fraction) -> str:
    """Returns the shortest decimal text of a number: 1/4 is `0.25`.

    Raises:
        ValueError: If the number has no finite decimal form.
    """
    places, rest = 0, number.denominator
    while rest % 2 == 0 or rest % 5 == 0:
        rest //= 10 if rest % 10 == 0 else 5 if rest % 5 == 0 else 2
        places += 1
    if rest != 1:
        raise ValueError(f"{number} has no finite decimal form")
    whole = abs(number.numerator) * 10**places // number.denominator
    digits = str(whole).rjust(places + 1, "0")
    text = digits if not places else f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".")
    return f"-{text}" if number < 0 else text
