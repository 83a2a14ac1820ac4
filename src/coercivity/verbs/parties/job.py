"""Jobs that screen an uploaded table: the request and the work."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from coercivity.base.json_types import Json
from coercivity.verbs.parties.screen import screen_table
from coercivity.verbs.parties.write import write_report
from coercivity.verbs.serving.contents import called, placeless
from coercivity.verbs.serving.jobs import Job
from coercivity.verbs.serving.models import FilesSent
from coercivity.verbs.serving.places import Places
from coercivity.verbs.serving.state import Held
from coercivity.verbs.serving.vouches import law_of

MOST_PAIRS = 1_000
FILES = ("screening.csv", "screening.jsonl")


class ScreenJob(FilesSent):
    """Request of a screening job."""

    upload: str
    columns: dict[str, str] = {}
    on: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None


def started(held: Held, upload_id: str, asked: Mapping[str, Any], files: FilesSent) -> Job:
    """Returns the job of a screening.

    Args:
        held: Shared state of the server.
        upload_id: Id of the table.
        asked: Request.
        files: Files for the screening of parties.

    Raises:
        CoercivityError: If there is no such upload, or with every fault of the files.
    """
    held.places.upload(upload_id)
    law_of((), parties=files).book()
    job = ScreenJob.model_validate(asked)
    return held.jobs.start("screen", job.model_dump(exclude_defaults=True))


def run_screen(
    asked: Mapping[str, Json], places: Places, out: Path, tell: Callable[[str, int, int], None]
) -> dict[str, object]:
    """Screens an uploaded table, and returns counts, lists and the pairs to decide.

    Args:
        asked: A `ScreenJob` as plain data.
        places: Folders of the server.
        out: Folder for the results.
        tell: Called with the current step, the amount done and the total.

    Raises:
        CoercivityError: As for `screen_table`; faults name files without the folders of the server.
    """
    job = ScreenJob.model_validate(asked)
    upload = places.upload(job.upload)
    with placeless(out.parent), placeless(out), called(upload):
        report = screen_table(
            upload.path,
            columns=job.columns,
            on=job.on,
            law=law_of((), parties=job),
            called=upload.name,
            sheet=job.sheet,
            encoding=job.encoding,
            delimiter=job.delimiter,
            progress=lambda done, total: tell("names", done, total),
        )
        for name in FILES:
            write_report(report, out / name, "text")
    found: dict[str, object] = json.loads(json.dumps(report.summary(MOST_PAIRS)))
    return found
