"""Distributions of drawn figures, by their inverse: from a coordinate to a figure."""

from __future__ import annotations

import math

from coercivity.base.canonical import round_sig
from coercivity.ensemble.rows import RangedRow
from coercivity.permission.grants import mean_share

# Half the width of the central 90 % of a normal distribution, in standard deviations.
HALF_90 = 1.645
# Least share of its usual figure that a draw of a normal distribution leaves of a figure that is not negative: nothing
# disappears, so that all draws have the same network.
LEAST_SHARE = 1e-3


def figure(row: RangedRow, coordinate: float) -> float:
    """Returns the drawn figure of a row, rounded to nine significant digits [unit of the row].

    Args:
        row: The row.
        coordinate: Its coordinate in the design, inside the unit interval.

    Source: equation 88 of docs/market.md.
    """
    if row.distribution == "normal":
        return round_sig(normal(row, coordinate))
    return round_sig(triangular(coordinate, row.low, row.value, row.high))


def triangular(coordinate: float, low: float, mode: float, high: float) -> float:
    """Returns the figure of a triangular distribution.

    Args:
        coordinate: Share of the distribution below it.
        low: Least figure.
        mode: Most likely figure.
        high: Greatest figure.
    """
    turn = (mode - low) / (high - low)
    if coordinate < turn:
        return low + math.sqrt(coordinate * (high - low) * (mode - low))
    return high - math.sqrt((1.0 - coordinate) * (high - low) * (high - mode))


def normal(row: RangedRow, coordinate: float) -> float:
    """Returns the figure of a normal distribution around the value of a row, above zero if the row is not negative.

    Its standard deviation is that with which the balanced base year reads the range.

    Args:
        row: The row.
        coordinate: Share of the distribution below the figure.

    Source: equation 1 of docs/market.md.
    """
    from scipy.special import ndtri

    found = row.value + (row.high - row.low) / (2 * HALF_90) * float(ndtri(coordinate))
    return max(found, LEAST_SHARE * row.value) if row.low >= 0.0 else found


def granted_share(granted: float, refused: float, coordinate: float) -> float:
    """Returns the share of applications granted: a quantile of the beta distribution of its two counts.

    Args:
        granted: Applications granted, prior included.
        refused: Applications refused, prior included.
        coordinate: Share of the distribution below the result.

    Source: equation 15 of docs/market.md.
    """
    from scipy.special import betaincinv

    if granted <= 0.0 or refused <= 0.0:
        return mean_share(granted, refused)
    return round_sig(float(betaincinv(granted, refused, coordinate)))
