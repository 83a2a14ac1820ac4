"""The picture of a result: value and public cost of each project, highest value per dollar first."""

from __future__ import annotations

from coercivity.papers.ministry.fund.report_data import FundRankData, FundReport
from coercivity.papers.ministry.fund.wording import instrument_text
from coercivity.papers.shared.paper.figures import figure
from coercivity.papers.shared.paper.sections import PaperFigure, Wording
from coercivity.papers.shared.paper.svg import DARK, LIGHT, SIGN, WIDTH, svg_page, svg_text
from coercivity.papers.shared.terminal import cut

MOST_LANES = 40  # projects drawn; the table has them all
_GUTTER, _LABEL = 170, 150
_LANE, _BAR, _TOP = 34, 12, 44


def fund_picture(body: FundReport, w: Wording) -> PaperFigure:
    """Returns mean value and mean public cost of each project with its best instrument, or the one that funds it.

    Args:
        body: The result as plain data.
        w: Words.
    """
    best = body["sets"][0]
    funded = dict(zip(best["projects"], best["instruments"], strict=True))
    shown: dict[str, FundRankData] = {}
    for row in body["ranking"]:
        if funded.get(row["project"], row["instrument"]) == row["instrument"]:
            shown.setdefault(row["project"], row)
    rows = list(shown.values())[:MOST_LANES]
    money = [(float(row["value_musd"]), float(row["cost_musd"])) for row in rows]
    scale = (WIDTH - _GUTTER - _LABEL) / max(1.0, *(one for pair in money for one in pair))
    parts = []
    for place, (ink, key) in enumerate(((DARK, "picture_value"), (LIGHT, "picture_cost"))):
        x = 8 + place * 240
        parts.append(f"<rect x='{x}' y='10' width='20' height='{_BAR}' fill='{ink}'/>")
        parts.append(svg_text(x + 26, 20, w(key)))
    for place, (row, pair) in enumerate(zip(rows, money, strict=True)):
        y = _TOP + place * _LANE
        label = f"{row['project']} · {instrument_text(row['instrument'], w)}"
        parts.append(svg_text(_GUTTER - 8, y + 16, cut(label, _GUTTER // SIGN), "end"))
        ends = (w("picture_funded") if row["project"] in funded else "", "")
        for line, (one, ink, end) in enumerate(zip(pair, (DARK, LIGHT), ends, strict=True)):
            width, top = max(0.0, one) * scale, y + line * (_BAR + 1)
            parts.append(f"<rect x='{_GUTTER}' y='{top}' width='{width:.1f}' height='{_BAR}' fill='{ink}'/>")
            told = figure(row["value_musd"] if line == 0 else row["cost_musd"], 1)
            parts.append(svg_text(_GUTTER + width + 5, top + 10, f"{told}{end}", size=10.5))
    told = w("picture")
    if len(shown) > MOST_LANES:
        told += w("picture_first", MOST_LANES)
    return PaperFigure("fund", told, svg_page(_TOP + len(rows) * _LANE + 6, told, parts))
