"""Similar names in words: by order, by words left out or added, by letters, by sound and by initials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from coercivity.base.sums import total
from coercivity.intake.parties.index import Listed
from coercivity.intake.parties.likeness.edits import deletions, edits
from coercivity.intake.parties.likeness.parts import SAYS_LITTLE, SAYS_NOTHING, Parts
from coercivity.intake.parties.likeness.reasons import Likeness
from coercivity.intake.parties.likeness.trade_words import COMMON
from coercivity.intake.parties.matcher import Reason
from coercivity.intake.parties.scripts.kana import LEAST_CONSONANTS, consonants

LEAST_EDITED = 3  # letters of a whole name of which one may be changed
LONG = 9  # letters of a whole name of which two may be changed
_WORD_EDITED, _WORD_LONG = 4, 8  # letters of one word among others of which one, or two, may be changed
_FUZZY = 0.8  # weight of a word with different letters
_LEAST_FUZZY = 6  # letters of such a word if it is the only similarity
_INITIALS = range(3, 8)
_TELLING = 0.8  # required weight of the words in common if others are added
_SHARE = 0.6  # of the weight of all words, if words are missing on both sides


@dataclass(frozen=True, slots=True)
class _Entry:
    """A listed name in words."""

    listed: Listed
    parts: Parts


@dataclass(slots=True)
class _Met:
    """What a written name has in common with a listed one: pairs of words, with the letters that differ."""

    pairs: dict[int, tuple[int, int]] = field(
        default_factory=dict
    )  # position in the listed name: position written, edits


class WordIndex:
    """Listed names by their words, and by what remains of words and names when letters are removed."""

    def __init__(self, names: Iterable[tuple[Listed, Parts]]) -> None:
        self._entries = [
            _Entry(listed, parts) for listed, parts in names if parts.words and not parts.signs and not parts.kana
        ]
        self._by_word: dict[str, list[tuple[int, int]]] = {}
        self._by_rest: dict[str, set[str]] = {}
        self._by_whole: dict[str, list[int]] = {}
        self._by_initials: dict[str, list[int]] = {}
        self._by_consonants: dict[str, list[int]] = {}
        for at, entry in enumerate(self._entries):
            self._add(at, entry.parts)
        self._like_word = lru_cache(maxsize=65_536)(self._words_like)

    def _add(self, at: int, parts: Parts) -> None:
        for place, word in enumerate(parts.words):
            if word not in self._by_word:
                for rest in deletions(word, _most(len(word), _WORD_EDITED, _WORD_LONG)):
                    self._by_rest.setdefault(rest, set()).add(word)
            self._by_word.setdefault(word, []).append((at, place))
        for whole in {*parts.wholes, "".join(sorted(parts.words))}:
            for rest in deletions(whole, 1 if len(whole) >= LEAST_EDITED else 0):
                self._by_whole.setdefault(rest, []).append(at)
        if len(parts.words) in _INITIALS:
            self._by_initials.setdefault("".join(word[0] for word in parts.words), []).append(at)
        heard = consonants(parts.joined)
        if len(heard) >= LEAST_CONSONANTS:
            for rest in deletions(heard, _slips(len(heard))):
                self._by_consonants.setdefault(rest, []).append(at)

    def like(self, parts: Parts) -> Iterator[Likeness]:
        """Yields the listed names that a written one is similar to."""
        if not parts.words:
            return
        if not parts.signs:
            yield from self._whole(parts)
        yield from self._by_words(parts)
        if parts.kana:
            yield from self._heard(parts)

    def _whole(self, parts: Parts) -> Iterator[Likeness]:
        """Yields names with one different letter, wherever the spaces are, and names that are initials of another."""
        joined, ordered = parts.joined, "".join(sorted(parts.words))
        if len(joined) >= LEAST_EDITED - 1:
            for whole in sorted({*parts.wholes, ordered}):
                near = {at for rest in deletions(whole, 1) for at in self._by_whole.get(rest, ())}
                for at in sorted(near):
                    entry = self._entries[at]
                    if any(edits(whole, other, 1) <= 1 for other in entry.parts.wholes):
                        yield Likeness(entry.listed, 950, ("letters_differ",))
                    elif edits(ordered, "".join(sorted(entry.parts.words)), 1) <= 1:
                        yield Likeness(entry.listed, 940, ("other_order",))
        if len(parts.words) == 1 and len(joined) in _INITIALS:
            for at in self._by_initials.get(joined, ()):
                yield Likeness(self._entries[at].listed, 500, ("initials",))

    def _by_words(self, parts: Parts) -> Iterator[Likeness]:
        for at, met in self._met(parts).items():
            found = _compared(parts, self._entries[at].parts, met)
            if found is not None:
                yield Likeness(self._entries[at].listed, *found)

    def _met(self, parts: Parts) -> dict[int, _Met]:
        """Returns the listed names with words in common with a written one, each word of either used once."""
        met: dict[int, _Met] = {}
        for place, word in enumerate(parts.words):
            for like, differing in self._like_word(word):
                for at, other in self._by_word[like]:
                    pairs = met.setdefault(at, _Met()).pairs
                    if other not in pairs or pairs[other][1] > differing:
                        pairs[other] = place, differing
        return met

    def _words_like(self, word: str) -> tuple[tuple[str, int], ...]:
        """Returns the listed words equal or similar to a word, with the letters that differ."""
        most = 0 if word.isdigit() else _most(len(word), _WORD_EDITED, _WORD_LONG)
        most = min(most, 1) if word in COMMON else most
        near = {like for rest in deletions(word, most) for like in self._by_rest.get(rest, ())}
        found = ((edits(word, like, most), like) for like in near)
        return tuple(
            (like, differing)
            for differing, like in sorted(found)
            if differing <= min(most, _most(len(like), _WORD_EDITED, _WORD_LONG))
        )

    def _heard(self, parts: Parts) -> Iterator[Likeness]:
        """Yields names with the consonants of a name in kana, allowing for a slip or two in a long one."""
        heard = consonants(parts.joined)
        if len(heard) < LEAST_CONSONANTS:
            return
        most = _slips(len(heard))
        for at in sorted({at for rest in deletions(heard, most) for at in self._by_consonants.get(rest, ())}):
            if edits(heard, consonants(self._entries[at].parts.joined), most) <= most:
                yield Likeness(self._entries[at].listed, 600, ("same_sound",))


def _most(size: int, one: int, two: int) -> int:
    """Returns how many letters may differ in a word or name of a given length."""
    return (size >= one) + (size >= two)


def _slips(size: int) -> int:
    return (size >= 6) + (size >= 10)


def _compared(parts: Parts, listed: Parts, met: _Met) -> tuple[int, tuple[Reason, ...]] | None:
    """Scores the similarity of a written and a listed name with words in common; None if it is too low."""
    used = {place for place, _ in met.pairs.values()}
    missing = [n for n, told in enumerate(listed.weights) if n not in met.pairs and told > SAYS_NOTHING]
    added = [n for n, told in enumerate(parts.weights) if n not in used and told > SAYS_NOTHING]
    missing, added, short = _without_short(parts, listed, missing, added)
    common = total(listed.weights[n] * (_FUZZY if differing else 1) for n, (_, differing) in met.pairs.items())
    if common <= SAYS_NOTHING:
        return None
    fuzzy = any(differing for _, differing in met.pairs.values())
    reasons: list[Reason] = ["letters_differ"] if fuzzy else []
    if not missing and not added and parts.signs:
        return 650, (*reasons, "same_head")  # Chinese characters next to the words say something else
    if not missing and not added:
        order = [place for _, (place, _) in sorted(met.pairs.items())] != sorted(used)
        reasons += ["other_order"] if order else []
        reasons += ["shortened"] if short else []
        return 930, tuple(reasons or ["other_order"])
    if _near(parts, listed, common):
        return 900, ("letters_differ",)
    if not added and _enough_left(parts, listed, met, missing, common):
        return 800, (*reasons, "words_left_out")
    if not missing and _enough_added(parts, listed, met, common):
        return 750, (*reasons, "words_added")
    if missing and added:
        apart = max(total(listed.weights[n] for n in missing), total(parts.weights[n] for n in added))
        if _is_head(listed, met) and common >= 1 and common / (common + apart) >= _SHARE:
            return 600, (*reasons, "same_head")
    return None


def _near(parts: Parts, listed: Parts, common: float) -> bool:
    """Returns whether two letters differ in a long name."""
    if min(len(parts.joined), len(listed.joined)) < LONG or parts.signs or common < SAYS_LITTLE / 2:
        return False
    return edits(parts.joined, listed.joined, 2) <= 2


def _without_short(
    parts: Parts, listed: Parts, missing: list[int], added: list[int]
) -> tuple[list[int], list[int], bool]:
    """Returns what is missing on either side once abbreviations are matched with words, and whether there are any."""
    pairs: dict[int, int] = {}
    for n in missing:
        for other in added:
            if other not in pairs.values() and _is_short(*sorted((listed.words[n], parts.words[other]), key=len)):
                pairs[n] = other
                break
    left = [n for n in missing if n not in pairs]
    return left, [n for n in added if n not in pairs.values()], bool(pairs)


def _is_short(short: str, word: str) -> bool:
    """Returns whether a word abbreviates another: its initial, its prefix, or some of its letters in order."""
    if short[0] != word[0] or len(word) < len(short) + 2:
        return len(short) == 1 and short == word[0]
    if word.startswith(short):
        return True
    rest = iter(word)
    whole = len(short) > 2 and 2 * len(short) >= len(word) - 1 and short not in COMMON and short[-1] in word[-2:]
    return whole and all(sign in rest for sign in short)


def _enough_left(parts: Parts, listed: Parts, met: _Met, missing: list[int], common: float) -> bool:
    """Returns whether the remaining words of a listed name may still be that name: all but one, or one distinctive."""
    exact = [n for n, (_, differing) in met.pairs.items() if not differing or len(listed.words[n]) >= _LEAST_FUZZY]
    letters = total(len(listed.words[n]) for n in exact if listed.weights[n] > SAYS_NOTHING)
    if letters < LEAST_EDITED and (letters < LEAST_EDITED - 1 or len(missing) > 1):
        return False
    return len(missing) == 1 or common >= _TELLING or len(met.pairs) > len(missing)


def _enough_added(parts: Parts, listed: Parts, met: _Met, common: float) -> bool:
    """Returns whether a name that contains a listed one may be that one with an additional word."""
    if len(listed.words) == 1:
        fuzzy = next(iter(met.pairs.values()))[1]
        return common >= (_TELLING if not fuzzy or len(listed.words[0]) >= _LEAST_FUZZY else 1)
    places = [place for _, (place, _) in sorted(met.pairs.items())]
    beside = all(b - a == 1 for a, b in pairwise(places))
    return beside or common >= 1


def _is_head(listed: Parts, met: _Met) -> bool:
    """Returns whether the first distinctive word of a listed name is written as well, and at the head."""
    first = next((n for n, told in enumerate(listed.weights) if told > SAYS_LITTLE), None)
    return first is not None and first in met.pairs and met.pairs[first][0] <= 1
