"""Bases: a plan that is known is found again at once, and a dual is unique where a basis outlasts a change."""

from __future__ import annotations

import numpy as np
import pytest

from coercivity.market.program.basis import carried_basis, start_near, steadiness
from coercivity.market.program.lp import BASIC, INF, LOWER, Lp, Solved


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


def supplied(dear: int, *, spare: bool = False) -> Lp:
    """Three uses of 10 t each, a cheap supply of 6 t for each, and some dear ones at rising cost of 3 t each."""
    lp = Lp()
    for use in range(3):
        row = lp.row(("use", use), low=10.0, high=10.0)
        lp.entry(row, lp.col(("cheap", use), cost=1.0, high=6.0), 1.0)
        for step in range(dear):
            lp.entry(row, lp.col(("dear", use, step), cost=2.0 + step + use / 10, high=3.0), 1.0)
        lp.entry(row, lp.col(("none", use), cost=50.0), 1.0)
        if spare:
            lp.entry(lp.row(("spare", use), low=-INF, high=2.0), lp.cols["dear", use, 0], 1.0)
        lp.elastic(row, 3.0, 1.0)
    lp.ready()
    return lp


@pytest.mark.parametrize("source", [supplied(3), supplied(1), supplied(2), supplied(2, spare=True)])
def test_a_basis_carried_by_key_leads_to_the_plan_of_a_cold_start(source: Lp) -> None:
    """Columns and rows more or fewer than before: the start differs, the optimum and its duals do not."""
    assert source.solve_canonical() is not None
    cold, warm = supplied(2), supplied(2)
    warm.start_from(carried_basis(source, warm))
    found, expected = warm.solve_canonical(), cold.solve_canonical()
    assert found is not None
    assert expected is not None
    assert found.value == pytest.approx(expected.value, abs=1e-9)
    assert found.dual == pytest.approx(expected.dual, abs=1e-9)


def test_a_basis_carried_by_key_keeps_known_states_and_starts_the_others_at_rest() -> None:
    """By hand: new columns are at their lower bound, new rows are basic, and every other state is that of the source."""
    source, target = supplied(2), supplied(3, spare=True)
    assert source.solve_canonical() is not None
    before, after = source.basis(), carried_basis(source, target)
    cols, known = len(target.cols), len(source.cols)
    for key, at in target.cols.items():
        assert after[at] == (before[source.cols[key]] if key in source.cols else LOWER)
    for key, at in target.rows.items():
        assert after[cols + at] == (before[known + source.rows[key]] if key in source.rows else BASIC)


def test_a_programme_with_the_same_keys_takes_the_basis_as_it_is() -> None:
    source = supplied(2)
    assert source.solve_canonical() is not None
    assert carried_basis(source, supplied(2)) == source.basis()


def test_a_programme_that_was_never_solved_has_no_basis_to_carry() -> None:
    assert carried_basis(supplied(2), supplied(3)) == b""
