"""The posterior of the parameters in two stages: quantities first, then prices, which do not move the first ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.calibration.likelihood import Likelihood, likelihood
from coercivity.calibration.prior import Prior, spread
from coercivity.calibration.sampling import (
    Weighted,
    along,
    effective_number,
    posterior,
    systematic,
    weights_of,
)
from coercivity.calibration.surface import Surface, fit_surface
from coercivity.ensemble.design import uniform

Floats = NDArray[np.float64]
Log = Callable[[Floats], Floats]
# Fixed before any fit: points of a posterior, and price points for each of them.
POINTS, PRICE_POINTS = 256, 4096


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Observed rows of one stage, beside what the simulations say of them.

    Attributes:
        logs: Logs of the model's values, shape (simulations, rows).
        observed: Logs of the observed values, shape (rows,).
        errors: Covariance of the errors of log(observed / model), shape (rows, rows).
        series: Series of each row.
        kinds: Kind of each row.
    """

    logs: Floats
    observed: Floats
    errors: Floats
    series: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A posterior.

    Attributes:
        prior: The prior.
        shares: Shares of the prior below each value, by point, shape (points, parameters).
        values: Values of the parameters by point [unit of the row], shape (points, parameters).
        quantities: Weighted points of the parameters that quantities move.
        price_shares: Price points, the same for every point, shape (price points, parameters of prices).
        price_weights: Mean weight of each price point over the points.
        price_effective: Effective number of price points, by point.
        surfaces: Response surface of quantities, and of prices.
        evidence: Rows of quantities, and of prices.
    """

    prior: Prior
    shares: Floats
    values: Floats
    quantities: Weighted
    price_shares: Floats
    price_weights: Floats
    price_effective: Floats
    surfaces: tuple[Surface, Surface]
    evidence: tuple[Evidence, Evidence]


def fit(prior: Prior, design: Floats, quantity: Evidence, price: Evidence, *, points: int = POINTS) -> Fitted:
    """Returns the posterior of the parameters.

    Quantities move the first parameters; those of prices are part of the error of their surface. For each point of that
    posterior, prices move the rest of the parameters; nothing goes back.

    Args:
        prior: The prior.
        design: Shares of the prior at which the market was simulated, shape (simulations, parameters).
        quantity: Rows of quantities.
        price: Rows of prices.
        points: Points of the posterior, a power of two.

    Source: equation 109 of docs/market.md; Plummer 2015.
    """
    ours, place = prior.quantities, prior.scaled(prior.values(design))
    surfaces = fit_surface(place[:, :ours], quantity.logs), fit_surface(place, price.logs)
    first = likelihood(surfaces[0], quantity.observed, quantity.errors)
    weighted = posterior(log_of(prior, first), ours)
    chosen = weighted.shares[systematic(weighted.weights, points, weighted.shares)][shuffled(points)]
    second = likelihood(surfaces[1], price.observed, price.errors)
    count = len(prior.names) - ours
    shares = spread(PRICE_POINTS, count, "price points") if count else np.zeros((1, 0))
    weights = price_weights(prior, second, chosen, shares)
    at = along(weights, (np.argsort(uniform(points, "price strata"), kind="stable") + 0.5) / points, shares)
    whole = np.hstack([chosen, shares[at]])
    effective = np.array([effective_number(each) for each in weights])
    return Fitted(
        prior,
        whole,
        prior.values(whole),
        weighted,
        shares,
        weights.mean(axis=0),
        effective,
        surfaces,
        (quantity, price),
    )


def log_of(prior: Prior, found: Likelihood) -> Log:
    """Returns a log-likelihood as a function of shares of the prior."""
    return lambda shares: found.at(prior.scaled(prior.values(shares)))


def price_weights(prior: Prior, found: Likelihood, chosen: Floats, shares: Floats) -> Floats:
    """Returns the weights of price points given each point of quantities, shape (points, price points).

    Each row adds up to 1: a point is not worth more because prices like it.

    Args:
        prior: The prior.
        found: Likelihood of prices.
        chosen: Points of quantities, shape (points, parameters of quantities).
        shares: Price points, shape (price points, parameters of prices).

    Source: equation 109 of docs/market.md.
    """
    log = log_of(prior, found)
    rows = [weights_of(log(np.hstack([np.tile(one, (len(shares), 1)), shares]))) for one in chosen]
    return np.array(rows)


def shuffled(points: int) -> NDArray[np.int64]:
    """Returns an order of points of which the first 2, 4, 8, ... are spread over all, and else follows nothing.

    Points come along a curve; the first half of a file must not be half of the curve.

    Args:
        points: Number of points, a power of two.
    """
    bits = points.bit_length() - 1
    back = [int(f"{at:0{bits}b}"[::-1], 2) if bits else 0 for at in range(points)]
    order = [0]
    for level in range(bits):
        numbers = uniform(2**level, "posterior order", str(level))
        order += [2**level + int(at) for at in np.argsort(numbers, kind="stable")]
    return np.array([back[at] for at in order], dtype=np.int64)
