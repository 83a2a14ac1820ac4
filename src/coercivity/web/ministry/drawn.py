"""A chart with the table of its numbers, from which its files are made."""

from __future__ import annotations

from dataclasses import dataclass

from coercivity.verbs.ministry_sections import PaperTable
from coercivity.web.charts import Chart, Spec


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart and its table.

    Attributes:
        chart: The chart.
        table: The table, with stable keys of its columns.
        under: Id of the table on the page that the chart stands for.
    """

    chart: Chart
    table: PaperTable
    under: str


def drawn(chart_id: str, table: PaperTable, spec: Spec, about: str = "", under: str = "") -> Drawn:
    """Returns a chart with its table.

    Args:
        chart_id: Name of the chart in addresses.
        table: The table.
        spec: Its specification.
        about: How to read it.
        under: Id of the table on the page, if another one.
    """
    chart = Chart(chart_id, table.title, spec, table.head, table.rows, about, table.numeric)
    return Drawn(chart, table, under or table.id)
