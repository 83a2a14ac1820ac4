"""Sums of numbers with a fraction: the same bits on every interpreter.

Since Python 3.12 the builtin `sum` compensates rounding errors, so its floats differ from those of 3.11 in the
last bit, and one bit changes the bytes and the hash. Here numbers are added one after another, as
written: published figures stay the same, integers, fractions and decimals are added alike, and any language gives the
same sum. `math.fsum` is as fast and more exact, but it takes only floats and would change published figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

Number = TypeVar("Number", int, float, Fraction, Decimal)
_NOTHING: Any = 0  # any kind of number


def total(values: Iterable[Number]) -> Number:
    """Returns the sum of numbers, added from first to last; zero if there are none."""
    found: Number = _NOTHING
    for value in values:
        found += value
    return found
