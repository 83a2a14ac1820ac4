"""The screen `mix`: the best mix of stock and options from a kept workbook, as it is or changed in the address."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import TypedDict, cast

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.json_types import Json
from coercivity.verbs.mix_sections import MIX_FILES, MixFile, MixReport
from coercivity.verbs.serving.firms.files import FirmFile, firm_content, firm_name, kept_workbook
from coercivity.verbs.serving.firms.mixes import (
    MIX_FILE,
    TIME,
    MixShape,
    MixWanted,
    mix_checked,
    mix_examples,
    mix_file_of,
    mix_found,
    mix_shape,
    too_long,
)
from coercivity.verbs.serving.firms.models import MixChangesSent
from coercivity.verbs.serving.firms.what_if import WhatIf
from coercivity.verbs.serving.jobs import DONE, Job
from coercivity.verbs.serving.models import asked_of, faults_of_validation
from coercivity.verbs.serving.problems import RefusedError, faults_of, status_of
from coercivity.verbs.serving.state import jobs_of, places_of
from coercivity.web.mix.form import (
    DAY,
    FILE,
    LimitField,
    TickField,
    address,
    asked_changes,
    grade_fields,
    kept_fields,
    limit_fields,
    option_fields,
)
from coercivity.web.mix.look import mix_context
from coercivity.web.view import Context, View, page, view_of
from coercivity.web.work import SEE_OTHER

router = APIRouter()
TEMPLATE = "mix.html.j2"
MOST_FIELDS = 500
SEARCH, PLAN = "search", "plan"  # which search is started
FIELDS = {"on": DAY, "cvar": "level"}  # fields of the form by the argument of the verb
KINDS: dict[MixFile, str] = {
    "mix.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "slide.svg": "image/svg+xml",
    "slide.png": "image/png",
    "mix-csv.zip": "application/zip",
    "mix.json": "application/json",
}


@dataclass(frozen=True, slots=True)
class Searches:
    """The searches that were started, as they were at one moment: one that ends later is still shown as running.

    Attributes:
        flips: The one for what would change the choice.
        plan: The one for the best mix.
    """

    flips: Job | None
    plan: Job | None


@dataclass(frozen=True, slots=True)
class LongSearch:
    """A best mix that a page does not wait for.

    Attributes:
        job: Its job, if it was started.
        minutes: About how long it takes.
    """

    job: Job | None
    minutes: int


class MixForm(TypedDict):
    """Template values of the page without a result."""

    file: str
    file_name: str
    examples: list[str]
    main_form: str
    faults: tuple[Fault, ...]
    upload_faults: tuple[Fault, ...]
    fault_at: tuple[str, ...]
    limits: list[LimitField]
    options: list[TickField]
    grades: list[TickField]
    is_changed: bool
    shape: MixShape | None


@router.get("/mix")
def show(request: Request) -> Response:
    """Shows the ways to begin and, if the address names a workbook, its best mix."""
    view = view_of(request)
    if not view.get(FILE):
        return page(view, TEMPLATE, **_form(request, view, None))
    shape = None
    try:
        source = firm_content(places_of(request), view.get(FILE))
        shape = mix_shape(source)
        searches = _searches(request, view, shape)
        body = _body(view, source, shape, searches)
        unchanged = None if asked_changes(view).plain or body is None else _unchanged(request, view, source, shape)
    except (CoercivityError, RefusedError) as error:
        faults = faults_of(error)
        status = error.status if isinstance(error, RefusedError) else status_of(faults, in_address=True)
        return page(view, TEMPLATE, status=status, **_form(request, view, shape, faults))
    found: Context = {"job": searches.flips, "kept": kept_fields(view), "plan_search": PLAN}
    if body is None:
        long = LongSearch(searches.plan, max(1, math.ceil(shape.seconds / 60)))
        return page(view, TEMPLATE, **_form(request, view, shape), **found, long=long)
    found |= mix_context(view, body, unchanged)
    found["files"] = [(name, address(view, f"/mix/{name}")) for name in MIX_FILES]
    return page(view, TEMPLATE, **_form(request, view, shape), **found)


@router.post("/mix/workbook")
async def send(request: Request) -> Response:
    """Stores an uploaded workbook and redirects to its result."""
    view = view_of(request)
    try:
        upload = await kept_workbook(request)
    except (CoercivityError, RefusedError) as error:
        faults = faults_of(error)
        status = error.status if isinstance(error, RefusedError) else status_of(faults, in_address=False)
        return page(view, TEMPLATE, status=status, **{**_form(request, view, None), "upload_faults": faults})
    return RedirectResponse(view.url("/mix", file=upload.id), SEE_OTHER)


@router.post("/mix/start")
async def start(request: Request) -> Response:
    """Starts a search and redirects to the page that shows its progress.

    It is the one for what would change the choice, or that for the best mix of a workbook with many scenarios.
    """
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        sent = [(key, str(value)) for key, value in form.multi_items()]
    view, shape = view_of(request, sent), None
    try:
        source = firm_content(places_of(request), view.get(FILE))
        shape = await run_in_threadpool(mix_shape, source)
        asked = _plan_asked(view, shape) if view.get(SEARCH) == PLAN else _asked(view)
        await run_in_threadpool(mix_checked, replace(_wanted(view, source), what_if=asked_changes(view)))
        jobs_of(request).start("mix-plan" if view.get(SEARCH) == PLAN else "mix", asked)
    except (CoercivityError, RefusedError) as error:
        faults = faults_of(error)
        status = error.status if isinstance(error, RefusedError) else status_of(faults, in_address=False)
        return page(view, TEMPLATE, status=status, **_form(request, view, shape, faults))
    return RedirectResponse(address(view, "/mix"), SEE_OTHER)


@router.get("/mix/{name}")
def file(request: Request, name: MixFile) -> Response:
    """Returns a file of the result."""
    view = view_of(request)
    source = firm_content(places_of(request), view.get(FILE))
    shape = mix_shape(source)
    body = _body(view, source, shape, _searches(request, view, shape))
    if body is None:
        raise too_long(source)
    wanted = replace(_wanted(view, source), what_if=asked_changes(view))
    content = mix_file_of(name, body, wanted, view.lang)
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=KINDS[name], headers=headers)


def _body(view: View, source: FirmFile, shape: MixShape, searches: Searches) -> MixReport | None:
    """Returns the result of a search that is done, or else the best mix; None if that takes too long to be waited for.

    The search for what would change the choice has the best mix too.
    """
    kept = _searched(searches.flips) or _searched(searches.plan)
    if kept is not None or not shape.waits:
        return kept
    plain = _wanted(view, source)
    try:
        return mix_found(replace(plain, what_if=asked_changes(view), late=shape.few, frontier=shape.few))
    except CoercivityError as error:
        if all(fault.code == TIME for fault in error.faults):
            return None
        raise


def _unchanged(request: Request, view: View, source: FirmFile, shape: MixShape) -> MixReport | None:
    """Returns the best mix of the workbook as it is; None if that has not been computed and takes long."""
    if shape.waits:
        return mix_found(_wanted(view, source))
    asked = _plan_asked(view, shape, what_if=WhatIf())
    return _searched(jobs_of(request).find("mix-plan", asked))


def _searched(job: Job | None) -> MixReport | None:
    """Returns the result of a search that is done."""
    if job is None or job.state != DONE or MIX_FILE not in job.files():
        return None
    return cast(MixReport, json.loads(job.files()[MIX_FILE].read_bytes()))


def _wanted(view: View, source: FirmFile) -> MixWanted:
    """Returns the request for the best mix of a workbook as it is."""
    return MixWanted(source, on=view.get(DAY) or None, law=view.law)


def _searches(request: Request, view: View, shape: MixShape) -> Searches:
    jobs = jobs_of(request)
    flips, plan = jobs.find("mix", _asked(view)), jobs.find("mix-plan", _plan_asked(view, shape))
    return Searches(copy(flips), copy(plan))


def _plan_asked(view: View, shape: MixShape, what_if: WhatIf | None = None) -> dict[str, Json]:
    """Returns the request for the best mix as a job, with what the page shows of one that is waited for."""
    asked = _asked(view, what_if)
    return {**asked, "late": shape.few, "frontier": shape.few}


def _asked(view: View, what_if: WhatIf | None = None) -> dict[str, Json]:
    """Returns the request for the search as the API would send it.

    Raises:
        CoercivityError: If the address has too many changes or too long names, which no form makes.
    """
    changes = asked_changes(view) if what_if is None else what_if
    try:
        sent = MixChangesSent(
            file=view.get(FILE),
            on=view.get(DAY) or None,
            vouches=list(view.vouched.sent),
            weight=changes.weight or None,
            cvar=changes.level or None,
            limits=dict(changes.limits),
            without=list(changes.without),
            independent=list(changes.apart),
        )
    except ValidationError as error:
        raise CoercivityError(faults_of_validation(error.errors(), "")) from None
    return asked_of(sent)


def _form(request: Request, view: View, shape: MixShape | None, faults: Sequence[Fault] = ()) -> MixForm:
    name = view.get(FILE)
    return {
        "file": name,
        "file_name": firm_name(places_of(request), name),
        "examples": list(mix_examples()),
        "main_form": "mix-form",
        "faults": tuple(faults),
        "upload_faults": (),
        "fault_at": tuple(FIELDS.get(fault.where, fault.where) for fault in faults),
        "limits": limit_fields(view, shape) if shape else [],
        "options": option_fields(view, shape) if shape else [],
        "grades": grade_fields(view, shape) if shape else [],
        "is_changed": not asked_changes(view).plain,
        "shape": shape,
    }
