"""Geometry of the line charts of an outlook: prices, stocks, exports; labels at the end of each line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coercivity.base.words import Lang, say
from coercivity.papers.outlook.axes import apart, month_ticks, scale, tick_text
from coercivity.papers.outlook.read import Basis, Clauses, Number, ReadRun, at, charted, known, scenarios, shifts
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.words import INSIDE, OUTSIDE, SERIES

WIDTH, HEIGHT = 384, 216
LEFT, RIGHT, TOP, BOTTOM = 42, 100, 28, 22
LABEL = 11
_ALIKE = 7.0
_MARK_LETTER = 8.0
_MARK_ROWS = (10.0, 20.0)
_PRICE_LINES: tuple[tuple[str, str, Basis], ...] = (
    ("inside", INSIDE, "margin"),
    ("outside", OUTSIDE, "margin"),
    ("quote", OUTSIDE, "quote"),
)

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Series:
    """One line to draw.

    Attributes:
        kind: inside, outside, quote or total; selects the colour and the word.
        run: Letter of the run.
        place: Position of the run, which selects the dash.
        scenario: Letter of the scenario: its lines of one kind share a band.
    """

    kind: str
    run: str
    place: int
    scenario: str
    values: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class ChartLine:
    """A line as a path."""

    kind: str
    dash: int
    path: str
    told: str


@dataclass(frozen=True, slots=True)
class EndLabel:
    """The name of one or more lines that end at the same height, with a thin leader."""

    kind: str
    y: float
    ends_y: float
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A vertical line at a month; without a number if there is no space for it."""

    x: float
    number: str
    y: float


@dataclass(frozen=True, slots=True)
class LineChart:
    """A picture to draw, in units of one pixel."""

    lines: tuple[ChartLine, ...]
    bands: tuple[tuple[str, str], ...]
    labels: tuple[EndLabel, ...]
    marks: tuple[Mark, ...]
    across: tuple[tuple[float, str], ...]
    upright: tuple[tuple[float, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right_x: float = WIDTH - RIGHT
    base_y: float = HEIGHT - BOTTOM


def price_chart(report: OutlookReport, good: str, lang: Lang = "en") -> LineChart | None:
    """Returns the chart of a product's prices, or None if there are none.

    Args:
        report: The report data.
        good: Id of the product.
        lang: Language of the labels.
    """
    found = [
        Series(kind, run.key, run.place, scenario.letter, charted(run, good, region, basis=basis))
        for scenario in scenarios(report)
        for run in scenario.runs
        for kind, region, basis in _PRICE_LINES
    ]
    return line_chart(report["months"], found, marks=[place for place, _ in shown_shifts(report, good)], lang=lang)


def shown_shifts(report: OutlookReport, good: str) -> tuple[tuple[int, tuple[Clauses, ...]], ...]:
    """Returns the changes of the main clauses that are marked: those of the first run that splits this gap."""
    run = shift_run(report, good)
    return () if run is None else shifts(run, good, report["months"])


def shift_run(report: OutlookReport, good: str) -> ReadRun | None:
    """Returns the first run that splits the gap of a good."""
    for scenario in scenarios(report):
        for run in scenario.runs:
            if any(row["good"] == good for row in run.body["gaps"]):
                return run
    return None


def total_chart(report: OutlookReport, totals: Mapping[str, tuple[Number, ...]], lang: Lang = "en") -> LineChart | None:
    """Returns the chart of one series of tonnes per run.

    Args:
        report: The report data.
        totals: Series by the key of the run.
        lang: Language of the labels.
    """
    found = [
        Series("total", run.key, run.place, scenario.letter, totals.get(run.key, ()))
        for scenario in scenarios(report)
        for run in scenario.runs
    ]
    return line_chart(report["months"], found, lang=lang)


def line_chart(
    months: Sequence[str], lines: Sequence[Series], *, marks: Sequence[int] = (), lang: Lang = "en"
) -> LineChart | None:
    """Returns the geometry of a line chart, or None if no line has a value.

    Args:
        months: Months along.
        lines: What to draw.
        marks: Positions of months that get a numbered vertical line.
        lang: Language of the labels.
    """
    values = [value for line in lines for value in known(line.values)]
    if not values or not months:
        return None
    low, high, ticks = scale(min(0.0, *values), max(0.0, *values))
    pitch = (WIDTH - LEFT - RIGHT) / max(len(months) - 1, 1)

    def x_of(place: float) -> float:
        return round(LEFT + pitch * place, 1)

    def y_of(value: float) -> float:
        share = (value - low) / (high - low)
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share, 1)

    drawn = [line for line in lines if any(True for _ in known(line.values))]
    return LineChart(
        lines=tuple(
            ChartLine(
                line.kind, line.place % 4, _path(line.values, x_of, y_of), f"{say(SERIES[line.kind], lang)} {line.run}"
            )
            for line in drawn
        ),
        bands=tuple(_bands(drawn, x_of, y_of)),
        labels=tuple(_labels(drawn, y_of, lang)),
        marks=tuple(_marks(marks, x_of)),
        across=tuple((y_of(value), tick_text(value)) for value in ticks),
        upright=tuple((x_of(place), text) for place, text in month_ticks(months, pitch)),
    )


def _path(values: Sequence[Number], x_of: Callable[[float], float], y_of: Callable[[float], float]) -> str:
    """Returns a path that is interrupted where a value is missing; a single month is a short stroke."""
    words: list[str] = []
    for place, value in enumerate(values):
        if value is None:
            continue
        if place and at(values, place - 1) is not None:
            words.append(f"L{x_of(place)} {y_of(value)}")
        else:
            words.append(f"M{x_of(place)} {y_of(value)}")
            if at(values, place + 1) is None:
                words.append("h2")
    return "".join(words)


def _bands(
    lines: Sequence[Series], x_of: Callable[[float], float], y_of: Callable[[float], float]
) -> Iterator[tuple[str, str]]:
    """Yields the band between the legal scenarios of a scenario, by kind."""
    groups: dict[tuple[str, str], list[Series]] = {}
    for line in lines:
        groups.setdefault((line.scenario, line.kind), []).append(line)
    for (_, kind), group in groups.items():
        if len(group) < 2 or kind == "quote":
            continue
        upper: list[Point] = []
        lower: list[Point] = []
        for place in range(min(len(line.values) for line in group)):
            held = list(known(at(line.values, place) for line in group))
            if len(held) == len(group):
                upper.append((x_of(place), y_of(max(held))))
                lower.append((x_of(place), y_of(min(held))))
        if upper and upper != lower:
            yield kind, "M" + "L".join(f"{x} {y}" for x, y in [*upper, *reversed(lower)]) + "Z"


def _labels(lines: Sequence[Series], y_of: Callable[[float], float], lang: Lang) -> Iterator[EndLabel]:
    """Yields the names on the right; lines of one kind that end at the same height share a name."""
    groups: list[tuple[str, float, list[str]]] = []
    for line in sorted(lines, key=lambda line: (line.kind, y_of(list(known(line.values))[-1]), line.run)):
        y = y_of(list(known(line.values))[-1])
        if groups and groups[-1][0] == line.kind and abs(groups[-1][1] - y) < _ALIKE:
            groups[-1][2].append(line.run)
        else:
            groups.append((line.kind, y, [line.run]))
    groups.sort(key=lambda group: (group[1], group[0]))
    heights = apart([y + 3.5 for _, y, _ in groups], LABEL, top=TOP - 8, bottom=HEIGHT - BOTTOM + 2)
    for (kind, ends_y, runs), y in zip(groups, heights, strict=True):
        yield EndLabel(kind, y, ends_y, f"{say(SERIES[kind], lang)} {' '.join(sorted(runs))}")


def _marks(places: Sequence[int], x_of: Callable[[float], float]) -> Iterator[Mark]:
    """Yields the marks; numbers that are close together are in two rows."""
    free = [0.0] * len(_MARK_ROWS)
    for number, place in enumerate(places, start=1):
        x = x_of(place)
        half = _MARK_LETTER * len(str(number)) / 2
        row = next((row for row, right in enumerate(free) if x - half >= right), None)
        if row is None:
            yield Mark(x, "", _MARK_ROWS[0])
        else:
            free[row] = x + half
            yield Mark(x, str(number), _MARK_ROWS[row])
