"""The file of a company in any of its forms: an XLSX workbook, a YAML file, or a folder with one CSV file a sheet."""

from __future__ import annotations

import csv
import io
import tempfile
from dataclasses import replace
from pathlib import Path

from coercivity.base.errors import CoercivityError, Faults
from coercivity.data.input import Input, place_of, read_text
from coercivity.data.textyaml import TextList, TextMap, file_in, load_text
from coercivity.files.sheets import NamedSheet, SheetLine, SheetSet
from coercivity.firm.company.books import MOST_ROWS, book_sheets
from coercivity.firm.company.model import Company
from coercivity.firm.company.read import read_company
from coercivity.firm.company.spec import is_apart
from coercivity.firm.company.write.live import revived

_MOST_FAULTS = 200
_BOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def company_of(source: Input) -> Company:
    """Returns the company that a file describes.

    Args:
        source: An XLSX workbook, a YAML file, uploaded content of either, or a folder of CSV files.

    Raises:
        CoercivityError: With every fault of every sheet: sheet, row and cell, what was expected, nearest names.
    """
    faults = Faults()
    company = read_company(read_sheets(source), faults)
    raise_first(faults, source)
    return company


def raise_first(faults: Faults, source: Input) -> None:
    """Raises the faults of a file, if there are any: at most 200, and the number of the others.

    Raises:
        CoercivityError: With the faults.
    """
    more = len(faults.items) - _MOST_FAULTS
    if more > 0:
        del faults.items[_MOST_FAULTS:]
        what = f"{more:,} more faults are not listed"
        faults.add("FAULTS-MORE", what, where=place_of(source), next="correct those above and read the file again")
    faults.raise_if_any()


def read_sheets(source: Input) -> SheetSet:
    """Returns the sheets of a file as they are written.

    Raises:
        CoercivityError: If it is missing, damaged, hostile, too large or of another kind.
    """
    if isinstance(source, Path) and source.is_dir():
        return _csv_folder(source)
    name = place_of(source)
    if name.casefold().endswith((".yaml", ".yml")):
        return yaml_sheets(load_text(read_text(source), name=name, blanks=True), name)
    if name.casefold().endswith(_BOOKS):
        return _book(source, name)
    raise CoercivityError.of("FILE-KIND", "expected XLSX, YAML or a folder of CSV files", where=name, next="convert it")


def _book(source: Input, name: str) -> SheetSet:
    """Returns the sheets of a workbook; uploaded content is written to a file of its own for as long as it is read."""
    if isinstance(source, Path):
        return book_sheets(source)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"firm{Path(name).suffix}"
        path.write_bytes(source.content)
        try:
            return replace(book_sheets(path), where=name)
        except CoercivityError as error:
            named = [(fault, fault.where.replace(path.as_posix(), name)) for fault in error.faults]
            raise CoercivityError([replace(fault, where=where) for fault, where in named]) from None


def yaml_sheets(raw: object, name: str) -> SheetSet:
    """Returns the sheets of a YAML file: rows by sheet, settings as a mapping.

    Raises:
        CoercivityError: If it is not a mapping of sheets to rows.
    """
    faults = Faults()
    if not isinstance(raw, TextMap):
        raise CoercivityError.of("FIRM-FORM", "not a mapping of sheets", where=name, next="see docs/workbook.md")
    found = []
    for key, rows in raw.items():
        if isinstance(rows, TextMap) and all(isinstance(value, str) for value in rows.values()):
            made = [{"name": k, "value": v} for k, v in rows.items()]
            lines = [rows.key_lines[k] for k in rows]
        elif isinstance(rows, TextList) and all(isinstance(row, TextMap) for row in rows):
            made, lines = list(rows), list(rows.entry_lines)
        elif rows == "":
            continue
        else:
            what = f"{key} is not a list of rows"
            faults.add("FIRM-FORM", what, where=f"{name}:{raw.key_lines[key]}", next="write `- {column: value}`")
            continue
        found.append(_yaml_sheet(key, made, lines))
    for sheet in found:
        _must_be_short(sheet)
    faults.raise_if_any()
    return SheetSet(name, tuple(found))


def _must_be_short(sheet: NamedSheet) -> None:
    if len(sheet.lines) > MOST_ROWS:
        what = f"more than {MOST_ROWS:,} rows"
        raise CoercivityError.of("FILE-SIZE", what, where=sheet.name, next="keep only the rows that are needed")


def _yaml_sheet(key: str, rows: list[dict[str, str]], lines: list[int]) -> NamedSheet:
    header = tuple(dict.fromkeys(name for row in rows for name in row))
    at = {name: number for number, name in enumerate(header)}
    made = [
        SheetLine({at[name]: str(text) for name, text in row.items()}, f"entry {n} (line {line})", n)
        for n, (row, line) in enumerate(zip(rows, lines, strict=True), start=1)
    ]
    return NamedSheet(key, header, tuple(made))


def _csv_folder(folder: Path) -> SheetSet:
    found = []
    for path in sorted(folder.glob("*.csv")):
        if is_apart(path.stem):
            continue
        text = read_text(file_in(folder, path.name))
        try:
            rows = list(csv.reader(io.StringIO(text), strict=True))
        except csv.Error as error:
            raise CoercivityError.of("FILE-FORM", f"not CSV: {error}", where=path.name, next="save it again") from None
        found.append(_csv_sheet(path.stem, rows))
        _must_be_short(found[-1])
    if not found:
        raise CoercivityError.of(
            "FILE-KIND", "the folder has no CSV files", where=folder.as_posix(), next="name a file"
        )
    return SheetSet(folder.as_posix(), tuple(found))


def _csv_sheet(name: str, rows: list[list[str]]) -> NamedSheet:
    width = max(map(len, rows), default=0)
    header = tuple(cell.strip() for cell in rows[0]) if rows else ()
    lines = [
        SheetLine({at: revived(text) for at, text in enumerate(row)}, f"row {number}", number)
        for number, row in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in row)
    ]
    return NamedSheet(name, header + ("",) * (width - len(header)), tuple(lines), (), "row 1")
