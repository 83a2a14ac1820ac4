"""The page of an outlook: one self-contained HTML file, printed from the twin; nothing is fetched, nothing runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from coercivity.papers.outlook import tables, words
from coercivity.papers.outlook.bars import Key, bar_charts, keys
from coercivity.papers.outlook.lines import price_chart, shift_run, shown_shifts, total_chart
from coercivity.papers.outlook.look import look
from coercivity.papers.outlook.read import Scenario, gap_series, headline_goods, known, num, percent, runs_of, scenarios
from coercivity.papers.outlook.sankey import chain, chosen_year, sankey
from coercivity.papers.shared.templating import page_environment

if TYPE_CHECKING:
    from jinja2 import Environment

MOST_PERMISSIONS = 24
MOST_SHORT = 12
DEAREST = 3
_WIDE = {"width": 1180, "room": 150, "high": 330}
_NARROW = {"width": 364, "room": 64, "high": 330}


def page(twin: Mapping[str, Any]) -> str:
    """Returns the page of an outlook's twin.

    Args:
        twin: The twin.
    """
    told = keys(twin)
    goods = headline_goods(twin)
    found = {
        "goods": goods,
        "keys": told,
        "gists": tables.gists(told),
        "assumed": {run.key: tables.assumed(run) for run in runs_of(twin)},
        "look": look(twin),
        "prices": [_price(twin, good, wide=True) for good in goods],
        "gaps": [{"good": good, "charts": _bars(twin, good, told)} for good in headline_goods(twin, "gaps")],
        "maps": [found for scenario in scenarios(twin) if (found := tables.shortage_map(twin, scenario))],
        "use": tables.use_rows(twin),
        "sankeys": [found for scenario in scenarios(twin) if (found := _sankey(twin, scenario))],
        "permissions": tables.permission_rows(twin),
        "totals": {table: _totals(twin, table) for table in ("shipped", "stocks")},
        "plants": tables.plant_rows(twin),
    }
    return _environment(twin, "out").get_template("outlook.html.j2").render(t=twin, **found)


def supply_fragment(twin: Mapping[str, Any]) -> str:
    """Returns the part of a brief's page that tells of supply: its look comes along, inside its first picture.

    Args:
        twin: The twin.
    """
    dear = dearest_goods(twin)[:DEAREST]
    short = [row for row in tables.use_rows(twin) if row["share"]]
    found = {
        "goods": dear,
        "prices": [_price(twin, good, wide=False) for good in dear],
        "clause_gaps": [row for row in tables.clause_gaps(twin) if row["good"] in dear and row["peak"] > 0],
        "short": short[:MOST_SHORT],
        "left_out": len(short) - MOST_SHORT,
    }
    return _environment(twin, "sup").get_template("_supply.html.j2").render(t=twin, **found)


def dearest_goods(twin: Mapping[str, Any]) -> tuple[str, ...]:
    """Returns the headline goods by the widest gap of any run [USD/kg], the widest first."""
    widest = {
        good: max((v for run in runs_of(twin) for v in known(gap_series(run, good, twin["months"]))), default=0.0)
        for good in headline_goods(twin)
    }
    return tuple(sorted(widest, key=lambda good: (-widest[good], good)))


def _price(twin: Mapping[str, Any], good: str, *, wide: bool) -> dict[str, Any]:
    """Returns a price picture with its table and what its marks mean."""
    run = shift_run(twin, good)
    return {
        "good": good,
        "chart": price_chart(twin, good),
        "rows": tables.price_rows(twin, good),
        "shifts": [(twin["months"][place], names) for place, names in shown_shifts(twin, good)],
        "run": run.key if run is not None else "",
        "wide": wide,
    }


def _bars(twin: Mapping[str, Any], good: str, told: tuple[Key, ...]) -> list[dict[str, Any]]:
    found = []
    for chart in bar_charts(twin, good, told):
        shown = tables.keys_in(chart.run, good, told)
        rows = tables.gap_rows(chart.run, good, shown)
        found.append({"chart": chart, "keys": shown, "rows": rows})
    return found


def _sankey(twin: Mapping[str, Any], scenario: Scenario) -> dict[str, Any] | None:
    """Returns the picture from mine to use of a scenario's first run, wide and narrow, with its table."""
    flows = scenario.runs[0].body["flows"]
    year = chosen_year(flows, twin["months"])
    found = chain(flows, year)
    if not found.nodes:
        return None
    pictures = [("wide", sankey(found, **_WIDE)), ("narrow", sankey(found, **_NARROW))]
    return {"run": scenario.runs[0], "year": year, "pictures": pictures, "rows": tables.flow_rows(flows, year)}


def _totals(twin: Mapping[str, Any], table: str) -> list[dict[str, Any]]:
    return [
        {"good": good, "chart": chart, "rows": tables.total_rows(twin, totals)}
        for good, totals in tables.outside_totals(twin, table).items()
        if (chart := total_chart(twin, totals)) is not None
    ]


def _environment(twin: Mapping[str, Any], prefix: str) -> Environment:
    """Returns the templates with the words and readings that they use; ids on the page begin with the prefix."""
    env = page_environment()
    env.filters.update(num=num, percent=percent)
    env.globals.update(
        w=words,
        prefix=prefix,
        named=lambda group, name: words.named(twin, group, name),
        runs=runs_of(twin),
        scenarios=scenarios(twin),
        most_permissions=MOST_PERMISSIONS,
    )
    return env
