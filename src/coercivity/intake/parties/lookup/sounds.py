"""Listed names by their sound: Chinese ones in pinyin and Wade-Giles, Japanese and Latin ones as kana spell them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from rapidfuzz.distance import OSA

from coercivity.intake.parties.likeness.lexicon import lexicon
from coercivity.intake.parties.likeness.parts import Parts
from coercivity.intake.parties.likeness.reasons import Likeness
from coercivity.intake.parties.lookup.rests import Rests
from coercivity.intake.parties.names import count_han, fold, folded_words, joined, words_of
from coercivity.intake.parties.scripts import hepburn, wade_giles
from coercivity.intake.parties.scripts.kana import consonants
from coercivity.intake.parties.scripts.loanwords import LEAST_CONSONANTS, alike, skeleton, slips
from coercivity.intake.parties.scripts.pinyin import (
    LEAST_LETTERS,
    LEAST_SIGNS,
    is_telling,
    may_be_pinyin,
    spellings,
    without_form,
    without_tones,
)

_LEAST_SHORT = 6  # letters of two characters in pinyin, where the lists have few names
_MANY = 2_000  # listed names from which on two characters in letters tell little
_LEAST_EDITED = 8
_ALIKE, _ALIKE_OF_MANY = 0.55, 0.7
_NEVER = 10_000
_MOST_HEADS = 3  # listed names with one core
_SLIPS = 2  # letters that need not be pinyin: one in excess, or two that are swapped
_LONG, _BROKEN = 12, 5  # letters of a long name, and of the syllable in it that a slip may break

Keys = dict[str, tuple[int, ...]]


class SoundIndex:
    """Listed names by what is heard of them; each part is made when a name first needs it."""

    def __init__(
        self,
        signs: Iterable[tuple[int, Parts]],
        words: Iterable[tuple[int, Parts]],
        whole: Callable[[str], list[int]],
    ) -> None:
        """Takes the listed names with Chinese characters and those in words, and how to find the latter by letters."""
        self._whole = whole
        self._signs = [(at, parts) for at, parts in signs]
        self._words = [(at, parts) for at, parts in words]
        self._many = len(self._signs) > _MANY
        self._spelt: dict[str, tuple[str, ...]] = {}
        self._like_pinyin: dict[str, list[int]] = {}
        self._like_skeletons: dict[str, list[int]] = {}

    @cached_property
    def letters(self) -> frozenset[str]:
        """The pieces in Latin letters and digits of listed Chinese names: `ihi`, `l3`, `dna`."""
        found = {piece for _, parts in self._signs for piece in re.findall("[a-z0-9]+", parts.signs)}
        return frozenset(found | {bare for bare in map(without_tones, found) if len(bare) > 1})

    @cached_property
    def in_pinyin(self) -> Keys:
        """Chinese names by their spellings in pinyin, with and without their digits."""
        found: dict[str, dict[int, None]] = {}
        for at, parts in self._signs:
            for part in _ways(parts.signs):
                for key in spellings(part):
                    if is_telling(key, part) or (len(key) >= _LEAST_SHORT and not self._many):
                        found.setdefault(key, {})[at] = None
                        found.setdefault(without_tones(key), {})[at] = None
        return {key: tuple(ats) for key, ats in found.items()}

    @cached_property
    def _heads(self) -> Keys:
        """Chinese names by the pinyin of their core, for names that say the trade in another language."""
        found: dict[str, dict[int, None]] = {}
        for at, parts in self._signs:
            if parts.core != parts.signs and len(parts.core) >= LEAST_SIGNS - (not self._many):
                key = spellings(parts.core)[0]
                if len(key) >= LEAST_LETTERS - 1:
                    found.setdefault(key, {})[at] = None
        return {key: tuple(ats) for key, ats in found.items() if len(ats) <= _MOST_HEADS}

    @cached_property
    def _near_pinyin(self) -> tuple[list[str], Rests]:
        keys = [key for key in self.in_pinyin if len(key) >= _LEAST_EDITED]
        return keys, Rests(keys, _LEAST_EDITED, _NEVER)

    @cached_property
    def in_wade_giles(self) -> Keys:
        """Chinese names by their Wade-Giles spellings, with and without a word for a group."""
        found: dict[str, dict[int, None]] = {}
        for at, parts in self._signs:
            for part in {parts.signs, parts.signs.removesuffix("集团")}:
                for key in wade_giles.keys_of(part):
                    if is_telling(key, part):
                        found.setdefault(key, {})[at] = None
        return {key: tuple(ats) for key, ats in found.items()}

    @cached_property
    def _in_japanese(self) -> Keys:
        """Names in words by their sound in Japanese, where that is not how they are spelt."""
        found: dict[str, list[int]] = {}
        keys = hepburn.key_of("\n".join(parts.joined for _, parts in self._words)).split("\n")
        for (at, parts), key in zip(self._words, keys, strict=False):
            if key != parts.joined and len(key) >= _LEAST_SHORT:
                found.setdefault(key, []).append(at)
        return {key: tuple(ats) for key, ats in found.items()}

    def _japanese(self, key: str) -> Iterator[int]:
        """Yields the names in words with a sound in Japanese."""
        if len(key) >= _LEAST_SHORT:
            yield from self._in_japanese.get(key, ())
            yield from self._whole(key)

    @cached_property
    def _skeletons(self) -> tuple[list[str], list[list[int]], Rests]:
        """Names in words by their consonants."""
        found: dict[str, list[int]] = {}
        keys = consonants("\n".join(parts.joined for _, parts in self._words)).split("\n")
        for n, key in enumerate(keys):
            if len(key) >= LEAST_CONSONANTS:
                found.setdefault(key, []).append(n)
        return list(found), list(found.values()), Rests(list(found), 6, _NEVER if len(self._words) > _MANY else 10)

    def make(self) -> None:
        """Makes the parts that a name in letters needs, so that the first one is as fast as the others."""
        _ = self._in_japanese, self.letters, self._skeletons
        if self._signs:
            _ = self.in_pinyin, self._near_pinyin, self.in_wade_giles, self._heads

    def prepare(self, written: Sequence[tuple[str, Parts]]) -> None:
        """Looks up at once what many names in letters spell in pinyin, and what many in other alphabets sound like.

        Args:
            written: Names that will be compared, as written, with their parts.
        """
        self._like_skeletons.clear()
        heard = list(dict.fromkeys(key for _, parts in written if parts.heard and (key := skeleton(parts.joined))))
        if heard:
            self._like_skeletons.update(zip(heard, self._skeletons[2].near(heard), strict=True))
        self._spelt.clear()
        self._like_pinyin.clear()
        if not self._signs:
            return
        for name, parts in written:
            if parts.words and not parts.signs and not parts.heard:
                self._spelt[name] = self._in_pinyin_letters(name, parts)
        keys = [key for found in self._spelt.values() for key in found if len(key) >= _LEAST_EDITED]
        if keys:
            keys = list(dict.fromkeys(keys))
            self._like_pinyin.update(zip(keys, self._near_pinyin[1].near(keys), strict=True))

    def like(self, name: str, written: Parts) -> Iterator[Likeness]:
        """Yields the listed names that a written one sounds like, after `prepare`.

        Args:
            name: The name as written.
            written: Its parts.
        """
        if written.signs:
            yield from self._of_signs(written)
        elif written.words:
            yield from self._of_japanese(written)
            if not written.heard:
                yield from self._of_letters(name, written)
        if written.heard:
            yield from self._of_loanwords(written)

    def _of_signs(self, written: Parts) -> Iterator[Likeness]:
        """Yields Chinese names with the same reading, and names in letters that read like a Chinese one."""
        if count_han(written.signs) < len(written.signs) and not self._signs:
            return
        for key in spellings(written.signs):
            if len(key) < (LEAST_LETTERS if self._many else _LEAST_SHORT):
                continue
            for at in self.in_pinyin.get(key, ()):
                yield Likeness(at, 850, ("same_sound",))
            for at in self._japanese(key):
                yield Likeness(at, 840, ("same_sound",))

    def _in_pinyin_letters(self, name: str, written: Parts) -> tuple[str, ...]:
        """Returns what a name in letters may be in pinyin, with and without its company form and tones."""
        folded = folded_words(written.words) if name.isascii() else fold(name)
        found: dict[str, None] = {}
        for key in dict.fromkeys((folded, written.wholes[1] if name.isascii() else joined(name))):
            plain = without_tones(key)
            slips = 0
            if len(plain) >= _LEAST_EDITED and key == folded:
                slips = _BROKEN if len(plain) >= _LONG else _SLIPS
            if may_be_pinyin(plain, self.letters, slips) or (plain != key and may_be_pinyin(key, self.letters)):
                found.update(dict.fromkeys((key, without_form(key), plain, without_form(plain))))
        return tuple(found)

    def _of_letters(self, name: str, written: Parts) -> Iterator[Likeness]:
        """Yields Chinese names that a name in pinyin or Wade-Giles spells, or whose core it spells."""
        if not self._signs:
            return
        yield from self._of_pinyin(self._spelt[name])
        words: Sequence[str] = written.words if name.isascii() else words_of(name)
        key = wade_giles.key_of(name, words)
        for at in self.in_wade_giles.get(key, ()) if key else ():
            yield Likeness(at, 830, ("same_sound",))
        for size in range(1, min(3, len(words))):
            if all(word in lexicon().common for word in words[size:]):
                for at in self._heads.get("".join(words[:size]), ()):
                    yield Likeness(at, 700, ("same_head", "same_sound"))

    def _of_pinyin(self, keys: Iterable[str]) -> Iterator[Likeness]:
        for key in keys:
            for at in self.in_pinyin.get(key, ()):
                yield Likeness(at, 850, ("same_sound",))
            if len(key) >= _LEAST_EDITED:
                known = self._near_pinyin[0]
                for place in self._like_pinyin[key]:
                    if OSA.distance(key, known[place], score_cutoff=1) == 1:
                        for at in self.in_pinyin[known[place]]:
                            yield Likeness(at, 800, ("same_sound", "letters_differ"))

    def _of_japanese(self, written: Parts) -> Iterator[Likeness]:
        key = hepburn.key_of(written.joined)
        for at in (
            self._japanese(key) if written.heard else (*self._in_japanese.get(key, ()), *self._changed(written, key))
        ):
            yield Likeness(at, 850, ("same_sound",))

    def _changed(self, written: Parts, key: str) -> list[int]:
        return self._whole(key) if key != written.joined else []

    def _of_loanwords(self, written: Parts) -> Iterator[Likeness]:
        """Yields names with the consonants of a name in kana or another alphabet, allowing for a slip or two."""
        key = skeleton(written.joined)
        if not key:
            return
        known, names, _ = self._skeletons
        least = _ALIKE_OF_MANY if len(self._words) > _MANY else _ALIKE
        for place in self._like_skeletons[key]:
            most = slips(min(len(key), len(known[place])))
            if OSA.distance(key, known[place], score_cutoff=most) <= most:
                for n in names[place]:
                    at, listed = self._words[n]
                    if alike(written.joined, listed.joined) >= least:
                        yield Likeness(at, 600, ("same_sound",))


def _ways(signs: str) -> set[str]:
    """Returns a Chinese name with and without a word for a group, and without `city` after the place at its start."""
    place = signs.find("市", 2, 4)
    ways = {signs, signs.removesuffix("集团")}
    return ways if place < 0 or len(signs) < 2 * place else ways | {one[:place] + one[place + 1 :] for one in ways}
