"""The Deal screen: deals in words, what was read in them, the result of each and the next question."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from coercivity.base.errors import CoercivityError, Fault
from coercivity.verbs.deal import deal_file
from coercivity.verbs.facts import catalogue
from coercivity.verbs.serving.places import Places
from coercivity.verbs.serving.state import places_of
from coercivity.verbs.table_look import packed_claims
from coercivity.web.deal.answer import answer_of
from coercivity.web.deal.asked import (
    CELLS,
    GO,
    PARTIES,
    PASSING,
    SAID_BY,
    SAID_ON,
    WORDS,
    Asked,
    answered,
    asked_of,
    declared,
    is_long,
    mark_of,
    settled,
    standing_of,
    with_changes,
    with_day,
)
from coercivity.web.deal.cards import cards_of
from coercivity.web.deal.draft import DRAFT, draft_of
from coercivity.web.deal.examples import examples_of
from coercivity.web.deal.jurisdictions import OTHERS, OWN, others_of, stated_abroad
from coercivity.web.deal.reading import reading_of
from coercivity.web.deal.steps import MORE, is_step
from coercivity.web.deal.yours import correction_of, moved, yours_of
from coercivity.web.fact_words import country_names, fact_label, value_label
from coercivity.web.view import Context, View, page, view_of
from coercivity.web.work import SEE_OTHER

router = APIRouter()
BAD = 422
MOST_FIELDS = 2_000  # of a form; more than an address may hold


@router.get("/deal")
def show(request: Request) -> Response:
    """Shows the form and, once it describes a deal, the result."""
    asked = view_of(request)
    view = with_changes(asked)
    if asked.get(GO) and not is_long(view):
        return RedirectResponse(view.url(), SEE_OTHER)  # the choice of a button becomes a part of the address
    return _shown(view, places_of(request))


@router.post("/deal")
async def send(request: Request) -> Response:
    """Takes the form: leads to an address that can be kept, or shows the result of a text that is too long for one."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        sent = [(key, text) for key, text in form.multi_items() if isinstance(text, str)]
    view = with_changes(view_of(request, sent))
    if not is_long(view):
        return RedirectResponse(view.url(), SEE_OTHER)
    return await run_in_threadpool(_shown, view, places_of(request))


@router.get("/deal/deal.yaml")
def as_file(request: Request) -> Response:
    """Returns the deal as a file for `coercivity decide`, which reproduces the hash."""
    return _file(with_changes(view_of(request)))


@router.post("/deal/deal.yaml")
async def as_file_of_form(request: Request) -> Response:
    """Returns the deal of a form as a file."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        sent = [(key, text) for key, text in form.multi_items() if isinstance(text, str)]
    return await run_in_threadpool(_file, view_of(request, sent))


def _file(view: View) -> Response:
    view = with_day(view)
    found = answered(view, asked_of(view)).shown
    stated = stated_abroad(view)
    text = deal_file(found, view.on, standing=declared(view), known=view.known or None, **stated)
    headers = {"content-disposition": 'attachment; filename="deal.yaml"'}
    return Response(text, media_type="application/yaml", headers=headers)


def _shown(view: View, places: Places) -> Response:
    """The page of a deal; its faults if it cannot be read."""
    view, faults = _with_day(view)
    try:
        asked = asked_of(view)
    except CoercivityError as error:
        asked, faults = Asked({}, {}, 0), [*faults, *error.faults]
    if asked.is_empty and not faults:
        return page(view, "deal.html.j2", **_form(view, asked))
    try:
        found = None if faults else answered(view, asked)
    except CoercivityError as error:
        found, faults = None, [*error.faults]
    if found is None:
        told = {"wrong": faults, "at_fault": frozenset(_field(fault) for fault in faults)}
        return page(_linked(view), "deal.html.j2", status=BAD, **{**_form(view, asked), **told})
    view = settled(view, found)
    shown = {
        **_form(view, asked),
        "found": found,
        "reading": reading_of(view, found, asked),
        "cards": cards_of(view, found),
        "yours": yours_of(view, found, asked),
        "correct": correction_of(view, found, asked),
        "dropped": found.dropped,
        "of": mark_of(asked.words, len(found.parts)) if asked.words else "",
        **answer_of(view, found, asked),
        **others_of(view, found),
        "kept": [pair for pair in view.query if _is_kept(pair[0]) and pair[0] != OTHERS and not is_step(pair[0])],
        **draft_of(view, places, found, asked),
    }
    return page(_linked(view), "deal.html.j2", **shown)


def _with_day(view: View) -> tuple[View, list[Fault]]:
    try:
        return with_day(view), []
    except CoercivityError as error:
        return view, [*error.faults]


def _linked(view: View) -> View:
    """The view for the links of a page: what is too long for an address is left out of them."""
    if not is_long(view):
        return view
    return replace(view, query=tuple(pair for pair in view.query if pair[0] != WORDS and "." not in pair[0]))


def _form(view: View, asked: Asked) -> Context:
    cells = asked.cells
    return {
        "cells": cells,
        "acts": _acts(view),
        "countries": country_names(view),
        "standing": standing_of(view),
        "statement": [fact_label(view, name) for name in packed_claims().facts],
        "signed": (view.get(SAID_BY), view.get(SAID_ON)) if view.get(SAID_BY) else (),
        "examples": examples_of(view),
        "main_form": "deal-form",
        "filled": [
            (view.w(f"deal.{name}"), _typed(view, name, cells[name]))
            for name in CELLS
            if name in cells and name != WORDS
        ],
        "further": any(name in cells for name in PARTIES[2:]),
        "long": is_long(view),
        "moved": moved,
        "carried": [(key, value) for key, value in view.query if key not in PASSING],
        "kept": [pair for pair in view.query if _is_kept(pair[0]) and pair[0] != MORE],
        "found": None,
        "reading": None,
        "wrong": (),
        "at_fault": frozenset(),
        "of": "",
        "fields": {name: view.w(f"deal.{name}") for name in (*CELLS, "on", SAID_BY, SAID_ON)}
        | {"text": view.w("deal.material"), "steps": view.w("deal.steps"), OTHERS: view.w("deal.abroad")},
    }


def _typed(view: View, name: str, text: str) -> str:
    return value_label(view, name, text, short=True) if name == "act" else text


def _is_kept(name: str) -> bool:
    """Whether a name of the address has no field in the form, and goes along with it."""
    answers = name.startswith("f") and "." in name
    known = name in ("known", "assume", OTHERS, SAID_BY, SAID_ON, DRAFT)
    return answers or is_step(name) or name.startswith(OWN) or known


def _acts(view: View) -> list[tuple[str, str]]:
    words = catalogue()["act"].values
    return [("", view.w("deal.act_by_route")), *((name, view.t(text.as_dict())) for name, text in words.items())]


def _field(fault: Fault) -> str:
    """The form field at fault; blank if the fault lies in none."""
    where = fault.where.removeprefix("deal.")
    if fault.what.startswith(f"{SAID_ON}: "):
        return SAID_ON
    if where == "text":
        return WORDS
    return where if where in (*CELLS, "on", "known", "assume") else ""
