"""The best mix as files: pages, CSV, and a workbook that holds its own inputs and loads again to the same answer."""

from __future__ import annotations

import re

from coercivity.base.words import Lang
from coercivity.firm.company.model import Company
from coercivity.firm.company.write.workbook import company_book
from coercivity.papers.firm.mix.report_data import MixReport
from coercivity.papers.firm.mix.sections import mix_sections, mix_title
from coercivity.papers.firm.mix.wording import wording
from coercivity.papers.firm.output.files import section_csv
from coercivity.papers.firm.output.page import page_html
from coercivity.papers.shared.paper.sections import PaperTable, for_files
from coercivity.workbooks.pages import BookLine, BookPage

_NUMBER = re.compile("\u2212?[\\d,]+(\\.\\d+)?")


def mix_page(body: MixReport, lang: Lang = "en", *, sister: str = "") -> str:
    """Returns the best mix as a page that prints whole and needs no script.

    Args:
        body: The result as plain data.
        lang: Language.
        sister: Address of the page in the other language; empty if there is none.
    """
    foot = wording(lang)("footer", body["hash"])
    return page_html(mix_title(body, lang), mix_sections(body, lang), {}, lang, sister=sister, foot=foot)


def mix_csv(body: MixReport, lang: Lang = "en") -> dict[str, bytes]:
    """Returns the tables as CSV files by name.

    Args:
        body: The result as plain data.
        lang: Language of the words in cells; the names of the columns are the same in all languages.
    """
    return section_csv(mix_sections(body, lang))


def mix_workbook(body: MixReport, company: Company, lang: Lang = "en") -> bytes:
    """Returns a workbook with the inputs in their own sheets and the result in a sheet for readers.

    It loads again as the workbook of the company. No cell is a formula.

    Args:
        body: The result as plain data.
        company: The company that it was computed for.
        lang: Language of the sheets.
    """
    return company_book(company, lang, page=_plan_page(body, lang))


def _plan_page(body: MixReport, lang: Lang) -> BookPage:
    w = wording(lang)
    lines = [BookLine((mix_title(body, lang),), "title"), BookLine((w("hash", body["hash"]),)), BookLine()]
    for section in for_files(mix_sections(body, lang)):
        lines += [BookLine((section.heading,), "title"), *(BookLine((text,)) for text in section.sentences)]
        for table in section.tables:
            lines += [BookLine((table.title,)), BookLine(table.head, "head"), *_rows(table)]
        lines += [*(BookLine((text,)) for text in section.notes), BookLine()]
    return BookPage(w("plan_sheet"), tuple(lines))


def _rows(table: PaperTable) -> list[BookLine]:
    return [
        BookLine(tuple(_cell(cell, numeric=place in table.numeric) for place, cell in enumerate(row)))
        for row in table.rows
    ]


def _cell(text: str, *, numeric: bool) -> str | float:
    if numeric and _NUMBER.fullmatch(text):
        return float(text.replace("\u2212", "-").replace(",", ""))
    return text
