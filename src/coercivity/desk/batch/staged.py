"""Where the rows of a part come from: the table, or rows staged from a file that has to be read from its start."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coercivity.base.errors import Fault
from coercivity.desk.batch.part import Rows
from coercivity.files.chunk import Chunk, Table
from coercivity.files.table import open_table

if TYPE_CHECKING:
    import polars as pl

LINE, BROKEN, MENDED = "\0line", "\0broken", "\0mended"  # no column of a file has such a name
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of a table by part.

    Attributes:
        table: The file.
        folder: Where its rows are staged; None where parts are read from the file itself.
        columns: The columns that are read.
        part_rows: Rows in a part; only the last one has fewer.
        rows: Rows of the table.
    """

    table: Path
    folder: Path | None
    columns: tuple[str, ...]
    part_rows: int
    rows: int

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return -(-self.rows // self.part_rows)

    def rows_of(self, part: int) -> Rows:
        """Returns the rows of a part, counted from 0."""
        import polars as pl

        first = part * self.part_rows + 1
        if self.folder is None:
            table = open_table(self.table)
            chunk = next(table.chunks(self.part_rows, columns=self.columns, first=first))
            return _rows(chunk)
        frame = pl.read_parquet(self.folder / name_of(part), memory_map=False)
        return _unstaged(frame, first, self.columns)

    def column(self, name: str) -> Iterator[pl.Series]:
        """Yields one column part by part."""
        import polars as pl

        if self.folder is None:
            for chunk in open_table(self.table).chunks(self.part_rows, columns=[name]):
                yield chunk.frame[name]
            return
        for part in range(self.parts):
            yield pl.read_parquet(self.folder / name_of(part), columns=[name], memory_map=False)[name]


def name_of(part: int, suffix: str = "parquet") -> str:
    """Returns the name of the file of a part."""
    return f"part-{part + 1:05d}.{suffix}"


def source_of(table: Table, columns: tuple[str, ...], part_rows: int, folder: Path, progress: Progress) -> Source:
    """Returns the rows of a table by part; those of a file without an index are staged in a folder first.

    Args:
        table: The table, opened.
        columns: The columns that are read.
        part_rows: Rows in a part.
        folder: Where rows are staged, if need be.
        progress: Told how many bytes or rows are done, of how many.
    """
    if table.rows is not None and table.kind in ("parquet", "arrow"):
        return Source(table.path, None, columns, part_rows, table.rows)
    folder.mkdir(parents=True, exist_ok=True)
    rows = 0
    for part, chunk in enumerate(table.chunks(part_rows, columns=columns)):
        write_whole(folder / name_of(part), partial(_staged(chunk).write_parquet, compression="lz4"))
        rows += chunk.frame.height
        progress(rows, max(table.rows or 0, rows))
    return Source(table.path, folder, columns, part_rows, rows)


def write_whole(path: Path, write: Callable[[Path], Any]) -> None:
    """Writes a file so that it is there whole or not at all."""
    half = path.with_name(path.name + ".half")
    write(half)
    os.replace(half, path)


def _rows(chunk: Chunk) -> Rows:
    return Rows(chunk.frame, chunk.first, chunk.lines, chunk.broken, chunk.notes)


def _staged(chunk: Chunk) -> pl.DataFrame:
    import polars as pl

    height = chunk.frame.height
    broken = {p: json.dumps([f.code, f.what, f.where, list(f.nearest), f.next]) for p, f in chunk.broken.items()}
    mended = {p: json.dumps(list(notes)) for p, notes in chunk.notes.items()}
    lines = chunk.lines if chunk.lines is not None else [None] * height
    return chunk.frame.with_columns(
        pl.Series(LINE, lines, pl.Int64),
        *(_spread(name, told, height) for name, told in ((BROKEN, broken), (MENDED, mended))),
    )


def _spread(name: str, told: Mapping[int, str], height: int) -> pl.Series:
    """A column that is null but at some places."""
    import polars as pl

    bare = pl.Series(name, [None], dtype=pl.String).new_from_index(0, height)
    places = sorted(told)
    return bare.scatter(places, [told[place] for place in places]) if places else bare


def _unstaged(frame: pl.DataFrame, first: int, columns: tuple[str, ...]) -> Rows:
    lines = frame[LINE].to_list()
    told: dict[str, dict[int, Any]] = {}
    for name in (BROKEN, MENDED):
        places = frame[name].is_not_null().arg_true().to_list()
        texts = frame[name].gather(places).to_list()
        told[name] = {p: json.loads(text) for p, text in zip(places, texts, strict=True)}
    broken = {
        p: Fault(code, what, where, tuple(near), next) for p, (code, what, where, near, next) in told[BROKEN].items()
    }
    mended = {p: tuple(notes) for p, notes in told[MENDED].items()}
    return Rows(frame.select(columns), first, None if lines[:1] == [None] else lines, broken, mended)
