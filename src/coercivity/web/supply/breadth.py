"""Sections of the screen `supply` on prices, contracts, quotes, recycling, substitution, plants and policies."""

from __future__ import annotations

from dataclasses import dataclass

from coercivity.base.json_types import Json
from coercivity.verbs.outlook_report import MonthFigure, Section, TextTable, known, sections
from coercivity.web.charts import Chart, sized
from coercivity.web.supply.charts import SECOND_DASH, SMALL_HIGH, money_axis, month_axis
from coercivity.web.supply.found import Shown
from coercivity.web.view import View

FILLS = {
    "due": "var(--c5)",
    "delivered": "var(--c3)",
    "modelled": "var(--c5)",
    "quoted": "var(--c3)",
    "leaving": "var(--c5)",
    "collected": "var(--c1)",
    "treated": "var(--c3)",
    "held": "var(--c1)",
    "money": "var(--c1)",
}


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with its charts."""

    section: Section
    charts: list[Chart]
    keys: list[tuple[str, str]]

    @property
    def tables(self) -> tuple[TextTable, ...]:
        """Its tables."""
        return self.section.tables


def shown_sections(v: View, found: Shown) -> dict[str, ShownSection]:
    """Returns the sections of the runs compared by id, each with its charts and the colours of their lines."""
    every = sections(found.report, v.lang, [run.key for run in found.pair])
    shown = {}
    for section in every:
        charts = [_chart(v, found, section, figure, n) for n, figure in enumerate(section.figures, 1)]
        kinds = dict.fromkeys(line.kind for figure in section.figures for line in figure.lines)
        shown[section.id] = ShownSection(section, charts, [(kind, FILLS[kind]) for kind in kinds])
    return shown


def _chart(v: View, found: Shown, section: Section, figure: MonthFigure, number: int) -> Chart:
    every = [value for line in figure.lines for value in known(line.values)]
    axis = money_axis(min(every, default=0.0), max(every, default=1.0), None)
    second = found.right.key if found.right is not None else ""
    layer: list[Json] = []
    for line in figure.lines:
        data: list[Json] = [{"m": f"{m}-01", "y": y} for m, y in zip(figure.months, line.values, strict=False)]
        dash = SECOND_DASH if line.run and line.run == second else [1, 0]
        mark: dict[str, Json] = {"type": "line", "color": FILLS[line.kind], "strokeWidth": 2, "strokeDash": [*dash]}
        mark["point"] = {"filled": True, "size": 14, "color": FILLS[line.kind]}
        y: Json = {"field": "y", **axis}
        layer.append({"data": {"values": data}, "mark": mark, "encoding": {"x": month_axis(), "y": y}})
    table = figure.table(v.lang)
    spec = sized(SMALL_HIGH, layer=layer)
    return Chart(f"{section.id}-{number}", figure.title, spec, table.head, table.rows, "", table.numeric)
