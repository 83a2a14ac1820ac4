"""Chinese names in Wade-Giles romanisation, still common for companies in Taiwan; aspiration marks are mostly omitted.

Without the marks `ta` stands for da and ta: such a spelling only ever raises a question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from coercivity.intake.parties.names import words_of
from coercivity.intake.parties.scripts.pinyin import MOST_READINGS, SYLLABLES, readings

_INITIALS = {
    **{"zh": "ch", "ch": "ch", "sh": "sh", "b": "p", "p": "p", "d": "t", "t": "t", "g": "k", "k": "k", "j": "ch"},
    **{"q": "ch", "x": "hs", "z": "ts", "c": "ts", "r": "j"},
}
_WHOLE = {
    **{"zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "ssu", "er": "erh"},
    **{"ge": "ko", "ke": "ko", "he": "ho", "e": "o", "yi": "i", "you": "yu", "yan": "yen", "ye": "yeh", "yong": "yung"},
    **{"gui": "kuei", "kui": "kuei", "guo": "kuo", "kuo": "kuo", "huo": "huo", "shuo": "shuo", "yue": "yueh"},
}
_FINALS = (("ian", "ien"), ("ong", "ung"), ("ie", "ieh"), ("ve", "ueh"), ("ue", "ueh"), ("uo", "o"), ("v", "u"))
_MARKS = re.compile("['\u2018\u2019\u02bb\u02bc`\u00b4]")
LEAST_SYLLABLES = 2


@lru_cache(maxsize=2_048)
def spelt(syllable: str) -> str:
    """Returns a pinyin syllable without tone in Wade-Giles, without marks."""
    if syllable in _WHOLE:
        return _WHOLE[syllable]
    start = next((head for head in ("zh", "ch", "sh") if syllable.startswith(head)), syllable[:1])
    if start in ("a", "o", "e") or not start:
        return syllable
    rest = syllable[len(start) :]
    if start in ("z", "c", "s") and rest == "uo":
        return _INITIALS.get(start, start) + "o"
    if rest == "e" and start not in ("y", "w"):
        return _INITIALS.get(start, start) + "e"
    for pinyin, other in _FINALS:
        if rest == pinyin:
            rest = other
            break
    if start in ("j", "q", "x") and rest == "iong":
        rest = "iung"
    return _INITIALS.get(start, start) + rest


def key_of(name: str, words: Sequence[str]) -> str:
    """Returns a name without marks and spaces, if all of its words are Wade-Giles syllables.

    Args:
        name: The name.
        words: Its words, as `words_of` returns them.
    """
    if _MARKS.search(name):
        words = words_of(_MARKS.sub("", name))
    if len(words) < LEAST_SYLLABLES or not all(word in _spelt_syllables() for word in words):
        return ""
    return "".join(words).replace("sz", "ss")


def keys_of(stem: str) -> tuple[str, ...]:
    """Returns the spellings of a folded Chinese name, the usual one first: at most one character is read otherwise."""
    ways = [tuple(dict.fromkeys(map(spelt, readings(sign)))) for sign in stem]
    usual = [way[0] for way in ways]
    found = {"".join(usual): None}
    for place, way in enumerate(ways):
        for other in way[1:MOST_READINGS]:
            found["".join((*usual[:place], other, *usual[place + 1 :]))] = None
    return tuple(found)


@lru_cache(maxsize=1)
def _spelt_syllables() -> frozenset[str]:
    return frozenset(map(spelt, SYLLABLES)) | {"szu"}
