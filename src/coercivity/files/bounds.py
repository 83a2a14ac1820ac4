"""Limits on how large a file may become when unpacked: the same for all file types and readers.

A file of a few kilobytes can say "this text, a million times". Genuine data is large in the file too, or spread over
many rows, of which only some are in memory at a time; so the limit applies to what must be in memory at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coercivity.base.errors import CoercivityError

if TYPE_CHECKING:
    import polars as pl

MOST_TEXT = 256 << 20  # of the rows in memory at once
FREE = 256 << 20  # that any file may unpack to in one piece, however small it is
MOST_RATIO = 100  # by which a larger piece may grow


def swollen(packed: int, unpacked: int, *, free: int = FREE, ratio: int = MOST_RATIO) -> bool:
    """Returns whether a piece of a file unpacks to far more than its packed size [bytes]."""
    return unpacked > free and unpacked > max(1, packed) * ratio


def check_swelling(path: Path, piece: str, packed: int, unpacked: int) -> None:
    """Rejects a piece of a file that unpacks to far more than its packed size.

    Args:
        path: The file.
        piece: Description of the piece, for the message.
        packed: Packed size [bytes].
        unpacked: Unpacked size [bytes].

    Raises:
        CoercivityError: If the piece unpacks to an unsafe size.
    """
    if swollen(packed, unpacked):
        raise bomb(path, f"{piece} unpacks from {packed:,} to up to {unpacked:,} bytes")


def check_text(path: Path, first: int, rows: int, size: int) -> None:
    """Rejects rows that do not fit in memory at once.

    Args:
        path: The file.
        first: Number of the first row.
        rows: Number of rows.
        size: Bytes of text in them.

    Raises:
        CoercivityError: If they contain more text than the limit.
    """
    if size > MOST_TEXT:
        what = (
            f"the {rows:,} rows from row {first:,} contain {size:,} bytes of text; the limit in memory is {MOST_TEXT:,}"
        )
        raise bomb(path, what, next="remove columns with long text, or use a smaller --part-rows")


def text_bytes(frame: pl.DataFrame) -> int:
    """Returns the bytes of text in the rows of a frame, counting each cell even if cells share their text."""
    import polars as pl

    if not frame.width or not frame.height:
        return 0
    sizes = [size for name, kind in frame.schema.items() if (size := _size_of(pl.col(name), kind)) is not None]
    return int(frame.select(pl.sum_horizontal(size.sum() for size in sizes)).item() or 0) if sizes else 0


def too_long(frame: pl.DataFrame, most: int) -> list[int]:
    """Returns the positions of the rows with a cell of more than so many bytes of text."""
    import polars as pl

    sizes = [size for name, kind in frame.schema.items() if (size := _size_of(pl.col(name), kind)) is not None]
    if not sizes or not frame.height:
        return []
    return frame.select(pl.any_horizontal(size > most for size in sizes).alias("long"))["long"].arg_true().to_list()


def _size_of(column: pl.Expr, kind: pl.DataType) -> pl.Expr | None:
    import polars as pl

    if kind == pl.String:
        size = column.str.len_bytes()
    elif kind in (pl.Categorical, pl.Enum):
        size = column.cat.len_bytes()
    elif kind == pl.Binary:
        size = column.bin.size()
    else:
        return None
    return size.cast(pl.UInt64).fill_null(0)


def bomb(
    path: Path,
    what: str,
    *,
    refused: str = "the file was rejected",
    next: str = "write the file again in smaller pieces, or as CSV",
) -> CoercivityError:
    """Returns the error for a file that needs more memory than genuine data would."""
    return CoercivityError.of("TABLE-BOMB", f"{refused}: {what}", where=str(path), next=next)
