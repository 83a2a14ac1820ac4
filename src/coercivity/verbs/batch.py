"""`batch`: checks a table of any size, with one result per row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from coercivity.base.canonical import sha256
from coercivity.base.errors import CoercivityError
from coercivity.base.words import Lang
from coercivity.batches.frame import SLICE_ROWS, batch_frame
from coercivity.batches.judge.answers import told
from coercivity.batches.plan import Plan
from coercivity.batches.request import FORMATS, TableAsked, Times, at_least_one, formats_of, opened, plan_of
from coercivity.batches.run import TWICE, Work, begin, clear, decide_parts, files_of, keep
from coercivity.batches.stage.duplicates import ids_twice
from coercivity.batches.stage.no_deals import FAULTS
from coercivity.batches.stage.rows import Rows
from coercivity.batches.stage.staging import Source, Stamp, readable, source_of
from coercivity.batches.tally import About, Tally
from coercivity.batches.write.folder import MAPPING, STATE, OutFolder, hash_of_file, held_folder, refuse_inputs
from coercivity.cases.arguments import PACKED, Law
from coercivity.files.chunk import unreadable
from coercivity.files.table import TableFile
from coercivity.files.write.whole import in_place, writing
from coercivity.law.engine.decide import decide as decide_deal
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.batch.frames import batch_frames
from coercivity.papers.batch.summary import summary_lines
from coercivity.papers.shared.tables.tabled import Frames, Tabled
from coercivity.verbs import PART_ROWS
from coercivity.verbs.answers import Answer, answer
from coercivity.verbs.batch_results import Progress, about_of, reading_parts, tally_of, write_results
from coercivity.verbs.batch_workers import executor_of

__all__ = [
    "FORMATS",
    "MAPPING",
    "SLICE_ROWS",
    "STATE",
    "BatchResult",
    "Progress",
    "TableAsked",
    "batch",
    "batch_frame",
    "decide_row",
]

ANEW = "there was no run to resume here; a new one was started"


@dataclass(frozen=True, slots=True)
class BatchResult(Tabled):
    r"""The result of a run over a table.

    Attributes:
        folder: Output folder.
        files: The files written, by kind.
        tally: The counts.
        about: Origin of the results.
        book: The rulebook that was used.
        notes: Notes on the run itself, such as that there was no run to resume.

    Examples:
        >>> _ = Path("t.csv").write_text("id,material,from,to\na,NdFeB magnets with Dy,CN,DE\n")
        >>> result = coercivity.batch("t.csv", out="out", on="2025-08-15", workers=1)
        >>> result.tally.rows, sorted(result.files)[0]
        (1, 'decisions')
    """

    folder: Path
    files: dict[str, Path]
    tally: Tally
    about: About
    book: Rulebook = field(repr=False)
    notes: tuple[str, ...] = ()

    def lines(self, lang: Lang = "en", *, pace: tuple[float, float] | None = None) -> Iterator[str]:
        """Returns the summary as lines of text, with the time taken [s] and rows per second if given."""
        return summary_lines(self.tally, self.about, self.book, lang, pace=pace)

    def _frames(self) -> Frames:
        return batch_frames(self.tally, self.files)

    def _headline(self) -> str:
        return ": ".join(islice(self.lines(), 2))


def batch(
    asked: TableAsked,
    out: Path,
    *,
    on: str | None = None,
    known: str | None = None,
    assume: str | None = None,
    law: Law = PACKED,
    formats: Sequence[str] = (),
    resume: bool = False,
    executor: Executor | None = None,
    workers: int | None = None,
    part_rows: int = PART_ROWS,
    progress: Progress = lambda label, done, total: None,
) -> BatchResult:
    """Checks every row of a table and writes results, rejected rows, readings and a summary to a folder.

    Args:
        asked: Which table, and how to read it.
        out: Output folder; created if it does not exist.
        on: Transaction date for all rows. Default: the date in each row.
        known: Information cut-off for all rows. Default: that of each row, or its date, or the last check if earlier.
        assume: Planning assumption for suspensions.
        law: The rulebook to use.
        formats: Any of parquet, csv and xlsx. Default: the format of the table.
        resume: Whether to resume an interrupted run.
        executor: Executor for the parts. Default: the processors of this computer.
        workers: Number of parts at a time. Default: the number of processors.
        part_rows: Rows per part.
        progress: Called with the current step, the amount done and the total.

    Raises:
        CoercivityError: With every error in the arguments, header, column mapping and compliance declarations, before
            the first row is read; if the folder contains files that no run wrote, or another run; and if
            a run cannot be resumed, the table changes in the meantime, or a file cannot be written.
    """
    at_least_one({"workers": workers, "part-rows": part_rows})
    stamp = _stamp(asked.path)
    table = opened(asked)
    plan, book, _ = plan_of(asked, table, law, Times(on, known, assume), out=out)
    wanted = formats_of(formats, table.kind)
    refuse_inputs(out, _inputs(asked, law))
    with held_folder(out, wanted) as folder:
        run = _Run(folder, asked, table, stamp or Stamp.of(asked.path), plan, book, part_rows, progress)
        mapping = folder.map_to_write(plan.columns, asked.mapping)
        known_before, key, input_hash = run.begin(resume=resume)
        work = run.work(known_before, key)
        with executor_of(executor, workers, work.source) as (chosen, count):
            decide_parts(work, chosen, count, lambda done, total: progress("parts decided", done, total))
        work.source.check()
        parts = [files_of(work.folder, part) for part in range(work.source.parts)]
        with reading_parts(work.folder):
            tally = tally_of(parts)
            about = about_of(asked, table, plan, book, input_hash, parts)
        files = write_results(folder, parts, tally, about, mapping=mapping, book=book, table=table, progress=progress)
        clear(folder.state)
    return BatchResult(out, files, tally, about, book, (ANEW,) if resume and not known_before else ())


def decide_row(
    asked: TableAsked,
    row: int,
    *,
    on: str | None = None,
    known: str | None = None,
    assume: str | None = None,
    law: Law = PACKED,
) -> tuple[Answer | None, list[str]]:
    """Returns the full result for one row of a table, and its corrections, interpretations and errors.

    Args:
        asked: Which table, and how to read it.
        row: Number of the row, counted from 1.
        on: Transaction date. Default: that of the row.
        known: Information cut-off. Default: that of the row.
        assume: Planning assumption for suspensions.
        law: The rulebook to use.

    Raises:
        CoercivityError: As for `batch`, and if the row does not exist.
    """
    at_least_one({"row": row})
    table = opened(asked)
    plan, book, decider = plan_of(asked, table, law, Times(on, known, assume))
    chunk = next(table.chunks(1, columns=tuple(plan.columns.columns), first=row), None)
    if chunk is None or not chunk.frame.height:
        raise CoercivityError.of(
            "BATCH-ROW", f"row {row:,} not found", where=asked.name, next="rows are counted from 1"
        )
    rows = Rows(readable(chunk.frame, plan.columns.columns), chunk.first, chunk.lines, chunk.broken, chunk.notes)
    found = decider.decide(rows).frame.row(0, named=True)
    said = said_of_row(found["input_error"], found["not_a_deal"], found["notes"])
    if found["input_error"] or found["not_a_deal"]:
        return None, said
    read = decider.reader.read(rows.frame)
    clocks_of_row = read.days.at(0)
    name = found["id"] or str(row)
    if clocks_of_row is None:
        return answer(book, None, id=name), said
    decision = decide_deal(book, read.facts.deal(0), clocks_of_row[0], known=clocks_of_row[1], assume=plan.assume)
    return answer(book, decision, id=name), said


def said_of_row(error: str | None, not_a_deal: str | None, notes: str | None) -> list[str]:
    """Returns what is said of a row besides its result: its error, what it is if it is no deal, and its notes.

    Args:
        error: The error, if it cannot be read.
        not_a_deal: What it is, if it is no deal.
        notes: Corrections and interpretations.
    """
    fault = FAULTS.get(not_a_deal or "")
    return [text for text in (error, told(fault) if fault is not None else not_a_deal, notes) if text]


@dataclass(frozen=True, slots=True)
class _Run:
    """One run over a table, in a folder locked for it."""

    folder: OutFolder
    asked: TableAsked
    table: TableFile
    stamp: Stamp
    plan: Plan
    book: Rulebook
    part_rows: int
    progress: Progress

    def begin(self, *, resume: bool) -> tuple[dict[str, Any], str, str]:
        """Returns the record of the earlier run, the key of this one and the hash of the table."""
        try:
            found = hash_of_file(self.asked.path, lambda done, size: self.progress("input hashed", done, size))
        except OSError as error:
            raise unreadable(self.asked.path, error) from error
        self.stamp.check(self.asked.path)
        key = sha256([found, self.plan.key(self.book), self.part_rows, self.asked.reading, self.table.kind])
        return begin(self.folder.state, key, resume=resume), key, found

    def work(self, known: dict[str, Any], key: str) -> Work:
        """Returns the rows and the work to do; rows staged earlier are reused."""
        state, roles = self.folder.state, self.plan.columns.columns
        source = self._source(known, state / "rows")
        id_column = next((column for column, role in roles.items() if role == "id"), None)
        if not (state / "parts" / TWICE).is_file():
            _note_ids(source, id_column, state)
        keep(state, {"key": key, "rows": source.rows, "staged": source.folder is not None})
        return Work(source, self.plan, id_column, state / "parts")

    def _source(self, known: dict[str, Any], folder: Path) -> Source:
        columns = tuple(self.plan.columns.columns)
        if known:
            staged = folder if known["staged"] else None
            return Source(self.table.path, self.stamp, staged, columns, self.part_rows, int(known["rows"]))
        return source_of(
            self.table,
            self.stamp,
            columns,
            part_rows=self.part_rows,
            folder=folder,
            progress=lambda done, total: self.progress("rows read", done, total),
        )


def _inputs(asked: TableAsked, law: Law) -> dict[str, Path]:
    """Returns the input files of a run, by description."""
    overlays = {f"user-supplied notice {number}": source for number, source in enumerate(law.overlays, 1)}
    lists = {f"party list {number}": source for number, source in enumerate(law.lists, 1)}
    held = {"table": asked.path, "declarations file": asked.standing_file, "column mapping": asked.mapping}
    held |= {**overlays, **lists, "judgements file": law.judgements, "ownership file": law.ownership}
    return {name: source for name, source in held.items() if isinstance(source, Path)}


def _stamp(path: Path) -> Stamp | None:
    """Returns the stamp of the file before it is opened; None if it does not exist, which opening it will report."""
    try:
        return Stamp.of(path)
    except CoercivityError:
        return None


def _note_ids(source: Source, id_column: str | None, state: Path) -> None:
    """Writes the list of duplicate ids for the workers to read."""
    import polars as pl

    parts = state / "parts"
    with writing(parts):
        parts.mkdir(parents=True, exist_ok=True)
    twice = pl.Series("id", [], pl.String)
    if id_column is not None and source.rows:
        twice = ids_twice(lambda: source.column(id_column), state / "ids")
    with in_place(parts / TWICE) as draft:
        twice.to_frame().write_parquet(draft)
