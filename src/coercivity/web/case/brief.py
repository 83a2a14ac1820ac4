"""The screen `brief`: creates a report on a case folder as a job."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from coercivity.base.errors import CoercivityError
from coercivity.base.json_types import Json
from coercivity.verbs.brief import check_brief
from coercivity.verbs.brief_page import PaperFigure, picture_address
from coercivity.verbs.serving.jobs import DONE, Job
from coercivity.verbs.serving.models import BriefAsked, asked_of, faults_of_validation
from coercivity.verbs.serving.problems import RefusedError, faults_of, status_of
from coercivity.verbs.serving.state import jobs_of, places_of
from coercivity.web.case.brief_look import Made, result_of
from coercivity.web.case.cases import CaseChoice, choices, fields_at, options, take_case
from coercivity.web.shown import day_text, is_english, outcome_text
from coercivity.web.view import View, page, view_of
from coercivity.web.work import SEE_OTHER

router = APIRouter()
TEMPLATE = "brief.html.j2"
FIELDS = ("case", "on", "known", "assume", "supply", "lang")
WITHOUT = "no"


class BriefForm(TypedDict):
    """Template values for the form and the report."""

    case: str
    found: list[CaseChoice]
    cases: list[tuple[str, str]]
    without: bool
    without_word: str
    main_form: str
    job: Job | None
    made: Made | None
    date: Callable[[object], str]
    outcome_text: Callable[[View, str], str]
    is_english: Callable[[str], bool]
    picture_address: Callable[[PaperFigure], str]


@router.get("/brief")
def show(request: Request) -> Response:
    """Shows the case folders, and the report or its progress for the case that the address names."""
    view = view_of(request)
    context = _choosing(request, view)
    if not view.get("case"):
        return page(view, TEMPLATE, faults=(), fault_at=(), **context)
    try:
        asked = _asked(request, view)
    except CoercivityError as error:
        status = status_of(error.faults, in_address=True)
        return page(view, TEMPLATE, status=status, faults=error.faults, fault_at=fields_at(error.faults), **context)
    job = jobs_of(request).find("brief", asked)
    context["job"] = job
    if job is not None and job.state == DONE:
        context["made"] = result_of(view, job)
    return page(view, TEMPLATE, faults=(), fault_at=(), **context)


@router.post("/brief/start")
async def start(request: Request) -> Response:
    """Starts the report that the form requests and redirects to the page that shows its progress."""
    async with request.form(max_files=0, max_fields=20) as form:
        sent = {name: str(form[name]) for name in FIELDS if form.get(name)}
    view = _view_of_form(request, sent)
    try:
        jobs_of(request).start("brief", _asked(request, view))
    except (CoercivityError, RefusedError) as error:
        faults = faults_of(error)
        status = error.status if isinstance(error, RefusedError) else status_of(faults, in_address=False)
        context = _choosing(request, view)
        return page(view, TEMPLATE, status=status, faults=faults, fault_at=fields_at(faults), **context)
    return RedirectResponse(view.url("/brief", **{name: sent.get(name) for name in FIELDS}), SEE_OTHER)


@router.post("/brief/upload")
async def send(request: Request) -> Response:
    """Stores the uploaded files of a case folder."""
    return await take_case(request, "/brief", TEMPLATE, **_choosing(request, view_of(request)))


def _view_of_form(request: Request, sent: dict[str, str]) -> View:
    """The view of the address that corresponds to the form."""
    view = view_of(request)
    return View(
        path=view.path,
        query=tuple(sent.items()),
        lang="zh" if sent.get("lang", view.lang) == "zh" else "en",
        on=sent.get("on", view.today),
        known=sent.get("known", ""),
        assume=sent.get("assume", ""),
        today=view.today,
        vouched=view.vouched,
    )


def _choosing(request: Request, view: View) -> BriefForm:
    found = choices(places_of(request), view.get("case"))
    return {
        "case": view.get("case") or (found[0].name if found else ""),
        "found": found,
        "cases": options(view, found),
        "without": view.get("supply") == WITHOUT,
        "without_word": WITHOUT,
        "main_form": "brief-form",
        "job": None,
        "made": None,
        "date": lambda day: day_text(view, day),
        "outcome_text": outcome_text,
        "is_english": is_english,
        "picture_address": picture_address,
    }


def _asked(request: Request, view: View) -> dict[str, Json]:
    """The job request as the API would send it; raises every fault it has."""
    places_of(request).case(view.get("case"))
    check_brief(view.on, view.known or None, view.assume or None)
    try:
        sent = BriefAsked(
            case=view.get("case"),
            on=view.on,
            known=view.known or None,
            assume=view.assume or None,
            supply=view.get("supply") != WITHOUT,
            vouches=list(view.vouched.sent),
        )
    except ValidationError as error:
        raise CoercivityError(faults_of_validation(error.errors(), "")) from None
    return asked_of(sent)
