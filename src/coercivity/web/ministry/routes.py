"""The addresses of a screen of a ministry, the same for both screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from coercivity.base.errors import CoercivityError
from coercivity.base.words import Lang
from coercivity.verbs.ministry_files import MinistryFile
from coercivity.verbs.ministry_sections import table_file
from coercivity.verbs.pictures import png_of
from coercivity.verbs.serving.firms.files import kept_workbook
from coercivity.verbs.serving.ministries.question import S, question_file, question_shape, too_long
from coercivity.verbs.serving.ministries.workbooks import ministry_content
from coercivity.verbs.serving.models import asked_of
from coercivity.verbs.serving.problems import NOT_FOUND, RefusedError
from coercivity.verbs.serving.state import jobs_of, places_of
from coercivity.web.ministry.chart_files import chart_svg
from coercivity.web.ministry.screen import (
    FILE,
    Screen,
    address,
    answer_context,
    answer_of,
    fault_status,
    form_context,
    sections_of,
)
from coercivity.web.view import page, view_of
from coercivity.web.work import SEE_OTHER

ChartForm = Literal["csv", "xlsx", "svg", "png"]
Template = Callable[[Lang, bool], bytes]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_FIELDS = 60
KINDS = {
    "xlsx": XLSX,
    "zip": "application/zip",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "json": "application/json",
}


def routes(screen: Screen[S], template: Template) -> APIRouter:
    """Returns the addresses of a screen.

    Args:
        screen: The screen.
        template: Returns the empty workbook, or that of the example, in a language.
    """
    router = APIRouter(prefix=screen.path)

    @router.get("")
    def show(request: Request) -> Response:
        """Shows the ways to begin and, if the address names a workbook, its answer."""
        view = view_of(request)
        if not view.get(FILE):
            return page(view, screen.template, **form_context(screen, request, view))
        try:
            answer = answer_of(screen, request, view)
        except (CoercivityError, RefusedError) as error:
            faults, status = fault_status(error, in_address=True)
            return page(view, screen.template, status=status, **form_context(screen, request, view, faults))
        told = form_context(screen, request, view) | answer_context(screen, view, answer)
        return page(view, screen.template, **told)

    @router.post("/workbook")
    async def send(request: Request) -> Response:
        """Stores an uploaded workbook and redirects to its answer."""
        view = view_of(request)
        try:
            upload = await kept_workbook(request)
        except (CoercivityError, RefusedError) as error:
            faults, status = fault_status(error, in_address=False)
            told = form_context(screen, request, view) | {"upload_faults": faults}
            return page(view, screen.template, status=status, **told)
        return RedirectResponse(view.url(screen.path, file=upload.id), SEE_OTHER)

    @router.post("/start")
    async def start(request: Request) -> Response:
        """Starts the search as a job and redirects to the page that shows its progress."""
        async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
            sent = [(key, str(value)) for key, value in form.multi_items()]
        view = view_of(request, sent)
        try:
            asked = screen.asked(view)
            source = ministry_content(places_of(request), view.get(FILE))
            await run_in_threadpool(question_shape, screen.question, source, asked)
            jobs_of(request).start(screen.name, asked_of(asked))
        except (CoercivityError, RefusedError) as error:
            faults, status = fault_status(error, in_address=False)
            return page(view, screen.template, status=status, **form_context(screen, request, view, faults))
        return RedirectResponse(address(screen, view, screen.path), SEE_OTHER)

    @router.get("/template")
    def empty(request: Request) -> Response:
        """Returns the empty workbook, or that of the example."""
        view = view_of(request)
        lang: Lang = "zh" if view.get("in", view.lang) == "zh" else "en"
        filled = view.get("example") == "yes"
        return _download(template(lang, filled), f"{screen.name}{'-example' if filled else ''}.xlsx")

    @router.get("/file/{name}")
    def file(request: Request, name: MinistryFile) -> Response:
        """Returns a file of the answer."""
        view = view_of(request)
        answer = answer_of(screen, request, view)
        if answer.body is None:
            raise too_long(screen.question, answer.source)
        content = question_file(screen.question, name, answer.source, answer.body, view.lang)
        return _download(content, f"{screen.name}-{name}" if name != "iamc.csv" else name)

    @router.get("/chart/{name}.{form}")
    def chart(request: Request, name: str, form: ChartForm) -> Response:
        """Returns a chart of the answer, or its table."""
        view = view_of(request)
        answer = answer_of(screen, request, view)
        if answer.body is None:
            raise too_long(screen.question, answer.source)
        sections = sections_of(screen, view, answer.body)
        found = next((one for one in screen.charts(view, answer.body, sections) if one.chart.id == name), None)
        if found is None:
            raise HTTPException(NOT_FOUND)
        match form:
            case "svg":
                content = chart_svg(found.chart)
            case "png":
                content = png_of(chart_svg(found.chart), found.chart.title, view.lang)
            case "csv" | "xlsx":
                content = table_file(found.table, form)
        return _download(content, f"{screen.name}-{name}.{form}")

    return router


def _download(content: bytes, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=KINDS[name.rpartition(".")[2]], headers=headers)
