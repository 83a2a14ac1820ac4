"""Scores of one forecast against one figure: CRPS, bands, direction, month of trough. Pure functions of numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from coercivity.base.months import Month

Floats = NDArray[np.float64]
Verdict = Literal["right", "wrong", "none"]
# Bands that are shown, by the share of the samples inside [per cent].
BANDS = (50, 80, 95)
# A smaller change than this has no direction [log]; quotes are rounded by as much.
STILL = 0.01
# A series needs so many months in the horizon to have a trough.
LEAST_TROUGH_MONTHS = 4


def crps(samples: Floats, value: float) -> float:
    """Returns the continuous ranked probability score of samples [unit of the samples]; less is better.

    It is the mean distance to the value, less half the mean distance of two samples; for a forecast without spread it
    is the absolute error.

    Args:
        samples: Samples of the forecast, shape (samples,).
        value: What was observed.

    Source: equation 116 of docs/market.md; Gneiting and Raftery 2007.
    """
    ordered, count = np.sort(samples), len(samples)
    weights = (2.0 * np.arange(1, count + 1) - count - 1.0) / count**2
    return float(np.mean(np.abs(samples - value)) - weights @ ordered)


def logs(values: Floats, floor: float) -> Floats:
    """Returns logarithms; what is below a floor counts as the floor, so that nil has a score.

    Args:
        values: The values.
        floor: The floor, above 0 [unit of the values].

    Raises:
        ValueError: If the floor is not above 0.
    """
    if not floor > 0.0:
        raise ValueError("the floor of a logarithm is above 0")
    found: Floats = np.log(np.maximum(values, floor))
    return found


def ends(samples: Floats, band: int) -> tuple[float, float]:
    """Returns the ends of the central band that holds a share of the samples.

    Args:
        samples: The samples, shape (samples,).
        band: The share [per cent].
    """
    beside = (1.0 - band / 100.0) / 2.0
    low, high = np.quantile(samples, (beside, 1.0 - beside))
    return float(low), float(high)


def direction(last: float | None, forecast: float, value: float) -> Verdict:
    """Returns whether a forecast has the sign of the change since the last value known.

    Args:
        last: The last value known; None if there is none.
        forecast: Median of the forecast.
        value: What was observed.

    Returns:
        none: if there is no last value, or one of the two changes is below one per cent.
    """
    if last is None or min(last, forecast, value) <= 0.0:
        return "none"
    changes = log(forecast / last), log(value / last)
    if min(map(abs, changes)) < STILL:
        return "none"
    return "right" if (changes[0] > 0.0) == (changes[1] > 0.0) else "wrong"


def trough(values: Mapping[Month, float]) -> Month | None:
    """Returns the month of the least value, the first of equals; None with fewer than four months or without a change.

    Args:
        values: Values by month.
    """
    if len(values) < LEAST_TROUGH_MONTHS or min(values.values()) == max(values.values()):
        return None
    return min(values, key=lambda month: (values[month], month))


def by_month(months: Sequence[Month], values: Sequence[float]) -> dict[Month, float]:
    """Returns the mean of the values of each month, in order of the months.

    Args:
        months: Month of each value.
        values: The values.
    """
    held: dict[Month, list[float]] = {}
    for month, value in zip(months, values, strict=True):
        held.setdefault(month, []).append(value)
    return {month: float(np.mean(held[month])) for month in sorted(held)}
