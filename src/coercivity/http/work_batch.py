"""The work of a batch: an uploaded table, its column map, its standing block."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coercivity.http.places import Places
from coercivity.verbs.batch import TableAsked, batch


def run_batch(
    asked: dict[str, Any], places: Places, out: Path, tell: Callable[[str, int, int], None]
) -> dict[str, Any]:
    """Decides every row of an uploaded table and returns its summary.

    Args:
        asked: `upload`, and where given `map` and `standing` (text of their files), `on`, `known`, `assume`,
            `on_column`, `sheet`, `encoding`, `delimiter`, `formats`.
        places: Where the upload lies.
        out: Folder for the results.
        tell: Told what is being done, how much of it is done, and of how much.

    Raises:
        CoercivityError: As `batch`.
    """
    given = {}
    for name, file in (("map", "mapping.yaml"), ("standing", "standing.yaml")):
        if asked.get(name):
            given[name] = out.parent / file
            given[name].write_text(asked[name], encoding="utf-8")
    table = TableAsked(
        places.upload(asked["upload"]).path,
        standing=given.get("standing"),
        mapping=given.get("map"),
        on_column=asked.get("on_column"),
        sheet=asked.get("sheet"),
        encoding=asked.get("encoding"),
        delimiter=asked.get("delimiter"),
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
    return summary
