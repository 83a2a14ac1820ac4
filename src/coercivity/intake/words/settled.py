"""Which meaning of a word holds beside the other words of a text: a valve of the furnace named, or any valve."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coercivity.intake.words.lexicon.entries import Entry, Role
from coercivity.intake.words.pieces import Piece, Row

_THINGS: tuple[Role, ...] = ("item", "substance", "other_item")
_NAMING = frozenset((*_THINGS, "family", "grade"))
_WHOLE = {"precipitation_reactor": "rare_earth_precipitation_reactor"}


def settled(row: Row) -> Row:
    """Returns the row with the meanings that hold.

    A meaning with `part_of` holds if the text names that thing, or a part of it, with another word. A weak meaning
    without `part_of` is the item only if nothing else is. A suggested item states nothing.
    """
    kinds = Counter(kind for piece in row.pieces for kind in set(_kinds(piece)))
    strong = sum(1 for piece in row.pieces if _is_strong(piece))
    things = sum(1 for piece in row.pieces if _is_strong(piece) and piece.of(*_THINGS) is not None)
    pieces = []
    for piece in row.pieces:
        if not any(_is_open(entry) for entry in piece.entries):
            pieces.append(piece)
            continue
        own, mine = set(_kinds(piece)), _is_strong(piece)
        named = frozenset(kind for kind, times in kinds.items() if times > (kind in own))
        thing = mine and piece.of(*_THINGS) is not None
        pieces.append(_chosen(piece, named, strong > mine, things > thing))
    return replace(row, pieces=tuple(pieces))


def _is_open(entry: Entry) -> bool:
    if "part_of" in entry.cues and ("weak" in entry.cues or entry.role == "attribute"):
        return True
    return entry.role in _THINGS and ("weak" in entry.cues or entry.strength == "suggested")


def _chosen(piece: Piece, named: frozenset[str], others: bool, things: bool) -> Piece:
    """Returns a piece with the meanings that hold beside the kinds named, other words for goods, and other things."""
    first: list[Entry] = []
    then: list[Entry] = []
    for entry in piece.entries:
        if not _is_open(entry):
            then.append(entry)
        elif "part_of" in entry.cues:
            if named.intersection(entry.cues["part_of"].split("+")):
                first.append(_certain(entry))
        elif len(piece.entries) == 1 and not _stands_behind(entry, others, things):
            then.append(_certain(entry))
    kept = (*first, *then)
    if not kept:
        plain = any(entry.states.get("goods_kind") == "other" for entry in piece.entries)  # motor bracket is no motor
        return replace(piece, role="neutral" if others and not plain else "unknown", entries=())
    role = piece.role if piece.entries[0] in kept or kept[0].role == piece.role else kept[0].role
    return replace(piece, role=role, entries=kept)


def _stands_behind(entry: Entry, others: bool, things: bool) -> bool:
    """Returns whether another word is the item; a form such as ingot yields to things, not to elements."""
    return "weak" in entry.cues and (things if entry.role == "substance" else others)


def _certain(entry: Entry) -> Entry:
    """Returns an entry as it holds here; what is only suggested names a thing and states nothing."""
    cues = {name: value for name, value in entry.cues.items() if name != "weak"}
    if entry.strength == "suggested":
        return replace(entry, states={}, cues={k: v for k, v in cues.items() if k != "element"}, strength="stated")
    return replace(entry, cues=cues)


def _is_strong(piece: Piece) -> bool:
    if piece.role in ("family", "grade"):
        return True
    return any(entry.role in _NAMING and not _is_open(entry) for entry in piece.entries)


def _kinds(piece: Piece) -> Iterator[str]:
    """Yields the kinds of things that a piece names: a sensor, a strip casting furnace by its part, a magnet."""
    for entry in piece.entries:
        if _is_open(entry):
            continue
        kind = str(entry.states.get("goods_kind", ""))
        if kind:
            yield whole_of(kind)
        if "part_of" in entry.cues:
            yield entry.cues["part_of"]
        if entry.role in ("process", "site") and "stage" in entry.cues and "weak" not in entry.cues:
            yield entry.cues["stage"]
        if "serves_stage" in entry.states:
            yield str(entry.states["serves_stage"])
        if entry.role == "element" or (entry.role == "family" and "element" in entry.cues):
            yield "rare_earth"
        if "machine" in entry.cues:
            yield entry.cues["machine"]
        if entry.states.get("form") == "magnet" or "magnet_type" in entry.states:
            yield "magnet"


def whole_of(kind: str) -> str:
    """Returns the kind of machine to which a kind of machine part belongs, or the kind itself."""
    if not kind.endswith("_part") or kind == "aircraft_part":
        return kind
    bare = kind.removesuffix("_part")
    return _WHOLE.get(bare, bare)


def part_of(kind: str, known: Sequence[str]) -> str:
    """Returns the kind of the parts of a kind of machine, if the catalogue has one; otherwise blank."""
    return next((name for name in known if name != kind and whole_of(name) == kind), "")
