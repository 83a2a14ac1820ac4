"""Kleene's three truth values, ordered NO < UNKNOWN < YES, so that AND is min and OR is max."""

from __future__ import annotations

from enum import IntEnum


class Truth(IntEnum):
    """Yes, no, or not known."""

    NO = 0
    UNKNOWN = 1
    YES = 2

    @property
    def word(self) -> str:
        """Value as written in proofs."""
        return WORDS[self]


NO, UNKNOWN, YES = Truth.NO, Truth.UNKNOWN, Truth.YES
WORDS = ("no", "unknown", "yes")
_NOT = (YES, UNKNOWN, NO)


def negate(value: Truth) -> Truth:
    """Returns the Kleene negation; unknown stays unknown."""
    return _NOT[value]


def of(flag: bool) -> Truth:
    """Returns YES or NO."""
    return YES if flag else NO
