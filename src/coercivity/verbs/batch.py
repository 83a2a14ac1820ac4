"""`batch`: a table of any size, an answer a row."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import multiprocessing
import os
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coercivity.base.canonical import sha256
from coercivity.base.errors import CoercivityError, Faults, nearest
from coercivity.base.version import ENGINE_VERSION
from coercivity.desk.batch.outputs import LIVE, write_csv
from coercivity.desk.batch.part import PartDecider
from coercivity.desk.batch.rows import Rows
from coercivity.desk.batch.plan import Plan
from coercivity.desk.batch.run import (
    TWICE,
    PartFiles,
    Work,
    begin,
    clear,
    decide_parts,
    files_of,
    keep,
    merged_readings,
)
from coercivity.desk.batch.staged import Source, source_of, write_whole
from coercivity.desk.batch.tally import About, Tally, merged
from coercivity.desk.batch.twice import distinct_hashes, ids_twice
from coercivity.desk.columns import ColumnMap, check_map, propose, read_map, write_map
from coercivity.desk.deals import standing_of_file
from coercivity.desk.gather import Standing
from coercivity.files.table import Table, open_table
from coercivity.law.decide import decide as judge_deal
from coercivity.law.rulebook import Rulebook
from coercivity.papers.batch_summary import summary_json, summary_lines
from coercivity.papers.batch_tables import write_summary_xlsx, write_xlsx
from coercivity.parties.lists import lists
from coercivity.verbs.answers import Answer, answer
from coercivity.verbs.arguments import PACKED, Clocks, Law, clocks

if TYPE_CHECKING:
    import polars as pl

PART_ROWS = 200_000
SLICE_ROWS = 1 << 19  # of a frame in memory
ALONE_ROWS = 20_000  # up to here other processes cost more than they bring
FORMATS = ("parquet", "csv", "xlsx")
STATE = ".batch"
MAPPING = "mapping.yaml"
OWN_FILES: tuple[str, ...] = ("decisions.csv", "decisions.xlsx", "set-aside.csv", "readings.csv")
OWN_FILES += ("summary.txt", "summary.json", "summary.xlsx")
_LIVE = re.compile(LIVE.replace(r"\x{FEFF}", "\ufeff"))
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class TableAsked:
    """Which table is decided, and how it is read.

    Attributes:
        path: CSV, XLSX, Parquet or Arrow.
        standing: File whose `standing` block holds for every row; by default `standing.yaml` beside the table.
        mapping: A column map made before; by default the columns are recognised by their names.
        on_column: The column that holds the day of the act.
        sheet: Sheet of an XLSX file.
        encoding: Encoding of a CSV file.
        delimiter: Sign between the cells of a CSV file.
        header_rows: How many rows the header has.
    """

    path: Path
    standing: Path | None = None
    mapping: Path | None = None
    on_column: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_rows: int | None = None


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a run over a table gave.

    Attributes:
        folder: Where everything was written.
        files: The files written, by what they are.
        tally: The counts.
        about: Where they come from.
        book: The law by which rows were decided.
    """

    folder: Path
    files: dict[str, Path]
    tally: Tally
    about: About
    book: Rulebook = field(repr=False)


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
            the first row is read; and when a run cannot be taken up or a file cannot be written.
    """
    table = _opened(asked)
    plan, book, _ = _plan(asked, table, law, _Clocks(on, known, assume))
    wanted = _formats(formats, table.kind)
    columns = tuple(plan.columns.columns)
    state = out / STATE
    input_hash = _hash_of_file(asked.path, progress)
    key = sha256([input_hash, plan.key(book), part_rows, _reading(asked), table.kind])
    known_before = begin(state, key, resume=resume)
    write_map(plan.columns, out / MAPPING)
    source = _source(table, columns, part_rows, state, known_before, progress)
    id_column = next((column for column, role in plan.columns.columns.items() if role == "id"), None)
    if not (state / "parts" / TWICE).is_file():
        _note_ids(source, id_column, state)
    keep(state, {"key": key, "rows": source.rows, "staged": source.folder is not None})
    work = Work(source, plan, id_column, state / "parts")
    with _executor(executor, workers, source) as (chosen, count):
        decide_parts(work, chosen, count, lambda done, total: progress("parts decided", done, total))
    parts = [files_of(work.folder, part) for part in range(source.parts)]
    tally = merged(Tally.from_dict(_json(part.tally)) for part in parts)
    about = _about(asked, table, plan, book, input_hash, parts)
    files = _write(out, parts, tally, about, book, wanted, progress)
    clear(state)
    return BatchResult(out, files, tally, about, book)


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
    table = _opened(asked)
    plan, book, decider = _plan(asked, table, law, _Clocks(on, known, assume))
    chunk = next(table.chunks(1, columns=tuple(plan.columns.columns), first=row), None)
    if chunk is None or not chunk.frame.height:
        raise CoercivityError.of("BATCH-ROW", f"there is no row {row:,}", where=asked.path.name, next="count from 1")
    rows = Rows(chunk.frame, chunk.first, chunk.lines, chunk.broken, chunk.notes)
    told = decider.decide(rows).frame.row(0, named=True)
    said = [text for text in (told["input_error"], told["notes"]) if text]
    if told["input_error"]:
        return None, said
    facts, days = decider.facts(rows)
    clocks_of_row = days.at(0)
    name = told["id"] or str(row)
    if clocks_of_row is None:
        return answer(book, None, id=name), said
    decision = judge_deal(book, facts.deal(0), clocks_of_row[0], known=clocks_of_row[1], assume=plan.assume)
    return answer(book, decision, id=name), said


def batch_frame(
    frame: Any,
    *,
    standing: dict[str, Any] | None = None,
    said_by: str = "",
    columns: ColumnMap | None = None,
    on: str | None = None,
    known: str | None = None,
    assume: str | None = None,
    law: Law = PACKED,
    proofs: bool = True,
    workers: int | None = None,
) -> pl.DataFrame:
    """Returns an answer for every row of a frame, in its order.

    Args:
        frame: Any object that speaks Arrow (Polars, pandas, PyArrow, DuckDB...): a column a fact, or as in a table.
        standing: Answers to the standing questions, as in a standing block.
        said_by: Who gave them.
        columns: What the columns stand for; by default they are recognised by their names.
        on: Day for all rows; by default each row's own.
        known: Day of knowledge for all rows.
        assume: Branches picked for planning.
        law: Which law is asked.
        proofs: Give each row its decision hash; without it the answers come faster.
        workers: Threads; by default one for each processor.

    Raises:
        CoercivityError: With every fault of the arguments and of the columns.
    """
    import polars as pl

    table = frame if isinstance(frame, pl.DataFrame) else pl.DataFrame(frame)
    book, faults = law.book(), Faults()
    times = clocks(book, on, known, assume, faults)
    faults.raise_if_any()
    chosen = columns or propose(book, table.columns)
    check_map(chosen, table.columns, on_given=times.on is not None, where="frame", book=book)
    block = Standing(said_by=said_by, facts=standing or {})
    plan = Plan(chosen, block, times.on, times.known, times.assume, law.pack, tuple(law.overlays))
    decider = PartDecider(book, plan, proofs=proofs)
    firsts = range(0, max(table.height, 1), SLICE_ROWS)
    slices = [Rows(table.slice(first, SLICE_ROWS), first + 1, None, {}, {}) for first in firsts]
    if len(slices) == 1:
        return decider.decide(slices[0]).frame
    with ThreadPoolExecutor(workers or len(os.sched_getaffinity(0))) as pool:
        return pl.concat([decided.frame for decided in pool.map(decider.decide, slices)])


@dataclass(frozen=True, slots=True)
class _Clocks:
    on: str | None
    known: str | None
    assume: str | None

    def read(self, book: Rulebook, faults: Faults) -> Clocks:
        return clocks(book, self.on, self.known, self.assume, faults)


def _opened(asked: TableAsked) -> Table:
    return open_table(
        asked.path,
        sheet=asked.sheet,
        encoding=asked.encoding,
        delimiter=asked.delimiter,
        header_rows=asked.header_rows,
    )


def _plan(asked: TableAsked, table: Table, law: Law, times: _Clocks) -> tuple[Plan, Rulebook, PartDecider]:
    """The plan of a run, with every fault of what it is made of told at once."""
    book, faults = law.book(), Faults()
    day = times.read(book, faults)
    columns, standing = ColumnMap(), Standing()
    try:
        columns = (
            read_map(book, asked.mapping)
            if asked.mapping is not None
            else propose(book, table.columns, on_column=asked.on_column)
        )
        check_map(columns, table.columns, on_given=day.on is not None, where=asked.path.name, book=book)
    except CoercivityError as error:
        faults.items.extend(error.faults)
    try:
        beside = asked.path.with_name("standing.yaml")
        block = asked.standing or (beside if beside.is_file() else None)
        standing = standing_of_file(block) if block is not None else standing
    except CoercivityError as error:
        faults.items.extend(error.faults)
    faults.raise_if_any()
    # In the order of the table: the order in which a map names its columns has no say.
    roles = {name: columns.columns[name] for name in table.columns if name in columns.columns}
    columns = replace(columns, columns=roles, unused=tuple(name for name in table.columns if name not in roles))
    plan = Plan(columns, standing, day.on, day.known, day.assume, law.pack, tuple(law.overlays))
    return plan, book, PartDecider(book, plan)  # which tells what is wrong with the standing block and the constants


def _formats(formats: Sequence[str], kind: str) -> tuple[str, ...]:
    faults = Faults()
    for name in formats:
        if name not in FORMATS:
            what = f"{name[:40]!r} is no format of results"
            faults.add("BATCH-FORMAT", what, nearest=nearest(name, FORMATS), next=f"one of {', '.join(FORMATS)}")
    faults.raise_if_any()
    return tuple(dict.fromkeys(formats)) or (kind if kind in FORMATS else "parquet",)


def _reading(asked: TableAsked) -> list[str]:
    return [asked.sheet or "", asked.encoding or "", asked.delimiter or "", str(asked.header_rows or "")]


def _hash_of_file(path: Path, progress: Progress) -> str:
    found, size, done = hashlib.sha256(), path.stat().st_size, 0
    with path.open("rb") as stream:
        while block := stream.read(1 << 24):
            found.update(block)
            done += len(block)
            progress("input hashed", done, size)
    return found.hexdigest()


def _source(
    table: Table, columns: tuple[str, ...], part_rows: int, state: Path, known: dict[str, Any], progress: Progress
) -> Source:
    if known:
        folder = state / "rows" if known["staged"] else None
        return Source(table.path, folder, columns, part_rows, int(known["rows"]))
    return source_of(table, columns, part_rows, state / "rows", lambda done, total: progress("rows read", done, total))


def _note_ids(source: Source, id_column: str | None, state: Path) -> None:
    """Writes down the ids that stand more than once, for the workers to read."""
    import polars as pl

    parts = state / "parts"
    parts.mkdir(parents=True, exist_ok=True)
    twice = pl.Series("id", [], pl.String)
    if id_column is not None and source.rows:
        twice = ids_twice(lambda: source.column(id_column), state / "ids")
    write_whole(parts / TWICE, lambda path: twice.to_frame().write_parquet(path))


@contextmanager
def _executor(executor: Executor | None, workers: int | None, source: Source) -> Iterator[tuple[Executor | None, int]]:
    """The executor that was given, or one of this machine's processes, or none for a small table."""
    count = workers or len(os.sched_getaffinity(0))
    if executor is not None:
        yield executor, count
        return
    if count == 1 or source.rows <= ALONE_ROWS or source.parts == 1:
        yield None, 1
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(count, source.parts), mp_context=context, initializer=end_with_parent)
    try:
        yield pool, count
    except BrokenProcessPool:
        what = "a worker process ended before its part was done, as it does when memory runs out"
        raise CoercivityError.of(
            "BATCH-WORKER", what, next="run it again with --resume, or with fewer --workers"
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def end_with_parent() -> None:
    """Ends this worker when the process that started it ends, also where that was killed."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch(sentinel: int = parent.sentinel) -> None:
        wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _json(path: Path) -> Any:
    return json.loads(path.read_bytes())


def _about(
    asked: TableAsked, table: Table, plan: Plan, book: Rulebook, input_hash: str, parts: Sequence[PartFiles]
) -> About:
    searched = set(plan.standing.lists)
    return About(
        source=asked.path.name,
        input_hash=input_hash,
        pack=book.version,
        pack_hash=book.content_hash,
        engine=ENGINE_VERSION,
        distinct_cases=distinct_hashes(part.seals for part in parts),
        kinds=_kinds(parts),
        columns=dict(plan.columns.columns),
        unused=plan.columns.unused,
        reader_notes=table.notes,
        standing_by=plan.standing.said_by,
        lists=tuple(
            (state.list, f"{state.version}, checked through {state.checked_through_on}", state.completeness)
            for state in lists(book.folder)
            if not searched or state.list in searched
        ),
        error_examples=_examples(parts),
    )


def _kinds(parts: Sequence[PartFiles]) -> int:
    """How many different rulings there are, by what they say: the same with any number of workers."""
    import polars as pl

    names = ["outcome", "finding", "may_become", "rules", "missing"]
    found: set[tuple[Any, ...]] = set()
    for part in parts:
        found |= set(
            pl.read_parquet(part.answers, columns=names, memory_map=False).unique().drop_nulls("outcome").rows()
        )
    return len(found)


def _examples(parts: Sequence[PartFiles]) -> dict[str, str]:
    """The first input error of each code."""
    import polars as pl

    found: dict[str, str] = {}
    for part in parts:
        frame = pl.read_parquet(part.answers, columns=["row", "input_error"], memory_map=False).drop_nulls(
            "input_error"
        )
        for row, text in frame.iter_rows():
            found.setdefault(text.partition(":")[0], f"row {row}: {text}")
    return found


def _write(
    out: Path,
    parts: Sequence[PartFiles],
    tally: Tally,
    about: About,
    book: Rulebook,
    formats: Sequence[str],
    progress: Progress,
) -> dict[str, Path]:
    _no_older(out)
    answers = [part.answers for part in parts]
    files = {"mapping": out / MAPPING}
    steps = len(formats) + 3
    for done, name in enumerate(formats):
        progress("results written", done, steps)
        if name == "csv":
            files["decisions"] = out / "decisions.csv"
            write_csv(answers, files["decisions"])
        elif name == "xlsx":
            files["workbook"] = out / "decisions.xlsx"
            write_xlsx(answers, files["workbook"], tally, about, book=book)
    files["summary"], files["summary_json"] = out / "summary.txt", out / "summary.json"
    text = "".join(f"{line}\n" for line in summary_lines(tally, about, book))
    write_whole(files["summary"], lambda path: path.write_text(text, encoding="utf-8"))
    write_whole(files["summary_json"], lambda path: path.write_bytes(summary_json(tally, about)))
    if "xlsx" not in formats:
        files["summary_xlsx"] = out / "summary.xlsx"
        write_summary_xlsx(files["summary_xlsx"], tally, about, book=book)
    files["set_aside"] = out / "set-aside.csv"
    write_csv([part.aside for part in parts], files["set_aside"])
    files["readings"] = out / "readings.csv"
    write_whole(files["readings"], lambda path: path.write_bytes(_readings(parts)))
    if "parquet" in formats:
        files["parquet"] = out / "decisions"
        _moved(answers, files["parquet"])
    progress("results written", steps, steps)
    return files


def _readings(parts: Sequence[PartFiles]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(["column", "text", "read_as", "rows"])
    for column, text, said, rows in merged_readings(parts):
        writer.writerow([_dead(column), _dead(text), _dead(said), rows])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _dead(text: str) -> str:
    return f"'{text}" if _LIVE.search(text) else text


def _no_older(out: Path) -> None:
    """Removes what an earlier run left in the folder, and nothing else."""
    for name in OWN_FILES:
        (out / name).unlink(missing_ok=True)
    folder = out / "decisions"
    for path in sorted(folder.glob("part-*.parquet")):
        path.unlink()
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _moved(answers: Sequence[Path], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in answers:
        os.replace(path, folder / path.name)
