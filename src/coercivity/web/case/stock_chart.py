"""The chart of a company's stock over time: a lane for each plant and part, with the day on which it runs short."""

from __future__ import annotations

from coercivity.base.json_types import Json
from coercivity.verbs.company_sections import PaperTable, StopsReport
from coercivity.web.charts import INK, SERIES, Chart, sized
from coercivity.web.view import View

LANE_PX, MOST_LANES, FILLED = 44, 12, 0.85
MONTHS: dict[str, Json] = {"format": "%Y-%m", "tickCount": 6}


def stock_chart(view: View, body: StopsReport, table: PaperTable | None) -> Chart | None:
    """Returns the stock over time of the parts that stop first; None if no plant uses a part.

    Args:
        view: The request.
        body: Result as plain data.
        table: The stock on the first of each month.
    """
    if table is None:
        return None
    rows = sorted(body["stock"], key=lambda row: (row["short_on"] or "9", row["plant"], row["part"]))[:MOST_LANES]
    points: list[Json] = []
    marks: list[Json] = []
    lanes: list[Json] = [f"{row['plant']} {row['part']}" for row in rows]
    for place, row in enumerate(rows):
        base = len(rows) - place - 1
        most = max((float(point["kg"]) for point in row["points"]), default=0.0) or 1.0
        for point in row["points"]:
            level = base + FILLED * float(point["kg"]) / most
            points.append({"lane": place, "day": point["on"], "base": base, "top": round(level, 4)})
        if row["short_on"]:
            top, middle = base + FILLED, base + FILLED / 2
            marks.append(
                {"day": row["short_on"], "base": base, "top": top, "middle": middle, "short": row["short_on"][5:]}
            )
    ends: list[Json] = [body["stock_on"], body["until"]]
    x: dict[str, Json] = {"field": "day", "type": "temporal", "scale": {"domain": ends}, "title": None, "axis": MONTHS}
    height: dict[str, Json] = {
        "field": "top",
        "type": "quantitative",
        "scale": {"domain": [0, len(rows)]},
        "axis": None,
    }
    names: Json = {
        "field": "lane",
        "type": "nominal",
        "sort": lanes,
        "title": None,
        "scale": {"padding": 0},
        "axis": {"domain": False, "ticks": False, "grid": False},
    }
    area: Json = {"x": x, "y": height, "y2": {"field": "base"}, "detail": {"field": "lane"}}
    spec = sized(
        LANE_PX * max(1, len(rows)),
        resolve={"scale": {"y": "independent"}},
        layer=[
            {"data": {"values": points}, "mark": {"type": "area", "color": SERIES[0]}, "encoding": area},
            {
                "data": {"values": marks},
                "mark": {"type": "rule", "color": INK, "strokeWidth": 2},
                "encoding": {"x": x, "y": height, "y2": {"field": "base"}},
            },
            {
                "data": {"values": marks},
                "mark": {"type": "text", "align": "left", "dx": 4, "baseline": "middle"},
                "encoding": {"x": x, "y": {**height, "field": "middle"}, "text": {"field": "short"}},
            },
            {
                "data": {"values": [{"lane": lane} for lane in lanes]},
                "mark": {"type": "bar", "opacity": 0},
                "encoding": {"y": names},
            },
        ],
    )
    about = view.w("stops.stock_about", MOST_LANES)
    return Chart("stock-course", table.title, spec, table.head, table.rows, about, numeric=table.numeric)
