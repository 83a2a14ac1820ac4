"""Dates compared, deals on several dates, and the dates to watch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import pairwise
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from coercivity.base.days import Day, parse_day
from coercivity.base.errors import CoercivityError, Fault
from coercivity.verbs.cases import packed_standing_block
from coercivity.verbs.jurisdictions.shown import CHINA, called_in, jurisdictions_shown, law_of_jurisdiction
from coercivity.verbs.law import PACKED, Law
from coercivity.verbs.replay import Moved, RegimeDiff, Replayed, open_because, replay, rules_diff
from coercivity.verbs.rules import instruments, rules_calendar
from coercivity.verbs.serving.contents import called, standing_file
from coercivity.verbs.serving.forms import pieces
from coercivity.verbs.serving.models import MOST_ANSWERS
from coercivity.verbs.serving.state import places_of
from coercivity.verbs.timeline import Timeline
from coercivity.verbs.words import clause_place, clause_with_subject, name_of, short_name, step_words
from coercivity.web.fact_words import fact_label
from coercivity.web.rules.abroad import JURISDICTION, chooser
from coercivity.web.rules.look import fields_of, timeline_of, title_of
from coercivity.web.view import CARRIED, Context, View, page, view_of

router = APIRouter()
FORM = "rules-form"
DAYS, DEALS, STANDING, TO = ("first", "second", "third"), "deals", "standing", "to"
SEE_OTHER, BAD, NOT_FOUND = 303, 422, 404
CALENDAR = "/api/rules/calendar"
LOOK_AHEAD_DAYS = 365


@dataclass(frozen=True, slots=True)
class TurnedRow:
    """Clauses of one instrument with the same changes of status.

    Attributes:
        states: Their status on each date.
        clauses: Id and place of each.
    """

    states: tuple[str, ...]
    clauses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DealRow:
    """A deal with its result on each date."""

    id: str
    title: str
    cells: list[dict[str, object]] = field(default_factory=list)


@router.get("/rules/diff")
def compare(request: Request) -> Response:
    """Shows the clauses that change status between dates and, if deals were uploaded, the results for them."""
    view = view_of(request)
    law, held = _law(view)
    days = [view.on] if law is None else days_of(view, law)
    shown: Context = {"days": days, "main_form": FORM, "wrong": (), "at_fault": frozenset(), "turned": None, **held}
    shown |= fields_of(view)
    shown |= {"deals": view.get(DEALS), "standing": view.get(STANDING) == "yes", "table": None}
    shown["statement"] = [fact_label(view, name) for name in packed_standing_block()["facts"]]
    if law is None:
        return page(view, "rules_diff.html.j2", status=NOT_FOUND, **{**shown, **held})
    try:
        laws = [timeline_of(view, day, law) for day in days]
    except CoercivityError as error:
        return page(view, "rules_diff.html.j2", status=BAD, **{**shown, **_wrong(error.faults, days)})
    shown |= {"turned": turned(view, laws), "laws": laws, "last_days": _last_days(laws)}
    try:
        shown |= {} if held["abroad"] else _deals(request, view, days)
    except CoercivityError as error:
        return page(view, "rules_diff.html.j2", status=BAD, **{**shown, "wrong": error.faults})
    return page(view, "rules_diff.html.j2", **shown)


@router.post("/rules/upload")
async def upload(request: Request) -> Response:
    """Stores a deals file under its hash and redirects to the page with its results."""
    async with request.form(max_files=1, max_fields=20) as form:
        sent = form.get("file")
        if not isinstance(sent, UploadFile) or not sent.filename:
            raise CoercivityError.of("FILE-MISSING", "no file was uploaded", next="choose a CSV, YAML or JSON file")
        kept = await places_of(request).keep(sent.filename, pieces(sent))
        said = {name: str(form.get(name, "")).strip() for name in (*CARRIED, *DAYS, STANDING)}
    view = view_of(request)
    address = view.url("/rules/diff", **{**dict.fromkeys(CARRIED), **said, DEALS: kept.id})
    return RedirectResponse(address, SEE_OTHER)


@router.get("/rules/calendar")
def calendar(request: Request) -> Response:
    """Shows the dates to watch, sorted, with the days left."""
    view = view_of(request)
    to, (law, held) = view.get(TO), _law(view)
    made: Context = {"wrong": (), "entries": None, "to": to, "main_form": FORM, **fields_of(view), **held}
    if law is None:
        return page(view, "rules_calendar.html.j2", status=NOT_FOUND, **made)
    try:
        entries = rules_calendar(view.on, view.known or None, to or None, law)
    except CoercivityError as error:
        return page(view, "rules_calendar.html.j2", status=BAD, **{**made, "wrong": error.faults})
    day = parse_day(view.on)
    shown = [
        {
            "day": entry.day,
            "left": (entry.day - day).days,
            "what": view.t(step_words(entry.kind)),
            "clauses": [(name, called_in(law, name, view.lang)) for name in entry.scope] if held["abroad"] else [],
            "id": entry.instrument_id,
            "name": called_in(law, entry.instrument_id, view.lang),
            "title": title_of(view, instruments(law)[entry.instrument_id]),
            "by": called_in(law, entry.by, view.lang) if entry.by != entry.instrument_id else "",
            "by_id": entry.by if entry.by in instruments(law) else "",
            "note": entry.note_zh if view.lang == "zh" and entry.note_zh else entry.note,
        }
        for entry in entries
    ]
    asked = {"on": view.on, "known": view.known, TO: to, "format": "ics"}
    ics = f"{CALENDAR}?{urlencode({key: value for key, value in asked.items() if value})}"
    return page(view, "rules_calendar.html.j2", **{**made, "entries": shown, "ics": "" if held["abroad"] else ics})


def _law(view: View) -> tuple[Law | None, Context]:
    """Returns the rulebook that the address names, and what the page says of it; no rulebook if there is none."""
    code = view.get(JURISDICTION) or CHINA
    try:
        law = law_of_jurisdiction(code)
    except CoercivityError as error:
        return None, {**chooser(view), "code": "", "abroad": "", "wrong": error.faults}
    return law, {**chooser(view), "code": code, "abroad": "" if code == CHINA else view.t(jurisdictions_shown()[code])}


def days_of(view: View, law: Law = PACKED) -> list[str]:
    """Returns the dates to compare: those of the address, or the date and the next one on which a rule changes."""
    given = [view.get(name) for name in DAYS]
    days = [day for day in given if day]
    if len(days) > 1:
        return days
    start = days[0] if days else view.on
    try:
        coming = rules_calendar(start, view.known or None, law=law)
        later = coming[0].day if coming else parse_day(start) + timedelta(days=LOOK_AHEAD_DAYS)
    except (CoercivityError, OverflowError):
        return [start, start]  # an error in the date is reported where the dates are compared
    return [start, later.isoformat()]


def _wrong(faults: Sequence[Fault], days: Sequence[str]) -> Context:
    bad = {name for name, day in zip(DAYS, days, strict=False) for fault in faults if repr(day) in fault.what}
    return {"wrong": faults, "at_fault": frozenset(bad)}


def turned(view: View, laws: Sequence[Timeline]) -> list[dict[str, object]]:
    """Returns the instruments with clauses whose status differs between the dates, grouped by their changes."""
    found = []
    for line in laws[0].lines:
        others = [law.line(line.instrument.id) for law in laws]
        places = Counter(clause_place(clause.provision, view.lang) for clause in line.clauses)
        runs: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for rank, clause in enumerate(line.clauses):
            states = tuple(other.clauses[rank].now.status.value for other in others)
            if len(set(states)) > 1 and clause.provision.has_effect:
                place = clause_place(clause.provision, view.lang)
                if places[place] > 1:
                    place = clause_with_subject(clause.provision, view.lang)
                runs.setdefault(states, []).append((clause.provision.id, place))
        if runs:
            found.append(
                {
                    "id": line.instrument.id,
                    "name": short_name(line.instrument, view.lang),
                    "title": title_of(view, line.instrument),
                    "all": len(line.clauses),
                    "runs": [TurnedRow(states, tuple(clauses)) for states, clauses in runs.items()],
                }
            )
    return found


def _last_days(laws: Sequence[Timeline]) -> list[Day]:
    """The dates that are the last day of a suspension, on which "until" can be read in two ways."""
    return [law.on for law in laws if any(c.now.other_reading is not None for line in law.lines for c in line.clauses)]


def _deals(request: Request, view: View, days: Sequence[str]) -> Context:
    if not view.get(DEALS):
        return {}
    upload = places_of(request).upload(view.get(DEALS))
    path = upload.path
    standing = standing_file(packed_standing_block()) if view.get(STANDING) == "yes" else None
    past = path.suffix.lower() == ".json"
    known, assume = view.known or None, view.assume or None
    with called(upload):
        compared = partial(
            rules_diff, deals=path, known=known, assume=assume, standing=standing, law=view.law, most=MOST_ANSWERS
        )
        on = () if past else tuple(dict.fromkeys(days))
        rows = replay(path, on, known=known, assume=assume, standing=standing, law=view.law, most=MOST_ANSWERS)
        moved = [] if past else [_moves(view, compared(*pair)) for pair in pairwise(days)]
    return {"table": _table(view, rows, past), "file": upload.name, "moved": moved, "past": past}


def _moves(view: View, diff: RegimeDiff) -> dict[str, object]:
    """Changes in the results of the deals between two dates, with their mass and value."""
    return {
        "before": diff.before,
        "after": diff.after,
        "rows": [_moved(view, row) for row in diff.deals],
        "unmoved": diff.unmoved,
        "held_back": diff.held_back,
        "mass_t": f"{diff.mass_kg / 1000:,f}",
        "values": [f"{amount:,f} {currency}" for currency, amount in diff.values.items()],
        "unweighed": diff.unweighed,
    }


def _moved(view: View, row: Moved) -> tuple[str, str, str, list[tuple[str, str, str]]]:
    because = [(name_of(name, view.lang), was, now) for name, was, now in row.because]
    return row.deal.id, row.before.outcome.value, row.after.outcome.value, because


def _table(view: View, rows: Sequence[Replayed], past: bool) -> dict[str, object]:
    deals: dict[str, DealRow] = {}
    for row in rows:
        deals.setdefault(row.id, DealRow(row.id, row.title)).cells.append(
            {
                "on": row.on.isoformat(),
                "outcome": row.outcome.value,
                "may_become": row.decision.may_become.value if row.decision.may_become else "",
                "finding": row.decision.finding.word,
                "effects": [(n, name_of(n, view.lang), e) for n, e in row.effects.items() if e != "not_listed"],
                "open": view.t(open_because(row)),
                "hash": str(row.proof["hash"]),
                "was": row.past,
                "changed": row.changed,
            }
        )
    days = [] if past else [row.on.isoformat() for row in rows if row.id == rows[0].id]
    return {"days": days, "deals": list(deals.values())}
