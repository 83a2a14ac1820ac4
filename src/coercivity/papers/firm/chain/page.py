"""The licence time of a chain as a page, or as part of one."""

from __future__ import annotations

from coercivity.base.days import parse_day
from coercivity.base.words import Lang
from coercivity.papers.firm.chain.report_data import ChainReport
from coercivity.papers.firm.chain.sections import chain_sections, chain_title, routes
from coercivity.papers.firm.chain.wording import wording
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.output.charts import StepSeries, step_picture
from coercivity.papers.shared.output.page import PaperChart, page_html, sections_html

_SURE = 0.995  # the axis ends where nearly all has arrived


def chain_page(body: ChainReport, lang: Lang = "en", *, sister: str = "") -> str:
    """Returns the licence time of a chain as a page that prints whole and needs no script.

    Args:
        body: The result as plain data.
        lang: Language.
        sister: Address of the page in the other language; empty if there is none.
    """
    title, foot = chain_title(body, lang), wording(lang)("footer")
    return page_html(title, chain_sections(body, lang), chain_charts(body, lang), lang, sister=sister, foot=foot)


def chain_part(body: ChainReport, lang: Lang = "en", *, prefix: str = "chain-") -> str:
    """Returns the same as part of a page; it takes the style of the page.

    Args:
        body: The result as plain data.
        lang: Language.
        prefix: Put before the ids of its sections.
    """
    return sections_html(chain_sections(body, lang), chain_charts(body, lang), lang, prefix=prefix)


def chain_charts(body: ChainReport, lang: Lang = "en") -> dict[str, PaperChart]:
    """Returns the charts of a licence time by the section that they belong to."""
    w = wording(lang)
    lines = [
        StepSeries(route.name, tuple((parse_day(day["on"]), float(day["probability"])) for day in route.mode["by_day"]))
        for route in routes(body, w)
    ]
    ends = [
        next((day for day, share in line.points if share >= _SURE), line.points[-1][0]) for line in lines if line.points
    ]
    if not ends:
        return {}
    needed = parse_day(body["needed_on"]) if body["needed_on"] is not None else None
    last = max([*ends, *([needed] if needed is not None else [])])
    steps = step_picture(lines, first=parse_day(body["signed_on"]), last=last, mark=needed, lang=lang)
    label = w("chart") if needed is None else w("chart_needed", day_text(needed, lang))
    return {} if steps is None else {"arrival": PaperChart(label, steps=steps)}
