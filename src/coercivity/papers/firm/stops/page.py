"""Line stops of a company as a page, or as part of one."""

from __future__ import annotations

from coercivity.base.days import Day
from coercivity.base.words import Lang
from coercivity.papers.firm.stops.drawn_data import StopsDrawnReport
from coercivity.papers.firm.stops.drawn_sections import drawn_sections
from coercivity.papers.firm.stops.report_data import StopsReport
from coercivity.papers.firm.stops.sections import stops_sections, stops_title
from coercivity.papers.firm.stops.wording import plant_text, wording
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.output.charts import INKS, NARROW, WIDTH, BarRow, StepSeries, bar_picture, step_picture
from coercivity.papers.shared.output.page import PaperChart, page_html, sections_html

MOST_BARS = 60  # parts that stop first; the table has them all
LAYERS = ("stock_stop_on", "cleared_stop_on", "licensed_stop_on")


def stops_page(body: StopsReport, lang: Lang = "en", *, sister: str = "", drawn: StopsDrawnReport | None = None) -> str:
    """Returns the line stops of a company as a page that prints whole and needs no script.

    Args:
        body: The result as plain data.
        lang: Language.
        sister: Address of the page in the other language; empty if there is none.
        drawn: The result by draws of practice, which is shown in a section of its own.
    """
    title, foot = stops_title(body, lang), wording(lang)("footer")
    sections = (*stops_sections(body, lang), *(drawn_sections(drawn, lang) if drawn is not None else ()))
    return page_html(title, sections, stops_charts(body, lang), lang, sister=sister, foot=foot)


def stops_part(body: StopsReport, lang: Lang = "en", *, prefix: str = "stops-") -> str:
    """Returns the same as part of a page; it takes the style of the page.

    Args:
        body: The result as plain data.
        lang: Language.
        prefix: Put before the ids of its sections.
    """
    return sections_html(stops_sections(body, lang), stops_charts(body, lang), lang, prefix=prefix)


def stops_charts(body: StopsReport, lang: Lang = "en") -> dict[str, PaperChart]:
    """Returns the charts of line stops by the section that they belong to."""
    w, found = wording(lang), {}
    on, until = Day.fromisoformat(body["stock_on"]), Day.fromisoformat(body["until"])
    layers = [w(key, table="columns") for key in LAYERS]
    rows = [
        BarRow(
            f"{part['plant']} {part['part']}",
            (_day(part["stock_stop_on"]), _day(part["cleared_stop_on"]), _day(part["licensed_stop_on"])),
        )
        for part in body["parts"]
    ]
    rows = sorted(rows, key=lambda row: row.ends[-1] or Day.max)[:MOST_BARS] if len(rows) > MOST_BARS else rows
    if rows:
        pictures = tuple(
            bar_picture(rows, on=on, until=until, layers=layers, none=w("none"), width=width, lang=lang)
            for width in (WIDTH, NARROW)
        )
        label = w("chart_days", day_text(body["until"], lang))
        found["first_days"] = PaperChart(label, tuple(zip(layers, INKS, strict=True)), pictures)
    lines = [
        StepSeries(
            plant_text(entry["plant"], w),
            tuple((Day.fromisoformat(rise["on"]), float(rise["probability"])) for rise in entry["by_day"]),
        )
        for entry in body["chances"]
    ]
    steps = step_picture(lines, first=on, last=until, mark=None, lang=lang)
    if steps is not None:
        found["chances"] = PaperChart(w("chart_chance"), steps=steps)
    return found


def _day(text: str | None) -> Day | None:
    return None if text is None else Day.fromisoformat(text)
