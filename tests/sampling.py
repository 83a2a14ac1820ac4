"""Sampling of costly tests in `make test` and CI; `make test-all` runs everything.

What is taken is the same in every run and on every machine:

- a property tries a part of its examples: `@settings(max_examples=examples(400))`;
- a test marked `sampled` runs for a part of its parameters;
- a test that goes through a list goes through a part of it: `sampled(list)`;
- a test marked `whole` does not run, where a cheaper one sees most of what it would.

The part is one in four unless the place says another number. Of parameters and lists those are taken whose text has the
lowest SHA-256, so neither order nor place matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import TypeVar

from hypothesis import settings

SAMPLE, WHOLE = "sample", "whole"  # the two profiles of hypothesis; `pytest --whole` takes the second
ONE_IN = 4

T = TypeVar("T")


def whole() -> bool:
    """Whether everything runs."""
    return settings.get_current_profile_name() == WHOLE


def examples(most: int, one_in: int = ONE_IN) -> int:
    """How many of so many examples are tried."""
    return most if whole() else -(-most // one_in)


def sampled(things: Iterable[T], one_in: int = ONE_IN, key: Callable[[T], str] = str) -> list[T]:
    """One in so many of the things, at least one, in their order."""
    found = list(things)
    if whole():
        return found
    order = sorted(range(len(found)), key=lambda at: sha256(key(found[at]).encode()).digest())
    return [found[at] for at in sorted(order[: -(-len(found) // one_in)])]
