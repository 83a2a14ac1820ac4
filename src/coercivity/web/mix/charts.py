"""The charts of a mix: mean cost against the bad end by weight, and cost by scenario."""

from __future__ import annotations

from collections.abc import Sequence

from coercivity.base.json_types import Json
from coercivity.verbs.mix_sections import MixReport, PaperTable, value_text
from coercivity.web.charts import INK, SERIES, SOFT, Chart, sized
from coercivity.web.view import View

FRONTIER_PX, LANE_PX = 280, 34
MOST_BARS = 40
_DASH = "–"


def frontier_chart(view: View, body: MixReport, table: PaperTable) -> Chart:
    """Returns the best plans by weight on CVaR: mean cost to the right, CVaR upwards.

    Args:
        view: The request.
        body: Result as plain data.
        table: The same plans as a table.
    """
    plans: dict[tuple[str, str], list[str]] = {}
    for point in body["frontier"] or ():
        plans.setdefault((point["plan"]["mean_keur"], point["plan"]["cvar_keur"]), []).append(point["weight"])
    points: list[Json] = [
        {"mean": float(mean), "cvar": float(cvar), "weight": _weights(weights), "order": place}
        for place, ((mean, cvar), weights) in enumerate(plans.items())
    ]
    x: Json = _axis("mean", view.w("mix.axis_mean"))
    y: Json = _axis("cvar", view.w("mix.axis_cvar"))
    line: Json = {
        "mark": {"type": "line", "color": SOFT, "strokeWidth": 1.5, "strokeDash": [4, 3]},
        "encoding": {"x": x, "y": y, "order": {"field": "order", "type": "quantitative"}},
    }
    dots: Json = {
        "mark": {"type": "point", "filled": True, "size": 70, "color": SERIES[0], "opacity": 1},
        "encoding": {"x": x, "y": y},
    }
    names: Json = {
        "mark": {"type": "text", "align": "left", "dx": 7, "dy": -7},
        "encoding": {"x": x, "y": y, "text": {"field": "weight"}},
    }
    spec = sized(FRONTIER_PX, data={"values": points}, layer=[line, dots, names])
    about = view.w("mix.frontier_about")
    return Chart("mix-frontier", table.title, spec, table.head, table.rows, about, numeric=table.numeric)


def _axis(field: str, title: str) -> dict[str, Json]:
    scale: dict[str, Json] = {"zero": False, "padding": 24}
    return {
        "field": field,
        "type": "quantitative",
        "title": title,
        "scale": scale,
        "axis": {"tickCount": 5, "labelOverlap": "greedy"},
    }


def _weights(weights: Sequence[str]) -> str:
    first, last = value_text(weights[0]), value_text(weights[-1])
    return first if first == last else f"{first}{_DASH}{last}"


def scenarios_chart(view: View, body: MixReport, table: PaperTable) -> Chart:
    """Returns the cost by scenario, before and after: of doing nothing and of the best plan.

    Args:
        view: The request.
        body: Result as plain data.
        table: The same costs as a table.
    """
    rows = body["scenarios"][:MOST_BARS]
    nothing, plan = view.w("mix.bar_nothing"), view.w("mix.bar_plan")
    bars: list[Json] = [
        {"scenario": row["scenario"], "which": which, "keur": float(cost)}
        for row in rows
        for which, cost in ((nothing, row["nothing_keur"]), (plan, row["cost_keur"]))
    ]
    lanes: list[Json] = [row["scenario"] for row in rows]
    names: list[Json] = [nothing, plan]
    fills: list[Json] = [SERIES[5], SERIES[0]]
    spec = sized(
        LANE_PX * max(1, len(rows)),
        data={"values": bars},
        mark={"type": "bar", "stroke": INK, "strokeWidth": 0.5},
        encoding={
            "y": {"field": "scenario", "type": "nominal", "sort": lanes, "title": None, "axis": {"labelLimit": 120}},
            "yOffset": {"field": "which", "type": "nominal", "sort": names},
            "x": {
                "field": "keur",
                "type": "quantitative",
                "title": view.w("mix.axis_cost"),
                "axis": {"tickCount": 5, "labelOverlap": "greedy"},
            },
            "color": {
                "field": "which",
                "type": "nominal",
                "title": None,
                "scale": {"domain": names, "range": fills},
                "legend": {"columns": 1, "symbolType": "square", "labelLimit": 0},
            },
        },
    )
    about = view.w("mix.scenarios_about", MOST_BARS) if len(body["scenarios"]) > MOST_BARS else ""
    return Chart("mix-scenarios", table.title, spec, table.head, table.rows, about, numeric=table.numeric)
