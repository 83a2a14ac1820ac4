"""Cancelling a job, for browsers without scripts."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from coercivity.verbs.serving.state import jobs_of

router = APIRouter()
SEE_OTHER = 303


@router.post("/jobs/end")
async def end(request: Request) -> Response:
    """Cancels a job and returns to the page that showed it."""
    async with request.form(max_files=0, max_fields=4) as form:
        job, back = str(form.get("job", "")), str(form.get("back", "/"))
    jobs_of(request).cancel(job)
    return RedirectResponse(inside(back), SEE_OTHER)


def inside(address: str) -> str:
    """Returns an address of this server, or the start page: `//host` would lead to another one."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else "/"
