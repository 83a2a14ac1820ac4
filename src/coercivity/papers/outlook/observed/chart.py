"""Geometry of a chart of an estimate: its range, the model alone, and what was observed as dots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coercivity.observations.state.report import SeriesRow
from coercivity.papers.outlook.axes import scale
from coercivity.papers.outlook.draws.fan import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, FanChart, fan_chart


@dataclass(frozen=True, slots=True)
class ObservedChart:
    """A picture to draw, in units of one pixel.

    Attributes:
        fan: The range of the estimate, its middle, and the model alone.
        dots: Places of what was observed.
    """

    fan: FanChart
    dots: tuple[tuple[float, float], ...]


def observed_chart(row: SeriesRow, months: Sequence[str]) -> ObservedChart:
    """Returns the chart of a flow or stock.

    Args:
        row: The flow or stock by month.
        months: The months.
    """
    seen = [value for value in row["observed"] if value is not None]
    low, high, _ = axis = scale(0.0, max(*row["high"], *row["own"], *seen, 0.0))
    fan = fan_chart(
        {
            "run": "",
            "figure": row["what"],
            "unit": "t",
            "quantiles": {"5": row["low"], "50": row["estimate"], "95": row["high"]},
            "usual": row["own"],
        },
        months,
        axis,
    )
    pitch = (WIDTH - LEFT - RIGHT) / max(len(months) - 1, 1)
    dots = tuple(
        (
            round(LEFT + pitch * place, 1),
            round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (value - low) / (high - low), 1),
        )
        for place, value in enumerate(row["observed"])
        if value is not None
    )
    return ObservedChart(fan, dots)
