"""Errors of the logarithm of observed over model: a level of each series, a part that passes, and the number itself.

Kinds and sizes are in the pack (`errors`, `measurement`); none is fitted. Errors of different series are taken to be
independent, also where the series overlap, as a country and its region do.

Model discrepancy and measurement error are one Gaussian vector with a fixed covariance, the plain form of what
docs/observations.md cites.

Source: equation 115 of docs/market.md; docs/observations.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coercivity.observations.error_kinds import error_kinds, measurement_sds
from coercivity.observations.rows import Observation
from coercivity.observations.series import Match

Floats = NDArray[np.float64]
Matched = tuple[Observation, Match]
DAYS_A_MONTH = 365.25 / 12
# Distance from the 5th to the 95th percentile of a normal distribution, in standard deviations.
MIDDLE_90 = 2 * 1.6448536269514722


def covariance(rows: Sequence[Matched]) -> Floats:
    """Returns the covariance of the logarithms of observed over model.

    Within a series: `level_sd`^2 + `transient_sd`^2 x rho^(months between the middles of the periods); on the diagonal
    also the variance of the number itself.

    Args:
        rows: Rows with the figures that they mean.

    Raises:
        CoercivityError: If the pack of observations is invalid.
    """
    found = np.zeros((len(rows), len(rows)))
    kinds = error_kinds()
    series = [series_key(row, match) for row, match in rows]
    middles = [middle_months(row) for row, _ in rows]
    for at, (row, match) in enumerate(rows):
        kind = kinds[match.kind]
        for other in range(at + 1):
            if series[at] == series[other]:
                apart = abs(middles[at] - middles[other])
                shared = kind.level_sd**2 + kind.transient_sd**2 * kind.rho**apart
                found[at, other] = found[other, at] = shared
        found[at, at] += measurement_sd(row) ** 2
    return found


def series_key(row: Observation, match: Match) -> tuple[str, ...]:
    """Returns what the rows of one series have in common: what is counted, where, and the figure that they mean.

    Names of series do not matter, so that two papers that quote the same market share its error.
    """
    return (match.kind, match.block, match.how, *match.names, row.partner, row.element, row.form)


def middle_months(row: Observation) -> float:
    """Returns the middle of the period of a row, in months since year 0."""
    return (row.first_on.toordinal() + row.last_on.toordinal() + 1) / 2 / DAYS_A_MONTH


def measurement_sd(row: Observation) -> float:
    """Returns the standard deviation of the logarithm of the number itself.

    A range stated by the source is the middle 90 %; without one, the quality of the row decides.

    Raises:
        CoercivityError: If the pack of observations is invalid.
    """
    if row.low is not None and row.high is not None and 0.0 < row.low < row.high:
        return math.log(row.high / row.low) / MIDDLE_90
    return measurement_sds()[row.quality]


def conditional(
    residuals: Sequence[float] | Floats, known: Sequence[Matched], future: Sequence[Matched]
) -> tuple[Floats, Floats]:
    """Returns mean and covariance of the logarithms of observed over model of future rows, given those of known rows.

    A number that will be published is the figure of a run times the exponential of a draw from them.

    Args:
        residuals: Logarithm of observed over model of each known row.
        known: The known rows.
        future: The future rows.

    Raises:
        ValueError: If there is not one residual for each known row, or one is not a number.
        CoercivityError: If the pack of observations is invalid.

    Source: equation 115 of docs/market.md.
    """
    seen = np.asarray(residuals, dtype=np.float64)
    if seen.shape != (len(known),) or not np.isfinite(seen).all():
        raise ValueError(f"{seen.shape} residuals, all of which must be numbers, for {len(known)} known rows")
    whole = covariance([*known, *future])
    count = len(known)
    ours, theirs, across = whole[:count, :count], whole[count:, count:], whole[count:, :count]
    if not count:
        return np.zeros(len(future)), theirs
    gain = np.linalg.solve(ours, across.T).T
    left = theirs - gain @ across.T
    return gain @ seen, (left + left.T) / 2
