"""The picture of the pipeline: value per dollar of each project by legal path, with its interval."""

from __future__ import annotations

from coercivity.papers.ministry.pipeline.report_data import PipelineReport
from coercivity.papers.ministry.pipeline.wording import wording
from coercivity.papers.shared.paper.sections import PaperFigure, Wording
from coercivity.papers.shared.paper.svg import DARK, LIGHT, SIGN, WIDTH, svg_page, svg_text
from coercivity.papers.shared.terminal import cut

MOST_LANES = 15  # projects drawn; the table has them all
_MIDDLE = "#7a8a99"
_INKS = (DARK, _MIDDLE, LIGHT)
_GUTTER, _LABEL, _BAR, _TOP = 230, 60, 10, 44


def pipeline_picture(body: PipelineReport, w: Wording) -> PaperFigure:
    """Returns value per dollar of the best projects.

    Args:
        body: The result as plain data.
        w: Words.
    """
    rows, paths = body["ranking"][:MOST_LANES], body["paths"]
    lane = (_BAR + 2) * len(paths) + 10
    ends = [
        one["high"] if one["high"] is not None else one["mean"] for row in rows for one in row["per_million"].values()
    ]
    scale = (WIDTH - _GUTTER - _LABEL) / max(1.0, *ends, 0.0)
    parts = []
    for place, path in enumerate(paths):
        x = 8 + place * 240
        parts.append(f"<rect x='{x}' y='10' width='20' height='{_BAR}' fill='{_INKS[place % len(_INKS)]}'/>")
        parts.append(svg_text(x + 26, 19, w(path, table="paths")))
    for place, row in enumerate(rows):
        y = _TOP + place * lane
        label = f"{row['name']} · {w(row['stage'], table='stages')}"
        parts.append(svg_text(_GUTTER - 8, y + 16, cut(label, _GUTTER // SIGN), "end"))
        for line, path in enumerate(paths):
            one, top = row["per_million"][path], y + line * (_BAR + 2)
            width = max(0.0, one["mean"]) * scale
            ink = _INKS[line % len(_INKS)]
            parts.append(f"<rect x='{_GUTTER}' y='{top}' width='{width:.1f}' height='{_BAR}' fill='{ink}'/>")
            end = width
            if one["low"] is not None and one["high"] is not None:
                low, high = (_GUTTER + max(0.0, each) * scale for each in (one["low"], one["high"]))
                middle = top + _BAR / 2
                line_to = f"<line x1='{low:.1f}' y1='{middle}' x2='{high:.1f}' y2='{middle}' stroke='#b5432a'/>"
                parts.append(line_to)
                end = max(width, high - _GUTTER)
            parts.append(svg_text(_GUTTER + end + 5, top + 9, f"{one['mean']:.2f}", size=10.5))
    told = w("picture")
    return PaperFigure("pipeline", told, svg_page(_TOP + len(rows) * lane + 6, told, parts))


def pipeline_svg(body: PipelineReport) -> bytes:
    """Returns the picture as a file, in English.

    Args:
        body: The result as plain data.
    """
    return f"{pipeline_picture(body, wording('en')).svg}\n".encode()
