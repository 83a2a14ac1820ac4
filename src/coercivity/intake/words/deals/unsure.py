"""Whether the word that seems to name the item may only describe another one that was not understood."""

from __future__ import annotations

from collections.abc import Sequence

from coercivity.base.errors import brief_value
from coercivity.intake.words.pieces import Piece, Row

_NEAR = 16  # characters
_LEAST = 4  # letters of a word that may name a thing
_SPARES = ("ersatz", "replacement", "spare", "备用", "更换用", "予備", "交換用")
_CLAUSE = frozenset(("comma", "colon", "break", "item_number", "open", "close"))

_OF_IT = frozenset(("", " ", "-", "の", "的"))
_ABOUT = frozenset(("about", "of", "on", "for", "uber", "über", "zu", "zum", "zur", "für", "fur", "von", "der", "des"))


def unsure_of(row: Row, head: Piece, pieces: Sequence[Piece]) -> str:
    """Returns why the item is not certain: an unknown word in front of its clause or right behind it; blank if it is.

    English, German and Chinese name the thing last (motor bracket), and first of several clauses (gripper, magnets
    80 kg).

    Args:
        row: The text.
        head: The piece that seems to name the item.
        pieces: The pieces of the deal.
    """
    if head.role == "substance" and not head.elements and not any(p.elements for p in pieces if not p.purpose):
        return f"{brief_value(row.folded.raw(head.start, head.end))!r} names no element"
    if _is_spare(row, head, pieces):
        return (
            f"{brief_value(row.folded.raw(head.start, head.end))!r} may be a spare part of the machine named after it"
        )
    unknown = [p for p in pieces if p.role == "unknown" and _may_name(row, p)]
    for piece in unknown:
        if not 0 <= piece.start - head.end < _NEAR:
            continue
        between = _between(row, head, piece, pieces)
        near = between in ("", " ", "-") and not piece.purpose
        if near and not _is_new_word(row, head, piece):
            return f"{brief_value(row.folded.raw(piece.start, piece.end))!r} behind it may name the item"
    if paper := _paper(row, head, pieces):
        return f"{brief_value(row.folded.raw(paper.start, paper.end))!r} may be all that is meant"
    first = next((p for p in pieces if p.role != "neutral" and p.role not in _CLAUSE), None)
    if first is not None and first in unknown and not first.purpose:
        between_roles = {p.role for p in pieces if first.end <= p.start and p.end <= head.start}
        if between_roles & (_CLAUSE | {"holding", "purpose_after"}):
            return f"{brief_value(row.folded.raw(first.start, first.end))!r} before it may name the item"
    return ""


def _between(row: Row, head: Piece, piece: Piece, pieces: Sequence[Piece]) -> str:
    """Returns the text between two pieces, without words that say nothing: laser safety goggles."""
    text = row.folded.flat[head.end : piece.start]
    for other in pieces:
        if other.role == "neutral" and head.end <= other.start and other.end <= piece.start and len(text) < _NEAR:
            text = text.replace(row.folded.flat[other.start : other.end], "", 1)
    return text if text.strip() else text[:1]


def _is_spare(row: Row, head: Piece, pieces: Sequence[Piece]) -> bool:
    """Returns whether a machine is named as spare for another one: replacement agitator for the reactor."""
    before = row.folded.flat[max(0, head.start - 14) : head.start].rstrip(" -")
    if head.states.get("form") != "equipment" or not before.endswith(_SPARES):
        return False
    return any(p.purpose and p.states.get("form") == "equipment" for p in pieces)


def _paper(row: Row, head: Piece, pieces: Sequence[Piece]) -> Piece | None:
    """Returns the paper of which the item is only the subject: brochure about magnets, 洗衣机说明书."""
    for piece in pieces:
        if piece.of("carrier") is None or piece.denied or piece.held or piece.purpose:
            continue
        if piece.start >= head.end and row.folded.flat[head.end : piece.start] in _OF_IT:
            return piece
        words = row.folded.flat[piece.end : head.start].split() if piece.end <= head.start else []
        between = [p for p in pieces if piece.end <= p.start and p.end <= head.start]
        if words and words[0] in _ABOUT and all(p.role in ("neutral", "purpose_after", "family") for p in between):
            return piece
    return None


def _may_name(row: Row, piece: Piece) -> bool:
    text = row.folded.raw(piece.start, piece.end)
    if not text.isascii():
        return True
    return len(text) >= _LEAST and text.isalpha()


def _is_new_word(row: Row, head: Piece, piece: Piece) -> bool:
    """Returns whether a Chinese word and a Latin one are only side by side."""
    last, first = row.folded.flat[head.end - 1], row.folded.flat[piece.start]
    return (last > "\u3000") != (first > "\u3000")
