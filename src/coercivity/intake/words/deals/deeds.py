"""What the words say of know-how, work on a line, help by persons, publication, ancillary services, inspections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from coercivity.data.values import FactValue, SetValue
from coercivity.intake.words.deals.kinds import Deal
from coercivity.intake.words.deals.persons import is_ordinary, named_step
from coercivity.intake.words.deals.stuff import other_stuff
from coercivity.intake.words.pieces import Piece, Row, live
from coercivity.intake.words.results import Span, Statement

CHINA = "CN"
RECYCLING = "secondary_resource_recycling"
_EXEMPT = ("public_domain", "basic_research", "patent_filing")
_STAGED = ("process", "site", "item", "carrier", "service", "teach", "publish", "person", "use")


def deed_statements(row: Row, deal: Deal) -> Iterator[Statement]:
    """Yields what the words say about a deal that is no delivery of goods.

    Args:
        row: The text.
        deal: The deal.
    """
    act = deal.act
    behind = _evidence(row, deal)
    yield Statement("act", act, "stated" if deal.sure else "suggested", behind, "kind of deal")
    if not deal.sure:
        return
    form = "technology" if act in ("technology", "publication") else "none"
    yield Statement("form", form, "entailed", behind, "kind of deal", "follows from the type of transaction")
    yield from _stages(row, deal)
    yield from _families(row, deal)
    yield from _sets(row, deal)
    if deal.teaches and act in ("service", "assistance"):
        yield Statement("technology_passes", True, "stated", _spans(row, live(deal.pieces, "teach")), "training")


def _evidence(row: Row, deal: Deal) -> tuple[Span, ...]:
    roles = {
        "technology": ("carrier", "teach"),
        "service": ("service",),
        "assistance": ("person",),
        "publication": ("publish",),
        "support_service": ("support",),
        "foreign_check": ("check",),
    }[deal.act]
    return _spans(row, live(deal.pieces, *roles, weak=True))


def stage_of(row: Row, deal: Deal) -> tuple[str, tuple[Piece, ...]]:
    """Returns the stage of production that the words name, with the words; blank if they name none or several."""
    if (deal.act == "service" and _is_elsewhere(deal)) or (is_ordinary(row.pieces) and not named_step(deal.pieces)):
        return "", ()
    votes: dict[str, list[Piece]] = {}
    weak: dict[str, list[Piece]] = {}
    for piece in deal.pieces:
        if piece.denied:
            continue
        for entry in piece.entries:
            stage = entry.cues.get("stage", "")
            if entry.role == "use":
                stage = str(entry.states.get("serves_stage", ""))
            if stage and entry.role in _STAGED:
                (weak if "weak" in entry.cues else votes).setdefault(stage, []).append(piece)
                break
        if piece.states.get("form") == "scrap" and piece.of("item", "family") is not None:
            votes.setdefault(RECYCLING, []).append(piece)
    real = {stage: found for stage, found in votes.items() if stage != "none"}
    if deal.act == "service" and real and any(p.of("site") is not None for p in votes.get("none", ())):
        return "", ()  # the office or canteen of a magnet plant: on what the work is done stays open
    if len(real) > 1 and RECYCLING in real:  # scrap is leached, separated and sintered too
        real = {RECYCLING: real[RECYCLING]}
    if len(real) > 1:
        sites = {stage: found for stage, found in real.items() if any(p.of("site") for p in found)}
        most = max(len(found) for found in (sites or real).values())
        leading = {stage: found for stage, found in (sites or real).items() if len(found) == most}
        real = leading if len(leading) == 1 else {}
        if not real:
            return "", ()
    for held in (real, {} if "none" in votes else weak, votes):
        if len(held) == 1:
            return next((stage, tuple(found)) for stage, found in held.items())
    magnets = [p for p in live(deal.pieces, "family", "grade") if not p.denied]
    magnets += [p for p in live(deal.pieces, "item") if p.states.get("form") in ("magnet", "magnet_powder")]
    product = any(entry.cues.get("kind") == "product" for p in deal.pieces for entry in p.entries)
    if magnets and not votes and not weak and not product and deal.act in ("technology", "publication"):
        return "magnetic_material_manufacturing", tuple(magnets)
    return "", ()


def _is_elsewhere(deal: Deal) -> bool:
    """Returns whether the work is on something that is no machine of a line, such as an air conditioner."""
    things = live(deal.pieces, "item", "other_item")
    other = [p for p in things if p.of("other_item") is not None or p.states.get("form") == "finished_good"]
    return bool(other) and not any(p.states.get("form") in ("equipment", "equipment_part") for p in things)


def _stage_beside(row: Row, deal: Deal) -> tuple[str, tuple[Piece, ...]]:
    """Returns the stage of a deal, or of the whole text if its own words name none: drawings of a line sold."""
    own = stage_of(row, deal)
    if own[0] or len(deal.pieces) == len(row.pieces):
        return own
    stage, pieces = stage_of(row, replace(deal, pieces=row.pieces))
    named = any(entry.cues.get("stage") for piece in pieces for entry in piece.entries)
    return (stage, pieces) if named else ("", ())


def _stages(row: Row, deal: Deal) -> Iterator[Statement]:
    stage, pieces = _stage_beside(row, deal)
    if not stage:
        return
    spans, by = _spans(row, pieces), pieces[0].entry.where
    if other := other_stuff(row, pieces, stage):
        yield Statement("process_stage", stage, "suggested", spans, by, other)
        return
    if deal.act in ("technology", "service", "publication"):
        yield Statement("process_stage", stage, "stated", spans, by)
    site = bool(live(deal.pieces, "site"))
    if deal.act == "assistance" or (deal.act == "technology" and site):
        yield Statement("serves_stage", stage, "stated", spans, by)
    elif deal.act == "service":
        why = "work on a line serves the business of that line"
        yield Statement("serves_stage", stage, "entailed", spans, by, why)


def _families(row: Row, deal: Deal) -> Iterator[Statement]:
    named = live(deal.pieces, "family", "grade", "item") or live(row.pieces, "family", "grade", "item")
    held = [p for p in named if "magnet_type" in p.states and p.entry.strength == "stated"]
    values = {repr(p.states["magnet_type"]) for p in held}
    stage, _ = _stage_beside(row, deal)
    if len(values) == 1 and deal.act in ("technology", "service", "publication") and stage in (
        "magnetic_material_manufacturing", RECYCLING,
    ):  # fmt: skip
        yield Statement("magnet_type", held[0].states["magnet_type"], "stated", _spans(row, held), held[0].entry.where)


def _sets(row: Row, deal: Deal) -> Iterator[Statement]:
    """Yields kinds of work and of ancillary service, left open for more, and other facts of the words."""
    found: dict[str, tuple[FactValue, list[Piece], str]] = {}
    roles = {"service": ("service",), "support_service": ("support",)}.get(deal.act, ())
    wanted = (*roles, "carrier", "teach", "person", "publish", "attribute", "use")
    certain = any("line_service" in p.states or "support_kinds" in p.states for p in live(deal.pieces, *roles))
    for piece in deal.pieces:
        if piece.denied:
            continue
        for entry in piece.entries:
            if entry.role not in wanted or entry.strength == "suggested" or (certain and "weak" in entry.cues):
                continue
            for fact, value in entry.states.items():
                if fact in ("act", "form", "goods_kind", "elements"):
                    continue
                if isinstance(value, SetValue):
                    held = found.get(fact)
                    has = value.has | (
                        held[0].has if held is not None and isinstance(held[0], SetValue) else frozenset()
                    )
                    found[fact] = (SetValue(has, complete=False), [*(held[1] if held else []), piece], entry.where)
                else:
                    found.setdefault(fact, (value, [piece], entry.where))
    more = _more_know_how(deal) or any(p.role == "denial" for p in deal.pieces)
    for fact, (value, pieces, where) in found.items():
        if fact in _EXEMPT and more:
            told = "other know-how is named beside it, or something is denied"
            yield Statement(fact, value, "suggested", _spans(row, pieces), where, told)
        else:
            yield Statement(fact, value, "stated", _spans(row, pieces), where)


def _more_know_how(deal: Deal) -> bool:
    """Returns whether know-how is named beside what may be exempt: a textbook and our own sintering curve."""
    held = [entry for p in live(deal.pieces, "carrier") for entry in p.entries if entry.role == "carrier"]
    rest = [entry for entry in held if not any(fact in entry.states for fact in _EXEMPT) and "weak" not in entry.cues]
    return any(entry.cues.get("kind") not in ("frame", "product") for entry in rest)


def _spans(row: Row, pieces: Sequence[Piece]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(row.folded.span(p.start, p.end) for p in pieces))
