"""The rules of another jurisdiction on the Rules screen: instruments, clauses, status on a date, open scenarios."""

from __future__ import annotations

from collections.abc import Collection

from fastapi import Response

from coercivity.base.errors import CoercivityError
from coercivity.verbs.jurisdictions.shown import (
    CHINA,
    called_in,
    checked_through,
    jurisdictions_shown,
    law_of_jurisdiction,
    scenarios_of,
)
from coercivity.verbs.law import Law
from coercivity.verbs.timeline import GROUPS, TimelineLine
from coercivity.verbs.words import basis_told, short_name
from coercivity.web.rules.charts import instruments_chart
from coercivity.web.rules.look import STATES, boxes, clause_look, fields_of, rows, state_words, timeline_of, title_of
from coercivity.web.view import Context, View, page

JURISDICTION, FORM = "jurisdiction", "rules-form"
BAD, NOT_FOUND = 422, 404


def chooser(view: View) -> Context:
    """Returns the jurisdictions to choose from: code, name, and whether it is shown."""
    shown = view.get(JURISDICTION) or CHINA
    return {"chooser": [(code, view.t(name), code == shown) for code, name in jurisdictions_shown().items()]}


def abroad(view: View, code: str) -> Response:
    """Returns the page of a jurisdiction other than China, or the fault if there is none of that code."""
    context: Context = {"found": None, "main_form": FORM, **fields_of(view), **chooser(view), "code": code, "name": ""}
    try:
        law = law_of_jurisdiction(code)
    except CoercivityError as error:
        return page(view, "rules_abroad.html.j2", status=NOT_FOUND, **{**context, "wrong": error.faults, "form": False})
    context |= {"name": view.t(jurisdictions_shown()[code]), "form": True}
    try:
        found = timeline_of(view, law=law)
    except CoercivityError as error:
        return page(view, "rules_abroad.html.j2", status=BAD, **{**context, "wrong": error.faults})
    lines = [line for line in found.lines if line.clauses]
    chart = instruments_chart(
        view, found, lines, id="timeline", title=view.w("rules.chart_abroad"), checked=checked_through(law)
    )
    return page(
        view,
        "rules_abroad.html.j2",
        **{
            **context,
            "found": found,
            "wrong": (),
            "boxes": boxes(view, found, GROUPS),
            "count": len(found.lines),
            "listed": rows(view, found, GROUPS),
            "states": [(status.value, state_words(view, status)) for status in STATES],
            "chart": chart,
            "checked": checked_through(law),
            "lines": [_clauses(view, line, law) for line in found.lines],
            "scenarios": scenario_rows(view, law),
        },
    )


def _clauses(view: View, line: TimelineLine, law: Law) -> Context:
    """An instrument with its clauses as the list shows them."""
    held = line.instrument
    known = timeline_of(view, law=law).known
    told = [
        {**clause_look(view, held, clause, known), "basis": view.t(basis_told(clause.provision))}
        for clause in line.clauses
    ]
    return {
        "id": held.id,
        "name": short_name(held, view.lang),
        "title": title_of(view, held),
        "confidence": held.confidence,
        "clauses": told,
    }


def scenario_rows(view: View, law: Law, clauses: Collection[str] | None = None) -> list[dict[str, object]]:
    """Returns the open scenarios that clauses depend on, with their branches in words.

    Args:
        view: The address.
        law: The rulebook.
        clauses: Ids of the clauses; None for all of the rulebook.
    """
    found: list[dict[str, object]] = []
    for one in scenarios_of(law):
        reading = [name for name in one.clauses if clauses is None or name in clauses]
        if reading:
            found.append(
                {
                    "name": one.name,
                    "question": view.t(one.question),
                    "branches": [(branch, view.t(words)) for branch, words in one.branches.items()],
                    "clauses": [(name, called_in(law, name, view.lang)) for name in reading],
                }
            )
    return found
