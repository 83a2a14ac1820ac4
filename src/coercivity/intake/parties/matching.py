"""The matchers, the most certain first: those that need no guess, then those that only raise questions."""

from __future__ import annotations

from collections.abc import Iterable

from coercivity.intake.parties.index import NONE, Listed, PartyIndex
from coercivity.intake.parties.likeness.alike import Alike
from coercivity.intake.parties.matcher import SAME_PER_MILLE, Candidate, Matcher, Reason
from coercivity.intake.parties.names import fold, fold_as_written, has_han, joined, simplified
from coercivity.intake.parties.scripts.pinyin import (
    LEAST_LETTERS,
    may_be_pinyin,
    read_along,
    without_form,
    without_tones,
)
from coercivity.intake.parties.scripts.wade_giles import key_of

__all__ = ["MATCHERS", "Candidate", "Matcher"]
_SAME_SOUND_PER_MILLE = 850


def _same(found: Iterable[Listed], kind: str, feature: Reason) -> tuple[Candidate, ...]:
    ordered = sorted(set(found))
    return tuple(Candidate(one.party_id, one.name, kind, True, SAME_PER_MILLE, (feature,)) for one in ordered)


def _asked(found: Iterable[Listed], kind: str) -> tuple[Candidate, ...]:
    ordered = sorted(set(found))
    return tuple(
        Candidate(one.party_id, one.name, kind, False, _SAME_SOUND_PER_MILLE, ("same_sound",)) for one in ordered
    )


class Exact:
    """The same text, ignoring spaces."""

    kind = "exact"

    def candidates(self, name: str, index: PartyIndex) -> tuple[Candidate, ...]:
        """Returns the listed names with the same text."""
        found = index.as_written.get(" ".join(name.split()))
        return _same(found, self.kind, "same_text") if found else ()


class Folded:
    """The same characters, ignoring case, width, accents, spaces, punctuation, `and` and company form."""

    kind = "folded"

    def candidates(self, name: str, index: PartyIndex) -> tuple[Candidate, ...]:
        """Returns the listed names that are the same when folded."""
        found = index.folded.get(fold_as_written(name))
        return _same(found, self.kind, "same_folded") if found else ()


class Scripted:
    """The same name in other characters: traditional or Japanese ones, or letters that look like Latin ones."""

    kind = "scripted"

    def candidates(self, name: str, index: PartyIndex) -> tuple[Candidate, ...]:
        """Returns the listed names that are the same when every character is replaced by the one it looks like."""
        found = index.seen.get(fold(name))
        if found is None and has_han(name) and (plain := simplified(name)) != name:
            found = index.seen.get(fold(plain))
        return _same(found, self.kind, "same_signs") if found else ()


class Pinyin:
    """A name in pinyin and the same name in Chinese, in either direction, and two Chinese names that sound alike.

    A sound is never settled: different characters that sound alike are as often as not the name of another party.
    Names of fewer than eight letters are not compared, unless the listed one has 3 characters or more and the written
    one is in letters. A company form in pinyin after a listed Latin name is removed as well.
    """

    kind = "pinyin"

    def candidates(self, name: str, index: PartyIndex) -> tuple[Candidate, ...]:
        """Returns the listed names that a reading of the written one gives."""
        return self._of_signs(name, index) if has_han(name) else self._of_letters(name, index)

    def _of_letters(self, name: str, index: PartyIndex) -> tuple[Candidate, ...]:
        found: list[Listed] = []
        for key in {fold(name), joined(name)}:
            plain = without_form(key)
            if plain != key:
                found += index.seen.get(plain, NONE)
            bare = without_tones(key)
            if index.reads_pinyin or may_be_pinyin(bare, index.letters) or may_be_pinyin(key, index.letters):
                for way in {key, plain, bare, without_form(bare)}:
                    found += index.in_pinyin.get(way, NONE)
        if not found and (key := key_of(name)):
            found += index.in_wade_giles.get(key, NONE)
        return _asked(found, self.kind) if found else ()

    def _of_signs(self, name: str, index: PartyIndex) -> tuple[Candidate, ...]:
        heard = read_along(fold(name), index.heard_keys, index.beginnings)
        found = [one for key in heard if len(key) >= LEAST_LETTERS for one in index.heard[key]]
        return _asked(found, self.kind) if found else ()


MATCHERS: tuple[Matcher, ...] = (Exact(), Folded(), Scripted(), Pinyin(), Alike())
