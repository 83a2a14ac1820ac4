"""`rules coverage --jurisdiction`: the clauses of other jurisdictions, how each was read, and which points are open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypedDict

from coercivity.law.rules.shown import short_name
from coercivity.papers.coverage.abroad import PartHeld, abroad_page_lines
from coercivity.verbs.jurisdictions.rules import LawSide, scenarios_in


class AbroadHeld(TypedDict):
    """The clauses of an instrument: how each was read; `undetermined` are those of unknown effect."""

    jurisdiction: str
    instrument_id: str
    instrument: str
    grade: str
    provisions: list[str]
    read: int
    inferred: int
    recalled: int
    reported: int
    undetermined: list[str]
    scenarios: list[str]
    verified_through: str


def coverage_in(side: LawSide) -> list[AbroadHeld]:
    """Returns per instrument of a jurisdiction the clauses held, how they were read, and which are open."""
    book, rows = side.law.book(), list[AbroadHeld]()
    for _, one in sorted(book.instruments.items()):
        counts = Counter[str](provision.basis for provision in one.provisions)
        rows.append(
            {
                "jurisdiction": side.code,
                "instrument_id": one.id,
                "instrument": short_name(one, "en"),
                "grade": one.grade or "",
                "provisions": [provision.id for provision in one.provisions],
                "read": counts["read"],
                "inferred": counts["inferred"],
                "recalled": counts["recalled"],
                "reported": counts["reported"],
                "undetermined": [p.id for p in one.provisions if p.effect == "unknown"],
                "scenarios": [scenario.name for scenario in scenarios_in(side, one.provisions)],
                "verified_through": one.verified_through.isoformat(),
            }
        )
    return rows


def coverage_page_of(sides: Sequence[LawSide]) -> str:
    """Returns the page docs/coverage-abroad.md as text, for some jurisdictions; that on China has a page of its own."""
    parts = []
    for side in sides:
        if side.abroad:
            book = side.law.book()
            read = [p for one in book.instruments.values() for p in one.provisions]
            scenarios = [(one.name, one.clauses) for one in scenarios_in(side, read)]
            parts.append(PartHeld(side.code, side.name, book, scenarios))
    return "\n".join(abroad_page_lines(parts)) + "\n"
