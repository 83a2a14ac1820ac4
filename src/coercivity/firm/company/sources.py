"""The file of a company in any of its forms: an XLSX workbook, a YAML file, or a folder with one CSV file a sheet."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from coercivity.base.errors import CoercivityError, Faults
from coercivity.data.input import Input, place_of, read_text
from coercivity.data.textyaml import TextList, TextMap, load_text
from coercivity.files.sheets import NamedSheet, SheetLine, SheetSet
from coercivity.firm.company.model import Company
from coercivity.firm.company.read import read_company

MOST_ROWS = 20_000


def company_of(source: Input) -> Company:
    """Returns the company that a file describes.

    Args:
        source: An XLSX workbook, a YAML file, uploaded content of either, or a folder of CSV files.

    Raises:
        CoercivityError: With every fault of every sheet: sheet, row and cell, what was expected, nearest names.
    """
    faults = Faults()
    company = read_company(read_sheets(source), faults)
    faults.raise_if_any()
    return company


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
    raise CoercivityError.of("FILE-KIND", "expected XLSX, YAML or a folder of CSV files", where=name, next="convert it")


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


def _csv_folder(folder: Path) -> SheetSet:
    found = []
    for path in sorted(folder.glob("*.csv")):
        rows = list(csv.reader(io.StringIO(read_text(path))))
        header = tuple(cell.strip() for cell in rows[0]) if rows else ()
        lines = [
            SheetLine(dict(enumerate(row)), f"row {number}", number)
            for number, row in enumerate(rows[1:], start=2)
            if any(cell.strip() for cell in row)
        ]
        found.append(NamedSheet(path.stem, header, tuple(lines), (), "row 1"))
    if not found:
        raise CoercivityError.of(
            "FILE-KIND", "the folder has no CSV files", where=folder.as_posix(), next="name a file"
        )
    return SheetSet(folder.as_posix(), tuple(found))
