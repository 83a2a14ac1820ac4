"""The item that the words of a deal in goods name: head, family, elements, attributes, figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from coercivity.data.values import FactValue, SetValue
from coercivity.intake.goods.phrases import Phrase
from coercivity.intake.goods.things import UnreadThingError, facts_of
from coercivity.intake.words.amounts.reader import code_statements, parameters_in, shared_ranges, shares_in
from coercivity.intake.words.entailed import entailed, joined, part_facts
from coercivity.intake.words.kinds import live
from coercivity.intake.words.pieces import Piece, Row
from coercivity.intake.words.results import Span, Statement
from coercivity.intake.words.routes import certain_routes
from coercivity.intake.words.unsure import unsure_of
from coercivity.law.rules.rulebook import Rulebook

_APART = frozenset(
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
_BARE = frozenset(("equipment", "equipment_part", "reagent", "technology"))
# Figures add elements to these; of a metal or an oxide they may be impurities, and name it only if nothing else does.
_SUMMED = frozenset(
    ("magnet", "magnet_powder", "alloy", "scrap", "mixture", "assembly", "component", "finished_good", "")
)
_PREPOSITIONS = frozenset(("to", "on", "onto", "of", "auf", "von", "zu", "an"))
_LOOSE = frozenset(("line_service", "support_kinds", "integrated_parts"))
# What the words say of the contents, whatever the item is.
_CERTAIN = frozenset(("magnet_type", "elements"))


def item_statements(book: Rulebook, row: Row, pieces: Sequence[Piece]) -> tuple[list[Statement], list[str]]:
    """Returns what the words say about the item, and why something stays open.

    Args:
        book: The rulebook, for its catalogue.
        row: The text.
        pieces: The pieces of the deal.
    """
    measured = shared_ranges(book, row.folded)
    own = [
        p
        for p in pieces
        if not p.denied and not (p.role in ("element", "partner") and any(a <= p.start < b for a, b in measured))
    ]
    head, others, why = _head(own, row)
    facts, open_ = _facts(book, head, own, row)
    doubt = others[0] if others else "" if head is None else unsure_of(row, head, pieces)
    found: list[Statement] = []
    for fact, value in facts.items():
        certain = fact in _CERTAIN or not doubt
        spans = _spans(row, _behind(fact, head, own))
        by = _by(head, own, fact)
        found.append(Statement(fact, value, "stated" if certain else "suggested", spans, by, "" if certain else doubt))
    if doubt:
        facts = {name: value for name, value in facts.items() if name in _CERTAIN}
        head = None
    found += entailed(row, head, own, facts)
    form = str(next((one.value for one in found if one.fact == "form"), ""))
    if form in _SUMMED or (form not in _BARE and not any(one.fact == "elements" for one in found)):
        found = _with_shares(book, row, pieces, found, form)
    found = joined(found, _attributes(row, own))
    if form == "reagent":
        found += code_statements(row.folded, *_range(row, pieces))
    if "goods_kind" in facts:
        found += parameters_in(book, row.folded, str(facts["goods_kind"]), *_range(row, pieces))
    return found, [*why, *open_, *others]


def _head(own: Sequence[Piece], row: Row) -> tuple[Piece | None, list[str], list[str]]:
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
    head, beside = heads[0], []
    for other in heads[1:]:
        if other is head or _kind(other) == _kind(head) or _worked_on(head, other, own, row.folded.flat):
            continue
        if _belongs(other, head, own, spare=True) and not _joined_by(head, other, own):
            head = other
            continue
        if (_holds(head, other) and not _joined_by(head, other, own)) or _belongs(head, other, own):
            continue
        if _made_of(other, head):
            head = other
            continue
        if head.role == "substance" or _holds(other, head):
            alone = _holds(other, head) and not _joined_by(head, other, own)
            beside += (
                []
                if alone or not (head.elements or _holds(other, head))
                else [f"names {_kind(head)} and {_kind(other)}"]
            )
            head = other
        else:
            beside.append(f"names {_kind(head)} and {_kind(other)}")
    return head, beside, []


def _holds(whole: Piece, part: Piece) -> bool:
    """Returns whether one thing may be a part of the other; a substance with its elements never is."""
    form = str(whole.states.get("form", ""))
    inner = str(part.states.get("form", ""))
    if whole.of("other_item") is not None:
        return False
    if part.of("other_item") is not None or (not inner and not part.states):
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
    """Returns whether a word such as and, or a plus sign, stands between two things: they are two items."""
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
    """Returns items that follow each other without a sign between them: the last one is the item, as in motor magnet."""
    found: list[list[Piece]] = []
    last: Piece | None = None
    for piece in own:
        if piece.role in _APART or (last is not None and _machine(last) and _leads_on(piece, flat)):
            last = None
        elif piece in cands and piece.of("item", "substance", "other_item") is not None:
            if last is not None and not _apart(flat[last.end : piece.start], flat[piece.start]):
                found[-1].append(piece)
            else:
                found.append([piece])
            last = piece
    return [_headed(run) for run in found]


def _machine(piece: Piece) -> bool:
    return piece.states.get("form") == "equipment"


def _apart(between: str, sign: str) -> bool:
    """Returns whether what stands between two things separates them: a figure, or a blank before a Chinese word."""
    return len(between) > 24 or any(char.isdigit() for char in between) or (sign >= "\u3000" and between.isspace())


def _headed(run: list[Piece]) -> list[Piece]:
    """Puts the thing itself last: sintering furnace, in pieces; monazite, a concentrate."""
    things = [p for p in run if p.of("item", "other_item") is not None]
    if not things:
        return run
    last = next(
        (p for p in things if p.states.get("form") == "scrap"), things[-1]
    )  # scrap magnets, Altmagnete aus Motoren
    for other in things[:-1]:
        if len(other.states) > len(last.states) and all(other.states.get(k) == v for k, v in last.states.items()):
            last = other
    return [*run, last] if last is not run[-1] else run


def _kind(piece: Piece) -> str:
    states = piece.states
    return str(states.get("goods_kind") or states.get("form") or "another item")


def _facts(
    book: Rulebook, head: Piece | None, own: Sequence[Piece], row: Row
) -> tuple[dict[str, FactValue], list[str]]:
    notes: list[str] = []
    words = [*_phrases(head, own, row)]
    try:
        facts = facts_of(book.catalogue, words, notes) if words else {}
    except UnreadThingError as error:
        facts = _fallback(head, own)
        return _opened(facts), [str(error)] if head is None or not facts else []
    if head is not None:
        facts = {**{name: value for name, value in head.states.items() if name not in ("magnet_type",)}, **facts}
        facts |= part_facts(book, head, own)
    return _opened(facts), []


def _opened(facts: dict[str, FactValue]) -> dict[str, FactValue]:
    """Leaves elements open: running text is no complete list."""
    held = facts.get("elements")
    if isinstance(held, SetValue) and held.complete:
        facts = {**facts, "elements": SetValue(held.has, complete=False)}
    return facts


def _phrases(head: Piece | None, own: Sequence[Piece], row: Row) -> Iterator[Phrase]:
    if head is not None:
        entry = head.of("item", "substance", "other_item") or head.entry
        kind = "substance" if entry.role == "substance" else entry.cues.get("kind", "")
        kind = kind if kind in ("substance", "alloy", "target") else ""
        yield Phrase(entry.terms[0] if entry.terms else "", "thing", entry.states, head.elements, kind)  # type: ignore[arg-type]
        yield from _family_of(head, entry.terms[0] if entry.terms else "")
    bare = head is not None and str(head.states.get("form", "")) in _BARE
    for piece in own:
        if piece.purpose or piece is head or bare:
            continue
        text = row.folded.raw(piece.start, piece.end)
        if piece.role in ("family", "grade") and piece.entry.strength == "stated":
            facts = {
                name: value
                for name, value in piece.states.items()
                if name == "magnet_type" or (name == "form" and not piece.held and head is None)
            }
            if "magnet_type" in facts:
                yield Phrase(text, "family", facts, piece.elements)
            if piece.role == "grade" and piece.states.get("form") and head is None:
                yield Phrase(text, "thing", {"form": piece.states["form"]})
        elif piece.role == "element" or piece.role == "partner":
            yield Phrase(text, "partner" if piece.role == "partner" else "element", {}, piece.elements)
        elif piece.role == "shape":
            yield Phrase(text, "shape")
        elif piece.role in ("item", "substance") and "magnet_type" in piece.states:
            yield from _family_of(piece, text)
        elif piece.role in ("item", "substance") and piece.elements:
            yield Phrase(text, "element", {}, piece.elements)
        elif (
            piece.role == "substance"
            and not piece.held
            and head is not None
            and head.states.get("form") in ("target", "mixture")
        ):
            yield Phrase(text, "thing", piece.states)


def _family_of(piece: Piece, text: str) -> Iterator[Phrase]:
    """Yields the family that an item names with itself: neodymium magnet, SmCo scrap."""
    if "magnet_type" in piece.states:
        yield Phrase(text, "family", {"magnet_type": piece.states["magnet_type"]}, piece.elements)


def _fallback(head: Piece | None, own: Sequence[Piece]) -> dict[str, FactValue]:
    """Returns what is certain although the words do not fit together: the item, and the families it may have."""
    facts = dict(head.states) if head is not None else {}
    families = [
        p.states["magnet_type"] for p in live(own, "family", "grade") if "magnet_type" in p.states and not p.purpose
    ]
    if families and all(value == families[0] for value in families) and str(facts.get("form", "")) not in _BARE:
        facts["magnet_type"] = families[0]
    return facts


def _attributes(row: Row, own: Sequence[Piece]) -> list[Statement]:
    """Returns properties and uses; parts that are joined add up."""
    found: dict[str, Statement] = {}
    certain = certain_routes(own)
    for piece in own:
        for entry in piece.entries:
            if entry.role not in ("attribute", "use", "route") or entry.strength == "suggested":
                continue
            if entry.role == "route" and (piece.start, entry.where) not in certain:
                continue
            for fact, value in entry.states.items():
                span = (row.folded.span(piece.start, piece.end),)
                held = found.get(fact)
                if held is not None and isinstance(held.value, SetValue) and isinstance(value, SetValue):
                    both = SetValue(held.value.has | value.has, complete=held.value.complete and value.complete)
                    found[fact] = Statement(fact, both, "stated", (*held.spans, *span), entry.where)
                elif held is None:
                    found[fact] = Statement(fact, value, "stated", span, entry.where)
    return list(found.values())


def _range(row: Row, pieces: Sequence[Piece]) -> tuple[int, int]:
    """Returns the range of the folded text from the first piece of a deal to the first one of the next."""
    if not pieces:
        return 0, 0
    first, last = min(p.start for p in pieces), max(p.end for p in pieces)
    before = [p.start for p in row.pieces if p.start < first]
    after = [p.start for p in row.pieces if p.start >= last]
    return (first if before else 0), (min(after) if after else len(row.folded.flat))


def _with_shares(
    book: Rulebook, row: Row, pieces: Sequence[Piece], found: list[Statement], form: str
) -> list[Statement]:
    """Adds measured elements to those of the name, and the shares of dysprosium and terbium of a magnet or an alloy."""
    shares = shares_in(book, row.folded, *_range(row, pieces))
    kept = [one for one in found if one.fact != "elements"]
    named = next((one for one in found if one.fact == "elements"), None)
    for one in shares.statements:
        if one.fact == "elements":
            if named is None:
                named = one
            elif isinstance(named.value, SetValue) and isinstance(one.value, SetValue):
                both = SetValue(named.value.has | one.value.has, complete=False)
                named = Statement("elements", both, "stated", (*named.spans, *one.spans), named.by)
        elif form in ("magnet", "alloy", "magnet_powder"):
            kept.append(one)
    return [*kept, *([named] if named is not None else [])]


def _behind(fact: str, head: Piece | None, own: Sequence[Piece]) -> list[Piece]:
    """Returns the pieces that a fact rests on."""
    if fact in ("magnet_type", "elements", "alloy_system", "target_system"):
        found = [
            p for p in own if not p.purpose and (p.role in ("family", "grade", "element", "partner") or p.elements)
        ]
        if found:
            return found
    return (
        [head] if head is not None else [p for p in own if p.role in ("family", "grade", "shape") and not p.purpose][:1]
    )


def _spans(row: Row, pieces: Sequence[Piece]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(row.folded.span(p.start, p.end) for p in pieces))


def _by(head: Piece | None, own: Sequence[Piece], fact: str) -> str:
    behind = _behind(fact, head, own)
    return behind[0].entry.where if behind and behind[0].entries else "words"
