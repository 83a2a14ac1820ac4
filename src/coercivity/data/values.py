"""The values that facts take: flags, words, days, exact intervals, and sets that may be only partly known."""

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
        has: Members known to be in.
        lacks: Members known to be out.
        complete: True when everything not in `has` is out.
    """

    has: frozenset[str]
    lacks: frozenset[str] = frozenset()
    complete: bool = True

    def holds(self, member: str) -> bool | None:
        """Returns whether `member` is in, or None where that is not known."""
        if member in self.has:
            return True
        return False if self.complete or member in self.lacks else None


FactValue = bool | str | Day | Interval | SetValue
ANY_COUNTRY = "XX"  # a country other than China that is not named


def is_definite(value: FactValue | None) -> bool:
    """Returns whether a fact is answered in full: there is nothing left to ask of it."""
    if isinstance(value, SetValue):
        return value.complete
    if isinstance(value, Interval):
        return value.low == value.high
    return value is not None and value != ANY_COUNTRY


def plain_value(value: FactValue) -> Json:
    """Returns a fact value as text, flag, or list, the way it is written in proofs and files; not to be changed."""
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
