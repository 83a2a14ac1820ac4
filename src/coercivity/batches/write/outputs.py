"""The final CSV files of a batch run, made from its parts in a stream.

A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, a tab or a line break as a formula. Such a cell is made
dead: a single quote is put before it, as OWASP advises, in every text column, the id too. The full-width forms of
those signs, and the small ones, are live in some spreadsheets, and blanks and signs that do not show before them are
overlooked, so all of these count. The Parquet parts hold every cell as it was.
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

# Signs that do not show (controls, formats, selectors of a glyph), as they stand: Rust and Python take them alike.
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
    """Returns whether a spreadsheet may run a cell as a formula.

    Args:
        text: The cell.
    """
    return _LIVE.search(text) is not None


def write_csv(parts: Sequence[Path], path: Path, columns: Sequence[str] | None = None) -> None:
    """Writes one CSV file from all parts: UTF-8 with a mark, CRLF, RFC 4180, no live cell.

    Args:
        parts: Parquet parts in the order of the table.
        path: File to write; the same parts give the same bytes.
        columns: Columns to write in this order; all of the first part where none are named.

    Raises:
        CoercivityError: When a part cannot be read or lacks a column, or the file cannot be written.
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
    """Returns a part that was found to have the columns, not yet read.

    Args:
        part: A Parquet part.
        columns: Columns wanted, in this order; all of the part where none are named.

    Raises:
        CoercivityError: When the part is missing, is not Parquet, or lacks a column.
    """
    import polars as pl

    try:
        frame = pl.scan_parquet(part)
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
    what = "this part of the run is damaged: Parquet expected"
    return CoercivityError.of("PART", what, where=part, next="delete it and run again with `--resume`")


def _columns_of(part: Path) -> list[str]:
    return open_part(part, ()).collect_schema().names()


def _append(frame: pl.LazyFrame, file: IO[bytes], where: str) -> None:
    """Appends rows; no more than those at hand are held in memory."""
    import polars as pl

    texts = [name for name, kind in frame.collect_schema().items() if kind == pl.String]
    frame = frame.with_columns(_dead(name) for name in texts)
    try:
        frame.sink_csv(file, include_header=False, line_terminator=_LINE_END, maintain_order=True)
    except pl.exceptions.PolarsError:
        raise damaged(where) from None


def _dead(name: str) -> pl.Expr:
    """A text column without live cells; an empty text is written like a missing one, as nothing."""
    import polars as pl

    cell = pl.col(name)
    dead = pl.when(cell.str.contains(LIVE)).then(pl.lit(DEAD) + cell).otherwise(cell)
    return pl.when(cell == "").then(None).otherwise(dead).alias(name)
