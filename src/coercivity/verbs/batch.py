"""`batch`: a table of any size, an answer a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coercivity.base.canonical import sha256
from coercivity.base.errors import CoercivityError
from coercivity.base.words import Lang
from coercivity.batches.frame import SLICE_ROWS, batch_frame
from coercivity.batches.plan import Plan
from coercivity.batches.request import FORMATS, TableAsked, Times, at_least_one, formats_of, opened, plan_of
from coercivity.batches.run import TWICE, Work, begin, clear, decide_parts, files_of, keep
from coercivity.batches.stage.duplicates import ids_twice
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
from coercivity.papers.batch.summary import summary_lines
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

ANEW = "there was nothing to take up here: the run started anew"


@dataclass(frozen=True, slots=True)
class BatchResult:
    r"""What a run over a table gave.

    Attributes:
        folder: Where everything was written.
        files: The files written, by what they are.
        tally: The counts.
        about: Where they come from.
        book: The law by which rows were decided.
        notes: What there is to say of the run itself, such as that there was nothing to take up.

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
        """Returns the summary as lines of text, with the time taken [s] and rows a second where they are given."""
        return summary_lines(self.tally, self.about, self.book, lang, pace=pace)


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
    """Decides every row of a table and writes answers, rows set aside, readings and a summary into a folder.

    Args:
        asked: Which table, and how it is read.
        out: Folder for the results; made where it is missing.
        on: Day for all rows; by default each row's own.
        known: Day of knowledge for all rows; by default each row's own, or the earlier of its day and the last check.
        assume: Branches picked for planning.
        law: Which law is asked.
        formats: Of parquet, csv and xlsx; by default that of the table.
        resume: Take up a run that was broken off.
        executor: Where parts are decided; by default on the processors of this machine.
        workers: How many parts at a time; by default as many as there are processors.
        part_rows: Rows in a part.
        progress: Told what is being done, how much of it is done, and of how much.

    Raises:
        CoercivityError: With every fault of the arguments, the header, the column map and the standing block, before
            the first row is read; when the folder holds files that are not ours to replace, or another run; and when
            a run cannot be taken up, the table changes meanwhile, or a file cannot be written.
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
        files = write_results(folder, parts, tally, about, mapping=mapping, book=book, progress=progress)
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
    """Returns the full answer to one row of a table, and what was mended, understood or wrong in it.

    Args:
        asked: Which table, and how it is read.
        row: Number of the row, counted from 1.
        on: Day of the act; by default the row's own.
        known: Day of knowledge; by default the row's own.
        assume: Branches picked for planning.
        law: Which law is asked.

    Raises:
        CoercivityError: As `batch`, and when there is no such row.
    """
    at_least_one({"row": row})
    table = opened(asked)
    plan, book, decider = plan_of(asked, table, law, Times(on, known, assume))
    chunk = next(table.chunks(1, columns=tuple(plan.columns.columns), first=row), None)
    if chunk is None or not chunk.frame.height:
        raise CoercivityError.of("BATCH-ROW", f"there is no row {row:,}", where=asked.name, next="count from 1")
    rows = Rows(readable(chunk.frame, plan.columns.columns), chunk.first, chunk.lines, chunk.broken, chunk.notes)
    told = decider.decide(rows).frame.row(0, named=True)
    said = [text for text in (told["input_error"], told["notes"]) if text]
    if told["input_error"]:
        return None, said
    read = decider.reader.read(rows.frame)
    clocks_of_row = read.days.at(0)
    name = told["id"] or str(row)
    if clocks_of_row is None:
        return answer(book, None, id=name), said
    decision = decide_deal(book, read.facts.deal(0), clocks_of_row[0], known=clocks_of_row[1], assume=plan.assume)
    return answer(book, decision, id=name), said


@dataclass(frozen=True, slots=True)
class _Run:
    """One run over a table, in a folder that is held for it."""

    folder: OutFolder
    asked: TableAsked
    table: TableFile
    stamp: Stamp
    plan: Plan
    book: Rulebook
    part_rows: int
    progress: Progress

    def begin(self, *, resume: bool) -> tuple[dict[str, Any], str, str]:
        """What is known of the run before, the key of the run and the hash of the table."""
        try:
            found = hash_of_file(self.asked.path, lambda done, size: self.progress("input hashed", done, size))
        except OSError as error:
            raise unreadable(self.asked.path, error) from error
        self.stamp.check(self.asked.path)
        key = sha256([found, self.plan.key(self.book), self.part_rows, self.asked.reading, self.table.kind])
        return begin(self.folder.state, key, resume=resume), key, found

    def work(self, known: dict[str, Any], key: str) -> Work:
        """The rows, with what is asked of them; what was laid down before is taken over."""
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
    """The files that a run reads, by what they are."""
    overlays = {f"overlay {number}": source for number, source in enumerate(law.overlays, 1)}
    held = {"table": asked.path, "standing block": asked.standing_file, "column map": asked.mapping, **overlays}
    return {name: source for name, source in held.items() if isinstance(source, Path)}


def _stamp(path: Path) -> Stamp | None:
    """The file as it is before it is opened; nothing where it is not there, as opening it will tell."""
    try:
        return Stamp.of(path)
    except CoercivityError:
        return None


def _note_ids(source: Source, id_column: str | None, state: Path) -> None:
    """Writes down the ids that stand more than once, for the workers to read."""
    import polars as pl

    parts = state / "parts"
    with writing(parts):
        parts.mkdir(parents=True, exist_ok=True)
    twice = pl.Series("id", [], pl.String)
    if id_column is not None and source.rows:
        twice = ids_twice(lambda: source.column(id_column), state / "ids")
    with in_place(parts / TWICE) as draft:
        twice.to_frame().write_parquet(draft)
