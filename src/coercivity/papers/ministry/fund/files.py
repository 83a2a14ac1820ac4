"""What a budget should buy on paper, and as a workbook that holds its inputs and loads again."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.ministry.fund.model import FundBook
from coercivity.ministry.fund.write import fund_file
from coercivity.papers.ministry.fund.picture import fund_picture
from coercivity.papers.ministry.fund.report_data import FundReport
from coercivity.papers.ministry.fund.sections import fund_sections, fund_title
from coercivity.papers.ministry.fund.wording import wording
from coercivity.papers.ministry.paper import MinistryPaper
from coercivity.papers.shared.output.book_page import section_page


def fund_paper(body: FundReport, lang: Lang = "en") -> MinistryPaper:
    """Returns the result on paper.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    w = wording(lang)
    told = w("hash", body["hash"]), w("footer", body["hash"])
    return MinistryPaper(fund_title(body, lang), fund_sections(body, lang), fund_picture(body, w), *told, lang)


def fund_workbook(body: FundReport, book: FundBook, lang: Lang = "en") -> bytes:
    """Returns a workbook with the inputs in their own sheets and the result in a sheet for readers.

    It loads again. No cell is a formula.

    Args:
        body: The result as plain data.
        book: The workbook that it was computed for.
        lang: Language of the sheets.
    """
    paper = fund_paper(body, lang)
    page = section_page(wording(lang)("result_sheet"), paper.title, paper.shown, (paper.hash,))
    return fund_file(book, lang, page=page)
