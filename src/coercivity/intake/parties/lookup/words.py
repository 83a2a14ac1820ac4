"""Listed names in words: candidates for a written name by its words, its letters and its initials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import OSA

from coercivity.base.sums import total
from coercivity.intake.parties.likeness.abbreviations import either_is_short, is_short, long_words
from coercivity.intake.parties.likeness.compare import (
    LEAST_EDITED,
    WORD_EDITED,
    WORD_LONG,
    Sides,
    aligned,
    compared,
    nearly_same,
    word_edits,
)
from coercivity.intake.parties.likeness.parts import SAYS_LITTLE, SAYS_NOTHING, Parts, weight
from coercivity.intake.parties.likeness.reasons import Likeness
from coercivity.intake.parties.lookup.frequent import FEW, FrequentWords, rarity
from coercivity.intake.parties.lookup.rests import MOST_TWICE, Rests

_NEVER = 10_000  # letters; more than any name has
_MOST_KEPT = 100_000  # words and names whose neighbours are kept
_MOST_NAMES = 100  # listed names that a word alone may bring up
_TELLS = 0.7  # weight of a word that, shared by many names, brings them up only together with another word
_MOST_PAIRS = 20  # listed names of two words that a common word alone may bring up
_FUZZY = 0.8
_LESS_THAN_ONE = 0.999  # whichever way it is added up
_OWN, _SHORT, _NOTHING = -1.0, -2.0, -3.0  # of a listed word that adds no weight
_SURELY_FOUND = MOST_TWICE - 2  # letters of a word of which all similar ones are found
_LEAST_SHARE = 0.55  # of the weight of all words; a little below the share that a comparison requires
_LEAST_SHORT = 5  # letters of a whole name in which one may differ whatever the form of the company


class WordIndex:
    """Listed names by their words, and by what remains of words and names when letters are removed."""

    def __init__(self, names: Iterable[tuple[int, Parts]]) -> None:
        """Takes the listed names, each with its place in the lists."""
        self._names = [(at, parts) for at, parts in names]
        later = self._read_words()
        self._of_whole: dict[str, list[int]] = {}
        for n, (_, parts) in enumerate(self._names):
            first = parts.wholes[0]
            self._of_whole.setdefault(first, []).append(n)
            for whole in {*parts.wholes[1:]} - {first}:
                self._of_whole.setdefault(whole, []).append(n)
        self._words = list(self._vocabulary)
        self._told = [
            weight(word) * rarity(len(self._holders[n]), later[n], len(self._names))
            for n, word in enumerate(self._words)
        ]
        telling = {word: told for word, told in zip(self._words, self._told, strict=True) if told > SAYS_LITTLE}
        self._total = [total([telling[word] for word in parts.words if word in telling]) for _, parts in self._names]
        self._wholes = list(dict.fromkeys(parts.joined for _, parts in self._names))
        self._near_words = Rests(self._words, WORD_EDITED, WORD_LONG)
        self._near_wholes = Rests(self._wholes, LEAST_EDITED, _NEVER)
        self._frequent = FrequentWords(self._names, self._words, self._holders, self._told, self._total.__getitem__)
        self._told_of: dict[int, tuple[float, ...]] = {}  # of the names that were compared so far
        self._like_words: dict[str, tuple[tuple[int, int], ...]] = {}
        self._like_wholes: dict[str, list[int]] = {}

    def _read_words(self) -> list[int]:
        """Reads which names hold each word; returns how many of them have another word before it."""
        vocabulary: dict[str, int] = {}
        holders: list[list[int]] = []
        later: list[int] = []
        for n, (_, parts) in enumerate(self._names):
            place = 0
            for word in parts.words:
                known = vocabulary.get(word)
                if known is None:
                    vocabulary[word] = len(holders)
                    holders.append([n])
                    later.append(place)
                elif holders[known][-1] != n:
                    holders[known].append(n)
                    later[known] += place
                place = 1
        self._vocabulary, self._holders = vocabulary, holders
        return later

    def whole(self, letters: str) -> list[int]:
        """Returns the places of the names that consist of some letters, wherever the spaces are."""
        return [self._names[n][0] for n in self._of_whole.get(letters, ())]

    def weigh(self, word: str) -> float:
        """Returns how distinctive a word is, the less the more listed names have it."""
        known = self._vocabulary.get(word)
        return weight(word) if known is None else self._told[known]

    def _weights(self, n: int) -> tuple[float, ...]:
        found = self._told_of.get(n)
        if found is None:
            found = self._told_of[n] = tuple(map(self.weigh, self._names[n][1].words))
        return found

    def prepare(self, written: Sequence[Parts]) -> None:
        """Looks up the neighbours of the words of many names at once.

        Args:
            written: Names that will be compared.
        """
        for kept in (self._like_words, self._like_wholes):
            if len(kept) > _MOST_KEPT:
                kept.clear()
        words = dict.fromkeys(word for one in written for word in one.words if word not in self._like_words)
        for word, near in zip(words, self._near_words.near(list(words)), strict=True):
            pairs = ((word_edits(word, self._words[n]), n) for n in near)
            like = {n: differing for differing, n in sorted(pairs) if differing < 3}
            for other in sorted(long_words(word)):
                if other in self._vocabulary:
                    like.setdefault(self._vocabulary[other], 1)
            self._like_words[word] = tuple(like.items())
        wholes = dict.fromkeys(one.joined for one in written if one.joined not in self._like_wholes)
        self._like_wholes.update(zip(wholes, self._near_wholes.near(list(wholes)), strict=True))

    def like(self, written: Parts) -> Iterator[Likeness]:
        """Yields the listed names that a written one is similar to.

        Args:
            written: A name with words, after `prepare`.
        """
        if not written.signs:
            yield from self._by_whole(written)
        told = tuple(map(self.weigh, written.words))
        candidates = self._candidates(written, told)
        if not candidates:
            return
        related = self._related(written)
        telling = sum(tells > SAYS_NOTHING for tells in told)
        for n in candidates:
            at, listed = self._names[n]
            if related and self._shares_too_little(listed, written, related, telling):
                continue
            found = compared(Sides(written, listed, told, self._weights(n), aligned(written, listed)))
            if found is not None:
                yield Likeness(at, *found)

    def _related(self, written: Parts) -> dict[str, float]:
        """Returns the listed words that are like those of a written name, with the weight that each may add at most.

        It returns nothing if a word is too long to be sure that all are found.
        """
        if max(map(len, written.words)) > _SURELY_FOUND:
            return {}
        found: dict[str, float] = {}
        for word in written.words:
            for known, differing in self._like_words.get(word, ()):
                other, gained = self._words[known], self._told[known] * (_FUZZY if differing else 1)
                if gained > found.get(other, -1.0):
                    found[other] = gained
        return found

    def _shares_too_little(self, listed: Parts, written: Parts, gains: dict[str, float], telling: int) -> bool:
        """Returns whether a comparison is sure to find nothing: each name has a word of its own, and little is shared.

        Args:
            listed: The listed name.
            written: The written name.
            gains: What each listed word adds, as `_related` and `_gain` return it; completed here.
            telling: Number of words of the written name that tell anything.
        """
        shared, paired, own = 0.0, 0, False
        for word in listed.words:
            gained = gains.get(word)
            if gained is None:
                gained = gains[word] = self._gain(word, written)
            if gained >= 0:
                shared += gained
                paired += 1
            elif gained == _OWN:
                own = True
            elif gained == _SHORT:
                return False
        if shared > _LESS_THAN_ONE or paired >= telling or not own:
            return False
        if abs(len(written.wholes[0]) - len(listed.wholes[0])) > 2:
            return True
        return not nearly_same(written, listed, shared)

    def _gain(self, word: str, written: Parts) -> float:
        """Returns what a listed word is that is not like any of a written name: short for one, its own, or nothing."""
        if self.weigh(word) <= SAYS_NOTHING:
            return _NOTHING
        for other in written.words:
            if either_is_short(word, other):
                return _SHORT
        return _OWN

    def _by_whole(self, written: Parts) -> Iterator[Likeness]:
        """Yields names with at most one different letter, wherever the spaces are, and the same words in any order."""
        for whole in written.wholes:
            for n in self._of_whole.get(whole, ()):
                yield Likeness(self._names[n][0], 950, ("same_sound" if written.heard else "letters_differ",))
        for place in self._like_wholes.get(written.joined, ()):
            other = self._wholes[place]
            if written.joined.isdigit() or OSA.distance(written.joined, other, score_cutoff=1) != 1:
                continue
            for n in self._of_whole[other]:
                at, listed = self._names[n]
                if other == listed.joined and _may_differ(written, listed):
                    yield Likeness(at, 950, ("letters_differ",))

    def _candidates(self, written: Parts, told: tuple[float, ...]) -> list[int]:
        """Returns the listed names that have enough in common with a written one to be compared with it."""
        common: dict[int, float] = {}
        frequent: list[int] = []
        lonely: list[str] = []
        for word, tells in zip(written.words, told, strict=True):
            like = self._like_words.get(word, ())
            if not like and tells > SAYS_LITTLE:
                lonely.append(word)
            for known, differing in like:
                if self._told[known] <= SAYS_NOTHING:
                    continue
                holders, listed_tells = self._holders[known], self._told[known]
                if len(holders) > _MOST_NAMES or (listed_tells <= _TELLS and len(holders) > FEW):
                    frequent.append(known)
                    continue
                gained = listed_tells * _FUZZY if differing else listed_tells
                for n in holders:
                    common[n] = common.get(n, 0.0) + gained
        if len(frequent) == 1 and all(len(word) == 1 for word in written.words if word != self._words[frequent[0]]):
            pairs = self._few_words(frequent[0], len(written.words) > 1)
            common.update(dict.fromkeys(pairs if len(pairs) <= _MOST_PAIRS else (), 0.0))
        whole = total(tells for tells in told if tells > SAYS_LITTLE)
        sure = self._of_frequent(frequent, common, whole, written, bool(lonely)) if len(frequent) > 1 else []
        more = {self._words[known]: self._told[known] for known in frequent}
        left = self._total
        sure += [
            n
            for n, weighed in common.items()
            if left[n] - weighed <= SAYS_LITTLE or self._may_be(n, weighed, whole, more, written, lonely)
        ]
        return sorted(sure)

    def _few_words(self, known: int, initials: bool) -> list[int]:
        """Returns the names of two words with a frequent one, or with initials beside it all names."""
        holders = self._holders[known]
        return holders if initials else [n for n in holders if len(self._names[n][1].words) == 2]

    def _of_frequent(
        self, frequent: list[int], common: dict[int, float], whole: float, written: Parts, lonely: bool
    ) -> list[int]:
        """Returns names that share several frequent words, and adds to those in common what may be similar as well."""
        shared = self._frequent.shared(frequent)
        for n in common.keys() & shared.gained.keys():
            common[n] += shared.gained[n]
        if lonely:
            return [n for n in shared.bare if n not in common]
        if whole - shared.most > SAYS_LITTLE and shared.most < 1:
            # Too little is shared for any rule but two: nothing else tells, or the letters are nearly the same.
            return [n for n in {*shared.complete, *shared.near(written.joined)} if n not in common]
        for n, gained in shared.gained.items():
            common.setdefault(n, gained)
        return []

    def _may_be(
        self, n: int, common: float, whole: float, frequent: dict[str, float], written: Parts, lonely: list[str]
    ) -> bool:
        """Returns whether a comparison may find two names similar, from the weight of the words they share.

        Args:
            n: The listed name.
            common: Weight of the words in common, rather too much than too little.
            whole: Weight of the telling words of the written name.
            frequent: Listed words like its own that many names have, with their weight.
            written: The written name.
            lonely: Its telling words that no listed name has.
        """
        listed = self._names[n][1]
        for word in listed.words if frequent else ():
            common += frequent.get(word, 0.0)
        missing, added = self._total[n] - common, whole - common
        if missing <= SAYS_LITTLE or (added <= SAYS_LITTLE and not lonely):
            return True
        if common >= 1 and common >= _LEAST_SHARE * (common + max(missing, added)):
            return True
        for word in lonely:
            for other in listed.words:
                if word[0] == other[0] and word != other and is_short(*sorted((word, other), key=len)):
                    return True
        return abs(len(written.wholes[0]) - len(listed.wholes[0])) <= 2 and bool(
            OSA.distance(written.wholes[0], listed.wholes[0], score_cutoff=2) <= 2
        )


def _may_differ(written: Parts, listed: Parts) -> bool:
    """Returns whether a letter may differ in two short names: not if their company forms do."""
    if min(len(written.joined), len(listed.joined)) >= _LEAST_SHORT:
        return True
    forms = [one.form for one in (written, listed)]
    return not all(forms) or forms[0] == forms[1]
