"""The chart of the screen `data`: shares of rows by quality or origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coercivity.base.sums import total
from coercivity.verbs.data import QUALITIES, RETRIEVALS, PackReport, TableReport
from coercivity.web.charts import OUTCOME_FILLS, SERIES, Chart, sized
from coercivity.web.data.look import table_title, word_of
from coercivity.web.view import View

LANE_PX = 15
MARKS = {"quality": QUALITIES, "retrieval": RETRIEVALS}
# From measured or read to assumed.
FILLS = (SERIES[0], SERIES[5], SERIES[2], SERIES[6], OUTCOME_FILLS["UNKNOWN"])


def shares_chart(view: View, reports: Sequence[PackReport], mark: str) -> Chart:
    """Returns the shares of rows of each table by quality or origin, largest table first.

    Args:
        view: Parsed page address.
        reports: Results of a check of the packs.
        mark: quality or retrieval.
    """
    words = {word: word_of(view, mark, word) for word in MARKS[mark]}
    counts = {
        _called(view, report.pack, table.name): _counts(table, mark) for report in reports for table in report.tables
    }
    counts = {name: found for name, found in counts.items() if found}
    order = sorted(counts, key=lambda name: (-total(counts[name].values()), name))
    values = [
        {"table": name, "mark": words[word], "rows": counts[name][word], "place": place}
        for name in order
        for place, word in enumerate(MARKS[mark])
        if counts[name].get(word)
    ]
    fills = FILLS[:3] + FILLS[4:] if mark == "quality" else FILLS
    spec = sized(
        LANE_PX * len(order),
        data={"values": values},
        mark={"type": "bar", "height": 11},
        encoding={
            "y": {"field": "table", "type": "nominal", "sort": order, "title": None, "axis": {"labelLimit": 190}},
            "x": {
                "field": "rows",
                "type": "quantitative",
                "stack": "normalize",
                "title": view.w("data.axis_share"),
                "axis": {"format": "%"},
            },
            "color": {
                "field": "mark",
                "type": "nominal",
                "title": None,
                "scale": {"domain": list(words.values()), "range": list(fills)},
                "legend": {"columns": 3},
            },
            "order": {"field": "place", "type": "quantitative"},
        },
    )
    rows = [
        [name, f"{total(counts[name].values()):,}", *(f"{counts[name].get(word, 0):,}" for word in words)]
        for name in order
    ]
    head = [view.w("data.head_table"), view.w("data.head_rows"), *words.values()]
    numeric = frozenset(range(1, len(head)))
    return Chart(mark, view.w(f"data.{mark}_title"), spec, head, rows, view.w(f"data.{mark}_about"), numeric)


def _called(view: View, pack: str, table: str) -> str:
    title = table_title(view, pack, table, table) if view.lang == "zh" and table != "sources" else ""
    return title or f"{pack}/{table}"


def _counts(table: TableReport, mark: str) -> Mapping[str, int]:
    return table.by_quality if mark == "quality" else table.by_retrieval
