"""Chinese names in pinyin: how a Chinese name may be written in letters, and whether a Latin name may be one.

Pinyin only: neither Japanese readings in letters, nor Wade-Giles and the other romanisations of Taiwan and Hong Kong.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

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
_BACKWARDS = frozenset(syllable[::-1] for syllable in SYLLABLES)
_FORM = re.compile(r"(?:(?:gufen)?youxian(?:zeren)?gongsi|gongsi|zhushihuishe|youxianhuishe|hetonghuishe)\Z")
_TONE = re.compile(r"(?<=[a-z])[0-5]")


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
    reached = _reach(key, forwards)
    if reached == size or not slips:
        return reached == size
    if reached < size // 3:
        return False
    return reached + _reach(key[::-1], backwards) >= size - slips


class _Pieces(NamedTuple):
    """What a name in pinyin consists of.

    Attributes:
        every: The pieces.
        sizes: Numbers of letters of the pieces, by their first two letters; a piece of one letter by this.
    """

    every: frozenset[str]
    sizes: dict[str, tuple[int, ...]]


@lru_cache(maxsize=16)
def _pieces(letters: frozenset[str]) -> tuple[_Pieces, _Pieces]:
    """Returns syllables and Latin pieces of listed names, forwards and backwards."""
    ways: list[_Pieces] = []
    for every in (SYLLABLES | letters, _BACKWARDS | {piece[::-1] for piece in letters}):
        sizes: dict[str, set[int]] = {}
        for piece in every:
            sizes.setdefault(piece[:2], set()).add(len(piece))
        ways.append(_Pieces(every, {start: tuple(sorted(found)) for start, found in sizes.items()}))
    return ways[0], ways[1]


def _reach(key: str, pieces: _Pieces) -> int:
    """Returns how many letters from the start split into pieces."""
    every, sizes = pieces
    ends, last = {0}, 0
    for start in range(len(key)):
        if last < start:
            break
        if start not in ends:
            continue
        if key[start] in every:
            ends.add(start + 1)
            last = max(last, start + 1)
        for size in sizes.get(key[start : start + 2], ()):
            if start + size <= len(key) and key[start : start + size] in every:
                ends.add(start + size)
                last = max(last, start + size)
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
