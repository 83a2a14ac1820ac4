"""Direction, trough and floors."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.calibration.backtest.measures import direction, logs, trough

PRICES = st.floats(min_value=0.5, max_value=1e4)
SERIES = st.dictionaries(st.integers(24_000, 24_040), PRICES, min_size=4, max_size=12)


@pytest.mark.parametrize(
    ("last", "forecast", "value", "verdict"),
    [
        (100.0, 120.0, 105.0, "right"),
        (100.0, 80.0, 105.0, "wrong"),
        (100.0, 80.0, 60.0, "right"),
        (100.0, 100.5, 60.0, "none"),
        (100.0, 80.0, 100.5, "none"),
        (None, 80.0, 60.0, "none"),
        (100.0, 0.0, 60.0, "none"),
    ],
)
def test_direction(last: float | None, forecast: float, value: float, verdict: str) -> None:
    assert direction(last, forecast, value) == verdict


def test_nil_counts_as_the_floor() -> None:
    assert logs(np.array([0.0, 1.0, 2.0]), 1.0).tolist() == pytest.approx([0.0, 0.0, np.log(2.0)])
    with pytest.raises(ValueError, match="above 0"):
        logs(np.array([1.0]), 0.0)


@given(SERIES)
def test_a_trough_is_the_least_value_and_the_first_of_equals(values: dict[int, float]) -> None:
    found = trough(values)
    if found is None:
        assert len(set(values.values())) == 1
    else:
        assert all(values[found] < each for month, each in values.items() if month < found)
        assert all(values[found] <= each for each in values.values())


@given(SERIES, st.floats(min_value=0.01, max_value=100.0))
def test_a_change_of_unit_moves_no_trough(values: dict[int, float], factor: float) -> None:
    scaled = {month: factor * value for month, value in values.items()}
    if len(set(scaled.values())) == len(set(values.values())):
        assert trough(scaled) == trough(values)


@given(st.dictionaries(st.integers(24_000, 24_040), PRICES, max_size=3))
def test_three_months_have_no_trough(values: dict[int, float]) -> None:
    assert trough(values) is None
