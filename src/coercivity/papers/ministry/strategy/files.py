"""Who wins with what on paper, and as a workbook of its tables."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.papers.ministry.paper import MinistryPaper
from coercivity.papers.ministry.strategy.pictures import cost_picture
from coercivity.papers.ministry.strategy.report_data import StrategyReport
from coercivity.papers.ministry.strategy.sections import strategy_sections, strategy_title
from coercivity.papers.ministry.strategy.wording import wording
from coercivity.papers.shared.output.files import section_workbook


def strategy_paper(body: StrategyReport, lang: Lang = "en") -> MinistryPaper:
    """Returns the result on paper.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    w = wording(lang)
    told = w("hash", body["hash"]), w("footer", body["hash"])
    return MinistryPaper(strategy_title(body, lang), strategy_sections(body, lang), cost_picture(body, w), *told, lang)


def strategy_workbook(body: StrategyReport, lang: Lang = "en") -> bytes:
    """Returns the result as an XLSX file, a sheet a section, units in the heads of columns; no cell is a formula.

    Args:
        body: The result as plain data.
        lang: Language of the sheets.
    """
    paper = strategy_paper(body, lang)
    return section_workbook(paper.title, paper.sections)
