"""The picture of a stage as SVG: tonnes by year outside China, a bar for each of the four runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.ministry.bottleneck.runs import IMPORTED
from coercivity.papers.ministry.bottleneck.report_data import BottleneckReport, OutputData
from coercivity.papers.ministry.bottleneck.wording import run_text, stage_text, unit_text
from coercivity.papers.shared.paper.figures import figure
from coercivity.papers.shared.paper.sections import PaperFigure, Wording
from coercivity.papers.shared.paper.svg import GREY, WIDTH, svg_page, svg_text

_INKS = ("#1f3a5f", "#c2703d", "#7d9cc0", "#c9ced6")  # in the order of the runs
_LEFT, _RIGHT, _TOP, _HIGH, _FOOT = 66, 8, 40, 190, 26
_PAD, _LEGEND = 0.18, 176
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def stage_picture(body: BottleneckReport, stage: str, w: Wording) -> PaperFigure:
    """Returns the output of a stage by year in the four runs.

    Args:
        body: The result as plain data.
        stage: The stage.
        w: Words.
    """
    rows = [row for row in body["output"] if row["stage"] == stage]
    told = w("picture", stage_text(stage, w), unit_text(stage, w)) if stage != IMPORTED else w("imported_picture")
    parts = [*_legend(body, w), *_axis(rows), *_bars(body, rows)]
    return PaperFigure(f"bottleneck_{stage}", told, svg_page(_TOP + _HIGH + _FOOT, told, parts))


def _legend(body: BottleneckReport, w: Wording) -> Iterator[str]:
    for place, run in enumerate(body["runs"]):
        x = 4 + place * _LEGEND
        yield f"<rect x='{x}' y='8' width='14' height='11' fill='{_INKS[place]}'/>"
        yield svg_text(x + 19, 18, run_text(run["run"], w))


def _axis(rows: Sequence[OutputData]) -> Iterator[str]:
    """Yields lines across with their tonnes."""
    top, step = _scale(rows)
    count = round(top / step)
    for place in range(count + 1):
        y = _TOP + _HIGH * (1 - place / count)
        yield f"<line x1='{_LEFT}' x2='{WIDTH - _RIGHT}' y1='{y:.1f}' y2='{y:.1f}' stroke='{GREY}' stroke-width='0.4'/>"
        yield svg_text(_LEFT - 6, y + 4, figure(f"{step * place:.6f}", 1, trim=True), "end", 10.5)


def _scale(rows: Sequence[OutputData]) -> tuple[float, float]:
    """Returns the upper end of the axis and the step of its lines, at most five of them [t]."""
    most = max([*(float(row["t"]) for row in rows), 1e-3])
    power = 1e-3
    while True:
        for step in _STEPS:
            if step * power * 5 >= most:
                size = step * power
                return size * max(1, -int(-most // size)), size
        power *= 10


def _bars(body: BottleneckReport, rows: Sequence[OutputData]) -> Iterator[str]:
    top, _ = _scale(rows)
    wide = (WIDTH - _LEFT - _RIGHT) / len(body["years"])
    bar = wide * (1 - 2 * _PAD) / len(body["runs"])
    for at, year in enumerate(body["years"]):
        left = _LEFT + at * wide
        for place, run in enumerate(body["runs"]):
            mass = next(float(row["t"]) for row in rows if (row["run"], row["year"]) == (run["run"], year))
            high = _HIGH * mass / top
            x, y = left + wide * _PAD + place * bar, _TOP + _HIGH - high
            ink = _INKS[place]
            yield f"<rect x='{x:.1f}' y='{y:.1f}' width='{bar:.1f}' height='{high:.1f}' fill='{ink}'/>"
        yield svg_text(left + wide / 2, _TOP + _HIGH + 17, year, "middle")
