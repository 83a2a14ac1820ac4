"""What the templates read: the texts of a paper as JSON, and of each table what its columns must hold."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypedDict

from coercivity.papers.printed.printable import printable, unbroken, width_em
from coercivity.papers.shared.document import PageOne, PrintedPaper
from coercivity.papers.shared.sections import PaperSection, PaperTable

_MEASURED = 4  # texts of a column that Typst measures; their widths here are only estimates


class ColumnData(TypedDict):
    """The widest texts of a column, and those of its widest parts that stay on one line."""

    cells: list[str]
    words: list[str]
    head_words: list[str]


class TableData(TypedDict):
    """A table as the template takes it."""

    title: str
    head: list[str]
    rows: list[list[str]]
    numeric: list[int]
    columns: list[ColumnData]


class _Named(TypedDict):
    heading: str
    sentences: list[str]


class _KeyFigureData(TypedDict):
    label: str
    value: str
    note: str


class PageOneData(TypedDict):
    """Page one as the template takes it."""

    headline: str
    figures: list[_KeyFigureData]
    actions_heading: str
    actions: TableData
    blocks: list[_Named]


class PictureData(TypedDict):
    """A picture: its file and its caption."""

    file: str
    told: str


class _ListData(TypedDict):
    title: str
    entries: list[str]
    boxes: bool


class SectionData(TypedDict):
    """A section as the template takes it."""

    heading: str
    sentences: list[str]
    figures: list[PictureData]
    tables: list[TableData]
    lists: list[_ListData]
    notes: list[str]


class PaperData(TypedDict):
    """A paper as the template takes it."""

    lang: str
    made: dict[str, int] | None
    title: str
    subtitle: str
    label: str
    foot: str
    page_word: str
    first: PageOneData
    sections: list[SectionData]


def paper_files(paper: PrintedPaper) -> dict[str, bytes]:
    """Returns the files that the template of a paper reads: its texts and its pictures."""
    pictures = [picture for section in paper.sections for picture in section.figures]
    names = {id(picture): f"picture-{place}.svg" for place, picture in enumerate(pictures, start=1)}
    data: PaperData = {
        "lang": paper.lang,
        "made": _day(paper.on),
        "title": printable(paper.title),
        "subtitle": printable(paper.subtitle),
        "label": printable(paper.label),
        "foot": printable(paper.foot),
        "page_word": printable(paper.page_word),
        "first": _page_one(paper.first),
        "sections": [_section(section, names) for section in paper.sections],
    }
    files = {names[id(picture)]: picture.svg.encode() for picture in pictures}
    return {"data.json": json.dumps(data, ensure_ascii=False).encode(), **files}


def _day(day: date | None) -> dict[str, int] | None:
    return None if day is None else {"year": day.year, "month": day.month, "day": day.day}


def _page_one(first: PageOne) -> PageOneData:
    actions = [(line.what, line.by, line.cost, line.effect) for line in first.actions]
    return {
        "headline": printable(first.headline),
        "figures": [
            {"label": printable(f.label), "value": printable(f.value), "note": printable(f.note)} for f in first.figures
        ],
        "actions_heading": printable(first.actions_heading),
        "actions": _table("", first.action_heads, actions, frozenset()),
        "blocks": [{"heading": printable(b.heading), "sentences": _told(b.sentences)} for b in first.blocks],
    }


def _section(section: PaperSection, names: dict[int, str]) -> SectionData:
    return {
        "heading": printable(section.heading),
        "sentences": _told(section.sentences),
        "figures": [{"file": names[id(f)], "told": printable(f.told)} for f in section.figures],
        "tables": [_paper_table(table) for table in section.tables],
        "lists": [
            {"title": printable(one.title), "entries": _told(one.entries), "boxes": one.boxes} for one in section.lists
        ],
        "notes": _told(section.notes),
    }


def _told(texts: Iterable[str]) -> list[str]:
    return [printable(text) for text in texts]


def _paper_table(table: PaperTable) -> TableData:
    return _table(table.title, table.head, table.rows, table.numeric)


def _table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]], numeric: frozenset[int]) -> TableData:
    heads, cells = _told(head), [_told(row) for row in rows]
    return {
        "title": printable(title),
        "head": heads,
        "rows": cells,
        "numeric": sorted(numeric),
        "columns": [
            _column(heads[place], [row[place] for row in cells], whole=place in numeric) for place in range(len(heads))
        ],
    }


def _column(head: str, cells: list[str], *, whole: bool) -> ColumnData:
    """Returns what is measured of a column; a number stays on one line as a whole."""
    parts = set(cells) if whole else {part for cell in cells for part in unbroken(cell)}
    return {"cells": _widest(set(cells)), "words": _widest(parts), "head_words": _widest(set(unbroken(head)))}


def _widest(texts: set[str]) -> list[str]:
    return heapq.nlargest(_MEASURED, texts, key=lambda text: (width_em(text), text))
