"""The files of a report on a case."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang, say
from coercivity.firm.line_stop.results import LineStops
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.brief.calendar_file import brief_ics
from coercivity.papers.brief.deals_table import deals_section
from coercivity.papers.brief.report_data import (
    ANNEX_FILES,
    CALENDAR_FILE,
    PAGE_FILES,
    REPORT_FILE,
    WORKBOOK_FILES,
    BriefReport,
)
from coercivity.papers.brief.report_html import page
from coercivity.papers.brief.report_json import report_bytes
from coercivity.papers.firm.mix.sections import mix_sections
from coercivity.papers.firm.output.files import section_workbook
from coercivity.papers.firm.stops.sections import stops_sections
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.shared.sections import PaperSection


def brief_files(
    book: Rulebook, body: BriefReport, supply: OutlookReport | None, stops: LineStops | None, lang: Lang
) -> dict[str, bytes]:
    """Returns the files of a report by name; the same report gives the same bytes.

    Args:
        book: The rulebook, for the words shown to people.
        body: The report data.
        supply: The outlook of the case with its numbers, where the market was run.
        stops: The line stops of the company, for its deadlines; None without a company.
        lang: Language of the calendar file; all others are written in English and in Chinese, or hold both.
    """
    files: dict[str, bytes] = {}
    for each in PAGE_FILES:
        files[PAGE_FILES[each]] = page(book, body, lang=each, supply=supply).encode()
        files[ANNEX_FILES[each]] = page(book, body, lang=each, supply=supply).encode()
        files[WORKBOOK_FILES[each]] = section_workbook(say(body["case"]["title"], each), workbook_sections(body, each))
    files[CALENDAR_FILE] = brief_ics(body, stops, lang)
    files[REPORT_FILE] = report_bytes(body)
    return files


def workbook_sections(body: BriefReport, lang: Lang) -> Iterator[PaperSection]:
    """Yields the sections of the workbook: every transaction in a row, line stops, mix.

    Args:
        body: The report data.
        lang: Language.
    """
    yield deals_section(body, lang)
    if "stops" in body:
        yield from stops_sections(body["stops"], lang)
    if "mix" in body:
        yield from mix_sections(body["mix"], lang)
