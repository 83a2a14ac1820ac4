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
from coercivity.papers.shared.terminal import columns_of

_CREATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_NUMBER = re.compile(r"\u2212?[\d,]+(\.\d+)?")
_UNNAMED = re.compile(r"[\[\]:*?/\\']")
_FILE = re.compile(r"[^\w.-]+")
_JOINT, _BLANKS = re.compile(r": *"), re.compile(r"  +")
_OPEN_END = re.compile(r"(?:[ ,;-]+(?:and|or|by|of|a|the|that|are|may|not|each)?)$")  # of a name that was cut
_LEAST_WIDTH, _MOST_WIDTH, _LONGEST, _NAME = 12, 48, 32_000, 31
_MOST_ABOVE = 6  # lines above a table that stay in sight with its head
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
    writer.writerow([_csv_cell(name, False) for name in table.columns])  # some are named by users
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
            yield row, "cell", table.numeric
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
            "cell": book.add_format({"valign": "top", "text_wrap": True}),
            "title": book.add_format({"bold": True}),
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        }
        self._number = book.add_format({"valign": "top"})
        self._inert = book.add_format({"quote_prefix": True, "valign": "top", "text_wrap": True})

    def sheet(self, name: str, lines: Iterator[Line]) -> None:
        """Writes a sheet; cells of tables are whole, and the head of a table alone on it stays in sight."""
        sheet = self._book.add_worksheet(self._named(name))
        held = list(lines)
        for place, width in enumerate(_widths(held)):
            sheet.set_column(place, place, width)
        heads = [row for row, (_, style, _) in enumerate(held) if style == "head"]
        if len(heads) == 1 and heads[0] <= _MOST_ABOVE:
            sheet.freeze_panes(heads[0] + 1, 1)
        for row, (cells, style, numeric) in enumerate(held):
            for place, cell in enumerate(cells):
                if place in numeric and _NUMBER.fullmatch(cell):
                    sheet.write_number(row, place, float(_number(cell)), self._number)
                else:
                    text = plain(cell)[:_LONGEST]
                    sheet.write_string(row, place, text, self._inert if is_live(text) else self._styles[style])

    def _named(self, name: str) -> str:
        """Returns a name that a spreadsheet program accepts, once each; a long one ends with a whole word."""
        base, number = _short(_BLANKS.sub(" ", _UNNAMED.sub(" ", _JOINT.sub(" - ", name))).strip()), 2
        found = base
        while found.casefold() in self._taken:
            found = f"{base[: _NAME - 3]} {number}"
            number += 1
        self._taken.add(found.casefold())
        return found


def _short(name: str) -> str:
    """Returns at most as much of a name as a sheet may be called."""
    if len(name) <= _NAME:
        return name
    kept, blank, _ = name[: _NAME + 1].rpartition(" ")
    if not blank or len(kept) <= _NAME // 2:
        return name[:_NAME]
    while (found := _OPEN_END.search(kept)) is not None:
        kept = kept[: found.start()]
    return kept


def _widths(lines: Iterable[Line]) -> list[int]:
    """Returns the width of each column that tables use, by their longest cells; a longer one is wrapped."""
    found: list[int] = []
    for cells, style, _ in lines:
        if style in ("head", "cell"):
            found += [_LEAST_WIDTH] * (len(cells) - len(found))
            for place, cell in enumerate(cells):
                wanted = columns_of(cell) // 2 if style == "head" else columns_of(cell)  # a head is wrapped
                found[place] = min(max(found[place], wanted + 2), _MOST_WIDTH)
    return found
