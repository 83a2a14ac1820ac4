"""The one sum of numbers with a fraction: the same bits on every interpreter.

Since Python 3.12 the builtin `sum` carries along what rounding drops, so its floats differ from those of 3.11 in the
last bit, and a last bit is enough for other bytes and another hash. Here numbers are added one after another, as
written: what was published stays as it is, integers, fractions and decimals are added alike, and any language gives the
same. `math.fsum` would be as fast and more exact, but it takes floats only and would move figures that were published.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

Number = TypeVar("Number", int, float, Fraction, Decimal)
_NOTHING: Any = 0  # a number of every kind


def total(values: Iterable[Number]) -> Number:
    """Returns the sum of numbers, added from the first to the last; zero where there is none."""
    found: Number = _NOTHING
    for value in values:
        found += value
    return found
