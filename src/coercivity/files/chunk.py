"""The result of every reader: chunks of rows, each row with its location in the file and any error in it."""

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
NO_TABLE = 1_000  # a chunk of this many rows, all unreadable, means that the file is not a table


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive rows of a table.

    Attributes:
        first: Number of its first data row, counted from 1 over the table.
        frame: The requested columns, in the order of the table; text for CSV and XLSX, null for an empty
            cell.
        lines: Line (CSV) or sheet row (XLSX) of every row; empty for Parquet and Arrow.
        broken: Errors of whole rows, by position in the chunk, counted from 0.
        notes: Corrections made in a row, by position in the chunk.
    """

    first: int
    frame: pl.DataFrame
    lines: Sequence[int] | None
    broken: Mapping[int, Fault]
    notes: Mapping[int, tuple[str, ...]]


Reader = Callable[[int, tuple[str, ...], int], Iterator[Chunk]]


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table file that was opened and whose structure is known; no rows are kept.

    Attributes:
        path: The file.
        kind: csv, xlsx, parquet or arrow.
        columns: Names of the columns, without duplicates.
        notes: What was detected: encoding, delimiter, header, sheet.
        rows: Number of data rows, if the file states it (Parquet, Arrow).
        reader: Reads chunks; takes the rows per chunk, the columns and the first row.
        nested: Columns with lists or records, which a chunk cannot contain.
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
            rows: Rows per chunk; only the last chunk has fewer.
            columns: Columns to read. Default: all.
            first: Number of the first data row. Parquet and Arrow files seek to it.

        Returns:
            The chunks, in the order of the file.

        Raises:
            CoercivityError: If a column does not exist or is nested, or the file turns out to be damaged.
        """
        faults = Faults()
        if rows < 1 or first < 1:
            faults.add("TABLE-RANGE", f"rows ({rows}) and first ({first}) must be 1 or more")
        wanted = tuple(self.columns if columns is None else dict.fromkeys(columns))
        for name in wanted:
            if name not in self.columns:
                faults.add(
                    "TABLE-COLUMN",
                    f"column {brief_value(name)} not found",
                    where=str(self.path),
                    nearest=nearest(name, self.columns),
                    next="use one of the columns of the table",
                )
            elif name in self.nested:
                faults.add(
                    "TABLE-NESTED",
                    f"column {brief_value(name)} contains lists or records; expected one value per cell",
                    where=str(self.path),
                    next="remove the column, or save the file with one value per cell",
                )
        faults.raise_if_any()
        chosen = set(wanted)
        return _told(self.path, self.reader(rows, tuple(name for name in self.columns if name in chosen), first))


def _told(path: Path, chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """Yields the chunks, and reports a file that disappears, becomes unreadable or is not a table."""
    try:
        for chunk in chunks:
            if len(chunk.broken) == chunk.frame.height >= NO_TABLE:
                first = chunk.broken[0]
                what = f"no row of {chunk.frame.height:,} from row {chunk.first:,} is readable; first: {first.what}"
                raise damaged(path, what, next="export the file again, or name its delimiter and encoding")
            yield chunk
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> CoercivityError:
    """Returns the error for a file that the system refuses to open."""
    reason = os.strerror(error.errno) if error.errno else type(error).__name__
    return CoercivityError.of(
        "TABLE-FILE",
        f"cannot read the file: {reason.lower()}",
        where=str(path),
        next="check the file name and permissions",
    )


def broken_row(what: str, *, where: str, next: str = "correct the row in the file") -> Fault:
    """Returns the error for a row that cannot be read."""
    return Fault("ROW-FORM", what, where, (), next)


def damaged(path: Path, what: str, *, next: str = "export the file again") -> CoercivityError:
    """Returns the error for a file that is truncated or corrupt."""
    return CoercivityError.of("TABLE-DAMAGED", what, where=str(path), next=next)
