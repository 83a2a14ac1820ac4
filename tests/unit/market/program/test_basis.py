"""Bases: a plan that is known is found again at once, and a dual is unique where a basis outlasts a change."""

from __future__ import annotations

import numpy as np
import pytest

from coercivity.market.program.basis import start_near, steadiness
from coercivity.market.program.lp import INF, Lp, Solved


def mix(need: float = 10.0) -> Lp:
    """Least cost of a mix: cheap at 2 up to 6 t, poor at 3, dear at 5; at most 8 t may be cheap or poor."""
    lp = Lp()
    cheap, poor, dear = lp.col("cheap", cost=2.0, high=6.0), lp.col("poor", cost=3.0), lp.col("dear", cost=5.0)
    row = lp.row("need", low=need, high=need)
    common = lp.row("common", low=-INF, high=8.0)
    for col in (cheap, poor, dear):
        lp.entry(row, col, 1.0)
    for col in (cheap, poor):
        lp.entry(common, col, 1.0)
    lp.ready()
    return lp


def solved(lp: Lp) -> Solved:
    found = lp.solve()
    assert found is not None
    return found


@pytest.mark.parametrize("need", [4.0, 6.0, 7.0, 8.0, 10.0])
def test_a_programme_started_near_its_plan_needs_no_steps_and_gives_that_plan(need: float) -> None:
    plan = solved(mix(need))
    other = mix(need)
    start_near(other, plan)
    again = solved(other)
    assert again.objective == plan.objective
    assert again.value.tolist() == plan.value.tolist()
    assert again.iterations == 0


def test_a_programme_started_near_the_plan_of_another_still_finds_its_own_optimum() -> None:
    lp = mix(10.0)
    start_near(lp, solved(mix(4.0)))
    assert solved(lp).objective == solved(mix(10.0)).objective


@pytest.mark.parametrize(
    ("need", "change", "lasts"),
    [
        (4.0, 1.0, True),  # cheap alone: a tonne more or less is cheap as well
        (5.5, 1.0, False),  # a tonne more is poor
        (6.0, 1e-4, False),  # a gram more is poor, a gram less is cheap
        (8.0, 1e-4, False),  # a gram more is dear
        (10.0, 1.0, True),
        (10.0, 3.0, False),  # three tonnes less are dear and poor
    ],
)
def test_a_basis_outlasts_a_change_as_long_as_no_column_meets_its_bound(
    need: float, change: float, lasts: bool
) -> None:
    lp = mix(need)
    plan = solved(lp)
    row = lp.rows["need"]
    assert steadiness(lp, plan).outlasts(row, change) == lasts
    ends = []
    for more in (change, -change):
        lp.row_bounds([row], np.array([need + more]), np.array([need + more]))
        ends.append((solved(lp).objective - plan.objective) / more)
    assert (ends[0] == pytest.approx(ends[1]) == pytest.approx(float(plan.dual[row]))) == lasts
