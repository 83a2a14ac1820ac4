"""An outlook as a workbook: sentences on the first sheet, then a sheet with the tables of each section."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from coercivity.base.words import plain, say
from coercivity.batches.write.outputs import is_live
from coercivity.papers.outlook.breadth.section import Section, TextTable, word
from coercivity.papers.outlook.breadth.sections import sections
from coercivity.papers.outlook.difference.pairs import shown_differences
from coercivity.papers.outlook.draws.section import DrawsSection, draws_section
from coercivity.papers.outlook.read import runs_of
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.words import HEADINGS, PHRASES
from coercivity.papers.shared.pages import PageLang

WORKBOOK_FILES: Mapping[PageLang, str] = {"en": "outlook.xlsx", "zh": "outlook.zh.xlsx"}
_CREATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_NUMBER = re.compile(r"[\u2212-]?[\d,]+(\.\d+)?(e-\d+)?")
_FIRST_WIDTH, _WIDTH, _LONGEST = 34, 18, 32_000


def workbook(report: OutlookReport, lang: PageLang = "en") -> bytes:
    """Returns the sections of an outlook as an XLSX file; the same report data give the same bytes.

    Args:
        report: The report data.
        lang: Language of the sheets.
    """
    import xlsxwriter  # type: ignore[import-untyped] # it comes without types

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _TEXT_ONLY)
    book.set_properties({"created": _CREATED})
    made = _Book(book)
    every = sections(report, lang)
    draws = draws_section(report, lang)
    made.sheet(word("sheets", "summary", lang), _summary(report, draws, every, lang))
    if draws is not None:
        made.sheet(word("sheets", "draws", lang), _draws(draws))
    for section in every:
        made.sheet(word("sheets", section.id, lang), _lines(section))
    book.close()
    return out.getvalue()


Line = tuple[tuple[str, ...], str, frozenset[int]]  # cells, style, positions of numbers


def _summary(
    report: OutlookReport, draws: DrawsSection | None, every: tuple[Section, ...], lang: PageLang
) -> Iterator[Line]:
    yield (say(HEADINGS["kind"], lang), f"{report['from']} – {report['to']}"), "title", frozenset()
    for run in runs_of(report):
        yield (run.key, say(run.body["title"], lang), say(run.branch, lang), run.body["hash"]), "text", frozenset()
    for told in shown_differences(report, lang):
        yield (told,), "text", frozenset()
    if draws is not None:
        yield (draws.heading,), "title", frozenset()
        for sentence in draws.sentences:
            yield (sentence,), "text", frozenset()
        if draws.figures is not None:
            yield from _table(draws.figures)
    for section in every:
        if section.sentences:
            yield (section.heading,), "title", frozenset()
        for sentence in section.sentences:
            yield (sentence,), "text", frozenset()
    yield (say(PHRASES["quiet"], lang),), "text", frozenset()


def _lines(section: Section) -> Iterator[Line]:
    yield (section.heading,), "title", frozenset()
    for text in (*section.sentences, section.absent, section.about):
        if text:
            yield (text,), "text", frozenset()
    for table in section.tables:
        yield from _table(table)


def _draws(draws: DrawsSection) -> Iterator[Line]:
    yield (draws.heading,), "title", frozenset()
    for text in (*draws.sentences, *draws.notes):
        yield (text,), "text", frozenset()
    for table in (*draws.tables, *(fan.sheet for panel in draws.panels for fan in panel.fans)):
        yield from _table(table)


def _table(table: TextTable) -> Iterator[Line]:
    yield (), "text", frozenset()
    yield (table.title,), "title", frozenset()
    yield table.head, "head", frozenset()
    for row in table.rows:
        yield row, "text", table.numeric


class _Book:
    """Writes lines into sheets; a text is never a formula."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._styles = {
            "text": book.add_format({"valign": "top"}),
            "title": book.add_format({"bold": True}),
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        }
        self._inert = book.add_format({"quote_prefix": True, "valign": "top"})

    def sheet(self, name: str, lines: Iterator[Line]) -> None:
        """Writes a sheet."""
        sheet = self._book.add_worksheet(name)
        sheet.set_column(0, 0, _FIRST_WIDTH)
        sheet.set_column(1, 12, _WIDTH)
        for row, (cells, style, numeric) in enumerate(lines):
            for place, cell in enumerate(cells):
                if place in numeric and _NUMBER.fullmatch(cell):
                    sheet.write_number(row, place, float(cell.replace("\u2212", "-").replace(",", "")))
                else:
                    text = plain(cell)[:_LONGEST]
                    sheet.write_string(row, place, text, self._inert if is_live(text) else self._styles[style])
