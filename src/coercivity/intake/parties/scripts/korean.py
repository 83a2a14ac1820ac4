"""Korean names in Latin letters, which people spell by ear: Minsoo and Min-su, Park and Bak, Daesung and Daeseong."""

from __future__ import annotations

import re

HANGUL = re.compile("[\uac00-\ud7a3]")
# Family names that are not spelt as they sound.
_FAMILIES = {
    **{"park": "bak", "pak": "bak", "lee": "i", "yi": "i", "rhee": "i", "choi": "choe", "jung": "jeong"},
    **{"chung": "jeong", "woo": "u", "lim": "im", "noh": "no", "roh": "no", "oh": "o", "ryu": "yu", "yoo": "yu"},
}
_HEARD = (
    *(("young", "yeong"), ("sung", "seong"), ("jung", "jeong"), ("kyung", "kyeong"), ("hyun", "hyeon")),
    ("myung", "myeong"),
    *(("oo", "u"), ("ee", "i"), ("ae", "e"), ("eo", "o"), ("eu", "u"), ("sh", "s"), ("ch", "j"), ("kk", "k")),
    *(("tt", "t"), ("pp", "p"), ("ss", "s"), ("jj", "j")),
)
_CLASSES = str.maketrans("gdbl", "ktpr")
_MOST = 40  # letters of a name
_START, _VOWELS = "(?:kk|tt|pp|ss|jj|ch|sh|[bcdghjklmnprst])?[wy]?", "[aeiou]+"
_TAIL = "(?:ng|[bdghklmnprst])?"
_SYLLABLES = re.compile(rf"{_START}{_VOWELS}(?:{_TAIL}(?:(?=[^aeiou]){_START}){_VOWELS})*{_TAIL}")
_FIRST = {"g": "k", "d": "t", "b": "p", "l": "r", "c": "j"}
_TWICE = re.compile(r"(.)\1+")


def korean_key(words: tuple[str, ...]) -> str:
    """Returns lower-case words without spaces, with the sounds merged that spellings of Korean do not keep apart.

    Blank for words that are not syllables of Korean.

    Args:
        words: The words; only the first one may be a family name.
    """
    text = "".join([_FAMILIES.get(words[0], words[0]), *words[1:]])
    if len(text) > _MOST or _SYLLABLES.fullmatch(text) is None:
        return ""
    for spelt, heard in _HEARD:
        text = text.replace(spelt, heard)
    return _TWICE.sub(r"\1", text.translate(_CLASSES))


def may_start(word: str, starts: frozenset[str]) -> bool:
    """Returns whether the key of a name that begins with a word may begin with one of some letters.

    Args:
        word: A lower-case word.
        starts: First letters of keys.
    """
    return _FIRST.get(word[0], word[0]) in starts or word in _FAMILIES
