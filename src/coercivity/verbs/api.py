"""What `import coercivity` offers: one `batch` for a file and for a frame."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack, overload

from coercivity.base.errors import CoercivityError, Faults, brief_value
from coercivity.desk.columns import ColumnMap
from coercivity.verbs.arguments import Law
from coercivity.verbs.batch import BatchResult, Progress, TableAsked, batch_frame
from coercivity.verbs.batch import batch as batch_file

if TYPE_CHECKING:
    import polars as pl

_READING = frozenset(field.name for field in fields(TableAsked)) - {"path"}
_PATHS = ("standing", "mapping")


class FileOptions(TypedDict, total=False):
    """Options for a file: those of `TableAsked` and of `coercivity.verbs.batch.batch`."""

    standing: str | Path
    mapping: str | Path
    on_column: str
    sheet: str
    encoding: str
    delimiter: str
    header_rows: int
    on: str
    known: str
    assume: str
    law: Law
    formats: tuple[str, ...]
    resume: bool
    executor: Executor
    workers: int
    part_rows: int
    progress: Progress


class FrameOptions(TypedDict, total=False):
    """Options for a frame: those of `coercivity.verbs.batch.batch_frame`."""

    standing: dict[str, Any]
    said_by: str
    columns: ColumnMap
    on: str
    known: str
    assume: str
    law: Law
    proofs: bool


@overload
def batch(table: str | Path | TableAsked, *, out: str | Path, **options: Unpack[FileOptions]) -> BatchResult: ...


@overload
def batch(table: object, *, out: None = None, **options: Unpack[FrameOptions]) -> pl.DataFrame: ...


def batch(table: object, *, out: str | Path | None = None, **options: Any) -> BatchResult | pl.DataFrame:
    """Decides every row of a table: a file into the folder `out`, or a frame into a frame.

    Args:
        table: Path of a CSV, XLSX, Parquet or Arrow file (or a `TableAsked`); or a frame: any object that speaks Arrow,
            or columns by name.
        out: Folder for the results of a file.
        **options: For a file those of `FileOptions`, for a frame those of `FrameOptions`.

    Returns:
        What was written and counted, or a Polars frame with an answer for every row in its order.

    Raises:
        CoercivityError: With every fault of the arguments, the header, the column map and the standing block.
        TypeError: When there is no such option.
    """
    if not isinstance(table, (str, Path, TableAsked)):
        if out is not None:
            what = "`out` is for a file; the answers to a frame come back as a frame"
            raise CoercivityError.of("ARGUMENT", what, next="leave `out` out, or name a file")
        return batch_frame(_frame(table), **options)
    if out is None:
        raise CoercivityError.of("ARGUMENT", "`out` is missing", next="name a folder for the results")
    if isinstance(table, TableAsked):
        return batch_file(table, Path(out), **options)
    reading = {name: options.pop(name) for name in sorted(_READING & set(options))}
    reading |= {name: Path(reading[name]) for name in _PATHS if reading.get(name) is not None}
    return batch_file(TableAsked(Path(table), **reading), Path(out), **options)


def _frame(table: object) -> pl.DataFrame:
    """The table as a frame whose cells hold one value each.

    Raises:
        CoercivityError: When it is no table, its columns differ in length, or a column holds lists or records.
    """
    import polars as pl

    if not (hasattr(table, "__arrow_c_stream__") or isinstance(table, Mapping)):
        what = f"{type(table).__name__} is neither a path nor a frame"
        raise CoercivityError.of("ARGUMENT", what, next="pass a path, a frame, or columns by name")
    try:
        # A column of mixed values is read as text, as a table file would give it.
        frame = table if isinstance(table, pl.DataFrame) else pl.DataFrame(table, strict=False)
    except (TypeError, ValueError, OverflowError, pl.exceptions.PolarsError) as error:
        what = f"the table cannot be read as a frame: {brief_value(str(error))}"
        raise CoercivityError.of("ARGUMENT", what, next="pass columns of one length, one value a cell") from None
    faults = Faults()
    for name, kind in frame.schema.items():
        if kind.is_nested() or kind.is_object():
            what = f"the column {brief_value(name)} holds lists or records; a cell must hold one value"
            faults.add("TABLE-NESTED", what, where="frame", next="leave the column out, or join its values: Nd;Dy")
    faults.raise_if_any()
    return frame
