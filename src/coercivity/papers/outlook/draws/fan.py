"""Geometry of a fan chart: bands of the draws by month, their median, and the run without draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from coercivity.ensemble.results.rows import FanRow
from coercivity.papers.outlook.axes import month_ticks, scale, tick_text

WIDTH, HEIGHT = 384, 216
LEFT, RIGHT, TOP, BOTTOM = 46, 12, 12, 22
# Bands from the widest to the narrowest: share of the draws in percent, low and high level.
BANDS: tuple[tuple[str, str, str], ...] = (("90", "5", "95"), ("80", "10", "90"), ("50", "25", "75"))
MEDIAN = "50"

Axis = tuple[float, float, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class FanChart:
    """A picture to draw, in units of one pixel.

    Attributes:
        bands: Share of the draws in percent and path, the widest first.
        median: Path of the median.
        usual: Path of the run without draws.
        edges: Paths of both ends of the 80 % range, so that it reads in print without colour.
        across: Height and text of the steps of the axis.
        upright: Place and text of the months.
    """

    bands: tuple[tuple[str, str], ...]
    median: str
    usual: str
    edges: tuple[str, ...]
    across: tuple[tuple[float, str], ...]
    upright: tuple[tuple[float, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT


def axis_of(fans: Sequence[FanRow]) -> Axis:
    """Returns the axis that several fans share, so that runs can be compared.

    Args:
        fans: Fans of one series.
    """
    every = [value for fan in fans for row in (*fan["quantiles"].values(), fan["usual"]) for value in row]
    held = [value for value in every if isfinite(value)] or [0.0]
    return scale(min(0.0, *held), max(0.0, *held))


def fan_chart(fan: FanRow, months: Sequence[str], axis: Axis) -> FanChart:
    """Returns the geometry of a fan.

    Args:
        fan: The quantiles by month.
        months: Its months.
        axis: The axis, from `axis_of`.
    """
    low, high, ticks = axis
    pitch = (WIDTH - LEFT - RIGHT) / max(len(months) - 1, 1)

    def y_of(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (value - low) / (high - low)

    def point(place: int, value: float) -> str:
        return f"{LEFT + pitch * place:.1f} {y_of(value):.1f}"

    def line(values: Sequence[float]) -> str:
        told, broken = "", True
        for place, value in enumerate(values):
            if not isfinite(value):
                broken = True
                continue
            told += ("M" if broken else "L") + point(place, value)
            broken = False
        return told + ("h3" if len(values) == 1 and told else "")

    def band(least: Sequence[float], most: Sequence[float]) -> str:
        places = [n for n in range(min(len(least), len(most))) if isfinite(least[n]) and isfinite(most[n])]
        ends = [point(n, most[n]) for n in places] + [point(n, least[n]) for n in reversed(places)]
        return "M" + "L".join(ends) + "Z" if places else ""

    levels = fan["quantiles"]
    return FanChart(
        bands=tuple(
            (share, path)
            for share, least, most in BANDS
            if least in levels and most in levels and (path := band(levels[least], levels[most]))
        ),
        median=line(levels.get(MEDIAN, [])),
        usual=line(fan["usual"]),
        edges=tuple(path for level in ("10", "90") if (path := line(levels.get(level, [])))),
        across=tuple((round(y_of(value), 1), tick_text(value)) for value in ticks),
        upright=tuple((round(LEFT + pitch * place, 1), text) for place, text in month_ticks(months, pitch)),
    )
