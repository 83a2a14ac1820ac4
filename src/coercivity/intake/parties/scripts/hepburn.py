"""Japanese names in Latin letters, by a key that the usual ways of romanising them have in common."""

from __future__ import annotations

import re

# Long vowels as short ones, n before b, m and p, and the spellings of the Japanese ministry as Hepburn's.
_WAYS = {
    **{"ou": "o", "oo": "o", "uu": "u", "mb": "nb", "mp": "np", "mm": "nm", "tch": "cch", "si": "shi", "tu": "tsu"},
    **{"ti": "chi", "hu": "fu", "sy": "sh", "ty": "ch", "zy": "j", "jy": "j", "zi": "ji", "du": "zu", "cy": "ch"},
}
_WAY = re.compile(r"oh(?=[^aeiouy]|\Z)|(?<![cs])hu|" + "|".join(way for way in _WAYS if way != "hu"))


def key_of(letters: str) -> str:
    """Returns lower-case letters without spaces by their sound in Japanese.

    Args:
        letters: A name without its form; kana are already in letters.
    """
    return _WAY.sub(lambda found: _WAYS.get(found[0], "o"), letters)
