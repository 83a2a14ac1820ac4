"""Latin names as other alphabets and kana spell them: what remains of the letters once sounds are merged."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Indel

from coercivity.intake.parties.names import MOST_KEPT
from coercivity.intake.parties.scripts.kana import consonants

LEAST_CONSONANTS = 4
_STEPS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sch|tch", "c"),
        (r"c(?=[eiy])", "s"),
        (r"ph", "f"),
        (r"ck|c|q", "k"),
        (r"x", "ks"),
        (r"th", "s"),
        (r"l", "r"),
        (r"v", "b"),
        (r"y", "i"),
        (r"(?<=[aeiou])[rh](?=[^aeiou]|\Z)", ""),
        (r"(?<=[^aeiou])e\Z", ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=MOST_KEPT)
def heard(letters: str) -> str:
    """Returns letters with the sounds merged that kana and other alphabets do not distinguish.

    Args:
        letters: Lower-case Latin letters without spaces.
    """
    for pattern, sound in _STEPS:
        letters = pattern.sub(sound, letters)
    return letters


def alike(one: str, other: str) -> float:
    """Returns how similar two names sound, 0 to 1, by the letters that remain."""
    return float(Indel.normalized_similarity(heard(one), heard(other)))


def skeleton(letters: str) -> str:
    """Returns the consonants of a name, blank if they are too few to tell it from others."""
    found = consonants(letters)
    return found if len(found) >= LEAST_CONSONANTS else ""


def slips(size: int) -> int:
    """Returns how many consonants may differ."""
    return (size >= 6) + (size >= 10)
