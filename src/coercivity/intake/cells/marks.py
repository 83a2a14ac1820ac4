"""What a cell holds instead of a statement: words for blank and open, marks of doubt, text that no column accepts."""

from __future__ import annotations

import unicodedata

from coercivity.base.errors import brief_value
from coercivity.intake.cells.cell import Cell, faulty

LONGEST_CELL = 2_000
BLANK = frozenset((
    "n/a", "n.a.", "na", "nan", "null", "none", "(blank)", "(null)", "<na>", "nat", "#n/a",
    "#na", "#ref!", "#value!", "#div/0!", "#name?", "#num!", "#null!", "空", "空白",
))  # fmt: skip
OPEN = frozenset((
    "unknown", "tbd", "tba", "t.b.d.", "t.b.a.", "to be determined", "to be advised", "?",
    "not known", "unbekannt", "未知", "不明", "不详", "待定", "未定",
))  # fmt: skip
DOUBT = frozenset("?¿؟\ufffd")
_NEVER_SHOWN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def refused(text: str, longest: int = LONGEST_CELL) -> Cell | None:
    """Returns the error of a cell that no column accepts: too long, a formula, invisible characters."""
    if len(text) > longest:
        return faulty("CELL-LENGTH", f"{len(text):,} characters; the limit is {longest:,}", next="shorten it")
    whole = text.strip()
    if not whole:
        return None
    seen = whole[0] if whole.isascii() and whole.isprintable() else next(filter(_shown, whole), "")
    if unicodedata.normalize("NFKC", seen) == "=":
        what = f"{brief_value(whole)!r} begins with =, like a formula"
        return faulty("FORMULA-CELL", what, next="export values instead of formulas; for text, remove the =")
    if not text.isprintable():
        for sign in text:
            kind = unicodedata.category(sign)
            if kind == "Cs" or sign in _NEVER_SHOWN or (kind == "Cc" and not sign.isspace()):
                return faulty("CELL-TEXT", "the cell contains an invisible character", next="type the text again")
    return None


def _shown(sign: str) -> bool:
    """Returns whether a character is visible: not a space, format, control or variation selector."""
    return not sign.isspace() and unicodedata.category(sign) not in ("Cf", "Cc", "Mn")
