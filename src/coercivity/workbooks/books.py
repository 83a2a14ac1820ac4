"""An XLSX workbook as sheets with places: what cannot be a table is a fault with its range, and nothing is dropped."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from coercivity.base.errors import CoercivityError, Faults
from coercivity.base.words import plain
from coercivity.files.kinds import kind_of
from coercivity.files.sheets import NamedSheet, SheetLine, SheetSet
from coercivity.files.xlsx.cells import letters_of
from coercivity.files.xlsx.sheet import SheetRow, merged_cells, read_rows
from coercivity.files.xlsx.workbook import Book, Sheet, read_book
from coercivity.workbooks.elements import element_of
from coercivity.workbooks.spec import BookForm, SheetSpec

MOST_ROWS = 20_000  # of one sheet, blank rows not counted
HEAD_ROWS = 10  # the header is one of the first rows that are filled
_MOST_TOLD = 10
_WIDEST = 100


def book_sheets(path: Path, form: BookForm) -> SheetSet:
    """Returns the sheets of a workbook; merged cells, hidden sheets and formulas are faults of the sheets.

    Args:
        path: The file.
        form: The form that is expected.

    Raises:
        CoercivityError: If it is no XLSX workbook, damaged, hostile or protected; if a sheet is too long; or if it has
            none of the sheets of the form.
    """
    name = path.as_posix()
    if kind_of(path)[0] != "xlsx":
        what = "the file is named as a workbook, but is none"
        raise CoercivityError.of("FILE-KIND", what, where=name, next="save it as XLSX, or give the YAML form")
    book, faults = read_book(path), Faults()
    found, known = [], False
    for sheet in book.sheets:
        spec = form.spec_of(sheet.name)
        if form.is_apart(sheet.name):
            known = True
            continue
        if spec is None:
            found.append(NamedSheet(plain(sheet.name), ("?",) if _filled(book, sheet) else (), ()))
            continue
        known = True
        table = _table(book, sheet, spec, faults)
        if table.header and not sheet.visible:
            what = f"the sheet {plain(sheet.name)!r} is hidden"
            faults.add("SHEET", what, where=table.name, next="show it, so that everyone sees what counts, or delete it")
        found.append(table)
    if not known:
        names = ", ".join(spec.names["en"] for spec in form.sheets.values())
        what = f"no sheet of the workbook describes {form.describes}; expected one or more of {names}"
        do = f"start from `{form.template}`"
        raise CoercivityError.of("SHEET", what, where=name, next=do)
    return SheetSet(name, tuple(found), tuple(faults.items))


def _filled(book: Book, sheet: Sheet) -> bool:
    return next(read_rows(book, sheet), None) is not None


def _table(book: Book, sheet: Sheet, spec: SheetSpec, faults: Faults) -> NamedSheet:
    name = plain(sheet.name)
    filled = filter(_says_something, read_rows(book, sheet, percent=True))
    rows = list(islice(filled, MOST_ROWS + HEAD_ROWS + 1))
    if not rows:
        return NamedSheet(name, (), ())
    at = header_at([row.cells for row in rows[:HEAD_ROWS]], spec)
    head, body = rows[at], rows[at + 1 :]
    if len(body) > MOST_ROWS:
        what = f"more than {MOST_ROWS:,} rows"
        raise CoercivityError.of("FILE-SIZE", what, where=name, next="keep only the rows that are needed")
    _tell_merged(book, sheet, name, head.line, faults)
    for what in list(head.faults.values())[:_MOST_TOLD]:
        faults.add("CELL", what, where=f"{name} row {head.line}", next="write the name of the column itself")
    width = min(_WIDEST, max(_width(row) for row in rows[at:]))
    if any(_width(row) > _WIDEST for row in rows[at:]):
        what = f"cells beyond column {letters_of(_WIDEST - 1)} are filled"
        faults.add("COLUMN", what, where=name, next="delete them; the sheet has far fewer columns")
    header = tuple((head.cells[at] if at < len(head.cells) else "").strip() for at in range(width))
    lines = tuple(_line(row, width) for row in body)
    letters = tuple(map(letters_of, range(width)))
    return NamedSheet(name, header, lines, letters, f"row {head.line}")


def _says_something(row: SheetRow) -> bool:
    return bool(row.faults) or any(text.strip() for text in row.cells)


def _width(row: SheetRow) -> int:
    cells = max((at + 1 for at, text in enumerate(row.cells) if text.strip()), default=0)
    return max(cells, max((at + 1 for at in row.faults), default=0))


def _line(row: SheetRow, width: int) -> SheetLine:
    cells = {at: text for at, text in enumerate(row.cells[:width]) if text.strip()}
    faults = {at: what.partition(" ")[2] for at, what in row.faults.items() if at < width}
    return SheetLine(cells, f"row {row.line}", row.line, faults)


def header_at(rows: Sequence[Sequence[str]], spec: SheetSpec) -> int:
    """Returns which of the first rows is the header: the first with two names of columns, else the first with one.

    Rows above it are a title. A second header, further down, is read as a row and told as such.
    """

    def known(cells: Sequence[str]) -> int:
        names = [text for text in cells if text.strip()]
        own = sum(element_of(name) is not None for name in names) if spec.wide == "percent" else 0
        return sum(spec.column(name) is not None for name in names) + own

    counts = [known(row) for row in rows]
    return next((at for at, count in enumerate(counts) if count > 1), counts.index(max(counts)))


def _tell_merged(book: Book, sheet: Sheet, name: str, head: int, faults: Faults) -> None:
    """Adds a fault for merged cells from the header down; those of a title above it are harmless."""
    merged = [cells for cells, last in merged_cells(book.container, sheet) if last >= head]
    for cells in merged[:_MOST_TOLD]:
        what = f"the cells {cells} are merged"
        faults.add(
            "CELL", what, where=f"{name} (cells {cells})", next="unmerge them, and write the value into each row"
        )
    if len(merged) > _MOST_TOLD:
        faults.add("CELL", f"{len(merged) - _MOST_TOLD:,} more ranges are merged", where=name, next="unmerge them")


def must_be_short(sheet: NamedSheet) -> None:
    """Checks the number of rows of a sheet.

    Raises:
        CoercivityError: If there are too many.
    """
    if len(sheet.lines) > MOST_ROWS:
        what = f"more than {MOST_ROWS:,} rows"
        raise CoercivityError.of("FILE-SIZE", what, where=sheet.name, next="keep only the rows that are needed")
