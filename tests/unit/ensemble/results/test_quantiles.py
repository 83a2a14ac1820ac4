"""Quantiles, intervals and chances: by hand, by scipy, and by how often an interval holds what it should."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest

from coercivity.ensemble.design import uniform
from coercivity.ensemble.results.chances import chance_row, share_interval
from coercivity.ensemble.results.quantiles import drawn_figure, fan, order_interval, quantile


def test_a_quantile_lies_between_two_order_statistics() -> None:
    """Of 1, 2, 3, 4, 5 the quarter is at rank 1 + 0.25 x 4 = 2, and a tenth at rank 1.4: 1.4."""
    values = np.array([5.0, 3.0, 1.0, 2.0, 4.0])
    assert quantile(values, 0.25) == 2.0
    assert quantile(values, 0.1) == pytest.approx(1.4)


def test_the_interval_of_the_median_of_ten_draws() -> None:
    """B is binomial (10, 1/2): P(B <= 1) = 11/1024 = 0.011, P(B <= 2) = 56/1024 = 0.055, above 0.05.

    So the lower end is the second value, and by symmetry the upper end the ninth.
    """
    assert order_interval(np.arange(1.0, 11.0)) == (2.0, 9.0)


def test_the_interval_of_few_draws_is_their_range() -> None:
    """Of four draws all lie on one side of the median in one of sixteen cases: 0.0625, above 0.05."""
    assert order_interval(np.array([4.0, 1.0, 3.0, 2.0])) == (1.0, 4.0)
    assert order_interval(np.array([7.0])) == (7.0, 7.0)


@pytest.mark.parametrize("draws", [16, 64])
def test_the_interval_holds_the_median_as_often_as_it_says(draws: int) -> None:
    """Of 2,000 samples of a skewed distribution, whose median is log 2, at least 90 % less sampling error."""
    numbers = -np.log(1.0 - uniform(2000 * draws, "coverage", str(draws)).reshape(2000, draws))
    ends = [order_interval(sample) for sample in numbers]
    held = np.mean([low <= np.log(2.0) <= high for low, high in ends])
    assert 0.89 <= held <= 0.96


def test_draws_without_a_value_are_left_out() -> None:
    """The mean of 1 and 3 is 2, of two draws; without any value there is no quantile."""
    row = drawn_figure("a", "dy_outside", "USD/kg", np.array([1.0, np.nan, 3.0]), None)
    assert (row["mean"], row["draws"], row["usual"]) == (2.0, 2, None)
    with pytest.raises(ValueError, match="no draw has a value"):
        quantile(np.array([np.nan]), 0.5)


def test_a_fan_has_a_line_for_every_level() -> None:
    """Two months of three draws: the median of 1, 2, 3 is 2 and of 10, 20, 60 is 20."""
    row = fan("a", "gap:ox_Dy:XCN", "USD/kg", np.array([[1.0, 10.0], [2.0, 60.0], [3.0, 20.0]]), [2.0, 15.0])
    assert row["quantiles"]["50"] == [2.0, 20.0]
    assert list(row["quantiles"]) == ["5", "10", "25", "50", "75", "90", "95"]


def test_a_chance_has_the_interval_of_clopper_and_pearson() -> None:
    """As scipy works it out; of no event in ten draws the upper end p solves (1 - p)^10 = 0.05: 0.2589."""
    for count, draws in [(0, 10), (3, 10), (10, 10), (40, 128)]:
        found = binomtest(count, draws).proportion_ci(0.9, method="exact")
        assert share_interval(count, draws) == pytest.approx((found.low, found.high), abs=1e-12)
    assert share_interval(0, 10)[1] == pytest.approx(1.0 - 0.05**0.1)


def test_the_chance_of_an_event() -> None:
    """It happens in one of four draws."""
    row = chance_row("a", "dy_gap_above_100", np.array([True, False, False, False]))
    assert (row["chance"], row["draws"]) == (0.25, 4)
    assert row["low"] < 0.25 < row["high"]
    with pytest.raises(ValueError, match="0 of 0 draws"):
        chance_row("a", "dy_gap_above_100", np.zeros(0, dtype=bool))
