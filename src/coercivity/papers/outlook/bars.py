"""Geometry of the bar charts of an outlook: the price gap of each month, split by cause and clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coercivity.base.sums import total
from coercivity.base.words import Lang, say
from coercivity.papers.outlook.axes import month_ticks, scale, tick_text
from coercivity.papers.outlook.read import (
    Clauses,
    GapShown,
    PartKey,
    ReadRun,
    by_part,
    gaps,
    headline_goods,
    num,
    runs_of,
)
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.words import TITLES, part_text

WIDTH, HEIGHT = 384, 204
LEFT, RIGHT, TOP, BOTTOM = 42, 8, 10, 22
_LETTER_HIGH = 10.5
_DIGIT = 7.0
_VARIANTS = 4
_LEAST_HIGH = 0.25
_LEAST_USD = 1e-6

Axis = tuple[float, float, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Key:
    """One cause of the gap; with its clauses if a rule is the cause.

    Attributes:
        number: Number in the bars and in the key.
        variant: Selects the hatch, so that clauses of one part differ.
        peak: Largest value in any month of any run [USD/kg].
        cause: What keeps a licence scarce; empty for other parts.
    """

    number: int
    part: str
    clauses: Clauses
    variant: int
    peak: float
    cause: str = ""

    @property
    def pair(self) -> PartKey:
        """The part that it numbers."""
        return self.part, self.clauses, self.cause


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of one month."""

    x: float
    y: float
    width: float
    height: float
    number: int
    month: str
    usd_per_kg: float


@dataclass(frozen=True, slots=True)
class Shape:
    """All months of one cause as one path, so that the page and its print stay small."""

    number: int
    part: str
    path: str
    told: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """A picture to draw, in units of one pixel."""

    run: ReadRun
    segments: tuple[Segment, ...]
    shapes: tuple[Shape, ...]
    letters: tuple[tuple[float, float, int], ...]
    totals: tuple[tuple[float, float, float], ...]
    zero_y: float
    across: tuple[tuple[float, str], ...]
    upright: tuple[tuple[float, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT


def keys(report: OutlookReport) -> tuple[Key, ...]:
    """Returns the numbered causes of the gaps of all main products: rules first, the largest first."""
    peaks: dict[PartKey, float] = {}
    for good in headline_goods(report, "gaps"):
        for run in runs_of(report):
            for gap in gaps(run, good).values():
                for pair, usd_per_kg in by_part(gap).items():
                    peaks[pair] = max(peaks.get(pair, 0.0), abs(usd_per_kg))
    held = [pair for pair in peaks if peaks[pair] >= _LEAST_USD or pair[0] == "residual"]
    order = sorted(held, key=lambda pair: (not pair[1], -peaks[pair], pair))
    seen: dict[str, int] = {}
    found = []
    for number, pair in enumerate(order, start=1):
        part, clauses, cause = pair
        variant = seen.get(part, 0)
        seen[part] = variant + 1
        found.append(Key(number, part, clauses, variant % _VARIANTS, peaks[pair], cause))
    return tuple(found)


def bar_charts(report: OutlookReport, good: str, told: Sequence[Key], lang: Lang = "en") -> tuple[BarChart, ...]:
    """Returns one chart per run that splits the gap of a product, all on one scale.

    Args:
        report: The report data.
        good: Id of the good.
        told: The numbered parts.
        lang: Language of the tooltips.
    """
    split = [(run, gaps(run, good)) for run in runs_of(report)]
    split = [(run, found) for run, found in split if found]
    ends = [0.0]
    for _, found in split:
        for gap in found.values():
            amounts = list(by_part(gap).values())
            ends += [total(a for a in amounts if a > 0), total(a for a in amounts if a < 0), gap.usd_per_kg]
    axis = scale(min(ends), max(ends))
    return tuple(_chart(run, found, report["months"], axis, told, lang) for run, found in split)


def _chart(
    run: ReadRun, split: Mapping[str, GapShown], months: Sequence[str], axis: Axis, told: Sequence[Key], lang: Lang
) -> BarChart:
    low, high, ticks = axis
    pitch = (WIDTH - LEFT - RIGHT) / len(months)

    def y_of(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (value - low) / (high - low)

    segments: list[Segment] = []
    totals = []
    for place, month in enumerate(months):
        gap = split.get(month)
        if gap is None:
            continue
        left = LEFT + pitch * place + min(1.0, pitch * 0.1)
        width = pitch - 2 * min(1.0, pitch * 0.1)
        ends = {True: 0.0, False: 0.0}
        amounts = by_part(gap)
        for key in reversed(told):
            amount = amounts.get(key.pair, 0.0)
            start = ends[amount > 0]
            ends[amount > 0] = start + amount
            top, height = y_of(max(start, start + amount)), abs(y_of(start) - y_of(start + amount))
            if height >= _LEAST_HIGH:
                x, y, wide, tall = (round(v, 2) for v in (left, top, width, height))
                segments.append(Segment(x, y, wide, tall, key.number, month, amount))
        totals.append((round(left, 1), round(left + width, 1), round(y_of(gap.usd_per_kg), 1)))
    return BarChart(
        run=run,
        segments=tuple(segments),
        shapes=tuple(_shapes(segments, told, lang)),
        letters=tuple(_letters(segments)),
        totals=tuple(totals),
        zero_y=round(y_of(0.0), 1),
        across=tuple((round(y_of(value), 1), tick_text(value)) for value in ticks),
        upright=tuple((round(LEFT + pitch * (p + 0.5), 1), text) for p, text in month_ticks(months, pitch)),
    )


def _shapes(segments: Sequence[Segment], told: Sequence[Key], lang: Lang) -> Iterator[Shape]:
    for key in told:
        own = [segment for segment in segments if segment.number == key.number]
        if own:
            path = "".join(f"M{s.x} {s.y}h{s.width}v{s.height}h-{s.width}Z" for s in own)
            most = max(own, key=lambda s: (abs(s.usd_per_kg), s.month))
            word = say(part_text(key.part, key.cause), lang)
            text = say(TITLES["segment"], lang).format(key.number, word, num(most.usd_per_kg), most.month)
            yield Shape(key.number, key.part, path, text)


def _letters(segments: Sequence[Segment]) -> Iterator[tuple[float, float, int]]:
    """Yields the number of each cause once, at its highest bar where it touches no other number."""
    taken: list[tuple[float, float, float]] = []
    for number in sorted({segment.number for segment in segments}):
        half = _DIGIT * len(str(number)) / 2
        own = sorted((s for s in segments if s.number == number), key=lambda s: (-s.height, s.x))
        for segment in own:
            x, y = segment.x + segment.width / 2, segment.y + segment.height / 2
            inside = x - half >= LEFT and x + half <= WIDTH
            clear = all(abs(x - tx) >= half + th or abs(y - ty) >= _LETTER_HIGH for tx, ty, th in taken)
            if segment.height >= _LETTER_HIGH and inside and clear:
                taken.append((x, y, half))
                yield round(x, 1), round(y + 3.7, 1), number
                break
