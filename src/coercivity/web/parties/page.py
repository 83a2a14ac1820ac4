"""The routes of the Parties screen: the form, a screening with its pairs, decisions, and downloads."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, cast
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from coercivity.base.errors import CoercivityError, Fault, Faults
from coercivity.base.words import plain
from coercivity.verbs.serving.contents import Content
from coercivity.verbs.serving.forms import pieces, sent_form
from coercivity.verbs.serving.parties.pairs import Worked
from coercivity.verbs.serving.parties.result_files import RESULT_FILES, result_file
from coercivity.verbs.serving.parties.screenings import JUDGED_MEANWHILE, Said, ScreeningAsked
from coercivity.verbs.serving.problems import CONFLICT, NOT_FOUND, status_of
from coercivity.verbs.serving.state import places_of, screenings_of
from coercivity.web.parties.asked import KEPT, asked_of, next_after, query_of, shown_pairs
from coercivity.web.parties.look import pair_view, result_of
from coercivity.web.parties.reasons import MOST_BY, MOST_WHY, SAYS, SIGNER, reason_of, signer_cookie, signer_of
from coercivity.web.view import Context, View, page, view_of
from coercivity.web.work import SEE_OTHER, inside

router = APIRouter()
FIELDS = ("names", "column", "on", "lists", "owners", "judgements")
_VARIANTS = ("Lokheed Martin Corp.", "Lokheed Martin Corp.", "Raytheon Co", "General Dynamic")
EXAMPLE = {
    "en": (*_VARIANTS, "Example Magnets GmbH", "tbc"),
    "zh": ("洛克希德马丁公司", *_VARIANTS, "示例磁材有限公司", "待定"),
}
NAMES_FILE = "names.txt"
MOST_TYPED = 2_000_000  # characters in the field for names
MOST_JUDGEMENT_BYTES = 64 * 2**20
NONE_SENT = "write at least one name, one to a line, or choose a file"
FORM = "parties-form"


@router.get("/parties")
def show(request: Request) -> Response:
    """Shows the form."""
    return _form(request, view_of(request), {"names": "\n".join(_names_in(view_of(request)))})


@router.post("/parties/screen")
async def screen(request: Request) -> Response:
    """Keeps names and lists, screens once and redirects to the result, or shows the form with the faults."""
    view, said = replace(view_of(request), path="/parties"), dict[str, str]()  # the page that the answer shows
    try:
        async with sent_form(request, max_files=12, max_fields=20, max_part_size=4 * MOST_TYPED) as form:
            said = {key: str(entry) for key, entry in form.multi_items() if isinstance(entry, str)}
            if said.get("to_lang"):  # a button of the form, so that nothing typed is lost
                return _form(request, _in_language(view, said["to_lang"]), said)
            asked, source = await _kept(request, form, said)
        screenings = screenings_of(request)
        if source is not None:
            await run_in_threadpool(screenings.start_from, source)
        await run_in_threadpool(screenings.begun, asked)
    except CoercivityError as error:
        return _form(request, view, said, error.faults)
    query = [*query_of(asked), *([("lang", view.lang)] if view.get("lang") else [])]
    return RedirectResponse(f"/parties/{asked.names}?{urlencode(query)}", SEE_OTHER)


@router.get("/parties/screen")
def again(request: Request) -> Response:
    """Leads from the address of a form that was sent to the form."""
    return RedirectResponse(replace(view_of(request), path="/parties").url("/parties"), SEE_OTHER)


def _in_language(view: View, lang: str) -> View:
    kept = tuple((key, value) for key, value in view.query if key != "lang")
    return replace(view, lang="zh" if lang == "zh" else "en", query=(*kept, ("lang", "zh" if lang == "zh" else "en")))


async def _kept(request: Request, form: FormData, said: dict[str, str]) -> tuple[ScreeningAsked, Content | None]:
    """The screening that a form asks for, its files kept, and a file of judgements to start from."""
    places = places_of(request)
    sent: dict[str, list[UploadFile]] = {}
    for key, entry in form.multi_items():
        if isinstance(entry, UploadFile) and entry.filename:
            sent.setdefault(key, []).append(entry)
    names = said.get("names", "").replace("\r\n", "\n").strip("\n ")
    if "file" in sent and names:  # one of the two would be left out without a word
        what = "both names and a file were sent"
        raise CoercivityError.of("ARGUMENT", what, where="names", next="clear the names, or leave out the file")
    if "file" in sent:
        upload = await places.keep(sent["file"][0].filename or NAMES_FILE, pieces(sent["file"][0]))
    elif names:
        if len(names) > MOST_TYPED:
            what = f"more than {MOST_TYPED:,} characters"
            raise CoercivityError.of("SCREEN-SIZE", what, where="names", next="upload the names as a file")
        upload = await places.keep(NAMES_FILE, _once((names + "\n").encode(errors="replace")))
    else:
        raise CoercivityError.of("SCREEN-EMPTY", "there is no name to screen", where="names", next=NONE_SENT)
    lists = [(await places.keep(one.filename or "list", pieces(one))).id for one in sent.get("lists", ())]
    owners = [(await places.keep(one.filename or "owners", pieces(one))).id for one in sent.get("owners", ())]
    source = None
    for one in sent.get("judgements", ())[:1]:
        source = Content(plain(one.filename or "judgements"), await one.read(MOST_JUDGEMENT_BYTES + 1))
    column = said.get("column", "").strip()
    asked = ScreeningAsked(
        upload.id,
        on=said.get("on", "").strip(),
        lists=tuple(lists),
        ownership="".join(owners[:1]),
        columns=((column, "name"),) if column and "file" in sent else (),
    )
    return asked, source


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content


def _names_in(view: View) -> list[str]:
    """Names that the address of a link brings along."""
    return [value for key, value in view.query if key == "name"]


def _form(request: Request, view: View, said: dict[str, str], faults: tuple[Fault, ...] = ()) -> Response:
    screenings, parties = screenings_of(request), places_of(request).parties
    try:
        known = len(screenings.judgements()[0])
    except CoercivityError as error:
        known, faults = 0, (*faults, *error.faults)
    return page(
        view,
        "parties.html.j2",
        status=status_of(faults, in_address=False) if faults else 200,
        faults=faults,
        said=said,
        own_lists=[plain(one.name) for one in parties.lists],
        own_file=plain(screenings.file.name) if screenings.is_own_file else "",
        own_owners=plain(parties.ownership.name) if parties.ownership is not None else "",
        known=known,
        example=EXAMPLE[view.lang],
        main_form=FORM,
        fields={name: view.w(f"parties.field_{name}") for name in FIELDS},
    )


@router.get("/parties/judgements.jsonl")
def judgements(request: Request) -> Response:
    """Returns the file of judgements."""
    file = screenings_of(request).file
    content = file.read_bytes() if file.is_file() else b""
    return Response(content, media_type="application/x-ndjson", headers=_attached("judgements.jsonl"))


def _attached(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"'}


@router.post("/parties/signer")
async def sign(request: Request) -> Response:
    """Keeps who decides in this browser until it is closed, and returns to the page."""
    async with request.form(max_files=0, max_fields=8) as form:
        by, back = str(form.get("by", "")).strip(), inside(str(form.get("back", "/parties")))
    answer = RedirectResponse(back, SEE_OTHER)
    _signed(answer, by)
    return answer


def _signed(answer: Response, by: str) -> None:
    answer.set_cookie(SIGNER, signer_cookie(by), httponly=True, samesite="lax")


@router.get("/parties/{upload_id}")
def one(request: Request, upload_id: str) -> Response:
    """Shows a screening: counts, and the pairs to decide; while it is made, how far it is."""
    view, screenings = view_of(request), screenings_of(request)
    asked = asked_of(view, upload_id)
    making = screenings.begun(asked)
    if making is not None:
        return page(view, "parties_making.html.j2", name=plain(making.name) or NAMES_FILE, making=making)
    return _result(request, view, screenings.worked(asked), upload_id)


def _result(
    request: Request,
    view: View,
    held: Worked,
    upload_id: str,
    *,
    status: int = 200,
    faults: tuple[Fault, ...] = (),
    faulty: str = "",
    said: dict[str, str] | None = None,
    by: str = "",
) -> Response:
    shown = shown_pairs(view, held.pairs, held.report)
    signer = "" if _lacks_signer(faults) else by or signer_of(request)
    context: Context = result_of(view, held, shown, signer)
    if faulty in held.by_id and all(one.id != faulty for one in shown.pairs):  # decided by somebody else meanwhile
        context["pairs"] = [pair_view(view, held.by_id[faulty], held), *context["pairs"]]
    context |= {"done": None} if faults else {}
    at = faulty or view.get("at")
    here = [pair["id"] for pair in context["pairs"]]
    return page(
        view,
        "parties_found.html.j2",
        status=status,
        upload=upload_id,
        name=plain(held.report.source) or NAMES_FILE,
        signer=signer,
        at=at if at in here else (here[0] if context["done"] and here else ""),
        faults=faults,
        said=said or {},
        limits={"by": MOST_BY, "why": MOST_WHY},
        own_file=screenings_of(request).is_own_file,
        back=view.url(done=None, at=None),
        kept=[(key, value) for key, value in view.query if key in KEPT],
        **context,
    )


@router.post("/parties/{upload_id}/judge")
async def judge(request: Request, upload_id: str) -> Response:
    """Adds a decision about a pair and returns to the pairs that are left, or shows the pair with the faults."""
    async with request.form(max_files=0, max_fields=12) as form:
        said = {key: str(entry).strip() for key, entry in form.multi_items() if isinstance(entry, str)}
    view = replace(view_of(request), path=f"/parties/{upload_id}")  # the page that the answer shows
    return await run_in_threadpool(_judged, request, view, upload_id, said)


def _judged(request: Request, view: View, upload_id: str, said: dict[str, str]) -> Response:
    screenings, asked = screenings_of(request), asked_of(view, upload_id)
    held = screenings.worked(asked)
    before = shown_pairs(view, held.pairs, held.report)
    by, says, pair = said.get("by", "") or signer_of(request), said.get("says", ""), said.get("pair", "")
    try:
        _check(says)
        why = reason_of(view, says, said.get("reason", ""), said.get("why", ""))
        sent = Said(pair, cast(Any, says), by, why, _now(), said.get("last", ""))
        if pair in held.by_id:
            _check_words(view, by, why)
        screenings.judge(asked, sent)
    except CoercivityError as error:
        meanwhile = any(fault.code == JUDGED_MEANWHILE for fault in error.faults)
        status = CONFLICT if meanwhile else status_of(error.faults, in_address=False)
        now = screenings.worked(asked)
        told = _result(request, view, now, upload_id, status=status, faults=error.faults, faulty=pair, said=said, by=by)
        _signed(told, "" if _lacks_signer(error.faults) else by)  # the page asks for the name again, or not at all
        return told
    now = screenings.worked(asked)
    to = pair if says == "withdrawn" else next_after(now.pairs, pair, before.pairs)
    answer = RedirectResponse(view.url(done=pair, at=to or None), SEE_OTHER)
    _signed(answer, by)
    return answer


def _lacks_signer(faults: tuple[Fault, ...]) -> bool:
    return any(fault.code == "JUDGE-BY" for fault in faults)


def _check(says: str) -> None:
    if says not in SAYS:
        what = "no decision was chosen"
        raise CoercivityError.of("JUDGE-SAYS", what, next="choose same, different or unsure")


def _check_words(view: View, by: str, why: str) -> None:
    """Checks that a decision is signed and has a reason, in the words of the form."""
    faults = Faults()
    if not by:
        step = "write who judged, such as `export control desk`"
        faults.add("JUDGE-BY", "a name or department is required", where=view.w("parties.signer"), next=step)
    if not why:
        step = "choose a reason of this decision, or write one"
        faults.add("JUDGE-WHY", "a reason is required", where=view.w("parties.reason"), next=step)
    faults.raise_if_any()


def _now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@router.get("/parties/{upload_id}/{name}")
def download(request: Request, upload_id: str, name: str) -> Response:
    """Returns the result of a screening as a file, as the command line writes it with the same files."""
    if name not in RESULT_FILES:
        raise HTTPException(NOT_FOUND, "Not Found")
    report = screenings_of(request).with_judgements(asked_of(view_of(request), upload_id))
    return Response(result_file(report, name), media_type=RESULT_FILES[name], headers=_attached(name))
