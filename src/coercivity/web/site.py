"""The server: HTTP API and screens as one application."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import cast

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse
from starlette.exceptions import HTTPException

from coercivity.base.errors import CoercivityError, Fault
from coercivity.http.app import API, make_api
from coercivity.http.limits import BOUNDS, LOOPBACK, Bounds
from coercivity.verbs.serving.places import Places
from coercivity.verbs.serving.problems import BROKEN, FULL, UNPROCESSABLE, RefusedError, faults_of, status_of, unstored
from coercivity.verbs.serving.state import places_of
from coercivity.web import about, glossary, start, vouch, work
from coercivity.web.batch import page as batch
from coercivity.web.case import brief, workbook
from coercivity.web.clock import page as clock
from coercivity.web.data import page as data
from coercivity.web.deal import page as deal
from coercivity.web.ministry import fund, strategy
from coercivity.web.mix import page as mix
from coercivity.web.parties import page as parties
from coercivity.web.rules import page as rules
from coercivity.web.supply import page as supply
from coercivity.web.supply.own import page as own
from coercivity.web.vega import vega_script
from coercivity.web.view import page, view_of

SCRIPT = "text/javascript; charset=utf-8"
STATIC = {"site.css": "text/css; charset=utf-8", "site.js": SCRIPT, "parties.js": SCRIPT}
Teller = Callable[[Request, Exception], Awaitable[Response]]
CACHED = {"cache-control": "no-cache"}  # cached but revalidated: the files change with the program


def make_site(places: Places, *, bounds: Bounds = BOUNDS, hosts: tuple[str, ...] = LOOPBACK) -> FastAPI:
    """Returns the application with the HTTP API under `/api` and the screens.

    Args:
        places: Where uploads and results are stored, and which case folders may be read.
        bounds: Limits on requests.
        hosts: Host names that the server answers to.
    """
    app = make_api(places.with_judgements(), bounds=bounds, hosts=hosts)
    people = (start, deal, rules, batch, parties, own, supply, workbook, mix, clock, brief, data, about, glossary)
    for screen in (*people, fund, strategy, work, vouch):
        app.include_router(screen.router, include_in_schema=False)
    app.add_api_route("/static/vega.js", _vega, include_in_schema=False)
    app.add_api_route("/static/{name}", _static, include_in_schema=False)
    _tell_people(app)
    return app


def _static(name: str) -> Response:
    if name not in STATIC:
        raise HTTPException(404, "Not Found")
    return FileResponse(Path(__file__).parent / "static" / name, media_type=STATIC[name], headers=CACHED)


def _vega(request: Request) -> Response:
    path = vega_script(script_folder(places_of(request)))
    return FileResponse(path, media_type=SCRIPT, headers=CACHED)


def script_folder(places: Places) -> Path:
    """Returns the folder in which the chart script is stored."""
    return places.state / "static"


def _tell_people(app: FastAPI) -> None:
    """Reports errors as a page to readers of the screens, and as a problem object to programs."""
    for kind in (CoercivityError, RequestValidationError, HTTPException, RefusedError, Exception):
        # The HTTP API has registered its own handler for each, all of them coroutines.
        app.add_exception_handler(kind, _people_first(cast(Teller, app.exception_handlers[kind])))


def _people_first(told: Teller) -> Teller:
    """A handler that returns a page for a screen and leaves all other requests to the handler given."""

    async def handler(request: Request, error: Exception) -> Response:
        return _fault_page(request, error) if is_screen(request) else await told(request, error)

    return handler


def is_screen(request: Request) -> bool:
    """Returns whether the request is for a page, not for the HTTP API or a file."""
    return not request.url.path.startswith((API, "/decide", "/static"))


def _fault_page(request: Request, error: Exception) -> Response:
    view = view_of(request)
    if isinstance(error, (CoercivityError, RefusedError)):
        faults = faults_of(error)
        status = (
            error.status if isinstance(error, RefusedError) else status_of(faults, in_address=request.method == "GET")
        )
    elif isinstance(error, HTTPException):
        status = error.status_code
        faults = (Fault("HTTP-ADDRESS", view.w("page.no_page") if status == 404 else str(error.detail)),)
    elif isinstance(error, RequestValidationError):
        faults, status = (Fault("HTTP-FORM", view.w("page.bad_form")),), UNPROCESSABLE
    elif (fault := unstored(error)) is not None:
        faults, status = (fault,), FULL
    else:
        faults, status = (Fault("HTTP-BROKEN", view.w("page.broken"), next=view.w("page.tell_us")),), BROKEN
    heading = "no_page_title" if status == 404 else "broken_title" if status >= BROKEN else "fault_title"
    return page(view, "fault.html.j2", status=status, faults=faults, heading=heading)
