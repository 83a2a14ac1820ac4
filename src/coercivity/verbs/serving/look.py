"""Opens an uploaded table in a separate process: `python -m coercivity.verbs.serving.look FILE NAME OPTIONS`.

A process with limits on time and memory protects the server from hostile files. Its output is kept, so that the page
can be shown again without opening the file.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from coercivity.base.canonical import sha256_of_text
from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.version import ENGINE_VERSION
from coercivity.batches.request import TableAsked
from coercivity.verbs.children import finish
from coercivity.verbs.serving.places import Places, Upload
from coercivity.verbs.serving.stored import LOOKS, make_room, on_its_way
from coercivity.verbs.table_look import TableLook, look_at, renamed

READ_BY = ("sheet", "encoding", "delimiter", "header_rows")
LIMIT_S = 60
MOST_BYTES = 2 * 2**30  # of address space, most of which is never used
MOST_AT_ONCE = 2
BAD_INPUT = 2
_STEP = "save it as CSV, or use the command line, which has no size limit"
_turn = BoundedSemaphore(MOST_AT_ONCE)


def look(places: Places, upload: Upload, read_by: Mapping[str, str]) -> TableLook:
    """Returns the columns and first rows of an uploaded table.

    Args:
        places: Folders of the server.
        upload: The table.
        read_by: Import settings, by the names in `READ_BY`; settings left out are detected.

    Raises:
        CoercivityError: If it cannot be read as a table, or not within the limits.
    """
    options = json.dumps({name: read_by[name] for name in READ_BY if read_by.get(name)}, sort_keys=True)
    key = sha256_of_text(json.dumps([upload.id, options, ENGINE_VERSION]))[:32]
    kept = places.looks / f"{key}.json"
    if kept.is_file():
        return TableLook.from_dict(json.loads(kept.read_text(encoding="utf-8")))
    with _turn:
        told = _told(upload, options)
    with on_its_way(places.looks) as part:
        held = part / kept.name
        held.write_text(json.dumps(told), encoding="utf-8")
        make_room(places.looks, part, LOOKS)
        held.replace(kept)
    return TableLook.from_dict(told)


def _told(upload: Upload, options: str) -> dict[str, Any]:
    words = (str(upload.path), upload.name, options)
    try:
        _, text = finish("coercivity.verbs.serving.look", *words, limit_s=LIMIT_S, more={"POLARS_MAX_THREADS": "2"})
    except subprocess.TimeoutExpired:
        what = f"the table could not be opened within {LIMIT_S} s"
        raise CoercivityError.of("UPLOAD-TIME", what, where=upload.name, next=_STEP) from None
    try:
        told: dict[str, Any] = json.loads(text)
    except ValueError:
        what = "the table needs more memory or time than allowed"
        raise CoercivityError.of("UPLOAD-MEMORY", what, where=upload.name, next=_STEP) from None
    if "faults" in told:
        raise CoercivityError(map(Fault.from_dict, told["faults"]))
    return told


def main(path: Path, name: str, options: str) -> int:
    """Opens a table and writes its columns and first rows, or its faults without paths, as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT_S, LIMIT_S))
    held = json.loads(options)
    told: dict[str, Any]
    try:
        rows = held.pop("header_rows", None)
        told = look_at(
            TableAsked(path, called=name, **held, header_rows=None if rows is None else header_rows_of(rows))
        ).as_dict()
    except CoercivityError as error:
        told = {"faults": [fault.as_dict() for fault in renamed(error, path, name).faults]}
    except (MemoryError, RecursionError):
        fault = Fault("UPLOAD-MEMORY", "the table needs more memory than allowed", name, next=_STEP)
        told = {"faults": [fault.as_dict()]}
    sys.stdout.write(json.dumps(told))
    return BAD_INPUT if "faults" in told else 0


def header_rows_of(text: str) -> int:
    """Returns a number of header rows.

    Raises:
        CoercivityError: If the text is not a number of header rows.
    """
    if text.isascii() and text.isdigit() and len(text) < 4:
        return int(text)
    raise CoercivityError.of(
        "TABLE-HEADER", f"{text[:20]!r} is not a valid number of header rows", next="write 1, 2 or 3"
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
