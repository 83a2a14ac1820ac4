"""The page for a scenario of one's own: a form that is checked, saved, filled from a file, and run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from coercivity.base.errors import CoercivityError, Fault
from coercivity.verbs import AS_KNOWN
from coercivity.verbs.scenario_form.checks import MOST_BYTES
from coercivity.verbs.scenario_form.draft import INHERITS, blank_draft, draft_of, written
from coercivity.verbs.scenario_form.saved import is_own, keep_scenario, own_scenarios, scenario_text
from coercivity.verbs.scenarios import scenarios as packed
from coercivity.verbs.serving.problems import TOO_LARGE, RefusedError
from coercivity.verbs.serving.state import places_of
from coercivity.web.supply.asked import cut, months_asked
from coercivity.web.supply.own.form import own_form, typed_draft
from coercivity.web.view import View, page, view_of

router = APIRouter()
SEE_OTHER, UNPROCESSABLE = 303, 422
MOST_FIELDS, MOST_ADDRESS, MOST_LISTED = 1500, 40_000, 20
SAVED, FILE_FIELD = "saved", "file"
RUN = ("from", "to", "lang", "on", "known")  # kept beside the fields of the scenario


@router.get("/supply/own")
def show(request: Request) -> Response:
    """Shows the form: blank, with the fields of the address, or filled from a saved scenario."""
    view = view_of(request)
    saved = view.get(SAVED)
    draft = typed_draft(view.query)
    if not any(draft.values()) and saved:
        draft = draft_of(scenario_text(places_of(request), saved))
    return _page(request, view, draft, saved if is_own(saved) else "")


@router.post("/supply/own")
async def save(request: Request) -> Response:
    """Saves the scenario of the form if it has no error, and redirects to its permanent address."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        pairs = [
            (name, value.strip()) for name, value in form.multi_items() if isinstance(value, str) and value.strip()
        ]
    view = view_of(request, pairs)
    draft = typed_draft(pairs)
    found = own_form(view, draft, months_asked(view))
    if found.faults or found.blank:
        return _with_faults(request, view, draft, pairs)
    return _kept(request, view, written(draft).text)


@router.post("/supply/own/upload")
async def upload(request: Request) -> Response:
    """Fills the form from a scenario file; one without an error is saved as it is."""
    async with request.form(max_files=1, max_fields=len(RUN) + 1, max_part_size=MOST_BYTES) as form:
        sent = form.get(FILE_FIELD)
        content = await sent.read(MOST_BYTES + 1) if isinstance(sent, UploadFile) else b""
        pairs = [(name, value) for name, value in form.multi_items() if isinstance(value, str) and name in RUN]
    text = _text(content)
    view = view_of(request, pairs)
    draft = draft_of(text)
    if own_form(view, draft, months_asked(view)).faults:
        return _with_faults(request, view, draft, [*pairs, *draft.items()])
    return _kept(request, view, text)


@router.get("/supply/own/{name}.yaml")
def file(request: Request, name: str) -> Response:
    """Returns the file of a saved scenario."""
    text = scenario_text(places_of(request), name)
    told = {"content-disposition": f'attachment; filename="{name}.yaml"'}
    return Response(text, media_type="application/yaml; charset=utf-8", headers=told)


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        what = f"the scenario has more than {MOST_BYTES:,} bytes"
        step = "split it, or run the file with `coercivity outlook`"
        raise RefusedError(TOO_LARGE, Fault("HTTP-SIZE", what, next=step))
    if not content.strip():
        step = "choose a scenario file; docs/scenarios.md describes it"
        raise CoercivityError.of("FILE-EMPTY", "the file is empty", next=step)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CoercivityError.of("FILE-ENCODING", "the file is not UTF-8 text", next="save it as UTF-8") from None


def _kept(request: Request, view: View, text: str) -> Response:
    name = keep_scenario(places_of(request), text)
    kept = [(key, view.get(key)) for key in RUN if view.get(key)]
    return RedirectResponse(f"/supply/own?{urlencode([(SAVED, name), *kept])}", SEE_OTHER)


def _with_faults(request: Request, view: View, draft: Mapping[str, str], pairs: Sequence[tuple[str, str]]) -> Response:
    """Redirects to the address of the form as typed; one that is too long for an address is shown at once."""
    query = urlencode([(name, value) for name, value in pairs if value])
    if len(query) <= MOST_ADDRESS:
        return RedirectResponse(f"/supply/own?{query}", SEE_OTHER)
    return _page(request, view, draft, "")


def _page(request: Request, view: View, draft: Mapping[str, str], saved: str) -> Response:
    months = months_asked(view)
    found = own_form(view, {**blank_draft(), **draft}, months)
    parents = [("", view.w("own.no_parent")), *((each["id"], view.t(each["title"])) for each in packed())]
    if draft.get(INHERITS) and draft[INHERITS] not in dict(parents):
        parents.append((draft[INHERITS], draft[INHERITS]))
    base = draft.get(INHERITS) or AS_KNOWN
    run = {"a": saved, "b": base, **months, "lang": cut(view, "lang")}
    return page(
        view,
        "supply_own.html.j2",
        status=UNPROCESSABLE if found.faults else 200,
        form=found,
        months=months,
        parents=parents,
        saved=saved,
        base=next((text for name, text in parents if name == base), base),
        run="/supply?" + urlencode({key: value for key, value in run.items() if value}),
        file=f"/supply/own/{saved}.yaml",
        yaml="" if found.faults or found.blank else _yaml(found.draft),
        listed=own_scenarios(places_of(request), MOST_LISTED),
        main_form="own",
    )


def _yaml(draft: Mapping[str, str]) -> str:
    return written(draft).text
