"""Tables over HTTP: a file is sent and looked at, then decided row by row as a job."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import Field, StringConstraints

from coercivity.http.job_routes import ACCEPTED, JOB_ANSWERS, accepted
from coercivity.verbs.decide import Standing
from coercivity.verbs.serving.batch_work import started
from coercivity.verbs.serving.forms import MULTIPART, kept_table
from coercivity.verbs.serving.look import READ_BY, look
from coercivity.verbs.serving.models import DayText, Name, Sent, StandingSent, Text, raw_facts
from coercivity.verbs.serving.places import Places, Upload
from coercivity.verbs.serving.state import held_by, places_of
from coercivity.verbs.table_look import BatchAsked, proposal_as_dict, text_of_map, text_of_standing

router = APIRouter(tags=["tables"])
MOST_FILE_TEXT = 2**20
_FORM = {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}}}
UPLOAD_FORM = {"requestBody": {"required": True, "content": {MULTIPART: {"schema": _FORM}}}}

ColumnName = Annotated[str, StringConstraints(max_length=2_000)]
FileText = Annotated[str, StringConstraints(max_length=MOST_FILE_TEXT)]
Option = Annotated[str, StringConstraints(max_length=200)]


class MapSent(Sent):
    """What the columns of a table stand for."""

    columns: Annotated[dict[ColumnName, Text], Field(max_length=500)] = {}
    constants: Annotated[dict[Name, Text], Field(max_length=200)] = {}
    options: Annotated[dict[Name, Text], Field(max_length=20)] = {}


class ReadSent(Sent):
    """How a table is read; what is left out is found out."""

    sheet: Option | None = None
    encoding: Option | None = None
    delimiter: Option | None = None
    header_rows: Option | None = None

    def given(self) -> dict[str, str]:
        """Returns what is said, by the names of `READ_BY`."""
        return {name: getattr(self, name) for name in READ_BY if getattr(self, name)}


class LookSent(ReadSent):
    """What is asked of a table before it is decided."""

    on_column: ColumnName | None = None


class BatchSent(LookSent):
    """What a run over a table is asked; map and standing block as content, or as the text of their files."""

    upload: Name
    map: MapSent | FileText | None = None
    standing: StandingSent | FileText | None = None
    on: DayText | None = None
    known: DayText | None = None
    assume: Text | None = None
    formats: Annotated[list[Name], Field(max_length=10)] = []


@router.post("/uploads", summary="Send a table", openapi_extra=UPLOAD_FORM)
async def send(request: Request, read: Annotated[ReadSent, Query()]) -> dict[str, object]:
    """Keeps a CSV, XLSX, Parquet or Arrow file and tells its columns, the map they suggest and its first rows.

    Its id goes where an upload is asked for. How it is read is found out, unless it is said in the address.
    """
    upload, _ = await kept_table(request)
    return await run_in_threadpool(_described, places_of(request), upload, read)


@router.get("/uploads/{upload}", summary="A table that was sent")
def one(request: Request, upload: str, asked: Annotated[LookSent, Query()]) -> dict[str, object]:
    """Tells the columns of a table, the map they suggest and its first rows."""
    places = places_of(request)
    return _described(places, places.upload(upload), asked, asked.on_column)


@router.post("/batch", summary="Decide every row of a table", status_code=ACCEPTED, responses=JOB_ANSWERS)
def batch(request: Request, sent: BatchSent) -> Response:
    """Starts a run over a table that was sent; its files are those of `coercivity batch`, byte for byte.

    Map, columns, standing block, days and formats are checked at once. The result is the summary of the run.
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
    return accepted(started(held_by(request), sent.upload, asked, sent.given()))


def _described(places: Places, upload: Upload, read: ReadSent, on_column: str | None = None) -> dict[str, object]:
    found = look(places, upload, read.given())
    return {"id": upload.id, **proposal_as_dict(found, on_column=on_column)}


def _map_text(sent: MapSent | str | None) -> str:
    return text_of_map(sent.columns, sent.constants, sent.options) if isinstance(sent, MapSent) else sent or ""


def _standing_text(sent: StandingSent | str | None) -> str:
    if not isinstance(sent, StandingSent):
        return sent or ""
    return text_of_standing(Standing(sent.said_by, raw_facts(sent.facts), tuple(sent.lists), sent.version))
