"""Pictures of a backtest as SVG: rows observed beside their bands, scores beside null models, coverage of bands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from coercivity.base.days import Day
from coercivity.papers.backtest.report_data import RowData, ScoreData, SeriesData
from coercivity.papers.backtest.wording import forecaster_text, kind_text, value_text
from coercivity.papers.shared.paper.sections import PaperFigure, Wording
from coercivity.papers.shared.paper.svg import DARK, GREY, LIGHT, WIDTH, svg_page, svg_text

_INKS = ("#1f3a5f", "#c2703d", "#7d9cc0", "#8a8f98", "#5b8c5a", "#a65d7b")
_LEFT, _RIGHT, _TOP, _HIGH, _FOOT = 66, 12, 40, 190, 26
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_LINES = 5  # across a chart, at most
_ROW, _BAR, _NAMES, _WORD = 44, 12, 150, 128
_SPAN_DAYS = 31
_MOST_TICKS = 9


@dataclass(frozen=True, slots=True)
class _Frame:
    """Axes of a chart by day.

    Attributes:
        first: First day.
        last: Last day.
        top: Upper end of the values.
        step: Distance of the lines across.
    """

    first: Day
    last: Day
    top: float
    step: float

    def x(self, day: Day) -> float:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * share

    def y(self, value: float) -> float:
        return _TOP + _HIGH * (1.0 - min(max(value / self.top, 0.0), 1.0))


def series_picture(
    number: int, series: SeriesData, rows: Sequence[RowData], forecaster: str, w: Wording
) -> PaperFigure:
    """Returns what was known of a series, what came, and median and 80 % band of a forecaster.

    Args:
        number: Number of the picture.
        series: What was known on the day.
        rows: Its rows observed afterwards, in order.
        forecaster: Who forecast.
        w: Words.
    """
    told = w("series_picture", series["name"], series["unit"], series["origin"])
    bands = [(_middle(row), each) for row in rows for each in row["forecasts"] if each["forecaster"] == forecaster]
    past = [(Day.fromisoformat(point["day"]), float(point["value"])) for point in series["points"]]
    seen = [(_middle(row), float(row["value"])) for row in rows]
    days = [*(day for day, _ in past), *(day for day, _ in seen)]
    tops = [*(value for _, value in (*past, *seen)), *(float(each["bands"]["80"][1]) for _, each in bands)]
    top, step = _scale(max(tops, default=1.0))
    frame = _Frame(min(days), max(days), top, step)
    parts = [*_legend([w("known_dots"), w("seen_dots"), forecaster_text(forecaster, w)]), *_across(frame)]
    parts += _ticks(frame)
    origin = Day.fromisoformat(series["origin"])
    if frame.first <= origin <= frame.last:
        x = frame.x(origin)
        parts.append(_line((x, _TOP, x, _TOP + _HIGH), dashes="3 3"))
    for day, each in bands:
        low, high = map(float, each["bands"]["80"])
        x, y = frame.x(day), frame.y(high)
        tall = max(frame.y(low) - y, 1.0)
        parts.append(_box(x - 7, y, 14, tall, LIGHT))
        middle = frame.y(float(each["median"]))
        parts.append(_box(x - 7, middle - 1, 14, 2, DARK))
    parts += [_dot(frame.x(day), frame.y(value), _INKS[3]) for day, value in past]
    parts += [_dot(frame.x(day), frame.y(value), _INKS[1]) for day, value in seen]
    return PaperFigure(f"backtest_series_{number}", told, svg_page(_TOP + _HIGH + _FOOT, told, parts))


def _line(ends: tuple[float, float, float, float], ink: str = GREY, width: float = 1.0, dashes: str = "") -> str:
    """Returns a line from one point to another."""
    x, y, to_x, to_y = ends
    dashed = f" stroke-dasharray='{dashes}'" if dashes else ""
    place = f"x1='{x:.1f}' y1='{y:.1f}' x2='{to_x:.1f}' y2='{to_y:.1f}'"
    return f"<line {place} stroke='{ink}' stroke-width='{width}'{dashed}/>"


def _box(x: float, y: float, wide: float, high: float, ink: str) -> str:
    return f"<rect x='{x:.1f}' y='{y:.1f}' width='{wide:.1f}' height='{high:.1f}' fill='{ink}'/>"


def _middle(row: RowData) -> Day:
    first, last = Day.fromisoformat(row["first_on"]), Day.fromisoformat(row["last_on"])
    return Day.fromordinal((first.toordinal() + last.toordinal()) // 2)


def _dot(x: float, y: float, ink: str) -> str:
    return f"<circle cx='{x:.1f}' cy='{y:.1f}' r='3.5' fill='{ink}'/>"


def _legend(texts: Sequence[str]) -> Iterator[str]:
    known, seen, forecast = texts
    yield _dot(12, 13, _INKS[3]) + svg_text(20, 18, known)
    yield _dot(192, 13, _INKS[1]) + svg_text(200, 18, seen)
    yield _box(372, 7, 14, 12, LIGHT) + _box(372, 12, 14, 2, DARK)
    yield svg_text(392, 18, forecast)


def _across(frame: _Frame) -> Iterator[str]:
    for place in range(round(frame.top / frame.step) + 1):
        value = place * frame.step
        y = frame.y(value)
        yield _line((_LEFT, y, WIDTH - _RIGHT, y), width=0.4)
        yield svg_text(_LEFT - 6, y + 4, value_text(f"{value:.6f}"), "end", 10.5)


def _ticks(frame: _Frame) -> Iterator[str]:
    months = [(day // 12, day % 12 + 1) for day in range(_month(frame.first), _month(frame.last) + 1)]
    every = max(1, ceil(len(months) / _MOST_TICKS))
    for year, month in months[::every]:
        day = Day(year, month, 15)
        if frame.first <= day <= frame.last or len(months) == 1:
            yield svg_text(
                frame.x(min(max(day, frame.first), frame.last)), _TOP + _HIGH + 17, f"{year}-{month:02d}", "middle"
            )


def _month(day: Day) -> int:
    return day.year * 12 + day.month - 1


def _scale(most: float) -> tuple[float, float]:
    """Returns the upper end of an axis and the step of its lines, at most five of them."""
    most = max(most, 1e-6)
    power = 1e-6
    while True:
        for step in _STEPS:
            size = step * power
            if size * _LINES >= most:
                return size * max(1, ceil(most / size)), size
        power *= 10


def scores_picture(scores: Sequence[ScoreData], w: Wording) -> PaperFigure:
    """Returns the mean CRPS by kind, a bar for each forecaster, with the interval over series.

    Args:
        scores: Scores of one origin, or of all, on the rows that all forecast.
        w: Words.
    """
    told = w("scores_picture")
    held = [score for score in scores if score["crps_log"] is not None]
    names = list(dict.fromkeys(score["forecaster"] for score in held))
    kinds = list(dict.fromkeys(score["kind"] for score in held))
    ends = [float(_end(score)) for score in held]
    top, _ = _scale(max(ends, default=1.0))
    wide, parts, y = WIDTH - _NAMES - 60, [*_names(names, w)], 34.0
    for kind in kinds:
        parts.append(svg_text(0, y + 12, kind_text(kind, w)))
        for score in (each for each in held if each["kind"] == kind):
            mean = score["crps_log"]
            assert mean is not None
            ink, long = _INKS[names.index(score["forecaster"]) % len(_INKS)], wide * float(mean["mean"]) / top
            parts.append(_box(_NAMES, y, long, _BAR, ink))
            if mean["low"] is not None and mean["high"] is not None:
                low, high = (_NAMES + wide * float(end) / top for end in (mean["low"], mean["high"]))
                parts.append(_line((low, y + 6, high, y + 6)))
            parts.append(
                svg_text(_NAMES + wide * float(_end(score)) / top + 4, y + 11, value_text(mean["mean"]), size=10.5)
            )
            y += _BAR + 2
        y += 8
    return PaperFigure("backtest_scores", told, svg_page(ceil(y), told, parts))


def _end(score: ScoreData) -> str:
    found = score["crps_log"]
    assert found is not None
    return found["high"] or found["mean"]


def _names(names: Sequence[str], w: Wording) -> Iterator[str]:
    for place, name in enumerate(names):
        x = place * _WORD
        yield _box(x, 6, 14, 11, _INKS[place % len(_INKS)])
        yield svg_text(x + 19, 16, forecaster_text(name, w), size=11)


def coverage_picture(scores: Sequence[ScoreData], w: Wording) -> PaperFigure:
    """Returns the share of rows inside the bands of each forecaster, beside the share that the band states.

    Args:
        scores: Scores of all kinds together, one a forecaster.
        w: Words.
    """
    told = w("coverage_picture")
    wide, parts = WIDTH - _NAMES - 20, list[str]()
    for share in (0, 50, 80, 95, 100):
        x = _NAMES + wide * share / 100
        parts.append(_line((x, 22, x, 26 + _ROW * len(scores)), width=0.4))
        parts.append(svg_text(x, 14, f"{share}%" if w.lang == "zh" else f"{share} %", "middle", 10.5))
    for place, score in enumerate(scores):
        y = 34.0 + place * _ROW
        parts.append(svg_text(0, y + 14, forecaster_text(score["forecaster"], w)))
        for at, (band, found) in enumerate(score["coverage"].items()):
            ink, line = _INKS[at], y + 10 * at
            x = _NAMES + wide * float(found["mean"])
            if found["low"] is not None and found["high"] is not None:
                low, high = (_NAMES + wide * float(end) for end in (found["low"], found["high"]))
                parts.append(_line((low, line, high, line), ink, 2.0))
            stated = _NAMES + wide * int(band) / 100
            parts.append(_line((stated, line - 4, stated, line + 4), ink))
            parts.append(_dot(x, line, ink))
    return PaperFigure("backtest_coverage", told, svg_page(36 + _ROW * len(scores), told, parts))
