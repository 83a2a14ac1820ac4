"""`coercivity.batch`: one function for files and data frames."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack, overload

from coercivity.base.errors import CoercivityError
from coercivity.cases.arguments import Law
from coercivity.intake.cells.columns import ColumnMap
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
    said_on: str
    columns: ColumnMap
    on: str
    known: str
    assume: str
    law: Law
    proofs: bool
    workers: int


@overload
def batch(table: str | Path | TableAsked, *, out: str | Path, **options: Unpack[FileOptions]) -> BatchResult: ...


@overload
def batch(table: object, *, out: None = None, **options: Unpack[FrameOptions]) -> pl.DataFrame: ...


def batch(table: object, *, out: str | Path | None = None, **options: Any) -> BatchResult | pl.DataFrame:
    """Checks every row of a table: a file into the folder `out`, or a data frame into a data frame.

    Args:
        table: Path of a CSV, XLSX, Parquet or Arrow file (or a `TableAsked`), or a data frame: an object with the Arrow
            interface, or columns by name.
        out: Output folder for a file.
        **options: For a file those of `FileOptions`, for a data frame those of `FrameOptions`.

    Returns:
        The files written and the counts, or a Polars data frame with a result for every row in order.

    Raises:
        CoercivityError: With every error in the arguments, header, column mapping and compliance declarations.
        TypeError: If an option does not exist.

    Examples:
        >>> rows = {"id": ["a"], "material": ["NdFeB magnets"], "composition": ["Nd 30 %, Dy 2 %"], "from": ["CN"]}
        >>> coercivity.batch({**rows, "to": ["DE"]}, on="2025-08-15")["outcome"].to_list()
        ['LICENCE']
    """
    if not isinstance(table, (str, Path, TableAsked)):
        if out is not None:
            what = "`out` applies to files only; a data frame returns a data frame"
            raise CoercivityError.of("ARGUMENT", what, next="omit `out`, or name a file")
        return batch_frame(table, **options)
    if out is None:
        raise CoercivityError.of("ARGUMENT", "`out` is missing", next="name a folder for the results")
    if isinstance(table, TableAsked):
        return batch_file(table, Path(out), **options)
    reading = {name: options.pop(name) for name in sorted(_READING & set(options))}
    reading |= {name: Path(reading[name]) for name in _PATHS if reading.get(name) is not None}
    return batch_file(TableAsked(Path(table), **reading), Path(out), **options)
