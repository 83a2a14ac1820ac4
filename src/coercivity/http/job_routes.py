"""Jobs over HTTP: state, progress events, result, files and cancelling."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, StreamingResponse

from coercivity.base.errors import CoercivityError, nearest
from coercivity.http.problems import problem
from coercivity.verbs.serving.jobs import DONE, Job
from coercivity.verbs.serving.problems import CONFLICT
from coercivity.verbs.serving.state import jobs_of

router = APIRouter(prefix="/jobs", tags=["jobs"])
EVENT_STEP_S, EVENT_WAIT_S = 0.1, 10.0
ACCEPTED = 202
# Files that a browser may show; all others are downloads.
SHOWN = {".html": "text/html; charset=utf-8", ".json": "application/json"}
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
# Type as declared by the framework.
JOB_ANSWERS: dict[int | str, dict[str, Any]] = {
    ACCEPTED: {"description": "The job. Its address is in the `Location` header."}
}


def accepted(job: Job) -> Response:
    """Returns the response to the request that started a job."""
    text = json.dumps(job.as_dict(), ensure_ascii=False)
    headers = {"location": f"/api/jobs/{job.id}"}
    return Response(text.encode(errors="replace"), ACCEPTED, headers=headers, media_type="application/json")


@router.get("", summary="List jobs, newest first")
def all_jobs(request: Request) -> list[dict[str, object]]:
    """Returns all jobs that the server still keeps."""
    return [job.as_dict() for job in jobs_of(request).all()]


@router.get("/{job_id}", summary="Get a job")
def one(request: Request, job_id: str) -> dict[str, object]:
    """Returns the state and progress of a job."""
    return jobs_of(request).get(job_id).as_dict()


@router.delete("/{job_id}", summary="Cancel a job")
def end(request: Request, job_id: str) -> dict[str, object]:
    """Cancels a job and its child processes; a finished job is not changed."""
    return jobs_of(request).cancel(job_id).as_dict()


@router.get(
    "/{job_id}/events",
    summary="Follow the progress of a job",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}, "description": "Server-sent events until the job ends"}},
)
async def events(request: Request, job_id: str) -> StreamingResponse:
    """Sends the job as an event whenever it changes, until it ends."""
    job = jobs_of(request).get(job_id)
    return StreamingResponse(_events(job), media_type="text/event-stream")


async def _events(job: Job) -> AsyncIterator[bytes]:
    """The job at each change; polled, so that watchers do not occupy a thread each."""
    seen, quiet_s = -1, 0.0
    while True:
        if job.changes != seen:
            seen, quiet_s = job.changes, 0.0
            yield b"data: " + json.dumps(job.as_dict(), ensure_ascii=False).encode(errors="replace") + b"\n\n"
        if job.ended:
            return
        await asyncio.sleep(EVENT_STEP_S)
        quiet_s += EVENT_STEP_S
        if quiet_s >= EVENT_WAIT_S:
            quiet_s = 0.0
            yield b": still running\n\n"


@router.get("/{job_id}/result", summary="Get the result of a job", response_model=dict[str, object])
def result(request: Request, job_id: str) -> Response:
    """Returns the result of a finished job, the faults of a failed one, or status 409 while it is running."""
    job = jobs_of(request).get(job_id)
    if job.faults:
        return problem(422, job.faults, instance=request.url.path)
    if job.state != DONE:
        fault = CoercivityError.of(
            "JOB-STATE",
            f"the job has no result: its state is {job.state}",
            next="request the result when its state is done",
        ).faults
        return problem(CONFLICT, fault, instance=request.url.path)
    return Response(json.dumps(job.result, ensure_ascii=False).encode(errors="replace"), media_type="application/json")


@router.get(
    "/{job_id}/files/{name}",
    summary="Download a file of a job",
    response_class=FileResponse,
    responses={200: {"content": {"application/octet-stream": {}, "text/html": {}, "application/json": {}}}},
)
def file(request: Request, job_id: str, name: str) -> FileResponse:
    """Returns one of the result files of a job."""
    held = jobs_of(request).get(job_id).files()
    if name not in held:
        what = f"file {name[:60]!r} not found in the job"
        raise CoercivityError.of(
            "JOB-UNKNOWN",
            what,
            nearest=nearest(name[:80], held),
            next="choose one of the names under `files` of the job",
        )
    path = held[name]
    shown = SHOWN.get(path.suffix)
    if shown is None:
        return FileResponse(path, filename=name, media_type="application/octet-stream")
    # These pages contain their own styles and no scripts.
    return FileResponse(path, media_type=shown, headers={"content-security-policy": PAGE_POLICY})
