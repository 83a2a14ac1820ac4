"""Reads XLSX files: one sheet, everything as text, with formulas and errors reported by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from coercivity.base.errors import CoercivityError, Fault, nearest
from coercivity.files.chunk import Chunk, TableFile, broken_row
from coercivity.files.header import PREVIEW, Header, IsName, find_header
from coercivity.files.rows import Batch, chunks_of
from coercivity.files.xlsx.cells import MOST_PLACES
from coercivity.files.xlsx.sheet import SheetRow, merged_rows, read_rows
from coercivity.files.xlsx.workbook import Book, Sheet, read_book

_BATCH = 4096
_MOST_TOLD = 3
_SHORT = 64  # texts of this length can be shared by any number of cells


@dataclass(frozen=True, slots=True)
class _Form:
    """How to read a sheet."""

    book: Book
    sheet: Sheet
    names: tuple[str, ...]
    data_line: int


def open_xlsx(
    path: Path,
    *,
    sheet: str | None,
    header_rows: int | None,
    notes: tuple[str, ...],
    is_name: IsName | None = None,
) -> TableFile:
    """Opens an XLSX file.

    Args:
        path: The file.
        sheet: The worksheet. Default: the first visible one that is not empty.
        header_rows: Number of header rows. Default: detected.
        notes: Notes collected so far.
        is_name: Returns whether a text is a usual name of a column.

    Returns:
        The table.

    Raises:
        CoercivityError: If the file is damaged or hostile, or the sheet has no usable header or no rows.
    """
    book = read_book(path)
    chosen, preview = _chosen(path, book, sheet)
    rows = [_shown(row) for row in preview]
    lines = [row.line for row in preview]
    merged = merged_rows(book.container, chosen)
    header = find_header(path, rows, lines, header_rows=header_rows, merged=merged, is_name=is_name)
    _must_be_readable(path, preview, header)
    form = _Form(book, chosen, header.names, lines[header.rows])

    def reader(rows: int, wanted: tuple[str, ...], first: int) -> Iterator[Chunk]:
        shared = path if max(map(len, book.texts), default=0) > _SHORT else None
        return chunks_of(_batches(form), form.names, wanted=wanted, rows=rows, first=first, shared=shared)

    others = [one.name for one in book.sheets if one is not chosen]
    told = [f"sheet {chosen.name!r}"]
    if others:
        told.append(
            "not read: " + ", ".join(f"sheet {name!r}" for name in others[:10]) + (" ..." if others[10:] else "")
        )
    return TableFile(path, "xlsx", header.names, (*notes, *told, *header.notes), None, reader)


def _chosen(path: Path, book: Book, name: str | None) -> tuple[Sheet, list[SheetRow]]:
    """Returns the sheet to read and its first rows."""
    if name is not None:
        for sheet in book.sheets:
            if sheet.name == name:
                return sheet, list(islice(read_rows(book, sheet), PREVIEW))
        names = [sheet.name for sheet in book.sheets]
        raise CoercivityError.of(
            "TABLE-SHEET",
            f"sheet {name!r} not found",
            where=str(path),
            nearest=nearest(name, names) or names[:5],
            next="name one of these sheets, or omit the sheet",
        )
    for sheet in book.sheets:
        if sheet.visible:
            preview = list(islice(read_rows(book, sheet), PREVIEW))
            if preview:
                return sheet, preview
    raise CoercivityError.of(
        "TABLE-EMPTY", "no visible sheet has rows", where=str(path), next="export the table again, or name a sheet"
    )


def _shown(row: SheetRow) -> list[str]:
    """Returns the cells of a row with a marker for each unreadable one, so that it does not count as blank."""
    width = min(MOST_PLACES, max((place + 1 for place in row.faults), default=0))
    cells = row.cells + [""] * (width - len(row.cells))
    for place in row.faults:
        if place < width:
            cells[place] = "?"
    return cells


def _must_be_readable(path: Path, preview: list[SheetRow], header: Header) -> None:
    """Raises CoercivityError if a cell of the header cannot be read."""
    faults = [
        Fault("TABLE-HEADER", what, f"{path}, sheet row {row.line}", (), "write the name itself into the cell")
        for row in preview[: header.rows]
        for what in row.faults.values()
    ]
    if faults:
        raise CoercivityError(faults[:10])


def _batches(form: _Form) -> Iterator[Batch]:
    """Yields the data rows at the width of the table."""
    rows = (row for row in read_rows(form.book, form.sheet, width=len(form.names)) if row.line >= form.data_line)
    while taken := list(islice(rows, _BATCH)):
        yield _fitted(taken, form)


def _fitted(taken: list[SheetRow], form: _Form) -> Batch:
    """Brings every row to the width of the table and reports its errors."""
    width = len(form.names)
    blank = [""] * width
    cells = [row.cells if len(row.cells) == width else row.cells + blank[len(row.cells) :] for row in taken]
    batch = Batch(cells, [row.line for row in taken])
    for place, row in enumerate(taken):
        if row.faults:
            more = len(row.faults) - _MOST_TOLD
            what = "; ".join(list(row.faults.values())[:_MOST_TOLD]) + (f"; and {more} more" if more > 0 else "")
            batch.broken[place] = broken_row(
                what,
                where=f"{form.book.container.path}, sheet {form.sheet.name!r}, row {row.line}",
                next="write the value itself into the cell",
            )
    return batch
