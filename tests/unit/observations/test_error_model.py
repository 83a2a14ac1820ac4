"""Covariance of the errors, and what known errors say of others."""

from __future__ import annotations

import math

import numpy as np
import pytest

from coercivity.observations.error_kinds import error_kinds, measurement_sds
from coercivity.observations.error_model import conditional, covariance, measurement_sd
from coercivity.observations.rows import load_observations
from coercivity.observations.series import Match, matched
from tests.unit.observations.made import in_period, match, packed_row

ROWS = [(row, told) for row, told in matched(load_observations()) if isinstance(told, Match)]
JUNE, JULY = (in_period("B063", f"2025-0{month}-01", f"2025-0{month}-30") for month in (6, 7))


def test_the_covariance_of_all_rows_is_positive_definite() -> None:
    whole = covariance(ROWS)
    assert len(ROWS) > 300
    assert np.array_equal(whole, whole.T)
    assert np.linalg.eigvalsh(whole)[0] > 0.0


def test_two_months_of_a_series_share_level_and_part_of_what_passes() -> None:
    kind = error_kinds()["exports"]
    whole = covariance([(JUNE, match(JUNE)), (JULY, match(JULY))])
    months = 30 / (365.25 / 12)
    assert whole[0, 1] == pytest.approx(0.2**2 + 0.2**2 * 0.7**months)
    assert whole[0, 0] == pytest.approx(kind.level_sd**2 + kind.transient_sd**2 + measurement_sds()["reported"] ** 2)


def test_other_series_are_independent() -> None:
    japan = next(row for row in load_observations() if row.series == "magnets CN>Japan")
    germany, union = (
        next(row for row in load_observations() if row.series == f"magnets CN>{place}")
        for place in ("Germany", "European Union")
    )
    rows = [(row, match(row)) for row in (JUNE, japan, germany, union)]
    whole = covariance(rows)
    assert np.array_equal(whole, np.diag(np.diag(whole)))


def test_two_papers_that_quote_one_market_share_its_error() -> None:
    one, other = (
        next(row for row in load_observations() if row.series == name)
        for name in ("Dy Dy2O3 China domestic", "Dy oxide China domestic")
    )
    assert covariance([(row, match(row)) for row in (one, other) if row.id != "PR0662"])[0, -1] > 0.0


def test_a_stated_range_replaces_the_quality() -> None:
    """The ends are the 5th and 95th percentile of a lognormal."""
    ranged = packed_row("B063", low=5000.0, high=6000.0)
    assert measurement_sd(ranged) == pytest.approx(math.log(6 / 5) / (2 * 1.6448536))
    assert measurement_sd(packed_row("B063", low=5000.0, high=5000.0)) == measurement_sds()["reported"]


def test_the_condition_is_the_formula_written_out() -> None:
    """Two known months and a future one, with the inverse of a 2 x 2 matrix by hand."""
    august = in_period("B063", "2025-08-01", "2025-08-31")
    rows = [(row, match(row)) for row in (JUNE, JULY, august)]
    (a, b, c), (_, d, e), (_, _, f) = covariance(rows)
    det = a * d - b * b
    one, two = (c * d - b * e) / det, (a * e - b * c) / det
    mean, left = conditional([0.3, -0.1], rows[:2], rows[2:])
    assert mean == pytest.approx([one * 0.3 + two * -0.1])
    assert left == pytest.approx(np.array([[f - one * c - two * e]]))


def test_the_condition_is_what_draws_say() -> None:
    """Regression on a million draws of the joint distribution gives the same mean and spread."""
    rows = [(row, match(row)) for row in (JUNE, JULY)]
    drawn = np.random.default_rng(1).multivariate_normal(np.zeros(2), covariance(rows), 1_000_000)
    slope = (drawn[:, 0] * drawn[:, 1]).mean() / (drawn[:, 0] ** 2).mean()
    mean, left = conditional([0.5], rows[:1], rows[1:])
    assert mean[0] == pytest.approx(0.5 * slope, abs=0.002)
    assert left[0, 0] == pytest.approx((drawn[:, 1] - slope * drawn[:, 0]).var(), rel=0.01)


def test_without_known_rows_the_errors_are_as_assumed() -> None:
    rows = [(JUNE, match(JUNE))]
    mean, left = conditional([], [], rows)
    assert mean.tolist() == [0.0]
    assert np.array_equal(left, covariance(rows))


@pytest.mark.parametrize("residuals", [[0.1, 0.2], [math.nan], [-math.inf]])
def test_each_known_row_needs_a_number(residuals: list[float]) -> None:
    with pytest.raises(ValueError, match="known rows"):
        conditional(residuals, [(JUNE, match(JUNE))], [(JULY, match(JULY))])
