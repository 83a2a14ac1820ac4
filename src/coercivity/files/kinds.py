"""Detects the type of a file from its first bytes; a different file name extension is noted."""

from __future__ import annotations

import os
from pathlib import Path

from coercivity.base.errors import CoercivityError

_SUFFIXES = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".tab": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx",
    ".parquet": "parquet", ".pq": "parquet", ".arrow": "arrow", ".feather": "arrow", ".ipc": "arrow",
    ".arrows": "arrow",
}  # fmt: skip
_READ = "CSV, XLSX, Parquet and Arrow are supported"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (b"%PDF", "a PDF file", "export the table itself as CSV or XLSX"),
    (b"\x1f\x8b", "a gzip file", "unpack it first"),
    (b"BZh", "a bzip2 file", "unpack it first"),
    (b"\xfd7zXZ\x00", "an xz file", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd file", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z file", "unpack it first"),
    (b"Rar!", "a RAR file", "unpack it first"),
    (b"\x89PNG", "an image", "export the table itself as CSV or XLSX"),
    (b"\xff\xd8\xff", "an image", "export the table itself as CSV or XLSX"),
    (b"SQLite format 3\x00", "a SQLite database", "export the table as CSV"),
    (b"FEA1", "a Feather version 1 file", "save it as Feather version 2 or Parquet"),
    (b"PARE", "an encrypted Parquet file", "save it without encryption"),
    (b"\xff\xfe\x00\x00", "text in UTF-32", "save it as UTF-8"),
    (b"\x00\x00\xfe\xff", "text in UTF-32", "save it as UTF-8"),
)


def kind_of(path: Path) -> tuple[str, tuple[str, ...]]:
    """Detects the type of a file.

    Returns:
        csv, xlsx, parquet, arrow or arrow stream; and the notes.

    Raises:
        CoercivityError: If the file does not exist, is not a regular file, is empty or has an unsupported type.
    """
    _must_be_a_file(path)
    with path.open("rb") as file:
        head = file.read(64)
        size = file.seek(0, os.SEEK_END)
    if not size:
        raise _refused(path, "TABLE-EMPTY", "the file is empty", "export the table again")
    kind = _kind(path, head)
    told = _SUFFIXES.get(path.suffix.lower())
    found = "arrow" if kind == "arrow stream" else kind
    if told is None or told == found:
        return kind, ()
    if found == "csv":  # a file named as a workbook without its first bytes is damaged, not text
        if told == "xlsx" and not _texty(head):
            raise _refused(
                path, "TABLE-DAMAGED", "the file name says xlsx, but the content does not", "export it again"
            )
        if told in ("parquet", "arrow") and not _texty(head):
            raise _refused(
                path, "TABLE-DAMAGED", f"the file name says {told}, but the content does not", "write it again"
            )
    return kind, (f"the file name says {told}, the content is {found}",)


def _must_be_a_file(path: Path) -> None:
    """Raises CoercivityError unless the path is an existing regular file."""
    try:
        if path.is_dir():
            raise _refused(path, "TABLE-FILE", "this is a folder; expected one file", "name a file in it")
        if not path.exists():
            raise _refused(path, "TABLE-FILE", "file not found", "check the name")
        if not path.is_file():
            raise _refused(path, "TABLE-FILE", "not a regular file", "copy the table into a file first")
    except ValueError as error:
        raise _refused(
            path, "TABLE-FILE", "the name contains a byte that file names cannot contain", "check the name"
        ) from error


def _kind(path: Path, head: bytes) -> str:
    """Returns the type from the first bytes."""
    if head.startswith(b"PK"):
        return "xlsx"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"ARROW1"):
        return "arrow"
    if head.startswith(b"\xff\xff\xff\xff") and len(head) > 8:
        return "arrow stream"
    if head.startswith(_OLE):
        raise _ole(path)
    for magic, name, do in _OTHERS:
        if head.startswith(magic):
            raise _refused(path, "TABLE-KIND", f"this is {name}; {_READ}", do)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise _refused(
            path,
            "TABLE-KIND",
            f"this is an HTML or XML page; {_READ}",
            "open it in a spreadsheet and save it as XLSX",
        )
    return "csv"


def _ole(path: Path) -> CoercivityError:
    """Returns the error for a file in the old OLE container: an encrypted workbook or an .xls."""
    mark, tail = "EncryptedPackage".encode("utf-16-le"), b""
    with path.open("rb") as file:
        for _ in range(64):
            block = file.read(1 << 20)
            if mark in tail + block:
                return _refused(path, "TABLE-KIND", "the workbook is password-protected", "save it without a password")
            tail = block[-len(mark) :]
            if not block:
                break
    return _refused(path, "TABLE-KIND", f"this is a workbook in the old .xls format; {_READ}", "save it as XLSX")


def _texty(head: bytes) -> bool:
    """Returns whether the first bytes could be text."""
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or not any(byte < 9 or 13 < byte < 32 for byte in head)


def _refused(path: Path, code: str, what: str, do: str) -> CoercivityError:
    """Returns the error for an unsupported file."""
    return CoercivityError.of(code, what, where=str(path), next=do)
