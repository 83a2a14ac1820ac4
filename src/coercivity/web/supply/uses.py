"""Chart of the screen `supply` by use: usual design, used less, substituted and shortage, as shares of demand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from coercivity.base.json_types import Json
from coercivity.verbs.outlook_report import COLS, USE_PARTS, ReadRun, UsePart, UseSums, named, num, use_sums
from coercivity.web.charts import Chart, sized
from coercivity.web.shown import percent_text
from coercivity.web.supply.charts import run_title
from coercivity.web.supply.found import Shown
from coercivity.web.view import View

ROW_HIGH = 21
FILLS: dict[UsePart, str] = {
    "usual_t": "var(--edge)",
    "less_t": "var(--c3)",
    "substituted_t": "var(--c1)",
    "without_t": "var(--c5)",
}
NAMES: dict[UsePart, str] = {
    "usual_t": "usual",
    "less_t": "less",
    "substituted_t": "substituted",
    "without_t": "shortage",
}
_LEAST_SHARE = 5e-4
_NUMBER_FROM = 0.05
Sums = Mapping[str, UseSums]


class UsePartShown(NamedTuple):
    """A part of demand, for its bars and its key."""

    number: int
    name: str
    fill: str


class UseBar(NamedTuple):
    """A part of the demand of a use, from `x` to `x2` [% of demand]."""

    u: str
    x: float
    x2: float
    fill: str
    n: str


def use_key(v: View) -> list[UsePartShown]:
    """Returns the numbered parts of demand, in the order of the bars."""
    return [
        UsePartShown(number, v.w(f"supply.part_{NAMES[part]}"), FILLS[part]) for number, part in enumerate(USE_PARTS, 1)
    ]


def use_charts(v: View, found: Shown) -> list[Chart]:
    """Returns the demand of each use split in four parts, one chart per run, all on one scale."""
    split = [(run, held) for run in found.pair if (held := _sums_by_use(run))]
    bars = {run.key: [bar for use, sums in held.items() for bar in _stack(v, use, sums)] for run, held in split}
    ends = [end for held in bars.values() for bar in held for end in (bar.x, bar.x2)]
    low, high = min([0.0, *ends]), max([100.0, *ends])
    return [_use_chart(v, found, run, held, bars[run.key], (low, high)) for run, held in split]


def _sums_by_use(run: ReadRun) -> dict[str, UseSums]:
    """Returns the totals of each use with demand over all regions, magnet uses first."""
    uses = sorted({row["use"] for row in run.body["use"]}, key=lambda use: (use.startswith("nonmagnet"), use))
    sums = {use: use_sums(row for row in run.body["use"] if row["use"] == use) for use in uses}
    return {use: held for use, held in sums.items() if held["wanted_t"] > 0}


def _stack(v: View, use: str, sums: UseSums) -> Iterator[UseBar]:
    """Yields the parts of a use from zero to the right, and what is below zero to the left."""
    right, left, name = 0.0, 0.0, v.w(f"supply.use_{use}")
    for number, part in enumerate(USE_PARTS, 1):
        share = sums[part] / sums["wanted_t"]
        if abs(share) < _LEAST_SHARE:
            continue
        start = right if share > 0 else left
        end = start + 100 * share
        yield UseBar(name, start, end, FILLS[part], str(number))
        right, left = (end, left) if share > 0 else (right, end)


def _use_chart(
    v: View, found: Shown, run: ReadRun, sums: Sums, bars: Sequence[UseBar], ends: tuple[float, float]
) -> Chart:
    axis: dict[str, Json] = {"title": v.w("supply.of_demand"), "tickCount": 5}
    x: dict[str, Json] = {"type": "quantitative", "scale": {"domain": [*ends], "nice": False}, "axis": axis}
    names: list[Json] = [v.w(f"supply.use_{use}") for use in sums]
    y: Json = {"field": "u", "type": "ordinal", "sort": names, "axis": {"title": None, "labelLimit": 140}}
    wide = [bar for bar in bars if abs(bar.x2 - bar.x) >= _NUMBER_FROM * (ends[1] - ends[0])]
    numbers: list[Json] = [{"u": bar.u, "mid": (bar.x + bar.x2) / 2, "n": bar.n} for bar in wide]
    layer: list[Json] = [
        {
            "data": {"values": [bar._asdict() for bar in bars]},
            "mark": {"type": "bar"},
            "encoding": {
                "x": {"field": "x", **x},
                "x2": {"field": "x2"},
                "color": {"field": "fill", "type": "nominal", "scale": None},
            },
        },
        {
            "data": {"values": numbers},
            "mark": {"type": "text", "fontWeight": "bold", "color": "var(--sheet)"},
            "encoding": {"x": {"field": "mid", **x}, "text": {"field": "n"}},
        },
    ]
    spec = sized(ROW_HIGH * len(sums), encoding={"y": y}, layer=layer)
    head, rows = _table(v, found, sums)
    return Chart(f"uses-{run.key}", run_title(v, run), spec, head, rows, "", frozenset(range(1, len(head))))


def _table(v: View, found: Shown, sums: Sums) -> tuple[list[str], list[list[str]]]:
    head = [v.t(COLS[word]) for word in ("use", "wanted", "usual", "less", "substituted", "shortage", "share")]
    rows = []
    for use, held in sums.items():
        masses = [num(held["wanted_t"]), *(num(held[part]) for part in USE_PARTS)]
        share = percent_text(v, held["without_t"] / held["wanted_t"])
        rows.append([v.t(named(found.report, "uses", use)), *masses, share])
    return head, rows
