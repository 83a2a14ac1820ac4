"""Names in Cyrillic and Hangul letters as they are spoken, in Latin letters: for a comparison by sound only."""

from __future__ import annotations

import re
import unicodedata

_CYRILLIC = re.compile(r"[\u0400-\u052f]+")
_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_SHAPES = frozenset("АВЕЅЗІЈКМНОРСТУХаеосрхуіјѕһԁԛԝӏ")  # look like Latin letters, alone or in a word
_PAIRS = """
аa бb вv гg дd еe ёe жzh зz иi йi кk лl мm нn оo пp рr сs тt уu фf хh цts чch шsh щshch ъ ыy ьъ эe юyu яya
іi їi єe ґg ўu јj љl њn ћc ђdj џdz ѓg ќk ѕz әa ғg қk ңn өo ұu үu һh
"""
_LETTERS = {pair[0]: pair[1:].replace("ъ", "") for pair in _PAIRS.split()}
_HEADS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
_VOWELS = (
    *("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu"),
    *("ui", "i"),
)
_TAILS = (
    *(
        "",
        "k",
        "k",
        "k",
        "n",
        "n",
        "n",
        "t",
        "l",
        "k",
        "m",
        "l",
        "l",
        "l",
        "p",
        "l",
        "m",
        "p",
        "p",
        "t",
        "t",
        "ng",
        "t",
    ),
    *("t", "k", "t", "p", "t"),
)
_FORMS = re.compile(r"주식회사|유한회사|\(주\)|\(유\)|㈜")


def spoken(name: str) -> tuple[str, bool]:
    """Returns a name with its Cyrillic and Hangul words in Latin letters, and whether there were any.

    A word of letters that all look like Latin ones is left to be read by its shape, as is one that mixes alphabets.

    Args:
        name: The name as shown.
    """
    if _HANGUL.search(name):
        text = _HANGUL.sub(_syllables, _FORMS.sub(" ", name))
        return _CYRILLIC.sub(_letters, text), True
    if not _CYRILLIC.search(name):
        return name, False
    text = " ".join(_word(word) for word in name.split())
    return text, text != " ".join(name.split())


def _word(word: str) -> str:
    letters = [sign for sign in word if sign.isalpha()]
    mixed = any(sign.isascii() for sign in letters)
    if mixed or all(sign in _SHAPES for sign in letters):
        return word
    return _CYRILLIC.sub(_letters, word)


def _letters(found: re.Match[str]) -> str:
    text = unicodedata.normalize("NFC", found.group()).lower().replace("дж", "j")
    return "".join(_LETTERS.get(sign, sign if sign.isascii() else "") for sign in text)


def _syllables(found: re.Match[str]) -> str:
    text = ""
    for sign in found.group():
        place = ord(sign) - 0xAC00
        text += _HEADS[place // 588] + _VOWELS[place % 588 // 28] + _TAILS[place % 28]
    return text
