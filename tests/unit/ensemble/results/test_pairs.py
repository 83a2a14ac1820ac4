"""Paired differences: only of equal points, with the interval of the t-distribution."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import ttest_rel

from coercivity.base.errors import CoercivityError
from coercivity.ensemble.design import uniform
from coercivity.ensemble.results.pairs import mean_interval, paired, paired_row
from tests.unit.ensemble.results.made_up import draw_set

MONTHS = ["2026-01"]


def test_only_points_in_both_runs_make_pairs() -> None:
    """Points 0, 2, 3 and 0, 1, 3 share 0 and 3: 10 - 1 = 9 and 30 - 3 = 27."""
    a = draw_set("a", MONTHS, {0: {}, 2: {}, 3: {}})
    b = draw_set("b", MONTHS, {0: {}, 1: {}, 3: {}})
    assert paired(a, b, np.array([10.0, 20.0, 30.0]), np.array([1.0, 2.0, 3.0])).tolist() == [9.0, 27.0]


def test_the_interval_is_that_of_a_paired_t_test() -> None:
    """As scipy works it out; of 1 and 3 the mean is 2, the error 1 and t 6.3138."""
    assert mean_interval(np.array([1.0, 3.0])) == pytest.approx((2.0 - 6.313752, 2.0 + 6.313752))
    more, less = uniform(20, "more"), uniform(20, "less")
    found = ttest_rel(more, less).confidence_interval(0.9)
    assert mean_interval(more - less) == pytest.approx((found.low, found.high))


def test_a_row_says_in_how_many_draws_the_difference_is_positive() -> None:
    """Of -1, 2, 5 two are positive; the mean is 2."""
    a, b = draw_set("a", MONTHS, {0: {}, 1: {}, 2: {}}), draw_set("b", MONTHS, {0: {}, 1: {}, 2: {}})
    row = paired_row(a, b, "dy_gap", "USD/kg", np.array([0.0, 3.0, 6.0]), np.array([1.0, 1.0, 1.0]))
    assert row is not None
    assert (row["mean"], row["draws"]) == (2.0, 3)
    assert row["share_positive"] == pytest.approx(2 / 3)
    assert (row["run"], row["less"]) == ("a", "b")


def test_points_of_another_scramble_or_other_months_are_refused() -> None:
    """The same number of a point is another point there."""
    a = draw_set("a", MONTHS, {0: {}, 1: {}})
    values = np.array([1.0, 2.0])
    for other in (draw_set("b", MONTHS, {0: {}, 1: {}}, scramble=1), draw_set("b", ["2026-02"], {0: {}, 1: {}})):
        with pytest.raises(CoercivityError, match="make no pairs"):
            paired(a, other, values, values)


def test_runs_without_a_point_in_common_are_refused() -> None:
    """Points 0 and 1 have nothing to be subtracted from; one pair alone has no interval and no row."""
    a, b = draw_set("a", MONTHS, {0: {}}), draw_set("b", MONTHS, {1: {}})
    with pytest.raises(CoercivityError, match="no point has a value"):
        paired(a, b, np.array([1.0]), np.array([1.0]))
    assert paired_row(a, a, "dy_gap", "USD/kg", np.array([1.0]), np.array([1.0])) is None


def test_the_interval_holds_the_mean_in_nine_of_ten_samples() -> None:
    """Differences of 16 pairs around 1, in 2,000 samples."""
    samples = 1.0 + uniform(2000 * 16, "pairs").reshape(2000, 16) - 0.5
    ends = [mean_interval(sample) for sample in samples]
    assert 0.88 <= np.mean([low <= 1.0 <= high for low, high in ends]) <= 0.92
