"""Tables over HTTP: upload a file, inspect it, then decide its rows or compare them with a draft notice, as a job."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import Field, StringConstraints

from coercivity.http.clock import today
from coercivity.http.job_routes import ACCEPTED, JOB_ANSWERS, accepted
from coercivity.verbs.decide import Standing
from coercivity.verbs.notice import MOST_CHARACTERS
from coercivity.verbs.serving.batch_work import started
from coercivity.verbs.serving.drafts.impact import MOST_DRAFT_BYTES, ImpactJob, impact_started
from coercivity.verbs.serving.forms import MULTIPART, kept_table
from coercivity.verbs.serving.look import READ_BY, look
from coercivity.verbs.serving.models import DayText, FilesSent, Name, Sent, StandingSent, Text, Vouches, raw_facts
from coercivity.verbs.serving.places import Places, Upload
from coercivity.verbs.serving.state import held_by, places_of
from coercivity.verbs.serving.vouches import law_of
from coercivity.verbs.table_look import BatchAsked, proposal_as_dict, text_of_map, text_of_standing

router = APIRouter(tags=["tables"])
MOST_FILE_TEXT = 2**20
_FORM = {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}}}
UPLOAD_FORM = {"requestBody": {"required": True, "content": {MULTIPART: {"schema": _FORM}}}}

DraftText = Annotated[str, StringConstraints(min_length=1, max_length=MOST_DRAFT_BYTES)]
NoticeText = Annotated[str, StringConstraints(max_length=MOST_CHARACTERS)]
ColumnName = Annotated[str, StringConstraints(max_length=2_000)]
FileText = Annotated[str, StringConstraints(max_length=MOST_FILE_TEXT)]
Option = Annotated[str, StringConstraints(max_length=200)]


class MapSent(Sent):
    """The mapping of table columns to fields and facts."""

    columns: Annotated[dict[ColumnName, Text], Field(max_length=500)] = {}
    constants: Annotated[dict[Name, Text], Field(max_length=200)] = {}
    options: Annotated[dict[Name, Text], Field(max_length=20)] = {}


class ReadSent(Sent):
    """Import settings of a table; settings left out are detected."""

    sheet: Option | None = None
    encoding: Option | None = None
    delimiter: Option | None = None
    header_rows: Option | None = None

    def given(self) -> dict[str, str]:
        """Returns the settings that are given, by the names in `READ_BY`."""
        return {name: getattr(self, name) for name in READ_BY if getattr(self, name)}


class LookSent(ReadSent):
    """Import settings and date column for inspecting a table."""

    on_column: ColumnName | None = None


class BatchSent(LookSent, FilesSent):
    """Request for a run over a table; column mapping and declarations as objects or as the text of their files."""

    upload: Name
    map: MapSent | FileText | None = None
    standing: StandingSent | FileText | None = None
    on: DayText | None = None
    known: DayText | None = None
    assume: Text | None = None
    formats: Annotated[list[Name], Field(max_length=10)] = []
    vouches: Vouches = []


class ImpactSent(FilesSent):
    """Request for the impact of a draft notice on a table of deals or a case folder."""

    draft: Annotated[DraftText, Field(description="The draft, as text of a user-supplied notice (YAML)")]
    notice: Annotated[NoticeText, Field(description="The text that the draft was made from, to be read beside it")] = ""
    upload: Annotated[Name | None, Field(description="Table of deals, by the id of its upload")] = None
    case: Annotated[Name | None, Field(description="Case folder, in place of a table")] = None
    licences: Annotated[Name | None, Field(description="Table of licences, by the id of its upload")] = None
    map: Annotated[FileText, Field(description="Column mapping, as text of its file; proposed if left out")] = ""
    standing: Annotated[FileText, Field(description="Compliance declarations, as text of their file")] = ""
    on: DayText | None = None
    known: DayText | None = None
    assume: Text | None = None
    vouches: Vouches = []


@router.post("/uploads", summary="Upload a table", openapi_extra=UPLOAD_FORM)
async def send(request: Request, read: Annotated[ReadSent, Query()]) -> dict[str, object]:
    """Stores a CSV, XLSX, Parquet or Arrow file; returns its columns, a suggested mapping and its first rows.

    Use the returned id as `upload`. Import settings are detected unless given in the address.
    """
    upload, _ = await kept_table(request)
    return await run_in_threadpool(_described, places_of(request), upload, read)


@router.get("/uploads/{upload}", summary="Inspect an uploaded table")
def one(request: Request, upload: str, asked: Annotated[LookSent, Query()]) -> dict[str, object]:
    """Returns the columns of a table, a suggested mapping and its first rows."""
    places = places_of(request)
    return _described(places, places.upload(upload), asked, asked.on_column)


@router.post("/batch", summary="Decide every row of a table", status_code=ACCEPTED, responses=JOB_ANSWERS)
def batch(request: Request, sent: BatchSent) -> Response:
    """Starts a run over an uploaded table; the files are identical to those of `coercivity batch`.

    Column mapping, declarations, dates and formats are checked at once. The result is the summary of the run.
    """
    asked = BatchAsked(
        mapping=_map_text(sent.map),
        standing=_standing_text(sent.standing),
        on=sent.on,
        known=sent.known,
        assume=sent.assume,
        on_column=sent.on_column,
        formats=tuple(sent.formats),
    )
    law_of(sent.vouches, today(), parties=sent)
    return accepted(started(held_by(request), sent.upload, asked, sent.given(), sent.vouches, sent))


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


def _described(places: Places, upload: Upload, read: ReadSent, on_column: str | None = None) -> dict[str, object]:
    found = look(places, upload, read.given())
    return {"id": upload.id, **proposal_as_dict(found, on_column=on_column)}


def _map_text(sent: MapSent | str | None) -> str:
    return text_of_map(sent.columns, sent.constants, sent.options) if isinstance(sent, MapSent) else sent or ""


def _standing_text(sent: StandingSent | str | None) -> str:
    if not isinstance(sent, StandingSent):
        return sent or ""
    facts = raw_facts(sent.facts)
    return text_of_standing(Standing(sent.said_by, facts, tuple(sent.lists), sent.version, sent.said_on))
