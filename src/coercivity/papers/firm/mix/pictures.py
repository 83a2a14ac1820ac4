"""The two pictures of a mix as SVG: cost by scenario before and after, and mean cost against the bad end."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from coercivity.papers.firm.mix.report_data import MixFrontierData, MixReport
from coercivity.papers.firm.mix.wording import KEUR, value_text
from coercivity.papers.shared.paper.figures import figure
from coercivity.papers.shared.paper.sections import PaperFigure, Wording
from coercivity.papers.shared.paper.svg import DARK, LIGHT, SIGN, WIDTH, svg_page, svg_text
from coercivity.papers.shared.terminal import cut

MOST_LANES = 40  # scenarios drawn; the table has them all
_GUTTER, _LABEL = 120, 70
_LANE, _BAR, _TOP = 30, 11, 44
_LEFT, _RIGHT, _HIGH, _BASE = 76, 110, 340, 296


def cost_picture(body: MixReport, w: Wording) -> PaperFigure:
    """Returns the cost of each scenario when nothing is done, and with the best plan."""
    rows = body["scenarios"][:MOST_LANES]
    costs = [(float(row["nothing_keur"]), float(row["cost_keur"])) for row in rows]
    dearest = max(1.0, *(cost for pair in costs for cost in pair))
    scale = (WIDTH - _GUTTER - _LABEL) / dearest
    parts = [*_legend(w)]
    for place, (row, pair) in enumerate(zip(rows, costs, strict=True)):
        y = _TOP + place * _LANE
        parts.append(svg_text(_GUTTER - 8, y + 15, cut(row["scenario"], _GUTTER // SIGN), "end"))
        for line, (cost, ink) in enumerate(zip(pair, (LIGHT, DARK), strict=True)):
            width, top = max(0.0, cost) * scale, y + line * (_BAR + 1)
            parts.append(f"<rect x='{_GUTTER}' y='{top}' width='{width:.1f}' height='{_BAR}' fill='{ink}'/>")
            parts.append(svg_text(_GUTTER + width + 5, top + 10, f"{cost:,.0f}", size=10.5))
    height = _TOP + len(rows) * _LANE + 6
    told = w("picture_costs")
    if len(body["scenarios"]) > MOST_LANES:
        told += w("picture_first", MOST_LANES)
    return PaperFigure("costs", told, svg_page(height, told, parts))


def frontier_picture(points: Sequence[MixFrontierData], w: Wording) -> PaperFigure:
    """Returns mean cost against CVaR of the best plans, each with the weights at which it is the best."""
    plans = list(_plans(points))
    low_x, step_x, high_x = _axis([x for x, _, _ in plans])
    low_y, step_y, high_y = _axis([y for _, y, _ in plans])

    def x_of(value: float) -> float:
        return round(_LEFT + (WIDTH - _LEFT - _RIGHT) * (value - low_x) / (high_x - low_x), 1)

    def y_of(value: float) -> float:
        return round(_BASE - (_BASE - 24) * (value - low_y) / (high_y - low_y), 1)

    parts = []
    for value in _ticks(low_y, step_y, high_y):
        y = y_of(value)
        parts.append(f"<line x1='{_LEFT}' x2='{WIDTH - _RIGHT}' y1='{y}' y2='{y}' stroke='#d5dbe1'/>")
        parts.append(svg_text(_LEFT - 6, y + 4, _tick(value, step_y), "end"))
    for value in _ticks(low_x, step_x, high_x):
        parts.append(svg_text(x_of(value), _BASE + 17, _tick(value, step_x), "middle"))
    parts.append(svg_text((_LEFT + WIDTH - _RIGHT) / 2, _HIGH - 6, w("mean_keur", table="columns"), "middle"))
    parts.append(svg_text(6, 14, w("cvar_keur", table="columns")))
    path = " ".join(f"{x_of(x)},{y_of(y)}" for x, y, _ in plans)
    parts.append(f"<polyline points='{path}' fill='none' stroke='{LIGHT}' stroke-width='1.6'/>")
    for x, y, weights in plans:
        parts.append(f"<circle cx='{x_of(x)}' cy='{y_of(y)}' r='4.5' fill='{DARK}'/>")
        parts.append(svg_text(x_of(x) + 8, y_of(y) - 7, weights))
    told = w("picture_frontier")
    return PaperFigure("frontier", told, svg_page(_HIGH, told, parts))


def _plans(points: Sequence[MixFrontierData]) -> Iterator[tuple[float, float, str]]:
    """Yields mean and CVaR of each plan with its weights; plans that cost the same to the digit shown are one."""
    found: dict[tuple[str, str], list[str]] = {}
    for point in points:
        plan = point["plan"]
        shown = figure(plan["mean_keur"], KEUR), figure(plan["cvar_keur"], KEUR)
        found.setdefault(shown, []).append(value_text(point["weight"]))
    for (mean, bad), weights in found.items():
        name = weights[0] if len(weights) == 1 else f"{weights[0]}–{weights[-1]}"
        yield _number(mean), _number(bad), name


def _number(text: str) -> float:
    return float(text.replace(",", "").replace("\u2212", "-"))


def _axis(values: Sequence[float]) -> tuple[float, float, float]:
    """Returns first tick, step and last tick of an axis that holds the values."""
    span = max(max(values) - min(values), 1e-6 * max(1.0, abs(values[0])), 1.0)
    power = 10.0 ** math.floor(math.log10(span / 4))
    step = next(power * part for part in (1, 2, 5, 10) if power * part * 4 >= span)
    low = math.floor(min(values) / step) * step
    high = math.ceil(max(values) / step) * step
    return low, step, high if high > low else low + step


def _ticks(low: float, step: float, high: float) -> list[float]:
    return [low + step * place for place in range(round((high - low) / step) + 1)]


def _tick(value: float, step: float) -> str:
    return f"{value:,.{max(0, -math.floor(math.log10(step) + 1e-9))}f}"


def _legend(w: Wording) -> Iterator[str]:
    for place, (ink, key) in enumerate(((LIGHT, "picture_before"), (DARK, "picture_after"))):
        x = _GUTTER + place * 220
        yield f"<rect x='{x}' y='10' width='20' height='{_BAR}' fill='{ink}'/>"
        yield svg_text(x + 26, 20, w(key))
