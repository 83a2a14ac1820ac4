"""Every report of the program, written by its command: name and bytes."""

from __future__ import annotations

import contextlib
import io
import os
import re
from pathlib import Path

from coercivity.cli.app import BAD_INPUT, main
from tests.places import ROOT

CASE, TABLE, DAY = "examples/ev-motor", "examples/erp-extract/extract.csv", "2026-11-24"
DEAL = [
    "--fact",
    "act=goods",
    "--fact",
    "form=magnet",
    "--fact",
    "elements=Nd;Dy",
    "--fact",
    "from=CN",
    "--fact",
    "to=DE",
]
SPAN = ["--from", "2025-01", "--to", "2025-03"]
PRINTED: dict[str, list[str]] = {
    "decide": ["decide", *DEAL, "--on", DAY, "--json"],
    "survive": ["survive", CASE, "--on", DAY, "--json"],
    "clock": ["clock", CASE, "--on", DAY, "--json"],
    "base-year": ["base-year", "--json"],
    "base-year text": ["base-year"],
    "clause-price": ["clause-price", "a18-1c905", *SPAN, "--json"],
    "facts": ["facts", "--format", "markdown"],
    "help": ["decide", "--help"],
}
WRITTEN: dict[str, list[str]] = {
    "outlook": ["outlook", "as-known", "controls-back", *SPAN, "--out"],
    "brief": ["brief", CASE, "--on", DAY, "--out"],
    "batch": [
        "batch",
        TABLE,
        "--on-column",
        "date",
        *["--format", "csv", "--format", "xlsx", "--format", "parquet", "--out"],
    ],
    "calendar": ["rules", "calendar", "--on", DAY, "--ics"],
}
_HASH = re.compile(rb"[0-9a-f]{64}|[0-9a-f]{16}(?=</code>)|[0-9a-f]{12,16}(?=[ ,.;\n\"]|\xe2\x80\xa6)")


def papers(room: Path) -> dict[str, bytes]:
    """Returns the bytes of every paper, by name.

    Args:
        room: Folder for those that are written to files.
    """
    found = {}
    with contextlib.chdir(ROOT):
        for name, words in PRINTED.items():
            found[name] = _printed(words)
        for name, words in WRITTEN.items():
            _printed([*words, str(room / name)])
            paths = [room / name] if (room / name).is_file() else sorted((room / name).rglob("*"))
            found |= {path.relative_to(room).as_posix(): path.read_bytes() for path in paths if path.is_file()}
    return found


def without_hashes(content: bytes) -> bytes:
    """Returns a paper without the hashes in it, which change with each edit of a pack."""
    return _HASH.sub(b"HASH", content)


def _printed(words: list[str]) -> bytes:
    told = io.StringIO()
    os.environ["COLUMNS"] = "110"  # the width of the help
    with contextlib.redirect_stdout(told):
        code = main(words)
    assert code != BAD_INPUT, words
    return told.getvalue().encode()
