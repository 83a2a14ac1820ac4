"""A folder with one CSV file a sheet as sheets with places; a file that is not read is told, and no row is lost."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from coercivity.base.errors import CoercivityError, Faults
from coercivity.data.input import Input, place_of, read_text
from coercivity.data.textyaml import file_in
from coercivity.files.sheets import NamedSheet, SheetLine, SheetSet
from coercivity.workbooks.books import HEAD_ROWS, header_at, must_be_short
from coercivity.workbooks.csv_archive import csv_members
from coercivity.workbooks.live import revived
from coercivity.workbooks.spec import BookForm

_OTHER_MARKS = {
    ";": "its columns are parted by semicolons, not by commas",
    "\t": "its columns are parted by tabs, not by commas",
}


def csv_sheets(source: Input, form: BookForm) -> SheetSet:
    """Returns the sheets of a folder, or of a ZIP file, with one CSV file a sheet.

    Args:
        source: The folder, or the archive.
        form: The form that is expected.

    Raises:
        CoercivityError: With the faults of every file that cannot be read, or if there is no CSV file.
    """
    if isinstance(source, Path) and source.is_dir():
        return _sheets(
            {path.name: path for path in sorted(source.iterdir()) if not path.is_dir()}, source, "folder", form
        )
    return _sheets(csv_members(source, form), source, "archive", form)


def _sheets(files: Mapping[str, Input], source: Input, kind: Literal["folder", "archive"], form: BookForm) -> SheetSet:
    found, faults = [], Faults()
    for name, file in files.items():
        stem, suffix = Path(name).stem, Path(name).suffix
        if form.is_apart(stem):
            continue
        if suffix.casefold() == ".csv":
            with faults.kept():
                text = read_text(file_in(file.parent, name) if isinstance(file, Path) else file)
                found.append(_sheet(stem, csv_rows(text, name), form))
                must_be_short(found[-1])
        elif form.spec_of(stem) is not None:
            what = "in a folder only CSV files are read"
            faults.add("FILE-KIND", what, where=name, next="save it as CSV, or move it elsewhere")
    if not found and not faults.items:
        what = "the folder has no CSV files" if kind == "folder" else "the archive has no CSV files"
        do = "put one CSV file a sheet into it, such as stock.csv, or delete it"
        raise CoercivityError.of("FILE-KIND", what, where=place_of(source), next=do)
    faults.raise_if_any()
    return SheetSet(place_of(source), tuple(found))


def csv_rows(text: str, name: str) -> list[list[str]]:
    """Returns the rows of a CSV file.

    Args:
        text: Its text.
        name: Its name, for messages.

    Raises:
        CoercivityError: If it is not CSV, or its columns are parted by semicolons or tabs.
    """
    try:
        rows = list(csv.reader(io.StringIO(text), strict=True))
    except csv.Error as error:
        raise CoercivityError.of("FILE-FORM", f"not CSV: {error}", where=name, next="save it again") from None
    widest = max((cell for row in rows[:HEAD_ROWS] for cell in row if len(row) == 1), key=len, default="")
    for mark, what in _OTHER_MARKS.items():
        if mark in widest and max(map(len, rows[:HEAD_ROWS])) == 1:
            raise CoercivityError.of("FILE-FORM", what, where=name, next="save it with commas, or as XLSX")
    return rows


def _sheet(name: str, rows: list[list[str]], form: BookForm) -> NamedSheet:
    filled = [(n, row) for n, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    if not filled:
        return NamedSheet(name, (), (), (), "row 1")
    spec = form.spec_of(name)
    at = header_at([row for _, row in filled[:HEAD_ROWS]], spec) if spec is not None else 0
    head, cells = filled[at]
    width = max(len(row) for _, row in filled[at:])
    header = tuple(revived(cell.strip()) for cell in cells) + ("",) * (width - len(cells))
    lines = [
        SheetLine({at: revived(text) for at, text in enumerate(row)}, f"row {number}", number)
        for number, row in filled[at + 1 :]
    ]
    return NamedSheet(name, header, tuple(lines), (), f"row {head}")
