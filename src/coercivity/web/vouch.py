"""The form with which a user states to have looked for newer notices, on every page, and its removal."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from coercivity.base.errors import Argument, CoercivityError, Fault
from coercivity.verbs.serving.models import VouchSent
from coercivity.verbs.vouch import MOST_NOTE, vouch
from coercivity.web.view import page, view_of
from coercivity.web.vouched import COOKIE, KEPT_S, MOST_COOKIE, cookie_of
from coercivity.web.work import SEE_OTHER, inside

router = APIRouter()
FIELDS = ("through", "by", "note")
BAD = 422


@router.post("/vouch")
async def add(request: Request) -> Response:
    """Keeps the statement in the browser and returns to the page, or shows the form again with the faults."""
    async with request.form(max_files=0, max_fields=20) as form:
        said = {name: str(form.get(name, "")).strip() for name in FIELDS}
        back = inside(str(form.get("back", "/")))
    view = view_of(request)
    through, by, note = (said[name] for name in FIELDS)
    faults: tuple[Fault, ...] = ()
    try:
        vouch(through=through, by=by, note=note, signed_on=view.today, today=view.today)
    except CoercivityError as error:
        faults = error.faults
    kept = "" if faults else cookie_of(VouchSent(through=through, by=by, signed_on=view.today, note=note))
    if len(kept) > MOST_COOKIE:
        what = f"expected one line of at most {MOST_NOTE} characters"
        faults = (Fault("VOUCH-TEXT", what, Argument("note"), next="shorten it, and leave out line breaks"),)
    if faults:
        fields = {name: view.w(f"page.vouch_{name}") for name in FIELDS}
        shown = [replace(fault, where=str(fault.where)) for fault in faults]
        return page(view, "vouch.html.j2", status=BAD, faults=shown, fields=fields, said=said, back=back)
    answer = RedirectResponse(back, SEE_OTHER)
    answer.set_cookie(COOKIE, kept, max_age=KEPT_S, httponly=True, samesite="lax")
    return answer


@router.post("/vouch/remove")
async def remove(request: Request) -> Response:
    """Forgets the statement and returns to the page."""
    async with request.form(max_files=0, max_fields=20) as form:
        back = inside(str(form.get("back", "/")))
    answer = RedirectResponse(back, SEE_OTHER)
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return answer


@router.get("/vouch.yaml")
def as_file(request: Request) -> Response:
    """Returns the statement as a file for `--overlay`."""
    view = view_of(request)
    if not view.vouched.sent:
        raise HTTPException(404, "Not Found")
    (sent,) = view.vouched.sent
    file = vouch(through=sent.through, by=sent.by, note=sent.note, signed_on=sent.signed_on)
    headers = {"content-disposition": f'attachment; filename="{file.name}"'}
    return Response(file.content, media_type="application/yaml", headers=headers)
