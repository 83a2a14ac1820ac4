"""Null models know the series itself, and say why where they have no forecast."""

from __future__ import annotations

from math import log, sqrt

import numpy as np
import pytest

from coercivity.calibration.backtest.nulls import (
    NullForecast,
    Past,
    changes,
    monthly_sd,
    no_change,
    pooled_sd,
    seasonal,
)

JAN = 2024 * 12


def _months(values: list[float], first: int = JAN) -> list[Past]:
    return [Past(first + n, first + n, first + n + 0.5, value) for n, value in enumerate(values)]


def test_no_change_is_the_last_value_with_a_band_that_grows_with_the_root_of_time() -> None:
    values = _months([100.0, 110.0, 100.0, 120.0])
    near, far = (no_change(values, None, JAN + 3.5 + ahead) for ahead in (1.0, 4.0))
    assert isinstance(near, NullForecast)
    assert isinstance(far, NullForecast)
    assert near.median == far.median == 120.0
    sd = sqrt((2 * log(1.1) ** 2 + log(1.2) ** 2) / 3)
    assert (near.sd, far.sd) == pytest.approx((sd, 2 * sd))


def test_changes_are_taken_by_the_time_between_them() -> None:
    quotes = [Past(JAN, JAN, JAN + 0.5, 100.0), Past(JAN + 4, JAN + 4, JAN + 4.5, 200.0)]
    assert changes(quotes) == [(log(2.0), 4.0)]


def test_a_span_over_months_that_are_known_gives_no_change() -> None:
    values = [*_months([100.0, 110.0]), Past(JAN, JAN + 1, JAN + 1.0, 105.0)]
    assert len(changes(values)) == 1


def test_a_series_with_few_changes_takes_the_spread_of_its_kind() -> None:
    few = _months([100.0, 110.0])
    assert monthly_sd(changes(few)) is None
    assert no_change(few, None, JAN + 3.5) == "no_spread"
    kind = pooled_sd({"few": few, "more": _months([100.0, 120.0, 100.0])})
    assert kind is not None
    found = no_change(few, kind, JAN + 2.5)
    assert isinstance(found, NullForecast)
    assert found.sd == pytest.approx(kind)


def test_seasonal_is_the_year_ago_times_the_ratio_of_the_last_month_known() -> None:
    values = _months([100.0, 80.0, 120.0, 130.0, 90.0] + [100.0] * 7 + [200.0])
    found = seasonal(values, None, JAN + 13, JAN + 13, JAN + 13.5)
    assert isinstance(found, NullForecast)
    assert found.median == pytest.approx(80.0 * 2.0)


def test_seasonal_says_why_it_has_no_forecast() -> None:
    values = _months([100.0, 80.0, 120.0, 110.0])
    assert seasonal([], None, JAN, JAN, JAN + 0.5) == "no_last_value"
    assert seasonal(values, None, JAN + 7, JAN + 7, JAN + 7.5) == "no_year_ago"
    assert seasonal(values, None, JAN + 13, JAN + 13, JAN + 13.5) == "no_ratio"


def test_samples_of_a_null_model_have_its_median_and_spread() -> None:
    samples = NullForecast(100.0, 0.3).samples(4096)
    assert float(np.median(samples)) == pytest.approx(100.0, rel=1e-3)
    assert float(np.std(np.log(samples))) == pytest.approx(0.3, rel=1e-2)


def test_nil_is_no_last_value() -> None:
    assert no_change(_months([0.0]), 0.2, JAN + 2.5) == "no_last_value"
