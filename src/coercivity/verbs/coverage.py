"""`rules coverage`: the clauses by question, how each was read, and which points are open."""

from __future__ import annotations

from typing import TypedDict

from coercivity.cases.arguments import PACKED, Law
from coercivity.law.explain.held import HOW_READ, QUESTIONS, held_on
from coercivity.law.rules.shown import short_name
from coercivity.papers.coverage.page import page_lines


class HeldRow(TypedDict):
    """The clauses of an instrument that answer a question: `undetermined` are those of unknown effect."""

    question: str
    instrument_id: str
    instrument: str
    provisions: list[str]
    read: int
    inferred: int
    recalled: int
    undetermined: list[str]
    verified_through: str


def coverage_page(law: Law = PACKED) -> str:
    """Returns the page docs/coverage.md as text."""
    return "\n".join(page_lines(law.book())) + "\n"


def coverage(law: Law = PACKED) -> list[HeldRow]:
    """Returns per question and instrument the clauses held, how they were read, and which are open.

    Examples:
        >>> sorted({row["question"] for row in coverage()})[:3]
        ['catch_all', 'goods', 'know_how']
    """
    book, rows = law.book(), list[HeldRow]()
    for question in QUESTIONS:
        for held in held_on(book, question):
            read, inferred, recalled = (held.count(basis) for basis in HOW_READ)
            rows.append(
                {
                    "question": question.id,
                    "instrument_id": held.instrument.id,
                    "instrument": short_name(held.instrument, "en"),
                    "provisions": [provision.id for provision in held.provisions],
                    "read": read,
                    "inferred": inferred,
                    "recalled": recalled,
                    "undetermined": [provision.id for provision in held.open],
                    "verified_through": held.instrument.verified_through.isoformat(),
                }
            )
    return rows
