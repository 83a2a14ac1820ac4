"""The screen `batch`: upload a table, map its columns, decide its rows and download the results."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.examples import example_folder
from coercivity.base.words import plain
from coercivity.verbs.messages import message
from coercivity.verbs.parties.rows import ROLES
from coercivity.verbs.serving.batch_work import started
from coercivity.verbs.serving.forms import kept_table, pieces, sent_form
from coercivity.verbs.serving.jobs import DONE, Job
from coercivity.verbs.serving.look import READ_BY, look
from coercivity.verbs.serving.parties.screenings import ScreeningAsked
from coercivity.verbs.serving.places import Places
from coercivity.verbs.serving.problems import UNPROCESSABLE, status_of
from coercivity.verbs.serving.state import held_by, jobs_of, places_of
from coercivity.web.batch.form import (
    MAP_FIELDS,
    BatchForm,
    act_choices,
    claim_rows,
    form_of,
    likeliest_choices,
    read_by_of,
    role_choices,
)
from coercivity.web.batch.found import found_of
from coercivity.web.parties.asked import READ_BY as NAMES_READ_BY
from coercivity.web.parties.asked import query_of
from coercivity.web.shown import is_english, outcome_text
from coercivity.web.view import View, page, view_of
from coercivity.web.work import SEE_OTHER

router = APIRouter()
FORM = "batch-form"
EXAMPLE = "erp-extract"
MOST_FIELDS = 2_000
MOST_SELECTS = 80  # columns with a drop-down list each; wider tables get text fields, which are lighter


@router.get("/batch")
def show(request: Request) -> Response:
    """Shows the upload form."""
    return page(view_of(request), "batch.html.j2", faults=(), fields={})


@router.post("/batch/upload")
async def upload(request: Request) -> Response:
    """Stores a table, opens it once and redirects to its page, or shows the upload form with the faults."""
    view, fields = view_of(request), dict[str, str]()
    try:
        kept, fields = await kept_table(request)
        read_by = {name: fields[name] for name in READ_BY if fields.get(name)}
        await run_in_threadpool(look, places_of(request), kept, read_by)
    except CoercivityError as error:
        status = status_of(error.faults, in_address=False)
        return page(view, "batch.html.j2", status=status, faults=error.faults, fields=fields)
    return RedirectResponse(view.url(f"/batch/{kept.id}", **read_by), SEE_OTHER)


@router.post("/batch/example")
async def example(request: Request) -> Response:
    """Stores the example table with its compliance declarations and redirects to its page."""
    places, folder = places_of(request), example_folder() / EXAMPLE
    table, standing = [await _kept(places, folder / name) for name in ("extract.csv", "standing.yaml")]
    return RedirectResponse(view_of(request).url(f"/batch/{table}", standing=standing), SEE_OTHER)


@router.get("/batch/{upload_id}")
def one(request: Request, upload_id: str) -> Response:
    """Shows a table with its column mapping and the results of the run that the address names."""
    view = _without(view_of(request), ("standing_file", "map_file"))
    if view.get("fresh"):
        view = _without(view, ("fresh", "job"))
    return _page(request, view, upload_id)


@router.post("/batch/{upload_id}")
async def start(request: Request, upload_id: str) -> Response:
    """Starts a run over a table, or shows the form again with the faults next to the fields."""
    places = places_of(request)
    async with sent_form(request, max_files=2, max_fields=MOST_FIELDS) as form:
        fields = [(name, entry) for name, entry in form.multi_items() if isinstance(entry, str)]
        sent = {n: e for n, e in form.multi_items() if isinstance(e, UploadFile) and e.filename}
        files = {n: (await places.keep(e.filename or n, pieces(e))).id for n, e in sent.items()}
    view = _without(_view_of_fields(request, fields), ("do", "job"))
    starts = ("do", "start") in fields
    if "map_file" in files:  # a mapping file overrides the choices of the form
        chosen = [name for name, _ in view.query if name in MAP_FIELDS or _is_column(name)]
        view = _with(_without(view, chosen), "map", files["map_file"])
    if "standing_file" in files:
        view = _with(_with(view, "standing", files["standing_file"]), "claims", "file")
    if not starts:
        return RedirectResponse(view.url(f"/batch/{upload_id}"), SEE_OTHER)
    return await run_in_threadpool(_started, request, view, upload_id)


def _started(request: Request, view: View, upload_id: str) -> Response:
    form = form_of(view, places_of(request), places_of(request).upload(upload_id))
    if form.faults:
        return _page(request, view, upload_id, status=UNPROCESSABLE)
    job = started(held_by(request), upload_id, form.asked, form.read_by, view.vouched.sent)
    return RedirectResponse(view.url(f"/batch/{upload_id}", job=job.id), SEE_OTHER)


def _page(request: Request, view: View, upload_id: str, *, status: int = 200) -> Response:
    places = places_of(request)
    kept = places.upload(upload_id)
    context = {"upload": upload_id, "name": plain(kept.name), "main_form": FORM, "read_by": read_by_of(view)}
    job, gone = _job(request, view, upload_id)
    try:
        form = form_of(view, places, kept)
    except CoercivityError as error:
        held = context | {"main_form": None, "form": None, "faults": error.faults}
        return page(view, "batch_table.html.j2", status=UNPROCESSABLE, **held)
    checked = view.get("set") == "map" and not job
    return page(
        view,
        "batch_table.html.j2",
        status=UNPROCESSABLE if form.faults and checked else status,
        form=form,
        faults=tuple(_told(view, form.faults)),
        notes=[_note(view, note) for note in form.look.notes],
        roles=role_choices(view),
        likeliest=lambda column: likeliest_choices(view, column),
        many=len(form.columns) > MOST_SELECTS,
        acts=act_choices(view),
        claims=claim_rows(view),
        outcome_text=outcome_text,
        is_english=is_english,
        job=job,
        gone=gone,
        found=found_of(view, job) if job is not None and job.state == DONE else None,
        parties=_parties(view, form, upload_id),
        **context,
    )


def _job(request: Request, view: View, upload_id: str) -> tuple[Job | None, bool]:
    """The run that the address names, and whether it names one that is no longer available."""
    if not view.get("job"):
        return None, False
    try:
        job = jobs_of(request).get(view.get("job"))
    except CoercivityError:
        return None, True
    return (job, False) if job.asked.get("upload") == upload_id else (None, True)


def _told(view: View, faults: Iterable[Fault]) -> Iterable[Fault]:
    """The faults, with labels of form fields instead of command-line options and the name of the mapping file."""
    places = {name: view.w(f"page.{name}") for name in ("on", "known", "assume")}
    if not view.get("map"):
        places["mapping.yaml"] = view.w("batch.columns")
    for fault in faults:
        yield replace(fault, where=places.get(fault.where, fault.where))


def _parties(view: View, form: BatchForm, upload_id: str) -> str:
    """The address that screens the names of the table on the Parties screen; blank if it has none."""
    columns = tuple((one.name, one.role) for one in form.columns if one.role in ROLES)
    read_by = tuple((name, text) for name, text in form.read_by.items() if name in NAMES_READ_BY and text)
    query = query_of(ScreeningAsked(upload_id, on=view.get("on"), columns=columns, read_by=read_by))
    return f"/parties/{upload_id}?{urlencode([*query, ('lang', view.lang)])}" if columns else ""


def _note(view: View, note: str) -> tuple[str, bool]:
    """A note of the file reader in the language of the page, and whether it is only available in English."""
    kind, _, value = note.partition(" ")
    if kind in ("encoding", "delimiter") and value:
        return view.w(f"batch.note_{kind}", value), False
    told = message(note, view.lang)
    return told, view.lang != "en" and is_english(told)


async def _kept(places: Places, path: Path) -> str:
    async def content() -> AsyncIterator[bytes]:
        yield path.read_bytes()

    return (await places.keep(path.name, content())).id


def _view_of_fields(request: Request, fields: list[tuple[str, str]]) -> View:
    """The view of the address that the same form would produce with GET."""
    scope = dict(request.scope) | {"query_string": urlencode(fields).encode()}
    return view_of(Request(scope))


def _without(view: View, names: Iterable[str]) -> View:
    left = set(names)
    return replace(view, query=tuple((name, value) for name, value in view.query if name not in left))


def _is_column(name: str) -> bool:
    return name[:1] == "c" and name[1:].isdigit()


def _with(view: View, name: str, value: str) -> View:
    held = _without(view, (name,))
    return replace(held, query=(*held.query, (name, value)))
