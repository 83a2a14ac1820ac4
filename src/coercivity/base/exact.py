"""Exact numbers as integers of 1e-9, so that every implementation compares a threshold in the same way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

SCALE = 1_000_000_000
_LIMIT = 2**63 // SCALE
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?\Z", re.ASCII)


def parse_exact(text: str) -> int:
    """Returns the number as an integer of 1e-9.

    Raises:
        ValueError: If the text is not a finite decimal number, has more than nine decimals, or is too large.
    """
    if len(text) > 40 or not _NUMBER.match(text):
        raise ValueError("not a decimal number")
    scaled = Decimal(text) * SCALE
    if scaled != scaled.to_integral_value():
        raise ValueError("more than nine decimals")
    if abs(scaled) >= _LIMIT * SCALE:
        raise ValueError("too large")
    return int(scaled)


def exact_text(value: int) -> str:
    """Returns the shortest decimal text of an integer of 1e-9."""
    sign = "-" if value < 0 else ""
    whole, part = divmod(abs(value), SCALE)
    return f"{sign}{whole}" if not part else f"{sign}{whole}.{part:09d}".rstrip("0")


@dataclass(frozen=True, slots=True)
class Interval:
    """A number between two limits, both included [1e-9 of its unit]."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError("the lower limit is above the upper limit")

    def text(self) -> str | list[str]:
        """Returns the number, or both limits, as decimal text."""
        return exact_text(self.low) if self.low == self.high else [exact_text(self.low), exact_text(self.high)]
