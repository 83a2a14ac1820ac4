"""Reads CSV files: detects encoding and delimiter, and keeps and reports rows with too many or too few cells."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import log2
from pathlib import Path

from coercivity.base.errors import CoercivityError, brief_value
from coercivity.files.chunk import Chunk, TableFile, broken_row
from coercivity.files.encodings import Encoding, find_encoding
from coercivity.files.header import PREVIEW, IsName, find_header
from coercivity.files.lines import Block, read_blocks, read_lines
from coercivity.files.plain import plain_rows
from coercivity.files.records import RecordReader, Records, read_records
from coercivity.files.rows import Batch, Plain, chunks_of

_DELIMITERS = {",": ",", ";": ";", "\t": "tab", "|": "|"}
_AT_ONCE = 8  # blocks
_FEWER = "fewer cells than columns: the missing cells were treated as blank"


@dataclass(frozen=True, slots=True)
class _Form:
    """How to read a delimited file."""

    path: Path
    encoding: Encoding
    delimiter: str
    names: tuple[str, ...]
    data_line: int


def open_delimited(
    path: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_rows: int | None = None,
    notes: tuple[str, ...] = (),
    is_name: IsName | None = None,
) -> TableFile:
    """Opens a CSV file.

    Args:
        path: The file.
        encoding: Its encoding. Default: detected.
        delimiter: Its delimiter. Default: detected.
        header_rows: Number of header rows. Default: detected.
        notes: Notes collected so far.
        is_name: Returns whether a text is a usual name of a column.

    Returns:
        The table.

    Raises:
        CoercivityError: If the file is not text, or has no usable header or no rows.
    """
    found = find_encoding(path, encoding)
    sample = _sample(path, found)
    told = sample[0].strip().lower() if sample else ""
    if delimiter is None and len(told) == 5 and told.startswith("sep=") and told[4] in _DELIMITERS:
        delimiter = told[4]
    chosen = _delimiter(path, sample) if delimiter is None else _named(path, delimiter)
    preview, lines, bad = _preview(path, found, chosen)
    if 0 in bad:
        raise _no_header(path, f"line {lines[0]}, expected to be the header: {bad[0]}")
    if preview and "".join(preview[0]).strip().lower().startswith("sep="):
        preview, lines = preview[1:], lines[1:]
        bad = {place - 1: what for place, what in bad.items()}
    header = find_header(path, preview, lines, header_rows=header_rows, is_name=is_name)
    for place in range(header.rows):
        if place in bad:
            raise _no_header(path, f"line {lines[place]}, at the top of the table: {bad[place]}")
    form = _Form(path, found, chosen, header.names, lines[header.rows])

    def reader(rows: int, wanted: tuple[str, ...], first: int) -> Iterator[Chunk]:
        return chunks_of(_batches(form), form.names, wanted=wanted, rows=rows, first=first)

    told_notes = (*notes, found.note, f"delimiter {_DELIMITERS[chosen]}", *header.notes)
    return TableFile(path, "csv", header.names, told_notes, None, reader)


def _sample(path: Path, encoding: Encoding) -> list[str]:
    """Returns the first lines that are not blank."""
    for batch in read_lines(path, encoding):
        return [text[:20_000] for text in batch.texts[:400] if text.strip()][:200]
    return []


def _named(path: Path, delimiter: str) -> str:
    """Returns the delimiter named by the user."""
    name = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}.get(delimiter.lower(), delimiter)
    if name in _DELIMITERS:
        return name
    raise CoercivityError.of(
        "TABLE-DELIMITER",
        f"delimiter {brief_value(delimiter)!r} is not supported",
        where=str(path),
        nearest=("comma", "semicolon", "tab", "pipe"),
        next="use one of these",
    )


def _delimiter(path: Path, sample: list[str]) -> str:
    """Returns the delimiter that splits most lines into the same number of cells, and into more of them."""
    best, score = ",", 0.0
    for delimiter in _DELIMITERS:
        try:
            rows = list(csv.reader([line + "\n" for line in sample], delimiter=delimiter))
        except csv.Error:
            rows = [line.split(delimiter) for line in sample]
        if not rows:
            continue
        width, times = (
            Counter(len(row) for row in rows if len(row) > 1).most_common(1)[0]
            if any(len(row) > 1 for row in rows)
            else (1, 0)
        )
        now = times / len(rows) * (1 + log2(width))
        if now > score:
            best, score = delimiter, now
    return best


def _preview(path: Path, encoding: Encoding, delimiter: str) -> tuple[list[list[str]], list[int], dict[int, str]]:
    """Returns the first records, their lines, and errors by position."""
    rows: list[list[str]] = []
    lines: list[int] = []
    bad: dict[int, str] = {}
    for records in read_records(islice(read_lines(path, encoding), 3), delimiter):
        bad |= {len(rows) + place: what for place, what in records.bad.items()}
        rows += records.rows[: PREVIEW - len(rows)]
        lines += records.lines[: PREVIEW - len(lines)]
        if len(rows) >= PREVIEW:
            break
    return rows, lines, bad


def _no_header(path: Path, what: str) -> CoercivityError:
    """Returns the error for a header that cannot be read."""
    do = "correct the line, or name the encoding if it was detected wrongly"
    return CoercivityError.of("TABLE-HEADER", what, where=str(path), next=do)


def _batches(form: _Form) -> Iterator[Batch | Plain]:
    """Yields the data rows at the width of the table."""
    reader, first = RecordReader(form.delimiter, len(form.names)), 1
    blocks = read_blocks(form.path, form.encoding)
    pending: list[list[Block]] = []
    while pending or (some := list(islice(blocks, _AT_ONCE))):
        piece = pending.pop(0) if pending else some
        may_be = first >= form.data_line and not reader.waits
        frame = plain_rows(piece, form.encoding, form.delimiter, form.names) if may_be else None
        if frame is not None:
            yield Plain(frame, range(first, first + frame.height))
            first += frame.height
        elif len(piece) > 1:  # many blocks at once are faster; if anything in them is not plain, each is read by itself
            pending = [[block] for block in piece]
        else:
            lines = piece[0].lines(first, form.encoding)
            first += len(lines.texts)
            if lines.texts:
                yield from _data(reader.read(lines), form)
    if (last := reader.last()) is not None:
        yield from _data(last, form)


def _data(records: Records, form: _Form) -> Iterator[Batch]:
    """Yields those records that are data rows."""
    start = 0
    while start < len(records.lines) and records.lines[start] < form.data_line:
        start += 1
    if start:
        bad = {place - start: what for place, what in records.bad.items() if place >= start}
        records = Records(records.rows[start:], records.lines[start:], bad)
    if records.rows:
        yield _fitted(records, form)


def _fitted(records: Records, form: _Form) -> Batch:
    """Brings every record to the width of the table and reports those that do not fit."""
    width, name = len(form.names), str(form.path)
    batch = Batch(records.rows, records.lines)
    for place, what in records.bad.items():
        batch.broken[place] = broken_row(what, where=f"{name}, line {records.lines[place]}")
    if set(map(len, records.rows)) == {width}:
        return batch
    for place, row in enumerate(records.rows):
        count = len(row)
        if count == width:
            continue
        if place not in batch.broken:
            where = f"{name}, line {records.lines[place]}"
            if count > width and any(cell.strip() for cell in row[width:]):
                batch.broken[place] = broken_row(
                    f"the row has {count} cells; the table has {width} columns", where=where
                )
            elif count < width and count * 2 < width:
                batch.broken[place] = broken_row(
                    f"the row has {_cells(count)}; the table has {width} columns", where=where
                )
            elif count < width:
                batch.notes[place] = (_FEWER,)
        records.rows[place] = row[:width] + [""] * (width - count)
    return batch


def _cells(count: int) -> str:
    """Returns a number of cells as text."""
    return "1 cell" if count == 1 else f"{count} cells"
