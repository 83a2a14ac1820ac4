"""Made-up draws: sets of the series that a test names."""

from __future__ import annotations

import numpy as np

from coercivity.ensemble.design import Design
from coercivity.ensemble.runs.keeping import AXIS, Block, Floats, KeptDraw
from coercivity.ensemble.runs.sets import DrawSet, set_of

Series = dict[Block, dict[str, list[float]]]


def kept(point: int, months: list[str], series: Series) -> KeptDraw:
    """Returns a draw with some series."""
    names: dict[Block, tuple[str, ...]] = {block: tuple(sorted(series.get(block, {}))) for block in AXIS}
    values: dict[Block, Floats] = {
        block: np.array([series[block][name] for name in names[block]], dtype=np.float64)
        if names[block]
        else np.zeros((0, 0))
        for block in AXIS
    }
    years = tuple(sorted({month[:4] for month in months}))
    return KeptDraw(point, tuple(months), years, names, values, {})


def draw_set(run: str, months: list[str], draws: dict[int, Series], points: int = 8, scramble: int = 0) -> DrawSet:
    """Returns draws of a run by point."""
    made = [kept(point, months, series) for point, series in draws.items()]
    return set_of(run, Design(points, scramble), made, {})
