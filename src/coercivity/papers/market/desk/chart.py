"""Geometry of the charts of a comparison: lines by month, and reports as points on their dates."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from coercivity.base.days import Day
from coercivity.base.months import month_of, parse_month
from coercivity.base.words import Lang
from coercivity.papers.market.desk.report_data import CheckRow
from coercivity.papers.market.desk.shown import files, reported_text, word
from coercivity.papers.outlook.axes import apart, month_ticks, scale, tick_text

WIDTH, HEIGHT = 384, 190
LEFT, RIGHT, TOP, BOTTOM = 42, 96, 12, 22
LABEL, RADIUS = 12, 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line to draw.

    Attributes:
        kind: A word of the comparison, which selects the colour too.
        values: Value at the end of each month; None where there is none.
    """

    kind: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line as a path, with its name at the right."""

    kind: str
    path: str
    told: str
    name: str
    ends_y: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A report on its date; `up` and `down` mark an open end."""

    kind: str
    x: float
    y: float
    low_y: float
    high_y: float
    told: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture to draw, in units of one pixel."""

    lines: tuple[Drawn, ...]
    dots: tuple[Dot, ...]
    across: tuple[tuple[float, str], ...]
    upright: tuple[tuple[float, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right_x: float = WIDTH - RIGHT


def month_chart(
    months: Sequence[str], lines: Sequence[Line], reports: Sequence[tuple[str, CheckRow]], lang: Lang = "en"
) -> Chart | None:
    """Returns a chart of lines by month with reports as points, or None without a value.

    Args:
        months: Months along.
        lines: What the run gives.
        reports: Rows compared, each with the line to which it belongs.
        lang: Language of the labels.
    """
    told = [value for line in lines for value in line.values if value is not None]
    if not months or not told:
        return None
    tops = [value for _, row in reports for value in (row["reported"], row["reported_low"]) if value is not None]
    low, high, ticks = scale(0.0, max(*told, *tops, 0.0))
    pitch, first = (WIDTH - LEFT - RIGHT) / len(months), parse_month(months[0])

    def x_of(place: float) -> float:
        return round(LEFT + pitch * place, 1)

    def y_of(value: float) -> float:
        inside = min(max(value, low), high)
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (inside - low) / (high - low), 1)

    return Chart(
        lines=tuple(_drawn(lines, x_of, y_of, lang)),
        dots=tuple(_dots(reports, first, x_of, y_of, lang)),
        across=tuple((y_of(value), tick_text(value)) for value in ticks),
        upright=tuple((x_of(place + 0.5), text) for place, text in month_ticks(months, pitch)),
    )


def _drawn(
    lines: Sequence[Line], x_of: Callable[[float], float], y_of: Callable[[float], float], lang: Lang
) -> Iterator[Drawn]:
    held = [(line, [(n, v) for n, v in enumerate(line.values) if v is not None]) for line in lines]
    held = sorted((entry for entry in held if entry[1]), key=lambda entry: (y_of(entry[1][-1][1]), entry[0].kind))
    heights = apart([y_of(points[-1][1]) + 3.5 for _, points in held], LABEL, top=TOP, bottom=HEIGHT - BOTTOM)
    for (line, points), label_y in zip(held, heights, strict=True):
        # The figure of a month is that of its end.
        path = (
            "M" + "L".join(f"{x_of(n + 1)} {y_of(value)}" for n, value in points) + ("h2" if len(points) == 1 else "")
        )
        name = word(line.kind, lang)
        most = max(value for _, value in points)
        yield Drawn(line.kind, path, f"{name}: {files(most)}", name, y_of(points[-1][1]), label_y)


def _dots(
    reports: Sequence[tuple[str, CheckRow]],
    first: int,
    x_of: Callable[[float], float],
    y_of: Callable[[float], float],
    lang: Lang,
) -> Iterator[Dot]:
    for kind, row in reports:
        on, value = Day.fromisoformat(row["reported_on"]), row["reported"]
        if value is None:
            continue
        place = month_of(on) - first + on.day / calendar.monthrange(on.year, on.month)[1]
        low, high = (value if end is None else end for end in (row["reported_low"], row["reported_high"]))
        told = f"{row['row']} {row['reported_on']}: {reported_text(row, lang)}"
        yield Dot(kind, x_of(place), y_of(value), y_of(low), y_of(high), told)
