"""All names of some lists, looked up in every way in which a written name may be one of them."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from coercivity.intake.parties.likeness.parts import Parts, read_parts
from coercivity.intake.parties.likeness.reasons import Likeness
from coercivity.intake.parties.lookup.initials import InitialIndex
from coercivity.intake.parties.lookup.keys import KeyIndex
from coercivity.intake.parties.scripts.characters import shown
from coercivity.intake.parties.scripts.korean import HANGUL
from coercivity.intake.parties.scripts.spoken import spoken

if TYPE_CHECKING:
    from coercivity.intake.parties.lookup.heads import HeadIndex
    from coercivity.intake.parties.lookup.signs import SignIndex
    from coercivity.intake.parties.lookup.sounds import SoundIndex
    from coercivity.intake.parties.lookup.words import WordIndex

_MANY = 2_000  # names from which on every index is made at once


@contextmanager
def _uncollected() -> Iterator[None]:
    """Switches off the search for reference cycles: there are none among the many small objects of an index."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.collect(1)  # so that the first name does not wait for it
            gc.enable()


class NameIndex:
    """Listed names by their keys; the rest is made when a name first needs it."""

    def __init__(self, names: Sequence[str]) -> None:
        """Takes the names as published; a place in the results is a place in them."""
        with _uncollected():
            self._build(names)

    def _build(self, names: Sequence[str]) -> None:
        self.names = [shown(name) for name in names]
        self._plain = [read_parts(name) if name.isascii() else None for name in self.names]
        self.keys = KeyIndex(self.names, self._plain)
        if len(names) > _MANY:
            self._sounds.make()
            _ = self._words, self._signs, self._initials

    @cached_property
    def _parts(self) -> list[Parts]:
        pairs = zip(self.names, self._plain, strict=True)
        return [read_parts(name) if plain is None else plain for name, plain in pairs]

    @cached_property
    def _in_words(self) -> list[tuple[int, Parts]]:
        return [(at, one) for at, one in enumerate(self._parts) if one.words and not one.signs and not one.heard]

    @cached_property
    def _spoken(self) -> frozenset[int]:
        """Places of the names in Cyrillic or Hangul letters."""
        heard = (at for at, one in enumerate(self._parts) if one.heard and one.words and not one.signs)
        return frozenset(at for at in heard if spoken(self.names[at])[1])

    @cached_property
    def _heads(self) -> HeadIndex:
        from coercivity.intake.parties.lookup.heads import HeadIndex

        spoken = [(at, self.names[at]) for at in sorted(self._spoken) if HANGUL.search(self.names[at])]
        return HeadIndex(self._in_signs, spoken, self._in_words)

    @cached_property
    def _in_signs(self) -> list[tuple[int, Parts]]:
        return [(at, one) for at, one in enumerate(self._parts) if one.signs]

    @cached_property
    def _words(self) -> WordIndex:
        from coercivity.intake.parties.lookup.words import WordIndex

        return WordIndex([*self._in_words, *((at, self._parts[at]) for at in sorted(self._spoken))])

    @cached_property
    def _signs(self) -> SignIndex:
        from coercivity.intake.parties.lookup.signs import SignIndex

        return SignIndex(self._in_signs)

    @cached_property
    def _sounds(self) -> SoundIndex:
        from coercivity.intake.parties.lookup.sounds import SoundIndex

        return SoundIndex(self._in_signs, self._in_words, self._words.whole)

    @cached_property
    def _initials(self) -> InitialIndex:
        return InitialIndex((at, self.names[at], parts) for at, parts in self._in_words)

    def prepare(self, written: Sequence[tuple[str, Parts]]) -> None:
        """Looks up what many names have in common with listed ones at once.

        Args:
            written: Names that will be compared, as shown, with their parts.
        """
        self._words.prepare([one for _, one in written if one.words])
        signs = [one for _, one in written if one.signs]
        if signs:
            self._signs.prepare(signs)
        self._sounds.prepare(written)

    def like(self, name: str, written: Parts) -> Iterator[Likeness]:
        """Yields the listed names that a written one is similar to, after `prepare`.

        Args:
            name: The name as shown.
            written: Its parts.
        """
        if written.words:
            yield from self._like_words(written)
            if not written.signs and not written.heard:
                for at in self.keys.misread(written):
                    yield Likeness(at, 890, ("misread",))
                yield from self._initials.like(name, written)
        if written.signs:
            yield from self._signs.like(written)
        yield from self._sounds.like(name, written)
        yield from self._heads.like(name, written)

    def _like_words(self, written: Parts) -> Iterator[Likeness]:
        """Yields listed names in words; one in another alphabet only sounds the same."""
        found = self._words.like(written)
        if not self._spoken:
            yield from found
            return
        for one in found:
            if one.at in self._spoken:
                reasons = (reason for reason in one.reasons if reason not in ("same_words", "same_sound"))
                yield Likeness(one.at, min(one.score, 850), ("same_sound", *reasons))
            else:
                yield one
