"""Means over draws, and paired differences with their 90 % intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coercivity.ensemble.results.pairs import mean_interval, paired
from coercivity.ministry.bottleneck.runs import StagedRun
from coercivity.ministry.bottleneck.solving.tonnes import Floats

LEAST_DRAWS = 2


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over draws.

    Attributes:
        low: Lower end of its 90 % interval; None without draws.
        high: Upper end of it.
    """

    mean: float
    low: float | None = None
    high: float | None = None

    @property
    def contains_nothing(self) -> bool:
        """Whether the interval contains 0; never without draws."""
        return self.low is not None and self.high is not None and self.low <= 0.0 <= self.high


def interval(values: Floats) -> Interval:
    """Returns the mean of values with its interval; one value has none.

    Args:
        values: One value a draw.
    """
    if values.size < LEAST_DRAWS:
        return Interval(float(np.mean(values)))
    low, high = mean_interval(values)
    return Interval(float(np.mean(values)), low, high)


def less(run: StagedRun, minus: StagedRun, values: Floats, other: Floats) -> Floats:
    """Returns the paired difference of a figure between two runs, one value a point.

    Args:
        run: The run.
        minus: The run that is subtracted.
        values: The figure in `run` by draw.
        other: The figure in `minus` by draw.

    Raises:
        CoercivityError: If the runs have other points or months.
    """
    return paired(run.draws, minus.draws, values, other)
