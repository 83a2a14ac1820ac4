"""Axes of the outlook's charts: round steps on the vertical axis, months on the horizontal one, labels kept apart."""

from __future__ import annotations

import math
from collections.abc import Sequence

from coercivity.papers.outlook.read import num

_MONTH_LABEL = 50
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def steps(low: float, high: float, most: int = 4) -> tuple[float, ...]:
    """Returns round numbers from at or below `low` to at or above `high`, in at most `most` steps or a few more."""
    span = high - low
    if span <= 0:
        return (low, low + 1.0)
    rough = span / most
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in _STEPS if size * factor >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(step * number for number in range(first, last + 1))


def scale(low: float, high: float) -> tuple[float, float, tuple[float, ...]]:
    """Returns the lowest and highest value of an axis and its ticks; small negative values get no full step.

    Args:
        low: Lowest value, not above zero.
        high: Highest value, not below zero.
    """
    ticks = steps(low, high if high > low else low + 1.0)
    if len(ticks) > 2 and ticks[0] < low < 0 and ticks[1] <= 0 and low > ticks[0] / 2 + ticks[1] / 2:
        return low, ticks[-1], ticks[1:]
    return ticks[0], ticks[-1], ticks


def tick_text(value: float) -> str:
    """Returns the text of a tick, shortened above ten thousand."""
    size = abs(value)
    sign = "\u2212" if value < 0 else ""
    for unit, word in ((1e6, "m"), (1e4, "k")):
        if size >= unit:
            whole = 1e3 if word == "k" else 1e6
            return f"{sign}{size / whole:.4g}{word}"
    return num(value) if size >= 1000 else f"{sign}{size:.4g}"


def month_ticks(months: Sequence[str], pitch: float) -> tuple[tuple[int, str], ...]:
    """Returns the positions of the months that are labelled, far enough apart to be legible.

    Args:
        months: Months as year and number.
        pitch: Width of a month [pixel].
    """
    every = next((n for n in (1, 3, 6, 12, 24, 60) if n * pitch >= _MONTH_LABEL), 120)
    found = []
    for place, month in enumerate(months):
        year, number = int(month[:4]), int(month[5:7])
        if (year * 12 + number - 1) % every == 0:
            found.append((place, month))
    return tuple(found) or ((0, months[0]),)


def apart(wanted: Sequence[float], pitch: float, *, top: float, bottom: float) -> tuple[float, ...]:
    """Returns heights near those wanted, in the same order, at least `pitch` apart, within the limits if possible.

    Args:
        wanted: Heights, rising.
        pitch: Least distance.
        top: Least height.
        bottom: Greatest height.
    """
    found: list[float] = []
    for height in wanted:
        found.append(max(height, top, found[-1] + pitch if found else top))
    limit = bottom
    for place in range(len(found) - 1, -1, -1):
        found[place] = min(found[place], limit)
        limit = found[place] - pitch
    return tuple(round(height, 1) for height in found)
