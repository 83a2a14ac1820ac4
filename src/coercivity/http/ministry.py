"""What public money should buy, and who wins with what, over HTTP."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from coercivity.http.job_routes import ACCEPTED, JOB_ANSWERS, accepted
from coercivity.verbs.serving.ministries.fund import FUND, FundSent
from coercivity.verbs.serving.ministries.question import question_found, question_shape
from coercivity.verbs.serving.ministries.strategy import STRATEGY, StrategySent
from coercivity.verbs.serving.models import asked_of
from coercivity.verbs.serving.state import jobs_of, places_of

router = APIRouter(prefix="/ministry", tags=["market"])


@router.post("/fund", summary="Find what public money should buy")
def fund(request: Request, sent: FundSent) -> dict[str, object]:
    """Returns value and cost of each project, the best sets under a budget, regret by legal path, and what changes it.

    Money is in millions of USD, as decimal text. Upload a workbook to `/api/firm/workbooks`, or send its rows.
    """
    return dict(question_found(FUND, sent.content(places_of(request)), sent))


@router.post(
    "/fund/start", summary="Find what public money should buy, as a job", status_code=ACCEPTED, responses=JOB_ANSWERS
)
def start_fund(request: Request, sent: FundSent) -> Response:
    """Starts the search for a workbook with too many projects to be waited for.

    The result is that of `/ministry/fund`. File: report data (JSON).
    """
    question_shape(FUND, sent.content(places_of(request)), sent)
    return accepted(jobs_of(request).start(FUND.name, asked_of(sent)))


@router.post("/strategy", summary="Find who wins with what")
def strategy(request: Request, sent: StrategySent) -> dict[str, object]:
    """Returns the cost of every combination of levers by firm and scenario, effects, and the claim put to the test.

    Money is in thousands of USD a year, as decimal text. Upload a workbook to `/api/firm/workbooks`, or send its rows.
    """
    return dict(question_found(STRATEGY, sent.content(places_of(request)), sent))


@router.post(
    "/strategy/start", summary="Find who wins with what, as a job", status_code=ACCEPTED, responses=JOB_ANSWERS
)
def start_strategy(request: Request, sent: StrategySent) -> Response:
    """Starts the calculation for a workbook with too many scenarios to be waited for.

    The result is that of `/ministry/strategy`. File: report data (JSON).
    """
    question_shape(STRATEGY, sent.content(places_of(request)), sent)
    return accepted(jobs_of(request).start(STRATEGY.name, asked_of(sent)))
