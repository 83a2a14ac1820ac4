"""A table judged under the rulebooks of a draft: part by part, on any executor, each row read once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from coercivity.base.errors import CoercivityError, Fault
from coercivity.batches.impact.part import MOVED_COLUMNS, ImpactPart, LicenceLink
from coercivity.batches.impact.sides import sides_of
from coercivity.batches.impact.sums import Cell, Key, Ledger
from coercivity.batches.in_order import in_order
from coercivity.batches.plan import Plan
from coercivity.batches.run import book_of
from coercivity.batches.stage.staging import Progress, Source, name_of, readable
from coercivity.data.input import Input
from coercivity.files.write.whole import in_place, unwritten
from coercivity.law.rules.rulebook import Rulebook

if TYPE_CHECKING:
    import polars as pl

MOST_NOT_IN_TABLE = 1_000  # licences that deals name and the table of licences lacks, listed


@dataclass(frozen=True, slots=True)
class ImpactWork:
    """What a worker needs to judge one part; can be sent to another process.

    Attributes:
        source: The rows.
        plan: What applies to every row, with the draft.
        base: The user-supplied notices that both rulebooks contain.
        changed: Ids of the clauses that are new in the draft, or whose status differs on some date.
        link: How deals and licences are linked; None without a column of licences.
        folder: Folder for the rows that move, one file per part; None if only the first ones are wanted.
        most: Number of these that are returned.
        reuse: Whether rulings that are provably the same are worked out once.
    """

    source: Source
    plan: Plan
    base: tuple[Input, ...]
    changed: frozenset[str]
    link: LicenceLink | None
    folder: Path | None
    most: int
    reuse: bool = True

    def key(self) -> str:
        """Returns what the work of two parts has in common."""
        return self.plan.key(self.drafted())

    def drafted(self) -> Rulebook:
        """Returns the rulebook with the draft."""
        return self.plan.abroad[0].book() if self.plan.abroad else book_of(self.plan)

    def bare(self) -> Rulebook:
        """Returns the rulebook without the draft."""
        if self.plan.abroad:
            return replace(self.plan.abroad[0], overlays=self.base).book()
        return book_of(replace(self.plan, overlays=self.base))


@dataclass(frozen=True, slots=True)
class PartSums:
    """What is found in a part.

    Attributes:
        first: The first rows that move.
        moved: Number of rows that move.
    """

    cells: dict[Key, Cell]
    named: dict[str, int]
    first: pl.DataFrame
    moved: int


@dataclass(slots=True)
class Found:
    """What is found in a table.

    Attributes:
        named: Number of deals by each licence that they name and the table of licences lacks; a blank is no licence.
        first: The first rows that move.
        more: Number of deals whose licence is not listed in `named`.
    """

    ledger: Ledger = field(default_factory=Ledger)
    named: Counter[str] = field(default_factory=Counter)
    first: list[pl.DataFrame] = field(default_factory=list)
    moved: int = 0
    more: int = 0

    def add(self, part: PartSums, most: int) -> None:
        """Adds what is found in the next part."""
        self.ledger.add(part.cells)
        if self.moved < most:
            self.first.append(part.first.head(most - self.moved))
        self.moved += part.moved
        for name, rows in sorted(part.named.items()):
            if name in self.named or not name or len(self.named) <= MOST_NOT_IN_TABLE:
                self.named[name] += rows
            else:
                self.more += rows


def judge_part(work: ImpactWork, part: int) -> PartSums | tuple[Fault, ...]:
    """Judges one part; returns errors, because exceptions cannot be sent to another process.

    Args:
        work: What to judge.
        part: Number of the part, counted from 0.
    """
    try:
        rows = work.source.rows_of(part)
        rows = replace(rows, frame=readable(rows.frame, work.plan.columns.columns))
        found = _judge(work.key(), _Hidden(work)).judged(rows)
        if work.folder is not None:
            with in_place(work.folder / name_of(part)) as draft:
                found.moved.write_parquet(draft, compression="zstd", compression_level=1)
        return PartSums(dict(found.cells), dict(found.named), found.moved.head(work.most), found.moved.height)
    except CoercivityError as error:
        return error.faults
    except OSError as error:
        return unwritten(work.folder or work.source.table, error.strerror or str(error)).faults


class _Hidden:
    """Work that is excluded from the cache key."""

    def __init__(self, work: ImpactWork) -> None:
        self.work = work

    def __hash__(self) -> int:
        return hash((self.work.base, self.work.reuse))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hidden) and (other.work.base, other.work.reuse, other.work.link) == (
            self.work.base,
            self.work.reuse,
            self.work.link,
        )


@lru_cache(maxsize=2)
def _judge(key: str, hidden: _Hidden) -> ImpactPart:
    """Returns the judge of this process for some work, kept between parts."""
    work = hidden.work
    sides = sides_of(work.bare(), work.drafted())
    return ImpactPart(sides, work.plan, work.changed, work.link, reuse=work.reuse)


def judge_parts(work: ImpactWork, executor: Executor | None, workers: int, progress: Progress) -> Found:
    """Judges all parts and adds up what is found, in the order of the parts.

    Args:
        work: What to judge.
        executor: Runs the parts; None runs them in this process, one after another.
        workers: Number of parts it runs at a time.
        progress: Called with the number of parts done and the total.

    Raises:
        CoercivityError: If the table was changed, a part cannot be read, or the disk is full.
    """
    parts, found = work.source.parts, Found()
    progress(0, parts)
    for part, result in enumerate(in_order(judge_part, work, parts, executor, workers)):
        if not isinstance(result, PartSums):
            raise CoercivityError(result)
        found.add(result, work.most)
        progress(part + 1, parts)
    return found


def moved_parts(work: ImpactWork) -> list[Path]:
    """Returns the files of the rows that move, in the order of the table."""
    return [] if work.folder is None else [work.folder / name_of(part) for part in range(work.source.parts)]


__all__ = ["MOVED_COLUMNS", "Found", "ImpactWork", "PartSums", "judge_part", "judge_parts", "moved_parts"]
