"""Tables of plants: their starts in the four runs, which clause holds which, and those that never start."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coercivity.papers.ministry.bottleneck.report_data import (
    BottleneckReport,
    IntervalData,
    PlantCostData,
    PlantData,
)
from coercivity.papers.ministry.bottleneck.wording import (
    MONTHS,
    MUSD,
    TONNES,
    interval_text,
    musd,
    run_text,
    signed,
    stage_text,
    start_text,
)
from coercivity.papers.shared.paper.figures import cell, figure, listed
from coercivity.papers.shared.paper.sections import Column, PaperTable, Wording

_HEAD = ("plant", "region", "stage", "capacity_t")


def held_table(body: BottleneckReport, w: Wording, *, whole: bool = False) -> PaperTable:
    """Returns the plants that clauses of technology delay with both controls, with what that costs.

    Args:
        body: The result as plain data.
        w: Words.
        whole: For files, with ids, clauses and the ends of intervals apart; if not, for readers.
    """
    numbers = ("capacity_t", "delay_months", "later_months", "usd_musd", "low_musd", "high_musd", "unvalued_months")
    rows = []
    for plant, cost in held(body):
        money = cost["usd"]
        in_musd = _in_musd(money)
        left = figure(cost["unvalued_months"], MONTHS)
        row = [*_head(plant, body, w), figure(cost["delay_months"]["mean"], MONTHS)]
        if whole:
            later = signed(cost["later_months"]["mean"], MONTHS)
            ends = (cell(in_musd["low"], MUSD), cell(in_musd["high"], MUSD))
            clauses = _clauses(plant["starts"][0]["clauses"], body, w)
            row = [plant["plant_id"], *row, later, figure(in_musd["mean"], MUSD), *ends, left, clauses]
        else:
            later = interval_text(cost["later_months"], MONTHS, w)
            row = [*row, later, _amount(in_musd, w), left]
        rows.append(row)
    columns: tuple[str, ...] = (*_HEAD, "delay_months", "later_months", "usd_musd", "unvalued_months")
    if whole:
        columns = ("plant_id", *columns[:-1], "low_musd", "high_musd", "unvalued_months", "clauses")
    return w.table("held", columns, rows, numbers=numbers, only="files" if whole else "readers")


def clauses_table(body: BottleneckReport, w: Wording) -> PaperTable:
    """Returns the plants that each clause holds with both controls.

    Args:
        body: The result as plain data.
        w: Words.
    """
    plants: dict[str, list[str]] = {}
    for plant, _ in held(body):
        for name in plant["starts"][0]["clauses"]:
            plants.setdefault(name, []).append(w("plant_at", plant["name"], stage_text(plant["stage"], w)))
    rows = [(_clauses([name], body, w), listed(names, w.lang)) for name, names in plants.items()]
    return w.table("held_by", ("clause", "plants"), rows)


def held(body: BottleneckReport) -> Iterator[tuple[PlantData, PlantCostData]]:
    """Yields the plants that clauses of technology delay with both controls, with their cost.

    Args:
        body: The result as plain data.
    """
    for plant in body["plants"]:
        if plant["cost"] is not None:
            yield plant, plant["cost"]


def starts_table(body: BottleneckReport, w: Wording, *, whole: bool = False) -> PaperTable:
    """Returns the first month of each plant in each run.

    Args:
        body: The result as plain data.
        w: Words.
        whole: All plants and clauses, for files; if not, those that start in the period in some run, for readers.
    """
    named = [(run["run"], run_text(run["run"], w)) for run in body["runs"]]
    columns: list[str | Column] = [*_HEAD, *(Column(f"start_{run}", name) for run, name in named)]
    shown = [plant for plant in body["plants"] if whole or _starts_in(plant, body["first"])]
    rows = [(*_head(plant, body, w), *(start_text(one, w) for one in plant["starts"])) for plant in shown]
    if whole:
        columns = ["plant_id", *columns, *(Column(f"clauses_{run}", w("clauses_in", name)) for run, name in named)]
        rows = [
            (plant["plant_id"], *row, *(_clauses(one["clauses"], body, w) for one in plant["starts"]))
            for plant, row in zip(shown, rows, strict=True)
        ]
    return w.table("starts", columns, rows, numbers=("capacity_t",), only="files" if whole else "readers")


def never_table(body: BottleneckReport, w: Wording) -> PaperTable:
    """Returns the plants that have not started by the last month in any run.

    Args:
        body: The result as plain data.
        w: Words.
    """
    rows = [_head(plant, body, w) for plant in body["plants"] if plant["never"]]
    return w.table("never", _HEAD, rows, numbers=("capacity_t",))


def _starts_in(plant: PlantData, first: str) -> bool:
    return any(one["start"] >= first for one in plant["starts"] if one["start"])


def _head(plant: PlantData, body: BottleneckReport, w: Wording) -> tuple[str, str, str, str]:
    region = body["regions"][plant["region"]]["zh" if w.lang == "zh" else "en"]
    return plant["name"], region, stage_text(plant["stage"], w), figure(plant["capacity_t"], TONNES)


def _clauses(names: Iterable[str], body: BottleneckReport, w: Wording) -> str:
    short = [body["clauses"][name] for name in names]
    return listed((one["zh"] if w.lang == "zh" else one["en"] for one in short), w.lang) or "–"


def _amount(found: IntervalData, w: Wording) -> str:
    """Returns an amount for readers, with its interval if there is one."""
    mean, low, high = figure(found["mean"], MUSD), found["low"], found["high"]
    return mean if low is None or high is None else w("interval", mean, figure(low, MUSD), figure(high, MUSD))


def _in_musd(found: IntervalData) -> IntervalData:
    low, high = (None if end is None else musd(end) for end in (found["low"], found["high"]))
    return {"mean": musd(found["mean"]), "low": low, "high": high}
