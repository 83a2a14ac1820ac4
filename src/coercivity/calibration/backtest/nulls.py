"""Null models: no change, and the season of a year ago. They know the series itself and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from coercivity.base.months import Month
from coercivity.base.sums import total

Floats = NDArray[np.float64]

YEAR = 12
# A series with fewer changes than this takes the spread of its kind.
LEAST_CHANGES = 3
# Changes over less than a week say little of a month [months].
_LEAST_STEP = 0.25


@dataclass(frozen=True, slots=True)
class Past:
    """A value of a series, as known.

    Attributes:
        first: First month of its period.
        last: Last month of its period.
        middle: Middle of its period, in months since year 0.
        value: The value; of a quantity the mean of a month, so that periods of any length compare.
    """

    first: Month
    last: Month
    middle: float
    value: float


@dataclass(frozen=True, slots=True)
class NullForecast:
    """A forecast of a null model, log-normal.

    Attributes:
        median: Its median [unit of the series].
        sd: Its standard deviation [log].
    """

    median: float
    sd: float

    def samples(self, count: int) -> Floats:
        """Returns samples at the midpoints of equally likely intervals, in order, shape (count,)."""
        from scipy.special import ndtri

        found: Floats = self.median * np.exp(self.sd * ndtri((np.arange(count) + 0.5) / count))
        return found


def ordered(values: Sequence[Past]) -> list[Past]:
    """Returns values above nil in order of their periods; of those that end together the shortest comes last."""
    return sorted((each for each in values if each.value > 0.0), key=lambda e: (e.last, e.middle, e.first))


def changes(values: Sequence[Past]) -> list[tuple[float, float]]:
    """Returns the changes of a series [log] with the months that each took; periods that overlap are left out.

    Args:
        values: Values of one series.
    """
    found, before = list[tuple[float, float]](), None
    for each in ordered(values):
        if before is not None and (each.first > before.last or each.first == each.last == before.last):
            step = each.middle - before.middle
            if step > 0.0:
                found.append((log(each.value / before.value), max(step, _LEAST_STEP)))
        elif before is not None:
            continue
        before = each
    return found


def monthly_sd(steps: Sequence[tuple[float, float]]) -> float | None:
    """Returns the standard deviation of a change in a month [log]; None with fewer than three changes.

    Changes are taken to add up like steps of a random walk, so that their squares grow with the time they took.

    Args:
        steps: Changes [log] with the months that each took.

    Source: equation 117 of docs/market.md; Hyndman and Athanasopoulos 2021 (naive forecasts and their spread).
    """
    if len(steps) < LEAST_CHANGES:
        return None
    return sqrt(total(change * change for change, _ in steps) / total(months for _, months in steps))


def pooled_sd(of_series: Mapping[str, Sequence[Past]]) -> float | None:
    """Returns the standard deviation of a monthly change over series of one kind [log]; None with too few changes.

    Args:
        of_series: Values by series.
    """
    return monthly_sd([step for name in sorted(of_series) for step in changes(of_series[name])])


def no_change(values: Sequence[Past], kind_sd: float | None, middle: float) -> NullForecast | str:
    """Returns the last value known, with a spread that grows with the root of time.

    Args:
        values: Values of the series, as known.
        kind_sd: Standard deviation of a monthly change of its kind [log], for a series with too few changes.
        middle: Middle of the period to forecast, in months since year 0.

    Returns:
        The forecast, or the key of the reason why there is none.
    """
    held = ordered(values)
    if not held:
        return "no_last_value"
    own = monthly_sd(changes(values))
    spread = own or kind_sd  # a series that never moved says nothing of its spread
    if spread is None:
        return "no_spread"
    ahead = max(middle - held[-1].middle, _LEAST_STEP)
    return NullForecast(held[-1].value, spread * sqrt(ahead))


def seasonal(
    values: Sequence[Past], kind_sd: float | None, first: Month, last: Month, middle: float
) -> NullForecast | str:
    """Returns the value of the same months a year earlier, times how far the series is from a year earlier by now.

    The spread is that of no change.

    Args:
        values: Values of the series, as known.
        kind_sd: Standard deviation of a monthly change of its kind [log].
        first: First month to forecast.
        last: Last month to forecast.
        middle: Middle of the period, in months since year 0.

    Returns:
        The forecast, or the key of the reason why there is none.
    """
    still = no_change(values, kind_sd, middle)
    if isinstance(still, str):
        return still
    held = {(each.first, each.last): each.value for each in ordered(values)}
    before = held.get((first - YEAR, last - YEAR))
    if before is None:
        return "no_year_ago"
    pairs = [(key, held[key] / held[key[0] - YEAR, key[1] - YEAR]) for key in held if _a_year_ago(key) in held]
    if not pairs:
        return "no_ratio"
    _, ratio = max(pairs, key=lambda pair: (pair[0][1], pair[0][0]))
    return NullForecast(before * ratio, still.sd)


def _a_year_ago(months: tuple[Month, Month]) -> tuple[Month, Month]:
    return months[0] - YEAR, months[1] - YEAR
