"""The screen `firm`: the stops of a company by its workbook, or days of cover by its case folder."""

from __future__ import annotations

from typing import TypedDict

from fastapi import APIRouter, Request, Response

from coercivity.base.errors import CoercivityError
from coercivity.verbs.serving.places import check_firm_size
from coercivity.verbs.serving.problems import status_of
from coercivity.verbs.serving.state import places_of
from coercivity.verbs.survive import SurvivalReport, span_words, survival_view, survive
from coercivity.web.case import workbook
from coercivity.web.case.cases import choices, fields_at, options, take_case
from coercivity.web.case.firm_charts import clock_chart, days_chart
from coercivity.web.case.firm_look import clause_rows, headline, part_name, tiles
from coercivity.web.shown import day_text, is_english, money_text, outcome_text
from coercivity.web.view import View, page, view_of

router = APIRouter()
TEMPLATE = "firm.html.j2"


class FirmForm(TypedDict):
    """Template values for the form."""

    case: str
    cases: list[tuple[str, str]]
    main_form: str


@router.get("/firm")
def show(request: Request) -> Response:
    """Shows the workbook of a company; with a case in the address, days of cover by part, element and clause."""
    view = view_of(request)
    return _case(request, view) if view.get("case") else workbook.shown(request, view)


@router.get("/firm/case")
def show_case(request: Request) -> Response:
    """Shows days of cover for the first case folder with company data."""
    return _case(request, view_of(request))


def _case(request: Request, view: View) -> Response:
    context = _choosing(request, view)
    if not context["case"]:
        return page(view, TEMPLATE, faults=(), fault_at=(), **context)
    try:
        folder = places_of(request).case(context["case"])
        check_firm_size(folder)
        body = survive(folder, view.on, known=view.known or None, assume=view.assume or None, law=view.law).body
    except CoercivityError as error:
        status = status_of(error.faults, in_address=True)
        return page(view, TEMPLATE, status=status, faults=error.faults, fault_at=fields_at(error.faults), **context)
    return _answer(view, body, context)


@router.post("/firm/upload")
async def send(request: Request) -> Response:
    """Stores the uploaded files of a case folder."""
    return await take_case(request, "/firm", TEMPLATE, **_choosing(request, view_of(request)))


def _choosing(request: Request, view: View) -> FirmForm:
    """Template values for the form; without a case in the address, the first one with company data is selected."""
    picked = view.get("case")
    found = [choice for choice in choices(places_of(request), picked) if choice.has_firm or choice.name == picked]
    return {
        "case": picked or (found[0].name if found else ""),
        "cases": options(view, found),
        "main_form": "firm-form",
    }


def _answer(view: View, body: SurvivalReport, context: FirmForm) -> Response:
    survival = survival_view(body, view.lang)
    return page(
        view,
        TEMPLATE,
        faults=(),
        fault_at=(),
        **context,
        body=body,
        sv=survival,
        span=span_words,
        first=headline(view, body),
        tiles=tiles(view, body),
        days_chart=days_chart(view, survival),
        clock_chart=clock_chart(view, body),
        clauses=clause_rows(body),
        date=lambda day: day_text(view, day),
        outcome_text=outcome_text,
        is_english=is_english,
        grades={item["id"]: item["grade"] or view.t(item["name"]) for item in body["items"]},
        money=money_text,
        part=lambda grade, name: part_name(view, grade, name),
        names={item["id"]: view.t(item["name"]) for item in body["items"]},
    )
