"""The files of a report on a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from coercivity.base.words import Lang, say
from coercivity.firm.line_stop.results import LineStops
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.brief.calendar_file import brief_ics
from coercivity.papers.brief.deals_table import WORDINGS, deals_section
from coercivity.papers.brief.paper.paper import brief_paper
from coercivity.papers.brief.paper.slide import brief_slide
from coercivity.papers.brief.paper_html import paper_page
from coercivity.papers.brief.report_data import (
    ANNEX_FILES,
    CALENDAR_FILE,
    FILES,
    PAGE_FILES,
    PDF_FILES,
    REPORT_FILE,
    SLIDE_FILES,
    WORKBOOK_FILES,
    BriefReport,
)
from coercivity.papers.brief.report_html import page
from coercivity.papers.brief.report_json import report_bytes
from coercivity.papers.firm.figures import listed
from coercivity.papers.firm.mix.sections import mix_sections
from coercivity.papers.firm.output.files import section_workbook
from coercivity.papers.firm.stops.sections import stops_sections
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.printed.pdf import pdf_of
from coercivity.papers.printed.slide import slide_png, slide_svg
from coercivity.papers.shared.document import Block, PrintedPaper
from coercivity.papers.shared.names import Text
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
        paper, slide = case_paper(body, each), brief_slide(body, each)
        files[PAGE_FILES[each]] = paper_page(paper, sister=PAGE_FILES["zh" if each == "en" else "en"]).encode()
        files[PDF_FILES[each]] = pdf_of(paper)
        files[f"{SLIDE_FILES[each]}.svg"] = slide_svg(slide, each)
        files[f"{SLIDE_FILES[each]}.png"] = slide_png(slide, each)
        files[ANNEX_FILES[each]] = page(book, body, lang=each, supply=supply).encode()
        files[WORKBOOK_FILES[each]] = section_workbook(paper.title, workbook_sections(body, paper))
    files[CALENDAR_FILE] = brief_ics(body, stops, lang)
    files[REPORT_FILE] = report_bytes(body)
    return {name: files[name] for name in FILES}


def case_paper(body: BriefReport, lang: Lang) -> PrintedPaper:
    """Returns the report as it is printed; page one says what could not be calculated.

    Args:
        body: The report data.
        lang: Language.
    """
    paper, w = brief_paper(body, lang), WORDINGS[lang]
    lacks = [w(f"no_{name}", listed([say(text, lang) for text in found], lang)) for name, found in _lacks(body)]
    lacks += [w("no_supply")] if "supply" not in body else []
    if not lacks:
        return paper
    blocks = (*paper.first.blocks, Block(w("not_calculated"), tuple(lacks)))
    return replace(paper, first=replace(paper.first, blocks=blocks))


def _lacks(body: BriefReport) -> Iterator[tuple[str, list[Text]]]:
    if "company_lacks" in body:
        yield "company", body["company_lacks"]
    if "mix_lacks" in body:
        yield "mix", body["mix_lacks"]


def workbook_sections(body: BriefReport, paper: PrintedPaper) -> Iterator[PaperSection]:
    """Yields the sections of the workbook: every transaction in a row, those of the paper, line stops and mix whole.

    Args:
        body: The report data.
        paper: The paper, for its language and its sections.
    """
    yield deals_section(body, paper.lang)
    yield from paper.sections
    w = WORDINGS[paper.lang]
    if "stops" in body:
        for section in stops_sections(body["stops"], paper.lang):
            yield replace(section, heading=w("of_stops", section.heading))
    if "mix" in body:
        for section in mix_sections(body["mix"], paper.lang):
            yield replace(section, heading=w("of_mix", section.heading))
