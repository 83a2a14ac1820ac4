"""The gamma and beta laws: closed forms, tails, and the fit with lower bounds."""

from __future__ import annotations

import math

import pytest

from coercivity.permission.distributions import Gamma, beta_below, beta_quantile, fitted, gamma_beyond


@pytest.mark.parametrize(
    ("shape", "at", "share"),
    [(1, 0.5, math.exp(-0.5)), (1, 30, math.exp(-30)), (2, 3, 4 * math.exp(-3)), (3, 0.2, 1.22 * math.exp(-0.2))],
)
def test_the_gamma_law_in_closed_form(shape: float, at: float, share: float) -> None:
    assert math.isclose(gamma_beyond(shape, at), share, rel_tol=1e-11)


@pytest.mark.parametrize(
    ("at", "first", "second", "share"), [(0.3, 1, 1, 0.3), (0.3, 2, 1, 0.09), (0.9, 1, 3, 1 - 0.1**3), (0.5, 7, 7, 0.5)]
)
def test_the_beta_law_in_closed_form(at: float, first: float, second: float, share: float) -> None:
    assert math.isclose(beta_below(at, first, second), share, rel_tol=1e-11)
    assert math.isclose(beta_quantile(share, first, second), at, rel_tol=1e-11)


@pytest.mark.parametrize(("at", "share"), [(-0.1, 0), (0, 0), (1, 1), (1.1, 1)])
def test_a_share_lies_between_nothing_and_all(at: float, share: float) -> None:
    assert beta_below(at, 8, 2) == share


def test_every_time_is_longer_than_none() -> None:
    """A gamma law has no mass at or below zero; nothing was decided before a file was accepted."""
    assert (gamma_beyond(3, 0), gamma_beyond(3, -1)) == (1, 1)
    assert (Gamma(60, 900).decided(0), Gamma(60, 900).decided(-1)) == (0, 0)
    assert 0.5 < Gamma(60, 900).decided(60) < 0.6


@pytest.mark.parametrize(("first", "second"), [(8, 2), (1, 19), (27, 3)])
def test_the_two_tails_of_the_beta_law_are_one(first: float, second: float) -> None:
    """Whether a share lies below a point is whether its rest lies above the rest."""
    for at in (0.05, 0.3, 0.5, 0.8, 0.97):
        assert math.isclose(beta_below(at, first, second) + beta_below(1 - at, second, first), 1, rel_tol=1e-11)


def test_times_beyond_a_bound_of_an_exponential_law_forget_the_bound() -> None:
    mean, square = Gamma(10, 100).beyond(7)
    assert math.isclose(mean, 17)
    assert math.isclose(square, 100 + 17**2)


def test_times_seen_are_weighed_with_the_prior_by_hand() -> None:
    """Mean (60 + 30) / 2; mean square (900 + 60 * 60 + 30 * 30) / 2 = 2700, less 45 * 45."""
    found = fitted(Gamma(60, 900), 1, [30], [])
    assert math.isclose(found.mean, 45)
    assert math.isclose(found.variance, 675)
    assert math.isclose(found.shape, 3)
    assert math.isclose(found.scale, 15)


def test_a_time_known_from_below_draws_the_fit_further_than_the_same_time_seen() -> None:
    prior = Gamma(60, 36.0**2)
    seen, at_least = fitted(prior, 6, [42], []), fitted(prior, 6, [], [42])
    assert seen.mean < 60 < at_least.mean
    assert math.isclose(seen.mean, (6 * 60 + 42) / 7)
    alone = fitted(prior, 6, [], [])
    assert alone.mean == 60
    assert alone.variance == pytest.approx(36.0**2)
