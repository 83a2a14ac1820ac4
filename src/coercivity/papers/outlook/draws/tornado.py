"""Geometry of a tornado chart: what a number is where a row is low, and where it is high."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coercivity.ensemble.results.rows import CauseRow
from coercivity.papers.outlook.axes import steps, tick_text

WIDTH = 384
LEFT, RIGHT, TOP, BOTTOM = 22, 10, 6, 22
ROW = 20
BAR = 12
MOST = 10
# Room beside the bar for the signs that say at which end the row is low and high.
_LETTER = 11.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the packs.

    Attributes:
        number: Its number, as in the table.
        low_text_x: Where the sign of the draws with the least figures of the row is.
        high_text_x: The same for the greatest.
        noise: Whether the row moves the number no more than a row without any effect could.
    """

    number: int
    group: str
    x: float
    y: float
    width: float
    height: float
    low_text_x: float
    high_text_x: float
    label_y: float
    noise: bool
    told: str


@dataclass(frozen=True, slots=True)
class Tornado:
    """A picture to draw, in units of one pixel.

    Attributes:
        middle_x: Where the mean of the draws lies; None if it is not known.
        upright: Place and text of the steps of the axis.
    """

    bars: tuple[Bar, ...]
    middle_x: float | None
    upright: tuple[tuple[float, str], ...]
    width: int
    height: int
    base_y: float
    left: int = LEFT


def shown_causes(causes: Sequence[CauseRow]) -> tuple[CauseRow, ...]:
    """Returns the causes that a chart shows: those above the noise, at least three, at most ten, the largest first."""
    order = sorted(causes, key=lambda row: (-row["index"], row["row"]))
    above = [row for row in order if row["index"] > row["noise"]]
    return tuple(above[:MOST]) if len(above) >= 3 else tuple(order[:3])


def tornado(causes: Sequence[CauseRow], told: Sequence[str], middle: float | None) -> Tornado | None:
    """Returns the geometry of a tornado, or None if there is no cause.

    Args:
        causes: What to draw, in order.
        told: What each bar means, in words.
        middle: The mean of the draws, as the ends of the bars are means [unit of the number].
    """
    if not causes:
        return None
    ends = [end for row in causes for end in (row["low"], row["high"])] + ([] if middle is None else [middle])
    spread = max(ends) - min(ends) or max(abs(ends[0]), 1.0)
    ticks = steps(min(ends) - 0.02 * spread, max(ends) + 0.02 * spread, 4)
    low, high = ticks[0], ticks[-1]
    height = TOP + ROW * len(causes) + BOTTOM

    def x_of(value: float) -> float:
        return round(LEFT + _LETTER + (WIDTH - LEFT - RIGHT - 2 * _LETTER) * (value - low) / (high - low), 1)

    bars = []
    for place, (row, text) in enumerate(zip(causes, told, strict=True)):
        first, last = x_of(row["low"]), x_of(row["high"])
        y = TOP + ROW * place + (ROW - BAR) / 2
        left, width = min(first, last), max(abs(last - first), 1.0)
        noise = row["index"] <= row["noise"]
        away = _LETTER / 2 if first <= last else -_LETTER / 2
        signs = round(first - away, 1), round(last + away, 1)
        bars.append(Bar(place + 1, row["group"], left, y, round(width, 1), BAR, *signs, y + BAR - 2.5, noise, text))
    return Tornado(
        bars=tuple(bars),
        middle_x=None if middle is None else x_of(middle),
        upright=tuple((x_of(value), tick_text(value)) for value in ticks),
        width=WIDTH,
        height=height,
        base_y=height - BOTTOM,
    )
