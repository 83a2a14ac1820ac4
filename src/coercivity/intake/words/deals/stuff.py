"""Whether a process is said of another material than rare earths: copper smelting, data mining, 煤矿开采."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coercivity.base.errors import brief_value
from coercivity.intake.goods.things import RARE_EARTHS
from coercivity.intake.words.pieces import Piece, Row

_THEIRS = re.compile("rare[ -]earth|seltene|稀土|希土|レアアース|magnet(?!ic separat)|磁(?![选選])")
_THINGS = ("magnet", "component", "assembly", "finished_good")  # taken apart, they are not separated chemically
_MOST = 60  # processes; a text with more is a list
_LINKS = frozenset(("of", "von", "der", "des", "the", "的", "の"))
_NAMING = frozenset(("family", "grade", "item", "substance", "element", "site"))


def other_stuff(row: Row, process: Sequence[Piece], stage: str) -> str:
    """Returns why a stage does not follow: the process is said of something that is no rare earth; blank if it does.

    Args:
        row: The text.
        process: The words that name the stage.
        stage: The stage.
    """
    if any(piece.role != "process" for piece in process):
        return ""
    theirs = _THEIRS.search(row.folded.flat) is not None or any(_is_theirs(p) for p in row.pieces)
    for piece in process[:_MOST]:
        at = next((at for at, other in enumerate(row.pieces) if other is piece), None)
        if at is None:
            continue
        after, linked = _object(row, at)
        form = "" if after is None else str(after.states.get("form", ""))
        if after is not None and linked and stage == "smelting_separation" and form in _THINGS:
            return _told(row, after)
        if theirs:
            continue
        before = row.pieces[at - 1] if at else None
        if before is not None and piece.start - before.end <= 1 and _is_other(row, before, sure=False):
            return _told(row, before)
        if after is not None and (linked or after.role != "unknown") and _is_other(row, after, sure=True):
            return _told(row, after)
    return ""


def _object(row: Row, at: int) -> tuple[Piece | None, bool]:
    """Returns the piece that follows a process at once or after of, and whether it follows of."""
    linked = False
    for after in row.pieces[at + 1 : at + 4]:
        if after.role == "neutral" and row.folded.flat[after.start : after.end] in _LINKS:
            linked = True
        else:
            return (after if linked or after.start - row.pieces[at].end <= 1 else None), linked
    return None, linked


def _is_theirs(piece: Piece) -> bool:
    return piece.role in _NAMING and (
        bool(RARE_EARTHS & set(piece.elements))
        or "magnet_type" in piece.states
        or str(piece.states.get("goods_kind", "")).startswith(("rare_earth", "magnet"))
    )


def _is_other(row: Row, piece: Piece, *, sure: bool) -> bool:
    """Returns whether a piece names another material, or is a word that may name one: no firm beside a process."""
    if piece.role in ("partner", "other_item") or any("trade" in entry.cues.get("kind", "") for entry in piece.entries):
        return True
    if piece.role == "substance":
        return bool(piece.elements)
    text = row.folded.raw(piece.start, piece.end)
    return piece.role == "unknown" and (sure or not text.isascii() or text.islower())


def _told(row: Row, piece: Piece) -> str:
    return f"{brief_value(row.folded.raw(piece.start, piece.end))!r} is not a rare earth, or was not understood"
