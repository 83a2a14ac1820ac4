"""The market and the firm over HTTP: runs of the market as jobs, the firm at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.datastructures import UploadFile

from coercivity.base.errors import CoercivityError
from coercivity.cases.arguments import needed_day
from coercivity.http.job_routes import ACCEPTED, JOB_ANSWERS, accepted
from coercivity.http.models import BriefAsked, CaseAsked, ClausePriceSent, OutlookSent, Sent
from coercivity.http.places import CASE_FILE_BYTES, CASE_FILES
from coercivity.http.state import jobs_of, places_of
from coercivity.verbs.scenarios import check_clause_price, check_outlook
from coercivity.verbs.scenarios import scenarios as packed
from coercivity.verbs.survive import survive as find_survival

router = APIRouter(tags=["market"])
FIRM_FILE = CASE_FILES[2]
_LARGE_NEXT = "make the brief of the case, which takes its time as a job, or ask `coercivity survive`"
MOST_FIRM_BYTES = 128 * 1024  # some 300 flows, of which each is decided and drawn while the reader waits
_FILES = {"type": "object", "properties": {name: {"type": "string", "format": "binary"} for name in CASE_FILES[:2]}}
CASE_FORM = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FILES}}}}


@router.get("/scenarios", summary="The packed scenarios")
def scenarios() -> list[dict[str, Any]]:
    """Returns id, title and meaning of every packed scenario."""
    return [{**entry} for entry in packed()]


@router.post("/outlook", summary="Run one or two scenarios", status_code=ACCEPTED, responses=JOB_ANSWERS)
def outlook(request: Request, sent: OutlookSent) -> Response:
    """Starts an outlook: prices, gaps by clause, shortages, plants. The job's files are page, twin and tables."""
    names = [sent.scenario, *([sent.scenario_b] if sent.scenario_b else [])]
    check_outlook(names, sent.first, sent.last, sent.known)
    return accepted(jobs_of(request).start("outlook", asked_of(sent)))


@router.post("/clause-price", summary="The price of a clause", status_code=ACCEPTED, responses=JOB_ANSWERS)
def clause_price(request: Request, sent: ClausePriceSent) -> Response:
    """Starts the runs that give the price of a clause: tonnes, money, who pays."""
    check_clause_price(sent.clause, sent.scenario, sent.first, sent.last)
    return accepted(jobs_of(request).start("clause-price", asked_of(sent)))


@router.get("/cases/folders", summary="The case folders that may be named")
def case_folders(request: Request) -> list[str]:
    """Returns the examples and the folders that were opened to the server."""
    return sorted(places_of(request).cases())


@router.post("/cases/folders", summary="Send a case folder", openapi_extra=CASE_FORM)
async def send_case(request: Request) -> dict[str, str]:
    """Keeps case.yaml, transactions.csv and, where there is one, firm.yaml; the id goes where a case is asked for."""
    return {"case": await kept_case(request)}


@router.post("/brief", summary="The brief of a case folder", status_code=ACCEPTED, responses=JOB_ANSWERS)
def brief(request: Request, sent: BriefAsked) -> Response:
    """Starts a brief: what may go, what the rules do to supply, how long the firm goes on; page and twin are left."""
    places_of(request).case(sent.case)
    needed_day(sent.on, "on")
    return accepted(jobs_of(request).start("brief", asked_of(sent)))


@router.post("/survive", summary="How long a firm goes on")
def survive(request: Request, sent: CaseAsked) -> dict[str, Any]:
    """Returns days until each part and element runs out, against the licence clock, and by clause."""
    folder = places_of(request).case(sent.case)
    check_firm_size(folder)
    return dict(find_survival(folder, sent.on, known=sent.known, assume=sent.assume).body)


def check_firm_size(folder: Path) -> None:
    """Refuses a firm whose flows would keep a request waiting; its brief is a job and takes it.

    Raises:
        CoercivityError: When it is too large.
    """
    file = folder / FIRM_FILE
    if file.is_file() and file.stat().st_size > MOST_FIRM_BYTES:
        what = f"{FIRM_FILE} holds more than {MOST_FIRM_BYTES // 1024} KiB, too much for an answer at once"
        raise CoercivityError.of("CASE-SIZE", what, where=FIRM_FILE, next=_LARGE_NEXT)


def asked_of(sent: Sent) -> dict[str, Any]:
    """Returns what was sent as plain data, by its names outside, without what was left out."""
    return sent.model_dump(by_alias=True, exclude_none=True)


async def kept_case(request: Request) -> str:
    """Returns the id of a case folder whose files a form brings.

    Raises:
        CoercivityError: When files are missing or of other names.
    """
    async with request.form(max_files=len(CASE_FILES) + 1, max_fields=20) as form:
        files = [entry for _, entry in form.multi_items() if isinstance(entry, UploadFile) and entry.filename]
        if not files:
            raise CoercivityError.of("CASE-FILE", "no file came", next=f"send {', '.join(CASE_FILES)}")
        # One byte more than may be kept is read, so that what is too large is told without being held.
        sent = [(file.filename or "", await file.read(CASE_FILE_BYTES + 1)) for file in files]
    return places_of(request).keep_case(sent)
