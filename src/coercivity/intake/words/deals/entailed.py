"""What follows from words taken together: from a grade alone, from neodymium, from the machine of a part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from coercivity.data.values import FactValue, SetValue
from coercivity.intake.words.pieces import Piece, Row
from coercivity.intake.words.results import Span, Statement
from coercivity.intake.words.settled import part_of
from coercivity.law.rules.rulebook import Rulebook

_POWDERS = frozenset(("powder", "powders", "pulver", "粉", "粉末", "粉体"))
_WITH_MAGNETS = frozenset(
    ("motor", "rotor_or_stator", "sensor", "electronic_component", "electronic_product", "magnetic_attachment_good")
)


def entailed(row: Row, head: Piece | None, own: Sequence[Piece], facts: Mapping[str, FactValue]) -> list[Statement]:
    """Returns what follows from a grade alone, and from neodymium beside the word magnet or a thing with magnets."""
    found: list[Statement] = []
    named = [p for p in own if p.role == "grade" and not p.purpose and p.entry.cues.get("kind") == "class"]
    if head is None and "form" not in facts and named:
        told = "a grade with a coercivity class is that of a magnet"
        found.append(Statement("form", "magnet", "entailed", _at(row, named), named[0].entry.where, told))
    powder = _powder(row, own) if head is None and "form" not in facts else None
    if powder is not None and not found:
        told = "powder of a magnet family"
        found.append(Statement("form", "magnet_powder", "entailed", _at(row, powder), powder[0].entry.where, told))
    words = [p for p in own if p.role == "element" and p.elements == ("Nd",) and not p.purpose and p.end - p.start > 2]
    magnetic = facts.get("goods_kind") in _WITH_MAGNETS or any(
        p.states.get("form") in ("magnet", "assembly") for p in own if not p.purpose
    )
    if words and magnetic and "magnet_type" not in facts:
        told = "neodymium beside a magnet means neodymium-iron-boron"
        value = SetValue(frozenset(("NdFeB",)))
        found.append(Statement("magnet_type", value, "entailed", _at(row, words), words[0].entry.where, told))
    return found


def _powder(row: Row, own: Sequence[Piece]) -> tuple[Piece, ...] | None:
    """Returns a family or the trade name of one with the word powder beside it, if there is one."""
    for at, piece in enumerate(own):
        if piece.role not in ("family", "grade") or piece.purpose:
            continue
        for after in takewhile(lambda p: p.role == "neutral", own[at + 1 :]):
            if row.folded.flat[after.start : after.end].split()[-1] in _POWDERS:
                return piece, after
    return None


def joined(found: Sequence[Statement], attributes: Sequence[Statement]) -> list[Statement]:
    """Returns all statements; elements of the name and of a treatment, such as diffusion, add up."""
    held = {one.fact: one for one in found}
    for one in attributes:
        before = held.get(one.fact)
        if before is None:
            held[one.fact] = one
        elif isinstance(before.value, SetValue) and isinstance(one.value, SetValue):
            both = SetValue(before.value.has | one.value.has, complete=False)
            held[one.fact] = replace(before, value=both, spans=(*before.spans, *one.spans))
    return list(held.values())


def part_facts(book: Rulebook, head: Piece, own: Sequence[Piece]) -> dict[str, FactValue]:
    """Returns the kind of a machine part from the machine, or another part of it, that is named with it."""
    if head.states.get("form") != "equipment_part" or "goods_kind" in head.states:
        return {}
    known = tuple(book.catalogue["goods_kind"].values)
    for piece in own:
        kind = piece.states.get("goods_kind") if piece is not head else None
        if isinstance(kind, str) and (found := kind if kind.endswith("_part") else part_of(kind, known)):
            return {"goods_kind": found}
    return {}


def _at(row: Row, pieces: Sequence[Piece]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(row.folded.span(p.start, p.end) for p in pieces))
