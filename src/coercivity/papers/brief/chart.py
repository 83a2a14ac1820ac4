"""Geometry of the step chart: one lane a transaction, one bar a period, suspensions below, two vertical lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.words import Lang, say
from coercivity.papers.brief.report_data import BriefReport, PauseData, WindowData
from coercivity.papers.shared.outcomes import outcome_letter, outcome_text
from coercivity.papers.shared.words import paper_words

LANE = 26
BAR = 15
TOP = 34
BOTTOM = 8
_APART = 64
_LETTER_FROM = 11
_SECOND_FROM = 40
_TOLD = paper_words("brief_words", "chart")


@dataclass(frozen=True, slots=True)
class Bar:
    """One period of one lane.

    Attributes:
        letter: Sign of the result; with the sign of what it may become where it fits.
        told: The same in words, for the tooltip and for screen readers.
    """

    x: float
    width: float
    outcome: str
    letter: str
    told: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One transaction."""

    y: float
    id: str
    anchor: str
    bars: tuple[Bar, ...]
    pauses: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class StepChart:
    """A picture to draw, in units of one pixel."""

    key: str
    width: int
    height: int
    gutter: int
    ticks: tuple[tuple[float, str], ...]
    lanes: tuple[Lane, ...]
    on: float
    unverified: float | None


def chart(body: BriefReport, *, key: str, width: int, gutter: int, lang: Lang = "en") -> StepChart:
    """Returns the geometry of the step chart of a report.

    Args:
        body: The report data.
        key: Word that keeps the ids of two pictures on one page apart.
        width: Width of the picture.
        gutter: Space for the ids on the left.
        lang: Language of the signs and tooltips.
    """
    start = Day.fromisoformat(body["horizon"]["from"])
    end = Day.fromisoformat(body["horizon"]["to"]) + ONE_DAY
    days = (end - start).days

    def x_of(day: Day) -> float:
        inside = min(max(day, start), end)
        return round(gutter + (width - gutter - 2) * (inside - start).days / days, 1)

    lanes = tuple(
        Lane(
            y=TOP + place * LANE,
            id=row["id"],
            anchor=f"t-{place + 1}",
            bars=tuple(_bars(row["windows"], x_of, lang)),
            pauses=tuple(_pauses(row["pauses"], start, end, x_of)),
        )
        for place, row in enumerate(body["transactions"])
    )
    unverified = Day.fromisoformat(body["first_unverified"])
    return StepChart(
        key=key,
        width=width,
        height=TOP + LANE * len(lanes) + BOTTOM,
        gutter=gutter,
        ticks=tuple(_ticks(start, end, width - gutter, x_of)),
        lanes=lanes,
        on=x_of(Day.fromisoformat(body["on"])),
        unverified=x_of(unverified) if start <= unverified < end else None,
    )


def _bars(windows: list[WindowData], x_of: Callable[[Day], float], lang: Lang) -> Iterator[Bar]:
    for window in windows:
        left = x_of(Day.fromisoformat(window["from"]))
        right = x_of(Day.fromisoformat(window["to"]) + ONE_DAY)
        width = round(right - left, 1)
        outcome, may = window["outcome"], window["may_become"]
        shown = outcome_letter(outcome, lang)
        if may and width >= _SECOND_FROM:
            shown = say(_TOLD["letters"], lang).format(shown, outcome_letter(may, lang))
        told = say(_TOLD["bar"], lang).format(window["from"], window["to"], outcome_text(outcome, lang))
        if may:
            told += say(_TOLD["may"], lang).format(outcome_text(may, lang))
        yield Bar(left, width, outcome, shown if width >= _LETTER_FROM else "", told)


def _pauses(
    pauses: list[PauseData], start: Day, end: Day, x_of: Callable[[Day], float]
) -> Iterator[tuple[float, float]]:
    """Yields the periods in which a rule relevant to the lane is suspended, overlapping ones merged."""
    spans = []
    for pause in pauses:
        first = max(Day.fromisoformat(pause["from"]), start)
        last = min(Day.fromisoformat(pause["to"]) + ONE_DAY if pause["to"] else end, end)
        if first < last:
            spans.append((first, last))
    joined: list[tuple[Day, Day]] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    for first, last in joined:
        yield x_of(first), round(x_of(last) - x_of(first), 1)


def _ticks(start: Day, end: Day, width: int, x_of: Callable[[Day], float]) -> Iterator[tuple[float, str]]:
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    step = next((s for s in (1, 3, 6, 12) if width * s / months >= _APART), 24)
    number = start.year * 12 + start.month - 1
    while True:
        year, month = divmod(number, 12)
        day = Day(year, month + 1, 1)
        if day >= end:
            return
        if day >= start and month % min(step, 12) == 0 and (step <= 12 or year % (step // 12) == 0):
            yield x_of(day), f"{year}-{month + 1:02d}"
        number += 1
