"""A time axis with months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coercivity.base.days import Day
from coercivity.base.words import Lang
from coercivity.papers.brief.paper.figures.svg import LINE, SIZE, Drawing
from coercivity.papers.shared.days import month_text

_ROOM = 62.0
_STEPS = (1, 2, 3, 6, 12)
_YEAR = 12


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Days from left to right.

    Attributes:
        first: First day.
        last: Last day, after the first.
        left: Position of the first day.
        right: Position of the last day.
    """

    first: Day
    last: Day
    left: float
    right: float

    def x(self, day: Day) -> float:
        """Returns the position of a day; days outside are at the ends."""
        shown = min(max(day, self.first), self.last)
        return self.left + (self.right - self.left) * (shown - self.first).days / max((self.last - self.first).days, 1)

    def months(self) -> Iterator[Day]:
        """Yields the first days of months that are labelled, far enough apart to be legible."""
        days = max((self.last - self.first).days, 1)
        pitch = (self.right - self.left) * 30.4 / days
        step = next((step for step in _STEPS if step * pitch >= _ROOM), _STEPS[-1])
        month = self.first.year * _YEAR + self.first.month  # the month after the first
        while (day := Day(month // _YEAR, month % _YEAR + 1, 1)) <= self.last:
            if (day.month - 1) % step == 0:
                yield day
            month += 1


def draw_axis(drawing: Drawing, axis: TimeAxis, top: float, bottom: float, lang: Lang) -> None:
    """Draws the months as thin lines with their names above."""
    for day in axis.months():
        drawing.line((axis.x(day), top), (axis.x(day), bottom), ink=LINE, width=0.7)
        drawing.text((axis.x(day), top - 4), month_text(day.isoformat()[:7], lang), anchor="middle", size=SIZE - 1.5)
    drawing.line((axis.left, bottom), (axis.right, bottom), ink=LINE)
