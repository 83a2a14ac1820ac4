"""Uploaded files of forms, stored as they arrive."""

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
    """Stores the one file of a form, and returns it with the other fields.

    Raises:
        CoercivityError: If there is no form or no file, or the file is empty.
    """
    # Any other form would be kept in memory, whatever its size.
    if not request.headers.get("content-type", "").lower().startswith(MULTIPART):
        what = f"expected a form of type {MULTIPART} with one file"
        raise CoercivityError.of("UPLOAD-FORM", what, next="send the file as field `file` of such a form")
    async with sent_form(request, max_files=1, max_fields=20, max_part_size=4_096) as form:
        fields = {name: entry.strip() for name, entry in form.multi_items() if isinstance(entry, str)}
        for _, entry in form.multi_items():
            if isinstance(entry, UploadFile) and entry.filename:
                return await places_of(request).keep(entry.filename, pieces(entry)), fields
    raise CoercivityError.of("UPLOAD-FORM", "no file received", next="choose a file, then upload it")


@asynccontextmanager
async def sent_form(request: Request, **bounds: int) -> AsyncIterator[FormData]:
    """Yields a submitted form, and closes its files afterwards.

    Args:
        request: Request with the form.
        **bounds: Limits `max_files`, `max_fields` and `max_part_size`.

    Raises:
        CoercivityError: If the form is incomplete, exceeds a limit or is malformed.
        RefusedError: If it is too large or too slow, or the disk is full.
    """
    try:
        with storing():
            form = await request.form(**bounds)
    except RefusedError:
        raise
    except HTTPException as error:
        what = f"the form cannot be read: {str(error.detail).rstrip('.').lower()}"
        step = "send one file with a short, plain name as field `file`"
        raise CoercivityError.of("UPLOAD-FORM", what, next=step) from None
    try:
        yield form
    finally:
        await form.close()


async def pieces(file: UploadFile) -> AsyncIterator[bytes]:
    """Yields the content of an uploaded file in pieces."""
    while piece := await file.read(COPY_BYTES):
        yield piece


async def kept_case(request: Request) -> str:
    """Stores the files of a case folder from a form, and returns its id.

    Raises:
        CoercivityError: If files are missing or have other names.
    """
    async with request.form(max_files=len(CASE_FILES) + 1, max_fields=20) as form:
        files = [entry for _, entry in form.multi_items() if isinstance(entry, UploadFile) and entry.filename]
        if not files:
            raise CoercivityError.of("CASE-FILE", "no file received", next=f"send {', '.join(CASE_FILES)}")
        # Reads one byte over the limit, so that a file that is too large is noticed without being kept.
        sent = [(file.filename or "", await file.read(CASE_FILE_BYTES + 1)) for file in files]
    return places_of(request).keep_case(sent)
