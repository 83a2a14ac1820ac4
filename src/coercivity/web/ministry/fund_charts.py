"""The charts of public money: value and cost, best sets, legal paths, controlled technology, other budgets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coercivity.verbs.ministry_sections import (
    FundReport,
    PaperSection,
    PaperTable,
    figure,
    funded_name,
    technology_name,
)
from coercivity.web.ministry.drawn import Drawn, drawn
from coercivity.web.ministry.marks import Mark, bars
from coercivity.web.view import View

MOST_LANES = 40


def fund_charts(view: View, body: FundReport, sections: Mapping[str, PaperSection]) -> Iterator[Drawn]:
    """Yields the charts of a result.

    Args:
        view: The request.
        body: Result as plain data.
        sections: The same as sections.
    """
    tables = {table.id: table for section in sections.values() for table in section.tables}
    axis = view.w("fund.axis")
    if "ranking" in tables:
        yield _ranking(view, body, tables["ranking"], axis)
    marks = [Mark(_set(view, one["projects"]), "", float(one["mean_musd"])) for one in body["sets"]]
    yield drawn("sets", tables["sets"], bars(marks, axis), view.w("fund.sets_about"))
    yield _regret(view, body, tables["regret"], axis)
    if "technology_values" in tables:
        kinds = [(row, technology_name(row["technology"], view.lang)) for row in body["technology"]]
        marks = [
            Mark(project["project"], kind, float(row["means_musd"][project["project"]]))
            for project in body["projects"][:MOST_LANES]
            for row, kind in kinds
        ]
        yield drawn("technology", tables["technology_values"], bars(marks, axis), _first(view, len(body["projects"])))
    if "budgets" in tables:
        marks = [
            Mark(
                view.w("fund.budget_lane", figure(row["budget_musd"], 2, trim=True), _set(view, row["projects"])),
                "",
                float(row["value_musd"]),
            )
            for row in body["budgets"]
        ]
        yield drawn("budgets", tables["budgets"], bars(marks, axis))


def _ranking(view: View, body: FundReport, table: PaperTable, axis: str) -> Drawn:
    value, cost = view.w("fund.bar_value"), view.w("fund.bar_cost")
    marks: list[Mark] = []
    for row in body["ranking"][:MOST_LANES]:
        lane = funded_name(row["project"], row["instrument"], view.lang)
        marks += [Mark(lane, value, float(row["value_musd"])), Mark(lane, cost, float(row["cost_musd"]))]
    return drawn("ranking", table, bars(marks, axis), _first(view, len(body["ranking"])))


def _regret(view: View, body: FundReport, table: PaperTable, axis: str) -> Drawn:
    sets = list(body["sets"])
    if body["least_regret"]["projects"] not in [one["projects"] for one in sets]:
        sets.append(body["least_regret"])
    marks = [
        Mark(_set(view, one["projects"]), view.w("fund.on_path", row["path"]), float(one["regret_musd"][row["path"]]))
        for one in sets
        for row in body["paths"]
    ]
    return drawn("regret", table, bars(marks, axis), view.w("fund.regret_about"))


def _set(view: View, projects: list[str]) -> str:
    return " + ".join(projects) or view.w("fund.no_project")


def _first(view: View, lanes: int) -> str:
    return view.w("fund.first_lanes", MOST_LANES) if lanes > MOST_LANES else ""
