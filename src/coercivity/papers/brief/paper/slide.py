"""One slide: the headline, the main picture, three lines."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang
from coercivity.papers.brief.paper.figures.stock import stock_figure
from coercivity.papers.brief.paper.figures.timeline import timeline_figure
from coercivity.papers.brief.paper.groups import DealGroup, deal_groups
from coercivity.papers.brief.paper.own_names import company_named
from coercivity.papers.brief.paper.page_one.actions import action_lines
from coercivity.papers.brief.paper.page_one.first import headline
from coercivity.papers.brief.paper.page_one.key_figures import key_figures
from coercivity.papers.brief.paper.wording import foot_text, wording
from coercivity.papers.brief.report_data import BriefBody
from coercivity.papers.shared.paper.document import Slide
from coercivity.papers.shared.paper.sections import Wording

MOST_LINES = 3


def brief_slide(body: BriefBody, lang: Lang) -> Slide:
    """Returns the slide of a report: how long parts last where the report has it, otherwise results over time.

    Args:
        body: The report data.
        lang: Language.
    """
    w, body = wording(lang), company_named(body, lang)
    groups = deal_groups(body)
    stock = stock_figure(body["stops"], w) if "stops" in body else None
    picture = stock if stock is not None else timeline_figure(body, w)
    lines = list(_lines(body, groups, w))[:MOST_LINES]
    return Slide(headline(body, groups, w), picture, tuple(lines), foot_text(body, w))


def _lines(body: BriefBody, groups: list[DealGroup], w: Wording) -> Iterator[str]:
    """Yields two figures in words, and the first action."""
    figures = key_figures(body, groups, w)
    shown = figures[1:3] if "stops" in body else (figures[0], figures[-1])
    yield from (w("slide_figure", figure.label, figure.value) for figure in shown)
    for line in action_lines(body, groups, w)[:1]:
        yield w("slide_action", line.what, line.by)
