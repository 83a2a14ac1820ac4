"""Ranges beside the numbers of an outlook: whatever has draws never stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from coercivity.base.words import Lang
from coercivity.ensemble.results.rows import DrawnFigure, DrawsReport, FanRow
from coercivity.papers.outlook.draws.wording import (
    capital,
    figure_name,
    listed,
    range_text,
    run_letters,
    unit_text,
    value_text,
    word,
)
from coercivity.papers.outlook.read import ReadRun
from coercivity.papers.outlook.report_data import OutlookReport

LOW, MIDDLE, HIGH = "10", "50", "90"
# The figures that stand beside a section of the page, by its id.
BESIDE: dict[str, tuple[str, ...]] = {
    "prices": ("dy_outside", "ndpr"),
    "gaps": ("dy_gap",),
    "short": ("devices_not_built", "devices_less"),
    "desk": ("licences_granted",),
    "out": ("magnets_exported",),
    "plants": ("slowest_start",),
}


def draws_of(report: OutlookReport) -> DrawsReport | None:
    """Returns what draws say of an outlook, or None if it has none."""
    return report.get("draws")


def figures_by_key(draws: DrawsReport) -> dict[str, list[DrawnFigure]]:
    """Returns the figures of the runs by key, in their order."""
    found: dict[str, list[DrawnFigure]] = {}
    for row in draws["figures"]:
        found.setdefault(row["figure"], []).append(row)
    return found


def range_of(figure: DrawnFigure, lang: Lang) -> str:
    """Returns the range of a figure in 80 % of its draws, without its unit."""
    return range_text(figure["quantiles"].get(LOW), figure["quantiles"].get(HIGH), figure["unit"], lang)


def figure_line(
    report: OutlookReport, rows: Sequence[DrawnFigure], lang: Lang, *, form: Literal["beside", "short"] = "beside"
) -> str:
    """Returns a figure of all runs in one line: without draws, or else the median, and in brackets its range.

    Args:
        report: The report data.
        rows: The figure, one row a run.
        lang: Language.
        form: Whether the line says what the range is.
    """
    letters = run_letters(report)
    told = []
    for row in rows:
        usual = row["usual"] if row["usual"] is not None else row["quantiles"].get(MIDDLE)
        value = value_text(usual, row["unit"], lang)
        said = form if row["usual"] is not None else f"{form}_median"
        told.append(word("forms", said, lang).format(letters.get(row["run"], row["run"]), value, range_of(row, lang)))
    unit = unit_text(rows[0]["unit"], lang)
    name = capital(figure_name(report, rows[0]["figure"], lang))
    head = word("forms", "name_unit" if unit else "name", lang).format(name, unit)
    return word("forms", "line", lang).format(head, listed(told, lang))


def lines_beside(report: OutlookReport, section: str, lang: Lang) -> tuple[str, ...]:
    """Returns the lines for a section of the page: its figures with their ranges.

    Args:
        report: The report data.
        section: Id of the section, such as `prices`.
        lang: Language.
    """
    draws = draws_of(report)
    if draws is None:
        return ()
    held = figures_by_key(draws)
    return tuple(figure_line(report, held[key], lang) for key in BESIDE.get(section, ()) if key in held)


def month_ranges(
    report: OutlookReport, runs: Sequence[ReadRun], good: str, region: str, month: str, lang: Lang
) -> tuple[str, ...]:
    """Returns the ranges of the series of a product in one month, one line a series.

    Args:
        report: The report data.
        runs: The runs.
        good: Id of the product.
        region: Id of the region.
        month: The month.
        lang: Language.
    """
    draws = draws_of(report)
    if draws is None:
        return ()
    found: list[str] = []
    for block in ("gap", "quote", "traded"):
        told = []
        for run in runs:
            fan = fan_of(draws, run.body["id"], f"{block}:{good}:{region}")
            ends = None if fan is None else ends_at(draws, fan, report["months"], month)
            if fan is not None and ends is not None:
                told.append(word("forms", "run_range", lang).format(run.key, range_text(*ends, fan["unit"], lang)))
        if told:
            found.append(word("forms", "month_range", lang).format(word("blocks", block, lang), listed(told, lang)))
    return tuple(found)


def fan_of(draws: DrawsReport, run: str, figure: str) -> FanRow | None:
    """Returns the fan of a series in a run, or None."""
    return next((fan for fan in draws["fans"] if fan["run"] == run and fan["figure"] == figure), None)


def fan_months(draws: DrawsReport, fan: FanRow, months: Sequence[str]) -> tuple[str, ...]:
    """Returns the months of a fan: the drawn ones, or those of the report if it covers all.

    Args:
        draws: What draws say.
        fan: A fan of them.
        months: Months of the report.
    """
    count = len(fan["quantiles"].get(MIDDLE, fan["usual"]))
    drawn = tuple(month for month in months if draws["first"] <= month <= draws["last"])
    return drawn if len(drawn) == count else tuple(months[len(months) - count :])


def ends_at(draws: DrawsReport, fan: FanRow, months: Sequence[str], month: str) -> tuple[float, float] | None:
    """Returns both ends of the range of a fan in a month; None if the month is not drawn.

    Args:
        draws: What draws say.
        fan: A fan of them.
        months: Months of the report.
        month: The month.
    """
    held = fan_months(draws, fan, months)
    if month not in held:
        return None
    place = held.index(month)
    return fan["quantiles"][LOW][place], fan["quantiles"][HIGH][place]
