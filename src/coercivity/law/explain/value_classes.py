"""The values of a fact that the rules distinguish: enough to know the effect of any value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from coercivity.base.exact import Interval
from coercivity.base.truth import Truth
from coercivity.data.values import FactValue, SetValue
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.tree import Comparison

PLAIN_COUNTRIES = ("DE", "TH", "BR")


def choices(book: Rulebook, name: str, given: FactValue | None = None) -> tuple[FactValue, ...]:
    """Returns one value for each way the rules can evaluate a fact.

    For a set: the empty set, each single member, and the given set with one member more or less; for a number: the
    limits and both sides of each; for a choice or a country: each value named by a rule and one that is not.

    Args:
        book: The rulebook.
        name: A fact read by a rule.
        given: The value the deal states; no equal value is returned.
    """
    seen = {_reading(book, name, given)} if given is not None else set()
    found = []
    for value in _candidates(book, name, given):
        reading = _reading(book, name, value)
        if value != given and reading not in seen:
            seen.add(reading)
            found.append(value)
    return tuple(found)


def _candidates(book: Rulebook, name: str, given: FactValue | None) -> Iterator[FactValue]:
    spec, tests = book.catalogue[name], book.comparisons.get(name, ())
    if spec.type == "flag":
        yield from (True, False)
    elif spec.type in ("number", "share"):
        limits = sorted({test.wanted for test in tests if isinstance(test.wanted, Interval)}, key=lambda w: w.low)
        points = sorted({point for limit in limits for point in (max(limit.low - 1, 0), limit.low, limit.low + 1)})
        yield from (Interval(point, point) for point in points)
    elif spec.type == "date":
        yield from (test.wanted for test in tests if not isinstance(test.wanted, tuple))
    else:
        named = _named(tests)
        if spec.type == "set":
            yield from _sets(named, given)
        else:
            free = [value for value in (*spec.values, *_countries(spec.type)) if value not in named]
            yield from (*free[:1], *named)


def _countries(kind: str) -> tuple[str, ...]:
    return PLAIN_COUNTRIES if kind == "country" else ()


def _sets(named: Sequence[str], given: FactValue | None) -> Iterator[FactValue]:
    has = given.has if isinstance(given, SetValue) else frozenset[str]()
    for member in sorted(has):
        yield SetValue(has - {member})
    yield SetValue(frozenset())
    for member in named:
        yield SetValue(frozenset({member}))
    if has:
        yield from (SetValue(has | {member}) for member in named if member not in has)


def _named(tests: Sequence[Comparison]) -> list[str]:
    found: dict[str, None] = {}
    for test in tests:
        for value in test.wanted if isinstance(test.wanted, tuple) else (test.wanted,):
            found[str(value)] = None
    return list(found)


@lru_cache(maxsize=16_384)
def _reading(book: Rulebook, name: str, value: FactValue) -> tuple[Truth, ...]:
    """Returns how every comparison of the rules evaluates a value."""
    memo = book.evaluator.memo()
    return tuple(book.evaluator.add(test).truth({name: value}, memo) for test in book.comparisons.get(name, ()))
