"""Prices of the products of a case in China and outside, a small picture for each product."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from coercivity.base.words import say
from coercivity.papers.brief.paper.figures.svg import INK, LINE, MID, PALE, SIZE, WIDTH, Drawing, Point
from coercivity.papers.brief.paper.market import GoodPrices
from coercivity.papers.outlook.axes import scale, tick_text
from coercivity.papers.shared.days import month_text
from coercivity.papers.shared.paper.sections import PaperFigure, Wording

MOST_GOODS, ACROSS = 4, 2
PANEL_WIDTH, PANEL_HEIGHT = WIDTH / ACROSS, 178.0
LEFT, RIGHT, TOP, BOTTOM = 44.0, 76.0, 30.0, 26.0
_APART = 14.0
_KINDS, _TWO = ("lapsed", "extended"), 2


def price_figure(goods: Sequence[GoodPrices], w: Wording) -> PaperFigure:
    """Returns the picture of prices, the widest relative gaps first.

    Args:
        goods: Prices of the products.
        w: The words.
    """
    shown = sorted(goods, key=lambda good: -_ratio(good))[:MOST_GOODS]
    told = _caption(goods, w)
    rows = -(-len(shown) // ACROSS)
    drawing = Drawing("prices", PANEL_HEIGHT * rows, told)
    for place, good in enumerate(shown):
        corner = (PANEL_WIDTH * (place % ACROSS), PANEL_HEIGHT * (place // ACROSS))
        _panel(drawing, good, corner, w)
    return PaperFigure("prices", told, drawing.svg())


def _caption(goods: Sequence[GoodPrices], w: Wording) -> str:
    """Returns what the lines are, and of which scenario of the suspension the solid and the dashed ones."""
    branches = [path.branch for path in goods[0].paths]
    kinds = [kind for branch in branches for kind in _KINDS if branch.startswith(kind)]
    if len(kinds) != _TWO:
        return w("prices_told")
    return w("prices_two", *(w(f"prices_{kind}") for kind in kinds))


def _ratio(good: GoodPrices) -> float:
    path = good.paths[0]
    low, high = path.inside[good.worst], path.outside[good.worst]
    return high / low if low and high is not None else 0.0


def _panel(drawing: Drawing, good: GoodPrices, corner: Point, w: Wording) -> None:
    values = [value for path in good.paths for value in (*path.inside, *path.outside) if value is not None]
    low, high, ticks = scale(0.0, max(values))
    left, right = corner[0] + LEFT, corner[0] + PANEL_WIDTH - RIGHT
    top, bottom = corner[1] + TOP, corner[1] + PANEL_HEIGHT - BOTTOM

    def at(place: int, value: float) -> Point:
        x = left + (right - left) * place / max(len(good.months) - 1, 1)
        return x, bottom - (bottom - top) * (value - low) / (high - low)

    drawing.text((corner[0] + 4, corner[1] + 14), w("panel_title", say(good.name, w.lang)), bold=True)
    for tick in ticks:
        y = at(0, tick)[1]
        drawing.line((left, y), (right, y), ink=LINE, width=0.6)
        drawing.text((left - 5, y + 4), tick_text(tick), anchor="end", size=SIZE - 1.5)
    last = len(good.months) - 1
    drawing.text((left, bottom + 16), month_text(good.months[0], w.lang), anchor="start", size=SIZE - 1.5)
    drawing.text((right, bottom + 16), month_text(good.months[last], w.lang), anchor="middle", size=SIZE - 1.5)
    ends = []
    for key, ink, width in (("outside", INK, 2.0), ("inside", MID, 2.0)):
        series = [path.outside if key == "outside" else path.inside for path in good.paths]
        _band(drawing, series, at)
        for number, values_of in enumerate(series):
            points = [at(place, value) for place, value in enumerate(values_of) if value is not None]
            if points:
                drawing.path(points, ink=ink, width=width, dash="" if number == 0 else "4 3")
        known = [values_of[last] for values_of in series if values_of[last] is not None]
        if known:
            ends.append((at(last, max(value for value in known if value is not None))[1], w(f"line_{key}")))
    _labels(drawing, ends, right + 6)


def _band(drawing: Drawing, series: Sequence[Sequence[float | None]], at: Callable[[int, float], Point]) -> None:
    """Fills the space between the legal scenarios."""
    if len(series) < 2:
        return
    lows: list[Point] = []
    highs: list[Point] = []
    for place, held in enumerate(zip(*series, strict=True)):
        known = [value for value in held if value is not None]
        if known:
            lows.append(at(place, min(known)))
            highs.append(at(place, max(known)))
    if lows:
        drawing.area([*highs, *reversed(lows)], fill=PALE)


def _labels(drawing: Drawing, ends: list[tuple[float, str]], x: float) -> None:
    before = -_APART
    for y, text in sorted(ends):
        shown = max(y, before + _APART)
        drawing.text((x, shown + 4), text, size=SIZE - 1)
        before = shown
