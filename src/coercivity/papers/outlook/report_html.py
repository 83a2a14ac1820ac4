"""The page of an outlook: one self-contained HTML file per language; nothing is fetched and no script runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coercivity.base.templating import page_environment
from coercivity.law.rules.load import load_rulebook
from coercivity.papers.outlook import page_tables as tables
from coercivity.papers.outlook import words
from coercivity.papers.outlook.bars import Key, bar_charts, keys
from coercivity.papers.outlook.breadth.sections import sections
from coercivity.papers.outlook.desk.exports import COUNTRY_COLUMNS, OUT, out_months
from coercivity.papers.outlook.desk.queues import queue_figures, queue_text
from coercivity.papers.outlook.desk.text_rows import QUEUE_COLUMNS, country_text_rows, out_text_rows, queue_text_rows
from coercivity.papers.outlook.difference.pairs import shown_differences
from coercivity.papers.outlook.draws.beside import lines_beside, month_ranges
from coercivity.papers.outlook.draws.section import draws_section
from coercivity.papers.outlook.draws.wording import word as draws_word
from coercivity.papers.outlook.lines import line_chart, price_chart, shift_run, shown_shifts, total_chart
from coercivity.papers.outlook.look import look
from coercivity.papers.outlook.names import Names
from coercivity.papers.outlook.observed.section import observed_section
from coercivity.papers.outlook.read import (
    ScenarioRuns,
    gap_series,
    headline_goods,
    known,
    num,
    percent,
    runs_of,
    scenarios,
)
from coercivity.papers.outlook.report_data import PAGE_FILES, OutlookReport
from coercivity.papers.outlook.sankey import chain, chosen_year, sankey
from coercivity.papers.outlook.table_rows import TonnesTable
from coercivity.papers.outlook.uses import not_short
from coercivity.papers.outlook.words import desk_text
from coercivity.papers.shared import TEMPLATES
from coercivity.papers.shared.names import name_of
from coercivity.papers.shared.outcomes import scenario_text
from coercivity.papers.shared.pages import PageLang, page_words

if TYPE_CHECKING:
    from jinja2 import Environment

MOST_PERMISSIONS = 24
MOST_SHORT = 12
MOST_QUEUES, MOST_COUNTRIES = 24, 48
DEAREST = 3
_WIDE = {"width": 1180, "room": 150, "high": 330}
_NARROW = {"width": 364, "room": 64, "high": 330}


def page(report: OutlookReport, lang: PageLang = "en") -> str:
    """Returns the page of an outlook in one language.

    Args:
        report: The report data.
        lang: Language of the page.
    """
    told = keys(report)
    goods = headline_goods(report)
    found = {
        "goods": goods,
        "keys": told,
        "gists": tables.gists(told),
        "assumed": {run.key: tables.assumed(run) for run in runs_of(report)},
        "look": look(report, lang),
        "prices": [_price(report, good, lang, wide=True) for good in goods],
        "gaps": [{"good": good, "charts": _bars(report, good, told, lang)} for good in headline_goods(report, "gaps")],
        "maps": [held for scenario in scenarios(report) if (held := tables.shortage_map(report, scenario, lang))],
        "use": tables.use_rows(report, lang),
        "not_short": not_short(report, lang),
        "sankeys": [drawn for scenario in scenarios(report) if (drawn := _sankey(report, scenario))],
        "permissions": tables.permission_rows(report),
        "totals": {"shipped": _totals(report, "shipped", lang), "stocks": _totals(report, "stocks", lang)},
        "plants": tables.plant_rows(report),
        **_desk(report, lang),
        "draws": draws_section(report, lang),
        "observed": observed_section(report, lang),
        "breadth": {part.id: part for part in sections(report, lang)},
        "drawn": lambda figure: line_chart(figure.months, figure.lines, lang=lang),
        "licensing": {run.key: desk_text(run.body, lang) for run in runs_of(report)},
    }
    return _environment(report, "out", lang).get_template("outlook.html.j2").render(t=report, **found)


def _desk(report: OutlookReport, lang: PageLang) -> dict[str, object]:
    """Returns the queues of the licensing desk, and what leaves China by destination."""
    return {
        "queues": queue_text_rows(report, lang),
        "queue_columns": QUEUE_COLUMNS,
        "queue_figures": queue_figures(report, lang),
        "queue_text": lambda queue: queue_text(report, queue, lang),
        "most_queues": MOST_QUEUES,
        "out": out_text_rows(report, lang),
        "out_months": out_months(report),
        "out_columns": OUT,
        "countries": country_text_rows(report, lang),
        "country_columns": COUNTRY_COLUMNS,
        "most_countries": MOST_COUNTRIES,
    }


def supply_fragment(report: OutlookReport, lang: PageLang = "en") -> str:
    """Returns the supply part of a report page; its style is embedded in its first picture.

    Args:
        report: The report data.
        lang: Language of the page.
    """
    dear = dearest_goods(report)[:DEAREST]
    short = [row for row in tables.use_rows(report, lang) if row["share"]]
    found = {
        "goods": dear,
        "prices": [_price(report, good, lang, wide=False) for good in dear],
        "clause_gaps": [row for row in tables.clause_gaps(report, lang) if row["good"] in dear and row["peak"] > 0],
        "short": short[:MOST_SHORT],
        "left_out": len(short) - MOST_SHORT,
        "not_short": not_short(report, lang),
    }
    return _environment(report, "sup", lang).get_template("_supply.html.j2").render(t=report, **found)


def dearest_goods(report: OutlookReport) -> tuple[str, ...]:
    """Returns the main products by the widest gap of any run [USD/kg], the widest first."""
    widest = {
        good: max((v for run in runs_of(report) for v in known(gap_series(run, good, report["months"]))), default=0.0)
        for good in headline_goods(report)
    }
    return tuple(sorted(widest, key=lambda good: (-widest[good], good)))


def _price(report: OutlookReport, good: str, lang: PageLang, *, wide: bool) -> dict[str, object]:
    """Returns a price chart with its table and the meaning of its marks."""
    run = shift_run(report, good)
    return {
        "good": good,
        "chart": price_chart(report, good, lang),
        "rows": tables.price_picture_rows(report, good, lang),
        "shifts": [(report["months"][place], names) for place, names in shown_shifts(report, good)],
        "run": run.key if run is not None else "",
        "wide": wide,
    }


def _bars(report: OutlookReport, good: str, told: tuple[Key, ...], lang: PageLang) -> list[dict[str, object]]:
    found = []
    for chart in bar_charts(report, good, told, lang):
        shown = tables.keys_in(chart.run, good, told)
        rows = tables.gap_rows(chart.run, good, shown)
        found.append({"chart": chart, "keys": shown, "rows": rows})
    return found


def _sankey(report: OutlookReport, scenario: ScenarioRuns) -> dict[str, object] | None:
    """Returns the material flows of a scenario's first run, wide and narrow, with their table."""
    flows = scenario.runs[0].body["flows"]
    year = chosen_year(flows, report["months"])
    found = chain(flows, year)
    if not found.nodes:
        return None
    pictures = [("wide", sankey(found, **_WIDE)), ("narrow", sankey(found, **_NARROW))]
    return {"run": scenario.runs[0], "year": year, "pictures": pictures, "rows": tables.flow_rows(flows, year)}


def _totals(report: OutlookReport, table: TonnesTable, lang: PageLang) -> list[dict[str, object]]:
    return [
        {"good": good, "chart": chart, "rows": tables.total_rows(report, totals)}
        for good, totals in tables.outside_totals(report, table).items()
        if (chart := total_chart(report, totals, lang)) is not None
    ]


def _environment(report: OutlookReport, prefix: str, lang: PageLang) -> Environment:
    """Returns the templates with their words and helpers; ids on the page begin with the prefix."""
    env = page_environment(TEMPLATES)
    page_words(env, "outlook_words", lang, table="phrases")
    env.filters.update(num=num, percent=lambda share: percent(share, lang))
    names = Names(report, lang)
    env.globals.update(
        w=words,
        prefix=prefix,
        differences=shown_differences(report, lang),
        beside=lambda section: lines_beside(report, section, lang),
        month_ranges=lambda held, good, month: month_ranges(report, held, good, words.OUTSIDE, month, lang),
        dw=lambda table, key: draws_word(table, key, lang),
        sister=PAGE_FILES["zh" if lang == "en" else "en"],
        named=names.named,
        named_clauses=names.together,
        recycled=names.region,
        payer_of=names.payer,
        way_of=names.way,
        unit_of=names.unit,
        given_names=lambda ids: [name_of(load_rulebook(), name, lang) for name in ids],
        scenario=lambda label: scenario_text(label, lang),
        runs=runs_of(report),
        scenarios=scenarios(report),
        most_permissions=MOST_PERMISSIONS,
        price_columns=tables.PRICE_COLUMNS,
    )
    return env
