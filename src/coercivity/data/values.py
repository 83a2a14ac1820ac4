"""The values of facts: flags, words, dates, exact intervals, and sets that may be only partly known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from coercivity.base.days import Day
from coercivity.base.exact import Interval
from coercivity.base.json_types import Json


@dataclass(frozen=True, slots=True)
class SetValue:
    """A set of which some members are known.

    Attributes:
        has: Known members.
        lacks: Known non-members.
        complete: Whether everything not in `has` is a non-member.
    """

    has: frozenset[str]
    lacks: frozenset[str] = frozenset()
    complete: bool = True

    def holds(self, member: str) -> bool | None:
        """Returns whether `member` is in the set, or None if that is unknown."""
        if member in self.has:
            return True
        return False if self.complete or member in self.lacks else None


FactValue = bool | str | Day | Interval | SetValue
ANY_COUNTRY = "XX"  # a country other than China that is not named


def is_definite(value: FactValue | None) -> bool:
    """Returns whether a fact is fully known, with nothing left to ask."""
    if isinstance(value, SetValue):
        return value.complete
    if isinstance(value, Interval):
        return value.low == value.high
    return value is not None and value != ANY_COUNTRY


def plain_value(value: FactValue) -> Json:
    """Returns a fact value as text, flag or list, as written in proofs and files; must stay stable."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Day):
        return value.isoformat()
    return value if isinstance(value, str) else _plain(value)


@lru_cache(maxsize=4096)
def _plain(value: Interval | SetValue) -> Json:
    if isinstance(value, Interval):
        return value.text()
    if value.complete:
        return sorted(value.has)
    return {"has": sorted(value.has), "lacks": sorted(value.lacks)}
