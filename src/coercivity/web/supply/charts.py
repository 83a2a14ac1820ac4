"""Charts of the screen `supply` over months: prices inside and outside China, and the gap between them by clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from coercivity.base.json_types import Json
from coercivity.base.sums import total
from coercivity.verbs.outlook_report import (
    COLS,
    HEADLINE,
    INSIDE,
    SERIES,
    Basis,
    Clauses,
    GapShown,
    Number,
    PartKey,
    RangeRow,
    ReadRun,
    at,
    by_part,
    charted,
    known,
    named,
    num,
    part_text,
    price_cells,
    scale,
    series,
)
from coercivity.web.charts import INK, SOFT, Chart, sized
from coercivity.web.charts import SERIES as FILLS
from coercivity.web.supply.found import Shown, gaps_at, goods_in, siblings, span_of
from coercivity.web.view import View

INSIDE_FILL, OUTSIDE_FILL = "var(--c3)", "var(--c5)"
# Dashes of the second run of a pair, and of the prices beside the marginal one.
SECOND_DASH = [6, 3]
BASES: tuple[Basis, ...] = ("margin", "quote", "licensed", "traded")
DASHES: dict[Basis, list[int] | None] = {"quote": None, "licensed": [8, 2, 2, 2], "traded": [2, 2]}
PRICE_HIGH, SMALL_HIGH, GAP_HIGH = 230, 150, 250
MONTHS = {
    # A short period has several ticks a month: only that at its beginning is named.
    "labelExpr": "utcdate(datum.value) == 1 ? utcFormat(datum.value, '%Y-%m') : ''",
    "title": None,
    "labelFlush": False,
    "labelOverlap": "greedy",
    "labelSeparation": 10,
}
_LEAST_USD = 1e-6
_NUMBER_FROM = 0.06
# Parts due to the rules get the strong colours, the largest first; the others get soft ones.
_LAW_FILLS = (FILLS[4], FILLS[1], FILLS[0], FILLS[3], FILLS[6], FILLS[5])
_OTHER_FILLS = {
    "freight": "var(--edge)",
    "timing": "var(--c7)",
    "capacity": "var(--c4)",
    "unused": "var(--c6)",
    "residual": "var(--ink)",
    "contract": "var(--c1)",
    "floor": "var(--c2)",
    "stockpile": "var(--c8)",
}


@dataclass(frozen=True, slots=True)
class ChartPart:
    """One part of a gap, for its bars and its key.

    Attributes:
        number: Number in the bars and in the key.
        clauses: Ids of the clauses behind it.
        fill: Colour.
        most: Largest value in a month, by letter of the run [USD/kg].
        mean: Average over the period, by letter of the run [USD/kg].
        cause: What keeps a licence scarce; empty for other parts.
    """

    number: int
    part: str
    clauses: Clauses
    fill: str
    most: dict[str, float]
    mean: dict[str, float]
    cause: str = ""

    @property
    def key(self) -> PartKey:
        """The part that it numbers."""
        return self.part, self.clauses, self.cause


class GapBar(NamedTuple):
    """A part of a gap in a month, from `y` to `y2` [USD/kg]."""

    m: str
    y: float
    y2: float
    fill: str
    n: str


class _Layer(NamedTuple):
    """Marks by month at `y`, or from `y` to `y2` if they have two ends."""

    mark: Mapping[str, Json]
    data: list[dict[str, Json]]
    ends: bool = False


class ShownRange(RangeRow):
    """The range of a price in a run."""

    run: ReadRun


def month_axis() -> dict[str, Json]:
    """Returns the axis of months."""
    return {"field": "m", "type": "temporal", "scale": {"type": "utc"}, "axis": dict(MONTHS)}


def money_axis(low: float, high: float, title: str | None) -> dict[str, Json]:
    """Returns a price axis shared by several charts."""
    ends = scale(min(0.0, low), max(0.0, high))
    return {"type": "quantitative", "scale": {"domain": [ends[0], ends[1]]}, "axis": {"title": title, "tickCount": 5}}


def small_prices(v: View, found: Shown) -> list[Chart]:
    """Returns one small chart per headline good, with prices in and outside China in both runs."""
    held = goods_in(found.report)
    return [_small(v, found, good) for good in HEADLINE if good in held]


def _small(v: View, found: Shown, good: str) -> Chart:
    lines: list[_Layer] = []
    head, columns, texts = [v.t(COLS["month"])], [], list[Sequence[str]]()
    for side, region, fill in _sides(found):
        for place, run in enumerate(found.pair):
            values = series(run, good, region, basis="margin")
            texts.append(price_cells(run, good, region, basis="margin", lang=v.lang))
            lines += _layers(found, run, good, region, fill=fill, dash=SECOND_DASH if place else None)
            head.append(f"{run.key} {v.t(SERIES[side])}{_usd(v)}")
            columns.append(values)
    every = [value for column in columns for value in known(column)]
    y = money_axis(min(every, default=0.0), max(every, default=1.0), None)
    spec = sized(SMALL_HIGH, layer=_with_axis(lines, y))
    name = v.t(named(found.report, "goods", good))
    return Chart(f"price-{good}", f"{name}{_usd(v)}", spec, head, _text_rows(found, texts), "", _numeric(columns))


def price_chart(v: View, found: Shown, run: ReadRun, top: float) -> Chart:
    """Returns the prices of the good in one run: marginal, quoted and contract prices, with their ranges.

    Args:
        v: Parsed page address.
        found: Data shown.
        run: The run.
        top: Highest price in the runs compared [USD/kg].
    """
    lines: list[_Layer] = []
    head, texts = [v.t(COLS["month"])], list[Sequence[str]]()
    colon = "：" if v.lang == "zh" else ": "
    for side, region, fill in _sides(found):
        lines += _layers(found, run, found.good, region, fill=fill)
        lines += _range_rules(found, run, region, fill)
        for basis in BASES:
            texts.append(price_cells(run, found.good, region, basis=basis, lang=v.lang))
            head.append(f"{v.t(SERIES[side])}{colon}{v.w('supply.' + basis)}")
            if basis in DASHES:
                values = charted(run, found.good, region, basis=basis)
                lines.append(_line(found, values, fill=fill, dash=DASHES[basis], width=1))
        if len(siblings(found.report, run).runs) > 1:
            spans = span_of(found.report, run, found.good, region)
            texts += [[num(low) for low, _ in spans], [num(high) for _, high in spans]]
            head += [f"{v.t(SERIES[side])}{colon}{v.w('supply.' + end)}" for end in ("branch_low", "branch_high")]
    spec = sized(PRICE_HIGH, layer=_with_axis(lines, money_axis(0.0, top, v.w("supply.usd_kg"))))
    title = run_title(v, run)
    return Chart(f"prices-{run.key}", title, spec, head, _text_rows(found, texts), "", _numeric(texts))


def top_price(found: Shown) -> float:
    """Returns the highest price of the good in the runs compared [USD/kg]."""
    groups = (siblings(found.report, run).runs for run in found.pair)
    every = (
        series(run, found.good, region, basis=basis)
        for runs in groups
        for run in runs
        for _, region, _ in _sides(found)
        for basis in BASES
    )
    return max((value for values in every for value in known(values)), default=1.0)


def range_rows(found: Shown) -> list[ShownRange]:
    """Returns the months and regions in which the price of the good is not unique, with its range [USD/kg].

    Ranges whose ends are shown as the same number are left out.
    """
    return [
        {**row, "run": run}
        for run in found.pair
        for row in run.body["ranges"]
        if row["good"] == found.good and num(row["low"]) != num(row["high"])
    ]


def run_title(v: View, run: ReadRun) -> str:
    """Returns the letter and title of a run, with its legal scenario if there are several."""
    branch = f"{'，' if v.lang == 'zh' else ', '}{v.t(run.branch)}" if run.body["branch"] else ""
    return f"{run.key} · {v.t(run.body['title'])}{branch}"


def _sides(found: Shown) -> tuple[tuple[str, str, str], ...]:
    return ("inside", INSIDE, INSIDE_FILL), ("outside", found.region, OUTSIDE_FILL)


def _layers(
    found: Shown, run: ReadRun, good: str, region: str, *, fill: str, dash: list[int] | None = None
) -> Iterator[_Layer]:
    """Yields the line of a run, and the band between legal scenarios if there are several."""
    if len(siblings(found.report, run).runs) > 1:
        spans = zip(found.months, span_of(found.report, run, good, region), strict=True)
        data: list[dict[str, Json]] = [
            {"m": _day(month), "y": low, "y2": high} for month, (low, high) in spans if low is not None
        ]
        yield _Layer({"type": "area", "color": fill, "opacity": 0.22}, data, ends=True)
    yield _line(found, charted(run, good, region, basis="margin"), fill=fill, dash=dash, width=2)


def _line(found: Shown, values: Sequence[Number], *, fill: str, dash: list[int] | None, width: int) -> _Layer:
    data: list[dict[str, Json]] = [{"m": _day(month), "y": at(values, n)} for n, month in enumerate(found.months)]
    return _Layer({"type": "line", "color": fill, "strokeWidth": width, "strokeDash": dash or [1, 0]}, data)


def _usd(v: View) -> str:
    """The unit after a name."""
    return f"{'，' if v.lang == 'zh' else ', '}{v.w('supply.usd_kg')}"


def _range_rules(found: Shown, run: ReadRun, region: str, fill: str) -> Iterator[_Layer]:
    held = [r for r in run.body["ranges"] if (r["good"], r["region"]) == (found.good, region)]
    if held:
        data: list[dict[str, Json]] = [{"m": _day(row["month"]), "y": row["low"], "y2": row["high"]} for row in held]
        yield _Layer({"type": "rule", "color": fill, "strokeWidth": 5, "strokeCap": "round"}, data, ends=True)


def _with_axis(lines: Sequence[_Layer], y: Mapping[str, Json]) -> list[dict[str, Json]]:
    """Adds the axis of months and one price axis to every layer."""
    found: list[dict[str, Json]] = []
    for line in lines:
        encoding: dict[str, Json] = {"x": month_axis(), "y": {"field": "y", **y}}
        if line.ends:
            encoding["y2"] = {"field": "y2"}
        found.append({"data": {"values": line.data}, "mark": line.mark, "encoding": encoding})
    return found


def _day(month: str) -> str:
    return f"{month}-01"


def _text_rows(found: Shown, columns: Sequence[Sequence[str]]) -> list[list[str]]:
    """Returns the months with their cells; a column without a price is empty."""
    return [
        [month, *(column[place] if place < len(column) else "–" for column in columns)]
        for place, month in enumerate(found.months)
    ]


def _numeric(columns: Sequence[object]) -> frozenset[int]:
    return frozenset(range(1, len(columns) + 1))


def parts_of(found: Shown) -> list[ChartPart]:
    """Returns the numbered parts of the gap: those due to the rules first, each group largest first."""
    sums: dict[PartKey, dict[str, list[float]]] = {}
    for run in found.pair:
        for gap in gaps_at(run, found.good, found.region).values():
            for pair, usd in by_part(gap).items():
                sums.setdefault(pair, {}).setdefault(run.key, []).append(usd)
    most = {pair: max(abs(v) for values in held.values() for v in values) for pair, held in sums.items()}
    order = sorted(sums, key=lambda pair: (not pair[1], -most[pair], pair))
    told = [pair for pair in order if most[pair] >= _LEAST_USD or pair[0] == "residual"]
    lengths = {run.key: len(gaps_at(run, found.good, found.region)) for run in found.pair}
    law = [pair for pair in told if pair[1]]
    return [
        ChartPart(
            number,
            pair[0],
            pair[1],
            _LAW_FILLS[law.index(pair) % len(_LAW_FILLS)] if pair[1] else _OTHER_FILLS.get(pair[0], SOFT),
            {key: max(values, key=abs) for key, values in sums[pair].items()},
            {key: total(values) / lengths[key] for key, values in sums[pair].items()},
            pair[2],
        )
        for number, pair in enumerate(told, start=1)
    ]


def gap_charts(v: View, found: Shown, parts: Sequence[ChartPart]) -> list[Chart]:
    """Returns the gap of the good stacked by clause, one chart per run, all on one scale."""
    split = [(run, held) for run in found.pair if (held := gaps_at(run, found.good, found.region))]
    bars = {run.key: [bar for gap in held.values() for bar in _stack(gap, parts)] for run, held in split}
    ends = [end for held in bars.values() for bar in held for end in (bar.y, bar.y2)]
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    return [
        _gap_chart(v, run, parts, gaps=held, layer=_gap_layers(held, bars[run.key], (low, high), v.w("supply.usd_kg")))
        for run, held in split
    ]


def _gap_chart(
    v: View, run: ReadRun, parts: Sequence[ChartPart], *, gaps: Mapping[str, GapShown], layer: list[dict[str, Json]]
) -> Chart:
    names = [f"{part.number} {v.t(part_text(part.part, part.cause))}" for part in parts]
    head = [v.t(COLS["month"]), f"{v.t(COLS['gap'])}{_usd(v)}", *names]
    rows = []
    for month, gap in gaps.items():
        sums = by_part(gap)
        rows.append([month, num(gap.usd_per_kg), *(num(sums.get(part.key)) for part in parts)])
    title = run_title(v, run)
    return Chart(f"gap-{run.key}", title, sized(GAP_HIGH, layer=layer), head, rows, "", _numeric(head[1:]))


def _gap_layers(
    gaps: Mapping[str, GapShown], bars: Sequence[GapBar], ends: tuple[float, float], unit: str
) -> list[dict[str, Json]]:
    """The bars, the net gap as a tick across each, and the numbers of the parts."""
    x: Json = {"field": "m", "type": "ordinal", "axis": {"title": None, "labelAngle": -45, "labelOverlap": True}}
    fill: Json = {"field": "fill", "type": "nominal", "scale": None}
    y, shown = money_axis(*ends, unit), scale(min(0.0, ends[0]), max(0.0, ends[1]))
    return [
        {
            "data": {"values": [bar._asdict() for bar in bars]},
            "mark": {"type": "bar"},
            "encoding": {"x": x, "y": {"field": "y", **y}, "y2": {"field": "y2"}, "color": fill},
        },
        {
            "data": {"values": [{"m": month, "y": gap.usd_per_kg} for month, gap in gaps.items()]},
            "mark": {"type": "tick", "color": INK, "thickness": 2, "orient": "horizontal"},
            "encoding": {"x": x, "y": {"field": "y", **y}},
        },
        {
            "data": {"values": _numbers(bars, shown[1] - shown[0])},
            "mark": {"type": "text", "fontWeight": "bold", "color": "var(--sheet)"},
            "encoding": {"x": x, "y": {"field": "mid", **y}, "text": {"field": "n"}},
        },
    ]


def _stack(gap: GapShown, parts: Sequence[ChartPart]) -> Iterator[GapBar]:
    """Yields the bars of a month: widening parts upward from zero, narrowing parts downward."""
    sums, up, down = by_part(gap), 0.0, 0.0
    for part in parts:
        usd = sums.get(part.key, 0.0)
        if abs(usd) < _LEAST_USD:
            continue
        start = up if usd > 0 else down
        yield GapBar(gap.month, start, start + usd, part.fill, str(part.number))
        up, down = (start + usd, down) if usd > 0 else (up, start + usd)


def _numbers(bars: Sequence[GapBar], whole: float) -> list[dict[str, Json]]:
    """Returns the number of each part once, in its largest bar, if it fits."""
    highest: dict[str, GapBar] = {}
    for bar in bars:
        held = highest.get(bar.n)
        if abs(bar.y2 - bar.y) > (abs(held.y2 - held.y) if held is not None else 0):
            highest[bar.n] = bar
    return [
        {"m": bar.m, "mid": (bar.y + bar.y2) / 2, "n": number}
        for number, bar in highest.items()
        if abs(bar.y2 - bar.y) >= _NUMBER_FROM * whole
    ]
