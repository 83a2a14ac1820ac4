"""The interface between a name and the listed names it may be: the result of a matcher.

A matcher that only finds similar names returns candidates that are not `settled`. Such a candidate is never a hit. It
is the question whether the party is the listed one; it leaves `party_sets` open until a person answers, and no score,
however high, turns it into an answer.
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
        settled: Whether the names are equal in the form the matcher compares; otherwise it is a question.
        score_per_mille: Similarity of the names; 1000 if settled.
        features: Basis of the score: what is the same, or what differs.
    """

    party_id: str
    listed: str
    kind: str
    settled: bool
    score_per_mille: int
    features: tuple[Reason, ...]


class Matcher(Protocol):
    """Finds the listed names that one written name may be.

    Requirements for an implementation:

    - It uses only the name and the index, so that equal input gives equal candidates in equal order.
    - A candidate is `settled` only if the names are equal after a change of spelling that does not affect the identity.
      Whatever depends on a distance, a weight, a model or a threshold is not settled, at any score.
    - Every candidate that is not settled names the features behind its score, each readable on its own, so that a
      person can say yes or no; scores are integers per mille and are compared within one `kind` only.
    - A miss proves nothing. It never closes `party_sets`, and a lower threshold only ever adds candidates.
    - Most names match nothing: such a name costs a few microseconds, and large data is loaded on first need.
    - It documents its bound if it looks at only some of the listed names, and its `kind` is unique among matchers.
    """

    @property
    def kind(self) -> str:
        """Short name of the form in which the matcher compares."""

    def candidates(self, name: str, index: PartyIndex) -> tuple[Candidate, ...]:
        """Returns the listed names that a written name may be, best first, then by party and name."""
