"""Files that a form brings, kept as they come."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from coercivity.base.errors import CoercivityError
from coercivity.verbs.serving.places import CASE_FILE_BYTES, CASE_FILES, Upload
from coercivity.verbs.serving.problems import RefusedError
from coercivity.verbs.serving.state import places_of
from coercivity.verbs.serving.stored import storing

MULTIPART = "multipart/form-data"
COPY_BYTES = 2**20


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
