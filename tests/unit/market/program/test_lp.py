"""A linear programme is built once; bounds and costs change, and the basis is kept."""

from __future__ import annotations

import numpy as np
import pytest

from coercivity.market.program.lp import INF, Lp, Solved
from tests.oracles.market_toy import FIRST, LICENCE, Toy, again, always, packed_run


def diet() -> Lp:
    """Least cost of 10 t of a mix: cheap at 2 up to 6 t, dear at 5; at most 8 t may be cheap or poor, which costs 3."""
    lp = Lp()
    cheap, poor, dear = lp.col("cheap", cost=2.0, high=6.0), lp.col("poor", cost=3.0), lp.col("dear", cost=5.0)
    need = lp.row("need", low=10.0, high=10.0)
    common = lp.row("common", low=-INF, high=8.0)
    for col in (cheap, poor, dear):
        lp.entry(need, col, 1.0)
    for col in (cheap, poor):
        lp.entry(common, col, 1.0)
    lp.ready()
    return lp


def solved(lp: Lp) -> Solved:
    found = lp.solve()
    assert found is not None
    return found


def test_optimum_duals_and_reduced_costs_of_a_small_programme() -> None:
    lp = diet()
    found = solved(lp)
    assert found.value.tolist() == [6.0, 2.0, 2.0]
    assert found.objective == pytest.approx(12.0 + 6.0 + 10.0)
    # A tonne more is met by what is dear; a tonne more of room saves 5 - 3; a tonne more that is cheap saves 3 - 2.
    assert found.dual.tolist() == pytest.approx([5.0, -2.0])
    assert found.reduced_cost.tolist() == pytest.approx([-1.0, 0.0, 0.0])


def test_bounds_sides_and_costs_move_in_place() -> None:
    lp = diet()
    solved(lp)
    lp.column_bounds([lp.cols["cheap"]], np.array([0.0]), np.array([4.0]))
    assert solved(lp).value.tolist() == [4.0, 4.0, 2.0]
    lp.row_bounds([lp.rows["need"]], np.array([12.0]), np.array([12.0]))
    assert solved(lp).value.tolist() == [4.0, 4.0, 4.0]
    lp.costs([lp.cols["poor"]], np.array([6.0]))
    assert solved(lp).value.tolist() == [4.0, 0.0, 8.0]


def test_nothing_feasible_is_told_and_does_not_spoil_what_follows() -> None:
    lp = diet()
    lp.column_bounds([lp.cols["dear"]], np.array([0.0]), np.array([1.0]))
    assert lp.solve() is None
    lp.column_bounds([lp.cols["dear"]], np.array([0.0]), np.array([INF]))
    assert solved(lp).objective == pytest.approx(28.0)


def test_a_key_stands_once() -> None:
    lp = Lp()
    lp.col("a")
    lp.row("a")
    with pytest.raises(ValueError, match="column 'a' exists already"):
        lp.col("a")
    with pytest.raises(ValueError, match="row 'a' exists already"):
        lp.row("a")


def test_entries_of_one_place_are_summed_and_zeros_left_out() -> None:
    lp = Lp()
    col, row = lp.col("a"), lp.row("r")
    lp.entry(row, col, 0.25)
    lp.entry(row, col, 0.5)
    lp.entry(row, lp.col("b"), 0.0)
    assert lp.entries == {(row, col): 0.75}
    assert lp.shape == (1, 2)


def test_the_basis_is_kept_from_month_to_month() -> None:
    """The next month takes a fraction of the steps that the first takes from nothing."""
    simulation = packed_run("controls-back", "2025-06", 3)
    steps = [done.plan.iterations for done in simulation.months]
    assert max(steps[1:6]) < steps[0] / 2
    done = simulation.months[-1]
    again(simulation.update, done)
    first, second = simulation.update.window.solve(), simulation.update.window.solve()
    assert first is not None
    assert second is not None
    # Only the way from the dual vector that was chosen to the plan, and back.
    assert second.iterations < steps[0] / 10
    assert second.objective == pytest.approx(first.objective, rel=1e-12)


def test_a_warm_answer_is_the_cold_one() -> None:
    """Going on from another month's basis leads where a fresh start does."""
    toy = Toy()
    warm, cold = toy.update(always(LICENCE)), toy.update(always(LICENCE))
    state = toy.state(warm.window.network)
    warm.at(FIRST + 5, state)
    assert warm.window.solve() is not None
    for update in (warm, cold):
        update.at(FIRST, state)
    ours, theirs = warm.window.solve(), cold.window.solve()
    assert ours is not None
    assert theirs is not None
    assert ours.objective == pytest.approx(theirs.objective, rel=1e-12)
