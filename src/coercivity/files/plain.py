"""Reads blocks of delimited text without quotation marks at once; all others are left to the careful reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coercivity.files.chunk import LONGEST_CELL, LONGEST_LINE
from coercivity.files.encodings import Encoding
from coercivity.files.lines import Block

if TYPE_CHECKING:
    import polars as pl

_MARK = b"\xef\xbb\xbf"


def plain_rows(
    blocks: Sequence[Block], encoding: Encoding, delimiter: str, names: Sequence[str]
) -> pl.DataFrame | None:
    """Returns the rows of whole lines as text, null for an empty cell; None unless each line is one row of the table.

    The careful reader (`files.records`) gives the same rows for such lines.

    Args:
        blocks: The lines.
        encoding: Their encoding.
        delimiter: The delimiter between cells.
        names: The columns.
    """
    import polars as pl

    if len(names) < 2 or any(block.too_long or len(block.data) > LONGEST_LINE for block in blocks):
        return None
    data = b"".join(block.data for block in blocks)
    if data.startswith(_MARK) or b'"' in data or b"\0" in data:
        return None
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
        if b"\r" in data:
            return None
    if not _is_read_as_utf8(data, encoding):
        return None
    lines = data.count(b"\n") + (not data.endswith(b"\n"))
    if data.count(delimiter.encode()) != lines * (len(names) - 1):
        return None
    try:  # with as many delimiters as that, a line with fewer cells means one with more, and that is an error
        frame = pl.read_csv(
            data, has_header=False, schema=dict.fromkeys(names, pl.String), separator=delimiter, quote_char=None
        )
    except pl.exceptions.PolarsError:
        return None
    if frame.height != lines:
        return None
    long = len(data) > LONGEST_CELL and (frame.select(pl.max_horizontal(pl.all().str.len_bytes().max())).item() or 0)
    return None if long > LONGEST_CELL else frame


def _is_read_as_utf8(data: bytes, encoding: Encoding) -> bool:
    """Returns whether the encoding reads the bytes as UTF-8 does."""
    if data.isascii():
        return not encoding.wide
    if encoding.codec != "utf-8":
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
