"""What a budget should buy as files: pages, CSV, picture, and a workbook that holds its inputs and loads again."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.ministry.fund.model import FundBook
from coercivity.ministry.fund.write import fund_file
from coercivity.papers.ministry.fund.report_data import FundReport
from coercivity.papers.ministry.fund.sections import fund_sections, fund_title
from coercivity.papers.ministry.fund.wording import wording
from coercivity.papers.shared.output.book_page import section_page
from coercivity.papers.shared.output.files import section_csv
from coercivity.papers.shared.output.page import page_html


def fund_page(body: FundReport, lang: Lang = "en", *, sister: str = "") -> str:
    """Returns the result as a page that prints whole and needs no script.

    Args:
        body: The result as plain data.
        lang: Language.
        sister: Address of the page in the other language; empty if there is none.
    """
    foot = wording(lang)("footer", body["hash"])
    return page_html(fund_title(body, lang), fund_sections(body, lang), {}, lang, sister=sister, foot=foot)


def fund_csv(body: FundReport, lang: Lang = "en") -> dict[str, bytes]:
    """Returns the tables as CSV files by name.

    Args:
        body: The result as plain data.
        lang: Language of the words in cells; the names of the columns are the same in all languages.
    """
    return section_csv(fund_sections(body, lang))


def fund_workbook(body: FundReport, book: FundBook, lang: Lang = "en") -> bytes:
    """Returns a workbook with the inputs in their own sheets and the result in a sheet for readers.

    It loads again. No cell is a formula.

    Args:
        body: The result as plain data.
        book: The workbook that it was computed for.
        lang: Language of the sheets.
    """
    w = wording(lang)
    first = (w("hash", body["hash"]),)
    page = section_page(w("result_sheet"), fund_title(body, lang), fund_sections(body, lang), first)
    return fund_file(book, lang, page=page)
