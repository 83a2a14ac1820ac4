"""Batch jobs over an uploaded table: the request and the work."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from coercivity.base.json_types import Json
from coercivity.verbs.batch import TableAsked, batch
from coercivity.verbs.serving.contents import called, placeless
from coercivity.verbs.serving.jobs import Job
from coercivity.verbs.serving.look import READ_BY, header_rows_of, look
from coercivity.verbs.serving.models import FilesSent, VouchSent
from coercivity.verbs.serving.places import Places, Upload
from coercivity.verbs.serving.state import Held
from coercivity.verbs.serving.vouches import law_of
from coercivity.verbs.table_look import BatchAsked, check_batch, first_cells, outcomes_by_rule

NO_FILES = FilesSent()
BY_RULE, FIRST_CELLS = "outcomes_by_rule", "first_cells"
ROWS_OPENED = 50  # rows shown, each of which opens as a deal
PARTS = "decisions"


class BatchJob(FilesSent):
    """Request of a batch job; column mapping and declarations as text of their files, blank if left out."""

    upload: str
    map: str = ""
    standing: str = ""
    on: str = ""
    known: str = ""
    assume: str = ""
    on_column: str = ""
    formats: list[str] = []
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    header_rows: str = ""
    vouches: list[VouchSent] = []


def started(
    held: Held,
    upload_id: str,
    asked: BatchAsked,
    read_by: Mapping[str, str],
    vouches: Sequence[VouchSent] = (),
    parties: FilesSent = NO_FILES,
) -> Job:
    """Returns the job of a run over a table.

    Args:
        held: Shared state of the server.
        upload_id: Id of the table.
        asked: Request.
        read_by: Import settings, by the names in `READ_BY`.
        vouches: Statements of persons who looked for newer notices.
        parties: Files for the screening of parties.

    Raises:
        CoercivityError: With every fault of the request, before the run starts.
    """
    upload = held.places.upload(upload_id)
    check_batch(look(held.places, upload, read_by), asked)
    job = BatchJob(
        upload=upload.id,
        map=asked.mapping,
        standing=asked.standing,
        on=asked.on or "",
        known=asked.known or "",
        assume=asked.assume or "",
        on_column=asked.on_column or "",
        formats=list(asked.formats),
        vouches=list(vouches),
        lists=parties.lists,
        judgements=parties.judgements,
        ownership=parties.ownership,
        **{name: read_by.get(name) or "" for name in READ_BY},
    )
    return held.jobs.start("batch", job.model_dump(exclude_defaults=True))


def run_batch(
    asked: Mapping[str, Json], places: Places, out: Path, tell: Callable[[str, int, int], None]
) -> dict[str, object]:
    """Decides every row of an uploaded table and returns its summary, with the outcomes by rule.

    Args:
        asked: A `BatchJob` as plain data.
        places: Folders of the server.
        out: Folder for the results.
        tell: Called with the current step, the amount done and the total.

    Raises:
        CoercivityError: As for `batch`; faults name files without the folders of the server.
    """
    job = BatchJob.model_validate(asked)
    upload = places.upload(job.upload)
    with placeless(out.parent), placeless(out), called(upload):
        return _run(job, upload, out, tell)


def _run(job: BatchJob, upload: Upload, out: Path, tell: Callable[[str, int, int], None]) -> dict[str, object]:
    table = TableAsked(
        upload.path,
        called=upload.name,
        standing=_file(out.parent / "standing.yaml", job.standing),
        mapping=_file(out.parent / "mapping.yaml", job.map),
        on_column=job.on_column or None,
        sheet=job.sheet or None,
        encoding=job.encoding or None,
        delimiter=job.delimiter or None,
        header_rows=header_rows_of(job.header_rows) if job.header_rows else None,
    )
    found = batch(
        table,
        out,
        on=job.on or None,
        known=job.known or None,
        assume=job.assume or None,
        formats=tuple(job.formats),
        law=law_of(job.vouches, parties=job),
        progress=tell,
    )
    summary: dict[str, object] = json.loads(found.files["summary_json"].read_bytes())
    answers = [found.files["decisions"]] if "decisions" in found.files else _flat(out)
    first = first_cells(table, found.about.columns, ROWS_OPENED)
    return summary | {BY_RULE: outcomes_by_rule(answers), FIRST_CELLS: first}


def _file(path: Path, text: str) -> Path | None:
    """Writes a text to a file; returns None if there is no text."""
    if not text:
        return None
    path.write_bytes(text.encode(errors="replace"))
    return path


def _flat(out: Path) -> list[Path]:
    """Moves the Parquet parts of a run next to its other files, so that each can be downloaded by name."""
    parts = sorted((out / PARTS).glob("*.parquet"))
    found = [part.replace(out / f"{PARTS}-{part.name}") for part in parts]
    shutil.rmtree(out / PARTS, ignore_errors=True)
    return found
