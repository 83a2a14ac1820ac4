"""A table judged under several laws: part by part, on any executor."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from coercivity.base.errors import CoercivityError, Fault
from coercivity.batches.in_order import in_order
from coercivity.batches.jurisdictions.part import SidesDecider
from coercivity.batches.jurisdictions.tally import SidesTally
from coercivity.batches.plan import Plan
from coercivity.batches.run import HiddenPlan, book_of
from coercivity.batches.stage.staging import Progress, Source, name_of, readable
from coercivity.files.write.whole import in_place, unwritten


@dataclass(frozen=True, slots=True)
class SidesWork:
    """What a worker needs to decide one part; can be sent to another process.

    Attributes:
        source: The rows.
        plan: What applies to every row, with the laws of other jurisdictions.
        labels: Codes of the laws.
        folder: Folder of the results, one file per part.
    """

    source: Source
    plan: Plan
    labels: tuple[str, ...]
    folder: Path


def decide_sides(work: SidesWork, part: int) -> SidesTally | tuple[Fault, ...]:
    """Decides one part, writes its results and returns its counts, or errors: an exception cannot be sent on.

    Args:
        work: What to decide.
        part: Number of the part, counted from 0.
    """
    try:
        rows = work.source.rows_of(part)
        rows = replace(rows, frame=readable(rows.frame, work.plan.columns.columns))
        found = _decider(work.plan.key(book_of(work.plan)), work.labels, HiddenPlan(work.plan)).decide(rows)
        with in_place(work.folder / name_of(part)) as draft:
            found.frame.write_parquet(draft, compression="zstd", compression_level=1)
        return found.tally
    except CoercivityError as error:
        return error.faults
    except OSError as error:
        return unwritten(work.folder, error.strerror or str(error)).faults


@lru_cache(maxsize=2)
def _decider(key: str, labels: tuple[str, ...], hidden: HiddenPlan) -> SidesDecider:
    """Returns the decider of this process for a plan, kept between parts."""
    return SidesDecider(hidden.plan, labels)


def decide_all_sides(work: SidesWork, executor: Executor | None, workers: int, progress: Progress) -> SidesTally:
    """Decides all parts and returns the counts.

    Args:
        work: What to decide.
        executor: Runs the parts; None runs them in this process, one after another.
        workers: Number of parts it runs at a time.
        progress: Called with the number of parts done and the total.

    Raises:
        CoercivityError: If the table was changed, a part cannot be read, or the disk is full.
    """
    parts, found = work.source.parts, SidesTally(by_law={label: Counter() for label in work.labels})
    progress(0, parts)
    for done, tally in enumerate(in_order(decide_sides, work, parts, executor, workers)):
        if not isinstance(tally, SidesTally):
            raise CoercivityError(tally)
        found.add(tally)
        progress(done + 1, parts)
    return found
