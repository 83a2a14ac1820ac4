"""`coercivity batch`."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from coercivity.base.errors import CoercivityError
from coercivity.base.words import Lang
from coercivity.cli.app import BAD_INPUT
from coercivity.cli.cluster import cluster
from coercivity.cli.jurisdictions import CHINA, Asked, with_china_alone
from coercivity.cli.jurisdictions_table import Run, put_row, put_table
from coercivity.cli.options import WORD_LAW, AsJson, Assume, Flag, Known, MaybeDay, MaybeWhole, Whole, WordLawOptions
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
    jurisdiction: str | None = None,
    by: WordLawOptions = WORD_LAW,
    resume: Flag = False,
    workers: MaybeWhole = None,
    scheduler: str | None = None,
    part_rows: Whole = PART_ROWS,
    row: MaybeWhole = None,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_rows: MaybeWhole = None,
    json_: AsJson = False,
    lang: Lang = "en",
) -> int:
    """Check every row of a table of any size; with --row, print everything about one row.

    The folder given by --out receives the results, one per row in the same order; set-aside.csv with the rows that
    could not be read and why; readings.csv with how entries were interpreted; mapping.yaml with the column mapping;
    and a summary. --resume continues an interrupted run and gives the same bytes. Exit code 0 when the run
    completes, whatever the results; 2 for bad input.

    Args:
        table: CSV, XLSX, Parquet or Arrow file.
        out: Output folder.
        on_column: Column with the transaction date.
        standing: YAML file with compliance declarations for every row. Default: standing.yaml next to the table.
        map_: Column mapping, such as the mapping.yaml of an earlier run.
        format_: Format of the results: parquet, csv or xlsx. Default: the format of the table. Can be repeated.
        on: Transaction date for all rows, YYYY-MM-DD or today. Default: the date in each row.
        jurisdiction: Whose law, e.g. CN,US,EU: a result of each row for each, the most restrictive, and the
            conflicts between them, in jurisdictions.csv and .parquet. Default: China.
        resume: Resume an interrupted run.
        workers: Number of worker processes. Default: one per processor.
        scheduler: Address of a Dask scheduler to run the parts on; requires the extra `cluster`.
        part_rows: Rows per part.
        row: Number of a row to show in full, as `decide` would, with what was corrected in it.
        sheet: Worksheet of an XLSX file. Default: the first visible one that is not empty.
        encoding: Encoding of a CSV file. Default: detected.
        delimiter: Delimiter of a CSV file. Default: detected.
        header_rows: Number of header rows. Default: detected.
        lang: Language of the output: en, zh or ja.
    """
    from coercivity.verbs.batch import TableAsked, decide_row
    from coercivity.verbs.batch import batch as run_batch
    from coercivity.verbs.messages import message

    asked = TableAsked(table, standing, map_, on_column, sheet, encoding, delimiter, header_rows)
    if jurisdiction not in (None, CHINA):
        with_china_alone({"--resume": resume, "--format": format_})
        every = Asked(jurisdiction, on, known, assume, by.law)
        if row is not None:
            return put_row(asked, row, every, lang, json=json_)
        with cluster(scheduler) as (executor, count):
            run = Run(_folder(out), executor, count or workers, part_rows)
            return put_table(asked, run, every, lang, json=json_)
    if row is not None:
        return _show(*decide_row(asked, row, on=on, known=known, assume=assume, law=by.law), json_, lang)
    folder = _folder(out)
    begun, bar = time.monotonic(), cache(progress_bar)  # one bar per step
    with cluster(scheduler) as (executor, count):
        found = run_batch(
            asked,
            folder,
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
    put(*(message(f"note: {note}", lang) for note in found.notes))
    put("", *(message(f"written: {path.as_posix()}", lang) for path in found.files.values()))
    return 0


def _folder(out: Path | None) -> Path:
    if out is None:
        raise CoercivityError.of("ARGUMENT", "--out is missing", next="name a folder for the results")
    return out


def _show(found: Answer | None, said: list[str], as_json: bool, lang: Lang) -> int:
    from coercivity.verbs.messages import message

    if as_json:
        put_json({"answer": found.as_dict() if found is not None else None, "said": said})
    else:
        told = [message(line, lang) for line in (said if found is not None else [*said, "input error"])]
        put(*told, *(found.lines(lang, explain=True) if found is not None else ()))
    return 0 if found is not None else BAD_INPUT
