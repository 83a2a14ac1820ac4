"""The number of letters in which two texts differ, up to a bound, and keys to find such texts without a scan."""

from __future__ import annotations


def edits(one: str, other: str, most: int) -> int:
    """Returns the number of insertions, deletions, changes and swaps between two texts, at most `most` + 1.

    Args:
        one: Text.
        other: Text.
        most: Largest number to distinguish.
    """
    if one == other:
        return 0
    if abs(len(one) - len(other)) > most:
        return most + 1
    start = 0
    shorter = min(len(one), len(other))
    while start < shorter and one[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    one, other = one[start : len(one) - end], other[start : len(other) - end]
    if most == 1:
        swapped = len(one) == 2 == len(other) and one == other[::-1]
        return 1 if swapped or max(len(one), len(other)) == 1 else 2
    return _within(one, other, most)


def _within(one: str, other: str, most: int) -> int:
    """Returns the optimal string alignment distance, within a band around the diagonal."""
    far = most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, sign in enumerate(one, 1):
        low, high = max(1, at - most), min(len(other), at + most)
        found = [far] * (len(other) + 1)
        if at <= most:
            found[0] = at
        for to in range(low, high + 1):
            least = min(row[to] + 1, found[to - 1] + 1, row[to - 1] + (sign != other[to - 1]))
            if at > 1 < to and sign == other[to - 2] and one[at - 2] == other[to - 1]:
                least = min(least, before[to - 2] + 1)
            found[to] = min(least, far)
        if min(found) > most:
            return far
        before, row = row, found
    return row[-1]


def deletions(text: str, most: int) -> frozenset[str]:
    """Returns a text and what remains of it when up to `most` letters are removed.

    Two texts that differ in `most` letters have one of these in common.
    """
    found = level = {text}
    for _ in range(most):
        level = {rest[:at] + rest[at + 1 :] for rest in level for at in range(len(rest))} - {""}
        found = found | level
    return frozenset(found)
