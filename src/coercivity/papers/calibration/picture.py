"""The picture of a fit: for each parameter the middle 90 % before and after."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.papers.calibration.report_data import CalibrationReport, FitData, MovedData
from coercivity.papers.calibration.wording import parameter_text
from coercivity.papers.shared.paper.sections import PaperFigure, Wording
from coercivity.papers.shared.paper.svg import DARK, GREY, LIGHT, WIDTH, svg_page, svg_text

_LEFT, _RIGHT, _TOP, _STEP, _HIGH = 330, 20, 44, 34, 9


def fit_picture(body: CalibrationReport, one: FitData, w: Wording) -> PaperFigure:
    """Returns each parameter before and after, from the low to the high end of its prior.

    Args:
        body: The calibration.
        one: The fit.
        w: Words.
    """
    told = w("picture", one["known"])
    ends = {each["name"]: (float(each["low"]), float(each["high"])) for each in body["parameters"]}
    parts = [*_legend(w)]
    for place, row in enumerate(one["moved"]):
        parts += _bars(row, ends[row["name"]], _TOP + place * _STEP, w)
    height = _TOP + len(one["moved"]) * _STEP + 6
    return PaperFigure(f"parameters_{one['known']}", told, svg_page(height, told, parts))


def _legend(w: Wording) -> Iterator[str]:
    for x, ink, key in ((_LEFT, LIGHT, "before"), (_LEFT + 170, DARK, "after")):
        yield f"<rect x='{x}' y='8' width='14' height='11' fill='{ink}'/>"
        yield svg_text(x + 19, 18, w(key))


def _bars(row: MovedData, ends: tuple[float, float], y: int, w: Wording) -> Iterator[str]:
    low, high = ends
    wide = WIDTH - _LEFT - _RIGHT

    def x(text: str) -> float:
        return _LEFT + wide * (float(text) - low) / (high - low)

    yield svg_text(_LEFT - 10, y + 14, parameter_text(row["name"], w), "end", 11)
    yield f"<line x1='{_LEFT}' x2='{WIDTH - _RIGHT}' y1='{y + 10}' y2='{y + 10}' stroke='{GREY}' stroke-width='0.4'/>"
    before, after = (row["prior_low"], row["prior_high"], y, LIGHT), (row["low"], row["high"], y + 10, DARK)
    for start, end, top, ink in (before, after):
        yield f"<rect x='{x(start):.1f}' y='{top}' width='{x(end) - x(start):.1f}' height='{_HIGH}' fill='{ink}'/>"
    at = f"{x(row['mean']):.1f}"
    yield f"<line x1='{at}' x2='{at}' y1='{y + 8}' y2='{y + 21}' stroke='#fff' stroke-width='2'/>"
