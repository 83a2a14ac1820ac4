"""What every reader hands out: chunks of rows, each row with its place in the file and what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from coercivity.base.errors import CoercivityError, Fault, Faults, brief_value, nearest

if TYPE_CHECKING:
    import polars as pl

MOST_COLUMNS = 500
LONGEST_CELL = 131_072
LONGEST_LINE = 1 << 20
NO_TABLE = 1_000  # rows in a chunk, all of them broken, from which on a file is no table


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows of a table that follow each other.

    Attributes:
        first: The number of the first data row in it, counted from 1 over the table.
        frame: The columns asked for, in the order of the table; text where the file is CSV or XLSX, null where a
            cell is empty.
        lines: The line (CSV) or sheet row (XLSX) of every row; none for Parquet and Arrow.
        broken: What is wrong with a row as a row, by its place in the chunk, counted from 0.
        notes: What was put right in a row, by its place in the chunk.
    """

    first: int
    frame: pl.DataFrame
    lines: Sequence[int] | None
    broken: Mapping[int, Fault]
    notes: Mapping[int, tuple[str, ...]]


Reader = Callable[[int, tuple[str, ...], int], Iterator[Chunk]]


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table in a file, opened and understood, with no row kept.

    Attributes:
        path: The file.
        kind: csv, xlsx, parquet or arrow.
        columns: The names of the columns, each once.
        notes: What was found and taken for granted: encoding, delimiter, header, sheet.
        rows: The number of data rows, where the file tells it (Parquet, Arrow).
        reader: Reads chunks; takes the rows of a chunk, the columns, and the first row.
        nested: The columns that hold lists or records, which no chunk can carry.
    """

    path: Path
    kind: str
    columns: tuple[str, ...]
    notes: tuple[str, ...]
    rows: int | None
    reader: Reader = field(repr=False)
    nested: tuple[str, ...] = ()

    def chunks(self, rows: int, *, columns: Sequence[str] | None = None, first: int = 1) -> Iterator[Chunk]:
        """Reads the table in chunks.

        Args:
            rows: Rows in a chunk; only the last one has fewer.
            columns: The columns to read; all when none are named.
            first: The number of the data row to begin with. Parquet and Arrow files jump there.

        Returns:
            The chunks, in the order of the file.

        Raises:
            CoercivityError: When a column does not exist or is nested, or the file turns out to be damaged.
        """
        faults = Faults()
        if rows < 1 or first < 1:
            faults.add("TABLE-RANGE", f"rows ({rows}) and first ({first}) are counted from 1")
        wanted = tuple(self.columns if columns is None else dict.fromkeys(columns))
        for name in wanted:
            if name not in self.columns:
                faults.add(
                    "TABLE-COLUMN",
                    f"there is no column {brief_value(name)}",
                    where=str(self.path),
                    nearest=nearest(name, self.columns),
                    next="take one of the columns of the table",
                )
            elif name in self.nested:
                faults.add(
                    "TABLE-NESTED",
                    f"the column {brief_value(name)} holds lists or records; a cell must hold one value",
                    where=str(self.path),
                    next="leave the column out, or write the file again with one value a cell",
                )
        faults.raise_if_any()
        chosen = set(wanted)
        return _told(self.path, self.reader(rows, tuple(name for name in self.columns if name in chosen), first))


def _told(path: Path, chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """Yields the chunks, and tells of a file that goes away, cannot be read any more, or is no table at all."""
    try:
        for chunk in chunks:
            if len(chunk.broken) == chunk.frame.height >= NO_TABLE:
                first = chunk.broken[0]
                what = (
                    f"none of {chunk.frame.height:,} rows from row {chunk.first:,} on is a row; the first: {first.what}"
                )
                raise damaged(path, what, next="export the file again, or name its delimiter and encoding")
            yield chunk
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> CoercivityError:
    """Returns the error for a file that the system does not let us read."""
    reason = os.strerror(error.errno) if error.errno else type(error).__name__
    return CoercivityError.of(
        "TABLE-FILE",
        f"the file cannot be read: {reason.lower()}",
        where=str(path),
        next="check the name and the rights of the file",
    )


def broken_row(what: str, *, where: str, next: str = "mend the row in the file; it is kept as broken") -> Fault:
    """Returns the fault of a row that cannot be read as a row."""
    return Fault("ROW-FORM", what, where, (), next)


def damaged(path: Path, what: str, *, next: str = "export the file again") -> CoercivityError:
    """Returns the error for a file whose content breaks off or contradicts itself."""
    return CoercivityError.of("TABLE-DAMAGED", what, where=str(path), next=next)
