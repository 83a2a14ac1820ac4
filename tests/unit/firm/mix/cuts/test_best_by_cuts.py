"""Cutting planes against the long way: the same objective, and a bound that is never above it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coercivity.firm.mix.cuts.arrays import arrays_of
from coercivity.firm.mix.cuts.best import CutPlan, Cuts, best_by_cuts, tail_weights
from coercivity.firm.mix.cuts.recourse import Recourse, blocks_of
from coercivity.firm.mix.model import MixCase, MixItem, MixLimits, MixOption
from tests.unit.firm.mix.cuts.made_up import made_up
from tests.unit.firm.mix.cuts.whole_programme import least_of, least_of_all


def best(case: MixCase, weight: float = 0.0) -> CutPlan:
    """Returns the best plan of a case that has one."""
    found = best_by_cuts(case, weight)
    assert found is not None
    return found


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_best_objective_equals_the_long_way(seed: int, shared: bool) -> None:
    case = made_up(seed, shared=shared, limited=seed % 2 == 1)
    for weight in (0.0, 0.4, 1.0):
        found, expected = best_by_cuts(case, weight), least_of_all(case, weight)
        assert (found is None) == (expected is None)
        if found is not None and expected is not None:
            assert found.objective_keur == pytest.approx(expected, rel=3e-6)
            assert found.lower_keur <= expected * (1.0 + 1e-9) + 1e-6
            assert found.gap_share <= 1e-6


@pytest.mark.parametrize("seed", range(4))
def test_costs_of_the_plan_are_those_of_the_long_way(seed: int) -> None:
    case = made_up(seed, shared=seed % 2 == 1, limited=seed > 1)
    found = best_by_cuts(case, 0.4)
    if found is None:
        return
    held = least_of(case, frozenset(found.plan.options), 0.4, dict(found.plan.stock_t))
    assert held == pytest.approx(found.objective_keur, rel=1e-6)
    mean = np.dot(found.costs_keur, [each.probability for each in case.scenarios])
    assert mean == pytest.approx(found.mean_keur, rel=1e-9)
    most = case.limits.lost_line_days
    assert most is None or max(found.line_days) <= most + 1e-6


def test_another_weight_reuses_the_cuts() -> None:
    case = made_up(3, shared=True)
    weights = [0.0, 0.25, 0.5, 0.75, 1.0]
    cuts = Cuts(case)
    together = cuts.frontier(weights)
    alone = [best(case, weight) for weight in weights]
    for one, other in zip(together, alone, strict=True):
        assert one.objective_keur == pytest.approx(other.objective_keur, rel=3e-6)
    assert cuts.steps < sum(each.steps for each in alone)
    means = [plan.mean_keur for plan in together]
    assert means == sorted(means) or np.diff(means).min() > -1e-2


def test_the_same_case_gives_the_same_bits() -> None:
    case = made_up(5, shared=True, limited=True)
    assert best_by_cuts(case, 0.5) == best_by_cuts(case, 0.5)


def test_no_plan_where_limits_clash() -> None:
    case = made_up(1, shared=False)
    limits = MixLimits(budget_keur=0.0, lost_line_days=0.0)
    assert best_by_cuts(replace(case, limits=limits)) is None


def test_level_of_cvar_must_be_below_one() -> None:
    with pytest.raises(ValueError, match="below 1"):
        best_by_cuts(replace(made_up(1, shared=False), alpha=1.0))


def test_negative_extra_cost_is_refused() -> None:
    case = made_up(1, shared=False)
    options = (replace(case.options[0], extra_keur=-1.0), *case.options[1:])
    with pytest.raises(ValueError, match="negative extra cost"):
        best_by_cuts(replace(case, options=options))


def test_items_are_blocked_by_what_serves_them_together() -> None:
    """A and C share air, B has a source of its own; a leaner grade ties D to B."""
    items = tuple(MixItem(name, "heavy", (1.0,), 1.0, 2.0, None) for name in "ABCD")
    options = (
        MixOption("air", "air", 1.0, 0, 1.0, 1.0, ("C", "A")),
        MixOption("own", "own_processing", 1.0, 0, 1.0, 1.0, ("B",)),
        MixOption("lean", "leaner_grade", 1.0, 0, 1.0, 0.0, ("D", "B")),
    )
    assert blocks_of(MixCase(items, options, (), MixLimits(), 1)) == ((0, 2), (1, 3))


def test_cvar_splits_the_scenario_at_the_edge() -> None:
    """Dearest 10 % of chances 0.04, 0.56, 0.4 with costs 3, 2, 1: 40 % of the first and 60 % of the second."""
    weights = tail_weights(np.array([2.0, 3.0, 1.0]), np.array([0.56, 0.04, 0.4]), 0.9)
    assert weights == pytest.approx([0.6, 0.4, 0.0])


def test_equal_scenarios_are_one() -> None:
    case = made_up(2, shared=False)
    doubled = replace(case, scenarios=case.scenarios * 2)
    halves = replace(doubled, scenarios=tuple(replace(s, probability=s.probability / 2.0) for s in doubled.scenarios))
    assert len(arrays_of(halves).chance) == len(arrays_of(case).chance)
    assert best(halves, 0.5).objective_keur == pytest.approx(best(case, 0.5).objective_keur, rel=1e-9)
    assert len(best(halves).costs_keur) == 2 * len(case.scenarios)
    assert Recourse(arrays_of(case)).closed
