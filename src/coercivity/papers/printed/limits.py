"""How large a printed document may be; all excesses are reported together."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.errors import Faults
from coercivity.papers.shared.paper.document import PrintedPaper, Slide
from coercivity.papers.shared.paper.sections import PaperSection

MOST_SECTIONS = 100
MOST_CELLS = 20_000  # about six seconds and half a gigabyte of memory
MOST_COLUMNS = 40
MOST_PICTURES = 100
MOST_CHARACTERS = 2_000_000
MOST_SLIDE_CHARACTERS = 400  # a text of a slide
MOST_SLIDE_LINES = 3
MOST_KEY_FIGURES = 4


def check_paper(paper: PrintedPaper) -> None:
    """Raises if a paper is too large to print.

    Raises:
        CoercivityError: With every part that is too large (PDF-SIZE); if the paper has no title (PDF-SET).
    """
    faults = Faults()
    tables = [table for section in paper.sections for table in section.tables]
    counted = {
        "sections": (len(paper.sections), MOST_SECTIONS),
        "tables": (sum(len(row) for table in tables for row in table.rows), MOST_CELLS),
        "figures": (sum(len(section.figures) for section in paper.sections), MOST_PICTURES),
        "texts": (sum(len(text) for text in texts_of(paper)), MOST_CHARACTERS),
        "first.figures": (len(paper.first.figures), MOST_KEY_FIGURES),
    }
    units = {
        "sections": "sections",
        "tables": "table cells",
        "figures": "pictures",
        "texts": "characters",
        "first.figures": "key figures",
    }
    for where, (count, most) in counted.items():
        _most(faults, count, most, units[where], where)
    if not paper.title.strip():
        faults.add("PDF-SET", "the document has no title", where="title", next="report the fault with the input")
    for table in tables:
        _most(faults, len(table.head), MOST_COLUMNS, "columns", table.id)
        if any(len(row) != len(table.head) for row in table.rows):
            faults.add(
                "PDF-SIZE",
                "a row has more or fewer cells than the table has columns",
                where=table.id,
                next="report the fault with the input",
            )
    faults.raise_if_any()


def check_slide(slide: Slide) -> None:
    """Raises if a slide holds more than can be read on it.

    Raises:
        CoercivityError: With every part that is too large (PDF-SIZE).
    """
    faults = Faults()
    _most(faults, len(slide.lines), MOST_SLIDE_LINES, "lines", "lines")
    for where, text in (("headline", slide.headline), *(("lines", line) for line in slide.lines), ("foot", slide.foot)):
        _most(faults, len(text), MOST_SLIDE_CHARACTERS, "characters", where)
    faults.raise_if_any()


def texts_of(paper: PrintedPaper) -> Iterator[str]:
    """Yields every text of a paper that is printed, in order."""
    first = paper.first
    yield from (paper.label, paper.title, paper.subtitle, first.headline)
    for figure in first.figures:
        yield from (figure.label, figure.value, figure.note)
    if first.actions:
        yield from (first.actions_heading, *first.action_heads)
    for action in first.actions:
        yield from (action.what, action.by, action.cost, action.effect)
    for block in first.blocks:
        yield from (block.heading, *block.sentences)
    for section in paper.sections:
        yield from _texts(section)
    yield paper.foot


def _most(faults: Faults, count: int, most: int, unit: str, where: str) -> None:
    if count > most:
        faults.add(
            "PDF-SIZE",
            f"at most {most:,} {unit} can be printed, not {count:,}",
            where=where,
            next="use the workbook or the JSON, which hold everything",
        )


def _texts(section: PaperSection) -> Iterator[str]:
    yield from (section.heading, *section.sentences)
    for figure in section.figures:
        yield figure.told
    for table in section.tables:
        yield from (table.title, *table.head)
        for row in table.rows:
            yield from row
    yield from section.notes
    for entries in section.lists:
        yield from (entries.title, *entries.entries)
