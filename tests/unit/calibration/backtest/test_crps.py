"""The CRPS of samples is that of the distribution from which they come."""

from __future__ import annotations

from itertools import pairwise
from math import erf, exp, pi, sqrt

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import ndtri

from coercivity.calibration.backtest.measures import crps

EVEN = ndtri((np.arange(20_000) + 0.5) / 20_000)


def _normal(value: float) -> float:
    """Closed form for a standard normal forecast (Gneiting and Raftery 2007)."""
    density = exp(-0.5 * value**2) / sqrt(2 * pi)
    return value * erf(value / sqrt(2)) + 2 * density - 1 / sqrt(pi)


@pytest.mark.parametrize("value", [-3.0, -0.4, 0.0, 1.0, 2.5])
def test_samples_of_a_normal_give_its_closed_form(value: float) -> None:
    assert crps(EVEN, value) == pytest.approx(_normal(value), abs=2e-4)


@pytest.mark.parametrize("value", [-1.0, 2.0, 3.5, 9.0])
def test_it_is_the_integral_of_the_squared_distance_of_the_distributions(value: float) -> None:
    samples = np.array([1.0, 2.0, 2.0, 5.0])

    def distance(at: float) -> float:
        return float(np.mean(samples <= at) - (value <= at)) ** 2

    points = sorted({*samples.tolist(), value})
    whole = sum(quad(distance, low, high)[0] for low, high in pairwise(points))
    assert crps(samples, value) == pytest.approx(whole, abs=1e-6)


def test_without_spread_it_is_the_absolute_error() -> None:
    assert crps(np.full(64, 3.0), 5.5) == pytest.approx(2.5)


def test_a_change_of_unit_changes_it_by_the_same_factor() -> None:
    assert crps(1000.0 * EVEN, 700.0) == pytest.approx(1000.0 * crps(EVEN, 0.7))
