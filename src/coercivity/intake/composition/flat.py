"""Normalises the text of a cell: one width, one kind of dash and space, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

# ASCII, accented Latin letters, kana and Chinese characters, of which every one stays as it is.
_SIGN = "[!-~\u00c0-\u00ff\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]"
_PLAIN = re.compile(rf"{_SIGN}+(?: {_SIGN}+)*\Z")
_DASHES = frozenset("\u2212\ufe58\ufe63\u2043")
_RANGE = re.compile(r"(?<=[\d%])\s*(?:\.{2,}|[\u2025\u2026]|\u22ef)\s*(?=[\d<])")
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u00b4": "'", "\u02bc": "'"})


def two_ends(text: str) -> str:
    """Returns text in which dots between two numbers become a dash: `0...0.5 %` is a range, as Germans write it."""
    return _RANGE.sub(" - ", text)


def flat(text: str) -> str:
    """Returns text with plain width, dashes and spaces, with single spaces between words and none at the ends."""
    if _PLAIN.match(text):
        return text
    kept = []
    for sign in unicodedata.normalize("NFKC", text.translate(_QUOTES)):
        kind = unicodedata.category(sign)
        if kind in ("Cf", "Cs"):
            continue
        kept.append("-" if kind == "Pd" or sign in _DASHES else sign)
    return " ".join("".join(kept).split())
