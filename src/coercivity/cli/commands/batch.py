"""`coercivity batch`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from coercivity.base.errors import CoercivityError
from coercivity.base.words import Lang
from coercivity.cli.app import BAD_INPUT
from coercivity.cli.options import PACKED_LAW, AsJson, Assume, Flag, Known, LawOptions, MaybeDay
from coercivity.cli.out import complain, put, put_json
from coercivity.cli.progress import progress_bar
from coercivity.verbs import PART_ROWS

if TYPE_CHECKING:
    from coercivity.verbs.answers import Answer


def batch(
    table: Path,
    *,
    out: Path | None = None,
    on_column: str | None = None,
    standing: Path | None = None,
    map_: Annotated[Path | None, Parameter(name="--map")] = None,
    format_: Annotated[list[str] | None, Parameter(name="--format", negative=())] = None,
    on: MaybeDay = None,
    known: Known = None,
    assume: Assume = None,
    by: LawOptions = PACKED_LAW,
    resume: Flag = False,
    workers: int | None = None,
    scheduler: str | None = None,
    part_rows: int = PART_ROWS,
    row: int | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_rows: int | None = None,
    json_: AsJson = False,
    lang: Lang = "en",
) -> int:
    """Decide every row of a table of any size; or, with --row, tell all about one row.

    Into the folder of --out go: the answers, one a row in the same order; set-aside.csv with the rows that could not
    be read and why; readings.csv with what words were understood as; mapping.yaml with what each column stands for;
    and a summary. A run that was broken off is taken up with --resume and gives the same bytes. Exit code 0 when it
    ran, whatever the outcomes; 2 for bad input.

    Args:
        table: CSV, XLSX, Parquet or Arrow.
        out: Folder for the results.
        on_column: Column that holds the day of the act.
        standing: File whose `standing` block answers for every row; by default standing.yaml beside the table.
        map_: Column map made before, such as the mapping.yaml of an earlier run.
        format_: parquet, csv or xlsx; by default that of the table. Repeat for more.
        on: Day for all rows, YYYY-MM-DD or today; by default each row's own.
        resume: Take up a run that was broken off.
        workers: Processes at a time; by default one for each processor.
        scheduler: Address of a Dask scheduler that decides the parts; needs the extra `cluster`.
        part_rows: Rows in a part.
        row: Number of one row: its full answer, as `decide` gives it, and what was mended in it.
        sheet: Sheet of an XLSX file.
        encoding: Encoding of a CSV file.
        delimiter: Sign between the cells of a CSV file.
        header_rows: How many rows the header has.
        lang: Language of the output.
    """
    from coercivity.verbs.batch import TableAsked, decide_row
    from coercivity.verbs.batch import batch as run_batch

    asked = TableAsked(table, standing, map_, on_column, sheet, encoding, delimiter, header_rows)
    if row is not None:
        return _show(*decide_row(asked, row, on=on, known=known, assume=assume, law=by.law), json_, lang)
    if out is None:
        raise CoercivityError.of("ARGUMENT", "--out is missing", next="name a folder for the results")
    begun, bar = time.monotonic(), cache(progress_bar)  # one for each step
    with _cluster(scheduler) as (executor, count):
        found = run_batch(
            asked,
            out,
            on=on,
            known=known,
            assume=assume,
            law=by.law,
            formats=format_ or (),
            resume=resume,
            executor=executor,
            workers=count or workers,
            part_rows=part_rows,
            progress=lambda label, done, total: bar(label)(done, total),
        )
    spent = time.monotonic() - begun
    if json_:
        if found.notes:
            complain(*(f"note: {note}" for note in found.notes))
        put(found.files["summary_json"].read_text(encoding="utf-8"))
        return 0
    pace = (spent, found.tally.rows / max(spent, 1e-9))
    put(*found.lines(lang, pace=pace))
    put(*(f"note: {note}" for note in found.notes))
    put("", *(f"written: {path.as_posix()}" for path in found.files.values()))
    return 0


@contextmanager
def _cluster(address: str | None) -> Iterator[tuple[Executor | None, int | None]]:
    """The executor of a Dask scheduler, and how many workers it has."""
    if address is None:
        yield None, None
        return
    try:
        from distributed import Client
    except ImportError:
        what = "--scheduler needs the extra `cluster`, which is not installed"
        raise CoercivityError.of("ARGUMENT", what, next="pip install 'coercivity[cluster]'") from None
    try:
        client = Client(address, timeout=10)  # type: ignore[no-untyped-call] # it comes without types
    except (OSError, ValueError, TypeError) as error:
        what = f"no Dask scheduler answers at {address[:80]!r}: {type(error).__name__}"
        raise CoercivityError.of(
            "ARGUMENT", what, next="start one with `dask scheduler`, or leave --scheduler out"
        ) from None
    with client:
        count = len(client.scheduler_info()["workers"])
        executor = client.get_executor(retries=3, pure=False)  # type: ignore[no-untyped-call] # nor has this
        yield executor, max(count, 1)


def _show(found: Answer | None, said: list[str], as_json: bool, lang: Lang) -> int:
    if as_json:
        put_json({"answer": found.as_dict() if found is not None else None, "said": said})
    else:
        put(*said, *(found.lines(lang, explain=True) if found is not None else ("input error",)))
    return 0 if found is not None else BAD_INPUT
