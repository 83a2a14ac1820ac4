"""How sure the mean of a difference is: over draws of the market, or over a table of chances that are known roughly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from coercivity.base.sums import total
from coercivity.firm.mix.plans import rounded

# Ends of the middle 90 %.
LOW, HIGH = 0.05, 0.95
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class RestsOn:
    """What the chances of scenarios rest on.

    Attributes:
        points: Number of the point of each scenario, where they are draws of the market; empty for the user's table.
        cases: Number of past cases that the chances of a table rest on; None if it is not stated.
    """

    points: tuple[int, ...] = ()
    cases: int | None = None


@dataclass(frozen=True, slots=True)
class MixRange:
    """How sure the mean of a value is.

    Attributes:
        low_keur: Lower end of the 90 % interval of the mean; None where nothing says how sure the chances are.
        high_keur: Upper end.
        case_low_keur: Lower end of the middle 90 % of cases, by their probability.
        case_high_keur: Upper end.
        cases: Number of draws, or of scenarios.
        rests_on: `draws` of the market, or the user's `table`.
    """

    low_keur: float | None
    high_keur: float | None
    case_low_keur: float
    case_high_keur: float
    cases: int
    rests_on: Literal["draws", "table"]


def range_of(values: Sequence[float], chances: Sequence[float], rests: RestsOn) -> MixRange:
    """Returns the interval of the mean of a value by scenario, and the middle 90 % of the scenarios.

    Args:
        values: The value in each scenario [1000 EUR].
        chances: Probability of each scenario.
        rests: What the chances rest on.

    Source: equations 101 and 102 of docs/market.md.
    """
    if rests.points:
        ends = _of_draws(values, chances, rests.points)
    else:
        ends = None if not rests.cases else _of_table(values, chances, rests.cases)
    low, high = (None, None) if ends is None else (rounded(ends[0]), rounded(ends[1]))
    return MixRange(
        low_keur=low,
        high_keur=high,
        case_low_keur=rounded(quantile(values, chances, LOW)),
        case_high_keur=rounded(quantile(values, chances, HIGH)),
        cases=len(values),
        rests_on="draws" if rests.points else "table",
    )


def quantile(values: Sequence[float], chances: Sequence[float], share: float) -> float:
    """Returns the least value that is not exceeded with a probability of at least `share`."""
    below = 0.0
    for value, chance in sorted(zip(values, chances, strict=True)):
        below += chance
        if below >= share - _ROUNDING:
            return value
    return max(values)


def _of_draws(values: Sequence[float], chances: Sequence[float], points: Sequence[int]) -> tuple[float, float] | None:
    """Returns the interval by Student's t over points; None for one point.

    A point has the same luck in every legal path, so its paths count as one case. Points of a Sobol design lie more
    evenly than independent ones, so that the interval is rather too wide.
    """
    from scipy.stats import t

    by_point: dict[int, float] = {}
    for value, chance, point in zip(values, chances, points, strict=True):
        by_point[point] = by_point.get(point, 0.0) + chance * value
    count = len(by_point)
    if count < 2:
        return None
    parts = [count * part for part in by_point.values()]
    mean = total(parts) / count
    squares = total((part - mean) ** 2 for part in parts)
    wide = float(t.ppf(HIGH, count - 1)) * sqrt(squares / (count - 1) / count)
    return mean - wide, mean + wide


def _of_table(values: Sequence[float], chances: Sequence[float], cases: int) -> tuple[float, float]:
    """Returns the interval if the chances are drawn from a Dirichlet distribution around those of the table.

    Mean and variance of the mean are exact; its distribution is taken as a beta distribution between the least and the
    greatest value, which is exact where there are two values.
    """
    from scipy.stats import beta

    low, high = min(values), max(values)
    if high - low <= _ROUNDING:
        return low, high
    mean = total(value * chance for value, chance in zip(values, chances, strict=True))
    variance = total(chance * (value - mean) ** 2 for value, chance in zip(values, chances, strict=True)) / (cases + 1)
    place, spread = (mean - low) / (high - low), variance / (high - low) ** 2
    if spread <= 0.0:
        return mean, mean
    sure = place * (1.0 - place) / spread - 1.0
    ends = beta.ppf([LOW, HIGH], place * sure, (1.0 - place) * sure)
    return low + float(ends[0]) * (high - low), low + float(ends[1]) * (high - low)
