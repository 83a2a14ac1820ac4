"""Fans on the screen `supply`: the quantiles of draws by month, beside the run without draws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite

from coercivity.base.json_types import Json
from coercivity.verbs.draws_report import (
    LEVELS,
    DrawsReport,
    FanRow,
    capital,
    fan_months,
    series_name,
    unit_text,
    value_text,
    word,
)
from coercivity.verbs.outlook_report import ReadRun, scale
from coercivity.web.charts import INK, Chart, sized
from coercivity.web.supply.charts import month_axis, run_title
from coercivity.web.supply.found import Shown
from coercivity.web.view import View

FILL, HIGH_PX = "var(--c5)", 190
MEDIAN, FIRST, LAST = "50", "5", "95"
# Ends of the bands in percent, and their opacity: those within lie on top of those around them.
BANDS = ((FIRST, LAST, 0.15), ("10", "90", 0.2), ("25", "75", 0.3))


@dataclass(frozen=True, slots=True)
class Fans:
    """The fans of one series, one chart a run, on one scale."""

    title: str
    charts: list[Chart]


def fans_of(view: View, picked: Shown, draws: DrawsReport) -> list[Fans]:
    """Returns the fans of the runs compared, by series."""
    runs = {run.body["id"]: run for run in picked.pair}
    found = []
    for number, key in enumerate(dict.fromkeys(row["figure"] for row in draws["fans"]), 1):
        rows = [row for row in draws["fans"] if row["figure"] == key and row["run"] in runs]
        if not rows:
            continue
        unit = unit_text(rows[0]["unit"], view.lang)
        every = list(_known(v for row in rows for values in (row["usual"], *row["quantiles"].values()) for v in values))
        y = _axis(every, unit)
        charts = [_fan(view, picked, draws, row, runs[row["run"]], y, number) for row in rows]
        found.append(Fans(capital(series_name(picked.report, key, view.lang)), charts))
    return found


def _fan(
    view: View, picked: Shown, draws: DrawsReport, row: FanRow, run: ReadRun, y: Mapping[str, Json], number: int
) -> Chart:
    months, levels = fan_months(draws, row, picked.months), row["quantiles"]
    layers = []
    for low, high, opacity in BANDS:
        ends = zip(months, levels[low], levels[high], strict=True)
        data: list[Json] = [{"m": f"{m}-01", "y": begin, "y2": end} for m, begin, end in ends if isfinite(begin)]
        encoding: dict[str, Json] = {"x": month_axis(), "y": {"field": "y", **y}, "y2": {"field": "y2"}}
        mark: Json = {"type": "area", "color": FILL, "opacity": opacity}
        layers.append({"data": {"values": data}, "mark": mark, "encoding": encoding})
    usual = row["usual"][-len(months) :]
    for values, fill, dash in ((levels[MEDIAN], FILL, [1, 0]), (usual, INK, [5, 3])):
        line: list[Json] = [{"m": f"{m}-01", "y": _finite(value)} for m, value in zip(months, values, strict=False)]
        stroke: Json = {"type": "line", "color": fill, "strokeWidth": 2, "strokeDash": [*dash]}
        encoding = {"x": month_axis(), "y": {"field": "y", **y}}
        layers.append({"data": {"values": line}, "mark": stroke, "encoding": encoding})
    head = [word("cols", name, view.lang) for name in ("month", "usual")]
    head += [word("forms", "level", view.lang).format(level) for level in LEVELS]
    columns = [usual, *(levels[str(level)] for level in LEVELS)]
    cells = [
        [month, *(value_text(values[at], row["unit"], view.lang) if at < len(values) else "–" for values in columns)]
        for at, month in enumerate(months)
    ]
    spec, numeric = sized(HIGH_PX, layer=layers), frozenset(range(1, len(head)))
    return Chart(f"fan-{number}-{run.key}", run_title(view, run), spec, head, cells, "", numeric)


def _axis(values: list[float], unit: str) -> dict[str, Json]:
    """An axis around the values: a fan is read for its width, which an axis from zero would hide."""
    ends = scale(min(values, default=0.0), max(values, default=1.0))
    shown: Json = {"domain": [ends[0], ends[1]], "zero": False}
    return {"type": "quantitative", "scale": shown, "axis": {"title": unit or None, "tickCount": 5}}


def _known(values: Iterable[float | None]) -> Iterable[float]:
    return (value for value in values if value is not None and isfinite(value))


def _finite(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None
