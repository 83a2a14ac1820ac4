"""The fans of an outlook: a panel a series, a chart with its table a run."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coercivity.base.words import Lang
from coercivity.ensemble.results.rows import DrawsReport, FanRow
from coercivity.papers.outlook.breadth.section import TextTable
from coercivity.papers.outlook.draws.beside import fan_months
from coercivity.papers.outlook.draws.fan import FanChart, axis_of, fan_chart
from coercivity.papers.outlook.draws.wording import (
    capital,
    range_text,
    run_name,
    series_name,
    unit_text,
    value_text,
    word,
)
from coercivity.papers.outlook.report_data import OutlookReport

_LEVELS = ("5", "10", "25", "50", "75", "90", "95")


@dataclass(frozen=True, slots=True)
class FanShown:
    """The fan of one run.

    Attributes:
        title: The run.
        told: What the chart shows, in words.
        table: Its numbers by month.
    """

    title: str
    told: str
    chart: FanChart
    table: TextTable

    @property
    def sheet(self) -> TextTable:
        """The table with the run in its title, for a workbook."""
        return replace(self.table, title=f"{self.table.title}, {self.title}")


@dataclass(frozen=True, slots=True)
class FanPanel:
    """The fans of one series, all on one axis."""

    title: str
    unit: str
    fans: tuple[FanShown, ...]


def panels(report: OutlookReport, draws: DrawsReport, lang: Lang) -> tuple[FanPanel, ...]:
    """Returns the fans by series, in the order of the report data.

    Args:
        report: The report data.
        draws: What draws say.
        lang: Language.
    """
    by_figure: dict[str, list[FanRow]] = {}
    for fan in draws["fans"]:
        by_figure.setdefault(fan["figure"], []).append(fan)
    found = []
    for figure, fans in by_figure.items():
        axis, title = axis_of(fans), capital(series_name(report, figure, lang))
        shown = []
        for fan in fans:
            months = fan_months(draws, fan, report["months"])
            if months:
                told = _told(report, fan, months, title, lang)
                chart = fan_chart(fan, months, axis)
                table, name = _table(fan, months, title, lang), run_name(report, fan["run"], lang)
                shown.append(FanShown(name, told, chart, table))
        if shown:
            found.append(FanPanel(title, unit_text(fans[0]["unit"], lang), tuple(shown)))
    return tuple(found)


def _told(report: OutlookReport, fan: FanRow, months: tuple[str, ...], title: str, lang: Lang) -> str:
    """Returns what a chart shows: the median and the range in the last month."""
    levels, unit = fan["quantiles"], fan["unit"]
    middle = value_text(levels["50"][-1], unit, lang)
    ends = range_text(levels["10"][-1], levels["90"][-1], unit, lang)
    usual = value_text(fan["usual"][-1] if fan["usual"] else None, unit, lang)
    name = run_name(report, fan["run"], lang)
    return word("forms", "fan", lang).format(title, name, months[-1], middle, ends, usual, unit_text(unit, lang))


def _table(fan: FanRow, months: tuple[str, ...], title: str, lang: Lang) -> TextTable:
    held = [level for level in _LEVELS if level in fan["quantiles"]]
    head = (word("cols", "month", lang), word("cols", "usual", lang), *(_level(level, lang) for level in held))
    rows = tuple(
        (
            month,
            value_text(fan["usual"][place] if place < len(fan["usual"]) else None, fan["unit"], lang),
            *(value_text(fan["quantiles"][level][place], fan["unit"], lang) for level in held),
        )
        for place, month in enumerate(months)
    )
    return TextTable(title, head, rows, frozenset(range(1, len(head))), folded=True)


def _level(level: str, lang: Lang) -> str:
    return word("cols", "median", lang) if level == "50" else word("forms", "level", lang).format(level)
