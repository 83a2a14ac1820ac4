"""The workbook of a company on the screen `firm`: template, quick start, upload, result, export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypedDict

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from coercivity.base.errors import CoercivityError, Fault
from coercivity.verbs.company_sections import drawn_shown, first_stop, stops_shown, table_in
from coercivity.verbs.serving.firms.answers import StopsAnswer, StopsAsked, deadlines_file, exported, stops_answer
from coercivity.verbs.serving.firms.files import firm_content, firm_examples, firm_name, keep_workbook, kept_workbook
from coercivity.verbs.serving.forms import sent_form
from coercivity.verbs.serving.problems import RefusedError, faults_of, status_of
from coercivity.verbs.serving.state import places_of
from coercivity.verbs.workbook import (
    QuickField,
    quick_fields,
    workbook_content,
    workbook_quick,
    workbook_template,
)
from coercivity.web.case.stock_chart import stock_chart
from coercivity.web.case.stops_charts import chance_chart, dates_chart
from coercivity.web.shown import is_english
from coercivity.web.view import LANGS, Context, View, page, view_of
from coercivity.web.work import SEE_OTHER

router = APIRouter()
TEMPLATE = "workbook.html.j2"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"xlsx": XLSX, "yaml": "application/yaml; charset=utf-8"}
QUICK_NAME = "quick-start.xlsx"
TYPED = ("day", "until")
ARGUMENTS = {"on": "day", "until": "until", "draws": "draws"}  # fields by the argument of the verb
CHOSEN = "yes"
DRAWS = ("none", "64", "256")
MOST_TYPED = 200  # characters of a value of the quick start


@dataclass(frozen=True, slots=True)
class TypedField:
    """A field of the quick start: what was typed, and what is wrong with it."""

    spec: QuickField
    value: str
    faults: tuple[Fault, ...]


class WorkbookForm(TypedDict):
    """Template values of the page without a result."""

    file: str
    file_name: str
    examples: list[str]
    quick: list[TypedField]
    quick_open: bool
    draws: list[tuple[str, str]]
    main_form: str
    faults: tuple[Fault, ...]
    upload_faults: tuple[Fault, ...]
    fault_at: tuple[str, ...]


@router.get("/firm")
def show(request: Request) -> Response:
    """Shows the ways to begin and, if the address names a workbook or a case, its result."""
    view = view_of(request)
    if view.get("case"):
        return RedirectResponse(view.url("/firm", file=view.get("case"), case=None), SEE_OTHER)
    name = view.get("file")
    if not name:
        return page(view, TEMPLATE, **_form(request, view))
    try:
        found = stops_answer(_asked(request, view))
    except CoercivityError as error:
        status = status_of(error.faults, in_address=True)
        return page(view, TEMPLATE, status=status, **_form(request, view, faults=error.faults))
    form = _form(request, view, found.quick, quick_open=False)
    return page(view, TEMPLATE, **form, **_answer(view, found), begun_quick=found.quick is not None)


@router.get("/firm/template")
def template(request: Request) -> Response:
    """Returns the empty workbook in the language asked for."""
    view = view_of(request)
    lang = next((each for each in LANGS if each == view.get("in")), view.lang)
    return _file(workbook_template(lang), f"coercivity-firm-{lang}.xlsx", XLSX)


@router.post("/firm/workbook")
async def send(request: Request) -> Response:
    """Stores an uploaded workbook and redirects to its result."""
    view = view_of(request)
    try:
        upload = await kept_workbook(request)
    except (CoercivityError, RefusedError) as error:
        faults = faults_of(error)
        status = error.status if isinstance(error, RefusedError) else status_of(faults, in_address=False)
        return page(view, TEMPLATE, status=status, **{**_form(request, view), "upload_faults": faults})
    return RedirectResponse(view.url("/firm", file=upload.id, case=None), SEE_OTHER)


@router.post("/firm/quick")
async def quick(request: Request) -> Response:
    """Makes a workbook of the numbers typed, stores it, and redirects to its result."""
    names = [field.name for field in quick_fields()]
    view, numbers = view_of(request), dict[str, str]()
    try:
        # A few short values: they make one row a sheet, so this process reads them itself.
        async with sent_form(request, max_files=0, max_fields=len(names) + 10, max_part_size=4_096) as form:
            numbers = {name: str(form.get(name, "")).strip()[:MOST_TYPED] for name in names}
        made = workbook_content(workbook_quick(numbers), lang=view.lang)
        upload = await keep_workbook(places_of(request), QUICK_NAME, made.content)
    except (CoercivityError, RefusedError) as error:
        faults = faults_of(error)
        status = error.status if isinstance(error, RefusedError) else status_of(faults, in_address=False)
        context = _form(request, view, numbers, faults)
        return page(view, TEMPLATE, status=status, **context)
    return RedirectResponse(view.url("/firm", file=upload.id, case=None), SEE_OTHER)


@router.get("/firm/export.{kind}")
def export(request: Request, kind: Literal["xlsx", "yaml"]) -> Response:
    """Returns the workbook as the program writes it, as XLSX or YAML."""
    view = view_of(request)
    source = firm_content(places_of(request), view.get("file"))
    return _file(exported(source, kind, view.lang), f"{Path(source.name).stem}.{kind}", KINDS[kind])


@router.get("/firm/deadlines.ics")
def deadlines(request: Request) -> Response:
    """Returns the deadlines of the company for a calendar."""
    view = view_of(request)
    content = deadlines_file(_asked(request, view), view.lang)
    return _file(content, "deadlines.ics", "text/calendar; charset=utf-8")


def _asked(request: Request, view: View) -> StopsAsked:
    return StopsAsked(
        firm_content(places_of(request), view.get("file")),
        on=view.get("day") or None,
        until=view.get("until") or None,
        independent=view.get("independent") == CHOSEN or None,
        law=view.law,
        draws=_draws(view.get("draws")),
    )


def _draws(word: str) -> int | None:
    """Returns a number of draws; a word that is none is told as one that is no power of two."""
    if word in ("", DRAWS[0]):
        return None
    return int(word) if word.isascii() and word.isdigit() and len(word) < 6 else 0


def _form(
    request: Request,
    view: View,
    numbers: dict[str, str] | None = None,
    faults: Sequence[Fault] = (),
    *,
    quick_open: bool = True,
) -> WorkbookForm:
    name = view.get("file")
    fields = quick_fields()
    names = {field.name for field in fields}
    return {
        "file": name,
        "file_name": firm_name(places_of(request), name),
        "examples": list(firm_examples()),
        "quick": [
            TypedField(spec, (numbers or {}).get(spec.name, ""), tuple(f for f in faults if f.where == spec.name))
            for spec in fields
        ],
        "quick_open": quick_open and numbers is not None,
        "draws": [(name, view.w(f"stops.draws_{name}")) for name in DRAWS],
        "main_form": "workbook-form",
        "faults": tuple(f for f in faults if numbers is None or f.where not in names),
        "upload_faults": (),
        "fault_at": tuple(ARGUMENTS[f.where] for f in faults if f.where in ARGUMENTS),
    }


def _answer(view: View, held: StopsAnswer) -> Context:
    body = held.body
    sections = stops_shown(body, view.lang)
    days, rises = table_in(sections.values(), "first_days"), table_in(sections.values(), "by_day")
    charts = {
        "first_days": dates_chart(view, body, days) if days else None,
        "by_day": chance_chart(view, body, rises),
        "stock": stock_chart(view, body, table_in(sections.values(), "stock")),
    }
    return {
        "body": body,
        "first": first_stop(body, view.lang),
        "sections": sections,
        "drawn": drawn_shown(held.drawn, view.lang) if held.drawn is not None else {},
        "charts": charts,
        "is_english": is_english,
        "deadlines": {
            "coming": table_in(sections.values(), "deadlines_ahead"),
            "passed": table_in(sections.values(), "deadlines_passed"),
        },
        "asked": {name: view.get(name) for name in ("file", *TYPED, "independent", "draws")},
        "has_stages": held.has_stages,
        "digest": held.hash,
    }


def _file(content: bytes, name: str, kind: str) -> Response:
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in ".-_") else "-" for sign in name)
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{plain}"'})
