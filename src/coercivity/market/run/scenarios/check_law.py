"""Checks of the law that a scenario file asks for, against the rulebook; every error with its line."""

from __future__ import annotations

from dataclasses import replace

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.base.months import Month, middle_of
from coercivity.cases.arguments import assumptions
from coercivity.data.schema import parse_as
from coercivity.data.textyaml import TextMap, line_of
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.scenarios.form import LawAsked
from coercivity.permission.repeal import taken_out


def seen_through(book: Rulebook, last: Month, known: Day | None = None) -> Day:
    """Returns the day through which a run to a last month knows the law."""
    return min(known or middle_of(last), book.known_through)


def check_law(content: TextMap, label: str, book: Rulebook, seen: Day, faults: Faults) -> None:
    """Adds the legal scenarios, clauses and instruments that do not exist.

    Args:
        content: Content of the file.
        label: Name of the file.
        book: The rulebook.
        seen: Day through which the law is known.
        faults: Where they are added.
    """
    asked = parse_as(LawAsked, content.get("law", TextMap(1)), name=label, faults=Faults())
    if asked is None:
        return
    for key in ("assume", "without"):
        found = Faults()
        if key == "assume":
            assumptions(book, asked.assume, found, known=seen)
        else:
            with found.kept():
                taken_out(book, asked.without)
        where = f"{label}:{line_of(content, ('law', key))}"
        faults.items += [replace(fault, where=where) for fault in found.items]
