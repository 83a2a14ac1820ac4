"""The printed report on a case in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from coercivity.base.days import Day
from coercivity.base.words import Lang, say
from coercivity.papers.brief.compliance.section import compliance_section, states_cost
from coercivity.papers.brief.paper.abroad import abroad_section
from coercivity.papers.brief.paper.basis import assumptions_section, sources_section
from coercivity.papers.brief.paper.deals import deal_sections
from coercivity.papers.brief.paper.figures.timeline import timeline_figure, timeline_table
from coercivity.papers.brief.paper.groups import deal_groups
from coercivity.papers.brief.paper.lots import lots_section
from coercivity.papers.brief.paper.own_names import company_named
from coercivity.papers.brief.paper.page_one.first import page_one
from coercivity.papers.brief.paper.plan import plan_section
from coercivity.papers.brief.paper.supply import supply_section
from coercivity.papers.brief.paper.survival import survival_section
from coercivity.papers.brief.paper.wording import foot_text, subtitle_text, wording
from coercivity.papers.brief.report_data import BriefBody
from coercivity.papers.shared.paper.document import PrintedPaper
from coercivity.papers.shared.paper.sections import PaperSection, Wording

# Tables that the annex or the workbook have too; where the paper says what compliance costs, they make room for it.
_MAKE_ROOM = frozenset({"stop_actions", "deadlines", "frontier", "late"})


def brief_paper(body: BriefBody, lang: Lang) -> PrintedPaper:
    """Returns the printed report on a case: page one, then sections.

    Args:
        body: The report data.
        lang: Language of all of it.
    """
    w, body = wording(lang), company_named(body, lang)
    case = body["case"]
    return PrintedPaper(
        lang=lang,
        title=say(case["title"], lang),
        subtitle=subtitle_text(body, w),
        label=w("label") if case["invented"] else "",
        first=page_one(body, w),
        sections=tuple(_with_room(_sections(body, w)) if states_cost(body) else _sections(body, w)),
        foot=foot_text(body, w),
        page_word=w("page", "{0}", "{1}"),
        on=Day.fromisoformat(body["on"]),
    )


def _sections(body: BriefBody, w: Wording) -> Iterator[PaperSection]:
    yield from deal_sections(body, deal_groups(body), w)
    if "papers" in body:
        yield lots_section(body["papers"], w)
    if "abroad" in body:
        yield abroad_section(body["abroad"], w)
    made = w.section("timeline", (), [timeline_table(body, w)])
    yield PaperSection(made.id, made.heading, (), made.tables, (), (timeline_figure(body, w),))
    if "compliance" in body and states_cost(body):
        yield compliance_section(body, body["compliance"], w.lang)
    if "stops" in body:
        yield survival_section(body["stops"], body["on"], w)
    if "supply" in body:
        yield supply_section(body, w)
    if "mix" in body:
        lacks = [say(text, w.lang) for text in body.get("late_drawn_lacks", ())]
        yield plan_section(body["mix"], w, body.get("late_drawn"), lacks)
    yield assumptions_section(body, w)
    yield sources_section(body, w)


def _with_room(sections: Iterable[PaperSection]) -> Iterator[PaperSection]:
    for section in sections:
        tables = (replace(one, only="files") if one.id in _MAKE_ROOM else one for one in section.tables)
        yield replace(section, tables=tuple(tables))
