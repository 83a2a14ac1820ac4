"""The chart of the screen `clock`: probability of arrival by date."""

from __future__ import annotations

from coercivity.base.json_types import Json
from coercivity.verbs.company_sections import ChainReport
from coercivity.web.charts import INK, Chart, sized
from coercivity.web.view import View

CHART_PX, MOST_DAYS = 240, 500
DAYS: dict[str, Json] = {"format": "%Y-%m", "tickCount": 6}


def mode_name(view: View, mode: str, kind: str) -> str:
    """Returns a mode of transport in the language of the page, or as the user wrote it."""
    return view.w(f"clock.mode_{kind.replace(' ', '_')}") if kind else mode


def arrival_chart(view: View, body: ChainReport) -> Chart | None:
    """Returns the probability of arrival by date, a line for each mode; None if no date is counted.

    Args:
        view: The request.
        body: Result as plain data.
    """
    values: list[Json] = []
    rows = []
    for mode in body["modes"]:
        name = mode_name(view, mode["mode"], mode["kind"])
        for entry in mode["by_day"][:MOST_DAYS]:
            share = float(entry["probability"])
            values.append({"mode": name, "day": entry["on"], "share": share})
            rows.append([name, entry["on"], f"{share:.2%}".replace("%", "%" if view.lang == "zh" else " %")])
    if not values:
        return None
    x: dict[str, Json] = {"field": "day", "type": "temporal", "title": None, "axis": DAYS}
    y: Json = {
        "field": "share",
        "type": "quantitative",
        "title": view.w("clock.axis_share"),
        "scale": {"domain": [0, 1]},
        "axis": {"format": ".0%", "tickCount": 5},
    }
    layer: list[Json] = [
        {
            "data": {"values": values},
            "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2},
            "encoding": {
                "x": x,
                "y": y,
                "color": {"field": "mode", "type": "nominal", "title": None},
                "strokeDash": {"field": "mode", "type": "nominal", "title": None},
            },
        }
    ]
    if body["needed_on"]:
        layer.append(
            {
                "data": {"values": [{"day": body["needed_on"]}]},
                "mark": {"type": "rule", "color": INK, "strokeDash": [4, 3]},
                "encoding": {"x": x},
            }
        )
    head = [view.w(f"clock.head_{name}") for name in ("mode", "day", "share")]
    about = view.w("clock.chart_about", body["signed_on"])
    return Chart("arrival", view.w("clock.chart"), sized(CHART_PX, layer=layer), head, rows, about, frozenset({2}))
