"""The charts of a company's stops: first days without supply by plant and part, and the probability by date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypedDict

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.json_types import Json
from coercivity.verbs.company_sections import PaperTable, PartStopData, StopsReport
from coercivity.web.charts import SERIES, Chart, sized
from coercivity.web.view import View

LANE_PX, CHANCE_PX = 30, 240
ANY = "any"
DayKey = Literal["stock_stop_on", "cleared_stop_on", "licensed_stop_on"]
LAYERS: tuple[tuple[str, DayKey], ...] = (
    ("stock", "stock_stop_on"),
    ("cleared", "cleared_stop_on"),
    ("licensed", "licensed_stop_on"),
)
FILLS = (SERIES[0], SERIES[5], SERIES[2])
MONTHS: dict[str, Json] = {"format": "%Y-%m", "tickCount": 6}


class DateBar(TypedDict):
    """The days that one layer of supply adds; `short` is the month and day on which the last one ends."""

    lane: str
    layer: str
    begin: str
    end: str
    short: str


def dates_chart(view: View, body: StopsReport, table: PaperTable) -> Chart:
    """Returns a bar for each plant and part that ends on its first day without supply.

    Args:
        view: The request.
        body: Result as plain data.
        table: The same dates as a table.
    """
    last = (Day.fromisoformat(body["until"]) + ONE_DAY).isoformat()
    # First days are looked for beyond the last day of the period.
    edge = max([last, *(day for row in body["parts"] for _, key in LAYERS if (day := _day(row, key)))])
    rows = sorted(body["parts"], key=lambda row: (row["licensed_stop_on"] or edge, row["plant"], row["part"]))
    bars = [
        bar
        for row in rows
        for bar in _bars(view, _lane(row), [_day(row, key) for _, key in LAYERS], (body["stock_on"], edge))
    ]
    lanes: list[Json] = [_lane(row) for row in rows]
    y: Json = {
        "field": "lane",
        "type": "nominal",
        "sort": lanes,
        "title": None,
        "axis": {"domain": False, "ticks": False},
    }
    ends: list[Json] = [body["stock_on"], edge]
    x: dict[str, Json] = {"type": "temporal", "scale": {"domain": ends}, "title": None, "axis": MONTHS}
    names: list[Json] = [view.w(f"stops.layer_{layer}") for layer, _ in LAYERS]
    colour: Json = {
        "field": "layer",
        "type": "nominal",
        "title": None,
        "scale": {"domain": names, "range": [*FILLS]},
        "legend": {"columns": 1, "symbolType": "square"},
    }
    spec = sized(
        LANE_PX * max(1, len(lanes)),
        layer=[
            {
                "data": {"values": bars},
                "mark": {"type": "bar", "height": 14},
                "encoding": {"y": y, "x": {**x, "field": "begin"}, "x2": {"field": "end"}, "color": colour},
            },
            {
                "data": {"values": [bar for bar in bars if bar["short"]]},
                "mark": {"type": "text", "align": "left", "dx": 4, "baseline": "middle"},
                "encoding": {"y": y, "x": {**x, "field": "end"}, "text": {"field": "short"}},
            },
        ],
    )
    about = view.w("stops.dates_about")
    return Chart("first-days", table.title, spec, table.head, table.rows, about, numeric=table.numeric)


def _lane(row: PartStopData) -> str:
    return f"{row['plant']} {row['part']}"


def _day(row: PartStopData, key: DayKey) -> str | None:
    return row[key]


def _bars(view: View, lane: str, days: Sequence[str | None], ends: tuple[str, str]) -> Iterator[DateBar]:
    begin, edge = ends
    made: list[DateBar] = []
    for (layer, _), day in zip(LAYERS, days, strict=True):
        end = day or edge
        if end > begin:
            name = view.w(f"stops.layer_{layer}")
            made.append({"lane": lane, "layer": name, "begin": begin, "end": end, "short": ""})
            begin = end
    if made and begin < edge:
        made[-1]["short"] = begin[5:]
    yield from made


def chance_chart(view: View, body: StopsReport, table: PaperTable | None) -> Chart | None:
    """Returns the probability of a stop by date, a line for each plant; None without scenarios.

    Args:
        view: The request.
        body: Result as plain data.
        table: The same probabilities as a table.
    """
    if table is None:
        return None
    values: list[Json] = []
    for entry in body["chances"]:
        name = view.w("stops.any_plant") if entry["plant"] == ANY else entry["plant"]
        steps = [(body["stock_on"], 0.0), *((rise["on"], float(rise["probability"])) for rise in entry["by_day"])]
        values += [
            {"plant": name, "day": day, "share": share} for day, share in [*steps, (body["until"], steps[-1][1])]
        ]
    spec = sized(
        CHANCE_PX,
        data={"values": values},
        mark={"type": "line", "interpolate": "step-after", "strokeWidth": 2},
        encoding={
            "x": {"field": "day", "type": "temporal", "title": None, "axis": MONTHS},
            "y": {
                "field": "share",
                "type": "quantitative",
                "title": view.w("stops.axis_chance"),
                "scale": {"domain": [0, 1]},
                "axis": {"format": ".0%", "tickCount": 5},
            },
            "color": {"field": "plant", "type": "nominal", "title": None},
            "strokeDash": {"field": "plant", "type": "nominal", "title": None},
        },
    )
    about = view.w("stops.chances_about")
    return Chart("stop-chances", table.title, spec, table.head, table.rows, about, numeric=table.numeric)
