"""The API as one application: addresses, problem objects, limits and shared state."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.version import ENGINE_VERSION
from coercivity.http import data, decide, firm, job_routes, law, market, ministry, tables
from coercivity.http.limits import BOUNDS, LOOPBACK, Bounds, Limits
from coercivity.http.parties import judgements, ownership, screen
from coercivity.http.problems import MEDIA_TYPE, problem
from coercivity.verbs.data import pack_hashes
from coercivity.verbs.serving.jobs import Jobs
from coercivity.verbs.serving.models import faults_of_validation
from coercivity.verbs.serving.parties.screenings import Screenings
from coercivity.verbs.serving.places import Places
from coercivity.verbs.serving.problems import (
    BROKEN,
    FULL,
    MISTAKE,
    UNPROCESSABLE,
    RefusedError,
    status_of,
    unstored,
)
from coercivity.verbs.serving.served import PartyPaths, serving
from coercivity.verbs.serving.state import Held

API = "/api"
UPLOAD_PATHS = (
    f"{API}/uploads",
    f"{API}/cases/folders",
    f"{API}/firm/workbooks",
    f"{API}/decide/lines",
    "/batch/upload",
    "/brief/upload",
    "/rules/impact/start",
    "/firm/workbook",
    "/mix/workbook",
    "/fund/workbook",
    "/strategy/workbook",
    "/clock/upload",
    "/parties/screen",
)
LINE_PATHS = (f"{API}/decide/lines",)
PROBLEM = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
PROBLEMS: dict[int | str, dict[str, Any]] = {  # as the framework declares it
    UNPROCESSABLE: {
        **PROBLEM,
        "description": "The content is invalid. The problem object lists every fault and its place.",
    },
    "4XX": {**PROBLEM, "description": "The request is refused, or the address does not exist."},
}
ROUTERS: tuple[APIRouter, ...] = tuple(
    held.router
    for held in (decide, law, screen, judgements, ownership, market, firm, ministry, tables, data, job_routes)
)


def make_api(places: Places, *, bounds: Bounds = BOUNDS, hosts: tuple[str, ...] = LOOPBACK) -> FastAPI:
    """Returns the application with the API under `/api`.

    Args:
        places: Folders for uploads and results, and the case folders that may be read.
        bounds: Limits on requests.
        hosts: Host names that the server answers to.
    """
    jobs = Jobs(places, pack_hashes())

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        yield
        jobs.close()

    app = FastAPI(
        title="coercivity",
        version=ENGINE_VERSION,
        description="China's rare-earth rules as dated data: whether a deal may proceed, and the effect on supply.",
        openapi_url=f"{API}/openapi.json",
        docs_url=None,  # these pages would load scripts from another site
        redoc_url=None,
        lifespan=running,
        responses=PROBLEMS,
        redirect_slashes=False,
    )
    app.state.held = Held(places, jobs, Screenings(places))
    for router in ROUTERS:
        app.include_router(router, prefix=API)
    # A shorter address for `/api/decide`.
    app.add_api_route("/decide", decide.one, methods=["POST"], include_in_schema=False)
    app.add_middleware(Limits, hosts=hosts, bounds=bounds, upload_paths=UPLOAD_PATHS, line_paths=LINE_PATHS)
    app.add_middleware(Serving, parties=places.parties)
    _tell_problems(app)
    _describe_problems(app)
    return app


class Serving:
    """ASGI middleware that gives every request the lists, judgements and ownership of the server."""

    def __init__(self, app: ASGIApp, *, parties: PartyPaths) -> None:
        self.app, self.parties = app, parties

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on."""
        with serving(self.parties):
            await self.app(scope, receive, send)


def in_address(request: Request) -> bool:
    """Returns whether a request consists of its address only."""
    return request.method in ("GET", "HEAD", "DELETE")


def _tell_problems(app: FastAPI) -> None:
    async def bad_input(request: Request, error: Exception) -> Response:
        assert isinstance(error, CoercivityError)
        status = status_of(error.faults, in_address=in_address(request))
        return problem(status, error.faults, instance=request.url.path)

    async def bad_form(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return problem(UNPROCESSABLE, faults_of_validation(error.errors(), ""), instance=request.url.path)

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        code = {404: "HTTP-ADDRESS", 405: "HTTP-METHOD"}.get(error.status_code, "HTTP")
        fault = Fault(code, str(error.detail)[:200], where=request.url.path[:200], next="see /api/openapi.json")
        return problem(error.status_code, (fault,), instance=request.url.path, headers=dict(error.headers or {}))

    async def turned_away(request: Request, error: Exception) -> Response:
        assert isinstance(error, RefusedError)
        return problem(error.status, (error.fault,), instance=request.url.path, headers=error.headers)

    async def broken(request: Request, error: Exception) -> Response:
        fault = unstored(error)
        status = BROKEN if fault is None else FULL
        return problem(status, (fault or MISTAKE,), instance=request.url.path)

    app.add_exception_handler(CoercivityError, bad_input)
    app.add_exception_handler(RequestValidationError, bad_form)
    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(RefusedError, turned_away)
    app.add_exception_handler(Exception, broken)


def _describe_problems(app: FastAPI) -> None:
    """Describes the problem object in the OpenAPI schema, instead of the error format of the framework."""
    made = app.openapi

    def described() -> dict[str, Any]:
        schema = made()
        parts = schema.setdefault("components", {}).setdefault("schemas", {})
        parts.pop("HTTPValidationError", None)
        parts.pop("ValidationError", None)
        parts["Problem"] = PROBLEM_SCHEMA
        return schema

    app.openapi = described  # type: ignore[method-assign] # the extension point of the framework


_TEXT = {"type": "string"}
PROBLEM_SCHEMA: dict[str, Any] = {  # as JSON Schema
    "type": "object",
    "title": "Problem",
    "description": "Problem details (RFC 9457) with a stable code and every fault of the request.",
    "required": ["type", "title", "status", "detail", "code", "faults"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "instance": _TEXT,
        "code": _TEXT,
        "faults": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "what", "where", "nearest", "next"],
                "properties": {
                    **dict.fromkeys(("code", "what", "where", "next"), _TEXT),
                    "nearest": {"type": "array", "items": _TEXT},
                },
            },
        },
    },
}
