"""Sections of a paper as the sheet for readers of a workbook that holds its inputs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coercivity.papers.shared.paper.sections import PaperSection, PaperTable, for_files
from coercivity.workbooks.pages import BookLine, BookPage

_NUMBER = re.compile("\u2212?[\\d,]+(\\.\\d+)?")


def section_page(name: str, title: str, sections: Iterable[PaperSection], first: Iterable[str] = ()) -> BookPage:
    """Returns sections as a sheet.

    Args:
        name: Name of the sheet, one that the form of the workbook leaves to people.
        title: First line.
        sections: The sections.
        first: Lines below the title.
    """
    lines = [BookLine((title,), "title"), *(BookLine((text,)) for text in first), BookLine()]
    for section in for_files(sections):
        lines += [BookLine((section.heading,), "title"), *(BookLine((text,)) for text in section.sentences)]
        for table in section.tables:
            lines += [BookLine((table.title,)), BookLine(table.head, "head"), *_rows(table)]
        lines += [*(BookLine((text,)) for text in section.notes), BookLine()]
    return BookPage(name, tuple(lines))


def _rows(table: PaperTable) -> list[BookLine]:
    return [
        BookLine(tuple(_cell(cell, numeric=place in table.numeric) for place, cell in enumerate(row)))
        for row in table.rows
    ]


def _cell(text: str, *, numeric: bool) -> str | float:
    if numeric and _NUMBER.fullmatch(text):
        return float(text.replace("\u2212", "-").replace(",", ""))
    return text
