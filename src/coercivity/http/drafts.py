"""A draft notice over HTTP: what it would move, as a job. Nothing is saved in the rulebook."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import Field, StringConstraints

from coercivity.http.clock import today
from coercivity.http.job_routes import ACCEPTED, JOB_ANSWERS, accepted
from coercivity.verbs.serving.drafts.impact import MOST_DRAFT_BYTES, ImpactJob, impact_started
from coercivity.verbs.serving.models import DayText, FilesSent, Name, Text, Vouches
from coercivity.verbs.serving.places import Places
from coercivity.verbs.serving.state import held_by, places_of
from coercivity.verbs.serving.vouches import law_of

router = APIRouter(tags=["rules"])
MOST_NOTICE = 60_000
DraftText = Annotated[str, StringConstraints(min_length=1, max_length=MOST_DRAFT_BYTES)]
NoticeText = Annotated[str, StringConstraints(max_length=MOST_NOTICE)]
MapText = Annotated[str, StringConstraints(max_length=2**20)]


class ImpactSent(FilesSent):
    """Request for the impact of a draft notice on a table of deals or a case folder."""

    draft: Annotated[DraftText, Field(description="The draft, as text of a user-supplied notice (YAML)")]
    notice: Annotated[NoticeText, Field(description="The text that the draft was made from, to be read beside it")] = ""
    upload: Annotated[Name | None, Field(description="Table of deals, by the id of its upload")] = None
    case: Annotated[Name | None, Field(description="Case folder, in place of a table")] = None
    licences: Annotated[Name | None, Field(description="Table of licences, by the id of its upload")] = None
    map: Annotated[MapText, Field(description="Column mapping, as text of its file; proposed if left out")] = ""
    standing: Annotated[MapText, Field(description="Compliance declarations, as text of their file")] = ""
    on: DayText | None = None
    known: DayText | None = None
    assume: Text | None = None
    vouches: Vouches = []


@router.post(
    "/rules/impact", summary="Show what a draft notice would move", status_code=ACCEPTED, responses=JOB_ANSWERS
)
async def impact(request: Request, sent: ImpactSent) -> Response:
    """Starts a job that compares every deal with and without a draft; no decision of the server changes.

    The result is that of `coercivity rules impact --json`, with `cells` of each moved deal, and the notice beside the
    draft if one was sent.
    """
    places = places_of(request)
    draft = await _kept(places, "draft.yaml", sent.draft)
    notice = await _kept(places, "notice.txt", sent.notice) if sent.notice.strip() else ""
    job = ImpactJob(
        draft=draft,
        notice=notice,
        table=sent.upload or "",
        case=sent.case or "",
        licences=sent.licences or "",
        map=sent.map,
        standing_text=sent.standing,
        on=sent.on or "",
        known=sent.known or "",
        assume=sent.assume or "",
        vouches=sent.vouches,
        lists=sent.lists,
        judgements=sent.judgements,
        ownership=sent.ownership,
    )
    law_of(sent.vouches, today(), parties=sent)
    return accepted(await run_in_threadpool(impact_started, held_by(request), job))


async def _kept(places: Places, name: str, text: str) -> str:
    async def content() -> AsyncIterator[bytes]:
        yield text.encode(errors="replace")

    return (await places.keep(name, content())).id
