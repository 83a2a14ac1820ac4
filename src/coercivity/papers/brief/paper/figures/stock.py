"""How long each part lasts: stock, goods cleared for export, goods that are licensed or licence-free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coercivity.base.days import Day
from coercivity.papers.brief.paper.figures.axis import TimeAxis, draw_axis
from coercivity.papers.brief.paper.figures.svg import INK, LINE, MID, SIZE, WIDTH, Drawing, shortened, text_width
from coercivity.papers.firm.stops.report_data import PartStopData, StopsReport
from coercivity.papers.firm.stops.wording import part_text
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.paper.sections import PaperFigure, Wording

MOST_PARTS = 14
LEFT, RIGHT, TOP, ROW, BAR = 150.0, 92.0, 34.0, 24.0, 13.0
_SPARE_DAYS = 20


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of supply: the day up to which it lasts, and its fill."""

    last: Day
    fill: str


def stock_figure(stops: StopsReport, w: Wording) -> PaperFigure | None:
    """Returns a bar for each part from the stock count to the first day not met; None if no part is used.

    Args:
        stops: The line stops.
        w: The words.
    """
    parts = sorted(stops["parts"], key=lambda part: (part["licensed_stop_on"] or "9", part["plant"], part["part"]))
    shown = parts[:MOST_PARTS]
    if not shown:
        return None
    told = w("stock_told", day_text(stops["stock_on"], w.lang), day_text(stops["until"], w.lang))
    height = TOP + ROW * len(shown) + 58
    drawing = Drawing("stock", height, told)
    first = Day.fromisoformat(stops["stock_on"])
    axis = TimeAxis(first, _last(stops, shown), LEFT, WIDTH - RIGHT)
    draw_axis(drawing, axis, TOP - 6, TOP + ROW * len(shown), w.lang)
    fills = {"stock": INK, "cleared": MID, "licensed": drawing.hatch()}
    for place, (part, label) in enumerate(zip(shown, _labels(shown, w), strict=True)):
        drawing.text((0, TOP + place * ROW + BAR - 1), shortened(label, LEFT - 8))
        _bar(drawing, axis, part, TOP + place * ROW, fills, w)
    _legend(drawing, height - 14, fills, w)
    if len(parts) > len(shown):
        drawing.text((LEFT, height - 36), w("more", len(parts) - len(shown)), size=SIZE - 1)
    return PaperFigure("stock", told, drawing.svg())


def _last(stops: StopsReport, parts: list[PartStopData]) -> Day:
    days = [part["licensed_stop_on"] for part in parts if part["licensed_stop_on"] is not None]
    return max(Day.fromisoformat(max(days, default=stops["until"])), Day.fromisoformat(stops["until"]))


def _labels(parts: list[PartStopData], w: Wording) -> list[str]:
    """Returns plant and part of each bar, with the grades if all of them fit."""
    told = [w("part_of", part["plant"], part_text(part["part"], part["grade"], w.lang)) for part in parts]
    if max(text_width(label, SIZE) for label in told) <= LEFT - 8:
        return told
    return [w("part_of", part["plant"], part["part"]) for part in parts]


def _bar(drawing: Drawing, axis: TimeAxis, part: PartStopData, y: float, fills: dict[str, str], w: Wording) -> None:
    x = axis.x(axis.first)
    for layer in _layers(part, axis, fills):
        end = axis.x(layer.last)
        if end > x:
            drawing.box((x, y), end - x, BAR, fill=layer.fill)
            x = end
    stop = part["licensed_stop_on"]
    told = (stop and day_text(stop, w.lang)) or w("no_run_out")
    drawing.bare((x + 4, y), text_width(told, SIZE) + 4, BAR)
    drawing.text((x + 6, y + BAR - 1), told, bold=stop is not None)


def _layers(part: PartStopData, axis: TimeAxis, fills: dict[str, str]) -> Iterator[Layer]:
    for name in ("stock", "cleared", "licensed"):
        day = {
            "stock": part["stock_stop_on"],
            "cleared": part["cleared_stop_on"],
            "licensed": part["licensed_stop_on"],
        }[name]
        yield Layer(axis.last if day is None else min(Day.fromisoformat(day), axis.last), fills[name])


def _legend(drawing: Drawing, y: float, fills: dict[str, str], w: Wording) -> None:
    x = 0.0
    drawing.line((0, y - 16), (WIDTH, y - 16), ink=LINE)
    for name, fill in fills.items():
        drawing.box((x, y - 9), 16, 10, fill=fill)
        drawing.text((x + 22, y), w(f"layer_{name}"))
        x += WIDTH / len(fills)
