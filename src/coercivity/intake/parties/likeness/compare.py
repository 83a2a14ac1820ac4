"""Two names in words, compared: pairs of equal, similar and abbreviated words, and what is left on either side."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA

from coercivity.base.sums import total
from coercivity.intake.parties.likeness.abbreviations import either_is_short
from coercivity.intake.parties.likeness.lexicon import lexicon
from coercivity.intake.parties.likeness.parts import SAYS_LITTLE, SAYS_NOTHING, Parts
from coercivity.intake.parties.names import MOST_KEPT

LEAST_EDITED = 3  # letters of a whole name of which one may be changed
LONG = 9  # letters of a whole name of which two may be changed
WORD_EDITED, WORD_LONG = 4, 8  # letters of one word among others of which one, or two, may be changed
_FUZZY = 0.8  # weight of a word with different letters
_LEAST_FUZZY = 6  # letters of such a word if it is the only similarity
_TELLING = 0.8  # required weight of the words in common if others are added
_SHARE = 0.6  # of the weight of all words, if words are missing on both sides

Weigh = Callable[[str], float]
Compared = tuple[int, tuple[str, ...]]


class Sides(NamedTuple):
    """A written and a listed name with the weights of their words, and the pairs of words they have in common.

    Attributes:
        pairs: Position in the listed name: position in the written one, letters that differ.
    """

    written: Parts
    listed: Parts
    told: tuple[float, ...]
    listed_told: tuple[float, ...]
    pairs: dict[int, tuple[int, int]]

    @property
    def common(self) -> float:
        """Weight of the words in common."""
        found, told = 0.0, self.listed_told
        for n, (_, differing) in self.pairs.items():
            found += told[n] * _FUZZY if differing else told[n]
        return found


@lru_cache(maxsize=4 * MOST_KEPT)
def word_edits(one: str, other: str) -> int:
    """Returns the letters in which two words differ, 0 to 2; 3 if more than their length and kind allow.

    Args:
        one: The written word; a word of the trade is no misspelling of a proper name.
        other: The listed word.
    """
    if one == other:
        return 0
    if one.isdigit() or other.isdigit():
        return 3
    size = min(len(one), len(other))
    common = lexicon().common
    if one in common and other not in common and size < WORD_LONG:
        return 3
    most = (size >= WORD_EDITED) + (size >= WORD_LONG)
    if one in common or other in common:
        most = min(most, 1)
    if not most:
        return 3
    found = int(OSA.distance(one, other, score_cutoff=most))
    return found if found <= most else 3


def aligned(written: Parts, listed: Parts) -> dict[int, tuple[int, int]]:
    """Returns pairs of words, each word of either name used once: equal ones first, then those most similar."""
    words, others = listed.words, written.words
    pairs: dict[int, tuple[int, int]] = {}
    used: set[int] = set()
    for n, word in enumerate(words):
        if word in others:
            place = next((m for m, other in enumerate(others) if other == word and m not in used), None)
            if place is not None:
                pairs[n] = place, 0
                used.add(place)
    if len(pairs) == len(words) or len(used) == len(others):
        return pairs
    free = [m for m in range(len(others)) if m not in used]
    left = [n for n in range(len(words)) if n not in pairs]
    near = [(edits, n, m) for n in left for m in free if (edits := word_edits(others[m], words[n])) < 3]
    for differing, n, m in sorted(near):
        if n not in pairs and m not in used:
            pairs[n] = m, differing
            used.add(m)
    return pairs


def compared(sides: Sides) -> Compared | None:
    """Returns how similar two names are and why; None if no particular party is meant."""
    written, listed, pairs = sides.written, sides.listed, sides.pairs
    common = sides.common
    if common <= SAYS_NOTHING:
        return None
    used = {place for place, _ in pairs.values()}
    missing = [n for n, told in enumerate(sides.listed_told) if told > SAYS_NOTHING and n not in pairs]
    added = [n for n, told in enumerate(sides.told) if told > SAYS_NOTHING and n not in used]
    missing, added, short = _without_short(written, listed, missing, added)
    near = bool(missing or added) and nearly_same(written, listed, common)
    if missing and added and common < 1 and not near:
        return None
    differing = tuple(["letters_differ"] if any(edits for _, edits in pairs.values()) else [])
    numbers = _numbers_differ(written, listed, missing, added)
    if not missing and not added:
        if written.signs:
            return 650, ("same_head", *differing)  # Chinese characters next to the words say something else
        return _all_paired(sides, used, differing, short)
    if numbers and common < 2 * _TELLING:
        return None
    also = (*differing, *(["numbers_differ"] if numbers else []))
    if near:
        return 900, ("letters_differ", *also[len(differing) :])
    if not added and _enough_left(sides, missing, common):
        return 800, ("words_left_out", *also)
    if not missing and _enough_added(sides, common):
        return 750, ("words_added", *also)
    if missing and added:
        apart = max(total(sides.listed_told[n] for n in missing), total(sides.told[n] for n in added))
        if _is_head(sides) and common >= 1 and common / (common + apart) >= _SHARE:
            return 600, ("same_head", *also)
    return None


def _all_paired(sides: Sides, used: set[int], differing: tuple[str, ...], short: bool) -> Compared:
    turned = [place for _, (place, _) in sorted(sides.pairs.items())] != sorted(used)
    telling = [n for n, told in enumerate(sides.listed_told) if told > SAYS_LITTLE]
    if turned and not differing and not short:
        return (940, ("same_words",)) if len(telling) > 1 else (930, ("other_order",))
    reasons = (*differing, *(["shortened"] if short else []), *(["other_order"] if turned else []))
    return 930, reasons or ("other_order",)


def _numbers_differ(written: Parts, listed: Parts, missing: list[int], added: list[int]) -> bool:
    """Returns whether each name has a number that the other one has not."""
    return any(listed.words[n].isdigit() for n in missing) and any(written.words[n].isdigit() for n in added)


def nearly_same(written: Parts, listed: Parts, common: float) -> bool:
    """Returns whether two letters differ in a long name."""
    one, other = written.wholes[0], listed.wholes[0]
    if min(len(one), len(other)) < LONG or written.signs or common < SAYS_LITTLE / 2:
        return False
    return abs(len(one) - len(other)) <= 2 and int(OSA.distance(one, other, score_cutoff=2)) <= 2


def _without_short(
    written: Parts, listed: Parts, missing: list[int], added: list[int]
) -> tuple[list[int], list[int], bool]:
    """Returns what is missing on either side once abbreviations are matched with words, and whether there are any."""
    if not missing or not added:
        return missing, added, False
    pairs: dict[int, int] = {}
    for n in missing:
        for other in added:
            if other not in pairs.values() and either_is_short(listed.words[n], written.words[other]):
                pairs[n] = other
                break
    if not pairs:
        return missing, added, False
    left = [n for n in missing if n not in pairs]
    return left, [n for n in added if n not in pairs.values()], True


def _enough_left(sides: Sides, missing: list[int], common: float) -> bool:
    """Returns whether the remaining words of a listed name may still be that name: all but one, or one distinctive."""
    words, told = sides.listed.words, sides.listed_told
    if any(told[n] >= _TELLING for n in missing) and not any(told[n] > SAYS_LITTLE for n in sides.pairs):
        kept = len(sides.written.words)  # words of the trade alone: only if they are the beginning of the name
        return sides.written.words == words[:kept]
    exact = [n for n, (_, differing) in sides.pairs.items() if not differing or len(words[n]) >= _LEAST_FUZZY]
    letters = total(len(words[n]) for n in exact if told[n] > SAYS_NOTHING)
    if letters < LEAST_EDITED and (letters < LEAST_EDITED - 1 or len(missing) > 1):
        return False
    return len(missing) == 1 or common >= _TELLING or len(sides.pairs) > len(missing)


def _enough_added(sides: Sides, common: float) -> bool:
    """Returns whether a name that contains a listed one may be that one with an additional word."""
    words = sides.listed.words
    if len(words) == 1:
        fuzzy = next(iter(sides.pairs.values()))[1]
        return common >= (_TELLING if not fuzzy or len(words[0]) >= _LEAST_FUZZY else 1)
    places = [place for _, (place, _) in sorted(sides.pairs.items())]
    beside = all(b - a == 1 for a, b in pairwise(places))
    return beside or common >= 1


def _is_head(sides: Sides) -> bool:
    """Returns whether the first distinctive word of a listed name is written as well, and at the head."""
    first = next((n for n, told in enumerate(sides.listed_told) if told > SAYS_LITTLE), None)
    return first is not None and first in sides.pairs and sides.pairs[first][0] <= 1
