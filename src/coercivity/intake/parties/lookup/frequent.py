"""Listed names that share several frequent words, such as two words of the trade, and what else they have."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from coercivity.intake.parties.likeness.parts import SAYS_LITTLE, Parts

_MOST_OF_COMMON = 4_000  # listed names with a common word that are looked through together with another one
FEW = 8  # names that may share a word that still tells as much as any
_MOST_KEPT = 100_000  # names of sets of frequent words that are kept, a name once for each set


class Shared(NamedTuple):
    """The listed names that share some frequent words.

    Attributes:
        gained: The names, with the weight of the two words that weigh most of those they share.
        bare: Names in which those two words leave nothing telling.
        complete: Names in which all frequent words leave nothing telling.
        most: The greatest weight of frequent words in a name.
        by_size: Letters of the names without spaces, and the names, by the number of letters.
    """

    gained: dict[int, float]
    bare: list[int]
    complete: list[int]
    most: float
    by_size: dict[int, tuple[list[str], list[int]]]

    def near(self, letters: str) -> list[int]:
        """Returns the names that differ from a written one in at most two letters, wherever the spaces are."""
        found: list[int] = []
        for size in range(len(letters) - 2, len(letters) + 3):
            texts, names = self.by_size.get(size, ((), ()))
            if texts:
                near = process.extract(letters, texts, scorer=OSA.distance, score_cutoff=2, limit=None)
                found += [names[place] for _, _, place in near]
        return found


class FrequentWords:
    """Listed names by sets of frequent words, each looked up once."""

    def __init__(
        self,
        names: Sequence[tuple[int, Parts]],
        words: Sequence[str],
        holders: Sequence[list[int]],
        told: Sequence[float],
        left: Callable[[int], float],
    ) -> None:
        """Takes the listed names, their words, the names that hold each, its weight, and that of a name."""
        self._names, self._words, self._holders, self._told, self._left = names, words, holders, told, left
        self._sets: dict[int, frozenset[int]] = {}
        self._shared: dict[tuple[int, ...], Shared] = {}
        self._kept = 0

    def shared(self, frequent: Sequence[int]) -> Shared:
        """Returns the names that share one of the two rarest of some frequent words and another one.

        Args:
            frequent: Places of the words.
        """
        ordered = tuple(sorted(set(frequent), key=lambda known: (len(self._holders[known]), known)))
        found = self._shared.get(ordered)
        if found is None:
            found = self._read(ordered)
            self._kept += len(found.gained) + 1
            if self._kept > _MOST_KEPT:
                self._shared.clear()
                self._kept = len(found.gained) + 1
            self._shared[ordered] = found
        return found

    def _read(self, ordered: tuple[int, ...]) -> Shared:
        gained = self._gained(ordered)
        weights = {self._words[known]: self._told[known] for known in ordered}
        bare, complete, most = [], [], 0.0
        by_size: dict[int, tuple[list[str], list[int]]] = {}
        for n, two in gained.items():
            listed, common = self._names[n][1], two
            for word in listed.words:
                common += weights.get(word, 0.0)
            most = max(most, common)
            if self._left(n) - two <= SAYS_LITTLE:
                bare.append(n)
            if self._left(n) - common <= SAYS_LITTLE:
                complete.append(n)
            texts, names = by_size.setdefault(len(listed.joined), ([], []))
            texts.append(listed.joined)
            names.append(n)
        return Shared(gained, bare, complete, most, by_size)

    def _gained(self, ordered: tuple[int, ...]) -> dict[int, float]:
        found: dict[int, float] = {}
        for n, known in enumerate(ordered[:2]):
            if len(self._holders[known]) <= _MOST_OF_COMMON:
                for other in ordered[n + 1 :]:
                    gained = self._told[known] + self._told[other]
                    for at in self._holding(known) & self._holding(other):
                        found[at] = max(found.get(at, 0.0), gained)
        return found

    def _holding(self, known: int) -> frozenset[int]:
        if known not in self._sets:
            self._sets[known] = frozenset(self._holders[known])
        return self._sets[known]


def rarity(holders: int, later: int, names: int) -> float:
    """Returns how much a word tells by the names that share it; heads of families and surnames count little.

    Args:
        holders: Names with the word.
        later: Those of them in which another word is before it.
        names: All names.
    """
    shared = later + (holders - later) / 4
    if shared <= FEW or names <= 2 * FEW:
        return 1.0
    return max(0.1, min(1.0, math.log(names / shared) / math.log(names / FEW)))
