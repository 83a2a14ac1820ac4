"""Who wins with what as files: pages, tables as CSV, a workbook, and the picture."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.papers.ministry.strategy.pictures import cost_picture
from coercivity.papers.ministry.strategy.report_data import StrategyReport
from coercivity.papers.ministry.strategy.sections import for_pages, strategy_sections, strategy_title
from coercivity.papers.ministry.strategy.wording import wording
from coercivity.papers.shared.output.files import section_csv, section_workbook
from coercivity.papers.shared.output.page import page_html


def strategy_page(body: StrategyReport, lang: Lang = "en", *, sister: str = "") -> str:
    """Returns the result as a page that prints whole and needs no script.

    Args:
        body: The result as plain data.
        lang: Language.
        sister: Address of the page in the other language; empty if there is none.
    """
    foot = wording(lang)("footer", body["hash"])
    sections = for_pages(strategy_sections(body, lang))
    return page_html(strategy_title(body, lang), sections, {}, lang, sister=sister, foot=foot)


def strategy_csv(body: StrategyReport, lang: Lang = "en") -> dict[str, bytes]:
    """Returns the tables as CSV files by name, `iamc.csv` among them.

    Args:
        body: The result as plain data.
        lang: Language of the words in cells; the names of the columns are the same in all languages.
    """
    return section_csv(strategy_sections(body, lang))


def strategy_workbook(body: StrategyReport, lang: Lang = "en") -> bytes:
    """Returns the result as an XLSX file, a sheet a section, units in the heads of columns; no cell is a formula.

    Args:
        body: The result as plain data.
        lang: Language of the sheets.
    """
    return section_workbook(strategy_title(body, lang), strategy_sections(body, lang))


def strategy_svg(body: StrategyReport, lang: Lang = "en") -> bytes:
    """Returns the picture as a self-contained SVG.

    Args:
        body: The result as plain data.
        lang: Language of its texts.
    """
    return cost_picture(body, wording(lang)).svg.encode() + b"\n"
