"""Projects on a time line, on the screen `supply`: planned and modelled start of each plant, and the clause between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from coercivity.base.json_types import Json
from coercivity.base.months import Month, month_text, parse_month
from coercivity.verbs.outlook_report import COLS, Clauses, PlantRow, ReadRun, named, num, section_word
from coercivity.web.charts import INK, SERIES, SOFT, Chart, sized
from coercivity.web.supply.charts import month_axis, run_title
from coercivity.web.supply.found import Shown
from coercivity.web.view import View

ALL = "all"
OTHER_FILL = "var(--edge)"
LAW_FILLS = (SERIES[4], SERIES[1], SERIES[0], SERIES[3], SERIES[2], SERIES[5], SERIES[6])
ROW_PX, MONTHS_BEFORE = 17, 12


class DelayCause(NamedTuple):
    """What delays plants, for the bars and their key.

    Attributes:
        number: Number in the bars and the key; 0 for causes other than a rule.
        clauses: Ids of the clauses that together delay them.
        fill: Colour of the bars.
        plants: Number of plants that it delays in the runs compared.
    """

    number: int
    clauses: Clauses
    fill: str
    plants: int


@dataclass(frozen=True, slots=True)
class Projects:
    """The plants outside China on a time line.

    Attributes:
        stage: Stage shown; `all` for every stage.
        place: Region shown; `all` for every region.
        stages: Stages with plants, with their names.
        places: Regions with plants, with their names.
        causes: What delays plants, those that delay most first.
        charts: One chart for each run compared; none if no plant is left.
        shown: Number of plants of the stage and region.
        all: Number of plants.
        before: Number of plants that started before the time line begins; the tables have them.
        begins: First month of the time line.
    """

    stage: str
    place: str
    stages: list[tuple[str, str]]
    places: list[tuple[str, str]]
    causes: list[DelayCause]
    charts: list[Chart]
    shown: int
    all: int
    before: int
    begins: str


def projects_of(view: View, found: Shown) -> Projects:
    """Returns the plants of the runs compared on a time line, those of the stage and region in the address."""
    rows = [(run, row) for run in found.pair for row in run.body["plants"] if row["region"] != "CN"]
    stages = sorted({row["stage"] for _, row in rows})
    places = sorted({row["region"] for _, row in rows})
    stage = view.get("stage") if view.get("stage") in stages else ALL
    place = view.get("place") if view.get("place") in places else ALL
    held = [(run, row) for run, row in rows if stage in (ALL, row["stage"]) and place in (ALL, row["region"])]
    causes = _causes(row for _, row in held)
    plants = _ordered(row for _, row in held)
    fills = {cause.clauses: cause for cause in causes}
    begin = parse_month(found.months[0]) - MONTHS_BEFORE
    drawn = {row["plant_id"] for _, row in held if max(_ends(row), default=begin) >= begin}
    names = [name for name in plants if name in drawn]
    domain = _domain(held, found, begin)
    charts = [_chart(view, found, run, plants, names, fills, domain) for run in found.pair] if plants else []
    every = view.w("supply.every")
    return Projects(
        stage,
        place,
        [(ALL, every), *((name, view.w(f"supply.stage_{name}")) for name in stages)],
        [(ALL, every), *((name, view.t(named(found.report, "regions", name))) for name in places)],
        causes,
        charts,
        len(plants),
        len({row["plant_id"] for _, row in rows}),
        len(plants) - len(names),
        month_text(begin),
    )


def _month(text: str) -> Month | None:
    return parse_month(text) if text else None


def _causes(rows: Iterable[PlantRow]) -> list[DelayCause]:
    """Returns what delays plants, the longest delays in all first."""
    sums: defaultdict[Clauses, float] = defaultdict(float)
    plants: defaultdict[Clauses, set[str]] = defaultdict(set)
    for row in rows:
        if row["delay_months"] > 0:
            sums[tuple(row["clauses"])] += row["delay_months"]
            plants[tuple(row["clauses"])].add(row["plant_id"])
    order = sorted(sums, key=lambda clauses: (not clauses, -sums[clauses], clauses))
    return [
        DelayCause(
            number if clauses else 0,
            clauses,
            LAW_FILLS[(number - 1) % len(LAW_FILLS)] if clauses else OTHER_FILL,
            len(plants[clauses]),
        )
        for number, clauses in enumerate(order, 1)
    ]


def _ordered(rows: Iterable[PlantRow]) -> list[str]:
    """Returns the plants by planned start, those without one last."""
    first: dict[str, str] = {}
    for row in rows:
        first.setdefault(row["plant_id"], row["start_planned"])
    return sorted(first, key=lambda name: (first[name] or "9999", name))


def _ends(row: PlantRow) -> list[Month]:
    return [month for text in (row["start_planned"], row["start"]) if (month := _month(text)) is not None]


def _domain(held: Sequence[tuple[ReadRun, PlantRow]], found: Shown, begin: Month) -> list[str]:
    """Returns the ends of the time line: to the end of the period, or to the last start if that is later."""
    months = [parse_month(found.months[-1]), *(month for _, row in held for month in _ends(row))]
    return [f"{month_text(begin)}-01", f"{month_text(max(months) + 2)}-01"]


def _bars(row: PlantRow, cause: DelayCause | None, first: Month) -> list[dict[str, Json]]:
    """Returns the time between planned and modelled start: the part due to a rule, then the rest."""
    planned, start = _month(row["start_planned"]), _month(row["start"])
    if planned is None or start is None or planned == start:
        return []
    by_rule = min(max(round(row["delay_months"]), 0), max(start - planned, 0)) if cause is not None else 0
    ends = [(planned, planned + by_rule, cause), (planned + by_rule, start, None)]
    return [
        {
            "p": row["plant_id"],
            "m": f"{month_text(max(min(begin, end), first))}-01",
            "m2": f"{month_text(max(begin, end))}-01",
            "fill": by.fill if by is not None else OTHER_FILL,
            "n": str(by.number) if by is not None and by.number else "",
        }
        for begin, end, by in ends
        if begin != end and max(begin, end) > first
    ]


def _chart(
    view: View,
    found: Shown,
    run: ReadRun,
    plants: Sequence[str],
    drawn: Sequence[str],
    causes: Mapping[Clauses, DelayCause],
    ends: list[str],
) -> Chart:
    """Returns the time line of a run; its table has also the plants that started before it begins."""
    rows = {row["plant_id"]: row for row in run.body["plants"]}
    held, first = [rows[name] for name in plants if name in rows], ends[0][:7]
    bars: list[Json] = [
        {**bar}
        for row in held
        for bar in _bars(
            row, causes.get(tuple(row["clauses"])) if row["delay_months"] > 0 else None, parse_month(first)
        )
    ]
    marks = {"start_planned": (INK, "circle", False), "start": (INK, "diamond", True)}
    names: list[Json] = [*drawn]
    scale: Json = {"type": "utc", "domain": [*ends]}
    x: dict[str, Json] = {**month_axis(), "scale": scale}
    axis: Json = {"title": None, "labelLimit": 118, "ticks": False, "grid": True, "labelFontSize": 10}
    y: Json = {"field": "p", "type": "ordinal", "sort": names, "scale": {"domain": names}, "axis": axis}
    fill: Json = {"field": "fill", "type": "nominal", "scale": None}
    span: Json = {"x": x, "x2": {"field": "m2"}, "color": fill}
    layer: list[Json] = [
        {"data": {"values": bars}, "mark": {"type": "bar", "height": 9}, "encoding": span},
        {
            "data": {"values": bars},
            "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 10, "fontWeight": "bold"},
            "encoding": {"x": {**x, "field": "m2"}, "text": {"field": "n"}},
        },
    ]
    for key, (colour, shape, filled) in marks.items():
        points: list[Json] = [
            {"p": row["plant_id"], "m": f"{text}-01"} for row in held if (text := _text(row, key)) >= first
        ]
        mark: Json = {"type": "point", "shape": shape, "filled": filled, "size": 34, "color": colour, "opacity": 1}
        layer.append({"data": {"values": points}, "mark": mark, "encoding": {"x": x}})
    rules: list[Json] = [{"m": f"{month}-01"} for month in (found.months[0], found.months[-1])]
    rule: Json = {"type": "rule", "color": SOFT, "strokeDash": [2, 3]}
    layer.append({"data": {"values": rules}, "mark": rule, "encoding": {"x": x, "y": None}})
    spec = sized(ROW_PX * max(len(drawn), 1), encoding={"y": y}, layer=layer)
    head, cells = _table(view, found, held, causes)
    return Chart(f"projects-{run.key}", run_title(view, run), spec, head, cells, "", frozenset({3, 6}))


def _text(row: PlantRow, key: str) -> str:
    return row["start_planned"] if key == "start_planned" else row["start"]


def _table(
    view: View, found: Shown, rows: Sequence[PlantRow], causes: Mapping[Clauses, DelayCause]
) -> tuple[list[str], list[list[str]]]:
    head = [view.t(COLS[word]) for word in ("plant", "region", "stage", "capacity", "planned", "modelled", "delay")]
    head += [view.t(COLS["clause"]), section_word("cols", "decision", view.lang)]
    joint, cells = view.signs.comma, []
    for row in rows:
        by_rule = row["delay_months"] > 0
        clauses = tuple(row["clauses"]) if by_rule else ()
        number = f"[{causes[clauses].number}] " if clauses and causes[clauses].number else ""
        cells.append(
            [
                row["plant_id"],
                view.t(named(found.report, "regions", row["region"])),
                view.w(f"supply.stage_{row['stage']}"),
                num(row["capacity_t"]),
                row["start_planned"] or "–",
                row["start"] or view.w("supply.no_start_yet"),
                num(row["delay_months"]),
                number + joint.join(clause_text(view, found, name) for name in clauses) if clauses else "–",
                section_word("decisions", row["decision"], view.lang),
            ]
        )
    return head, cells


def clause_text(view: View, found: Shown, name: str) -> str:
    """Returns the short name of a clause in a report."""
    held = found.report["names"]["clauses"].get(name)
    return held["short_zh" if view.lang == "zh" else "short"] if held is not None else name
