"""Charts of the status of rules over time: one bar per instrument, split where its clauses differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypedDict

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.json_types import Json
from coercivity.base.sums import total
from coercivity.verbs.timeline import Clause, Mix, Status, Timeline, TimelineLine
from coercivity.verbs.words import clause_place, short_name, verified_through
from coercivity.web.charts import INK, SOFT, Chart, sized
from coercivity.web.rules.look import STATES, state_words
from coercivity.web.view import View

FILLS = {
    Status.IN_FORCE: "var(--l-fill)",
    Status.SUSPENDED: "var(--pause)",
    Status.UNKNOWN: "var(--u-fill)",
    Status.NOT_YET: "var(--sheet)",
    Status.ENDED: "var(--line)",
}
SIGNS = {
    Status.IN_FORCE: "●",
    Status.SUSPENDED: "‖",
    Status.UNKNOWN: "?",
    Status.NOT_YET: "○",
    Status.ENDED: "×",
}
ROW_PX, AXIS_PX, TOP = 24, 46, 0.9  # space above the first bar for the selected date, in rows
MARGIN, LEAST_SHARE, LEAST_DAYS, HATCH_DAYS = 0.12, 0.5, 60, 18
YEARS_BEFORE, YEARS_AFTER = 2, 1
_ANNOUNCEMENT = re.compile(r"商务部[^公]*公告(\d{4})年第(\d+)号")
PAUSE_INK = "var(--pause-ink)"


@dataclass(frozen=True, slots=True)
class StatusBar:
    """One row of a chart.

    Attributes:
        shown_from: First day from which "not yet in force" is drawn: the day of publication.
    """

    name: str
    spans: tuple[Mix, ...]
    shown_from: Day | None


class StatusPart(TypedDict):
    """A part of a bar: its days from `a` to `b`, its height from `y` to `z`, and the middles of both."""

    a: str
    b: str
    m: str
    y: float
    z: float
    c: float
    s: str
    g: str
    p: bool


def instruments_chart(
    view: View, found: Timeline, lines: Sequence[TimelineLine], *, id: str, title: str, checked: Day | None = None
) -> Chart:
    """Returns the chart of the status of instruments over time.

    Args:
        view: The address.
        found: The rules over time.
        lines: Instruments to draw, in order.
        id: Name of the chart on its page.
        title: Title.
        checked: Last check of the rulebook; None for that on China.
    """
    bars = [StatusBar(short_name(line.instrument, view.lang), line.spans, line.instrument.published) for line in lines]
    return _chart(view, found.on, bars, (id, title), checked or verified_through())


def clause_chart(
    view: View, on: Day, clauses: Sequence[Clause], *, published: Day | None, title: str, checked: Day | None = None
) -> Chart:
    """Returns the chart of the status of clauses over time.

    Args:
        view: The address.
        on: Transaction date.
        clauses: Clauses to draw, in order.
        published: Day of publication.
        title: Title.
        checked: Last check of the rulebook; None for that on China.
    """
    bars = [StatusBar(clause_place(c.provision, view.lang), _as_mixes(c), published) for c in clauses]
    return _chart(view, on, bars, ("states", title), checked or verified_through())


def _as_mixes(clause: Clause) -> tuple[Mix, ...]:
    return tuple(Mix(span.first, span.last, ((span.status, 1),)) for span in clause.spans)


def _chart(view: View, on: Day, bars: Sequence[StatusBar], named: tuple[str, str], checked: Day) -> Chart:
    id, title = named
    first, last = Day(max(on.year - YEARS_BEFORE, 1), 1, 1), Day(min(on.year + YEARS_AFTER, 9998), 12, 31)
    parts = [part for place, bar in enumerate(bars) for part in _parts(view, bar, place + TOP, first, last)]
    names = [_tight(bar.name) for bar in bars]
    return Chart(
        id=id,
        title=title,
        spec=_spec(view, (on, checked), (first, last), names, parts),
        head=[view.w("rules.col_rule"), view.w("rules.col_from"), view.w("rules.col_to"), view.w("rules.col_state")],
        rows=[row for bar in bars for row in _rows(view, bar)],
        about=view.w("rules.chart_about", checked),
    )


def _rows(view: View, bar: StatusBar) -> Iterator[list[str]]:
    whole = total(number for _, number in bar.spans[0].counts)
    for span in bar.spans:
        states = [
            state_words(view, status)
            + (view.signs.note.format(view.w("rules.part", number, whole)) if number < whole else "")
            for status, number in span.counts
        ]
        yield [bar.name, str(span.first or "…"), str(span.last or "…"), view.signs.semicolon.join(states)]


def _parts(view: View, bar: StatusBar, top: float, first: Day, last: Day) -> Iterator[StatusPart]:
    """The parts of one bar inside the window, stacked where clauses differ in status."""
    for span in bar.spans:
        start, end = max(span.first or first, first), min(span.last or last, last)
        whole = total(number for _, number in span.counts)
        height = top + MARGIN
        for status, number in span.counts:
            share = number / whole
            upper, height = height, height + share * (1 - 2 * MARGIN)
            begin = max(start, bar.shown_from or start) if status is Status.NOT_YET else start
            if begin <= end:
                yield {
                    "a": begin.isoformat(),
                    "b": (end + ONE_DAY).isoformat(),
                    "m": (begin + (end - begin) / 2).isoformat(),
                    "y": round(upper, 3),
                    "z": round(height, 3),
                    "c": round((upper + height) / 2, 3),
                    "s": state_words(view, status),
                    "g": SIGNS[status] if share >= LEAST_SHARE and (end - begin).days >= LEAST_DAYS else "",
                    "p": status is Status.SUSPENDED,
                }


def _hatch(parts: Sequence[StatusPart]) -> list[dict[str, object]]:
    """Slanting lines over suspended parts, so that they can be distinguished without colour."""
    found = []
    for part in parts:
        day, end = Day.fromisoformat(part["a"]), Day.fromisoformat(part["b"])
        lean = timedelta(days=max(1, round(HATCH_DAYS * (part["z"] - part["y"]))))
        while part["p"] and day + lean <= end:
            found.append({"a": day.isoformat(), "b": (day + lean).isoformat(), "y": part["z"], "z": part["y"]})
            day += timedelta(days=HATCH_DAYS)
    return found


def _spec(
    view: View, days: tuple[Day, Day], window: tuple[Day, Day], names: Sequence[str], parts: Sequence[StatusPart]
) -> dict[str, object]:
    on, last_check = days
    rows = len(names) + TOP
    x, y = _across(), _down(names)
    bar: dict[str, Json] = {"x": x, "y": y, "x2": {"field": "b"}, "y2": {"field": "z"}}
    # Two invisible points set the range of the scales: Vega reports an explicit domain as a conflict between layers.
    corners = [{"a": window[0].isoformat(), "y": 0}, {"a": (window[1] + ONE_DAY).isoformat(), "y": rows}]
    check = last_check.isoformat()
    signs: Json = {"x": {**x, "field": "m"}, "y": {**y, "field": "c"}, "text": {"field": "g"}}
    day: dict[str, Json] = {"x": {**x, "field": "d"}}
    layers = [
        _layer(corners, {"type": "point", "opacity": 0}, {"x": x, "y": y}),
        _layer(parts, {"type": "rect", "stroke": SOFT, "strokeWidth": 0.6}, {**bar, "color": _colours(view, parts)}),
        _layer(_hatch(parts), {"type": "rule", "color": PAUSE_INK, "strokeWidth": 0.8, "opacity": 0.7}, bar),
        _layer([p for p in parts if p["g"]], {"type": "text", "fontSize": 10, "fontWeight": "bold"}, signs),
        _layer([{"d": check}], {"type": "rule", "color": SOFT, "strokeDash": [3, 3], "clip": True}, day),
        _layer([{"d": on.isoformat()}], {"type": "rule", "color": INK, "strokeWidth": 2}, day),
        _layer(
            [{"d": on.isoformat(), "y": TOP / 2}],
            {"type": "text", "align": "right", "dx": -5, "fontWeight": "bold", "text": on.isoformat()},
            {**day, "y": y},
        ),
    ]
    return sized(round(rows * ROW_PX) + AXIS_PX, layer=[layer for held in layers for layer in held])


def _layer(values: Sequence[object], mark: Json, encoding: Json) -> list[dict[str, object]]:
    """A layer of these values, or none if there are none, because Vega reports a layer without marks as an error."""
    return [{"data": {"values": values}, "mark": mark, "encoding": encoding}] if values else []


def _across() -> dict[str, Json]:
    return {
        "field": "a",
        "type": "temporal",
        "title": None,
        "scale": {"type": "utc", "nice": False},
        "axis": {"format": "%Y-%m", "tickCount": {"interval": "month", "step": 6}, "labelOverlap": True, "grid": True},
    }


def _down(names: Sequence[str]) -> dict[str, Json]:
    labels = ",".join(f"'{_quoted(name)}'" for name in names)
    axis: Json = {
        "values": [place + TOP + 0.5 for place in range(len(names))],
        "labelExpr": f"[{labels}][floor(datum.value - {TOP})]",
        "labelLimit": 150,
        "labelColor": INK,
        "grid": False,
        "ticks": False,
        "domain": False,
    }
    scale = {"reverse": True, "nice": False, "zero": True}
    return {"field": "y", "type": "quantitative", "title": None, "scale": scale, "axis": axis}


def _tight(name: str) -> str:
    """The short form of an announcement of MOFCOM in Chinese, as the space next to a bar is narrow."""
    return _ANNOUNCEMENT.sub(r"第\2号公告（\1）", name)


def _quoted(name: str) -> str:
    return name.replace("\\", " ").replace("'", "’")


def _colours(view: View, parts: Sequence[StatusPart]) -> dict[str, Json]:
    words = {status: state_words(view, status) for status in STATES}
    shown = [status for status in STATES if any(part["s"] == words[status] for part in parts)]
    named = ",".join(f"'{_quoted(words[status])}':'{SIGNS[status]} {_quoted(words[status])}'" for status in shown)
    legend: dict[str, Json] = {"labelExpr": f"{{{named}}}[datum.label]", "symbolType": "square", "columns": 2}
    return {
        "field": "s",
        "type": "nominal",
        "title": None,
        "scale": {"domain": [words[s] for s in shown], "range": [FILLS[s] for s in shown]},
        "legend": {**legend, "symbolStrokeColor": SOFT, "symbolStrokeWidth": 1},
    }
