"""The job of a batch, asked and done: an uploaded table, its column map, its standing block."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from coercivity.verbs.batch import TableAsked, batch
from coercivity.verbs.serving.contents import called, placeless
from coercivity.verbs.serving.jobs import Job
from coercivity.verbs.serving.look import READ_BY, header_rows_of, look
from coercivity.verbs.serving.places import Places, Upload
from coercivity.verbs.serving.state import Held
from coercivity.verbs.table_look import BatchAsked, check_batch, outcomes_by_rule

BY_RULE = "outcomes_by_rule"
PARTS = "decisions"


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


def run_batch(
    asked: dict[str, Any], places: Places, out: Path, tell: Callable[[str, int, int], None]
) -> dict[str, Any]:
    """Decides every row of an uploaded table and returns its summary, with the outcomes by rule.

    Args:
        asked: `upload`, and where given `map` and `standing` (text of their files), `on`, `known`, `assume`,
            `on_column`, `sheet`, `encoding`, `delimiter`, `header_rows`, `formats`.
        places: Where the upload lies.
        out: Folder for the results.
        tell: Told what is being done, how much of it is done, and of how much.

    Raises:
        CoercivityError: As `batch`; faults name files without the folders in which the server keeps them.
    """
    upload = places.upload(asked["upload"])
    with placeless(out.parent), placeless(out), called(upload):
        return _run(asked, upload, out, tell)


def _run(asked: dict[str, Any], upload: Upload, out: Path, tell: Callable[[str, int, int], None]) -> dict[str, Any]:
    given = {}
    for name, file in (("map", "mapping.yaml"), ("standing", "standing.yaml")):
        if asked.get(name):
            given[name] = out.parent / file
            given[name].write_bytes(asked[name].encode(errors="replace"))
    table = TableAsked(
        upload.path,
        called=upload.name,
        standing=given.get("standing"),
        mapping=given.get("map"),
        on_column=asked.get("on_column"),
        sheet=asked.get("sheet"),
        encoding=asked.get("encoding"),
        delimiter=asked.get("delimiter"),
        header_rows=header_rows_of(asked["header_rows"]) if asked.get("header_rows") else None,
    )
    found = batch(
        table,
        out,
        on=asked.get("on"),
        known=asked.get("known"),
        assume=asked.get("assume"),
        formats=tuple(asked.get("formats", ())),
        progress=tell,
    )
    summary: dict[str, Any] = json.loads(found.files["summary_json"].read_bytes())
    answers = [found.files["decisions"]] if "decisions" in found.files else _flat(out)
    return summary | {BY_RULE: outcomes_by_rule(answers)}


def _flat(out: Path) -> list[Path]:
    """The Parquet parts of a run, moved beside its other files, where each can be fetched by its name."""
    parts = sorted((out / PARTS).glob("*.parquet"))
    found = [part.replace(out / f"{PARTS}-{part.name}") for part in parts]
    shutil.rmtree(out / PARTS, ignore_errors=True)
    return found
