"""The impact of a draft notice under Rules: the notice beside the draft, what would move, and the deals that move.

A draft changes no decision: it is read for this page and for its job alone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData, UploadFile

from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.examples import example_folder
from coercivity.verbs.cases import packed_standing_block
from coercivity.verbs.serving.batch_work import BatchJob
from coercivity.verbs.serving.drafts.impact import ImpactJob, checked_impact, impact_started, notice_read
from coercivity.verbs.serving.forms import pieces, sent_form
from coercivity.verbs.serving.jobs import DONE, Job
from coercivity.verbs.serving.places import Places
from coercivity.verbs.serving.problems import RefusedError, faults_of, status_of
from coercivity.verbs.serving.state import held_by, jobs_of, places_of
from coercivity.web.case.cases import choices, options
from coercivity.web.fact_words import fact_label
from coercivity.web.rules.beside import beside_of
from coercivity.web.rules.impact_found import found_of
from coercivity.web.rules.look import fields_of
from coercivity.web.view import Context, View, page, view_of
from coercivity.web.work import SEE_OTHER

router = APIRouter()
TEMPLATE, FORM = "rules_impact.html.j2", "impact-form"
FILES = {"draft": "draft.yaml", "notice": "notice.txt", "table": "", "licences": ""}
SAID = ("case", "on", "known", "assume", "standing", "batch", "lang")
EXAMPLE = {"draft": "extension-2027.yaml", "notice": "extension-2027.{}.txt"}
EXAMPLE_CASE, EXAMPLE_DAY = "magnet-jv", "2026-11-12"
MOST_TEXT = 2**20  # of what is pasted
MOST_FIELDS = 40


@router.get("/rules/impact")
def show(request: Request) -> Response:
    """Shows the form, the notice beside the draft, and the result or its progress."""
    return _page(request, view_of(request))


@router.post("/rules/impact/start")
async def start(request: Request) -> Response:
    """Stores what was sent, starts the job, and redirects to the page that shows it."""
    view, places = view_of(request), places_of(request)
    try:
        async with sent_form(request, max_files=6, max_fields=MOST_FIELDS, max_part_size=MOST_TEXT) as form:
            said = {name: str(form.get(name, "")).strip() for name in SAID}
            view = _view_with(request, said)
            held, wrong = await _all_kept(places, form)
        view = _view_with(request, {**said, **held})
        if wrong:
            raise next((one for one in wrong if isinstance(one, RefusedError)), _joined(wrong))
        if not held["draft"]:
            what, step = "no draft received", "paste it, or choose its file"
            raise CoercivityError.of("UPLOAD-FORM", what, where="draft", next=step)
        job = await run_in_threadpool(_started, request, view)
    except (CoercivityError, RefusedError) as error:
        faults = faults_of(error)
        status = error.status if isinstance(error, RefusedError) else status_of(faults, in_address=False)
        return await run_in_threadpool(_page, request, view, status=status, faults=faults)
    address = view.url("/rules/impact", job=job.id if job is not None else None, **_kept_names(view))
    return RedirectResponse(address, SEE_OTHER)


@router.post("/rules/impact/example")
async def example(request: Request) -> Response:
    """Stores the invented example and redirects to its page."""
    view, places = view_of(request), places_of(request)
    held = {}
    for name, file in EXAMPLE.items():
        path = example_folder() / "overlays" / file.format(view.lang)
        held[name] = (await places.keep(path.name, _once(path.read_bytes()))).id
    sent = {**held, "case": EXAMPLE_CASE, "on": EXAMPLE_DAY, "lang": view.lang}
    view = _view_with(request, sent)
    job = await run_in_threadpool(_started, request, view)
    address = view.url("/rules/impact", job=job.id if job is not None else None, **_kept_names(view))
    return RedirectResponse(address, SEE_OTHER)


def _kept_names(view: View) -> dict[str, str]:
    """The names of the address that the page keeps, beside those that every screen keeps."""
    return {name: view.get(name) for name in (*FILES, "case", "on", "standing", "batch", "lang") if view.get(name)}


async def _all_kept(places: Places, form: FormData) -> tuple[dict[str, str], list[CoercivityError | RefusedError]]:
    """Stores every file of the form; one that cannot be stored is blank, and its error is returned."""
    held, wrong = dict.fromkeys(FILES, ""), list[CoercivityError | RefusedError]()
    for name in FILES:
        try:
            held[name] = await _kept(places, form, name)
        except (CoercivityError, RefusedError) as error:
            wrong.append(error)
    return held, wrong


def _joined(wrong: Sequence[CoercivityError | RefusedError]) -> CoercivityError:
    return CoercivityError([fault for error in wrong for fault in faults_of(error)])


async def _kept(places: Places, form: FormData, name: str) -> str:
    """Stores a file or a pasted text of the form under its id; what was stored before is kept, unless taken back."""
    sent, pasted = form.get(f"{name}_file"), form.get(f"{name}_text")
    if isinstance(sent, UploadFile) and sent.filename:
        return (await places.keep(sent.filename, pieces(sent))).id
    if isinstance(pasted, str) and pasted.strip() and FILES[name]:
        text = pasted.replace("\r\n", "\n")
        return (await places.keep(FILES[name], _once(text.encode(errors="replace")))).id
    before = form.get(name)
    return before.strip() if isinstance(before, str) and not form.get(f"{name}_drop") else ""


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content


def _view_with(request: Request, said: dict[str, str]) -> View:
    return view_of(request, [(name, value) for name, value in said.items() if value])


def _started(request: Request, view: View) -> Job | None:
    """Starts the job; None if only a notice is to be read beside the draft."""
    held, asked = held_by(request), _asked(request, view)
    if view.get("notice"):
        notice_read(held.places, asked.draft, view.get("notice"))
    if not (asked.table or asked.case) and view.get("notice"):
        return None
    return impact_started(held, asked)


def _asked(request: Request, view: View) -> ImpactJob:
    job = ImpactJob(
        draft=view.get("draft"),
        table=view.get("table"),
        case=view.get("case"),
        licences=view.get("licences"),
        on=view.get("on"),
        known=view.known,
        assume=view.assume,
        standing=view.get("standing") == "yes",
        vouches=list(view.vouched.sent),
    )
    return _as_batch(request, view, job) if view.get("batch") and not view.get("table") else job


def _as_batch(request: Request, view: View, job: ImpactJob) -> ImpactJob:
    """The same for the table of a run of the Batch screen, read as that run read it."""
    run = jobs_of(request).get(view.get("batch"))
    if run.kind != "batch":
        what = "the run is not one of the Batch screen"
        raise CoercivityError.of("UPLOAD-FORM", what, where="batch", next="open it from the page of its results")
    batch = BatchJob.model_validate(run.asked)
    more = {"table": batch.upload, "case": "", "map": batch.map, "on": job.on or batch.on}
    return job.model_copy(update={**more, "standing_text": batch.standing})


def _page(request: Request, view: View, *, status: int = 200, faults: tuple[Fault, ...] = ()) -> Response:
    places = places_of(request)
    context: Context = {
        "main_form": FORM,
        **fields_of(view),
        "cases": options(view, choices(places, view.get("case"))),
        "statement": [fact_label(view, name) for name in packed_standing_block()["facts"]],
        "names": _names(places, view),
        "beside": None,
        "found": None,
        "job": None,
        "gone": False,
        "day": view.get("on"),
    }
    context["fields"] = {**context["fields"], **{n: view.w(f"rules.impact_{n}") for n in (*FILES, "deals", "batch")}}
    if faults:
        return page(view, TEMPLATE, status=status, **{**context, "wrong": faults})
    try:
        if view.get("draft"):
            asked = _asked(request, view)
            if view.get("notice"):
                context["beside"] = beside_of(view, notice_read(places, asked.draft, view.get("notice")))
            elif view.get("job"):
                checked_impact(places, asked)
    except CoercivityError as error:
        faults, status = error.faults, status_of(error.faults, in_address=True)
    job, context["gone"] = _job(request, view)
    context["job"] = job
    if job is not None and job.state == DONE:
        context["found"] = found_of(view, job)
    return page(view, TEMPLATE, status=status, **{**context, "wrong": faults})


def _job(request: Request, view: View) -> tuple[Job | None, bool]:
    """The job that the address names, and whether it names one that is no longer available."""
    if not view.get("job"):
        return None, False
    try:
        job = jobs_of(request).get(view.get("job"))
    except CoercivityError:
        return None, True
    return (job, False) if job.asked.get("draft") == view.get("draft") else (None, True)


def _names(places: Places, view: View) -> dict[str, str]:
    """The names of the files that were sent, as far as they are still there."""
    found = {}
    for name in FILES:
        try:
            found[name] = places.upload(view.get(name)).name if view.get(name) else ""
        except CoercivityError:
            found[name] = ""
    return found
