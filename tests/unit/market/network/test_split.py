"""What became of a demand: usual design, used less, substituted, went without."""

from __future__ import annotations

import pytest

from coercivity.market.network.network import LESS, MORE, Demand, DemandStep, Good, split_of

STEPS = (DemandStep(90.0, 0.5), DemandStep(60.0, 0.2), DemandStep(30.0, 0.3, LESS), DemandStep(10.0, 0.1, MORE))
WIND = Demand("wind", "JP", Good("service_wind", "JP"), 10.0, 0.0, 90.0, STEPS)


@pytest.mark.parametrize(
    ("served_t", "usual_t", "less_t", "substituted_t", "without_t"),
    [
        (10.0, 10.0, 0.0, 0.0, 0.0),
        (8.0, 8.0, 2.0, 0.0, 0.0),  # thrift before any device is left out
        (6.0, 6.0, 3.0, 0.0, 1.0),
        (0.0, 0.0, 3.0, 0.0, 7.0),
        (10.0, 6.0, 0.0, 4.0, 0.0),
        (10.5, 10.5, -0.5, 0.0, 0.0),  # more than usual where it is cheap
        (6.0, 2.0, 3.0, 4.0, 1.0),
    ],
)
def test_thrift_comes_before_going_without(
    served_t: float, usual_t: float, less_t: float, substituted_t: float, without_t: float
) -> None:
    found = split_of(WIND, 10.0, served_t, usual_t)
    assert found == pytest.approx((10.0, usual_t, less_t, substituted_t, without_t), abs=1e-12)
    parts = found.usual_t + found.less_t + found.substituted_t + found.without_t
    assert parts == pytest.approx(found.wanted_t, rel=1e-15)


@pytest.mark.parametrize(("wanted_t", "off_t"), [(10.0, 4e-7), (2400.0, 2e-4), (0.0, 4e-7)])
def test_what_the_solver_leaves_is_no_part_of_demand(wanted_t: float, off_t: float) -> None:
    for served, usual in ((wanted_t - off_t, wanted_t), (wanted_t, wanted_t + off_t), (wanted_t + off_t, wanted_t)):
        assert split_of(WIND, wanted_t, served, usual) == (wanted_t, wanted_t, 0.0, 0.0, 0.0)
    short = split_of(WIND, wanted_t, 0.7 * wanted_t - off_t, 0.7 * wanted_t)
    assert (short.substituted_t, short.without_t) == (0.0, 0.0)
    assert split_of(WIND, wanted_t, 0.7 * wanted_t - 3 * off_t, 0.0).without_t == pytest.approx(3 * off_t)
