"""The charts of the screen `firm`: days of cover compared with licence times, and the licence time of each flow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TypedDict

from coercivity.base.json_types import Json
from coercivity.verbs.survive import AmountData, FlowData, ReachRow, SupplyRow, SurvivalReport, SurvivalView, span_words
from coercivity.web.case.firm_look import part_name
from coercivity.web.charts import OUTCOME_FILLS, SERIES, SOFT, Chart, sized
from coercivity.web.shown import day_text
from coercivity.web.view import View

LANE_PX, CLOCK_LANE_PX = 40, 22
LAYERS = ("stock", "afloat", "permitted", "if_open")
FILLS = (SERIES[0], SERIES[5], SERIES[2], OUTCOME_FILLS["UNKNOWN"])
SPEAKERS = ("law", "practice", "drawn")
MOST_FLOWS = 12
LONGEST_DAYS = 365
WORKING_TO_CALENDAR = 7 / 5
Ends = tuple[float | None, float | None, float | None]  # low, high, and the figure itself


class DaysBar(TypedDict):
    """The days that one layer of supply adds to a bar."""

    lane: str
    layer: str
    begin: int
    end: int
    told: str


class DaysSpan(TypedDict):
    """The licence time of one flow from one source, in calendar days; None where there is no figure."""

    flow: str
    lane: str
    speaker: str
    low: float | None
    high: float | None
    at: float | None
    short: str
    told: str


def days_chart(view: View, survival: SurvivalView) -> Chart:
    """Returns bars of days of cover by part and element, with percentiles of the next licensed delivery below each.

    Args:
        view: Parsed page address.
        survival: Result prepared by `papers.firm.report_html.survival_view`.
    """
    rows, longest = survival["rows"], survival["body"]["looked_ahead_days"]
    ends = [r["days"] for row in rows for r in row["reaches"] if r["days"] is not None]
    span = max(30, min(LONGEST_DAYS, max([*ends, *(day for row in rows for day in row["delivery"])], default=30) + 10))
    lanes = [row["label"] for row in rows]
    bars = [bar for row in rows for bar in _bars(view, survival, row, span)]
    y = _lanes(lanes)
    x: Mapping[str, Json] = {
        "type": "quantitative",
        "scale": {"domain": [0, span], "nice": False},
        "title": view.w("firm.axis_days"),
        "axis": {"tickCount": 8},
    }
    layers = [view.t(survival["layers"][name]) for name in LAYERS]
    used = [layer for layer in layers if any(bar["layer"] == layer for bar in bars)]
    fills = dict(zip(layers, FILLS, strict=True))
    shade = {
        "field": "layer",
        "type": "nominal",
        "title": None,
        "scale": {"domain": used, "range": [fills[layer] for layer in used]},
        "legend": {"columns": 1, "symbolType": "square"},
    }
    clock = _clock_layers(rows, y, x)
    spec = sized(
        LANE_PX * len(lanes),
        layer=[
            {
                "data": {"values": bars},
                "mark": {"type": "bar", "height": 14, "yOffset": -7},
                "encoding": {"y": y, "x": {**x, "field": "begin"}, "x2": {"field": "end"}, "color": shade},
            },
            {
                "data": {"values": [bar for bar in bars if bar["told"]]},
                "mark": {"type": "text", "align": "left", "dx": 4, "yOffset": -7, "baseline": "middle"},
                "encoding": {"y": y, "x": {**x, "field": "end"}, "text": {"field": "told"}},
            },
            *clock,
        ],
    )
    head = [view.w(f"firm.head_{name}") for name in ("part", "supply", "days", "stops", "gap", "short", "chance")]
    cells = [cell for row in rows for cell in _cells(view, survival, row, longest)]
    return Chart(
        "days",
        view.w("firm.days_title"),
        spec,
        head,
        cells,
        view.w("firm.days_about"),
        numeric=frozenset({2, 4, 5, 6}),
    )


def _lanes(names: list[str]) -> Json:
    return {"field": "lane", "type": "nominal", "sort": names, "title": None, "axis": {"domain": False, "ticks": False}}


def _bars(view: View, survival: SurvivalView, row: SupplyRow, span: int) -> Iterator[DaysBar]:
    begun, layers = 0, list[tuple[ReachRow, int, int]]()
    for reach in row["reaches"]:
        end = span if reach["days"] is None else min(reach["days"], span)
        if end > begun or not layers:
            layers.append((reach, begun, end))
            begun = end
    for place, (reach, begin, end) in enumerate(layers):
        told = str(reach["days"]) if place == len(layers) - 1 and end < span else ""
        layer = view.t(survival["layers"][reach["layer"]])
        yield {"lane": row["label"], "layer": layer, "begin": begin, "end": end, "told": told}


def _clock_layers(rows: list[SupplyRow], y: Json, x: Mapping[str, Json]) -> list[Json]:
    """A line from the 10th to the 90th percentile, with ticks at both ends and a longer one at the median."""
    timed = [row for row in rows if len(row["delivery"]) == 3]
    if not timed:
        return []
    lines: list[Json] = [
        {"lane": row["label"], "begin": row["delivery"][0], "end": row["delivery"][2]} for row in timed
    ]
    ends: list[Json] = [{"lane": row["label"], "at": row["delivery"][place]} for row in timed for place in (0, 2)]
    middles: list[Json] = [{"lane": row["label"], "at": row["delivery"][1]} for row in timed]
    tick: Mapping[str, Json] = {"type": "tick", "orient": "vertical", "thickness": 2, "yOffset": 9, "color": SERIES[1]}
    return [
        {
            "data": {"values": lines},
            "mark": {"type": "rule", "yOffset": 9, "color": SERIES[1], "strokeWidth": 2},
            "encoding": {"y": y, "x": {**x, "field": "begin"}, "x2": {"field": "end"}},
        },
        {
            "data": {"values": ends},
            "mark": {**tick, "size": 7},
            "encoding": {"y": y, "x": {**x, "field": "at"}},
        },
        {
            "data": {"values": middles},
            "mark": {**tick, "size": 14},
            "encoding": {"y": y, "x": {**x, "field": "at"}},
        },
    ]


def _cells(view: View, survival: SurvivalView, row: SupplyRow, longest: int) -> Iterator[list[str]]:
    name = part_name(view, row["label"], row["name"]) if row["name"] else row["label"]
    none, no_clock = view.w("firm.nothing"), view.w("firm.no_clock")
    for reach in row["reaches"]:
        yield [
            name,
            view.t(survival["layers"][reach["layer"]]),
            view.w("firm.no_stop") if reach["days"] is None else str(reach["days"]),
            reach["stop_on"] or view.w("firm.none_in", f"{longest:,}"),
            " / ".join(reach["gaps"]) or none,
            " / ".join(reach["short"]) or ("0" if reach["gaps"] else none),
            reach["chance"] or no_clock,
        ]


def clock_chart(view: View, body: SurvivalReport) -> Chart | None:
    """Returns the time from filing to grant of each flow, with law, practice and simulation kept apart.

    Args:
        view: Parsed page address.
        body: Result of `survive` as plain data.
    """
    found = [span for flow in body["flows"] for span in _spans(view, flow)]
    drawn = [span for span in found if span["high"] is not None]
    if not drawn:
        return None
    flows = list(dict.fromkeys(span["flow"] for span in drawn))[:MOST_FLOWS]
    shown = [span for span in drawn if span["flow"] in flows]
    lanes = list(dict.fromkeys(span["lane"] for span in shown))
    y = _lanes(lanes)
    x = {"type": "quantitative", "scale": {"domainMin": 0}, "title": view.w("firm.axis_grant")}
    names = [view.w(f"firm.speaker_{name}") for name in SPEAKERS]
    colour = {
        "field": "speaker",
        "type": "nominal",
        "title": None,
        "scale": {"domain": names, "range": [SERIES[4], SERIES[5], SERIES[1]]},
    }
    base = {"y": y, "color": colour}
    spec = sized(
        CLOCK_LANE_PX * len(lanes),
        data={"values": shown},
        layer=[
            {
                "mark": {"type": "bar", "height": 6},
                "encoding": {**base, "x": {**x, "field": "low"}, "x2": {"field": "high"}},
            },
            {
                "transform": [{"filter": "datum.at != null"}],
                "mark": {"type": "tick", "thickness": 3, "size": 15},
                "encoding": {**base, "x": {**x, "field": "at"}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "baseline": "middle", "color": SOFT},
                "encoding": {"y": y, "x": {**x, "field": "high"}, "text": {"field": "short"}},
            },
        ],
    )
    head = [view.w(f"firm.head_{name}") for name in ("flow", "speaker", "told")]
    cells = [[span["flow"], span["speaker"], span["told"]] for span in found]
    return Chart("clock", view.w("firm.clock_title"), spec, head, cells, view.w("firm.clock_about"))


def _spans(view: View, flow: FlowData) -> Iterator[DaysSpan]:
    ends, name = flow["clock"]["ends"], flow["id"]
    for entry in ends["law"]:
        if "latest_without_a_stop" in entry:
            last = dt.date.fromisoformat(entry["latest_without_a_stop"])
            days = (last - dt.date.fromisoformat(entry["if_started_on"])).days
            dates = (day_text(view, entry[key]) for key in ("latest_without_a_stop", "if_started_on"))
            told = view.w("firm.law_told", *dates)
            yield _span(view, name, "law", (0, days, days), told)
        else:
            yield _span(view, name, "law", (None, None, None), view.t(entry["why_no_day"]))
    near = [entry for entry in ends["practice"] if entry["group"] == "processing"]
    for time in near[:1]:
        told = view.w("firm.practice_told", view.t(span_words(time)), view.t(time["near_words"]))
        ends_at = _calendar_days(time["low"]), _calendar_days(time["high"]), None
        yield _span(view, name, "practice", ends_at, told, more=time["open_ended"])
    drawn = ends["drawn"]
    if drawn is not None and drawn["kept"]:
        low, middle, high = (drawn["filing_to_grant_days"][level] for level in ("10", "50", "90"))
        word = "firm.drawn_all" if drawn["kept"] == drawn["draws"] else "firm.drawn_told"
        told = view.w(word, middle, low, high, f"{drawn['kept']:,}", f"{drawn['draws']:,}")
        yield _span(view, name, "drawn", (low, high, middle), told)


def _span(view: View, flow: str, speaker: str, ends: Ends, told: str, *, more: bool = False) -> DaysSpan:
    word, (low, high, at) = view.w(f"firm.speaker_{speaker}"), ends
    short = ""
    if low is not None and high is not None:
        short = (f"{high:.0f}" if low in (0, high) else f"{low:.0f}–{high:.0f}") + ("+" if more else "")
    lane = f"{flow[:14]}  {word}"
    return {
        "flow": flow,
        "lane": lane,
        "speaker": word,
        "low": low,
        "high": high,
        "at": at,
        "short": short,
        "told": told,
    }


def _calendar_days(end: AmountData) -> float:
    """A reported time in calendar days; five working days count as seven."""
    factor = WORKING_TO_CALENDAR if end["unit"] == "working_days" else 1
    return round(float(end["value"]) * factor, 1)
