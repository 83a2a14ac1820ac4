"""Persons who are looked for, and the work that persons do at a plant."""

from __future__ import annotations

from collections.abc import Sequence

from coercivity.data.values import SetValue
from coercivity.intake.words.deals.know_how import workable
from coercivity.intake.words.pieces import Piece, Row, live


def hired(row: Row) -> bool:
    """Returns whether a plant looks for persons, or gets money and a manager: wanted, a loan, beside a profession."""
    words = [p for p in live(row.pieces, "person", weak=True) if not p.purpose]
    looks = [p for p in words if p.entry.cues.get("kind") == "hire"]
    lends = [p for p in words if p.entry.cues.get("kind") == "lend"]
    people = live(row.pieces, "people")
    told = (looks and (people or len(words) > len(looks))) or (
        lends and any(p.entry.cues.get("kind") == "lead" for p in people)
    )
    return bool(told and live(row.pieces, "site", "process") and not live(row.pieces, "service", "teach"))


def hands(row: Row) -> list[Piece]:
    """Returns weak words for work that persons do at a plant or a machine; running it may also be what is taught."""
    if not live(row.pieces, "people") or not workable(row):
        return []
    taught = live(row.pieces, "teach", "carrier")
    work = [p for p in live(row.pieces, "service", weak=True) if p.entry.cues.get("kind") == "work"]
    return [p for p in work if not _operates(p) or (not taught and _plant_after(row, p))]


def _operates(piece: Piece) -> bool:
    value = piece.states.get("line_service")
    return isinstance(value, SetValue) and "operation" in value.has


def _plant_after(row: Row, piece: Piece) -> bool:
    """Returns whether a plant or a machine is what is run: they may also run a marathon."""
    then = next((p for p in row.pieces if p.start >= piece.end and p.role not in ("neutral", "place", "family")), None)
    return then is not None and then.of("site", "item", "process") is not None


def is_ordinary(pieces: Sequence[Piece]) -> bool:
    """Returns whether the words name what every works has, such as fire safety, payroll, lifts or drivers."""
    return any(p.of("site") is not None and p.entry.cues.get("kind") == "ordinary" for p in pieces)


def named_step(pieces: Sequence[Piece]) -> bool:
    """Returns whether a step of production, its settings or a machine is named beside it."""
    machines = [p for p in live(pieces, "item") if p.states.get("form") in ("equipment", "equipment_part")]
    carriers = [p for p in live(pieces, "carrier") if "stage" in p.entry.cues]
    return bool(machines or carriers or live(pieces, "process"))
