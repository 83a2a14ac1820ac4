"""Charts of the screen `supply` by place: shortages, delayed plants, tonnes from mine to use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypedDict

from coercivity.base.json_types import Json
from coercivity.base.sums import total
from coercivity.verbs.outlook_report import (
    COLS,
    INSIDE,
    STAGES,
    USE_PARTS,
    WAYS,
    PlantRow,
    ReadRun,
    UseRow,
    chain,
    named,
    num,
    sankey,
    shortage,
    worst_share,
)
from coercivity.web.charts import HEAT, SERIES, Chart, sized
from coercivity.web.shown import percent_text
from coercivity.web.supply.charts import run_title
from coercivity.web.supply.found import Shown
from coercivity.web.view import View

# Cells get darker from each of these shares on; the text colour changes with them.
STEPS = (0.005, 0.05, 0.15, 0.3)
INKS = ("var(--ink)", "var(--ink)", "var(--heat-ink-2)", "var(--heat-ink-3)", "var(--heat-ink-4)")
LESS_FILL, LESS_INK = "var(--u-bg)", "var(--u)"
ROW_HIGH, PLANT_HIGH = 21, 15
MOST_PLANTS, MOST_FLOWS = 14, 12
WIDE = {"width": 1180, "room": 150, "high": 300}
NARROW = {"width": 364, "room": 60, "high": 300}
BARE: dict[str, Json] = {"title": None, "domain": False, "ticks": False}
_MAP_LAYERS: list[dict[str, Json]] = [
    {
        "mark": {"type": "rect", "stroke": "var(--sheet)", "strokeWidth": 1.5},
        "encoding": {"color": {"field": "fill", "type": "nominal", "scale": None}},
    },
    {
        "mark": {"type": "text", "fontSize": 10.5},
        "encoding": {"text": {"field": "t"}, "color": {"field": "ink", "type": "nominal", "scale": None}},
    },
]
_NONE = 5e-4
Cells = dict[tuple[str, str], float]


class PlantShown(TypedDict):
    """A plant with one cell per run; `touched` if the rules delay it or wear it down in any of them."""

    plant: PlantRow
    cells: list[PlantRow | None]
    touched: bool
    longest: float
    clauses: list[str]


def short_charts(v: View, found: Shown) -> list[Chart]:
    """Returns the shortage maps, one per run, and one for the difference between two runs."""
    cells = [_shares(run) for run in found.pair]
    charts = [
        _map(
            v,
            found,
            cells[place],
            run=run,
            id=f"short-{run.key}",
            title=run_title(v, run),
        )
        for place, run in enumerate(found.pair)
    ]
    if len(cells) > 1:
        both = sorted(cells[0].keys() & cells[1].keys())
        more = {place: cells[0][place] - cells[1][place] for place in both}
        title = v.w("supply.more_short", found.pair[0].key, found.pair[1].key)
        charts.append(_map(v, found, more, run=None, id="short-difference", title=title))
    return charts


def _shares(run: ReadRun) -> Cells:
    shares = (((row["use"], row["region"]), shortage(row)) for row in run.body["use"])
    return {place: share for place, share in shares if share is not None}


def _map(v: View, found: Shown, cells: Cells, *, run: ReadRun | None, id: str, title: str) -> Chart:
    uses = sorted({use for use, _ in cells}, key=lambda use: (use.startswith("nonmagnet"), use))
    regions = sorted({place for _, place in cells}, key=lambda place: (place != INSIDE, place))
    data = [
        {"u": v.w(f"supply.use_{use}"), "r": v.w(f"supply.region_{place}"), **_cell(share, signed=run is None)}
        for (use, place), share in cells.items()
    ]
    names = [v.w(f"supply.region_{place}") for place in regions], [v.w(f"supply.use_{use}") for use in uses]
    encoding = {
        "x": {**_names("r", names[0]), "axis": {**BARE, "labelAngle": -45, "orient": "top", "labelOverlap": False}},
        "y": {**_names("u", names[1]), "axis": {**BARE, "labelLimit": 140}},
    }
    spec = sized(ROW_HIGH * len(uses), data={"values": data}, encoding=encoding, layer=_MAP_LAYERS)
    head, rows = _difference_table(v, found, cells) if run is None else _run_table(v, found, run)
    return Chart(id, title, spec, head, rows, "", frozenset(range(2, len(head))))


def _names(field: str, names: list[str]) -> dict[str, Json]:
    return {"field": field, "type": "ordinal", "sort": names}


def _run_table(v: View, found: Shown, run: ReadRun) -> tuple[list[str], list[list[str]]]:
    words = ("use", "region", "share", "worst", "wanted", "usual", "less", "substituted", "shortage")
    rows = []
    held = [(share, row) for row in run.body["use"] if (share := shortage(row)) is not None]
    for share, row in sorted(held, key=lambda pair: (-pair[0], _place(pair[1]))):
        sums = [num(total(row["wanted_t"])), *(num(total(row[part])) for part in USE_PARTS)]
        names = [v.t(named(found.report, "uses", row["use"])), v.t(named(found.report, "regions", row["region"]))]
        rows.append([*names, percent_text(v, share), worst_share(row, found.months)[0] or "–", *sums])
    return [v.t(COLS[word]) for word in words], rows


def _difference_table(v: View, found: Shown, more: Cells) -> tuple[list[str], list[list[str]]]:
    sides = [_shares(run) for run in found.pair]
    head = [
        v.t(COLS["use"]),
        v.t(COLS["region"]),
        *(f"{run.key}{_comma(v)}%" for run in found.pair),
        v.w("supply.points"),
    ]
    rows = []
    for place, share in sorted(more.items(), key=lambda item: (-abs(item[1]), item[0])):
        names = [v.t(named(found.report, "uses", place[0])), v.t(named(found.report, "regions", place[1]))]
        rows.append([*names, *(percent_text(v, side[place]) for side in sides), _signed(share)])
    return head, rows


def _place(row: UseRow) -> tuple[str, str]:
    return row["use"], row["region"]


def _cell(share: float, *, signed: bool) -> dict[str, str]:
    """The number and colours of a cell: shortage in per cent, or percentage points against the other run."""
    shade = sum(share >= step for step in STEPS)
    text = _signed(share) if signed else f"{100 * share:.0f}" if share >= STEPS[0] else "0" if share < _NONE else "<1"
    if signed and share <= -STEPS[0]:
        return {"t": text, "fill": LESS_FILL, "ink": LESS_INK}
    return {"t": text, "fill": HEAT[shade], "ink": INKS[shade]}


def _signed(share: float) -> str:
    points = round(100 * share)
    return "0" if not points else f"+{points}" if points > 0 else f"\u2212{-points}"


def plant_rows(found: Shown) -> list[PlantShown]:
    """Returns the plants of the runs compared, the longest delay first."""
    by_run = [{row["plant_id"]: row for row in run.body["plants"]} for run in found.pair]
    rows: list[PlantShown] = []
    for name in sorted({name for held in by_run for name in held}):
        cells = [held.get(name) for held in by_run]
        told = [cell for cell in cells if cell is not None]
        touched = any(cell["delay_months"] > 0 or cell["upkeep_share"] < 1 for cell in told)
        longest = max((cell["delay_months"] for cell in told), default=0.0)
        clauses = list(dict.fromkeys(clause for cell in told for clause in cell["clauses"]))
        rows.append({"plant": told[0], "cells": cells, "touched": touched, "longest": longest, "clauses": clauses})
    return sorted(rows, key=lambda row: (-row["longest"], not row["touched"], row["plant"]["plant_id"]))


def plant_chart(v: View, found: Shown, rows: Sequence[PlantShown]) -> Chart | None:
    """Returns the delays of plants in months, one bar per run; None if no plant is delayed."""
    told = [row for row in rows if row["longest"]][:MOST_PLANTS]
    if not told:
        return None
    data = [
        {"p": row["plant"]["plant_id"], "k": run.key, "d": cell["delay_months"]}
        for row in told
        for run, cell in zip(found.pair, row["cells"], strict=True)
        if cell is not None
    ]
    names, keys = [row["plant"]["plant_id"] for row in told], [run.key for run in found.pair]
    spec = sized(
        PLANT_HIGH * len(told) * len(keys),
        data={"values": data},
        encoding={
            "y": {**_names("p", names), "axis": {"title": None, "labelLimit": 150, "ticks": False}},
            "yOffset": _names("k", keys),
        },
        layer=_plant_layers(v.w("supply.delay_axis"), keys),
    )
    head = [
        v.t(COLS["plant"]),
        *(f"{run.key}{'：' if v.lang == 'zh' else ': '}{v.t(COLS['delay'])}" for run in found.pair),
    ]
    cells = [[num(cell["delay_months"]) if cell else "–" for cell in row["cells"]] for row in told]
    table = [[name, *held] for name, held in zip(names, cells, strict=True)]
    return Chart("plants-delay", v.w("supply.delay_title"), spec, head, table, "", frozenset(range(1, len(head))))


def _plant_layers(title: str, keys: list[str]) -> list[dict[str, Json]]:
    """The bars, with the letter of the run at the end of each."""
    x: dict[str, Json] = {"field": "d", "type": "quantitative"}
    fill: Json = {"field": "k", "type": "nominal", "legend": None, "scale": {"domain": keys, "range": list(SERIES[:2])}}
    return [
        {"mark": {"type": "bar"}, "encoding": {"x": {**x, "axis": {"title": title, "tickMinStep": 1}}, "color": fill}},
        {"mark": {"type": "text", "align": "left", "dx": 4}, "encoding": {"x": x, "text": {"field": "k"}}},
    ]


def chains(found: Shown) -> list[dict[str, object]]:
    """Returns the diagrams from mine to use of the runs compared, in a wide and a narrow version."""
    made: list[dict[str, object]] = []
    for run in found.pair:
        flows = chain(run.body["flows"], found.year)
        if flows.nodes:
            pictures = [("wide", sankey(flows, **WIDE)), ("narrow", sankey(flows, **NARROW))]
            made.append({"run": run, "pictures": pictures})
    return made


def flow_table(v: View, found: Shown) -> tuple[list[str], list[list[str]]]:
    """Returns the flows of the year in the runs compared, largest differences first [t]."""
    sums: defaultdict[tuple[str, ...], list[float]] = defaultdict(lambda: [0.0] * len(found.pair))
    for place, run in enumerate(found.pair):
        for row in run.body["flows"]:
            if row["year"] == found.year:
                # For use, `way` is the recipe; for other stages, how the flow passed.
                way = row["way"] if row["way"] in WAYS else ""
                sums[row["stage"], row["from_region"], row["to_region"], way][place] += row["mass_t"]
    pairs = sorted(sums.items(), key=lambda item: (-abs(item[1][0] - item[1][-1]), -max(item[1]), item[0]))
    words = [v.t(COLS[word]) for word in ("stage", "from", "to", "way")]
    more = [v.w("supply.less", found.pair[0].key, found.pair[1].key)] if len(found.pair) > 1 else []
    head = [*words, *(f"{run.key}{_comma(v)}{v.w('supply.tonnes')}" for run in found.pair), *more]
    rows = []
    for (stage, source, goal, way), tonnes in pairs:
        names = [v.t(STAGES.get(stage, {"en": stage})), *(_region(v, found, name) for name in (source, goal))]
        rows.append(
            [
                *names,
                v.t(WAYS[way]) if way else "–",
                *(num(mass) for mass in tonnes),
                *([num(tonnes[0] - tonnes[1])] if more else []),
            ]
        )
    return head, rows


def _comma(v: View) -> str:
    return "，" if v.lang == "zh" else ", "


def _region(v: View, found: Shown, name: str) -> str:
    return v.t(named(found.report, "regions", name)) if name else "–"
