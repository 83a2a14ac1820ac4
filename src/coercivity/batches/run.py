"""A run over a table: part by part, on any executor; it can be killed and resumed at any time.

Progress is kept in files: a part is written completely or not at all, and depends only on its rows and the plan. So a
resumed run, and one with more or fewer workers, writes the same bytes.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING

from coercivity.base.canonical import canonical_json
from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.json_types import Json
from coercivity.batches.judge.part import PartDecider
from coercivity.batches.plan import Plan
from coercivity.batches.stage.duplicates import marked
from coercivity.batches.stage.staging import Progress, Source, name_of, readable
from coercivity.batches.tally import Tally
from coercivity.files.write.whole import in_place, part_of, unwritten, write_file, writing
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.overlay import read_overlays
from coercivity.law.rules.rulebook import Rulebook, with_party_files, with_word_files

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

STATE = "run.json"
SCHEMA = "coercivity-batch-run-1"
TWICE = "twice.parquet"
SUFFIXES = ("parquet", "json", "npy", "readings.json", "aside")  # in the order of `PartFiles`
MOST_AHEAD = 2  # parts queued per worker


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker needs to decide one part; can be sent to another process.

    Attributes:
        source: The rows.
        plan: What applies to every row.
        id_column: Column with the ids, if there is one.
        folder: Folder of the results, with the list of duplicate ids.
    """

    source: Source
    plan: Plan
    id_column: str | None
    folder: Path


@dataclass(frozen=True, slots=True)
class PartFiles:
    """The files of a finished part."""

    answers: Path
    tally: Path
    seals: Path
    readings: Path
    aside: Path

    @property
    def there(self) -> bool:
        """Whether all of them exist; the results are written last."""
        return self.answers.is_file()


def files_of(folder: Path, part: int) -> PartFiles:
    """Returns the files of a part."""
    return PartFiles(*(folder / name_of(part, suffix) for suffix in SUFFIXES))


def book_of(plan: Plan) -> Rulebook:
    """Returns the rulebook of a plan."""
    book = load_rulebook(plan.pack, read_overlays(plan.overlays))
    book = with_word_files(book, plan.words)
    return with_party_files(book, plan.parties.unchanged(plan.parties_key))


def decide_part(work: Work, part: int) -> None:
    """Decides one part and writes its files.

    Args:
        work: What to decide.
        part: Number of the part, counted from 0.

    Raises:
        CoercivityError: If the table was changed, the part cannot be read, or the disk is full.
    """
    files = files_of(work.folder, part)
    decider = _decider(work.plan.key(book_of(work.plan)), HiddenPlan(work.plan))
    rows = work.source.rows_of(part)
    rows = replace(rows, frame=readable(rows.frame, work.plan.columns.columns))
    if work.id_column is not None:
        twice = _twice(work.folder / TWICE)
        rows = rows.with_twice(marked(rows.frame[work.id_column], twice))
    decided = decider.decide(rows)
    mass_kg = [None if isnan(m) else m for m in decided.mass_kg.tolist()]
    tally = Tally.of(decided.frame, mass_kg=mass_kg, names=decided.names)
    readings = [[*key, count] for key, count in sorted(decided.readings.items())]
    write_file(files.tally, canonical_bytes(tally.as_dict()))
    with in_place(files.seals) as draft:
        _save(draft, decided.seals)
    write_file(files.readings, canonical_bytes(readings))
    with in_place(files.aside) as draft:
        set_aside(rows.frame, decided.frame).write_parquet(draft)
    with in_place(files.answers) as draft:
        decided.frame.write_parquet(draft, compression="zstd", compression_level=1)


def _twice(path: Path) -> pl.Series:
    import polars as pl

    try:
        return pl.read_parquet(path, glob=False, memory_map=False)["id"]
    except (OSError, pl.exceptions.PolarsError):
        what = "the list of duplicate ids is missing or damaged"
        raise CoercivityError.of("PART", what, where=str(path), next="run again without `--resume`") from None


def decide_part_told(work: Work, part: int) -> tuple[Fault, ...]:
    """Decides one part and returns its errors: faults can be sent to another process, exceptions cannot.

    Args:
        work: What to decide.
        part: Number of the part, counted from 0.
    """
    try:
        decide_part(work, part)
    except CoercivityError as error:
        return error.faults
    except OSError as error:
        return unwritten(work.folder, error.strerror or str(error)).faults
    return ()


def set_aside(cells: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """Returns the rows that could not be decided, each with its error and its own cells, as text."""
    import polars as pl

    wrong = answers["input_error"].is_not_null()
    told = answers.select("row", "line", "input_error").filter(wrong)
    own = cells.filter(wrong).select(pl.all().cast(pl.String, strict=False).name.map(lambda name: f"cell {name}"))
    return pl.concat([told, own], how="horizontal")


def canonical_bytes(value: object) -> bytes:
    """Returns plain data as JSON with sorted keys; numbers may have fractions here."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _save(path: Path, values: NDArray[np.uint64]) -> None:
    import numpy as np

    with path.open("wb") as stream:
        np.save(stream, values)


class HiddenPlan:
    """A plan that is excluded from the cache key."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HiddenPlan)


@lru_cache(maxsize=2)
def _decider(key: str, hidden: HiddenPlan) -> PartDecider:
    """Returns the decider of this process for a plan, kept between parts."""
    return PartDecider(book_of(hidden.plan), hidden.plan)


def is_ours(folder: Path) -> bool:
    """Returns whether a folder is the state of a run, or contains nothing that a run could lose."""
    if not folder.exists() and not folder.is_symlink():
        return True
    if not folder.is_dir() or folder.is_symlink():
        return False
    return known_of(folder) is not None or {path.name for path in folder.iterdir()} <= {part_of(folder / STATE).name}


def known_of(folder: Path) -> dict[str, Json] | None:
    """Returns what a run recorded about itself in a folder; None if there is no record."""
    try:
        known = json.loads((folder / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return known if isinstance(known, dict) and known.get("schema") == SCHEMA else None


def begin(folder: Path, key: str, *, resume: bool) -> dict[str, Json]:
    """Prepares the folder of a run and returns its record; empty for a new run.

    Args:
        folder: Folder in which the run keeps its state; it exists and is locked by this run.
        key: Hash over the input and everything that affects the results.
        resume: Whether to resume what is there.

    Raises:
        CoercivityError: If the folder has the state of another run, or cannot be written.
    """
    known = known_of(folder) if resume else None
    if known is not None:
        if known.get("key") != key:
            raise CoercivityError.of(
                "BATCH-RESUME",
                "this folder contains a different run: the table, column mapping, compliance declarations, a date, the "
                "rulebook or the program version differs",
                where=folder.parent.name,
                next="run without --resume, or into another folder",
            )
        if "rows" in known:
            return known
    keep(folder, {"key": key})  # before anything is deleted, so that the folder never looks like another run's
    with writing(folder):
        _clear(folder, {STATE})
    return {}


def keep(folder: Path, known: dict[str, Json]) -> None:
    """Writes the record of a run."""
    write_file(folder / STATE, canonical_json({"schema": SCHEMA, **known}))


def decide_parts(work: Work, executor: Executor | None, workers: int, progress: Progress) -> None:
    """Decides the parts that are not finished yet.

    Args:
        work: What to decide.
        executor: Runs the parts; None runs them in this process, one after another.
        workers: Number of parts it runs at a time.
        progress: Called with the number of parts done and the total.

    Raises:
        CoercivityError: If the table was changed, a part cannot be read, or the disk is full.
    """
    parts = work.source.parts
    left = [part for part in range(parts) if not files_of(work.folder, part).there]
    done = parts - len(left)
    progress(done, parts)
    if executor is None:
        for part in left:
            if faults := decide_part_told(work, part):
                raise CoercivityError(faults)
            done += 1
            progress(done, parts)
        return
    waiting: set[Future[tuple[Fault, ...]]] = set()
    todo = iter(left)
    try:
        for part in todo:
            waiting.add(executor.submit(decide_part_told, work, part))
            if len(waiting) >= workers * MOST_AHEAD:
                waiting, done = _some(waiting, done)
                progress(done, parts)
        while waiting:
            waiting, done = _some(waiting, done)
            progress(done, parts)
    except BaseException:
        for future in waiting:
            future.cancel()
        raise


def _some(waiting: set[Future[tuple[Fault, ...]]], done: int) -> tuple[set[Future[tuple[Fault, ...]]], int]:
    """Waits for at least one part; the error of a worker is raised here."""
    finished, left = wait(waiting, return_when=FIRST_COMPLETED)
    for future in finished:
        if faults := future.result():
            raise CoercivityError(faults)
    return set(left), done + len(finished)


def merged_readings(files: Iterable[PartFiles]) -> Iterator[tuple[str, str, str, int]]:
    """Yields how words were interpreted, with the number of rows of the whole table, sorted."""
    counts: dict[tuple[str, str, str], int] = {}
    for part in files:
        for column, text, said, rows in json.loads(part.readings.read_bytes()):
            counts[(column, text, said)] = counts.get((column, text, said), 0) + rows
    yield from ((*key, count) for key, count in sorted(counts.items()))


def clear(folder: Path) -> None:
    """Removes the state of a finished run."""
    with suppress(OSError):
        _clear(folder, {STATE})
        (folder / STATE).unlink()


def _clear(folder: Path, but: set[str]) -> None:
    for path in sorted(folder.iterdir()):
        if path.name in but:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
