"""The content of a file with a list: its bytes bounded and hashed, its text decoded, never guessed."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from coercivity.base.errors import CoercivityError
from coercivity.data.input import Input, bytes_in, place_of, read_bytes
from coercivity.files.encodings import encoding_of, label_of

MOST_BYTES = 160 * 2**20
_ARCHIVE = b"PK\x03\x04"
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 1 << 16
_SAVE = "save it as UTF-8 (in a spreadsheet program: CSV UTF-8)"


@dataclass(frozen=True, slots=True)
class ListContent:
    """A file with a list.

    Attributes:
        source: The file.
        place: Its name in messages.
        sha256: Hash of its bytes.
        text: Its text; blank for a workbook.
        is_workbook: Whether it is a workbook (XLSX).
    """

    source: Input
    place: str
    sha256: str
    text: str = field(repr=False)
    is_workbook: bool = False


def list_content(source: Input) -> ListContent:
    """Returns the content of a file with a list.

    Raises:
        CoercivityError: If it is missing, too large, empty, binary, or neither UTF-8 nor GB18030.
    """
    place = place_of(source)
    if isinstance(source, Path) and source.exists() and not source.is_file():
        what = "this is a folder; a file is expected" if source.is_dir() else "not a regular file"
        raise CoercivityError.of("FILE-MISSING", what, where=place, next="name a file")
    size = bytes_in(source)
    if size > MOST_BYTES:
        what = f"the file has {size:,} bytes; the limit for a list is {MOST_BYTES:,}"
        raise CoercivityError.of("FILE-SIZE", what, where=place, next="split it, or keep only the lists you need")
    try:
        content = read_bytes(source)
    except OSError as error:
        what = "file not found" if isinstance(error, FileNotFoundError) else f"cannot be read: {error.strerror}"
        raise CoercivityError.of("FILE-MISSING", what, where=place, next="check the name") from None
    digest = hashlib.sha256(content).hexdigest()
    if content.startswith(_ARCHIVE):
        return ListContent(source, place, digest, "", is_workbook=True)
    text = _decoded(content, place)
    if not text.strip("\ufeff \t\r\n,;"):
        do = "see docs/files.md for the format"
        raise CoercivityError.of("FILE-EMPTY", "the file is empty", where=place, next=do)
    if "\n" not in text:
        text = text.replace("\r", "\n")
    return ListContent(source, place, digest, text)


def _decoded(content: bytes, place: str) -> str:
    for mark, codec in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return _strictly(content, codec, place)
    if found := _BINARY.search(content, 0, _SAMPLE):
        what = f"byte {found.start()} is a control character that no text contains"
        raise CoercivityError.of(
            "LIST-FILE", what, where=place, next="lists are CSV, XLSX or JSON; unpack an archive first"
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        codec = encoding_of(content)
        if codec != "gb18030":
            seems = f"it looks like {label_of(codec)}" if codec != "utf-8" else "most of it is UTF-8"
            what = f"byte {error.start} is not valid UTF-8, and the file is not GB18030: {seems}"
            raise CoercivityError.of("FILE-ENCODING", what, where=place, next=_SAVE) from None
    return _strictly(content, "gb18030", place)


def _strictly(content: bytes, codec: str, place: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        what = f"byte {error.start} is not valid {codec.upper()}"
        raise CoercivityError.of("FILE-ENCODING", what, where=place, next=_SAVE) from None
