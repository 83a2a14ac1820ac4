"""Text in the product's languages, chosen when shown and never part of a hash, and text made safe to show."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Literal, get_args

Lang = Literal["en", "zh", "ja"]
LANGS: tuple[Lang, ...] = get_args(Lang)
_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def say(text: Mapping[str, str], lang: Lang = "en") -> str:
    """Returns the text in the language asked for, or in English where that language is not held."""
    return text.get(lang) or text.get("en", "")


def steers(sign: str) -> bool:
    """Returns whether a sign would steer a terminal or turn the reading direction instead of being shown."""
    return unicodedata.category(sign) in _STEERING


def plain(text: str) -> str:
    """Returns one line of text in which no sign steers a terminal: a tab is a blank, any other such sign a `?`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("?" if steers(sign) else sign for sign in text.replace("\t", " "))


def bare(text: str) -> str:
    """Returns text in one form for comparing: no case, width, accents, or signs that are not shown."""
    split = unicodedata.normalize("NFKD", "".join(sign for sign in text if unicodedata.category(sign) != "Cf"))
    kept = "".join(sign for sign in split if not "\u0300" <= sign <= "\u036f")
    return unicodedata.normalize("NFKC", kept).casefold()
