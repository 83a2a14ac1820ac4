"""Which piece of a text names the item: the last of a run of things, unless one holds, feeds or works on another."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from coercivity.intake.words.pieces import Piece, Row, live

APART = frozenset(
    ("comma", "colon", "joiner", "break", "open", "close", "holding", "item_number", "purpose_before", "purpose_after")
)
# What an item may hold as a part of its own; anything else named beside it is a second item.
_HOLDS: Mapping[str, frozenset[str]] = {
    "component": frozenset(("magnet",)),
    "assembly": frozenset(("magnet", "component")),
    "finished_good": frozenset(("magnet", "component", "assembly")),
    "scrap": frozenset(
        ("magnet", "component", "assembly", "finished_good", "alloy", "magnet_powder", "oxide", "metal")
    ),
    "equipment": frozenset(("equipment_part",)),
}
_OTHERS = frozenset(("unknown", "attribute", "site", "process"))  # may be the thing that holds what follows
_COUNT = re.compile(
    r"(?:^\s*|(?<=[ (]))\d[\d.,]* ?"
    r"(?:(?:pcs?|pce|pieces|stk|stuck|st|x|ea|units|sets|kg|t|mt|tons?)\b|[个件片只块台套個吨]|公斤|(?=[a-z]{3}))"
)
_MOST = 60  # more things than that are a list, not a text about one item
_PREPOSITIONS = frozenset(("to", "on", "onto", "of", "auf", "von", "zu", "an"))
_ROTORS = frozenset(("rotor", "rotoren", "stator", "laufer"))
_ONE_WORD = re.compile(r"(?=[a-zäöü]{8})(?!magneti)[a-zäöü]*(?:magnet|rotor|teil)[a-zäöü]*")


def head_of(own: Sequence[Piece], row: Row) -> tuple[Piece | None, list[str], list[str]]:
    """Returns the piece that names the item, what else is named beside it, and contradictions."""
    runs = _runs([p for p in own if not p.purpose and not p.held], own, row.folded.flat)
    heads = [run[-1] for run in runs]
    held = [p for p in own if p.held]
    if not heads and held and not any(p.role in _OTHERS for p in own if p.start < held[0].start):
        heads = [run[-1] for run in _runs(held, own, row.folded.flat)]  # two lots, with magnets
    if not heads:
        aims = [p for p in live(own, "item") if p.purpose and p.states.get("form") == "magnet"]
        shaped = any(p.role == "shape" and not p.purpose for p in own)
        return (aims[0] if aims and shaped else None), [], []
    if len(heads) > _MOST:
        return heads[0], [f"names {len(heads)} things"], []
    head, beside = heads[0], []
    for other in heads[1:]:
        head, told = _weighed(head, other, own, row.folded.flat)
        beside += told
    return head, beside, []


def _weighed(head: Piece, other: Piece, own: Sequence[Piece], flat: str) -> tuple[Piece, list[str]]:
    """Returns which of two things is the item, and what must be told of the other."""
    if other is head or kind_of(other) == kind_of(head) or _worked_on(head, other, own, flat) or _within(other, head):
        return head, []
    if _within(head, other):
        return other, []
    told = [f"names {kind_of(head)} and {kind_of(other)}"]
    apart = _joined_by(head, other, own) or (not _machine(head) and counted(head, other, own, flat))
    if _belongs(other, head, own, spare=True) and not apart:
        return other, []
    if (_holds(head, other) and not apart) or _belongs(head, other, own) or _is_stuff(head, other, flat):
        return head, []
    if _made_of(other, head):
        return other, []
    if _holds(other, head):
        return other, told if apart or (head.elements and head.role == "substance") else []
    if head.role == "substance":
        return other, told if head.elements else []
    return head, told


def _within(general: Piece, special: Piece) -> bool:
    """Returns whether one thing says nothing that the other does not say too: spare part, copper wheel."""
    return (
        bool(general.states)
        and len(general.states) < len(special.states)
        and all(special.states.get(name) == value for name, value in general.states.items())
    )


def _is_stuff(thing: Piece, stuff: Piece, flat: str) -> bool:
    """Returns whether a substance without elements is what a thing is made of: magnets of rare earth metal."""
    between = flat[thing.end : stuff.start].split()
    plain = stuff.states.get("form") in ("metal", "alloy", "oxide", "compound") and not stuff.elements
    return plain and any(word in ("of", "aus", "from") for word in between)


def counted(one: Piece, other: Piece, own: Sequence[Piece], flat: str) -> bool:
    """Returns whether two things are in clauses of their own, each with a quantity."""
    clauses = {_clause(piece, own, flat) for piece in (one, other)}
    return len(clauses) == 2 and all(_COUNT.search(flat[start:end]) for start, end in clauses)


def _clause(piece: Piece, own: Sequence[Piece], flat: str) -> tuple[int, int]:
    start = max((p.end for p in own if p.role in APART and p.end <= piece.start), default=0)
    end = min((p.start for p in own if p.role in APART and p.start >= piece.end), default=len(flat))
    return start, end


def _holds(whole: Piece, part: Piece) -> bool:
    """Returns whether one thing may be a part of the other; a substance with its elements never is."""
    form = str(whole.states.get("form", ""))
    inner = str(part.states.get("form", ""))
    if whole.of("other_item") is not None:
        return False
    if part.of("other_item") is not None or (not inner and not part.states):
        return True
    if form == "equipment" and part.states.get("goods_kind") == "crucible":
        return True
    if any(entry.cues.get("kind") == "of_oxide" for entry in whole.entries) and inner in ("oxide", "compound"):
        return True
    return inner in _HOLDS.get(form, ()) or (not form and bool(whole.states) and inner == "magnet")


def _made_of(whole: Piece, stuff: Piece) -> bool:
    """Returns whether a blend or a target is named after the substances that it consists of."""
    form = whole.states.get("form")
    if form == "target":
        return stuff.states.get("form") in ("metal", "alloy", "oxide", "compound")
    return form == "mixture" and stuff.role == "substance"


def _belongs(part: Piece, machine: Piece, own: Sequence[Piece], *, spare: bool = False) -> bool:
    """Returns whether a machine is named only because the part belongs there: valve, HD furnace; HD furnace spares."""
    if part.states.get("form") != "equipment_part" or machine.states.get("form") != "equipment":
        return False
    if spare:
        return any(p.states.get("form") == "equipment_part" and len(p.states) == 1 for p in own if not p.held)
    return not _joined_by(part, machine, own)


def _joined_by(one: Piece, other: Piece, own: Sequence[Piece]) -> bool:
    """Returns whether a word such as and, or a plus sign, is between two things: they are two items."""
    start, end = (one.end, other.start) if one.start < other.start else (other.end, one.start)
    return any(p.role == "joiner" for p in own if start <= p.start and p.end <= end)


def _worked_on(machine: Piece, other: Piece, own: Sequence[Piece], flat: str) -> bool:
    """Returns whether a machine is for what is named after it: grinder, machining of magnets."""
    if machine.states.get("form") != "equipment" or other.start < machine.start:
        return False
    return any(_leads_on(p, flat) and machine.end <= p.start and p.end <= other.start for p in own)


def _leads_on(piece: Piece, flat: str) -> bool:
    """Returns whether a word leads from a machine to the things that it works on: machining, to sputter on."""
    return piece.of("process") is not None or flat[piece.start : piece.end] in _PREPOSITIONS


def _runs(cands: Sequence[Piece], own: Sequence[Piece], flat: str) -> list[list[Piece]]:
    """Returns items that follow each other without a sign between: the last one is the item, as in motor magnet."""
    found: list[list[Piece]] = []
    last: Piece | None = None
    named = {piece.start for piece in cands if piece.of("item", "substance", "other_item") is not None}
    for piece in own:
        made_of = flat[piece.start : piece.end] in ("of", "aus", "from")
        if piece.role in APART or made_of or (last is not None and _machine(last) and _leads_on(piece, flat)):
            last = None
        elif piece.start in named:
            if last is not None and not _apart(flat[last.end : piece.start], flat[piece.start]):
                found[-1].append(piece)
            else:
                found.append([piece])
            last = piece
    return [_headed(run, flat) for run in found]


def _machine(piece: Piece) -> bool:
    return piece.states.get("form") == "equipment"


def _apart(between: str, sign: str) -> bool:
    """Returns whether the text between two things separates them: a figure, or a blank before a Chinese word."""
    return len(between) > 24 or any(char.isdigit() for char in between) or (sign >= "\u3000" and between.isspace())


def _named_first(run: Sequence[Piece], flat: str) -> Piece | None:
    """Returns the magnet or rotor before the machine it belongs to: Magnetsegmente Servomotor.

    So German lists of parts are written; English puts the machine first, and joins no words: ring magnet motor.
    """
    if len(run) < 2 or run[-1].states.get("form") not in ("finished_good", "equipment"):
        return None
    for first, then in pairwise(run):
        name, between = flat[first.start : first.end], flat[first.end : then.start]
        part = first.states.get("form") in ("magnet", "assembly") or first.states.get("goods_kind") == "rotor_or_stator"
        if (
            part
            and between[:1].isspace()
            and (name.endswith("s") or (name in _ROTORS and _opens(flat[: first.start])) or _ONE_WORD.fullmatch(name))
        ):
            return first
    return None


def _opens(before: str) -> bool:
    """Returns whether no word is before it: external rotor motor is a motor."""
    return not before.strip()[-1:].isalpha()


def _headed(run: list[Piece], flat: str) -> list[Piece]:
    """Puts the thing itself last: sintering furnace, in pieces; monazite, a concentrate."""
    things = [p for p in run if p.of("item", "other_item") is not None]
    if not things:
        return run
    if (first := _named_first(things, flat)) is not None:
        return [*run, first]
    last = next(
        (p for p in things if p.states.get("form") == "scrap"), things[-1]
    )  # scrap magnets, Altmagnete aus Motoren
    for other in things[:-1]:
        if (
            last.states
            and len(other.states) > len(last.states)
            and all(other.states.get(k) == v for k, v in last.states.items())
        ):
            last = other
    return [*run, last] if last is not run[-1] else run


def kind_of(piece: Piece) -> str:
    """Returns the name of the thing that a piece names: its kind of goods, or its form."""
    states = piece.states
    return str(states.get("goods_kind") or states.get("form") or "another item")
