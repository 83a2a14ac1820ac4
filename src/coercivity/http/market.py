"""The market and the firm over HTTP: runs of the market as jobs, the firm at once."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from coercivity.base.days import needed_day
from coercivity.http.job_routes import ACCEPTED, JOB_ANSWERS, accepted
from coercivity.verbs.scenarios import check_clause_price, check_outlook
from coercivity.verbs.scenarios import scenarios as packed
from coercivity.verbs.serving.forms import kept_case
from coercivity.verbs.serving.models import BriefAsked, CaseAsked, ClausePriceSent, OutlookSent, asked_of
from coercivity.verbs.serving.places import CASE_FILES, check_firm_size
from coercivity.verbs.serving.state import jobs_of, places_of
from coercivity.verbs.survive import survive as find_survival

router = APIRouter(tags=["market"])
_FILES = {"type": "object", "properties": {name: {"type": "string", "format": "binary"} for name in CASE_FILES[:2]}}
CASE_FORM = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FILES}}}}


@router.get("/scenarios", summary="The packed scenarios")
def scenarios() -> list[dict[str, object]]:
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
def survive(request: Request, sent: CaseAsked) -> dict[str, object]:
    """Returns days until each part and element runs out, against the licence clock, and by clause."""
    folder = places_of(request).case(sent.case)
    check_firm_size(folder)
    return dict(find_survival(folder, sent.on, known=sent.known, assume=sent.assume).body)
