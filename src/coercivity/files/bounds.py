"""How much a file may become when it is unpacked: one bound for all kinds of files and all who read them.

A file of a few kilobytes can say "this text, a million times". What is honest is large in the file too, or spread over
many rows, of which only some are held at a time; so what counts is how much has to be in memory at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coercivity.base.errors import CoercivityError

if TYPE_CHECKING:
    import polars as pl

MOST_TEXT = 256 << 20  # of the rows that are held at once
FREE = 256 << 20  # that any file may unpack to in one piece, however small it is
MOST_RATIO = 100  # to which a larger piece may swell


def swollen(packed: int, unpacked: int, *, free: int = FREE, ratio: int = MOST_RATIO) -> bool:
    """Returns whether a piece of a file unpacks to far more than it holds [bytes]."""
    return unpacked > free and unpacked > max(1, packed) * ratio


def check_swelling(path: Path, piece: str, packed: int, unpacked: int) -> None:
    """Refuses a piece of a file that unpacks to far more than it holds.

    Args:
        path: The file.
        piece: Which piece, in words.
        packed: What it holds [bytes].
        unpacked: What it unpacks to [bytes].

    Raises:
        CoercivityError: When it does.
    """
    if swollen(packed, unpacked):
        raise bomb(path, f"{piece} unpacks from {packed:,} to up to {unpacked:,} bytes")


def check_text(path: Path, first: int, rows: int, size: int) -> None:
    """Refuses rows that cannot be held at once.

    Args:
        path: The file.
        first: Number of the first of them.
        rows: How many there are.
        size: Bytes of their text.

    Raises:
        CoercivityError: When they hold more than is held at a time.
    """
    if size > MOST_TEXT:
        what = (
            f"the {rows:,} rows from row {first:,} hold {size:,} bytes of text; at most {MOST_TEXT:,} are held at once"
        )
        raise bomb(path, what, next="leave out columns of long text, or take fewer rows at a time with --part-rows")


def text_bytes(frame: pl.DataFrame) -> int:
    """Returns how many bytes of text the rows of a frame hold, each cell for itself: cells may share their text."""
    import polars as pl

    if not frame.width or not frame.height:
        return 0
    sizes = [size for name, kind in frame.schema.items() if (size := _size_of(pl.col(name), kind)) is not None]
    return int(frame.select(pl.sum_horizontal(size.sum() for size in sizes)).item() or 0) if sizes else 0


def too_long(frame: pl.DataFrame, most: int) -> list[int]:
    """Returns the places of the rows that have a cell of more than so many bytes of text."""
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
    path: Path, what: str, *, called: str = "file", next: str = "write the file again in smaller pieces, or as CSV"
) -> CoercivityError:
    """Returns the error for a file that takes more memory than any honest one needs."""
    return CoercivityError.of("TABLE-BOMB", f"the {called} is refused: {what}", where=str(path), next=next)
