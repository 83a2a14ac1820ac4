"""What no word of a text says and that still may name something: pictures, control codes, and words such as etc."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coercivity.intake.words.pieces import Piece

# Pictures of things; faces, hands, hearts and ticks are none.
_PICTURE = re.compile(
    "[\U0001f300-\U0001f43f\U0001f451-\U0001f492\U0001f4a0-\U0001f58f\U0001f597-\U0001f5ff\U0001f680-\U0001f6ff"
    "\U0001f93a-\U0001f96f\U0001f97b-\U0001f9ff\U0001fa70-\U0001fae0\u2620-\u2623\u2691-\u2697\u269b\u26cf-\u26d4"
    "\u2708]"
)
# 1C905, 2B902.a, 3A001: a number of the dual-use list beside an item says that somebody found it there.
_CODE = re.compile(r"(?<![\w.-])[0-9][a-e][0-9]{3}(?:\.[a-z0-9]{1,2}){0,3}(?![\w-])")


def more_is_meant(piece: Piece) -> bool:
    """Returns whether a word says that more is meant than is named: etc., not only, 等."""
    return any(entry.cues.get("kind") == "more" for entry in piece.entries)


def telling_ranges(flat: str) -> Iterator[tuple[int, int]]:
    """Yields the ranges of pictures and control codes in a folded text."""
    for pattern in (_PICTURE, _CODE):
        for found in pattern.finditer(flat):
            yield found.span()
