"""The market model and reports on case folders over HTTP, as jobs; line stops of a case at once."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from coercivity.base.days import needed_day
from coercivity.http.clock import today
from coercivity.http.job_routes import ACCEPTED, JOB_ANSWERS, accepted
from coercivity.verbs.desk_queues import check_desk
from coercivity.verbs.scenario_form.checks import check_scenario_text
from coercivity.verbs.scenario_form.saved import files_of, keep_scenario, scenario_text
from coercivity.verbs.scenarios import check_clause_price, check_outlook
from coercivity.verbs.scenarios import scenarios as packed
from coercivity.verbs.serving.firms.answers import StopsAsked, stops_answer
from coercivity.verbs.serving.firms.files import case_workbook
from coercivity.verbs.serving.forms import kept_case
from coercivity.verbs.serving.models import (
    BriefAsked,
    CaseAsked,
    ClausePriceSent,
    DeskCheckSent,
    OutlookSent,
    ScenarioSent,
    asked_of,
)
from coercivity.verbs.serving.places import CASE_FILES
from coercivity.verbs.serving.state import jobs_of, places_of
from coercivity.verbs.serving.vouches import law_of

router = APIRouter(tags=["market"])
_FILES = {"type": "object", "properties": {name: {"type": "string", "format": "binary"} for name in CASE_FILES[:2]}}
CASE_FORM = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FILES}}}}


@router.get("/scenarios", summary="List the packed scenarios")
def scenarios() -> list[dict[str, object]]:
    """Returns the id, title and description of every packed scenario."""
    return [{**entry} for entry in packed()]


@router.post("/scenarios", summary="Save a scenario file")
def keep(request: Request, sent: ScenarioSent) -> dict[str, str]:
    """Saves a scenario file; the id returned can be used as `scenario`. The same text always has the same id."""
    check_scenario_text(sent.text)
    return {"id": keep_scenario(places_of(request), sent.text)}


@router.get("/scenarios/{name}", summary="Read a saved scenario file", response_class=PlainTextResponse)
def saved(request: Request, name: str) -> PlainTextResponse:
    """Returns the YAML file of a saved scenario."""
    return PlainTextResponse(scenario_text(places_of(request), name), media_type="application/yaml")


@router.post("/outlook", summary="Run one or two scenarios", status_code=ACCEPTED, responses=JOB_ANSWERS)
def outlook(request: Request, sent: OutlookSent) -> Response:
    """Starts a model run: prices, gaps by clause, shortages, plants. Files: web page, JSON, workbook, tables.

    With `draws`, also ranges of the main figures, chances, and the assumptions that matter most.
    """
    names = [sent.scenario, *([sent.scenario_b] if sent.scenario_b else [])]
    files = files_of(places_of(request), names)
    check_outlook(names, sent.first, sent.last, sent.known, sent.desk_without, sent.draws, sent.scramble, files=files)
    return accepted(jobs_of(request).start("outlook", asked_of(sent)))


@router.post("/clause-price", summary="Calculate the cost of a clause", status_code=ACCEPTED, responses=JOB_ANSWERS)
def clause_price(request: Request, sent: ClausePriceSent) -> Response:
    """Starts the model runs with and without a clause; the result compares volumes, money and who bears the cost.

    With `general_licences` `both`, it also has the cost without general licences, and what they are worth. With
    `draws`, every figure also has its range over draws.
    """
    check_clause_price(
        sent.clause,
        sent.scenario,
        sent.first,
        sent.last,
        sent.general_licences,
        draws=sent.draws,
        scramble=sent.scramble,
        files=files_of(places_of(request), [sent.scenario]),
    )
    return accepted(jobs_of(request).start("clause-price", asked_of(sent)))


@router.post(
    "/desk-check", summary="Compare the licensing desk with reports", status_code=ACCEPTED, responses=JOB_ANSWERS
)
def desk_check(request: Request, sent: DeskCheckSent) -> Response:
    """Starts a model run; the result has files, decisions and times by queue, and each report with its misfit.

    Files: web page, report data (JSON) and table (CSV).
    """
    files = files_of(places_of(request), [sent.scenario])
    check_desk(sent.scenario, sent.first, sent.last, sent.known, sent.queues, sent.desk_without, files)
    return accepted(jobs_of(request).start("desk-check", asked_of(sent)))


@router.get("/cases/folders", summary="List case folders")
def case_folders(request: Request) -> list[str]:
    """Returns the names of the examples and of the case folders given when the server was started."""
    return sorted(places_of(request).cases())


@router.post("/cases/folders", summary="Upload a case folder", openapi_extra=CASE_FORM)
async def send_case(request: Request) -> dict[str, str]:
    """Stores case.yaml, transactions.csv and, optionally, a company file; returns the id to use as `case`."""
    return {"case": await kept_case(request)}


@router.post("/brief", summary="Create a report on a case folder", status_code=ACCEPTED, responses=JOB_ANSWERS)
def brief(request: Request, sent: BriefAsked) -> Response:
    """Starts a report: decisions, effect of the rules on supply, line stops. Files: pages, PDF, tables, data (JSON)."""
    places_of(request).case(sent.case)
    needed_day(sent.on, "on")
    law_of(sent.vouches, today(), parties=sent)
    return accepted(jobs_of(request).start("brief", asked_of(sent)))


@router.post("/survive", summary="Find when the lines of the company of a case stop")
def survive(request: Request, sent: CaseAsked) -> dict[str, object]:
    """Returns first stops by plant, part, clause and supplier, probabilities, actions, contracts and deadlines."""
    source = case_workbook(places_of(request), sent.case)
    law = law_of(sent.vouches, today(), parties=sent)
    return dict(stops_answer(StopsAsked(source, on=sent.on, known=sent.known, assume=sent.assume, law=law)).body)
