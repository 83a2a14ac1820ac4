"""The best mix as files: pages, CSV, and a workbook that holds its own inputs and loads again to the same answer."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.firm.company.model import Company
from coercivity.firm.company.write.workbook import company_book
from coercivity.papers.firm.mix.report_data import MixReport
from coercivity.papers.firm.mix.sections import mix_sections, mix_title
from coercivity.papers.firm.mix.wording import wording
from coercivity.papers.shared.output.book_page import section_page
from coercivity.papers.shared.output.files import section_csv
from coercivity.papers.shared.output.page import page_html


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
    w = wording(lang)
    first = (w("hash", body["hash"]),)
    page = section_page(w("plan_sheet"), mix_title(body, lang), mix_sections(body, lang), first)
    return company_book(company, lang, page=page)
