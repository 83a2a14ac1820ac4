"""Numbers that every comparison of a rulebook treats alike, found for many numbers at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from coercivity.base.exact import Interval
from coercivity.law.columnar.wishes import trees_of
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.tree import comparisons_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def marks_of(book: Rulebook) -> dict[str, list[int]]:
    """Returns the numbers with which each fact is compared, ascending [1e-9 of its unit].

    A fact that is also compared with something else is left out.
    """
    found: dict[str, set[int]] = {}
    other = set()
    for tree, _ in trees_of(book):
        for test in comparisons_of(tree):
            if isinstance(test.wanted, Interval):
                found.setdefault(test.fact, set()).add(test.wanted.low)
            else:
                other.add(test.fact)
    return {fact: sorted(marks) for fact, marks in found.items() if fact not in other}


def alike(numbers: Sequence[Interval], marks: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Returns the first of those numbers that no comparison distinguishes, and for each number which of these it is.

    A comparison asks on which side of a mark both limits are, or whether they are on it; two numbers with one answer
    for every mark, both exact or both not, are alike.

    Args:
        numbers: The numbers.
        marks: What they are compared with, ascending.
    """
    import numpy as np

    low = np.fromiter((one.low for one in numbers), np.int64, len(numbers))
    high = np.fromiter((one.high for one in numbers), np.int64, len(numbers))
    sides = [np.searchsorted(marks, ends, "left") + np.searchsorted(marks, ends, "right") for ends in (low, high)]
    keys = (sides[0] * (2 * len(marks) + 1) + sides[1]) * 2 + (low == high)
    _, first, of = np.unique(keys, return_index=True, return_inverse=True)
    return first, of


def each(values: Sequence[object], marks: Sequence[int], kind: Callable[[object], int]) -> list[int]:
    """Returns the kind of each value; of numbers that are alike, one is asked about.

    Args:
        values: Numbers and other values.
        marks: What numbers are compared with, ascending.
        kind: Returns the kind of a value.
    """
    numbers = [value for value in values if isinstance(value, Interval)]
    if not numbers:
        return [kind(value) for value in values]
    first, of = alike(numbers, marks)
    kinds = [kind(numbers[place]) for place in first.tolist()]
    found = iter(of.tolist())
    return [kinds[next(found)] if isinstance(value, Interval) else kind(value) for value in values]
