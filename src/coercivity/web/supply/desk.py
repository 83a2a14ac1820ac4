"""Section of the screen `supply` on the licensing desk: files by queue and month, and exports by destination."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from coercivity.base.json_types import Json
from coercivity.verbs.outlook_report import (
    COLS,
    OUT,
    QUEUE_COLUMNS,
    Number,
    QueueName,
    TextRow,
    num,
    out_text_rows,
    queue_months,
    queue_text,
    queue_text_rows,
    queues_of,
)
from coercivity.web.charts import Chart, sized
from coercivity.web.supply.charts import SECOND_DASH, SMALL_HIGH, money_axis, month_axis
from coercivity.web.supply.found import Shown
from coercivity.web.view import View

MOST_CHARTS, MOST_ROWS = 6, 24
FILLS = {"pending": "var(--c5)", "decided": "var(--c3)"}


class ShownTable(NamedTuple):
    """A table: headings, cells, positions of the columns with numbers, and rows left out."""

    head: list[str]
    rows: list[list[str]]
    numeric: tuple[int, ...]
    left_out: int = 0


def desk_charts(v: View, found: Shown) -> list[Chart]:
    """Returns one small chart for each of the queues with most files: pending and decided by month, of both runs."""
    return [_chart(v, found, queue, place) for place, queue in enumerate(_queues(found)[:MOST_CHARTS], 1)]


def _queues(found: Shown) -> list[QueueName]:
    """Returns the queues of the runs compared, those with most files first."""
    kept = {(row["form"], row["country"], row["user"]) for run in found.pair for row in run.body["desk"]}
    return [queue for queue in queues_of(found.report) if queue in kept]


def _chart(v: View, found: Shown, queue: QueueName, place: int) -> Chart:
    lines = [
        (run, kind, values, SECOND_DASH if second else [1, 0])
        for second, run in enumerate(found.pair)
        for kind, values in queue_months(run, queue)
    ]
    top = max((value for _, _, values, _ in lines for value in values if value is not None), default=1.0)
    layer: list[Json] = []
    for _, kind, values, dash in lines:
        data: list[Json] = [{"m": f"{month}-01", "y": y} for month, y in zip(found.months, values, strict=False)]
        mark: Json = {"type": "line", "color": FILLS[kind], "strokeWidth": 2, "strokeDash": [*dash]}
        y: Json = {"field": "y", **money_axis(0.0, top, v.w("supply.files_axis"))}
        layer.append({"data": {"values": data}, "mark": mark, "encoding": {"x": month_axis(), "y": y}})
    head = [v.t(COLS["month"]), *(f"{run.key} {v.t(COLS[kind])}" for run, kind, _, _ in lines)]
    columns = [values for _, _, values, _ in lines]
    rows = [[month, *(num(_at(column, n)) for column in columns)] for n, month in enumerate(found.months)]
    title = queue_text(found.report, queue, v.lang)
    spec = sized(SMALL_HIGH, layer=layer)
    return Chart(f"desk-{place}", title, spec, head, rows, "", frozenset(range(1, len(head))))


def _at(values: Sequence[Number], place: int) -> Number:
    return values[place] if place < len(values) else None


def desk_table(v: View, found: Shown) -> ShownTable:
    """Returns the queues of the runs compared with their totals over the period."""
    return _table(v, "queue", QUEUE_COLUMNS, queue_text_rows(found.report, v.lang, _keys(found)))


def out_table(v: View, found: Shown) -> ShownTable:
    """Returns what clears customs out of China by destination in the runs compared, over the period [t]."""
    return _table(v, "destination", OUT, out_text_rows(found.report, v.lang, _keys(found)))


def _table(v: View, about: str, columns: Sequence[str], rows: Sequence[TextRow]) -> ShownTable:
    head = [v.t(COLS[word]) for word in (about, "run", *columns)]
    joint = "、" if v.lang == "zh" else ", "
    cells = [[row.name, joint.join(row.runs), *row.cells] for row in rows[:MOST_ROWS]]
    return ShownTable(head, cells, tuple(range(2, len(head))), max(len(rows) - MOST_ROWS, 0))


def _keys(found: Shown) -> list[str]:
    return [run.key for run in found.pair]
