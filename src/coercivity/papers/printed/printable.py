"""Texts as they are printed: characters without a glyph by their number, long words with places to break."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from coercivity.base.sums import total
from coercivity.base.words import plain
from coercivity.papers.printed.fonts import printable_characters

BREAK = "\u200b"  # a place where a word may be broken; not printed
LONGEST_WORD = 24  # characters that stay together
_SPLIT = re.compile(r"[ \u200b]+|(?<=-)(?=[^\W\d])")
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec"
_TIED = re.compile(  # a blank between a number and its unit, month, year, currency or kind: no line ends there
    rf"(?<=\d) (?=(?:%|[kM]|t|kt|g|kg|{_MONTHS})(?![^\W\d]))"
    r"|(?<=\bArt\.) (?=\d)|(?<=\bNo\.) (?=\d)|(?<=\b[A-Z]{3}) (?=\d)|(?<=\b[A-Z][a-z]{2}) (?=\d{4}\b)"
)
_JOINTS = frozenset("/\\_.,:;=&?@|-+)")


def printable(text: str) -> str:
    """Returns a text on one line that the fonts can print, with breaks in words that are longer than a column.

    A control character becomes `?`; a character without a glyph is printed by its number, such as [U+1F600].
    """
    known = printable_characters()
    line = plain(text.replace("\n", " ").replace(BREAK, ""))
    if not line.isascii():
        line = "".join(sign if ord(sign) in known else _without_glyph(sign) for sign in line)
    return " ".join(_broken(word) for word in _TIED.sub("\u00a0", line).split(" "))


def _without_glyph(sign: str) -> str:
    return " " if sign.isspace() else f"[U+{ord(sign):04X}]"


def _broken(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    parts: list[str] = []
    run = 0
    for place, sign in enumerate(word):
        parts.append(sign)
        run = 0 if wide(sign) else run + 1
        if place + 1 < len(word) and (run >= LONGEST_WORD or (sign in _JOINTS and run > LONGEST_WORD // 3)):
            parts.append(BREAK)
            run = 0
    return "".join(parts)


def wide(sign: str) -> bool:
    """Returns whether a character is as wide as it is high, so that lines may break beside it."""
    return unicodedata.east_asian_width(sign) in ("W", "F")


def width_em(text: str) -> float:
    """Returns about how wide a text is, in em; it finds the widest of many, which is then measured."""
    return total(1.0 if wide(sign) else 0.55 for sign in text) if not text.isascii() else 0.55 * len(text)


def unbroken(text: str) -> Iterable[str]:
    """Yields the parts of a printable text that stay on one line."""
    for word in _SPLIT.split(text):
        part = ""
        for sign in word:
            if wide(sign):
                if part:
                    yield part
                yield sign
                part = ""
            else:
                part += sign
        if part:
            yield part
