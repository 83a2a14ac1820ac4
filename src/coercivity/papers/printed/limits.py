"""How large a printed document may be; all excesses are reported together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coercivity.base.errors import Faults
from coercivity.papers.shared.document import PrintedPaper, Slide
from coercivity.papers.shared.sections import PaperSection

MOST_SECTIONS = 100
MOST_CELLS = 60_000
MOST_COLUMNS = 24
MOST_PICTURES = 100
MOST_CHARACTERS = 2_000_000
MOST_SLIDE_CHARACTERS = 400  # a text of a slide
MOST_SLIDE_LINES = 3
MOST_KEY_FIGURES = 4


def check_paper(paper: PrintedPaper) -> None:
    """Raises if a paper is too large to print.

    Raises:
        CoercivityError: With every part that is too large (PDF-SIZE).
    """
    faults = Faults()
    tables = [table for section in paper.sections for table in section.tables]
    pictures = [picture for section in paper.sections for picture in section.figures]
    cells = sum(len(table.rows) * len(table.head) for table in tables)
    characters = sum(len(text) for section in paper.sections for text in _texts(section))
    _most(faults, "sections", len(paper.sections), MOST_SECTIONS)
    _most(faults, "table cells", cells, MOST_CELLS)
    _most(faults, "pictures", len(pictures), MOST_PICTURES)
    _most(faults, "characters", characters, MOST_CHARACTERS)
    _most(faults, "key figures", len(paper.first.figures), MOST_KEY_FIGURES)
    for table in tables:
        _most(faults, "columns", len(table.head), MOST_COLUMNS, table.id)
        if any(len(row) != len(table.head) for row in table.rows):
            faults.add("PDF-SIZE", "a row has more or fewer cells than the head", where=table.id)
    faults.raise_if_any()


def check_slide(slide: Slide) -> None:
    """Raises if a slide holds more than can be read on it.

    Raises:
        CoercivityError: With every part that is too large (PDF-SIZE).
    """
    faults = Faults()
    _most(faults, "lines", len(slide.lines), MOST_SLIDE_LINES)
    for place, text in (("headline", slide.headline), *(("lines", line) for line in slide.lines), ("foot", slide.foot)):
        _most(faults, "characters", len(text), MOST_SLIDE_CHARACTERS, place)
    faults.raise_if_any()


def _most(faults: Faults, what: str, count: int, most: int, where: str = "") -> None:
    if count > most:
        faults.add(
            "PDF-SIZE",
            f"{count:,} {what} are more than {most:,}, which can be printed",
            where=where,
            next="use the workbook or the JSON for the whole",
        )


def _texts(section: PaperSection) -> Iterator[str]:
    yield from (section.heading, *section.sentences, *section.notes)
    for table in section.tables:
        yield from _flat(table.rows)
    for entries in section.lists:
        yield from entries.entries


def _flat(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    for row in rows:
        yield from row
