"""The screen `clock`: stages from signature to arrival, and by when to sign."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypedDict

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from coercivity.base.errors import CoercivityError, Fault
from coercivity.verbs.company_sections import ChainReport, chain_shown
from coercivity.verbs.serving.firms.answers import ChainAsked, chain_answer, rows_of
from coercivity.verbs.serving.firms.files import firm_content, firm_name, kept_workbook, workbook_of
from coercivity.verbs.serving.problems import RefusedError, faults_of, status_of
from coercivity.verbs.serving.state import places_of
from coercivity.web.clock.charts import arrival_chart
from coercivity.web.clock.form import (
    BLANK_ROWS,
    MORE_ROWS,
    MOST_ROWS,
    ClockForm,
    FormError,
    empty,
    from_report,
    from_rows,
    sort_faults,
    typed,
)
from coercivity.web.shown import is_english
from coercivity.web.view import Context, View, page, view_of
from coercivity.web.work import SEE_OTHER

router = APIRouter()
TEMPLATE = "clock.html.j2"
EXAMPLE, DESTINATION = "nordlicht", "DE"
_UNIT = re.compile(r"\s*[%％]")  # "90 %" is one confidence
QUALITIES = ("", "law", "measured", "reported", "estimated", "assumed")


class ClockPage(TypedDict):
    """Template values of the form."""

    form: ClockForm
    blank: int
    qualities: tuple[str, ...]
    example: str
    destination: str
    file_name: str
    main_form: str
    upload_faults: tuple[Fault, ...]


@router.get("/clock")
def show(request: Request) -> Response:
    """Shows the form, and the last day to sign for the stages that the address or a workbook holds."""
    view = view_of(request)
    try:
        form, found = _found(request, view)
        other = _asked(view, form, view.get("other_return")) if view.get("other_return") else None
    except FormError as wrong:
        return _at_fault(request, view, wrong.form, wrong.error)
    except CoercivityError as error:
        return _at_fault(request, view, empty(), error)
    return page(view, TEMPLATE, wrong=(), **_form(request, view, form), **_answer(view, found, other))


def _at_fault(request: Request, view: View, form: ClockForm, error: CoercivityError) -> Response:
    sort_faults(form, error.faults)
    status = status_of(error.faults, in_address=True)
    return page(view, TEMPLATE, status=status, wrong=error.faults, **_form(request, view, form))


@router.post("/clock/upload")
async def send(request: Request) -> Response:
    """Stores an uploaded workbook and redirects to the result for its stages."""
    view = view_of(request)
    try:
        upload = await kept_workbook(request)
    except (CoercivityError, RefusedError) as error:
        faults = faults_of(error)
        status = error.status if isinstance(error, RefusedError) else status_of(faults, in_address=False)
        context: ClockPage = {**_form(request, view, empty()), "upload_faults": faults}
        return page(view, TEMPLATE, status=status, wrong=faults, **context)
    return RedirectResponse(view.url("/clock", file=upload.id), SEE_OTHER)


def _found(request: Request, view: View) -> tuple[ClockForm, ChainReport]:
    """The form and its result: of its rows, of a workbook, or else of the usual stages to a destination."""
    form, name = typed(view), view.get("file")
    if form is not None:
        return form, _asked(view, form)
    if name:
        source = firm_content(places_of(request), name)
        form = from_rows(rows_of(source), view)
        return form, chain_answer(ChainAsked(source, **_given(view, view.get), law=view.law))
    given = _given(view, view.get)
    given["sign"] = given["sign"] or view.today
    found = chain_answer(ChainAsked(None, **given, to=view.get("to") or DESTINATION, law=view.law))
    return from_report(found), found


def _asked(view: View, form: ClockForm, return_chance: str = "") -> ChainReport:
    """The result for a form; its faults are sorted to its fields."""
    given = _given(view, lambda name: form.single.get(name, ""))
    if return_chance:
        given["return_chance"] = return_chance
    try:
        return chain_answer(ChainAsked(workbook_of(form.sheets), **given, law=view.law))
    except CoercivityError as error:
        raise FormError(form, error) from None


class Given(TypedDict, total=False):
    """Arguments of a chain that are no rows of it."""

    sign: str | None
    arrive_by: str | None
    confidence: list[str]
    plant: str | None
    return_chance: str
    by_air_kg: list[str]


def _given(view: View, single: Callable[[str], str]) -> Given:
    return {
        "sign": single("signed") or None,
        "arrive_by": single("needed") or None,
        "confidence": _UNIT.sub("%", single("confidence")).split(),
        "plant": single("plant") or None,
        "by_air_kg": view.get("masses").split(),
    }


def _form(request: Request, view: View, form: ClockForm) -> ClockPage:
    blank = MORE_ROWS if view.get("more") else BLANK_ROWS
    return {
        "form": form,
        "blank": max(0, min(blank, MOST_ROWS - len(form.stages))),
        "qualities": QUALITIES,
        "example": EXAMPLE,
        "file_name": firm_name(places_of(request), view.get("file")),
        "destination": view.get("to") or DESTINATION,
        "main_form": "clock-form",
        "upload_faults": (),
    }


def _answer(view: View, body: ChainReport, other: ChainReport | None) -> Context:
    sections = chain_shown(body, view.lang)
    told = sections["summary"].sentences if other is not None else ()
    others = chain_shown(other, view.lang)["summary"].sentences if other is not None else ()
    compared = tuple(text for text in others if text not in told)  # what does not change is told once
    return {
        "body": body,
        "is_english": is_english,
        "sections": sections,
        "compared": compared,
        "chart": arrival_chart(view, body),
    }
