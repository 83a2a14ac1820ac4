"""Convergence by scrambles."""

from __future__ import annotations

import numpy as np
import pytest

from coercivity.base.errors import CoercivityError
from coercivity.ensemble.results.convergence import median, over_scrambles, tail_mean


def test_the_mean_of_the_tail() -> None:
    """A twentieth of 40 draws is two: of 1 to 40 the mean of 39 and 40, 39.5. Of 10 it is half of one: 10."""
    assert tail_mean(np.arange(1.0, 41.0)) == pytest.approx(39.5)
    assert tail_mean(np.arange(1.0, 11.0)) == pytest.approx(10.0)
    # A twentieth of 30 is 1.5: (30 + 29 / 2) / 1.5.
    assert tail_mean(np.arange(1.0, 31.0)) == pytest.approx((30.0 + 14.5) / 1.5)


def test_the_half_width_over_two_scrambles() -> None:
    """Medians 2 and 4: mean 3, standard deviation sqrt(2), error 1; t at 95 % with one degree of freedom is 6.3138."""
    found = over_scrambles([np.array([1.0, 2.0, 3.0]), np.array([3.0, 4.0, 5.0])], median)
    assert (found.mean, found.scrambles) == (3.0, 2)
    assert found.half_width == pytest.approx(6.313752)


def test_one_scramble_has_no_spread() -> None:
    """Refused with the number to give."""
    with pytest.raises(CoercivityError, match="at least two"):
        over_scrambles([np.array([1.0, 2.0])], median)
