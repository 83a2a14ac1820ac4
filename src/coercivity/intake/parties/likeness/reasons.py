"""The reasons for and against a written name being a listed one, and how much each of them counts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

# Points of what makes a candidate: the higher, the more of the name is the same. None of these is a probability.
FOUND: Mapping[str, int] = MappingProxyType(
    {
        **{"same_identifier": 1100, "same_text": 1000, "same_folded": 980, "same_signs": 960, "same_words": 940},
        **{"letters_differ": 900, "misread": 890, "shortened": 880, "other_order": 870, "same_sound": 850},
        **{"words_left_out": 800, "words_added": 750, "same_head": 650, "initials": 500},
    }
)
# Points of what speaks for or against it beside.
BESIDE: Mapping[str, int] = MappingProxyType(
    {
        **{"same_form": 20, "other_form": -30, "branch": -10, "numbers_differ": -300},
        **{"same_country": 30, "other_country": -60, "same_address": 150, "other_address": -30},
        **{
            "other_identifier": -250,
            "former_name": -40,
            "short_name": -80,
            "weak_alias": -80,
            "named_as_owner": -100,
            "says_little": -150,
        },
    }
)


SECOND = -20  # points of any further difference


class Likeness(NamedTuple):
    """A listed name that a written one is similar to.

    Attributes:
        at: Place of the listed name in its index.
        score: How similar, for the order of names of one party.
        reasons: What is the same, or what differs; the first one tells how the name was found.
    """

    at: int
    score: int
    reasons: tuple[str, ...]
