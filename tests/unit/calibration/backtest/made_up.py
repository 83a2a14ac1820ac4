"""Made-up rows of two series of the pack, and made-up runs that have figures for them; no number is one of the market."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from coercivity.base.days import Day
from coercivity.base.months import Month, month_text
from coercivity.ensemble.design import Design
from coercivity.ensemble.runs.keeping import AXIS, Block, Floats, KeptDraw
from coercivity.ensemble.runs.sets import DrawSet, set_of
from coercivity.observations.rows import Observation, load_observations

FIRST = 2029 * 12  # January 2029
MAGNETS, HOME = "magnets CN>World", "Dy Dy2O3 China domestic"
FIGURES: Mapping[str, tuple[Block, str]] = {MAGNETS: ("out", "magnets:XCN"), HOME: ("quote", "ox_Dy:CN")}


def made_row(series: str, month: Month, value: float, **changes: object) -> Observation:
    """A row of a month of a series, published on the twentieth of the next month."""
    like = next(row for row in load_observations() if row.series == series and row.freq in ("month", "day"))
    after = month + 1
    row = replace(
        like,
        id=f"M-{FIGURES[series][1]}-{month_text(month)}",
        freq="month",
        first_on=Day(month // 12, month % 12 + 1, 1),
        last_on=Day(month // 12, month % 12 + 1, calendar.monthrange(month // 12, month % 12 + 1)[1]),
        published_on=Day(after // 12, after % 12 + 1, 20),
        value=value,
        low=None,
        high=None,
        quality="reported",
        used=True,
        why_not="",
        group="",
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def made_rows(series: str, first: Month, values: Sequence[float]) -> list[Observation]:
    """Rows of months that follow each other."""
    return [made_row(series, first + n, value) for n, value in enumerate(values)]


def made_draw(first: Month, series: Mapping[str, Sequence[float]], point: int = 0) -> KeptDraw:
    """What is kept of a made-up run: figures of some series by month."""
    count = len(next(iter(series.values())))
    months = [first + n for n in range(count)]
    held: dict[Block, dict[str, list[float]]] = {block: {} for block in AXIS}
    for name, each in series.items():
        block, figure = FIGURES[name]
        held[block][figure] = list(map(float, each))
    names: dict[Block, tuple[str, ...]] = {block: tuple(sorted(held[block])) for block in AXIS}
    values: dict[Block, Floats] = {
        block: np.array([held[block][name] for name in names[block]], dtype=np.float64).reshape(
            len(names[block]), width
        )
        for block, width in ((block, count if names[block] else 0) for block in AXIS)
    }
    years = tuple(sorted({month_text(month)[:4] for month in months}))
    return KeptDraw(point, tuple(map(month_text, months)), years, names, values, {})


def made_set(first: Month, draws: Sequence[Mapping[str, Sequence[float]]]) -> DrawSet:
    """Made-up draws of a run."""
    return set_of("as-known", Design(len(draws)), [made_draw(first, each, n) for n, each in enumerate(draws)], {})
