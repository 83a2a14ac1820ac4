"""The seam between a name and the listed names it may be: what a matcher gives.

A matcher that only finds names alike gives candidates that are not `settled`. Such a candidate is never a hit. It is
the question whether the party is the listed one, it leaves `party_sets` open until somebody answers, and no score
however high turns it into an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from coercivity.intake.parties.index import PartyIndex

Reason = Literal[
    "same_text",
    "same_folded",
    "same_signs",
    "letters_differ",
    "other_order",
    "words_left_out",
    "words_added",
    "same_head",
    "same_sound",
    "initials",
    "shortened",
]
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
        features: What made the score: what is the same, or what differs.
    """

    party_id: str
    listed: str
    kind: str
    settled: bool
    score_per_mille: int
    features: tuple[Reason, ...]


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
