"""The Rules screen: rules in force, suspended or unconfirmed on a date; instruments and clauses."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from coercivity.base.errors import CoercivityError
from coercivity.verbs.cases import cases_of
from coercivity.verbs.jurisdictions.shown import (
    CHINA,
    called_in,
    checked_through,
    fact_question,
    jurisdiction_of,
    jurisdictions_shown,
    law_holding,
)
from coercivity.verbs.law import PACKED, Law
from coercivity.verbs.rules import (
    Event,
    Instrument,
    Provision,
    clause_ids,
    instruments,
    is_clause,
    rules_show,
    taken_out_by,
)
from coercivity.verbs.timeline import Clause, clause_on, facts_asked
from coercivity.verbs.words import bases, basis_told, clause_place, clause_title, issuers, short_name
from coercivity.web.charts import Chart
from coercivity.web.rules import days as rules_days
from coercivity.web.rules import impact as rules_impact
from coercivity.web.rules.abroad import JURISDICTION, abroad, chooser, scenario_rows
from coercivity.web.rules.charts import clause_chart, instruments_chart
from coercivity.web.rules.look import (
    FIRST_GROUPS,
    FOLDED_GROUPS,
    STATES,
    boxes,
    clause_look,
    effects_of,
    fields_of,
    rows,
    state_words,
    timeline_of,
    title_of,
)
from coercivity.web.rules.reading import blocks
from coercivity.web.view import Context, View, page, view_of

router = APIRouter()
router.include_router(rules_days.router)
router.include_router(rules_impact.router)
FORM = "rules-form"
SEE_OTHER, NOT_FOUND, BAD = 303, 404, 422
MOST_CASES = 40
_EVENT_DAYS = ("published", "effective", "ends")


@router.get("/rules")
def show(request: Request) -> Response:
    """Shows the status of every instrument on the date and over the years around it."""
    view = view_of(request)
    code = view.get(JURISDICTION)
    if code not in ("", CHINA):
        return abroad(view, code)
    try:
        found = timeline_of(view)
    except CoercivityError as error:
        return page(view, "rules.html.j2", status=BAD, **_wrong(view, error), found=None, **chooser(view))
    first = [line for line in found.lines if line.group in FIRST_GROUPS]
    folded = [line for line in found.lines if line.group in FOLDED_GROUPS]
    shown: Context = {
        "found": found,
        "wrong": (),
        "main_form": FORM,
        **fields_of(view),
        "boxes": boxes(view, found),
        "first_count": len(first),
        "folded_count": len(folded),
        "first": rows(view, found, FIRST_GROUPS),
        "states": [(status.value, state_words(view, status)) for status in STATES],
        "chart": instruments_chart(view, found, first, id="timeline", title=view.w("rules.chart_title")),
        "more": bool(view.get("more")),
        **chooser(view),
    }
    if shown["more"]:
        title = view.w("rules.chart_more")
        shown["folded"] = [(group, rows(view, found, (group,))) for group in FOLDED_GROUPS]
        shown["folded_chart"] = instruments_chart(view, found, folded, id="timeline-more", title=title)
    return page(view, "rules.html.j2", **shown)


@router.get("/rules/instrument/{name:path}")
def instrument(request: Request, name: str) -> Response:
    """Shows an instrument: history, clauses, our interpretation, test cases, sources."""
    view, law = view_of(request), law_holding(name)
    held, _, reading = rules_show(name, law)
    try:
        found = timeline_of(view, law=law)
    except CoercivityError as error:
        context = {**_wrong(view, error), **_head(view, held, law)}
        return page(view, "rules_instrument.html.j2", status=BAD, **context, found=None)
    line = found.line(held.id)
    own = [clause_on(p.id, view.on, view.known or None, view.assume or None, law)[1] for p in held.provisions]
    return page(
        view,
        "rules_instrument.html.j2",
        found=found,
        wrong=(),
        main_form=FORM,
        **fields_of(view),
        **_head(view, held, law),
        now=[(status.value, len(clauses)) for status, clauses in line.now.items()],
        clauses=[clause_look(view, held, clause, found.known) for clause in own],
        chart=instruments_chart(
            view,
            found,
            [line],
            id="states",
            title=view.w("rules.chart_one", short_name(held, view.lang)),
            checked=checked_through(law),
        ),
        events=[_event(view, event, held, law) for event in held.events],
        reading=blocks(reading),
        cases=cases_of(held.id, law=law),
        known_ids=clause_ids(law),
        scenarios=scenario_rows(view, law, {p.id for p in held.provisions}),
    )


@router.get("/rules/clause/{name}")
def clause(request: Request, name: str) -> Response:
    """Shows a clause: summary, status, the facts it depends on, its test cases."""
    view, law = view_of(request), law_holding(name)
    try:
        held, found = clause_on(name, view.on, view.known or None, view.assume or None, law)
    except CoercivityError as error:
        if not is_clause(name, law):
            raise
        held, provisions, _ = rules_show(name, law)
        context = {**_head(view, held, law), **_clause_head(view, held, provisions[0], law)}
        return page(view, "rules_clause.html.j2", status=BAD, **_wrong(view, error), **context, look=None)
    seen = timeline_of(view, law=law).known
    exercised = cases_of(held.id, found.provision.id, law)
    return page(
        view,
        "rules_clause.html.j2",
        wrong=(),
        main_form=FORM,
        **fields_of(view),
        **_head(view, held, law),
        **_clause_head(view, held, found.provision, law),
        seen=seen,
        look=clause_look(view, held, found, seen),
        chart=_states(view, held, found, law),
        facts=[(fact, view.t(fact_question(law, fact))) for fact in facts_asked(found.provision.id, law)],
        scenarios=scenario_rows(view, law, {found.provision.id}),
        cases=exercised[:MOST_CASES],
        all_cases=len(exercised),
    )


@router.get("/rules/{name}")
def by_name(request: Request, name: str) -> Response:
    """Redirects from the id of a clause or an instrument to its page."""
    view, law = view_of(request), law_holding(name)
    kind = "clause" if is_clause(name, law) else "instrument"
    if kind == "instrument":
        name = rules_show(name, law)[0].id
    return RedirectResponse(view.url(f"/rules/{kind}/{name}"), SEE_OTHER)


def _wrong(view: View, error: CoercivityError) -> Context:
    return {"wrong": error.faults, "main_form": FORM, **fields_of(view)}


def _head(view: View, held: Instrument, law: Law) -> Context:
    code = jurisdiction_of(law, held.id)
    return {
        "jurisdiction": () if law is PACKED else (code, view.t(jurisdictions_shown()[code])),
        "held": held,
        "name": short_name(held, view.lang),
        "heading": title_of(view, held),
        "legal_basis": _legal_basis(view, held, law),
        "issuers": issuers(held, view.lang),
        "basis_text": held.verified_basis_zh if view.lang == "zh" and held.verified_basis_zh else held.verified_basis,
        "remark": held.note_zh if view.lang == "zh" and held.note_zh else held.note,
    }


def _clause_head(view: View, held: Instrument, provision: Provision, law: Law) -> Context:
    bears_on = provision.qualifies if isinstance(provision.qualifies, list) else []
    return {
        "provision": provision,
        "clause_name": clause_title(held, provision, view.lang),
        "effects": effects_of(provision),
        "bears_on": [_named(view, name, law) for name in bears_on],
        "any_item": provision.qualifies == "any_item_control",
        "only_where": [_named(view, name, law) for name in provision.only_where],
        "gist": provision.gist.as_dict(),
        "text_basis": view.t(basis_told(provision)),
        "taken_out_by": [_named(view, name, law) for name in taken_out_by(provision.id, law)],
    }


def _named(view: View, name: str, law: Law) -> tuple[str, str]:
    """A clause or an instrument by its id: the end of its address, and its name."""
    return f"{'clause' if is_clause(name, law) else 'instrument'}/{name}", called_in(law, name, view.lang)


def _states(view: View, held: Instrument, found: Clause, law: Law) -> Chart:
    day, last_check = timeline_of(view, law=law).on, checked_through(law)
    title = view.w("rules.chart_one", clause_title(held, found.provision, view.lang))
    return clause_chart(view, day, [found], published=held.published, title=title, checked=last_check)


def _event(view: View, event: Event, held: Instrument, law: Law) -> dict[str, object]:
    whole = event.scope == "all" or len(event.scope) == len(held.provisions)
    places = {provision.id: clause_place(provision, view.lang) for provision in held.provisions}
    return {
        "what": view.w(f"rules.event_{event.type}"),
        "days": [getattr(event, name) for name in _EVENT_DAYS],
        "inclusive": event.ends_inclusive,
        "by": called_in(law, event.by, view.lang),
        "by_id": event.by if event.by in instruments(law) and event.by != held.id else "",
        "scope": [] if whole else [(name, places.get(name, name)) for name in event.scope],
        "whole": whole,
        "note": event.note_zh if view.lang == "zh" and event.note_zh else event.note,
    }


def _legal_basis(view: View, held: Instrument, law: Law) -> list[tuple[str, str]]:
    """The laws that an instrument names, each with the id of its instrument where the text is one."""
    return [
        (called_in(law, name, view.lang), name) if name in instruments(law) else (text, "")
        for name, text in zip(held.legal_basis, bases(held, view.lang), strict=True)
    ]
