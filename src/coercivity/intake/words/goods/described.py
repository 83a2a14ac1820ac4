"""Machines that are told by what they do: furnace which heats blanks, 用来粘磁片的设备, magnet analyser.

The machine is the item; what it works on, holds, feeds or measures is not, however plainly it is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from coercivity.data.values import FactValue
from coercivity.intake.words.pieces import Piece, Row

_NAMING = frozenset(("item", "family", "grade", "substance", "element", "partner", "shape", "other_item"))
_TOLD = _NAMING | {"unknown", "attribute", "service", "carrier", "teach", "use", "neutral"}
_BREAKS = frozenset(("break", "item_number"))
_RELATIVE = re.compile(
    r" (?:which|that|where|wherein|(?:in|on|with|by|for) which|able to|capable of)\b"
    r"|, ?(?:which|where|(?:(?:in|mit|auf|an|bei|durch) )?(?:der|die|das|den|dem|denen)|welche[rs]?|womit|worin)\b"
)
_PURPOSE = re.compile(r"给|对|用来|用于|用以|把|将|能把|可把|能将|可将")
_VERBAL = re.compile(
    r"[をに][^、。]*[るたすうくぐむつ]$"
)  # what stands before the machine in Japanese: magnets, to bond
# A thing that was not understood, and what it does: saw that cuts blocks. Confirm that is no such thing.
_SUBJECT = re.compile(
    r" ?(?:(?:a|an|one|\d{1,4}) )?"
    r"(?!(?:[\w-]+ ){0,3}(?:we|i|you|he|they|it|please|pls|confirm|note|know|sure|so|hope|is|are|was|ok)\b)"
    r"(?:[a-z-]+ ){1,3}(?:that|which|in which|where) "
)
_ATTACHED = ("als ", "in der ", "siehe ", "anbei ", "per ")  # Anlage, an enclosure
_BETWEEN = frozenset(("neutral", "unknown", "process", "attribute"))
_MOST_BETWEEN = 5
_NEAR = 40  # characters


def described(row: Row) -> Row:
    """Returns the row in which a machine that is described is the item, and what it works on only its purpose."""
    pieces = list(row.pieces)
    for start, end in _clauses(pieces):
        at = _leading(row.folded.flat, pieces, start, end)
        if at is None:
            at = _closing(row.folded.flat, pieces, start, end)
        if at is None:
            _behind(row.folded.flat, pieces, start, end)
            _unnamed(row.folded.flat, pieces, start, end)
        else:
            pieces[at] = _certain(pieces[at])
    return replace(row, pieces=tuple(pieces))


def _clauses(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    start = 0
    for at, piece in enumerate(pieces):
        if piece.role in _BREAKS:
            yield start, at
            start = at + 1
    yield start, len(pieces)


def is_machine(piece: Piece) -> bool:
    """Returns whether a piece may name a machine, be it with a word as plain as machine."""
    return any(e.role == "item" and e.states.get("form") == "equipment" for e in piece.entries)


def _certain(piece: Piece) -> Piece:
    """Returns the machine as the item; a meaning that holds only beside its plant still depends on that plant."""
    held = [
        replace(e, cues={k: v for k, v in e.cues.items() if k != "weak"}, strength="stated")
        if e.role == "item" and "part_of" not in e.cues
        else e
        for e in piece.entries
    ]
    return replace(piece, role="item", entries=tuple(held))


def _leading(flat: str, pieces: list[Piece], start: int, end: int) -> int | None:
    """Returns the machine that a clause names first, if a relative clause or a purpose follows."""
    at = next((i for i in range(start, end) if pieces[i].role in _NAMING), None)
    if at is None or not is_machine(pieces[at]) or flat[: pieces[at].start].endswith(_ATTACHED):
        return None
    while at + 1 < end and is_machine(pieces[at + 1]) and pieces[at + 1].start - pieces[at].end <= 1:
        at += 1
    if _RELATIVE.match(flat, pieces[at].end):
        for place in range(at + 1, end):
            if pieces[place].role == "comma" and pieces[place].start > pieces[at].end + 1:
                break
            if pieces[place].role in _TOLD:
                pieces[place] = replace(pieces[place], purpose=True)
        return at
    then = next((p for p in pieces[at + 1 : end] if p.role not in ("neutral", "unknown", "open", "close")), None)
    return at if then is not None and then.role == "purpose_after" else None


def _unnamed(flat: str, pieces: list[Piece], start: int, end: int) -> None:
    """Marks as purpose what a thing that was not understood is said to do."""
    begin = pieces[start - 1].end if start else 0
    told = _SUBJECT.match(flat, begin)
    if told is None or any(p.role in _NAMING and begin <= p.start < told.end() for p in pieces[start:end]):
        return
    for at in range(start, end):
        if pieces[at].start >= told.end() and pieces[at].role in _TOLD:
            pieces[at] = replace(pieces[at], purpose=True)


def _closing(flat: str, pieces: list[Piece], start: int, end: int) -> int | None:
    """Returns the machine that ends a Chinese or Japanese description of what it does."""
    first, last = start, None
    for at in range(start, end):
        if pieces[at].role in ("comma", "colon", "open", "close") and last is None:
            first = at + 1
        elif is_machine(pieces[at]) and flat[pieces[at].start] > "\u3000":
            last = at
        elif last is not None and pieces[at].role in _NAMING:
            return None
    if last is None or last == first:
        return None
    text = flat[pieces[first].start : pieces[last].start]
    told = _PURPOSE.search(text)
    if not (told and "的" in text[told.end() :]) and not _VERBAL.search(text[-_NEAR:]):
        return None
    for at in range(first, last):
        if pieces[at].role == "purpose_after":
            pieces[at] = replace(pieces[at], role="neutral")
        elif pieces[at].role in _TOLD:
            pieces[at] = replace(pieces[at], purpose=True)
    return last


def _behind(flat: str, pieces: list[Piece], start: int, end: int) -> None:
    """Makes a plain machine word the item if it ends one name with a thing: magnet analyser, 磁铁上料机."""
    for at in range(start + 1, end):
        if not is_machine(pieces[at]) or not all("weak" in e.cues for e in pieces[at].entries):
            continue
        before = _compound(flat, pieces, start, at)
        if before:
            pieces[at] = _certain(pieces[at])
            for place in before:
                pieces[place] = replace(pieces[place], purpose=True)


def _compound(flat: str, pieces: Sequence[Piece], start: int, at: int) -> list[int]:
    """Returns the pieces before a machine word that are one name with it; none if none of them is a magnet."""
    found: list[int] = []
    chinese = flat[pieces[at].start] > "\u3000"
    for place in range(at - 1, max(start, at - _MOST_BETWEEN) - 1, -1):
        between = flat[pieces[place].end : pieces[place + 1].start]
        if between not in (("",) if chinese else ("", " ", "-")):
            break
        if pieces[place].role in ("item", "family", "shape", "grade"):
            found.append(place)
        elif pieces[place].role not in _BETWEEN or (not chinese and pieces[place].role != "process"):
            break
    magnets = [i for i in found if any(e.states.get("form") == "magnet" for e in pieces[i].entries)]
    if not magnets or (not chinese and flat[pieces[found[0]].end - 1] == "s"):
        return []
    return found


_KINDS: tuple[tuple[re.Pattern[str], re.Pattern[str], Mapping[str, FactValue]], ...] = (
    (
        re.compile(r"furnace|oven|ofen|炉"),
        re.compile(r"grain.?boundar|korngrenze|晶界|粒界"),
        {"goods_kind": "grain_boundary_diffusion_equipment", "machine_kind": "vacuum_diffusion_furnace"},
    ),
    (
        re.compile(r"magnet|磁"),
        re.compile(r"\b(?:glue|glues|gluing|sticks?|sticking|bonds) |verkleb|zusammenkleb|粘|貼り合わ|接着"),
        {"goods_kind": "magnet_machining_machine", "machine_kind": "gluing_machine"},
    ),
    (
        re.compile(r"ndfeb|magnet|钕铁硼|稀土|ネオジム|磁"),
        re.compile(r"against each other|gegeneinander|互相碰撞|相互碰撞|对撞|ぶつけ"),
        {"goods_kind": "magnet_jet_mill"},
    ),
)


def kind_described(row: Row, head: Piece, own: Sequence[Piece]) -> Mapping[str, FactValue]:
    """Returns the kind of machine that follows from what a machine without a name of its own is said to do."""
    states = {name for entry in head.entries for name in entry.states}
    if states != {"form"} or head.states.get("form") != "equipment" or not any(p.purpose for p in own):
        return {}
    for of_what, deed, facts in _KINDS:
        if of_what.search(row.folded.flat) and deed.search(row.folded.flat):
            return facts
    return {}
