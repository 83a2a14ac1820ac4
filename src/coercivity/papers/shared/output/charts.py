"""Geometry of the charts of a company: run-out dates as bars, probabilities by day as steps, in units of one pixel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coercivity.base.days import Day
from coercivity.base.words import Lang
from coercivity.papers.shared.days import day_text, month_text
from coercivity.papers.shared.terminal import cut

WIDTH, NARROW = 1040, 356
TOP, LANE, BAR = 26, 24, 13
HEIGHT, BOTTOM, LEFT, RIGHT = 250, 22, 46, 30
_GUTTER = {WIDTH: 150, NARROW: 78}
_LABEL = 76
_SIGN = 7  # width of a sign of a label, generously
_EVERY = (1, 2, 3, 6, 12, 24)
_PATH_POINTS = 4000
INKS = ("0.85", "0.5", "0.2")
DASHES = ("none", "7 3", "2 3", "9 3 2 3", "4 4", "12 4")


@dataclass(frozen=True, slots=True)
class BarPiece:
    """A part of a bar.

    Attributes:
        ink: Opacity: lighter with each layer of supply.
        told: The same in words.
    """

    x: float
    width: float
    ink: str
    told: str


@dataclass(frozen=True, slots=True)
class BarLane:
    """One part at one plant; `end` is the run-out date, or that there is none."""

    y: float
    label: str
    pieces: tuple[BarPiece, ...]
    end: str
    end_x: float


@dataclass(frozen=True, slots=True)
class BarPicture:
    """Bars of days."""

    key: str
    width: int
    height: int
    gutter: int
    ticks: tuple[tuple[float, str], ...]
    lanes: tuple[BarLane, ...]
    until_x: float


@dataclass(frozen=True, slots=True)
class BarRow:
    """What one bar shows.

    Attributes:
        ends: End of each layer of supply, in their order; None: met to the end.
    """

    label: str
    ends: tuple[Day | None, ...]


def bar_picture(
    rows: Sequence[BarRow], *, on: Day, until: Day, layers: Sequence[str], none: str, width: int, lang: Lang
) -> BarPicture:
    """Returns bars from a day to run-out dates.

    Args:
        rows: The rows.
        on: First day of the axis.
        until: Last day looked at.
        layers: Names of the layers of supply.
        none: Words for a row that is met to the end.
        width: Width of the picture [pixel].
        lang: Language of the labels.
    """
    last = max([until, *(end for row in rows for end in row.ends if end is not None)])
    gutter, span = _GUTTER.get(width, 150), max((last - on).days, 1)

    def x_of(day: Day) -> float:
        return round(gutter + (width - gutter - _LABEL) * (day - on).days / span, 1)

    lanes = []
    for place, row in enumerate(rows):
        begun, pieces = on, []
        for end, layer, ink in zip(row.ends, layers, INKS, strict=False):
            to = last if end is None else end
            if to > begun:
                told = f"{layer}: {day_text(end, lang) if end is not None else none}"
                pieces.append(BarPiece(x_of(begun), round(x_of(to) - x_of(begun), 1), ink, told))
                begun = to
        final = row.ends[-1]
        shown, label = none if final is None else final.isoformat(), cut(row.label, gutter // _SIGN)
        lanes.append(BarLane(TOP + place * LANE, label, tuple(pieces), shown, x_of(begun) + 4))
    ticks = tuple(
        (x_of(day), month_text(day.isoformat()[:7], lang)) for day in _months(on, last, width - gutter - _LABEL)
    )
    key = "wide" if width == WIDTH else "narrow"
    return BarPicture(key, width, TOP + LANE * len(rows) + 6, gutter, ticks, tuple(lanes), x_of(until))


@dataclass(frozen=True, slots=True)
class StepSeries:
    """Probability by day of one plant or one way of transport: days with the probability from that day on."""

    name: str
    points: tuple[tuple[Day, float], ...]


@dataclass(frozen=True, slots=True)
class StepLine:
    """A line to draw."""

    path: str
    dash: str
    told: str


@dataclass(frozen=True, slots=True)
class StepPicture:
    """Lines of probability by day; `mark` is a day to compare with, with its words."""

    width: int
    height: int
    left: int
    right: int
    base_y: float
    across: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]
    lines: tuple[StepLine, ...]
    mark_x: float | None


def step_picture(
    series: Sequence[StepSeries], *, first: Day, last: Day, mark: Day | None, lang: Lang
) -> StepPicture | None:
    """Returns lines of probability from 0 to 100 %, or None if no line has a point.

    Args:
        series: The lines.
        first: First day of the axis.
        last: Last day of the axis.
        mark: A day to mark, such as the day needed; None if there is none.
        lang: Language of the labels.
    """
    drawn = [line for line in series if line.points]
    if not drawn:
        return None
    span = max((last - first).days, 1)

    def x_of(day: Day) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * min(max((day - first).days, 0), span) / span, 1)

    def y_of(share: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - 12) * share, 1)

    lines = []
    for place, line in enumerate(drawn):
        path = f"M{x_of(first)} {y_of(0.0)}"
        for day, share in line.points[:_PATH_POINTS]:
            path += f"H{x_of(day)}V{y_of(share)}"
        lines.append(StepLine(f"{path}H{x_of(last)}", DASHES[place % len(DASHES)], line.name))
    sign = "%" if lang == "zh" else " %"
    return StepPicture(
        WIDTH,
        HEIGHT,
        LEFT,
        WIDTH - RIGHT,
        y_of(0.0),
        tuple((y_of(share / 100), f"{share}{sign}") for share in (0, 25, 50, 75, 100)),
        tuple((x_of(day), month_text(day.isoformat()[:7], lang)) for day in _months(first, last, WIDTH - LEFT - RIGHT)),
        tuple(lines),
        x_of(mark) if mark is not None and first <= mark <= last else None,
    )


def _months(first: Day, last: Day, pixels: int) -> Iterable[Day]:
    """Returns the first days of months that can be labelled without touching each other."""
    months = range(first.year * 12 + first.month, last.year * 12 + last.month)
    pitch = pixels / max(len(months), 1)
    every = next((n for n in _EVERY if n * pitch >= _LABEL), 60)
    return [Day(n // 12, n % 12 + 1, 1) for n in months if n % every == 0]
