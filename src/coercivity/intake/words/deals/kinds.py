"""Which deals a text describes: the kind first, then whether machine, drawings and fitter are deals of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from coercivity.data.values import SetValue
from coercivity.intake.words.deals.know_how import brought_in, settings, shown, workable
from coercivity.intake.words.deals.persons import hands, hired, is_ordinary, named_step
from coercivity.intake.words.deals.treated import is_sent_for
from coercivity.intake.words.pieces import Piece, Row, live

GOODS = ("item", "family", "grade", "substance", "element")
_OWNED = frozenset((
    "our", "your", "the", "his", "their", "its", "these", "those", "unser", "unsere", "unserer", "unserem", "unseren",
    "eure", "euer", "ihre", "ihr", "die", "der", "das", "den", "dem", "des", "我们的", "我司", "贵司", "我们", "你们",
))  # fmt: skip
_OWNERS = (
    "客户",
    "用户",
    "我们的",
    "我司",
    "贵司",
    "现场",
    "顾客",
    "客户的",
    "用户的",
    "お客様の",
    "顧客の",
    "弊社の",
    "貴社の",
)
_QUANTITY = re.compile(
    r"\d ?(?:kg|g|t|to|mt|tons?|tonnes?|tonnen|pcs|pce?s?|pieces?|stk|stuck|st\b|ea|sets?|units?|pallets?|drums?|"
    r"rolls?|bags?|boxes|sack|kct|件|个|個|只|台|套|吨|公斤|千克|箱|根|片|枚|本|トン|セット)(?![a-z])"
)
_NUMBER = re.compile(r"(?:(?<![\w.,])\d{1,6} ?|[一二两三四五六七八九十] ?[台套个件只] ?)$")
_DEEDS = ("service", "teach", "person", "carrier", "publish")
# Whose deal it is: of a client, and not of whoever writes.
_FOR_OTHERS = re.compile(
    r"client|customer|kunde|mandant|客户|顾客|顧客|不参与|只负责|仅负责| only|escrow|treuhand|applicant|buyer|seller"
    r"|买方|卖方|kaufer|käufer|insur|versicher|保险|开证|issu|er[oö]ffn"
)
_BELONGING = ("的", "の")
_SIGN = 3  # letters: a German word that begins a compound, not a Chinese one before its object
_SEPARATORS = frozenset(("joiner", "holding", "comma", "item_number", "open"))


@dataclass(frozen=True, slots=True)
class Deal:
    """One deal of a text before its facts are read.

    Attributes:
        act: Kind of deal; blank if the words name goods and the route tells the rest.
        pieces: The pieces that are its own.
        sure: Whether the words state the kind; otherwise it is only suggested.
        teaches: Whether know-how is passed beside a service.
    """

    act: str
    pieces: tuple[Piece, ...]
    sure: bool = True
    teaches: bool = False


def counted(row: Row) -> bool:
    """Returns whether the text names a quantity: 3 Stück, 500 kg."""
    return _QUANTITY.search(row.folded.flat) is not None


def deals_of(row: Row) -> list[Deal]:
    """Returns the deals that a text describes, in the order of its words; none if it names no act and no item."""
    listed = _listed(row)
    if listed:
        return listed
    pieces = row.pieces
    for act, role in (("foreign_check", "check"), ("publication", "publish"), ("support_service", "support")):
        if live(pieces, role) and not (role == "support" and _is_payment(row)):
            return [Deal(act, pieces)]
    services = _services(row)
    persons = live(pieces, "person")
    carriers = [p for p in (*live(pieces, "carrier"), *settings(row)) if not p.purpose]
    teaches = [p for p in live(pieces, "teach") if not p.purpose]
    if (persons or teaches) and not services and is_ordinary(pieces) and not named_step(pieces):
        return [Deal("assistance" if persons else "technology", pieces, sure=False)]
    if brought_in(row, persons, carriers):
        return [Deal("technology", pieces)]
    if persons or hired(row):
        return [Deal("assistance", pieces, teaches=bool(teaches))]
    weak_carriers = live(pieces, "carrier", weak=True)
    if not services and not carriers and not teaches:
        return _without_deeds(row, weak_carriers)
    return _split(row, services, carriers or ([] if services or teaches else weak_carriers), teaches)


def _is_payment(row: Row) -> bool:
    """Returns whether words of finance are only terms of payment of goods with a quantity: 3 t, bank guarantee."""
    held = [p.states.get("support_kinds") for p in live(row.pieces, "support")]
    finance = all(isinstance(value, SetValue) and value.has == {"finance"} for value in held)
    return finance and counted(row) and _FOR_OTHERS.search(row.folded.flat) is None


def _listed(row: Row) -> list[Deal]:
    """Returns the deals of a numbered list in which at least one entry is no delivery of goods; none otherwise."""
    parts: list[list[Piece]] = []
    for piece in row.pieces:
        if piece.role == "item_number":
            parts.append([])
        elif parts:
            parts[-1].append(piece)
    if len(parts) < 2:
        return []
    found = [deal for part in parts for deal in deals_of(replace(row, pieces=tuple(part)))]
    deeds = {deal.act for deal in found if deal.sure} - {"", "goods"}
    if not deeds or len({deal.act for deal in found}) < 2:
        return []
    return [replace(deal, act=deal.act or "goods") for deal in found]


def _services(row: Row) -> list[Piece]:
    """Returns the service words that are done, not the topic of a manual, a training or a purpose."""
    found = []
    people = bool(live(row.pieces, "people"))
    things = live(row.pieces, *GOODS)
    aimed = any(not p.purpose for p in things)
    known = bool(live(row.pieces, "carrier", "teach"))
    for piece in (*live(row.pieces, "service"), *hands(row)):
        after = next((p for p in row.pieces if p.start >= piece.end and p.role != "neutral"), None)
        topic = after is not None and (
            (after.role in ("carrier", "teach") and after.start - piece.end <= 1)
            or (after.role in ("item", "other_item") and after.start == piece.end and piece.end - piece.start > _SIGN)
        )
        sent = piece.purpose and not people and (aimed or _for_what_is_unread(row, piece))
        sent = sent or (not people and is_sent_for(row, piece, things))
        if not topic and not sent and not (piece.purpose and known):
            found.append(piece)
    return found


def _for_what_is_unread(row: Row, piece: Piece) -> bool:
    """Returns whether a deed is the purpose of a word that was not understood: lubricant for maintenance."""
    before = [p for p in row.pieces if p.end <= piece.start]
    aims = [at for at, p in enumerate(before) if p.role == "purpose_after"]
    return bool(aims) and aims[-1] > 0 and before[aims[-1] - 1].role == "unknown"


def _without_deeds(row: Row, weak: Sequence[Piece]) -> list[Deal]:
    goods = live(row.pieces, *GOODS)
    deeds = live(row.pieces, *_DEEDS, weak=True) if workable(row) else []
    others = [p for p in (*live(row.pieces, "people"), *deeds) if not p.purpose]
    if not _QUANTITY.search(row.folded.flat) and shown(row):
        return [Deal("technology", row.pieces)]
    if goods and (not others or _QUANTITY.search(row.folded.flat) or _numbered(row)):
        return [Deal("", tuple(part)) for part in items_apart(row)]
    if goods:
        return [Deal("", row.pieces, sure=False)]  # persons or deeds are named beside the item: which is it?
    if weak and live(row.pieces, "process"):
        return [Deal("technology", row.pieces)]
    for role, act in (("teach", "technology"), ("service", "service"), ("person", "assistance")):
        if live(row.pieces, role, weak=True):
            return [Deal(act, row.pieces, sure=False)]
    if weak:
        return [Deal("technology", row.pieces, sure=False)]
    return [Deal("", row.pieces)] if live(row.pieces, "route", "shape", "site", "attribute", "other_item") else []


def _numbered(row: Row) -> bool:
    """Returns whether a number is before a thing: 12 motors, 1 Sinterofen, 一台气流磨."""
    before = (row.folded.flat[max(0, piece.start - 8) : piece.start] for piece in live(row.pieces, *GOODS))
    return any(_NUMBER.search(text) for text in before)


def _split(row: Row, services: Sequence[Piece], carriers: Sequence[Piece], teaches: Sequence[Piece]) -> list[Deal]:
    deeds = sorted({p.start: p for p in (*services, *carriers, *teaches)}.values(), key=lambda p: p.start)
    delivered = _delivered(row, deeds)
    rest = _without(row.pieces, delivered)
    found = [Deal("goods", tuple(delivered))] if delivered else []
    # Know-how beside a service is a deal of its own only if it is named beside it, not as the thing that is worked on.
    taught = bool(delivered and teaches)
    apart = bool(services and (carriers or taught)) and (bool(delivered) or _joined(row, services, carriers))
    if apart or ((carriers or teaches) and not services):
        found.append(Deal("technology", _without(rest, services) if apart else rest))
    if services:
        found.append(Deal("service", rest, teaches=bool(teaches) and not apart))
    return found


def _without(pieces: Sequence[Piece], others: Sequence[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece not in others)


def _joined(row: Row, services: Sequence[Piece], carriers: Sequence[Piece]) -> bool:
    """Returns whether a carrier of know-how is named beside a service, and not as its object."""
    for carrier in carriers:
        for service in services:
            first, second = sorted((carrier, service), key=lambda p: p.start)
            between = [p.role for p in row.pieces if first.end <= p.start and p.end <= second.start]
            if any(role in ("joiner", "holding", "comma", "open") for role in between):
                return True
    return False


def _delivered(row: Row, deeds: Sequence[Piece]) -> list[Piece]:
    """Returns the pieces of goods that are delivered beside know-how or a service; none if they are only its object."""
    pieces = row.pieces
    first = deeds[0]
    supply = [
        p
        for p in live(pieces, "route", "support", "neutral", "service")
        if any(e.cues.get("kind") == "supply" for e in p.entries)
    ]
    before = [p for p in pieces if p.end <= first.start]
    heads = [p for p in live(before, *GOODS, "site") if not p.purpose]
    if heads and (supply or not any(p.role == "break" for p in before if p.start > heads[-1].start)):
        between = [p.role for p in before if p.start >= heads[-1].end]
        mended = _mended(deeds) and not _QUANTITY.search(row.folded.flat)
        separated = any(role in _SEPARATORS - ({"comma"} if mended else set()) for role in between)
        if supply or (separated and not _owned(row, heads[0]) and not _is_topic(row, heads[-1])):
            return [p for p in before if p.role not in ("break",)]
    return _after(row, deeds)


def _is_topic(row: Row, head: Piece) -> bool:
    """Returns whether a thing only says what the know-how or the work is about: current of the cell, 磁体回收工艺包."""
    if row.folded.flat[head.end :].startswith(_BELONGING):
        return True
    then = next((p for p in row.pieces if p.start >= head.end), None)
    return then is not None and then.start - head.end <= 1 and then.role == "process"


def _mended(deeds: Sequence[Piece]) -> bool:
    """Returns whether nothing but work on what is there already is named: repair, upkeep, upgrade, operation."""
    done = [p.states.get("line_service") for p in deeds if p.of("service") is not None]
    kinds = {kind for value in done if isinstance(value, SetValue) for kind in value.has}
    return bool(kinds) and len(done) == len(deeds) and not kinds & {"assembly", "commissioning"}


def _after(row: Row, deeds: Sequence[Piece]) -> list[Piece]:
    """Returns goods with a quantity of their own after a joiner: drawings and 2 strip casters."""
    last = deeds[-1]
    after = [p for p in row.pieces if p.start >= last.end]
    for at, piece in enumerate(after):
        if piece.role in ("joiner", "holding") and at + 1 < len(after):
            text = row.folded.flat[piece.end : after[at + 1].start]
            if any(sign.isdigit() for sign in text) and after[at + 1].role in (*GOODS, "neutral"):
                return list(after[at + 1 :])
        supplied = not piece.denied and any(entry.cues.get("kind") == "supply" for entry in piece.entries)
        if supplied and any(not p.purpose for p in live(after[at + 1 :], *GOODS)):
            return list(after[at:])  # commissioning, delivery of 3 magnets
    return []


def _owned(row: Row, piece: Piece) -> bool:
    """Returns whether the goods are there already: our furnace, die Öfen in Polen."""
    before = row.folded.flat[max(0, piece.start - 24) : piece.start].rstrip()
    return before.endswith(_OWNERS) or (bool(before) and before.split()[-1] in _OWNED)


def items_apart(row: Row) -> list[Sequence[Piece]]:
    """Returns the pieces of each item of a numbered or line-by-line list, or all pieces if there is one item only."""
    parts: list[list[Piece]] = [[]]
    for piece in row.pieces:
        new_line = piece.role == "break" and row.folded.flat[piece.start] in "\n;；"
        if piece.role == "item_number" or new_line:
            parts.append([])
        else:
            parts[-1].append(piece)
    naming: list[Sequence[Piece]] = [part for part in parts if _names_item(part)]
    if len(naming) < 2:
        return [row.pieces]
    return naming if len({_identity(part) for part in naming}) > 1 else [row.pieces]


def _names_item(part: Sequence[Piece]) -> bool:
    """Returns whether a part of a list names an item; what follows a label describes the item before."""
    if any(
        a.of("neutral") and "label" in a.entry.cues.get("kind", "") and b.role == "colon" for a, b in pairwise(part)
    ):
        return False
    return any(not p.purpose for p in live(part, "item", "family", "grade", "substance"))


def _identity(part: Sequence[Piece]) -> str:
    named = [p for p in live(part, "item", "family", "grade", "substance", "element") if not p.purpose]
    told = {(name, repr(value)) for p in named for name, value in p.states.items()}
    return repr(sorted(told | {("element", symbol) for p in named for symbol in p.elements}))
