"""Texts found by what remains of them when one or two letters are removed, as sorted hashes.

Two texts that differ in one letter have such a rest in common, whichever edit it was. A hash only proposes: the caller
compares the texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_INVERSE = pow(_BASE, -1, 1 << 64)
_ADDED = 0xD1B54A32D192ED03  # no letter counts as nothing
MOST_LETTERS = 120  # of a text of which rests are made; a longer one is found as a whole
MOST_TWICE = 26  # letters of a text of which two are removed
_LEAST_BITS, _MOST_BITS = 12, 24

Sums = NDArray[np.uint64]
Hashes = NDArray[np.uint32]
Places = NDArray[np.int64]


class Rests:
    """Texts by the hashes of their rests."""

    def __init__(self, texts: Sequence[str], once_from: int, twice_from: int) -> None:
        """Args are the texts, and the letters from which one and two of them are removed."""
        self._once, self._twice = once_from, twice_from
        hashes, owners = _rests(texts, once_from, twice_from)
        order = np.argsort(hashes)
        self._hashes, self._owners = hashes[order], owners[order].astype(np.int32)
        bits = min(_MOST_BITS, max(_LEAST_BITS, int(hashes.size).bit_length() + 2))
        self._shift = np.uint32(32 - bits)
        self._seen = np.zeros(1 << bits, dtype=bool)
        self._seen[(hashes >> self._shift).astype(np.int64)] = True

    def near(self, texts: Sequence[str]) -> list[list[int]]:
        """Returns for each text the places of those that have a rest in common with it, in order.

        Args:
            texts: Texts to look up, all at once.
        """
        found: list[list[int]] = [[] for _ in texts]
        hashes, askers = _rests(texts, self._once, self._twice)
        may = self._seen[(hashes >> self._shift).astype(np.int64)]
        hashes, askers = hashes[may], askers[may]
        starts = np.searchsorted(self._hashes, hashes, "left")
        counts = np.searchsorted(self._hashes, hashes, "right") - starts
        met = counts > 0
        if not met.any():
            return found
        starts, counts, askers = starts[met], counts[met], askers[met]
        ends = np.cumsum(counts)
        places = np.arange(ends[-1]) + np.repeat(starts - (ends - counts), counts)
        pairs = np.unique((np.repeat(askers, counts) << np.int64(32)) | self._owners[places])
        for asker, owner in zip((pairs >> 32).tolist(), (pairs & 0xFFFFFFFF).tolist(), strict=True):
            found[asker].append(owner)
        return found


def _rests(texts: Sequence[str], once_from: int, twice_from: int) -> tuple[Hashes, Places]:
    """Returns the hashes of texts and of their rests, and whose each is."""
    by_size: dict[int, list[int]] = {}
    for place, text in enumerate(texts):
        by_size.setdefault(len(text), []).append(place)
    hashes: list[Hashes] = []
    owners: list[Places] = []
    for size, places in by_size.items():
        if not size:
            continue
        of_size = _of_size([texts[place] for place in places], size, once_from, twice_from)
        hashes.append((of_size.ravel() >> np.uint64(32)).astype(np.uint32))
        owners.append(np.repeat(np.array(places, dtype=np.int64), of_size.shape[1]))
    if not hashes:
        return np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.int64)
    return np.concatenate(hashes), np.concatenate(owners)


def _of_size(texts: list[str], size: int, once_from: int, twice_from: int) -> Sums:
    """Returns sums for texts of one length and for their rests, a row each: letters times powers, modulo 2**64."""
    letters = np.array(texts, dtype=f"<U{size}").view(np.uint32).reshape(len(texts), size).astype(np.uint64)
    before = np.zeros((len(texts), size + 1), dtype=np.uint64)
    np.cumsum((letters + np.uint64(_ADDED)) * _powers(size), axis=1, out=before[:, 1:])
    whole = before[:, -1:]
    found = [whole]
    inverse, twice = np.uint64(_INVERSE), np.uint64(_INVERSE * _INVERSE % (1 << 64))
    if once_from <= size <= MOST_LETTERS:
        found.append(before[:, :-1] + (whole - before[:, 1:]) * inverse)
    if twice_from <= size <= MOST_TWICE:
        first, second = np.triu_indices(size, 1)
        between = (before[:, second] - before[:, first + 1]) * inverse
        found.append(before[:, first] + between + (whole - before[:, second + 1]) * twice)
    return np.concatenate(found, axis=1)


@lru_cache(maxsize=1024)
def _powers(size: int) -> Sums:
    found, power = [], 1
    for _ in range(size):
        found.append(power)
        power = power * _BASE % (1 << 64)
    return np.array(found, dtype=np.uint64)
