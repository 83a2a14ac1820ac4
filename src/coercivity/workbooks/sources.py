"""The file of a workbook in any of its forms: XLSX, YAML, or a folder or ZIP file with one CSV file a sheet."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from coercivity.base.errors import CoercivityError, Faults
from coercivity.data.input import Input, place_of, read_text
from coercivity.data.textyaml import TextList, TextMap, load_text
from coercivity.files.sheets import NamedSheet, SheetLine, SheetSet
from coercivity.workbooks.books import book_sheets, must_be_short
from coercivity.workbooks.csv_folder import csv_sheets
from coercivity.workbooks.spec import BookForm

_MOST_FAULTS = 200
_BOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


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


def read_sheets(source: Input | str, form: BookForm) -> SheetSet:
    """Returns the sheets of a file as they are written.

    Args:
        source: An XLSX workbook, a YAML file, a folder of CSV files or a ZIP file of one, or uploaded content.
        form: The form that is expected.

    Raises:
        CoercivityError: If it is missing, damaged, hostile, too large or of another kind.
    """
    if isinstance(source, str):  # a caller in Python without types
        source = Path(source)
    name = place_of(source)
    is_archive = name.casefold().endswith(".zip") and (not isinstance(source, Path) or source.is_file())
    if is_archive or (isinstance(source, Path) and source.is_dir()):
        return csv_sheets(source, form)
    if name.casefold().endswith((".yaml", ".yml")):
        return yaml_sheets(load_text(_yaml_text(source, form), name=name, blanks=True), name, form)
    if name.casefold().endswith(_BOOKS):
        return _book(source, name, form)
    raise CoercivityError.of("FILE-KIND", "expected XLSX, YAML or a folder of CSV files", where=name, next="convert it")


def _yaml_text(source: Input, form: BookForm) -> str:
    try:
        return read_text(source)
    except CoercivityError as error:
        command = f"`{form.template}`"
        do = f"fill it in, or delete it; {command} writes an empty workbook"
        faults = [replace(fault, next=do) if fault.code == "FILE-EMPTY" else fault for fault in error.faults]
        raise CoercivityError(faults) from None


def _book(source: Input, name: str, form: BookForm) -> SheetSet:
    """Returns the sheets of a workbook; uploaded content is written to a file of its own for as long as it is read."""
    if isinstance(source, Path):
        return book_sheets(source, form)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"book{Path(name).suffix}"
        path.write_bytes(source.content)
        try:
            return replace(book_sheets(path, form), where=name)
        except CoercivityError as error:
            named = [(fault, fault.where.replace(path.as_posix(), name)) for fault in error.faults]
            raise CoercivityError([replace(fault, where=where) for fault, where in named]) from None


def yaml_sheets(raw: object, name: str, form: BookForm) -> SheetSet:
    """Returns the sheets of a YAML file: rows by sheet, settings as a mapping.

    Args:
        raw: Content of the file.
        name: Its name, for messages.
        form: The form that is expected.

    Raises:
        CoercivityError: If it is not a mapping of sheets to rows.
    """
    faults = Faults()
    if not isinstance(raw, TextMap):
        raise CoercivityError.of("FIRM-FORM", "not a mapping of sheets", where=name, next=f"see {form.docs}")
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
        must_be_short(sheet)
    faults.raise_if_any()
    return SheetSet(name, tuple(found))


def _yaml_sheet(key: str, rows: list[dict[str, str]], lines: list[int]) -> NamedSheet:
    header = tuple(dict.fromkeys(name for row in rows for name in row))
    at = {name: number for number, name in enumerate(header)}
    made = [
        SheetLine({at[name]: str(text) for name, text in row.items()}, f"entry {n} (line {line})", n)
        for n, (row, line) in enumerate(zip(rows, lines, strict=True), start=1)
    ]
    return NamedSheet(key, header, tuple(made))
