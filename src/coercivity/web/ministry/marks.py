"""The two forms of chart of both screens: bars side by side, and points on lanes with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coercivity.base.json_types import Json
from coercivity.web.charts import INK, LINE, SERIES, Spec, sized

LANE_PX, BAR_PX, LABEL_PX = 26, 15, 190
_LEGEND: dict[str, Json] = {"columns": 1, "labelLimit": 0, "title": None}


@dataclass(frozen=True, slots=True)
class Mark:
    """One number of a chart.

    Attributes:
        lane: Its line.
        series: Its colour.
        value: The number.
        filled: Whether its point is filled, as for the best.
        low: Lower end of its interval; None without one.
        high: Upper end.
    """

    lane: str
    series: str
    value: float
    filled: bool = True
    low: float | None = None
    high: float | None = None


def bars(marks: Sequence[Mark], axis: str) -> Spec:
    """Returns bars side by side: a group a lane, a colour a series.

    Args:
        marks: The numbers, in the order of lanes and series.
        axis: Name of the axis, with its unit.
    """
    lanes, series = _names(marks)
    values: list[Json] = [{"lane": m.lane, "series": m.series, "value": m.value} for m in marks]
    offset: Json = {"field": "series", "type": "nominal", "sort": series}
    shared: dict[str, Json] = {"y": _lane(lanes), "yOffset": offset, "x": _number("value", axis, zero=True)}
    ends: Json = {"field": "value", "type": "quantitative", "format": ",.1f"}
    layers: list[Json] = [
        {
            "mark": {"type": "bar", "stroke": INK, "strokeWidth": 0.5},
            "encoding": {**shared, "color": _colour(series, "square")},
        },
        {"mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 10.5}, "encoding": {**shared, "text": ends}},
    ]
    high = max(2 * LANE_PX, (BAR_PX * len(series) + 10) * len(lanes))
    return sized(high, data={"values": values}, layer=layers)


def points(marks: Sequence[Mark], axis: str, *, zero: bool = False) -> Spec:
    """Returns points on lanes, each with its interval if it has one; a line at 0 where the axis is about a difference.

    Args:
        marks: The numbers, in the order of lanes and series.
        axis: Name of the axis, with its unit.
        zero: Whether 0 is marked.
    """
    lanes, series = _names(marks)
    values: list[Json] = [
        {"lane": m.lane, "series": m.series, "value": m.value, "filled": m.filled, "low": m.low, "high": m.high}
        for m in marks
    ]
    y, colour = _lane(lanes), _colour(series, "circle")
    y = {**y, "axis": {**_axis(), "grid": True}}
    offset: Json = {"field": "series", "type": "nominal", "sort": series}
    dots: Json = {
        "mark": {"type": "point", "filled": True, "size": 70, "strokeWidth": 1.5, "opacity": 1},
        "encoding": {
            "x": _number("value", axis, zero=zero),
            "color": colour,
            "stroke": colour,
            "fillOpacity": {"condition": {"test": "datum.filled", "value": 1}, "value": 0},
        },
    }
    layers: list[Json] = [dots]
    if any(m.low is not None for m in marks):
        ends: Json = {"x": _number("low", axis, zero=zero), "x2": {"field": "high"}, "color": colour}
        layers.insert(0, {"mark": {"type": "rule", "strokeWidth": 2}, "encoding": ends})
    if zero:
        layers.insert(0, {"data": {"values": [{"at": 0}]}, "mark": {"type": "rule", "color": INK}, "encoding": _at_0()})
    high = max(2 * LANE_PX, max(LANE_PX, 11 * len(series)) * len(lanes))
    shared: dict[str, Json] = {"y": y, "yOffset": offset} if len(series) > 1 else {"y": y}
    for layer in layers:
        if isinstance(layer, dict) and isinstance(own := layer["encoding"], dict) and "data" not in layer:
            own.update(shared)
    return sized(high, data={"values": values}, layer=layers)


def _at_0() -> dict[str, Json]:
    return {"x": {"field": "at", "type": "quantitative"}}


def _names(marks: Sequence[Mark]) -> tuple[list[Json], list[Json]]:
    return list(dict.fromkeys(m.lane for m in marks)), list(dict.fromkeys(m.series for m in marks))


def _axis() -> dict[str, Json]:
    return {"labelLimit": LABEL_PX, "gridColor": LINE}


def _lane(lanes: list[Json]) -> dict[str, Json]:
    return {"field": "lane", "type": "nominal", "sort": lanes, "title": None, "axis": _axis()}


def _number(field: str, title: str, *, zero: bool) -> dict[str, Json]:
    axis: Json = {"tickCount": 5, "labelOverlap": "greedy"}
    scale: Json = {"zero": zero, "nice": True}
    return {"field": field, "type": "quantitative", "title": title, "scale": scale, "axis": axis}


def _colour(series: list[Json], symbol: str) -> dict[str, Json]:
    scale: Json = {"domain": series, "range": _colours(series)}
    legend: Json = {**_LEGEND, "symbolType": symbol} if len(series) > 1 else None
    return {"field": "series", "type": "nominal", "title": None, "scale": scale, "legend": legend}


def _colours(series: list[Json]) -> list[Json]:
    return [SERIES[place % len(SERIES)] for place in range(len(series))]
