"""The source of the rows of a part: the table, or rows staged from a file that can only be read from its start."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coercivity.base.errors import CoercivityError, Fault, Faults, brief_value
from coercivity.batches.stage.rows import Rows
from coercivity.files.chunk import Chunk, TableFile
from coercivity.files.table import open_table
from coercivity.files.write.whole import in_place, writing

if TYPE_CHECKING:
    import polars as pl

LINE, BROKEN, MENDED = "\0line", "\0broken", "\0mended"  # no column of a file has such a name
NUMBERS = ("quantity", "price")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Identifies the state of a file, to detect a change.

    Attributes:
        size: Its size [bytes].
        modified_ns: Time of its last change [ns].
        inode: Its number in the file system.
    """

    size: int
    modified_ns: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> Stamp:
        """Returns the current stamp of a file.

        Raises:
            CoercivityError: If the file no longer exists.
        """
        try:
            found = path.stat()
        except OSError:
            raise _changed(path, "was removed") from None
        return cls(found.st_size, found.st_mtime_ns, found.st_ino)

    def check(self, path: Path) -> None:
        """Checks that a file has not changed.

        Raises:
            CoercivityError: If it has.
        """
        if Stamp.of(path) != self:
            raise _changed(path, "changed")


def _changed(path: Path, what: str) -> CoercivityError:
    next = "run again, without `--resume`, once the file is complete and no longer changing"
    return CoercivityError.of("BATCH-CHANGED", f"the table {what} while it was being read", where=str(path), next=next)


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of a table by part.

    Attributes:
        table: The file.
        stamp: Stamp of the file when it was hashed.
        folder: Folder of the staged rows; None if parts are read from the file itself.
        columns: The columns that are read.
        part_rows: Rows per part; only the last part has fewer.
        rows: Number of rows of the table.
    """

    table: Path
    stamp: Stamp
    folder: Path | None
    columns: tuple[str, ...]
    part_rows: int
    rows: int

    @property
    def parts(self) -> int:
        """Number of parts."""
        return -(-self.rows // self.part_rows)

    def check(self) -> None:
        """Checks that the file is still the one that was hashed; staged rows cannot change any more.

        Raises:
            CoercivityError: If it has changed.
        """
        if self.folder is None:
            self.stamp.check(self.table)

    def rows_of(self, part: int) -> Rows:
        """Returns the rows of a part, counted from 0.

        Raises:
            CoercivityError: If the table was changed, or the staged rows are damaged.
        """
        first = part * self.part_rows + 1
        if self.folder is None:
            self.check()
            chunk = next(open_table(self.table).chunks(self.part_rows, columns=self.columns, first=first), None)
            if chunk is None:
                raise _changed(self.table, "was truncated")
            return _rows(chunk)
        return _unstaged(_read_staged(self.folder / name_of(part)), first, self.columns)

    def column(self, name: str) -> Iterator[pl.Series]:
        """Yields one column part by part.

        Raises:
            CoercivityError: If the table was changed, or the staged rows are damaged.
        """
        if self.folder is None:
            self.check()
            for chunk in open_table(self.table).chunks(self.part_rows, columns=[name]):
                yield chunk.frame[name]
                self.check()
            return
        for part in range(self.parts):
            yield _read_staged(self.folder / name_of(part), [name])[name]


def type_faults(schema: Mapping[str, pl.DataType], roles: Mapping[str, str], where: str, faults: Faults) -> None:
    """Adds an error for every column that is read but whose type cannot be.

    Args:
        schema: Type of each column.
        roles: Role of each column that is read.
        where: Location for messages.
        faults: Collects every error found.
    """
    import polars as pl

    for name, role in roles.items():
        kind = schema[name]
        if kind.is_nested():
            what = f"column {brief_value(name)} contains lists or records; expected one value per cell"
            faults.add("TABLE-NESTED", what, where=where, next="remove the column, or join its values: Nd;Dy")
            continue
        number = kind.is_numeric() or kind in (pl.String, pl.Categorical, pl.Enum, pl.Null)
        if kind.is_object() or kind in (pl.Duration, pl.Binary) or (role in NUMBERS and not number):
            wanted = "numbers or text" if role in NUMBERS else "text, numbers, dates or flags"
            what = f"column {brief_value(name)} has the type {kind}; expected {wanted}"
            faults.add("TABLE-TYPE", what, where=where, next="write the column as text, or remove it")


def readable(frame: pl.DataFrame, roles: Mapping[str, str]) -> pl.DataFrame:
    """Returns a frame whose number columns contain numbers or plain text."""
    import polars as pl

    words = (pl.Categorical, pl.Enum, pl.Null)
    return frame.with_columns(
        pl.col(name).cast(pl.String)
        for name, role in roles.items()
        if (role in NUMBERS and frame.schema[name] in words) or frame.schema[name] == pl.Null
    )


def name_of(part: int, suffix: str = "parquet") -> str:
    """Returns the name of the file of a part."""
    return f"part-{part + 1:05d}.{suffix}"


def source_of(
    table: TableFile, stamp: Stamp, columns: tuple[str, ...], *, part_rows: int, folder: Path, progress: Progress
) -> Source:
    """Returns the rows of a table by part; those of a file without an index are first staged in a folder.

    Args:
        table: The opened table.
        stamp: Stamp of the file when it was hashed.
        columns: The columns that are read.
        part_rows: Rows per part.
        folder: Folder for staged rows, if needed.
        progress: Called with the number of bytes or rows done and the total.

    Raises:
        CoercivityError: If the file cannot be read or was changed since it was hashed, or the disk is full.
    """
    if table.rows is not None and table.kind in ("parquet", "arrow"):
        stamp.check(table.path)
        return Source(table.path, stamp, None, columns, part_rows, table.rows)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    rows = 0
    for part, chunk in enumerate(table.chunks(part_rows, columns=columns)):
        with in_place(folder / name_of(part)) as draft:
            _staged(chunk).write_parquet(draft, compression="lz4")
        rows += chunk.frame.height
        progress(rows, max(table.rows or 0, rows))
    stamp.check(table.path)
    return Source(table.path, stamp, folder, columns, part_rows, rows)


def _read_staged(path: Path, columns: list[str] | None = None) -> pl.DataFrame:
    import polars as pl

    try:
        return pl.read_parquet(path, columns=columns, glob=False, memory_map=False)
    except (OSError, pl.exceptions.PolarsError):
        what = "the staged rows of this part are missing or damaged"
        raise CoercivityError.of("PART", what, where=str(path), next="run again without `--resume`") from None


def _rows(chunk: Chunk) -> Rows:
    return Rows(chunk.frame, chunk.first, chunk.lines, chunk.broken, chunk.notes)


def _staged(chunk: Chunk) -> pl.DataFrame:
    import numpy as np
    import polars as pl

    height = chunk.frame.height
    broken = {p: json.dumps([f.code, f.what, f.where, list(f.nearest), f.next]) for p, f in chunk.broken.items()}
    mended = {p: json.dumps(list(notes)) for p, notes in chunk.notes.items()}
    none = pl.Series(LINE, [None], pl.Int64)
    lines = none.new_from_index(0, height) if chunk.lines is None else pl.Series(LINE, np.array(chunk.lines, np.int64))
    return chunk.frame.with_columns(
        lines,
        *(_spread(name, told, height) for name, told in ((BROKEN, broken), (MENDED, mended))),
    )


def _spread(name: str, told: Mapping[int, str], height: int) -> pl.Series:
    """Returns a column that is null except at some rows."""
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
