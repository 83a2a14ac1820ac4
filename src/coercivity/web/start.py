"""The start page: what is in force on the day, what nobody knows, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Request, Response

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Faults
from coercivity.cases.arguments import PACKED, clocks
from coercivity.law.explain.upcoming import AgendaEntry
from coercivity.law.rules.known import known_by
from coercivity.law.rules.model import Instrument
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import StatusOn
from coercivity.papers.brief.words import statement_text, status_text
from coercivity.papers.shared.names import short_name
from coercivity.verbs.rules import last_check, rules_calendar
from coercivity.web.view import View, page, view_of

router = APIRouter()
LISTS, BACKGROUND = ("list_notice",), ("law", "regulation", "guidance")
OPEN = ("unknown", "suspended")
MOST_COMING = 12
BAD = 422


@dataclass(slots=True)
class Standing:
    """An instrument in one state on the day.

    Attributes:
        clauses: How many of its clauses are in that state.
        of: How many clauses it has in all.
        text: Why it is in that state.
        statements: What statements of policy say of it; they switch nothing.
    """

    id: str
    name: str
    title: dict[str, str]
    of: int
    clauses: int = 0
    text: dict[str, str] = field(default_factory=dict)
    statements: list[str] = field(default_factory=list)


@router.get("/")
def show(request: Request) -> Response:
    """Shows the day in one look."""
    view, book = view_of(request), PACKED.book()
    try:
        faults = Faults()
        times = clocks(book, view.on, view.known or None, view.assume or None, faults)
        faults.raise_if_any()
    except CoercivityError as error:
        return page(view, "start.html.j2", status=BAD, wrong=error.faults, main_form="day-form", found=None)
    assert times.on is not None
    known = times.known or book.default_known(times.on)
    statuses = book.statuses(times.on, known, times.assume)
    return page(
        view,
        "start.html.j2",
        main_form="day-form",
        wrong=(),
        found={group: _alike(held) for group, held in _states(view, book, statuses, known).items()},
        coming=_coming(view, book, [e for e in rules_calendar(known.isoformat()) if e.day > times.on]),
        passed=_coming(view, book, [e for e in rules_calendar(known.isoformat()) if e.day <= times.on]),
        on=times.on.isoformat(),
        known=known.isoformat(),
        check=last_check(times.on),
    )


def _states(view: View, book: Rulebook, statuses: Sequence[StatusOn], known: Day) -> dict[str, list[Standing]]:
    """Instruments by state; the controls apart from lists of parties and from the laws behind them."""
    groups: dict[str, dict[str, Standing]] = {}
    sizes: dict[str, int] = {}
    for rule in book.rules:
        sizes[rule.instrument.id] = sizes.get(rule.instrument.id, 0) + 1
    for rule, status in zip(book.rules, statuses, strict=True):
        group = status.status.value
        if group == "in_force" and rule.instrument.type in (*LISTS, *BACKGROUND):
            group = "lists" if rule.instrument.type in LISTS else "background"
        held = groups.setdefault(group, {})
        entry = held.get(rule.instrument.id)
        if entry is None:
            entry = held[rule.instrument.id] = _standing(rule.instrument, sizes[rule.instrument.id])
            entry.text = dict(status_text(book, rule.instrument, status, known))
            if group in OPEN:
                entry.statements = _statements(view, book, rule.instrument, known)
        entry.clauses += 1
    return {group: sorted(held.values(), key=lambda e: _newest(book, e.id)) for group, held in groups.items()}


def _alike(held: list[Standing]) -> list[list[Standing]]:
    """Instruments that are in their state for the same reason stand together, so that it is told once."""
    groups: dict[tuple[str, ...], list[Standing]] = {}
    for entry in held:
        groups.setdefault((entry.text.get("en", ""), *entry.statements), []).append(entry)
    return sorted(groups.values(), key=len, reverse=True)


def _statements(view: View, book: Rulebook, instrument: Instrument, known: Day) -> list[str]:
    """What statements of policy that were published by then say of an instrument."""
    said = [e for e in instrument.events if e.type == "policy_statement" and known_by(e, known)]
    return list(dict.fromkeys(view.t(statement_text(book, event)) for event in said))


def _standing(instrument: Instrument, size: int) -> Standing:
    return Standing(instrument.id, short_name(instrument), instrument.title, size)


def _newest(book: Rulebook, name: str) -> tuple[int, str]:
    """Controls on rare earths stand in the order of their publication, the newest first."""
    published = book.instruments[name].published
    return (-published.toordinal() if published else 0, name)


def _coming(view: View, book: Rulebook, entries: list[AgendaEntry]) -> list[dict[str, Any]]:
    """Days to watch, those of one day and one cause together."""
    groups: dict[tuple[str, str, str], list[AgendaEntry]] = {}
    for entry in entries:
        groups.setdefault((entry.day.isoformat(), entry.kind, entry.by), []).append(entry)
    return [
        {
            "day": day,
            "kind": kind,
            "by": short_name(book.instruments[by]) if by in book.instruments else by,
            "names": [
                short_name(book.instruments[e.instrument_id]) for e in held if e.instrument_id in book.instruments
            ],
        }
        for (day, kind, by), held in sorted(groups.items())
    ][:MOST_COMING]
