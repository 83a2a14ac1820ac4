"""Sections of a paper as files: CSV with stable column keys, and a workbook without formulas."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from coercivity.base.words import plain
from coercivity.batches.write.outputs import is_live
from coercivity.papers.shared.paper.sections import PaperSection, PaperTable, for_files

_CREATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_NUMBER = re.compile(r"\u2212?[\d,]+(\.\d+)?")
_UNNAMED = re.compile(r"[\[\]:*?/\\']")
_FILE = re.compile(r"[^\w.-]+")
_FIRST_WIDTH, _WIDTH, _LONGEST, _NAME = 34, 18, 32_000, 31
Line = tuple[tuple[str, ...], str, frozenset[int]]  # cells, style, positions of numbers


def section_csv(sections: Iterable[PaperSection]) -> dict[str, bytes]:
    """Returns the tables as CSV files by name: UTF-8 with a byte order mark, CRLF, RFC 4180, no active cell.

    Numbers have no separators; a dash of a table is an empty cell.
    """
    return {f"{_FILE.sub('_', t.id)}.csv": _csv(t) for section in for_files(sections) for t in section.tables}


def section_workbook(title: str, sections: Iterable[PaperSection]) -> bytes:
    """Returns the sections as an XLSX file, a sheet each; the same sections give the same bytes.

    Args:
        title: Title on the first sheet.
        sections: The sections.
    """
    import xlsxwriter  # type: ignore[import-untyped] # it comes without types

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _TEXT_ONLY)
    book.set_properties({"created": _CREATED})
    made = _Book(book)
    for place, section in enumerate(for_files(sections)):
        made.sheet(section.heading, _lines(section, "" if place else title))
    book.close()
    return out.getvalue()


def _csv(table: PaperTable) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([_csv_cell(text, n in table.numeric) for n, text in enumerate(row)])
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(text: str, numeric: bool) -> str:
    if numeric and _NUMBER.fullmatch(text):
        return _number(text)
    if text == "–":
        return ""
    shown = plain(text)
    return f"'{shown}" if is_live(shown) else shown


def _number(text: str) -> str:
    return text.replace("\u2212", "-").replace(",", "")


def _lines(section: PaperSection, title: str) -> Iterator[Line]:
    nothing = frozenset[int]()
    if title:
        yield (title,), "title", nothing
    yield (section.heading,), "title", nothing
    for text in section.sentences:
        yield (text,), "text", nothing
    for table in section.tables:
        yield (), "text", nothing
        yield (table.title,), "title", nothing
        yield table.head, "head", nothing
        for row in table.rows:
            yield row, "text", table.numeric
    for found in section.lists:
        yield (), "text", nothing
        yield (found.title,), "title", nothing
        for text in found.entries:
            yield (f"\u2610 {text}" if found.boxes else text,), "text", nothing
    if section.notes:
        yield (), "text", nothing
    for text in section.notes:
        yield (text,), "text", nothing


class _Book:
    """Writes lines into sheets; a text is never a formula."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._taken: set[str] = set()
        self._styles = {
            "text": book.add_format({"valign": "top"}),
            "title": book.add_format({"bold": True}),
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        }
        self._inert = book.add_format({"quote_prefix": True, "valign": "top"})

    def sheet(self, name: str, lines: Iterator[Line]) -> None:
        """Writes a sheet."""
        sheet = self._book.add_worksheet(self._named(name))
        sheet.set_column(0, 0, _FIRST_WIDTH)
        sheet.set_column(1, 12, _WIDTH)
        for row, (cells, style, numeric) in enumerate(lines):
            for place, cell in enumerate(cells):
                if place in numeric and _NUMBER.fullmatch(cell):
                    sheet.write_number(row, place, float(_number(cell)))
                else:
                    text = plain(cell)[:_LONGEST]
                    sheet.write_string(row, place, text, self._inert if is_live(text) else self._styles[style])

    def _named(self, name: str) -> str:
        """Returns a name that a spreadsheet program accepts, once each."""
        base, number = _UNNAMED.sub(" ", name)[:_NAME], 2
        found = base
        while found.casefold() in self._taken:
            found = f"{base[: _NAME - 3]} {number}"
            number += 1
        self._taken.add(found.casefold())
        return found
