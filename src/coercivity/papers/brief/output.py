"""The files of a report on a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sized
from dataclasses import dataclass, replace
from functools import partial

from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.words import Lang, say
from coercivity.firm.line_stop.results import LineStops
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.brief.calendar_file import brief_ics
from coercivity.papers.brief.compliance.section import compliance_section, states_cost
from coercivity.papers.brief.deals_table import WORDINGS, deals_section
from coercivity.papers.brief.paper.own_names import company_named
from coercivity.papers.brief.paper.page_one.fit import on_one_page
from coercivity.papers.brief.paper.paper import brief_paper
from coercivity.papers.brief.paper.slide import brief_slide
from coercivity.papers.brief.paper.wording import wording
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
from coercivity.papers.firm.mix.sections import mix_sections
from coercivity.papers.firm.stops.sections import stops_sections
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.printed.limits import MOST_SLIDE_CHARACTERS
from coercivity.papers.printed.pdf import page_one_length, pdf_of
from coercivity.papers.printed.slide import slide_png, slide_svg
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.output.files import section_workbook
from coercivity.papers.shared.pages import PageLang
from coercivity.papers.shared.paper.document import Block, PrintedPaper, Slide
from coercivity.papers.shared.paper.figures import listed
from coercivity.papers.shared.paper.sections import PaperSection

TOO_LARGE = "PDF-SIZE"


@dataclass(frozen=True, slots=True)
class BriefFiles:
    """The files of a report.

    Attributes:
        files: Content by name.
        left_out: Why a file that is printed was left out: it would be too large. The others hold all that it would.
    """

    files: dict[str, bytes]
    left_out: tuple[Fault, ...]


def brief_files(
    book: Rulebook,
    body: BriefReport,
    supply: OutlookReport | None,
    stops: LineStops | None,
    lang: Lang,
    progress: Callable[[int, int], None] | None = None,
) -> BriefFiles:
    """Returns the files of a report; the same report gives the same bytes.

    Args:
        book: The rulebook, for the words shown to people.
        body: The report data.
        supply: The outlook of the case with its numbers, where the market was run.
        stops: The line stops of the company, for its deadlines; None without a company.
        lang: Language of the calendar file; all others are written in English and in Chinese, or hold both.
        progress: Called with (files done, all).

    Raises:
        CoercivityError: If Typst or a font is missing, or Typst refuses the data.
    """
    files: dict[str, bytes] = {CALENDAR_FILE: brief_ics(body, stops, lang), REPORT_FILE: report_bytes(body)}
    left_out: list[Fault] = []
    done = partial(_told, progress, files, left_out)
    for each in PAGE_FILES:
        paper = case_paper(body, each)
        files[PAGE_FILES[each]] = paper_page(paper, sister=PAGE_FILES["zh" if each == "en" else "en"]).encode()
        done()
        files[ANNEX_FILES[each]] = page(book, body, lang=each, supply=supply).encode()
        done()
        files[WORKBOOK_FILES[each]] = section_workbook(paper.title, workbook_sections(body, paper))
        for name, make in _printed(paper, _short(brief_slide(body, each)), each):
            try:
                files[name] = make()
            except CoercivityError as error:
                if any(fault.code != TOO_LARGE for fault in error.faults):
                    raise
                left_out += [replace(fault, where=name) for fault in error.faults]
            done()
    return BriefFiles({name: files[name] for name in FILES if name in files}, tuple(left_out))


def _told(progress: Callable[[int, int], None] | None, files: Sized, left_out: Iterable[Fault]) -> None:
    if progress is not None:
        progress(len(files) + len({fault.where for fault in left_out}), len(FILES))


def _printed(paper: PrintedPaper, slide: Slide, lang: PageLang) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yields the files that are printed, with what makes them."""
    yield PDF_FILES[lang], partial(pdf_of, paper)
    yield f"{SLIDE_FILES[lang]}.svg", partial(slide_svg, slide, lang)
    yield f"{SLIDE_FILES[lang]}.png", partial(slide_png, slide, lang)


def _short(slide: Slide) -> Slide:
    """Returns a slide whose texts can be read on it: a long one ends with an ellipsis, the paper has it whole."""
    lines = tuple(_ended(line) for line in slide.lines)
    return replace(slide, headline=_ended(slide.headline), lines=lines, foot=_ended(slide.foot))


def _ended(text: str) -> str:
    return text if len(text) <= MOST_SLIDE_CHARACTERS else f"{text[: MOST_SLIDE_CHARACTERS - 1]}…"


def case_paper(body: BriefReport, lang: Lang) -> PrintedPaper:
    """Returns the report as it is printed; page one says what could not be calculated, and fits a page.

    Args:
        body: The report data.
        lang: Language.
    """
    named = company_named(body, lang)
    paper, w = brief_paper(named, lang), WORDINGS[lang]
    lacks = [w(f"no_{name}", listed([say(text, lang) for text in found], lang)) for name, found in _lacks(body)]
    lacks += [w("no_supply")] if "supply" not in body else []
    if lacks:
        blocks = (*paper.first.blocks, Block(w("not_calculated"), tuple(lacks)))
        paper = replace(paper, first=replace(paper.first, blocks=blocks))
    try:
        return on_one_page(paper, named, wording(lang), page_one_length)
    except CoercivityError as error:
        if any(fault.code != TOO_LARGE for fault in error.faults):
            raise
        return paper  # it is not printed


def _lacks(body: BriefReport) -> Iterator[tuple[str, list[Text]]]:
    if "company_lacks" in body:
        yield "company", body["company_lacks"]
    if "stops_lacks" in body:
        yield "stops", body["stops_lacks"]
    if "mix_lacks" in body:
        yield "mix", body["mix_lacks"]
    if "mix_sheets" in body:
        yield "mix_sheets", body["mix_sheets"]


def workbook_sections(body: BriefReport, paper: PrintedPaper) -> Iterator[PaperSection]:
    """Yields the sections of the workbook: every transaction in a row, those of the paper, line stops and mix whole.

    Args:
        body: The report data.
        paper: The paper, for its language and its sections.
    """
    yield deals_section(body, paper.lang)
    yield from paper.sections
    if "compliance" in body and not states_cost(body):
        yield compliance_section(body, body["compliance"], paper.lang)
    w = WORDINGS[paper.lang]
    if "stops" in body:
        for section in stops_sections(body["stops"], paper.lang):
            yield replace(section, heading=w("of_stops", section.heading))
    if "mix" in body:
        for section in mix_sections(body["mix"], paper.lang):
            yield replace(section, heading=w("of_mix", section.heading))
