"""Rare earths that are named beside a product, not as what it is made of: washing machine; 2 kg Tb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coercivity.intake.goods.things import RARE_EARTHS
from coercivity.intake.words.deals.heads import APART, counted, kind_of
from coercivity.intake.words.pieces import Piece

_PRODUCTS = frozenset(("finished_good", "component", "assembly", "equipment", "equipment_part"))
_WEIGHED = re.compile(r"\d ?(?:kg|g|t|to|tons?|公斤|千克|克|吨)(?: of| von)? ?$")
_MOST = 60  # pieces; a text with more is a list
_FIELDS = frozenset("|\t")  # between them stand fields of a table, or lines that were joined


def named_apart(head: Piece, own: Sequence[Piece], flat: str) -> list[str]:
    """Returns what must be told of a rare earth that may be a second item.

    A family is often said of the product itself (motor, NdFeB), unless it is counted or joined to it with a word.

    Args:
        head: The piece that names the item.
        own: The pieces of the deal.
        flat: The folded text.
    """
    if head.states.get("form") not in _PRODUCTS:
        return []
    named = [at for at, p in enumerate(own) if p is not head and not p.purpose and not p.held and _may_be(p)][:_MOST]
    found = next((own[at] for at in named if _is_apart(head, at, own, flat)), None)
    return [f"names {kind_of(head)} and {flat[found.start : found.end]}"] if found is not None else []


def _may_be(piece: Piece) -> bool:
    return bool(RARE_EARTHS & set(piece.elements)) or "magnet_type" in piece.states


def _is_apart(head: Piece, at: int, own: Sequence[Piece], flat: str) -> bool:
    piece = own[at]
    rare = piece.role in ("element", "substance") and bool(RARE_EARTHS & set(piece.elements))
    if rare and _WEIGHED.search(flat[max(0, piece.start - 16) : piece.start]):
        return True
    if rare and piece.start > head.start and ("form" in piece.states or _names_substance(at, own)):
        return True
    family = piece.start > head.start and (piece.role in ("family", "grade") or "magnet_type" in piece.states)
    if not rare and not family:
        return False
    first, second = sorted((head, piece), key=lambda p: p.start)
    between = [p for p in own if first.end <= p.start and p.end <= second.start]
    if not any(p.role in APART for p in between):
        return False
    if any("label" in p.entry.cues.get("kind", "") for p in between if p.entries):
        return False
    joined = at > 0 and own[at - 1].role == "joiner"
    fields = bool(_FIELDS & set(flat[first.end : second.start]))
    return rare or (family and (joined or fields or counted(head, piece, own, flat)))


def _names_substance(at: int, own: Sequence[Piece]) -> bool:
    """Returns whether a substance is next to an element: dysprosium oxide, 氧化镝."""
    behind = at + 1 < len(own) and own[at + 1].role == "substance" and own[at + 1].start - own[at].end <= 1
    return behind or (at > 0 and own[at - 1].role == "substance" and own[at].start - own[at - 1].end <= 1)
