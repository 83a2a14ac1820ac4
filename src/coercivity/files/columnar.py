"""Reads Parquet and Arrow files with their own types; reading a chunk reads only its rows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from coercivity.base.errors import CoercivityError
from coercivity.files.arrowbatches import Batches
from coercivity.files.bounds import check_text, text_bytes, too_long
from coercivity.files.chunk import LONGEST_CELL, MOST_COLUMNS, Chunk, TableFile, broken_row, damaged
from coercivity.files.parquetpages import Pages, read_pages

if TYPE_CHECKING:
    import polars as pl

T = TypeVar("T")
_MOST_STREAM = 2 << 30


def open_columnar(path: Path, kind: str, *, notes: tuple[str, ...]) -> TableFile:
    """Opens a Parquet or Arrow file.

    Args:
        path: The file.
        kind: parquet, arrow, or arrow stream.
        notes: Notes collected so far.

    Returns:
        The table.

    Raises:
        CoercivityError: If the file is damaged, has no rows or too many columns.
    """
    _must_be_whole(path, kind)
    pieces = read_pages(path) if kind == "parquet" else Batches(path, stream=kind == "arrow stream")
    schema, rows = _guarded(path, lambda: _facts(path, kind))
    if len(schema) > MOST_COLUMNS:
        raise CoercivityError.of(
            "TABLE-COLUMNS",
            f"the table has {len(schema):,} columns; the limit is {MOST_COLUMNS}",
            where=str(path),
            next="remove columns that are not needed",
        )
    if not schema or not rows:
        raise CoercivityError.of("TABLE-EMPTY", "the file has no rows", where=str(path), next="export the table again")
    nested = tuple(name for name, kind in schema.items() if kind.is_nested() or kind.is_object())
    if kind == "arrow stream":
        notes = (*notes, "Arrow stream, read in one piece")

    def reader(size: int, wanted: tuple[str, ...], first: int) -> Iterator[Chunk]:
        return _chunks(_Source(path, kind, rows, pieces), wanted, size, first)

    name = "arrow" if kind == "arrow stream" else kind
    return TableFile(path, name, tuple(schema), notes, rows, reader, nested)


def _must_be_whole(path: Path, kind: str) -> None:
    """Raises CoercivityError if the file does not end correctly, before another reader relies on its numbers."""
    size = path.stat().st_size
    if kind == "arrow stream":
        if size > _MOST_STREAM:
            raise damaged(path, "Arrow stream of more than 2 GB", next="save it as an Arrow file or as Parquet")
        return
    mark = b"PAR1" if kind == "parquet" else b"ARROW1"
    with path.open("rb") as file:
        file.seek(max(0, size - len(mark) - 4))
        end = file.read()
    if size < 2 * len(mark) + 4 or not end.endswith(mark):
        raise damaged(
            path, f"the {kind.title()} file is truncated: its end marker is missing", next="write the file again"
        )
    length = int.from_bytes(end[:4], "little", signed=True)
    if not 0 < length <= size - 2 * len(mark) - 4:
        raise damaged(
            path, f"the {kind.title()} file is damaged: the length of its footer is invalid", next="write it again"
        )


def _facts(path: Path, kind: str) -> tuple[dict[str, pl.DataType], int]:
    """Returns the columns with their types, and the number of rows."""
    import polars as pl

    if kind == "arrow stream":
        frame = pl.read_ipc_stream(path)
        return dict(frame.schema), frame.height
    lazy = _scan(path, kind)
    return dict(lazy.collect_schema()), int(lazy.select(pl.len()).collect().item())


def _scan(path: Path, kind: str) -> pl.LazyFrame:
    """Returns the file as a lazy query."""
    import polars as pl

    name = os.fspath(path)
    if kind == "parquet":
        return pl.scan_parquet(name, glob=False, hive_partitioning=False)
    return pl.scan_ipc(name, glob=False, hive_partitioning=False)


@dataclass(frozen=True, slots=True)
class _Source:
    """An opened file."""

    path: Path
    kind: str
    rows: int
    pieces: Pages | Batches


def _chunks(source: _Source, wanted: tuple[str, ...], size: int, first: int) -> Iterator[Chunk]:
    """Yields the chunks, starting with the given row."""
    import polars as pl

    path, kind = source.path, source.kind
    whole = None
    if kind == "arrow stream":
        whole = _guarded(path, lambda: pl.read_ipc_stream(path, columns=list(wanted))).lazy()
    for start in range(first - 1, source.rows, size):
        count = min(size, source.rows - start)
        if isinstance(source.pieces, Pages):
            source.pieces.check(start, start + count, wanted)
        else:
            source.pieces.check(start, start + count)
        lazy = _scan(path, kind) if whole is None else whole
        frame = _guarded(path, lazy.select(wanted).slice(start, count).collect)
        if frame.height != count:
            raise damaged(path, f"rows from {start + 1:,} onwards are missing", next="write the file again")
        yield _bounded(path, start + 1, frame)


def _bounded(path: Path, first: int, frame: pl.DataFrame) -> Chunk:
    """Returns the rows as a chunk; too-long cells are dropped and their rows marked unreadable, as in other files."""
    import polars as pl

    long = too_long(frame, LONGEST_CELL)
    if long:
        kept = pl.int_range(frame.height).is_in(long).not_()
        frame = frame.with_columns(pl.when(kept).then(pl.all()))
    check_text(path, first, frame.height, text_bytes(frame))
    what = f"a cell is longer than {LONGEST_CELL:,} bytes"
    broken = {place: broken_row(what, where=f"{path}, row {first + place}") for place in long}
    return Chunk(first, frame, None, broken, {})


def _guarded(path: Path, act: Callable[[], T]) -> T:
    """Runs a reader and turns any error it reports into a CoercivityError."""
    import polars as pl

    try:
        return act()
    except (pl.exceptions.PolarsError, OSError, ValueError, OverflowError, MemoryError) as error:
        raise _unreadable(path, str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _unreadable(path, "its parts contradict each other") from error


def _unreadable(path: Path, why: str) -> CoercivityError:
    """Returns the error for a file that its reader could not read."""
    first = why.strip().splitlines()[0][:120] if why.strip() else "no reason given"
    return damaged(path, f"the file is damaged or its format is not supported ({first})", next="write the file again")
