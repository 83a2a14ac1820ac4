"""Workbooks as a person might make them, written with the plain XML of a sheet so that a test shows every cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped] # it comes without types
import yaml

from coercivity.base.errors import CoercivityError, Fault
from coercivity.data.input import Content, Input
from coercivity.firm.company.sources import company_of
from tests.places import ROOT

ALPENMOTOR, NORDLICHT = (ROOT / "examples" / "firms" / f"{name}.yaml" for name in ("alpenmotor", "nordlicht"))
NAMES = {"in_transit": "In transit"}
Sheets = Mapping[str, Sequence[Any]]


def faults_of(source: Input) -> tuple[Fault, ...]:
    """Returns every fault of a file; fails if it has none."""
    try:
        company_of(source)
    except CoercivityError as error:
        return error.faults
    raise AssertionError("the file has no fault")


def told(source: Input) -> list[tuple[str, str]]:
    """Returns where and what of every fault of a file."""
    return [(fault.where, fault.what) for fault in faults_of(source)]


def example_rows(path: Path = ALPENMOTOR) -> dict[str, list[list[object]]]:
    """Returns an example as tables, header first, under the names of the sheets; cells are text as in the file."""
    found: dict[str, list[list[object]]] = {}
    for key, rows in yaml.safe_load(path.read_text()).items():
        entries = [{"name": k, "value": v} for k, v in rows.items()] if isinstance(rows, dict) else rows
        header = list(dict.fromkeys(name for entry in entries for name in entry))
        name = NAMES.get(key, key.capitalize())
        found[name] = [header, *([entry.get(column, "") for column in header] for entry in entries)]
    return found


def write_book(path: Path, sheets: Sheets, *, hidden: Sequence[str] = ()) -> Path:
    """Writes a workbook; cells of digits are numbers, blank ones are left out."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": True, "strings_to_formulas": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for number, row in enumerate(rows):
            for at, cell in enumerate(row):
                if cell != "":
                    sheet.write(number, at, cell)
    book.close()
    return path


def yaml_of(text: str) -> Content:
    """Returns YAML text as uploaded content."""
    return Content.of("firm.yaml", text)


def changed(*pairs: tuple[str, str], path: Path = ALPENMOTOR) -> Content:
    """Returns an example with texts replaced, each of which must be in it once."""
    text = path.read_text()
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return yaml_of(text)
