"""The seam between a name and the listed names it may be: what a matcher gives, and the matchers that need no guess.

A matcher that only finds names alike, as one that counts differing letters will, gives candidates that are not
`settled`. Such a candidate is never a hit. It is the question whether the party is the listed one, it leaves
`party_sets` open until somebody answers, and no score however high turns it into an answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from coercivity.parties.index import NONE, Listed, PartyIndex
from coercivity.parties.names import fold, fold_as_written, has_han, joined, simplified
from coercivity.parties.pinyin import LEAST_LETTERS, may_be_pinyin, read_along, without_form, without_tones

SAME_PER_MILLE = 1000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A listed name that a written one may be.

    Attributes:
        party_id: The listed party.
        listed: Its name as listed.
        kind: Kind of the matcher.
        settled: Whether the names are the same by what the matcher compares; otherwise it is a question.
        score_per_mille: How alike the names are; 1000 where settled.
        features: What made the score, in words for the person who answers.
    """

    party_id: str
    listed: str
    kind: str
    settled: bool
    score_per_mille: int
    features: tuple[str, ...]


class Matcher(Protocol):
    """Finds the listed names that one written name may be.

    What an implementation has to promise:

    - It reads nothing but the name and the index, so that equal input gives equal candidates in equal order.
    - A candidate is `settled` only where the names are equal after a change of writing that says nothing of who is
      meant. Whatever rests on a distance, a weight, a model or a threshold is not settled, at any score.
    - Every candidate that is not settled names the features that made its score, each readable by itself, so that a
      person can say yes or no; scores are integers per mille and are compared within one `kind` only.
    - A miss says nothing. It never closes `party_sets`, and a lower threshold only ever adds candidates.
    - Most names match nothing: it costs a few microseconds for such a name, and loads what is large on first need.
    - It names its bound where it looks at only some of the listed names, and its `kind` is no kind of another matcher.
    """

    @property
    def kind(self) -> str:
        """Short name of what the matcher compares by."""

    def candidates(self, name: str, index: PartyIndex) -> tuple[Candidate, ...]:
        """Returns the listed names that a written name may be, best first, then by party and name."""


def _same(found: Iterable[Listed], kind: str, feature: str) -> tuple[Candidate, ...]:
    ordered = sorted(set(found))
    return tuple(Candidate(one.party_id, one.name, kind, True, SAME_PER_MILLE, (feature,)) for one in ordered)


class Exact:
    """The same text, apart from blanks."""

    kind = "exact"

    def candidates(self, name: str, index: PartyIndex) -> tuple[Candidate, ...]:
        """Returns the listed names with the same text."""
        found = index.as_written.get(" ".join(name.split()))
        return _same(found, self.kind, "same text") if found else ()


class Folded:
    """The same signs, apart from case, width, accents, blanks, punctuation, `and` and company form."""

    kind = "folded"

    def candidates(self, name: str, index: PartyIndex) -> tuple[Candidate, ...]:
        """Returns the listed names that are the same when folded."""
        found = index.folded.get(fold_as_written(name))
        return _same(found, self.kind, "same but for case, punctuation and company form") if found else ()


class Scripted:
    """The same name in other signs: traditional or Japanese ones, or letters that look like Latin ones."""

    kind = "scripted"

    def candidates(self, name: str, index: PartyIndex) -> tuple[Candidate, ...]:
        """Returns the listed names that are the same when every sign is read as the one it stands for or looks like."""
        found = index.seen.get(fold(name))
        if found is None and has_han(name) and (plain := simplified(name)) != name:
            found = index.seen.get(fold(plain))
        return _same(found, self.kind, "same when its signs are read as simplified or Latin ones") if found else ()


class Pinyin:
    """A name in pinyin and the same name in signs, either way round, and two names in signs that sound alike.

    Names of fewer than eight letters are not compared, unless the listed one has at least three signs and the written
    one is in letters. A form in pinyin behind a listed name in letters is taken off as well.
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
        return _same(found, self.kind, "same when its signs are read in pinyin") if found else ()

    def _of_signs(self, name: str, index: PartyIndex) -> tuple[Candidate, ...]:
        heard = read_along(fold(name), index.heard_keys, index.beginnings)
        found = [one for key in heard if len(key) >= LEAST_LETTERS for one in index.heard[key]]
        return _same(found, self.kind, "same when its signs are read in pinyin") if found else ()


MATCHERS: tuple[Matcher, ...] = (Exact(), Folded(), Scripted(), Pinyin())
