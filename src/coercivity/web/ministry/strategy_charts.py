"""The charts of strategies, for each firm: cost of every combination, its lead over the next, effects of levers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coercivity.verbs.ministry_sections import (
    PaperSection,
    PaperTable,
    StrategyReport,
    effect_name,
    group_name,
    path_name,
    rows_of,
    set_name,
    shown_groups,
)
from coercivity.web.ministry.drawn import Drawn, drawn
from coercivity.web.ministry.marks import Mark, points
from coercivity.web.view import View

MOST_FIRMS, MOST_OVER, PAIR = 6, 8, 2


def strategy_charts(view: View, body: StrategyReport, sections: Mapping[str, PaperSection]) -> Iterator[Drawn]:
    """Yields the charts of a result, those of each firm together.

    Args:
        view: The request.
        body: Result as plain data.
        sections: The same as sections.
    """
    tables = {table.id: table for section in sections.values() for table in section.tables}
    for place in range(min(len(body["firms"]), MOST_FIRMS)):
        yield _costs(view, body, place, tables["costs"])
    for place, firm in enumerate(body["firms"][:MOST_FIRMS]):
        if firm["paired"]:
            yield _over(view, body, place, tables["paired"])
    for place, firm in enumerate(body["firms"][:MOST_FIRMS]):
        named = "paired_effects" if firm["paired"] else "effects"
        if named in tables:
            yield _effects(view, body, place, tables[named])


def _costs(view: View, body: StrategyReport, place: int, table: PaperTable) -> Drawn:
    firm, groups = body["firms"][place], shown_groups(body)
    marks = [
        Mark(
            set_name(one["on"], view.lang),
            group_name(result["group"], view.lang),
            float(one["cost_kusd"]),
            one["on"] == result["cheapest"],
        )
        for at in range(len(firm["results"][0]["sets"]))
        for result in firm["results"]
        if result["group"] in groups
        for one in (result["sets"][at],)
    ]
    spec = points(marks, view.w("strategy.axis_cost"))
    return drawn(f"costs-{place + 1}", rows_of(table, firm["firm"]), spec, view.w("strategy.costs_about"), "costs")


def _over(view: View, body: StrategyReport, place: int, table: PaperTable) -> Drawn:
    firm = body["firms"][place]
    marks = [
        Mark(
            set_name(one["levers"], view.lang),
            path_name(paired["path"], view.lang),
            float(one["mean_kusd"]),
            low=float(one["low_kusd"]),
            high=float(one["high_kusd"]),
        )
        for paired in firm["paired"]
        for one in sorted(paired["over"], key=lambda one: float(one["mean_kusd"]))[:MOST_OVER]
    ]
    spec = points(marks, view.w("strategy.axis_over"), zero=True)
    about = view.w("strategy.over_about")
    if any(len(paired["over"]) > MOST_OVER for paired in firm["paired"]):
        about = view.w("strategy.over_nearest", MOST_OVER)
    return drawn(f"over-{place + 1}", rows_of(table, firm["firm"]), spec, about, "paired")


def _effects(view: View, body: StrategyReport, place: int, table: PaperTable) -> Drawn:
    firm, groups = body["firms"][place], shown_groups(body)
    if firm["paired"]:
        marks = [
            Mark(
                effect_name(one["levers"], view.lang),
                path_name(paired["path"], view.lang),
                float(one["mean_kusd"]),
                low=float(one["low_kusd"]),
                high=float(one["high_kusd"]),
            )
            for paired in firm["paired"]
            for one in paired["effects"]
            if _drawn(one["levers"], body)
        ]
    else:
        marks = [
            Mark(
                effect_name(one["levers"], view.lang), group_name(result["group"], view.lang), float(one["effect_kusd"])
            )
            for result in firm["results"]
            if result["group"] in groups
            for one in result["effects"]
            if _drawn(one["levers"], body)
        ]
    about = view.w("strategy.effects_interval" if firm["paired"] else "strategy.effects_about")
    spec = points(marks, view.w("strategy.axis_effect"), zero=True)
    return drawn(f"effects-{place + 1}", rows_of(table, firm["firm"]), spec, about, table.id)


def _drawn(levers: list[str], body: StrategyReport) -> bool:
    """Returns whether an effect is drawn: all with up to three levers, else levers and pairs."""
    return len(body["levers"]) <= 3 or len(levers) <= PAIR
