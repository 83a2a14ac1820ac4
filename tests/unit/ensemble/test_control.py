"""Control variate: few draws on the full planning grid, corrected by many on a shorter one."""

from __future__ import annotations

import math

import numpy as np
import pytest

from coercivity.ensemble.design import Floats, uniform
from coercivity.ensemble.results.control import best_split, two_level_mean, two_level_quantile

REPLICATES, PAIRS, SHORT = 400, 16, 128
COST = 0.1


def test_a_case_by_hand() -> None:
    """The figure is exactly 2 s + 1, so nothing is left of it.

    Pairs: s = 1 to 8, mean 4.5; figures 3 to 17, mean 10. Eight more draws have s = 12, so the mean of all sixteen is
    (36 + 96) / 16 = 8.25. Estimate: 10 + 2 (8.25 - 4.5) = 17.5. Variance of s over all: (154.5 + 112.5) / 15 = 17.8;
    variance of the estimate 4 x 17.8 / 16 = 4.45; half of the interval with 6 degrees of freedom 1.943 sqrt(4.45).
    For the same cost 8 + 16 / 4 = 12 plain draws have the variance 71.2 / 12; the gain is 16 / 12.
    """
    same = np.arange(1.0, 9.0)
    short = np.concatenate([same, np.full(8, 12.0)])
    found = two_level_mean(2.0 * same + 1.0, short, 0.25)
    assert found.pays
    assert found.value == pytest.approx(17.5)
    assert found.high - found.value == pytest.approx(1.94318 * math.sqrt(4.45), rel=1e-5)
    assert found.gain == pytest.approx(16 / 12)
    assert (found.plain, found.slope, found.correlation) == pytest.approx((10.0, 2.0, 1.0))


def _made(key: int, noise: float) -> tuple[Floats, Floats]:
    """Returns draws of exp(x) + noise and of x squared, x uniform; the mean of the first is e - 1."""
    x = uniform(SHORT, "control", "x", str(key))
    left = uniform(PAIRS, "control", "left", str(key)) - 0.5
    return np.exp(x[:PAIRS]) + noise * left, x**2


def test_the_mean_is_not_biased_and_its_interval_holds() -> None:
    """Over 400 sets the mean error lies within its 99 % interval, and the 90 % interval covers as often as it says."""
    found = [two_level_mean(*_made(key, 0.2), COST) for key in range(REPLICATES)]
    errors = np.array([each.value - (math.e - 1.0) for each in found])
    assert abs(errors.mean()) < 2.59 * errors.std(ddof=1) / math.sqrt(REPLICATES)
    covered = sum(each.low <= math.e - 1.0 <= each.high for each in found) / REPLICATES
    assert 0.86 <= covered <= 0.97
    plain = np.array([each.plain - (math.e - 1.0) for each in found])
    assert errors.var() < 0.3 * plain.var()


def test_the_gain_is_what_the_spread_of_many_estimates_shows() -> None:
    """Variance of plain means of as many draws as the same cost buys, over the variance of the estimates."""
    found = [two_level_mean(*_made(key, 0.2), COST) for key in range(REPLICATES)]
    values = np.array([each.value for each in found])
    single = (math.e**2 - 1) / 2 - (math.e - 1) ** 2 + 0.2**2 / 12
    seen = single / (PAIRS + COST * SHORT) / float(values.var(ddof=1))
    assert float(np.median([each.gain for each in found])) == pytest.approx(seen, rel=0.25)


def test_a_weak_or_dear_control_gives_the_plain_mean() -> None:
    """Without correlation, or at the cost of a full draw, nothing is gained, and the result says so."""
    full, short = _made(1, 0.2)
    other = uniform(SHORT, "control", "another")
    for control, cost in ((other, COST), (short, 1.0)):
        found = two_level_mean(full, control, cost)
        assert (found.pays, found.slope, found.value) == (False, 0.0, float(full.mean()))
        assert found.gain <= 1.0


@pytest.mark.parametrize(
    ("full", "short"),
    [
        (np.arange(7.0), np.arange(70.0)),
        (np.arange(8.0), np.ones(80)),
        (np.ones(8), np.arange(80.0)),
        (np.arange(8.0), np.arange(8.0)),
    ],
    ids=["few pairs", "the control does not move", "the figure does not move", "no more draws"],
)
def test_what_cannot_be_judged_gives_the_plain_mean(full: Floats, short: Floats) -> None:
    """No crash and no division by zero."""
    found = two_level_mean(full, short, COST)
    assert not found.pays
    assert found.value == full.mean()


def test_a_quantile_by_hand() -> None:
    """Of all sixteen draws half have s of at most 2, but only two of the eight pairs.

    So these two weigh 0.5 / 2 each and the other six 0.5 / 6; the distribution function reaches 0.5 at the figure 2,
    where the plain one does at 4.
    """
    same = np.arange(1.0, 9.0)
    short = np.concatenate([same, np.full(6, 2.0), np.full(2, 8.0)])
    assert two_level_quantile(same, short, 0.5) == 2.0
    assert two_level_quantile(same, same, 0.5) == 4.0


def test_a_quantile_is_nearer_with_the_control() -> None:
    """The median of exp(x) is the square root of e; its mean squared error falls to less than two thirds."""
    truth = math.exp(0.5)
    made = [_made(key, 0.0) for key in range(REPLICATES)]
    ours = np.array([two_level_quantile(full, short, 0.5) - truth for full, short in made])
    plain = np.array([two_level_quantile(full, short[:PAIRS], 0.5) - truth for full, short in made])
    assert (ours**2).mean() < 0.67 * (plain**2).mean()


def test_the_best_split_by_hand() -> None:
    """At a correlation of 0.8 and a cost of 1/16: sqrt(0.64 x 16 / 0.36) = 16/3 each; gain 1 / (0.6 + 0.2)^2."""
    found = best_split(0.8, 1 / 16)
    assert (found.short_per_pair, found.gain) == pytest.approx((16 / 3, 1 / 0.64))
    assert best_split(-0.8, 1 / 16) == found
    assert best_split(1.0, 0.25).gain == 4.0


def test_the_split_does_not_pay_below_the_limit() -> None:
    """At a cost of 1/4 the squared correlation must exceed 1 / 1.25^2 = 0.64."""
    assert best_split(0.79, 0.25).gain == 1.0
    assert best_split(0.81, 0.25).gain > 1.0
    assert best_split(1.0, 1.0).gain == 1.0


@pytest.mark.parametrize(
    ("full", "short", "cost", "says"),
    [
        (np.ones(1), np.ones(4), 0.1, "two draws"),
        (np.ones((2, 2)), np.ones(4), 0.1, "one figure each"),
        (np.ones(4), np.ones(3), 0.1, "fewer than 4"),
        (np.array([1.0, np.nan]), np.ones(4), 0.1, "not a number"),
        (np.ones(4), np.ones(4), 0.0, "not positive"),
    ],
)
def test_figures_that_do_not_fit_are_refused(full: Floats, short: Floats, cost: float, says: str) -> None:
    """Each fault is named."""
    with pytest.raises(ValueError, match=says):
        two_level_mean(full, short, cost)


def test_a_level_and_a_correlation_outside_their_range_are_refused() -> None:
    """Neither is cut off silently."""
    with pytest.raises(ValueError, match="unit interval"):
        two_level_quantile(np.arange(8.0), np.arange(8.0), 1.0)
    with pytest.raises(ValueError, match="from -1 to 1"):
        best_split(1.1, 0.1)
