"""The picture of a strategy as SVG: cost of every combination in each scenario, the cheapest dark, a block a firm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.papers.ministry.strategy.report_data import StrategyFirmData, StrategyGroupData, StrategyReport
from coercivity.papers.ministry.strategy.wording import group_text, set_text, shown_groups
from coercivity.papers.shared.paper.figures import figure
from coercivity.papers.shared.paper.sections import PaperFigure, Wording
from coercivity.papers.shared.paper.svg import DARK, LIGHT, svg_page, svg_text
from coercivity.papers.shared.terminal import cut

MOST_PANELS, MOST_FIRMS = 6, 6
_WIDTH, _GUTTER, _GAP = 960, 214, 12
_LABEL = 62  # room for the cost beside a bar
_LANE, _BAR, _HEAD, _TAIL = 19, 12, 46, 16
_SIGN = 6.4  # width of a sign of a label, generously
_INK = "#1b2530"


def cost_picture(body: StrategyReport, w: Wording) -> PaperFigure:
    """Returns the cost of every combination by firm and scenario; the cheapest is dark and has a mark.

    Args:
        body: The result as plain data.
        w: Words.
    """
    groups = shown_groups(body)
    panels = groups if len(groups) <= MOST_PANELS else [*groups[: MOST_PANELS - 1], groups[-1]]
    firms = body["firms"][:MOST_FIRMS]
    parts, top = list[str](), 0
    for firm in firms:
        parts += _firm(firm, panels, top, w)
        top += _HEAD + _LANE * len(firm["results"][0]["sets"]) + _TAIL
    told = w("picture")
    if len(panels) < len(groups) or len(firms) < len(body["firms"]):
        told += w("picture_part")
    return PaperFigure("strategy", told, svg_page(top, told, parts, _WIDTH))


def _firm(firm: StrategyFirmData, panels: Sequence[StrategyGroupData], top: int, w: Wording) -> Iterator[str]:
    results = [next(one for one in firm["results"] if one["group"] == group) for group in panels]
    wide = (_WIDTH - _GUTTER - _GAP * len(panels)) / len(panels)
    yield svg_text(4, top + 18, cut(firm["firm"], 40), size=14, ink=_INK, bold=True)
    for lane, one in enumerate(results[0]["sets"]):
        yield svg_text(_GUTTER - 8, top + _HEAD + lane * _LANE + 10, cut(set_text(one["on"], w), 33), "end")
    for place, result in enumerate(results):
        left = _GUTTER + place * (wide + _GAP)
        yield svg_text(left, top + 36, cut(group_text(result["group"], w), int(wide / _SIGN)), ink=_INK)
        dearest = max(1.0, *(float(one["cost_kusd"]) for one in result["sets"]))
        for lane, one in enumerate(result["sets"]):
            y, best = top + _HEAD + lane * _LANE, one["on"] == result["cheapest"]
            width = max(0.0, float(one["cost_kusd"])) * (wide - _LABEL) / dearest
            ink, mark = (DARK, "● ") if best else (LIGHT, "")
            yield f"<rect x='{left:.1f}' y='{y}' width='{width:.1f}' height='{_BAR}' fill='{ink}'/>"
            yield svg_text(left + width + 4, y + 10, f"{mark}{figure(one['cost_kusd'], 0)}", size=10.5, ink=_INK)
