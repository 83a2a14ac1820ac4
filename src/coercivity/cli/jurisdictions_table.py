"""`coercivity batch --jurisdiction`: a table under several laws on the terminal."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from coercivity.cli.app import BAD_INPUT
from coercivity.cli.jurisdictions import Asked, put_answers
from coercivity.cli.out import put, put_json
from coercivity.cli.progress import progress_bar
from coercivity.cli.show import said

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from pathlib import Path

    from coercivity.base.words import Lang
    from coercivity.verbs.batch import TableAsked


class Run(NamedTuple):
    """Where a run writes to, and what it runs on."""

    out: Path
    executor: Executor | None
    workers: int | None
    part_rows: int


def put_table(table: TableAsked, run: Run, asked: Asked, lang: Lang, *, json: bool) -> int:
    """Checks a table under several laws, prints the counts, and returns the exit code."""
    from coercivity.verbs.jurisdictions.table import batch_jurisdictions

    bar = cache(progress_bar)  # one bar per step
    found = batch_jurisdictions(
        table,
        run.out,
        **asked._asdict(),
        executor=run.executor,
        workers=run.workers,
        part_rows=run.part_rows,
        progress=lambda label, done, total: bar(label)(done, total),
    )
    if json:
        put_json(found.as_dict())
    else:
        put(*found.lines(lang), "", *(said(f"written: {path.as_posix()}", lang) for path in found.files.values()))
    return 0


def put_row(table: TableAsked, row: int, asked: Asked, lang: Lang, *, json: bool) -> int:
    """Prints everything about one row under several laws and returns the exit code."""
    from coercivity.verbs.jurisdictions.table import row_in_jurisdictions
    from coercivity.verbs.messages import message

    found, notes = row_in_jurisdictions(table, row, **asked._asdict())
    if json:
        put_json({"answers": found.as_dict() if found is not None else None, "said": notes})
    else:
        put(*(message(line, lang) for line in (notes if found is not None else [*notes, "input error"])))
        if found is not None:
            put_answers([found], lang, explain=True, json=False)
    return 0 if found is not None else BAD_INPUT
