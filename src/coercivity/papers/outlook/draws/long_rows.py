"""What draws say as long rows, for Parquet and CSV files: one table each for figures, fans, causes and so on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coercivity.ensemble.results.rows import DrawsReport
from coercivity.papers.outlook.draws.beside import draws_of, fan_months
from coercivity.papers.outlook.report_data import OutlookReport

Row = dict[str, object]
TABLES = ("draw_causes", "draw_chances", "draw_differences", "draw_fans", "draw_figures", "draw_groups")


def draw_tables(report: OutlookReport) -> dict[str, list[Row]]:
    """Returns the tables of draws as long rows; empty if the outlook has no draws.

    Args:
        report: The report data.
    """
    draws = draws_of(report)
    if draws is None:
        return {}
    sensitivity = draws["sensitivity"]
    return {
        "draw_figures": [_flat(row) for row in draws["figures"]],
        "draw_fans": list(_fans(draws, report["months"])),
        "draw_chances": [_flat(row) for row in draws["chances"]],
        "draw_causes": [{**_about(row), **cause} for row in sensitivity for cause in row["causes"]],
        "draw_groups": [{**_about(row), **share} for row in sensitivity for share in row["groups"]],
        "draw_differences": [_flat(row) for row in draws["differences"]],
    }


def _flat(row: Mapping[str, object]) -> Row:
    """Returns a row with its quantiles as columns."""
    found: Row = {}
    for key, value in row.items():
        found |= _levels(value) if isinstance(value, dict) else {key: value}
    return found


def _about(row: Mapping[str, object]) -> Row:
    return {key: row[key] for key in ("run", "figure", "unit", "draws") if key in row}


def _levels(quantiles: Mapping[str, object]) -> Row:
    """Returns quantiles as columns, such as q10, in the order of their level."""
    return {f"q{int(level):02d}": quantiles[level] for level in sorted(quantiles, key=int)}


def _fans(draws: DrawsReport, months: list[str]) -> Iterator[Row]:
    for fan in draws["fans"]:
        for place, month in enumerate(fan_months(draws, fan, months)):
            levels = {level: values[place] for level, values in fan["quantiles"].items()}
            usual = fan["usual"][place] if place < len(fan["usual"]) else None
            about: Row = {"run": fan["run"], "month": month, "figure": fan["figure"], "unit": fan["unit"]}
            yield {**about, "usual": usual, **_levels(levels)}
