"""What public money should buy, over HTTP."""

from __future__ import annotations

from fastapi import APIRouter, Request

from coercivity.verbs.serving.ministries.fund import FundSent, fund_found
from coercivity.verbs.serving.state import places_of

router = APIRouter(prefix="/ministry", tags=["market"])


@router.post("/fund", summary="Find what public money should buy")
def fund(request: Request, sent: FundSent) -> dict[str, object]:
    """Returns value and cost of each project, the best sets under a budget, regret by legal path, and what changes it.

    Money is in millions of USD, as decimal text. Upload a workbook to `/api/firm/workbooks`, or send its rows.
    """
    return dict(fund_found(sent.content(places_of(request)), sent))
