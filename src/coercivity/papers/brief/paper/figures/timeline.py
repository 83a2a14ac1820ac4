"""How results change over time: a bar for transactions with the same periods, with the planned dates marked."""

from __future__ import annotations

from collections.abc import Mapping

from coercivity.base.days import Day
from coercivity.papers.brief.paper.figures.axis import TimeAxis, draw_axis
from coercivity.papers.brief.paper.figures.svg import INK, LINE, PALE, SIZE, WIDTH, Drawing, shortened, text_width
from coercivity.papers.brief.paper.wording import ids_text, in_order
from coercivity.papers.brief.report_data import BriefBody, TransactionData
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.outcomes import meaning
from coercivity.papers.shared.paper.sections import PaperFigure, PaperTable, Wording

LEFT, RIGHT, TOP, ROW, BAR = 132.0, 10.0, 50.0, 25.0, 15.0
MOST_ROWS = 16
_ORDER = ("PROCEED", "LICENCE", "UNKNOWN", "STOP")
_DOT = 3.0
_WHITE = "#ffffff"


def timeline_rows(body: BriefBody) -> list[tuple[list[str], TransactionData]]:
    """Returns the transactions with the same periods together: their ids, and one of them."""
    groups: dict[tuple[tuple[str, str, str], ...], list[TransactionData]] = {}
    for row in body["transactions"]:
        periods = tuple((one["from"], one["to"], one["outcome"]) for one in row["windows"])
        groups.setdefault(periods, []).append(row)
    return [(in_order(row["id"] for row in rows), rows[0]) for rows in groups.values()]


def timeline_figure(body: BriefBody, w: Wording) -> PaperFigure:
    """Returns the picture of results over time.

    Args:
        body: The report data.
        w: The words.
    """
    rows = timeline_rows(body)
    shown = rows[:MOST_ROWS]
    told = w("timeline_told", day_text(body["on"], w.lang))
    bottom = TOP + ROW * len(shown)
    drawing = Drawing("timeline", bottom + 40, told)
    first, last = Day.fromisoformat(body["horizon"]["from"]), Day.fromisoformat(body["horizon"]["to"])
    axis = TimeAxis(first, last, LEFT, WIDTH - RIGHT)
    draw_axis(drawing, axis, TOP - 8, bottom, w.lang)
    fills = {"PROCEED": _WHITE, "LICENCE": PALE, "UNKNOWN": drawing.hatch(6.0, "#8a8a8a"), "STOP": INK}
    planned = {row["id"]: row["planned"] for row in body["transactions"]}
    for place, (ids, row) in enumerate(shown):
        y = TOP + place * ROW
        drawing.text((0, y + BAR - 3), shortened(ids_text(ids, w.lang), LEFT - 8))
        _periods(drawing, axis, row, y, fills, w)
        days = {one["on"] for name in ids if (one := planned[name]) is not None}
        for day in sorted(days):
            drawing.dot((axis.x(Day.fromisoformat(day)), y + BAR + 4), _DOT)
    _today(drawing, axis, body["on"], bottom, w)
    _legend(drawing, bottom + 30, fills, w)
    return PaperFigure("timeline", told, drawing.svg())


def _periods(
    drawing: Drawing, axis: TimeAxis, row: TransactionData, y: float, fills: Mapping[str, str], w: Wording
) -> None:
    joined: list[tuple[str, Day, Day]] = []
    for one in row["windows"]:
        first, last = Day.fromisoformat(one["from"]), Day.fromisoformat(one["to"])
        if joined and joined[-1][0] == one["outcome"]:
            joined[-1] = (one["outcome"], joined[-1][1], last)
        else:
            joined.append((one["outcome"], first, last))
    for place, (outcome, first, last) in enumerate(joined):
        start = axis.x(first)
        end = axis.x(joined[place + 1][1]) if place + 1 < len(joined) else axis.x(last)
        drawing.box((start, y), end - start, BAR, fill=fills[outcome])
        label = meaning(outcome, w.lang)
        if outcome != "UNKNOWN" and text_width(label, SIZE - 2) + 8 < end - start:
            ink = _WHITE if outcome == "STOP" else INK
            drawing.text(((start + end) / 2, y + BAR - 4), label, anchor="middle", size=SIZE - 2, ink=ink)


def _today(drawing: Drawing, axis: TimeAxis, on: str, bottom: float, w: Wording) -> None:
    x = axis.x(Day.fromisoformat(on))
    drawing.line((x, TOP - 20), (x, bottom), ink=INK, width=1.4)
    drawing.text((x, 12), w("decided_on", day_text(on, w.lang)), anchor="middle", bold=True, size=SIZE - 1)
    drawing.line((x, 16), (x, TOP - 20), ink=INK, width=1.4)


def _legend(drawing: Drawing, y: float, fills: Mapping[str, str], w: Wording) -> None:
    drawing.line((0, y - 18), (WIDTH, y - 18), ink=LINE)
    x = 0.0
    for name in _ORDER:
        drawing.box((x, y - 10), 16, 11, fill=fills[name])
        told = meaning(name, w.lang)
        drawing.text((x + 22, y), told)
        x += 40 + text_width(told)
    drawing.dot((x + 6, y - 4), _DOT)
    drawing.text((x + 16, y), w("planned_mark"))


def timeline_table(body: BriefBody, w: Wording) -> PaperTable:
    """Returns the numbers of the picture: the periods from the date of the report on.

    Args:
        body: The report data.
        w: The words.
    """
    rows = (
        (ids_text(ids, w.lang), one["from"], one["to"], meaning(one["outcome"], w.lang))
        for ids, row in timeline_rows(body)
        for one in row["windows"]
    )
    return w.table("windows", ("deals", "first_day", "last_day", "result"), rows, only="files")
