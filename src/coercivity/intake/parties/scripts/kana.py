"""Japanese kana in Latin letters, and the consonants by which a loanword in kana is recognised.

Kana are read by their Unicode names, long vowels as short ones.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_KANA = re.compile("[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff]")
_NAME = re.compile(r"(?:HIRAGANA|KATAKANA) LETTER (SMALL )?([A-Z]{1,2})\Z")
_HEPBURN = {"si": "shi", "ti": "chi", "tu": "tsu", "hu": "fu", "zi": "ji", "di": "ji", "du": "zu"}
_LONG = re.compile(r"(?<=[aiueo])-+|ou|oo|uu")
_SOFT_C = re.compile("c(?=[eiy])")
_SOFT_G = re.compile("d?g(?=[eiy])")
_SILENT_R = re.compile("(?<=[aeiou])r(?=[^aeiouy]|\\Z)")
_SPELT = (
    ("tch", "c"),
    ("sh", "s"),
    ("ch", "c"),
    ("ph", "f"),
    ("th", "s"),
    ("ck", "k"),
    ("qu", "k"),
    ("x", "ks"),
    ("ts", "t"),
)
_CLASSES = str.maketrans("cqlvz", "kkrbs", "aeiouhwy")
_TWICE = re.compile(r"(.)\1+")


def has_kana(text: str) -> bool:
    """Returns whether a text contains hiragana or katakana."""
    return _KANA.search(text) is not None


def in_letters(text: str) -> str:
    """Returns a text with its kana in Hepburn romanisation, long vowels as short ones."""
    found = ""
    double = False
    for sign in text:
        small, sound = _sound(sign)
        if sign in "ッっ":
            double = True
            continue
        if not sound:
            found += "" if sign == "ー" else sign
            double = False
            continue
        if small and found[-1:] in tuple("aiueo"):
            found = _with_small(found, sound)
            continue
        found += (sound[0] if double and sound[0] not in "aiueo" else "") + sound
        double = False
    return _LONG.sub(lambda match: match[0][:1].strip("-"), found)


def _with_small(before: str, sound: str) -> str:
    """Joins a small kana with the vowel of the one before: ki-ya is kya, shi-ya sha, fu-a fa."""
    stem = before[:-1]
    if sound[0] == "y" and stem.endswith(("sh", "ch", "j")):
        return stem + sound[1:]
    return stem + sound


@lru_cache(maxsize=512)
def _sound(sign: str) -> tuple[bool, str]:
    """Returns whether a kana is a small one, and its reading; empty for other characters."""
    match = _NAME.match(unicodedata.name(sign, ""))
    if match is None:
        return False, ""
    sound = match[2].lower()
    return match[1] is not None, _HEPBURN.get(sound, sound) if match[1] is None else sound


def consonants(letters: str) -> str:
    """Returns the consonants of lower-case Latin letters that Japanese distinguishes: l as r and v as b."""
    text = _SILENT_R.sub("", _SOFT_G.sub("j", _SOFT_C.sub("s", letters)))
    for spelt, heard in (*_SPELT, ("ts", "t")):
        text = text.replace(spelt, heard)
    return _TWICE.sub(r"\1", text.translate(_CLASSES))
