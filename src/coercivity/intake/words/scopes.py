"""What the words deny, what they name only as a purpose, and what they name as part of the item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from coercivity.intake.words.pieces import Piece, Row

_AFTER = frozenset((
    "free", "frei", "フリー", "レス", "不使用", "なし", "無し", "以外", "less", "ではない", "含まない",
    "含まず", "除く", "除外", "の代わりに",
))  # fmt: skip
_DENIABLE = frozenset((
    "item", "family", "grade", "element", "substance", "service", "carrier", "teach", "attribute", "shape", "site",
    "person", "process", "partner", "use", "publish", "unknown", "neutral",
))  # fmt: skip
_ENDS = frozenset(("break", "item_number", "comma", "colon", "holding", "open", "close", "purpose_after"))
_ENDS_DENIAL = frozenset(("break", "item_number", "comma", "holding", "purpose_after"))
_DEEDS = frozenset(("service", "carrier", "teach"))
_NAMED = frozenset(("item", "family", "grade", "substance", "element", "other_item"))
_NUMBERED = re.compile(r"(?:\.[ ]?| ?[:#] ?)[\w-]*\d")  # No. 12 is a number, no 12 mm ring is not
_QUANTITY = re.compile(r"\d ?(?:kg|g|t|to|tons?|公斤|千克|克|吨)(?: of| von)? ?$")
_FURTHEST = 2  # pieces that one denial reaches


def scoped(row: Row) -> Row:
    """Returns the row with each piece marked as denied, as purpose, or as part of the item."""
    pieces = _purposes(_denials(row, list(row.pieces)), row)
    return replace(row, pieces=tuple(pieces))


def _denials(row: Row, pieces: list[Piece]) -> list[Piece]:
    for at, piece in enumerate(pieces):
        if piece.role != "denial":
            continue
        word = row.folded.flat[piece.start : piece.end]
        if word == "no" and _NUMBERED.match(row.folded.flat, piece.end):
            continue
        reach = range(at - 1, -1, -1) if word in _AFTER else range(at + 1, len(pieces))
        reached = 0
        for place in reach:
            other = pieces[place]
            if other.role == "purpose_after" and place == at + 1:
                continue  # not for drones
            if other.role in _ENDS_DENIAL and not _list_of_elements(pieces, place):
                break
            listed = other.role in ("element", "comma") and not _weighed(other, row.folded.flat)
            if reached and word in _AFTER and not listed:
                break
            if other.role in _DENIABLE and other.role != "neutral":
                pieces[place] = replace(other, denied=True)
                reached += 1
                if reached >= _FURTHEST and other.role not in ("element",) and not _listed(pieces, place):
                    break
                if other.role in ("item", "service", "carrier", "teach", "substance") and not _listed(pieces, place):
                    break
    return pieces


def _weighed(piece: Piece, flat: str) -> bool:
    """Returns whether a quantity is before a piece: it is there, as in 2 kg Tb, Dy-free."""
    return _QUANTITY.search(flat[max(0, piece.start - 16) : piece.start]) is not None


def _listed(pieces: Sequence[Piece], at: int) -> bool:
    """Returns whether a deed of the same kind follows at once or after and: without installation and commissioning."""
    if pieces[at].role not in _DEEDS:
        return False
    then = next((p for p in pieces[at + 1 : at + 3] if p.role not in ("joiner", "neutral")), None)
    return then is not None and then.role in _DEEDS and then.start - pieces[at].end <= 5


def _list_of_elements(pieces: Sequence[Piece], at: int) -> bool:
    """Returns whether a comma or slash is between two elements: Dy/Tb-free."""
    return (
        0 < at < len(pieces) - 1
        and pieces[at].role == "comma"
        and pieces[at - 1].role == "element"
        and pieces[at + 1].role == "element"
    )


def _purposes(pieces: list[Piece], row: Row) -> list[Piece]:
    purpose = held = False
    stack: list[tuple[bool, bool]] = []
    for at, piece in enumerate(pieces):
        if piece.role in ("break", "item_number"):
            purpose = held = False
            stack.clear()
        elif piece.role == "open":
            stack.append((purpose, held))
        elif piece.role == "close":
            purpose, held = stack.pop() if stack else (purpose, held)
        elif piece.role == "joiner" and row.folded.flat[piece.start] == "+":
            purpose = purpose and bool(stack)  # what is added is no longer what it is for
        elif piece.role == "comma":
            purpose = purpose and bool(stack)
        elif piece.role == "colon":
            purpose = purpose and at > 0 and pieces[at - 1].role == "purpose_after"
        elif piece.role == "purpose_after":
            purpose = not _counts(pieces[:at], row.folded.flat[piece.end : piece.end + 8])
        elif piece.role == "purpose_before":
            _back(pieces, at, row.folded.flat)
        elif piece.role == "holding":
            held, purpose = True, False
        elif purpose or held:
            pieces[at] = replace(piece, purpose=purpose, held=held and not purpose)
    return pieces


def _counts(before: Sequence[Piece], after: str) -> bool:
    """Returns whether a number follows and nothing was named yet: for 300 kg of oxide is the item, not its purpose."""
    named = any(piece.role in _NAMED for piece in before)
    return not named and after.lstrip()[:1].isdigit()


def _back(pieces: list[Piece], at: int, flat: str) -> None:
    """Marks the words before 用 in its clause as purpose; a blank after the first word ends it."""
    marked = False
    for place in range(at - 1, -1, -1):
        if pieces[place].role in (
            "break",
            "item_number",
            "comma",
            "colon",
            "holding",
            "open",
            "close",
            "purpose_after",
        ):
            return
        if marked and any(sign.isspace() for sign in flat[pieces[place].end : pieces[place + 1].start]):
            return
        pieces[place] = replace(pieces[place], purpose=True)
        marked = True
