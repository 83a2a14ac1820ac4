"""A report on a case as page one and sections, for screens."""

from __future__ import annotations

from base64 import b64encode

from coercivity.base.words import Lang
from coercivity.papers.brief.output import case_paper
from coercivity.papers.brief.report_data import BriefReport
from coercivity.papers.shared.paper.document import PrintedPaper
from coercivity.papers.shared.paper.sections import PaperFigure

__all__ = ["PaperFigure", "PrintedPaper", "brief_shown", "picture_address"]


def brief_shown(report: BriefReport, lang: Lang) -> PrintedPaper:
    """Returns page one and the sections of a report.

    Args:
        report: The report as plain data.
        lang: Language.
    """
    return case_paper(report, lang)


def picture_address(picture: PaperFigure) -> str:
    """Returns a picture as an address that holds it, so that nothing in it can run on the page."""
    return "data:image/svg+xml;base64," + b64encode(picture.svg.encode()).decode()
