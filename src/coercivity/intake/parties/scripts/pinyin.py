"""Chinese names in pinyin: how a Chinese name may be written in letters, and whether a Latin name may be one.

Pinyin only: neither Japanese readings in letters, nor Wade-Giles and the other romanisations of Taiwan and Hong Kong.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TypeAlias

from coercivity.base.words import bare
from coercivity.intake.parties.names import count_han

LEAST_LETTERS = 8
LEAST_SIGNS = 3
MOST_READINGS = 4  # of one character

_INITIALS = ("", *"bpmfdtnlgkhjqxrzcsyw", "zh", "ch", "sh")
_FINALS = (
    "a o e i u v ai ei ui ao ou iu ie ue ve er an en in un vn ang eng ing ong ia ian iang iao iong "
    "ua uai uan uang uo van yu yue"
)
SYLLABLES = frozenset(start + end for start in _INITIALS for end in _FINALS.split())
_FORM = re.compile(r"(?:(?:gufen)?youxian(?:zeren)?gongsi|gongsi|zhushihuishe|youxianhuishe|hetonghuishe)\Z")
_TONE = re.compile(r"(?<=[a-z])[0-5]")
_END = ""  # among the letters that may follow: here a piece may end

_Pieces: TypeAlias = dict[str, "_Pieces"]


def is_telling(key: str, stem: str) -> bool:
    """Returns whether a name in pinyin is distinctive: not two short syllables that may mean many things.

    Args:
        key: Pinyin of the listed name in lower case.
        stem: Its characters, without the company form.
    """
    return len(key) >= LEAST_LETTERS or count_han(stem) >= LEAST_SIGNS


def without_tones(key: str) -> str:
    """Returns folded letters without the digits that may mark the tone of a syllable."""
    return key if key.isalpha() else _TONE.sub("", key)


def without_form(key: str) -> str:
    """Returns folded letters without a company form written in pinyin, such as `youxiangongsi`."""
    return _FORM.sub("", key) if key.endswith(("gongsi", "huishe")) else key


def may_be_pinyin(key: str, letters: frozenset[str], slips: int = 0) -> bool:
    """Returns whether folded letters split into pinyin syllables and the Latin pieces of listed names.

    This is a cheap test: the readings of characters are loaded only for names that pass it.

    Args:
        key: The folded letters.
        letters: The Latin pieces of listed names.
        slips: Letters in one place that need not belong to a syllable.
    """
    size = len(key)
    forwards, backwards = _pieces(letters)
    behind = _reach(key[::-1], backwards)  # from its end first: a Latin name seldom ends like a syllable
    if behind == size or not slips:
        return behind == size
    reached = _reach(key, forwards)
    return reached >= size // 3 and reached + behind >= size - slips


@lru_cache(maxsize=16)
def _pieces(letters: frozenset[str]) -> tuple[_Pieces, _Pieces]:
    """Returns syllables and Latin pieces of listed names by letter after letter, forwards and backwards."""
    forwards: _Pieces = {}
    backwards: _Pieces = {}
    for piece in SYLLABLES | letters:
        for tree, spelt in ((forwards, piece), (backwards, piece[::-1])):
            last = tree
            for letter in spelt:
                last = last.setdefault(letter, {})
            last[_END] = {}
    return forwards, backwards


def _reach(key: str, pieces: _Pieces) -> int:
    """Returns how many letters from the start split into pieces."""
    size = len(key)
    ends, last = {0}, 0
    for start in range(size):
        if last < start:
            break
        if start not in ends:
            continue
        tree = pieces
        for at in range(start, size):
            after = tree.get(key[at])
            if after is None:
                break
            tree = after
            if _END in tree:
                ends.add(at + 1)
                last = max(last, at + 1)
    return last


@lru_cache(maxsize=8_192)
def readings(sign: str) -> tuple[str, ...]:
    """Returns the readings of one character in lower case without tones, the usual one first.

    A character of another script reads as itself. A reading with `ü` is returned as `lu`, `lv` and `lyu`.
    """
    if not count_han(sign):
        return (sign,)
    from pypinyin.constants import PINYIN_DICT

    found: dict[str, None] = {}
    for reading in filter(None, PINYIN_DICT.get(ord(sign), "").split(",")):
        plain = bare(reading)
        found[plain] = None
        if "\u0308" in unicodedata.normalize("NFD", reading):
            found.update(dict.fromkeys((plain.replace("u", "v", 1), plain.replace("u", "yu", 1))))
    return tuple(found) or (sign,)


def spellings(stem: str) -> tuple[str, ...]:
    """Returns the spellings of a name in pinyin, the usual one first: at most one character is read otherwise.

    Args:
        stem: The folded name; a character that is not Chinese reads as itself.
    """
    ways = [readings(sign) for sign in stem]
    usual = [way[0] for way in ways]
    found = {"".join(usual): None}
    for place, way in enumerate(ways):
        before, after = "".join(usual[:place]), "".join(usual[place + 1 :])
        for other in way[1:MOST_READINGS]:
            found[before + other + after] = None
    return tuple(found)
