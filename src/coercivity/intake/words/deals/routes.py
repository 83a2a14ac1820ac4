"""From where to where, who comes from where, and where the work is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from coercivity.intake.words.deals.deeds import CHINA, stage_of
from coercivity.intake.words.deals.kinds import Deal
from coercivity.intake.words.pieces import Piece, Row, live
from coercivity.intake.words.results import Statement, Strength

_SENDER = ("from", "shipper")
_INTO = ("->", "→", "=>", " to", " into", "转至", "转到", "入", "至", " ins", " ans")
_STORES = frozenset(("lager", "stock", "warehouse", "vorrat", "库存", "现货", "仓库", "在庫"))
_OUT_OF = (" from", " ex", " ab", " aus", "自", "从")


def route_statements(row: Row, deal: Deal) -> Iterator[Statement]:
    """Yields the places of a deal as facts, by the kind of deal.

    Args:
        row: The text.
        deal: The deal.
    """
    places = [p for p in row.pieces if p.place is not None]
    if deal.act in ("", "goods", "reexport", "transit"):
        yield from _goods(row, deal, places)
    elif deal.act in ("technology", "publication"):
        yield from _technology(row, deal, places)
    elif deal.act == "service":
        yield from _service(row, deal, places)
    elif deal.act == "assistance":
        yield from _assistance(row, deal, places)
    elif deal.act == "support_service":
        yield from _goods(row, deal, places)


def certain_routes(pieces: Sequence[Piece]) -> frozenset[tuple[int, str]]:
    """Returns which words of routes hold, by begin and entry; a weak one only beside a word with another fact."""
    said = [
        (p, entry) for p in pieces for entry in p.entries if entry.role == "route" and entry.strength != "suggested"
    ]
    weak = [(p, entry) for p, entry in said if "weak" in entry.cues and not p.purpose and not p.denied]
    sure = [(p, entry) for p, entry in said if "weak" not in entry.cues]
    other = {fact for _, entry in (*sure, *weak) for fact in entry.states}
    kept = [*sure, *(weak if len(other) > 1 else ())]
    return frozenset((p.start, entry.where) for p, entry in kept)


def _zones(row: Row, deal: Deal) -> Iterator[Statement]:
    """Yields whether goods enter or leave a bonded zone: the place beside the word, or the sign before it, tells."""
    for piece in deal.pieces:
        entry = piece.entries[0] if piece.entries else None
        if entry is None or entry.role != "route" or entry.cues.get("kind") != "zone" or piece.denied:
            continue
        beside = [p for p in row.pieces if p.place is not None and -1 <= piece.start - p.end <= 2]
        relation = beside[-1].place.relation if beside and beside[-1].place is not None else ""
        before = row.folded.flat[: (beside[-1] if beside else piece).start].rstrip()
        into = relation == "to" or before.endswith(_INTO)
        out = relation == "from" or before.endswith(_OUT_OF)
        if into is not out:
            fact, span = "to_zone" if into else "from_zone", (row.folded.span(piece.start, piece.end),)
            yield Statement(fact, True, "stated", span, entry.where)


def _of(places: Sequence[Piece], *relations: str, abroad: bool | None = None) -> Piece | None:
    """Returns the first place in one of these relations; several countries in one relation leave it open."""
    found = [p for p in places if p.place is not None and p.place.relation in relations]
    if abroad is not None:
        found = [p for p in found if p.place is not None and (p.place.country != CHINA) is abroad]
    countries = {p.place.country for p in found if p.place is not None}
    return found[0] if len(countries) == 1 else None


def _say(row: Row, fact: str, piece: Piece | None) -> Iterator[Statement]:
    if piece is not None and piece.place is not None:
        span = (row.folded.span(piece.start, piece.end),)
        kept = piece.place.cue in _STORES and fact in ("from", "to")
        why = "where goods are kept is not yet where they leave from" if kept else ""
        strength: Strength = "entailed" if kept else "stated"
        yield Statement(fact, piece.place.country, strength, span, f"place, {piece.place.relation}", why)


def _goods(row: Row, deal: Deal, places: Sequence[Piece]) -> Iterator[Statement]:
    yield from _say(row, "from", _of(places, *_SENDER))
    yield from _say(row, "to", _of(places, "to", "trip") or _of(places, "recipient"))
    yield from _say(row, "origin", _of(places, "origin"))
    yield from _zones(row, deal)
    site = live(row.pieces, "site")
    stage, pieces = stage_of(row, deal)
    aim = [p for p in pieces if p.purpose or p.of("site") is not None]
    equipment = any(p.states.get("form") in ("equipment", "equipment_part", "scrap") for p in deal.pieces)
    if stage and stage != "none" and aim and equipment:
        spans = tuple(row.folded.span(p.start, p.end) for p in aim)
        yield Statement("serves_stage", stage, "stated", spans, aim[0].entry.where)
        if site:
            yield from _say(row, "activity_place", _of(places, "at", "trip", abroad=True))


def _technology(row: Row, deal: Deal, places: Sequence[Piece]) -> Iterator[Statement]:
    people = _of(places, "people_from", abroad=True) or _of(places, "recipient", abroad=True)
    teaches = bool(live(deal.pieces, "teach", weak=True))
    here = _of(places, *_SENDER, "people_from", abroad=False) or _of(places, "at", "plain", abroad=False)
    hosted = _of(places, "at", abroad=False) if teaches else None
    visit = any(entry.cues.get("kind") == "visit" for p in live(deal.pieces, "teach", weak=True) for entry in p.entries)
    there = _of(places, "to", "at", "trip", *(() if visit or hosted else ("recipient", "plain")), abroad=True)
    if people is not None and (teaches or (people.place is not None and people.place.relation == "recipient")):
        yield from _say(row, "recipient_nationality", people)
    yield from _say(row, "to", there)
    yield from _say(row, "from", here)
    if there is not None and live(deal.pieces, "site"):
        yield from _say(row, "activity_place", there)


def _service(row: Row, deal: Deal, places: Sequence[Piece]) -> Iterator[Statement]:
    remote = [p for p in deal.pieces if any(entry.cues.get("kind") == "remote" for entry in p.entries)]
    there = _of(places, "at", "to", "trip", "recipient", "plain", abroad=True)
    senders = _of(places, "people_from", *_SENDER)
    if senders is None and live(deal.pieces, "people"):
        senders = _of(places, "recipient", abroad=False)  # the visit of engineers from China
    said = [p for p in deal.pieces if p.of("people") is not None and any("people" in e.cues for e in p.entries)]
    if remote:
        sender = senders or _of(places, "at", "plain", abroad=False)
        yield from _say(row, "from", sender)
        yield from _say(row, "exporter_place", sender)
    elif senders is not None and not said:
        yield from _say(row, "exporter_nationality", senders)
    if said and not (remote and senders is not None):
        piece = said[0]
        country = next(entry.cues["people"] for entry in piece.entries if "people" in entry.cues)
        span = (row.folded.span(piece.start, piece.end),)
        yield Statement("exporter_nationality", country, "stated", span, piece.entry.where)
    yield from _say(row, "to", there)
    yield from _say(row, "activity_place", there)
    if there is not None and not remote:
        # Whoever comes may still work for a firm in China, from where a licence is needed: suggested, never concluded.
        for fact in ("from", "exporter_place"):
            for one in _say(row, fact, there):
                yield replace(one, strength="suggested", reason="work on site, unless a firm in China sends it")


def _assistance(row: Row, deal: Deal, places: Sequence[Piece]) -> Iterator[Statement]:
    there = _of(places, "at", "to", "trip", "recipient", "plain", "people_from", abroad=True)
    chinese = _of(places, "people_from", *_SENDER, abroad=False)
    yield from _say(row, "exporter_nationality", chinese)
    if chinese is None:
        said = [p for p in deal.pieces if any("people" in e.cues for e in p.entries)]
        if said:
            country = next(e.cues["people"] for e in said[0].entries if "people" in e.cues)
            span = (row.folded.span(said[0].start, said[0].end),)
            yield Statement("exporter_nationality", country, "stated", span, said[0].entry.where)
    yield from _say(row, "activity_place", there)
    yield from _say(row, "recipient_nationality", there)
    yield from _say(row, "to", there)
