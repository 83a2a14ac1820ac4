"""Where the rows of a part come from: the table, or rows staged from a file that has to be read from its start."""

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
    """By what a file is known to be the same as before.

    Attributes:
        size: Its size [bytes].
        modified_ns: When it was last written [ns].
        inode: Its number in the file system.
    """

    size: int
    modified_ns: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> Stamp:
        """Returns the stamp of a file as it is now.

        Raises:
            CoercivityError: When the file is gone.
        """
        try:
            found = path.stat()
        except OSError:
            raise _changed(path, "is gone") from None
        return cls(found.st_size, found.st_mtime_ns, found.st_ino)

    def check(self, path: Path) -> None:
        """Looks whether a file is still the same.

        Raises:
            CoercivityError: When it is not.
        """
        if Stamp.of(path) != self:
            raise _changed(path, "was changed")


def _changed(path: Path, what: str) -> CoercivityError:
    next = "run it again, without `--resume`, once the file is whole and left alone"
    return CoercivityError.of("BATCH-CHANGED", f"the table {what} while it was read", where=str(path), next=next)


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of a table by part.

    Attributes:
        table: The file.
        stamp: The file as it was when it was hashed.
        folder: Where its rows are staged; None where parts are read from the file itself.
        columns: The columns that are read.
        part_rows: Rows in a part; only the last one has fewer.
        rows: Rows of the table.
    """

    table: Path
    stamp: Stamp
    folder: Path | None
    columns: tuple[str, ...]
    part_rows: int
    rows: int

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return -(-self.rows // self.part_rows)

    def check(self) -> None:
        """Looks whether the file is still the one that was hashed; what was staged cannot change any more.

        Raises:
            CoercivityError: When it is not.
        """
        if self.folder is None:
            self.stamp.check(self.table)

    def rows_of(self, part: int) -> Rows:
        """Returns the rows of a part, counted from 0.

        Raises:
            CoercivityError: When the table was changed, or what was staged is damaged.
        """
        first = part * self.part_rows + 1
        if self.folder is None:
            self.check()
            chunk = next(open_table(self.table).chunks(self.part_rows, columns=self.columns, first=first), None)
            if chunk is None:
                raise _changed(self.table, "was cut short")
            return _rows(chunk)
        return _unstaged(_read_staged(self.folder / name_of(part)), first, self.columns)

    def column(self, name: str) -> Iterator[pl.Series]:
        """Yields one column part by part.

        Raises:
            CoercivityError: When the table was changed, or what was staged is damaged.
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
    """Adds a fault for every column that is read and whose type holds no cell that can be read.

    Args:
        schema: Type of each column.
        roles: What the columns that are read stand for.
        where: Place for messages.
        faults: Takes every fault found.
    """
    import polars as pl

    for name, role in roles.items():
        kind = schema[name]
        if kind.is_nested():
            what = f"the column {brief_value(name)} holds lists or records; a cell must hold one value"
            faults.add("TABLE-NESTED", what, where=where, next="leave the column out, or join its values: Nd;Dy")
            continue
        number = kind.is_numeric() or kind in (pl.String, pl.Categorical, pl.Enum, pl.Null)
        if kind.is_object() or kind in (pl.Duration, pl.Binary) or (role in NUMBERS and not number):
            wanted = "numbers or text" if role in NUMBERS else "text, numbers, days or flags"
            what = f"the column {brief_value(name)} has the type {kind}; {wanted} expected"
            faults.add("TABLE-TYPE", what, where=where, next="write the column as text, or leave it out")


def readable(frame: pl.DataFrame, roles: Mapping[str, str]) -> pl.DataFrame:
    """Returns a frame whose columns of numbers hold numbers or plain text."""
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
    """Returns the rows of a table by part; those of a file without an index are staged in a folder first.

    Args:
        table: The table, opened.
        stamp: The file as it was when it was hashed.
        columns: The columns that are read.
        part_rows: Rows in a part.
        folder: Where rows are staged, if need be.
        progress: Told how many bytes or rows are done, of how many.

    Raises:
        CoercivityError: When the file cannot be read, was changed since it was hashed, or there is no room to stage it.
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
        return pl.read_parquet(path, columns=columns, memory_map=False)
    except (OSError, pl.exceptions.PolarsError):
        what = "the rows laid down for this part are missing or damaged"
        raise CoercivityError.of("PART", what, where=str(path), next="run it again without `--resume`") from None


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
