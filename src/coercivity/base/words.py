"""Texts in several languages, chosen on display and never hashed, and text made safe for display."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal, get_args

Lang = Literal["en", "zh", "ja"]
LANGS: tuple[Lang, ...] = get_args(Lang)
_IDEOGRAPHS = re.compile("[\u4e00-\u9fff]+\\Z")
_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def say(text: Mapping[str, str], lang: Lang = "en") -> str:
    """Returns the text in the requested language; if there is none, in English, else in a language that there is."""
    return text.get(lang) or text.get("en") or next(filter(None, text.values()), "")


def steers(sign: str) -> bool:
    """Returns whether a character controls the terminal or the text direction instead of being displayed."""
    return unicodedata.category(sign) in _STEERING


def plain(text: str) -> str:
    """Returns one line of text without control characters: a tab becomes a blank, any other one a `?`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("?" if steers(sign) else sign for sign in text.replace("\t", " "))


def bare(text: str) -> str:
    """Returns text normalised for comparison: no case, width, accents or invisible characters."""
    if text.isascii():
        return text.lower()
    if _IDEOGRAPHS.match(text):  # none of them decomposes, or has a case
        return text
    split = unicodedata.normalize("NFKD", "".join(sign for sign in text if unicodedata.category(sign) != "Cf"))
    kept = "".join(sign for sign in split if not "\u0300" <= sign <= "\u036f")
    return unicodedata.normalize("NFKC", kept).casefold()
