"""Words that identify no party, as the law's pack holds them: trades, places, given names, families, abbreviations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from coercivity.base.words import bare
from coercivity.data.parties.words import read_name_words
from coercivity.intake.parties.names import all_words, has_han, simplified
from coercivity.law.rules.load import law_folder

# Places of two words that are names of firms as well.
PLACE_NAMES = frozenset({"sierranevada", "losalamos", "greatlakes", "rockymountain", "blueridge"})


@dataclass(frozen=True)
class Lexicon:
    """Words in the form in which names are compared.

    Attributes:
        common: Trades and places, in Latin letters.
        places: Places, in Latin letters.
        given_names: Given names.
        families: Family names, and names of groups, that many companies share.
        signs: Trades, places and parts of firms in Chinese characters, as written.
        place_signs: Places in Chinese characters, as written.
        abbreviations: Words that a short one may stand for.
    """

    common: frozenset[str]
    places: frozenset[str]
    given_names: frozenset[str]
    families: frozenset[str]
    signs: frozenset[str]
    place_signs: frozenset[str]
    abbreviations: Mapping[str, frozenset[str]]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Returns the words of the law's pack, read once."""
    words = read_name_words(law_folder())
    told = words.trades | words.places | words.branches
    places = _latin(words.places)
    return Lexicon(
        common=_latin(words.trades) | places,
        places=places,
        given_names=_latin(words.given_names),
        families=_latin(words.families),
        signs=frozenset(word for word in told if has_han(word) and len(word) > 1) | _FORM_SIGNS,
        place_signs=frozenset(filter(has_han, words.places)),
        abbreviations={
            short: frozenset(one for long in longs for one in all_words(long) if len(one) > len(short))
            for short, longs in words.abbreviations.items()
            if short.isascii() and short.isalpha()
        },
    )


@lru_cache(maxsize=1)
def simplified_signs() -> tuple[frozenset[str], int]:
    """Returns the words in Chinese characters, simplified, and the length of the longest."""
    signs = frozenset(map(simplified, lexicon().signs))
    return signs, max(map(len, signs))


_FORM_SIGNS = frozenset({"总公司", "有限", "有限会社", "株式会社", "股份", "集团", "公司"})


def _latin(words: frozenset[str]) -> frozenset[str]:
    """Returns words of one part in Latin letters, without accents."""
    plain = (word if word.isascii() else bare(word) for word in words)
    return frozenset(word for word in plain if word.isascii() and word.isalnum())
