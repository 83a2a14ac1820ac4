"""Helpers for what commands print: aligned columns, and labels from the rulebook."""

from __future__ import annotations

import unicodedata

from coercivity.base.words import Lang, say

_WIDE = frozenset("WF")


def columns(*cells: tuple[object, int]) -> str:
    """Returns cells as one line, each cut or padded to its width; a Chinese character takes two columns."""
    return " ".join(_filled(str(text), width) for text, width in cells)


def _filled(text: str, width: int) -> str:
    kept, used = "", 0
    for sign in text:
        taken = 2 if unicodedata.east_asian_width(sign) in _WIDE else 1
        if used + taken > width:
            break
        kept, used = kept + sign, used + taken
    return kept + " " * (width - used)


def label(group: str, word: str, lang: Lang) -> str:
    """Returns the label of the rulebook for a word of the program."""
    from coercivity.verbs.words import law_words

    return say(law_words(group, word), lang)


def outcome(value: str, lang: Lang) -> str:
    """Returns an outcome: its code in English, its label in other languages."""
    return value if lang == "en" else label("outcomes", value, lang)


def said(text: str, lang: Lang) -> str:
    """Returns a line composed in English in a language; English if it has no translation."""
    if lang == "en":
        return text
    from coercivity.verbs.messages import message

    return message(text, lang)


def phrase(word: str, lang: Lang) -> str:
    """Returns a fixed phrase."""
    return label("phrases", word, lang)
