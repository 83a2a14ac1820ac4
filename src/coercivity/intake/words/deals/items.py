"""The item that the words of a deal in goods name: head, family, elements, attributes, figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.data.values import FactValue, SetValue
from coercivity.intake.goods.phrases import Phrase
from coercivity.intake.goods.things import UnreadThingError, facts_of
from coercivity.intake.words.amounts.reader import code_statements, parameters_in, shared_ranges, shares_in
from coercivity.intake.words.deals.beside import named_apart
from coercivity.intake.words.deals.entailed import entailed, joined, part_facts
from coercivity.intake.words.deals.heads import head_of
from coercivity.intake.words.deals.routes import certain_routes
from coercivity.intake.words.deals.unsure import unsure_of
from coercivity.intake.words.goods.described import kind_described
from coercivity.intake.words.goods.trades import KINDS, of_another_trade
from coercivity.intake.words.pieces import Piece, Row, live
from coercivity.intake.words.results import Span, Statement
from coercivity.law.rules.rulebook import Rulebook

_BARE = frozenset(("equipment", "equipment_part", "reagent", "technology"))
# Figures add elements to these; of a metal or an oxide they may be impurities, and name it only if nothing else does.
_SUMMED = frozenset(
    ("magnet", "magnet_powder", "alloy", "scrap", "mixture", "assembly", "component", "finished_good", "")
)
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
    head, others, why = head_of(own, row)
    named = head
    if head is not None and not others:
        why = [*why, *named_apart(head, own, row.folded.flat)]
    facts, open_ = _facts(book, head, own, row)
    doubt = others[0] if others else "" if head is None else unsure_of(row, head, pieces)
    found: list[Statement] = []
    shared = "" if head is None or doubt else of_another_trade(row, head, pieces)
    nameless = _nameless(head, own)
    for fact, value in facts.items():
        certain = fact in _CERTAIN and not (nameless and fact == "elements")
        told = "" if certain else doubt or nameless or (shared if fact in KINDS else "")
        spans = _spans(row, _behind(fact, head, own))
        by = _by(head, own, fact)
        found.append(Statement(fact, value, "suggested" if told else "stated", spans, by, told))
    if doubt:
        facts = {name: value for name, value in facts.items() if name in _CERTAIN}
        head = None
    found += entailed(row, named, own, facts)
    form = str(next((one.value for one in found if one.fact == "form"), ""))
    if form in _SUMMED or (form not in _BARE and not any(one.fact == "elements" for one in found)):
        found = _with_shares(book, row, pieces, found, form)
    found = joined(found, _attributes(row, own))
    if form == "reagent":
        found += code_statements(row.folded, *_range(row, pieces))
    if "goods_kind" in facts and not shared:
        found += parameters_in(book, row.folded, str(facts["goods_kind"]), *_range(row, pieces))
    return found, [*why, *open_, *others]


def _nameless(head: Piece | None, own: Sequence[Piece]) -> str:
    """Returns why the elements may be those of another thing: laser goggles are called after a crystal."""
    after = head is not None and head.of("other_item") is not None and not head.states
    return "" if not after or any(p.held and p.elements for p in own) else "the thing is only named after a material"


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
        facts |= part_facts(book, head, own) | dict(kind_described(row, head, own))
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
        yield Phrase(entry.terms[0] if entry.terms else "", "thing", entry.states, head.elements, kind)  # type: ignore[arg-type] # one of the three above, or blank
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
        elif piece.role in ("element", "partner"):
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
    if str(facts.get("form", "")) not in _BARE:
        held = {symbol for p in live(own, "family", "grade") if not p.purpose for symbol in p.elements}
        if held and "elements" not in facts:
            facts["elements"] = SetValue(frozenset(held), complete=False)
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
                if fact == "elements" and piece.purpose:
                    continue
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
