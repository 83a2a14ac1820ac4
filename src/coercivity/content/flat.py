"""Text of a cell in one form: one width, one kind of dash and blank, nothing that is not shown."""

from __future__ import annotations

import re
import unicodedata

_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*\Z")
_DASHES = frozenset("\u2212\ufe58\ufe63\u2043")
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u00b4": "'", "\u02bc": "'"})


def flat(text: str) -> str:
    """Returns text with plain width, dashes and blanks, single blanks between words and none around."""
    if _PLAIN.match(text):
        return text
    kept = []
    for sign in unicodedata.normalize("NFKC", text.translate(_QUOTES)):
        kind = unicodedata.category(sign)
        if kind in ("Cf", "Cs"):
            continue
        kept.append("-" if kind == "Pd" or sign in _DASHES else sign)
    return " ".join("".join(kept).split())
