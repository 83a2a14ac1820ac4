"""What the templates read: the texts of a paper as JSON, and of each table what its columns must hold."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypedDict

from coercivity.base.errors import Faults
from coercivity.papers.printed.labels import LabelData
from coercivity.papers.printed.pictures import read_picture
from coercivity.papers.printed.printable import printable, unbroken, width_em
from coercivity.papers.shared.paper.document import PageOne, PrintedPaper
from coercivity.papers.shared.paper.sections import PaperFigure, PaperSection, PaperTable, for_readers

_SHORT = 12  # characters of a text that is kept on one line, such as a date
_SHORT_HEAD = 8  # signs, with the places at which it may be broken: four Chinese characters
_WIDER_THAN_A_PAGE = 300  # characters
_MEASURED = 4  # texts of a column that Typst measures; their widths here are only estimates


class ColumnData(TypedDict):
    """The widest texts of a column, its widest texts that should not be broken, and the widest that cannot be."""

    cells: list[str]
    whole: list[str]
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
    """A picture: its file without texts, its caption, what is read aloud, its extent in its own units, its texts."""

    file: str
    told: str
    spoken: str
    width: float
    height: float
    left: float
    top: float
    labels: list[LabelData]


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


class PictureAloneData(TypedDict):
    """A picture without a paper around it."""

    lang: str
    picture: PictureData


class SlideData(TypedDict):
    """A slide as the template takes it."""

    lang: str
    headline: str
    picture: PictureData
    lines: list[str]
    foot: str


def paper_files(paper: PrintedPaper) -> dict[str, bytes]:
    """Returns the files that the template of a paper reads: its texts and its pictures.

    Raises:
        CoercivityError: With every picture that is refused (PDF-PICTURE).
    """
    faults = Faults()
    files: dict[str, bytes] = {}
    sections: list[SectionData] = []
    for section in for_readers(paper.sections):
        pictures: list[PictureData] = []
        for figure in section.figures:
            with faults.kept():
                pictures.append(picture_data(figure, f"picture-{len(files) + 1}.svg", files))
        sections.append(_section(section, pictures))
    faults.raise_if_any()
    data: PaperData = {
        "lang": paper.lang,
        "made": _day(paper.on),
        "title": printable(paper.title),
        "subtitle": printable(paper.subtitle),
        "label": printable(paper.label),
        "foot": printable(paper.foot),
        "page_word": printable(paper.page_word),
        "first": _page_one(paper.first),
        "sections": sections,
    }
    return {**files, "data.json": as_json(data)}


def picture_data(figure: PaperFigure, name: str, files: dict[str, bytes]) -> PictureData:
    """Returns a picture as the templates take it, and adds its file.

    Raises:
        CoercivityError: If it is refused (PDF-PICTURE).
    """
    picture = read_picture(figure)
    files[name] = picture.shapes
    return {
        "file": name,
        "told": printable(figure.told),
        "spoken": printable(figure.told).strip() or figure.id,
        "width": picture.width,
        "height": picture.height,
        "left": picture.left,
        "top": picture.top,
        "labels": picture.labels,
    }


def as_json(data: PaperData | SlideData | PictureAloneData) -> bytes:
    """Returns data as the templates read it."""
    return json.dumps(data, ensure_ascii=False, allow_nan=False).encode()


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


def _section(section: PaperSection, pictures: list[PictureData]) -> SectionData:
    return {
        "heading": printable(section.heading),
        "sentences": _told(section.sentences),
        "figures": pictures,
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
            _column(heads[place], [row[place] for row in cells], numbers=place in numeric)
            for place in range(len(heads))
        ],
    }


def _column(head: str, cells: list[str], *, numbers: bool) -> ColumnData:
    """Returns what is measured of a column; numbers, dates and other short texts stay on one line if they can."""
    different = set(cells)
    words = {part for cell in different for part in unbroken(cell)}
    short = different if numbers else {cell for cell in different if len(cell) <= _SHORT}
    return {
        "cells": _widest({cell[:_WIDER_THAN_A_PAGE] for cell in different}),
        "whole": _widest(words | short),
        "words": _widest(words),
        "head_words": _widest({head} if len(head) <= _SHORT_HEAD and not head.isascii() else set(unbroken(head))),
    }


def _widest(texts: set[str]) -> list[str]:
    return heapq.nlargest(_MEASURED, texts, key=lambda text: (width_em(text), text))
