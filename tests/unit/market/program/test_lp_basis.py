"""The basis as bytes: a programme that takes it over goes on to the last bit as the one that it comes from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.market.program.lp import BASIC, INF, LOWER, UPPER, Lp, Solved

MONTHS, GOODS, COLUMNS = 4, 4, 12
SOLVER = 1e-7

amounts = st.integers(-3, 3).map(float)
costs = st.integers(-20, 20).map(lambda tenths: tenths / 10)
bounds = st.integers(0, 6).map(float)
month = st.fixed_dictionaries(
    {
        "cost": st.lists(costs, min_size=COLUMNS, max_size=COLUMNS),
        "high": st.lists(bounds, min_size=COLUMNS, max_size=COLUMNS),
        "side": st.lists(st.integers(-4, 4).map(float), min_size=GOODS, max_size=GOODS),
    }
)
matrix = st.lists(st.lists(amounts, min_size=COLUMNS, max_size=COLUMNS), min_size=GOODS, max_size=GOODS)
Month = dict[str, list[float]]


def programme(entries: list[list[float]]) -> Lp:
    """Columns that draw on goods, and for each good a dear supply and a cheap outlet, so that there is always a plan."""
    lp = Lp()
    for col in range(COLUMNS):
        lp.col(col)
    for good, own in enumerate(entries):
        row = lp.row(good)
        for col, mass in enumerate(own):
            lp.entry(row, col, mass)
        lp.entry(row, lp.col(("supply", good), cost=50.0), 1.0)
        lp.entry(row, lp.col(("outlet", good), cost=40.0), -1.0)
        lp.elastic(row, 3.0 + good, 1.0)
    lp.ready()
    return lp


def planned(lp: Lp, month: Month) -> Solved:
    """The plan after costs, bounds and sides have moved to a month."""
    lp.costs(np.arange(COLUMNS, dtype=np.int32), np.array(month["cost"]))
    lp.column_bounds(np.arange(COLUMNS, dtype=np.int32), np.zeros(COLUMNS), np.array(month["high"]))
    lp.row_bounds(np.arange(GOODS, dtype=np.int32), np.array(month["side"]), np.array(month["side"]))
    found = lp.solve_canonical()
    assert found is not None
    return found


def bits(plan: Solved) -> tuple[bytes, ...]:
    return plan.value.tobytes(), plan.dual.tobytes(), plan.reduced_cost.tobytes()


@settings(max_examples=60, deadline=None)
@given(matrix, st.lists(month, min_size=MONTHS, max_size=MONTHS), st.integers(1, MONTHS - 1))
def test_a_run_taken_over_in_any_month_goes_on_to_the_last_bit(
    entries: list[list[float]], months: list[Month], resumed: int
) -> None:
    whole, plans, bases = programme(entries), [], []
    for each in months:
        bases.append(whole.basis())
        plans.append(planned(whole, each))
    other = programme(entries)
    other.start_from(bases[resumed])
    for each, plan in zip(months[resumed:], plans[resumed:], strict=True):
        assert bits(planned(other, each)) == bits(plan)
    assert other.basis() == whole.basis()


@settings(max_examples=60, deadline=None)
@given(matrix, st.lists(month, min_size=MONTHS, max_size=MONTHS))
def test_a_plan_from_a_basis_is_the_optimum(entries: list[list[float]], months: list[Month]) -> None:
    """The cost is that of a programme solved from nothing, and no column could lower it: its dual point is feasible."""
    whole = programme(entries)
    for each in months:
        plan, fresh = planned(whole, each), planned(programme(entries), each)
        assert plan.objective == pytest.approx(fresh.objective, abs=SOLVER)
        for col, most in enumerate(each["high"]):
            value, reduced = plan.value[col], plan.reduced_cost[col]
            assert -SOLVER <= value <= most + SOLVER
            assert reduced > -SOLVER or value > most - SOLVER
            assert reduced < SOLVER or value < SOLVER


def mix() -> Lp:
    """Ten tonnes of a mix: cheap at 2 up to 6 t, poor at 3 and dear at 5; at most 8 t may be cheap or poor."""
    lp = Lp()
    cheap, poor, dear = lp.col("cheap", cost=2.0, high=6.0), lp.col("poor", cost=3.0), lp.col("dear", cost=5.0)
    need, common = lp.row("need", low=10.0, high=10.0), lp.row("common", low=-INF, high=8.0)
    for col in (cheap, poor, dear):
        lp.entry(need, col, 1.0)
    for col in (cheap, poor):
        lp.entry(common, col, 1.0)
    lp.ready()
    return lp


def test_the_basis_tells_what_is_basic_and_at_which_bound_the_rest_is() -> None:
    lp = mix()
    assert lp.basis() == b""
    assert lp.solve_canonical() is not None
    assert list(lp.basis()) == [UPPER, BASIC, BASIC, LOWER, UPPER]


def test_a_basis_of_another_programme_is_refused() -> None:
    lp = mix()
    with pytest.raises(ValueError, match="a basis of 3 entries for 2 rows and 3 columns"):
        lp.start_from(bytes([BASIC, LOWER, LOWER]))
    with pytest.raises(ValueError, match="unknown state"):
        lp.start_from(bytes([UPPER, BASIC, BASIC, LOWER, UPPER + 1]))


def test_after_a_month_without_a_plan_the_next_starts_from_nothing() -> None:
    lp = mix()
    assert lp.solve_canonical() is not None
    lp.column_bounds([lp.cols["dear"]], np.array([0.0]), np.array([1.0]))
    assert lp.solve_canonical() is None
    assert lp.basis() == b""


def test_bounds_given_twice_and_bounds_that_stay_reach_the_solver() -> None:
    """Only what moved is sent, and of a column named twice the last bounds count."""
    lp = mix()
    lp.column_bounds([0, 0, 1], np.zeros(3), np.array([1.0, 4.0, INF]))
    stands = lp._engine.getLp()
    assert list(stands.col_upper_) == [4.0, INF, INF]
    lp.column_bounds([0, 0], np.zeros(2), np.array([1.0, 4.0]))
    lp.row_bounds([0, 1], np.array([10.0, -INF]), np.array([10.0, 7.0]))
    stands = lp._engine.getLp()
    assert list(stands.col_upper_) == [4.0, INF, INF]
    assert list(stands.row_upper_) == [10.0, 7.0]
