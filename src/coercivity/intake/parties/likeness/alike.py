"""Names that are only similar: other order, a word more or less, a letter changed, the same sound, initials.

A match found here is never settled. It is found by look-up, never by a scan of the lists: words and whole names
by what remains when a letter is removed, Chinese characters by their prefixes and cores.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from coercivity.intake.parties.index import PartyIndex
from coercivity.intake.parties.likeness.characters import SignIndex
from coercivity.intake.parties.likeness.latin_words import WordIndex
from coercivity.intake.parties.likeness.parts import parts_of
from coercivity.intake.parties.likeness.reasons import Likeness
from coercivity.intake.parties.matcher import Candidate


class Alike:
    """Names for which a person has to say whether they are the listed party."""

    kind = "alike"

    def candidates(self, name: str, index: PartyIndex) -> tuple[Candidate, ...]:
        """Returns the listed names most similar to a written one, best first, one per party."""
        best: dict[str, Likeness] = {}
        ordered = sorted(_likenesses(name, index), key=lambda one: (-one.score, one.listed, one.reasons))
        for one in ordered:
            best.setdefault(one.listed.party_id, one)
        return tuple(
            Candidate(one.listed.party_id, one.listed.name, self.kind, False, one.score, one.reasons)
            for one in best.values()
        )


def _likenesses(name: str, index: PartyIndex) -> Iterator[Likeness]:
    parts = parts_of(name)
    words, signs = _indexes(index)
    yield from words.like(parts)
    if parts.signs:
        yield from signs.like(parts)


@lru_cache(maxsize=4)
def _indexes(index: PartyIndex) -> tuple[WordIndex, SignIndex]:
    names = [(one, parts_of(one.name)) for one in index.names]
    return WordIndex(names), SignIndex(names)
