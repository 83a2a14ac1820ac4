"""The final CSV files of a batch run, streamed from its parts.

A spreadsheet program evaluates a cell that begins with `=`, `+`, `-`, `@`, a tab or a line break as a formula. Such a
cell is neutralised with a leading single quote, as OWASP advises, in every text column including the id. The full-width
and small forms of these characters are active in some programs, and spaces and invisible characters before them are
ignored, so all of these count. The Parquet parts contain every cell unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from coercivity.base.errors import CoercivityError, nearest
from coercivity.batches.tally import PART_COLUMNS
from coercivity.files.write.whole import in_place

if TYPE_CHECKING:
    import polars as pl

# Invisible characters (controls, formats, variation selectors), spelled out: Rust and Python treat them alike.
_UNSEEN = (
    "\x01-\x1f\x7f-\xa0\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_LIVE_SIGNS = r"=+\-@＝＋－＠﹦﹢﹣﹫"
LIVE = rf"^[\s\x00{_UNSEEN}]*[{_LIVE_SIGNS}]|^[\t\r\n]"  # for Polars and for Python's re
_LIVE = re.compile(LIVE)
DEAD = "'"
_BOM = b"\xef\xbb\xbf"
_LINE_END = "\r\n"


def is_live(text: str) -> bool:
    """Returns whether a spreadsheet program may evaluate a cell as a formula.

    Args:
        text: The cell.
    """
    return _LIVE.search(text) is not None


def write_csv(parts: Sequence[Path], path: Path, columns: Sequence[str] | None = None) -> None:
    """Writes one CSV file from all parts: UTF-8 with a byte order mark, CRLF, RFC 4180, no active cell.

    Args:
        parts: Parquet parts in the order of the table.
        path: File to write; the same parts give the same bytes.
        columns: Columns to write, in this order. Default: all columns of the first part.

    Raises:
        CoercivityError: If a part cannot be read or lacks a column, or the file cannot be written.
    """
    import polars as pl

    wanted = list(columns or (_columns_of(parts[0]) if parts else PART_COLUMNS))
    with in_place(path) as draft, draft.open("wb") as file:
        file.write(_BOM)
        header = pl.DataFrame({f"column_{place}": [name] for place, name in enumerate(wanted)})
        _append(header.lazy(), file, path.name)
        for part in parts:
            _append(open_part(part, wanted), file, part.name)


def open_part(part: Path, columns: Sequence[str]) -> pl.LazyFrame:
    """Returns a part that has the columns, not yet read.

    Args:
        part: A Parquet part.
        columns: Columns wanted, in this order. Default: all columns of the part.

    Raises:
        CoercivityError: If the part is missing, is not Parquet, or lacks a column.
    """
    import polars as pl

    try:
        frame = pl.scan_parquet(part, glob=False)
        held = frame.collect_schema().names()
    except FileNotFoundError:
        what = "this part of the run is missing"
        raise CoercivityError.of("PART", what, where=part.name, next="run again with `--resume`") from None
    except (OSError, pl.exceptions.PolarsError):
        raise damaged(part.name) from None
    lacking = [name for name in columns if name not in held]
    if lacking:
        what = f"this part of the run has no column {lacking[0]!r}"
        close = nearest(lacking[0], held)
        raise CoercivityError.of("PART", what, where=part.name, nearest=close, next="run again without `--resume`")
    return frame.select(columns or held)


def damaged(part: str) -> CoercivityError:
    """Returns the error for a part that cannot be read."""
    what = "this part of the run is damaged: expected Parquet"
    return CoercivityError.of("PART", what, where=part, next="delete it and run again with `--resume`")


def _columns_of(part: Path) -> list[str]:
    return open_part(part, ()).collect_schema().names()


def _append(frame: pl.LazyFrame, file: IO[bytes], where: str) -> None:
    """Appends rows; only those at hand are kept in memory."""
    import polars as pl

    texts = [name for name, kind in frame.collect_schema().items() if kind == pl.String]
    frame = frame.with_columns(_dead(name) for name in texts)
    try:
        frame.sink_csv(file, include_header=False, line_terminator=_LINE_END, maintain_order=True)
    except pl.exceptions.PolarsError:
        raise damaged(where) from None


def _dead(name: str) -> pl.Expr:
    """Returns a text column without active cells; an empty text is written as missing."""
    import polars as pl

    cell = pl.col(name)
    dead = pl.when(cell.str.contains(LIVE)).then(pl.lit(DEAD) + cell).otherwise(cell)
    return pl.when(cell == "").then(None).otherwise(dead).alias(name)
