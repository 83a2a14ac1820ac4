"""Points of a posterior against the closed form of a line with normal errors."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.special import ndtri

from coercivity.calibration.sampling import Weighted, posterior, systematic, weights_of


def normal_posterior(slopes: Any, seen: Any, sd: float) -> tuple[Any, Any]:
    """Returns mean and covariance of z, of which seen = slopes z + errors, if z is standard normal before."""
    inside = np.linalg.inv(np.eye(slopes.shape[1]) + slopes.T @ slopes / sd**2)
    return inside @ slopes.T @ seen / sd**2, inside


@pytest.mark.parametrize(("sd", "method"), [(0.8, "importance"), (0.03, "tempering")])
def test_the_posterior_is_that_of_the_closed_form(sd: float, method: str) -> None:
    """Few prior points count where the rows are exact, and tempering takes over."""
    numbers = np.random.default_rng(7)
    slopes = numbers.normal(size=(9, 4))
    seen = slopes @ numbers.normal(size=4) + sd * numbers.normal(size=9)

    def log(shares: Any) -> Any:
        return -0.5 * np.square((seen - ndtri(shares) @ slopes.T) / sd).sum(axis=1)

    found = posterior(log, 4, points=2**14)
    mean, covariance = normal_posterior(slopes, seen, sd)
    place = ndtri(found.shares)
    ours = found.weights @ place
    spread = ((place - ours) * found.weights[:, None]).T @ (place - ours)
    scale = np.sqrt(np.diag(covariance))
    assert found.method == method
    assert np.abs((ours - mean) / scale).max() < 0.1
    assert np.sqrt(np.diag(spread)) == pytest.approx(scale, rel=0.1)
    assert same(found, posterior(log, 4, points=2**14))


def same(one: Weighted, other: Weighted) -> bool:
    return one.shares.tobytes() == other.shares.tobytes() and one.weights.tobytes() == other.weights.tobytes()


def test_points_are_taken_as_often_as_they_weigh() -> None:
    """To within one: 256 points of weights between 0.5 and 3.5 in 256."""
    numbers = np.random.default_rng(3)
    shares = numbers.random((200, 5))
    weights = weights_of(np.log(numbers.random(200) + 0.2))
    taken = np.bincount(systematic(weights, 256, shares), minlength=200)
    assert taken.sum() == 256
    assert np.abs(taken - 256 * weights).max() < 1.0
