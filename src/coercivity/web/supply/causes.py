"""What moves the figures of draws, on the screen `supply`: tornado, shares by group, chances of events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coercivity.base.json_types import Json
from coercivity.verbs.draws_report import (
    GROUPS,
    CauseRow,
    CauseShown,
    DrawsReport,
    SensitivityRow,
    causes_shown,
    event_name,
    figure_name,
    mean_of,
    row_name,
    shown_causes,
    unit_text,
    word,
)
from coercivity.verbs.outlook_report import TextTable
from coercivity.web.charts import INK, LINE, SOFT, Chart, sized
from coercivity.web.shown import percent_text
from coercivity.web.supply.found import Shown
from coercivity.web.view import View

GROUP_FILLS = {
    "law": "var(--c5)",
    "practice": "var(--c2)",
    "world": "var(--c1)",
    "model": "var(--c4)",
    "unexplained": "var(--edge)",
}
LANE_PX, FAINT, LONGEST_NAME = 38, 0.35, 34
SHARES: dict[str, Json] = {
    "type": "quantitative",
    "scale": {"domain": [0, 1]},
    "axis": {"format": "%", "tickCount": 5, "title": None},
}
_LEAST_SHARE = 0.07
_MONTH = "month"


@dataclass(frozen=True, slots=True)
class Cause:
    """What moves one figure of a run: a sentence, and a chart if any assumption is known to."""

    title: str
    sentence: str
    chart: Chart | None


def rows_of(picked: Shown, draws: DrawsReport) -> list[SensitivityRow]:
    """Returns what is known of the figures of the runs compared."""
    held = {run.body["id"] for run in picked.pair}
    return [row for row in draws["sensitivity"] if row["run"] in held]


def causes_of(view: View, picked: Shown, draws: DrawsReport) -> list[Cause]:
    """Returns what moves each figure of the runs compared."""
    found = []
    for number, row in enumerate(rows_of(picked, draws), 1):
        alone: DrawsReport = {**draws, "sensitivity": [row]}
        shown = causes_shown(picked.report, alone, view.lang)[0]
        title = shown.title + letter_of(view, picked, row)
        chart = _tornado(view, picked, draws, row, shown, title, number) if row["causes"] else None
        found.append(Cause(title, shown.sentence, chart))
    return found


def letter_of(view: View, picked: Shown, row: SensitivityRow) -> str:
    """Returns the letter of the run of a figure after a colon; blank if only one run is shown."""
    keys = [run.key for run in picked.pair if run.body["id"] == row["run"]]
    return view.signs.colon + keys[0] if keys and picked.right is not None else ""


def _tornado(
    view: View,
    picked: Shown,
    draws: DrawsReport,
    row: SensitivityRow,
    shown: CauseShown,
    title: str,
    number: int,
) -> Chart:
    causes = shown_causes(row["causes"])
    ends = [end for cause in causes for end in (cause["low"], cause["high"])]
    room = 0.05 * ((max(ends) - min(ends)) or 1.0)
    domain = min(ends) - room, max(ends) + room
    axis: Json = {"tickCount": 5, "title": unit_text(row["unit"], view.lang) or None}
    if row["unit"].startswith(_MONTH):  # months since year 0 are no labels
        axis = {"labels": False, "title": view.w("draws.later")}
    scale: Json = {"domain": [*domain], "nice": False, "zero": False}
    x: dict[str, Json] = {"type": "quantitative", "scale": scale, "axis": axis}
    lanes = [f"{place:02d}" for place in range(len(causes))]
    y = _lanes(lanes)
    data: list[Json] = [
        {
            "lane": lane,
            "low": cause["low"],
            "high": cause["high"],
            "fill": GROUP_FILLS.get(cause["group"], SOFT),
            "faint": 1.0 if cause["index"] > cause["noise"] else FAINT,
            "told": _lane_text(view, picked, cause),
        }
        for lane, cause in zip(lanes, causes, strict=True)
    ]
    fill: Json = {"field": "fill", "type": "nominal", "scale": None}
    faint: Json = {"field": "faint", "type": "quantitative", "scale": None}
    span: dict[str, Json] = {"y": y, "x": {"field": "low", **x}, "x2": {"field": "high"}}
    bar: Json = {**span, "color": fill, "opacity": faint}
    dot: dict[str, Json] = {"y": y, "x": {"field": "high", **x}, "color": fill}
    layers: list[Json] = [
        {"mark": {"type": "bar", "height": 10, "yOffset": 8}, "encoding": bar},
        {"mark": {"type": "point", "filled": True, "size": 90, "yOffset": 8, "opacity": 1}, "encoding": dot},
        _names(y),
    ]
    mean = mean_of(draws, row)
    if mean is not None and domain[0] <= mean <= domain[1]:
        rule: Json = {"type": "rule", "color": INK, "strokeDash": [3, 3]}
        layers.append({"data": {"values": [{"x": mean}]}, "mark": rule, "encoding": {"x": {"field": "x", **x}}})
    table = shown.table or TextTable(title, (), (), frozenset())
    spec = sized(LANE_PX * len(causes), data={"values": data}, layer=layers)
    return Chart(f"tornado-{number}", title, spec, table.head, table.rows, "", table.numeric)


def _lane_text(view: View, picked: Shown, cause: CauseRow) -> str:
    """The assumption above its bar, short enough for a narrow page; the table has it whole."""
    name = row_name(picked.report, cause["row"], cause["what"], view.lang)
    longest = LONGEST_NAME if view.lang == "en" else LONGEST_NAME // 2
    short = name if len(name) <= longest else name[: longest - 1].rstrip() + "…"
    clear = cause["index"] > cause["noise"]
    share = percent_text(view, cause["index"]) if clear else view.w("draws.noise")
    return f"{short}{'，' if view.lang == 'zh' else ', '}{share}"


def _lanes(lanes: Sequence[str]) -> dict[str, Json]:
    axis: Json = {"labels": False, "domain": False, "ticks": False}
    return {"field": "lane", "type": "nominal", "sort": [*lanes], "title": None, "axis": axis}


def _names(y: dict[str, Json]) -> Json:
    """The text above each bar, from the left edge: beside it there is no room on a narrow page."""
    mark: Json = {"type": "text", "align": "left", "baseline": "middle", "yOffset": -8, "dx": 2}
    return {"mark": mark, "encoding": {"y": y, "x": {"value": 0}, "text": {"field": "told"}}}


def group_chart(view: View, picked: Shown, draws: DrawsReport) -> Chart | None:
    """Returns the share of the spread of each figure by group of assumptions; None if none is known."""
    rows = [row for row in rows_of(picked, draws) if row["groups"]]
    if not rows:
        return None
    lanes = [f"{place:02d}" for place in range(len(rows))]
    bars, texts, cells, y = list[Json](), list[Json](), [], _lanes(lanes)
    for lane, row in zip(lanes, rows, strict=True):
        shares = {group["group"]: group["share"] for group in row["groups"]}
        begin = 0.0
        for group in GROUPS:
            share = max(0.0, shares.get(group, 0.0))
            end = begin + share
            bars.append({"lane": lane, "x": begin, "x2": end, "group": word("groups", group, view.lang)})
            if share >= _LEAST_SHARE:
                texts.append({"lane": lane, "x": (begin + end) / 2, "told": percent_text(view, share)})
            begin = end
        name = figure_name(picked.report, row["figure"], view.lang) + letter_of(view, picked, row)
        cells.append([name, *(percent_text(view, shares[group]) if group in shares else "–" for group in GROUPS)])
    names: list[Json] = [{"lane": lane, "told": row[0]} for lane, row in zip(lanes, cells, strict=True)]
    groups = [word("groups", group, view.lang) for group in GROUPS]
    shade: Json = {
        "field": "group",
        "type": "nominal",
        "title": None,
        "scale": {"domain": [*groups], "range": [GROUP_FILLS[group] for group in GROUPS]},
        "legend": None,
    }
    bar: Json = {"y": y, "x": {"field": "x", **SHARES}, "x2": {"field": "x2"}, "color": shade}
    told: Json = {"y": y, "x": {"field": "x", **SHARES}, "text": {"field": "told"}}
    bold: Json = {"type": "text", "yOffset": 8, "baseline": "middle", "color": "var(--sheet)", "fontWeight": "bold"}
    layers: list[Json] = [
        {"data": {"values": bars}, "mark": {"type": "bar", "height": 15, "yOffset": 8}, "encoding": bar},
        {"data": {"values": texts}, "mark": bold, "encoding": told},
        {"data": {"values": names}, **_names(y)},  # type: ignore[dict-item] # a layer is a mapping
    ]
    head, spec = [word("cols", "figure", view.lang), *groups], sized(LANE_PX * len(rows), layer=layers)
    numeric = frozenset(range(1, len(head)))
    return Chart("draws-groups", word("captions", "groups", view.lang), spec, head, cells, "", numeric)


def chance_chart(view: View, picked: Shown, draws: DrawsReport) -> Chart | None:
    """Returns the chance of each event in the runs compared, with its interval; None if there is no event."""
    runs = {run.body["id"]: run.key for run in picked.pair}
    held = [row for row in draws["chances"] if row["run"] in runs]
    if not held:
        return None
    order = list(dict.fromkeys(row["event"] for row in held))
    rows = sorted(held, key=lambda row: (order.index(row["event"]), runs[row["run"]]))
    lanes = [f"{place:02d}" for place in range(len(rows))]
    data, cells, y = list[Json](), [], _lanes(lanes)
    for lane, row in zip(lanes, rows, strict=True):
        name, key = event_name(picked.report, row["event"], view.lang), runs[row["run"]]
        chance, low, high = (percent_text(view, share) for share in (row["chance"], row["low"], row["high"]))
        told = f"{key} · {name}{view.signs.colon}{chance}"
        data.append({"lane": lane, "low": row["low"], "high": row["high"], "x": row["chance"], "told": told})
        between = word("forms", "between", view.lang).format(low, high)
        cells.append([name, key, chance, between, f"{row['draws']:,}"])
    span: Json = {"y": y, "x": {"field": "low", **SHARES}, "x2": {"field": "high"}}
    point: Json = {"type": "point", "filled": True, "size": 90, "color": GROUP_FILLS["law"], "opacity": 1, "yOffset": 8}
    layers: list[Json] = [
        {"mark": {"type": "bar", "height": 8, "color": LINE, "yOffset": 8}, "encoding": span},
        {"mark": point, "encoding": {"y": y, "x": {"field": "x", **SHARES}}},
        _names(y),
    ]
    head = [word("cols", name, view.lang) for name in ("event", "run", "chance", "interval", "draws")]
    spec = sized(LANE_PX * len(rows), data={"values": data}, layer=layers)
    title, about = word("titles", "chances", view.lang), word("captions", "chances", view.lang)
    return Chart("draws-chances", title, spec, head, cells, about, frozenset({2, 3, 4}))
