"""Workbooks of companies on a server: uploaded ones, examples, and their form in JSON."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.requests import Request

from coercivity.base.errors import CoercivityError, Fault, nearest
from coercivity.base.examples import example_folder
from coercivity.data.input import Content
from coercivity.firm.company.in_case import company_source
from coercivity.verbs.serving.forms import MULTIPART, sent_form
from coercivity.verbs.serving.places import Places, Upload, is_case_of
from coercivity.verbs.serving.problems import TOO_LARGE, RefusedError
from coercivity.verbs.serving.state import places_of

MOST_WORKBOOK_BYTES = 2 * 2**20
SUFFIXES = (".xlsx", ".yaml", ".yml", ".zip")
# Files that are refused with advice of their own: what is wrong, and what to do.
_REFUSED = {
    ".xlsm": ("a workbook with macros (.xlsm) is not accepted", "save it as XLSX, without macros, and upload that"),
    ".csv": ("one CSV file is one sheet, not a workbook", "put all CSV files into one ZIP file, or save them as XLSX"),
    ".xls": ("a workbook in the old format (.xls) is not accepted", "open it and save it as XLSX"),
    ".ods": ("an OpenDocument workbook (.ods) is not accepted", "open it and save it as XLSX"),
}
JSON_NAME = "workbook.yaml"
FirmFile = Content  # a workbook as its reader takes it
_NEXT = "send one XLSX, YAML or ZIP file as field `file`"
_SAVE = "save the workbook as XLSX, or put its sheets as CSV files into one ZIP file"
_LARGE_NEXT = "remove empty rows and pictures, or use the command line"


def firm_examples() -> dict[str, Path]:
    """Returns the example workbooks by name."""
    return {path.stem: path for path in sorted((example_folder() / "firms").glob("*.yaml"))}


def firm_content(places: Places, name: str) -> Content:
    """Returns a workbook by the id of its upload, or the name of an example or a case folder.

    Raises:
        CoercivityError: If there is none, or the case folder has several files of a company, or has it as a folder.
    """
    examples = firm_examples()
    if name in examples:
        return Content(examples[name].name, examples[name].read_bytes())
    if is_case_of(places, name):
        return case_workbook(places, name)
    try:
        upload = places.upload(name)
    except CoercivityError as error:
        near = nearest(name[:80], examples)
        raise CoercivityError(
            tuple(Fault(f.code, f.what, f.where, nearest=near, next=f.next) for f in error.faults)
        ) from None
    return Content(upload.name, upload.path.read_bytes())


def case_workbook(places: Places, name: str) -> Content:
    """Returns the company file of a case folder.

    Raises:
        CoercivityError: If there is no such case, it has no company file or several, or it is a folder of tables.
    """
    file = company_source(places.case(name))
    assert isinstance(file, Path)
    if file.is_dir():
        what = "the company of this case is a folder of CSV files, which is not shown on screen"
        raise CoercivityError.of("FILE-KIND", what, where=file.name, next="use `coercivity survive`")
    return Content(file.name, file.read_bytes())


def firm_name(places: Places, name: str) -> str:
    """Returns the name of the file of an uploaded workbook or of an example; blank if there is none."""
    if not name:
        return ""
    try:
        return firm_content(places, name).name
    except CoercivityError:
        return ""


async def kept_workbook(request: Request) -> Upload:
    """Stores the one workbook of a form.

    Raises:
        CoercivityError: If there is no form or no file, or the file is of no kind that is accepted.
        RefusedError: If it is too large, or the disk or the quota is full.
    """
    if not request.headers.get("content-type", "").lower().startswith(MULTIPART):
        raise CoercivityError.of("UPLOAD-FORM", f"expected a form of type {MULTIPART} with one file", next=_NEXT)
    async with sent_form(request, max_files=1, max_fields=20, max_part_size=4_096) as form:
        for _, entry in form.multi_items():
            if isinstance(entry, UploadFile) and entry.filename:
                # Reads one byte over the limit, so that a file that is too large is noticed without being kept.
                return await keep_workbook(
                    places_of(request), entry.filename, await entry.read(MOST_WORKBOOK_BYTES + 1)
                )
    raise CoercivityError.of("UPLOAD-FORM", "no file received", next="choose a file, then upload it")


async def keep_workbook(places: Places, name: str, content: bytes) -> Upload:
    """Stores a workbook.

    Args:
        places: Folders of the server.
        name: Its name, which says of which kind it is.
        content: Its bytes.

    Raises:
        CoercivityError: If it is of no kind that is accepted, or empty.
        RefusedError: If it is too large, or the disk or the quota is full.
    """
    if not name.casefold().endswith(SUFFIXES):
        what, do = _REFUSED.get(Path(name).suffix.casefold(), ("expected an XLSX, YAML or ZIP file", _SAVE))
        raise CoercivityError.of("FILE-KIND", what, where=name[-80:], next=do)
    if len(content) > MOST_WORKBOOK_BYTES:
        what = f"the workbook is larger than {MOST_WORKBOOK_BYTES // 2**20} MiB"
        raise RefusedError(TOO_LARGE, Fault("HTTP-SIZE", what, where=name[-80:], next=_LARGE_NEXT))
    return await places.keep(name, _whole(content))


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    if content:
        yield content


def workbook_of(sheets: Mapping[str, Mapping[str, str] | Sequence[Mapping[str, str]]]) -> Content:
    """Returns sheets given as data as the file that the verbs read; JSON is valid YAML.

    Args:
        sheets: Rows by sheet, and the settings as one mapping; every cell as text.
    """
    return Content.of(JSON_NAME, json.dumps(sheets, ensure_ascii=False))
