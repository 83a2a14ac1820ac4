"""Abbreviated words of company names: usual ones by a table, others by their first letters."""

from __future__ import annotations

from functools import lru_cache

from coercivity.intake.parties.likeness.lexicon import lexicon
from coercivity.intake.parties.names import MOST_KEPT

_LEAST_LETTERS = 3  # of a word that is put short by some of its letters


def long_words(short: str) -> frozenset[str]:
    """Returns the words that an abbreviation stands for by the table."""
    return lexicon().abbreviations.get(short, frozenset())


@lru_cache(maxsize=4 * MOST_KEPT)
def either_is_short(one: str, other: str) -> bool:
    """Returns whether one of two words abbreviates the other; of words of one length, the first.

    Args:
        one: A word.
        other: Another one.
    """
    return is_short(other, one) if len(other) < len(one) else is_short(one, other)


def is_short(short: str, word: str) -> bool:
    """Returns whether a word abbreviates another: by the table, its initial, its prefix, or some letters in order.

    Args:
        short: The shorter word.
        word: The longer one.
    """
    if word in lexicon().abbreviations.get(short, ()):
        return True
    if short[0] != word[0] or len(word) < len(short) + 2:
        return len(short) == 1 and short == word[0]
    if short.isdigit():
        return False
    if word.startswith(short):
        return True
    rest = iter(word)
    if len(short) < _LEAST_LETTERS or 2 * len(short) < len(word) - 1 or short[-1] not in word[-2:]:
        return False
    return short not in lexicon().common and all(sign in rest for sign in short)
