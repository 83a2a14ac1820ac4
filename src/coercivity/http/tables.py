"""Tables over HTTP: a file is sent and looked at, then decided row by row as a job."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import Field, StringConstraints
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from coercivity.base.errors import CoercivityError
from coercivity.cases.gather import Standing
from coercivity.http.job_routes import ACCEPTED, JOB_ANSWERS, accepted
from coercivity.http.jobs import Job
from coercivity.http.look import READ_BY, look
from coercivity.http.models import DayText, Name, Sent, StandingSent, Text, raw_facts
from coercivity.http.places import Places, Upload
from coercivity.http.problems import RefusedError
from coercivity.http.state import Held, held_by, places_of
from coercivity.http.stored import storing
from coercivity.verbs.table_look import BatchAsked, check_batch, proposal_as_dict, text_of_map, text_of_standing

router = APIRouter(tags=["tables"])
MULTIPART = "multipart/form-data"
MOST_FILE_TEXT = 2**20
COPY_BYTES = 2**20
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
async def send(request: Request, read: Annotated[ReadSent, Query()]) -> dict[str, Any]:
    """Keeps a CSV, XLSX, Parquet or Arrow file and tells its columns, the map they suggest and its first rows.

    Its id goes where an upload is asked for. How it is read is found out, unless it is said in the address.
    """
    upload, _ = await kept_table(request)
    return await run_in_threadpool(_described, places_of(request), upload, read)


@router.get("/uploads/{upload}", summary="A table that was sent")
def one(request: Request, upload: str, asked: Annotated[LookSent, Query()]) -> dict[str, Any]:
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


def started(held: Held, upload_id: str, asked: BatchAsked, read_by: Mapping[str, str]) -> Job:
    """Returns the job of a run over a table.

    Args:
        held: What the server holds.
        upload_id: The table.
        asked: What is asked of it.
        read_by: How it is read, by the names of `READ_BY`.

    Raises:
        CoercivityError: With every fault of what is asked, before anything runs.
    """
    upload = held.places.upload(upload_id)
    check_batch(look(held.places, upload, read_by), asked)
    plain: dict[str, Any] = {
        "upload": upload.id,
        "map": asked.mapping,
        "standing": asked.standing,
        "on": asked.on,
        "known": asked.known,
        "assume": asked.assume,
        "on_column": asked.on_column,
        "formats": list(asked.formats),
        **{name: read_by.get(name) for name in READ_BY},
    }
    return held.jobs.start("batch", {name: value for name, value in plain.items() if value})


async def kept_table(request: Request) -> tuple[Upload, dict[str, str]]:
    """Returns the one file that a form brings, kept, and the other fields of the form.

    Raises:
        CoercivityError: When no form or no file came, or an empty one.
    """
    # Any other form is held in memory as it comes, whatever its size.
    if not request.headers.get("content-type", "").lower().startswith(MULTIPART):
        what = f"a form of the type {MULTIPART} with one file is expected"
        raise CoercivityError.of("UPLOAD-FORM", what, next="send the file as the field `file` of such a form")
    async with sent_form(request, max_files=1, max_fields=20, max_part_size=4_096) as form:
        fields = {name: entry.strip() for name, entry in form.multi_items() if isinstance(entry, str)}
        for _, entry in form.multi_items():
            if isinstance(entry, UploadFile) and entry.filename:
                return await places_of(request).keep(entry.filename, pieces(entry)), fields
    raise CoercivityError.of("UPLOAD-FORM", "no file came", next="choose a file, then send it")


@asynccontextmanager
async def sent_form(request: Request, **bounds: int) -> AsyncIterator[FormData]:
    """Yields a form that was sent, and closes its files.

    Args:
        request: The request that brings it.
        **bounds: How much it may hold: `max_files`, `max_fields`, `max_part_size`.

    Raises:
        CoercivityError: When it breaks off, holds more, or has another form.
        RefusedError: When it is too large or too slow, or there is no room for it.
    """
    try:
        with storing():
            form = await request.form(**bounds)
    except RefusedError:
        raise
    except HTTPException as error:
        what = f"the form cannot be read: {str(error.detail).rstrip('.').lower()}"
        step = "send one file of a plain, short name as the field `file`"
        raise CoercivityError.of("UPLOAD-FORM", what, next=step) from None
    try:
        yield form
    finally:
        await form.close()


async def pieces(file: UploadFile) -> AsyncIterator[bytes]:
    """Yields the content of a file that was sent, piece by piece."""
    while piece := await file.read(COPY_BYTES):
        yield piece


def _described(places: Places, upload: Upload, read: ReadSent, on_column: str | None = None) -> dict[str, Any]:
    found = look(places, upload, read.given())
    return {"id": upload.id, **proposal_as_dict(found, on_column=on_column)}


def _map_text(sent: MapSent | str | None) -> str:
    return text_of_map(sent.columns, sent.constants, sent.options) if isinstance(sent, MapSent) else sent or ""


def _standing_text(sent: StandingSent | str | None) -> str:
    if not isinstance(sent, StandingSent):
        return sent or ""
    return text_of_standing(Standing(sent.said_by, raw_facts(sent.facts), tuple(sent.lists), sent.version))
