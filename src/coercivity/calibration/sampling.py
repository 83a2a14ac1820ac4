"""Points of a posterior: weights of prior points, low-discrepancy resampling, and tempering where few points count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from coercivity.calibration.prior import spread
from coercivity.ensemble.design import uniform

Floats = NDArray[np.float64]
Method = Literal["importance", "tempering"]
# The rule, fixed before any fit: so many prior points; below the least effective number, tempering.
PRIOR_POINTS, LEAST_EFFECTIVE = 2**18, 200.0
PARTICLES, MOST_STEPS, MOVES = 4096, 50, 10
_HALF, _BISECTIONS, _BITS = 0.5, 60, 8
_DECIMALS = 6  # of the log of a chance of a move


@dataclass(frozen=True, slots=True, eq=False)
class Weighted:
    """Points with weights.

    Attributes:
        shares: Shares of the prior below each parameter, shape (points, parameters).
        weights: Their weights, which add up to 1.
        method: How they were found.
        steps: Steps of the tempering.
        effective: Effective number of prior points, by importance alone.
    """

    shares: Floats
    weights: Floats
    method: Method
    steps: int
    effective: float


def weights_of(logs: Floats) -> Floats:
    """Returns weights that add up to 1 from their logs."""
    found = np.exp(logs - logs.max())
    shares: Floats = found / found.sum()
    return shares


def effective_number(weights: Floats) -> float:
    """Returns the effective number of points, Kish's.

    Args:
        weights: Weights that add up to 1.

    Source: equation 108 of docs/market.md.
    """
    return float(1.0 / np.square(weights).sum())


def posterior(log_likelihood: Callable[[Floats], Floats], dimensions: int, *, points: int = PRIOR_POINTS) -> Weighted:
    """Returns points of the posterior: weighted prior points, or, if few of them count, particles.

    Args:
        log_likelihood: Log-likelihood from shares of the prior, shape (points, parameters).
        dimensions: Number of parameters.
        points: Prior points, a power of two.

    Source: equation 108 of docs/market.md.
    """
    shares = spread(points, dimensions, "prior points")
    weights = weights_of(log_likelihood(shares))
    effective = effective_number(weights)
    if effective >= LEAST_EFFECTIVE:
        return Weighted(shares, weights, "importance", 0, effective)
    return _tempered(log_likelihood, dimensions, effective)


def _tempered(log_likelihood: Callable[[Floats], Floats], dimensions: int, effective: float) -> Weighted:
    """Returns particles that were led from prior to posterior by rising powers of the likelihood.

    A power is the largest at which half the particles still count; after each the particles are resampled and moved by
    a random walk on the normal scale, until all of the likelihood counts.

    Source: equation 108 of docs/market.md; Neal 2001.
    """
    from scipy.special import ndtr, ndtri

    place: Floats = ndtri(spread(PARTICLES, dimensions, "particles"))
    logs, power, steps = log_likelihood(ndtr(place)), 0.0, 0
    while power < 1.0 and steps < MOST_STEPS:
        power, last, steps = _next_power(logs, power), power, steps + 1
        weights = weights_of((power - last) * logs)
        mean = weights @ place
        spread_of = ((place - mean) * weights[:, None]).T @ (place - mean) + 1e-9 * np.eye(dimensions)
        walk = 2.38 / np.sqrt(dimensions) * np.linalg.cholesky(spread_of)
        chosen = systematic(weights, PARTICLES, ndtr(place))
        place, logs = place[chosen], logs[chosen]
        for move in range(MOVES):
            key = ("tempering", str(steps), str(move))
            normal = ndtri(np.clip(uniform(PARTICLES * dimensions, *key, "walk"), 1e-12, 1.0 - 1e-12))
            tried = np.round(place + normal.reshape(PARTICLES, dimensions) @ walk.T, 9)
            found = log_likelihood(np.clip(ndtr(tried), 1e-9, 1.0 - 1e-9))
            gain = power * (found - logs) - 0.5 * (np.square(tried) - np.square(place)).sum(axis=1)
            taken = np.log(uniform(PARTICLES, *key, "accept")) < np.round(gain, _DECIMALS)
            place, logs = np.where(taken[:, None], tried, place), np.where(taken, found, logs)
    weights = weights_of((1.0 - power) * logs)
    return Weighted(np.clip(ndtr(place), 1e-9, 1.0 - 1e-9), weights, "tempering", steps, effective)


def _next_power(logs: Floats, power: float) -> float:
    """Returns the largest power at which half the particles still count."""
    if effective_number(weights_of((1.0 - power) * logs)) >= _HALF * len(logs):
        return 1.0
    low, high = power, 1.0
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2.0
        if effective_number(weights_of((middle - power) * logs)) >= _HALF * len(logs):
            low = middle
        else:
            high = middle
    return round(max(low, power + 1e-6), 9)


def systematic(weights: Floats, count: int, shares: Floats) -> NDArray[np.int64]:
    """Returns which points are taken: evenly along the sum of weights, with neighbours next to each other.

    Args:
        weights: Weights that add up to 1.
        count: How many are taken.
        shares: The points in the unit cube, by which neighbours are found, shape (points, parameters).

    Source: equation 108 of docs/market.md; Gerber et al. 2019.
    """
    order = _curve(shares)
    ends = np.cumsum(weights[order])
    at = np.searchsorted(ends, (np.arange(count) + 0.5) / count * ends[-1])
    found: NDArray[np.int64] = order[np.minimum(at, len(order) - 1)]
    return found


def along(weights: Floats, where: Floats, shares: Floats) -> NDArray[np.int64]:
    """Returns one point of each row of weights, at a place along the sum of the row.

    Args:
        weights: Weights of the points by row, each row adds up to 1, shape (rows, points).
        where: Place of each row, inside the unit interval, shape (rows,).
        shares: The points in the unit cube, by which neighbours are found, shape (points, parameters).
    """
    order = _curve(shares)
    ends = np.cumsum(weights[:, order], axis=1)
    at = [int(np.searchsorted(row, place * row[-1])) for row, place in zip(ends, where, strict=True)]
    found: NDArray[np.int64] = order[np.minimum(np.array(at, dtype=np.int64), len(order) - 1)]
    return found


def _curve(shares: Floats) -> NDArray[np.int64]:
    """Returns the order of points along a curve that fills the cube, its bits taken from each parameter in turn."""
    cells = np.minimum(shares * 2**_BITS, 2**_BITS - 1).astype(np.int64)
    place = np.zeros(len(shares), dtype=np.int64)
    for bit in range(_BITS - 1, -1, -1):
        for at in range(min(shares.shape[1], 63 // _BITS)):
            place = (place << 1) | ((cells[:, at] >> bit) & 1)
    found: NDArray[np.int64] = np.argsort(place, kind="stable")
    return found
