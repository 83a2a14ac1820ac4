"""Goods that are sent to be worked on elsewhere: rotors sent to be balanced are a delivery, not a service of ours."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coercivity.intake.words.pieces import Piece, Row

_SENT = re.compile(
    r"发往|寄往|寄到|发到|送往|送到|送去|送至|送修|运往|返送|送付|\b(?:sent|shipped|returned|go|goes|geschickt|gesendet|gehen|geht)\b"
)
_FROM = re.compile(r"\b(?:aus|from) (?:[\w]+[ -])?$")  # magnets from dismantling
_NEAR = 40  # characters between the word for sending and the service
_MACHINES = ("equipment", "equipment_part")


def is_sent_for(row: Row, piece: Piece, goods: Sequence[Piece]) -> bool:
    """Returns whether a service word tells what goods are sent away for: 转子发往苏州做动平衡.

    Args:
        row: The text.
        piece: The service word.
        goods: The pieces that name goods.
    """
    near = max(0, piece.start - _NEAR)
    sent = _SENT.search(row.folded.flat, near, piece.start)
    if sent is None and not _FROM.search(row.folded.flat[near : piece.start]):
        return False
    before = [p for p in goods if p.end <= piece.start and not p.purpose]
    return bool(before) and not any(p.states.get("form") in _MACHINES for p in before)
