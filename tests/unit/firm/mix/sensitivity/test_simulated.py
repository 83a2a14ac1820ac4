"""Simulated scenarios give the exact mean within their error, and the same digits for a seed."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity import best_mix
from coercivity.base.errors import CoercivityError
from coercivity.firm.mix.sensitivity.simulated import simulated

ROOT = Path(__file__).parents[5]

WIND, BRENNER = (ROOT / "examples/firms" / name for name in ("wind.yaml", "brenner.yaml"))


@pytest.mark.parametrize("seed", range(5))
def test_a_hundred_thousand_scenarios_are_within_one_per_cent(seed: int) -> None:
    """J8: the plan costs 1,028."""
    found = simulated(best_mix(WIND).found.best, 100_000, seed)
    assert found.mean_keur == pytest.approx(1028, rel=0.01)
    assert abs(found.mean_keur - 1028) < 4 * found.error_keur


def test_one_seed_has_one_result_and_another_seed_another() -> None:
    best = best_mix(BRENNER).found.best
    assert simulated(best, 1000, 7) == simulated(best, 1000, 7)
    assert simulated(best, 1000, 7).mean_keur != simulated(best, 1000, 8).mean_keur


def test_the_error_halves_with_four_times_the_scenarios() -> None:
    best = best_mix(BRENNER).found.best
    small, large = simulated(best, 25_000), simulated(best, 100_000)
    assert small.error_keur / large.error_keur == pytest.approx(2, rel=0.05)
    assert large.lost_share == pytest.approx(best.lost_chance, abs=0.01)


@pytest.mark.parametrize("draws", [-1, 0, 1, 10_000_001])
def test_a_number_that_cannot_be_simulated_is_refused_with_the_other_arguments(draws: int) -> None:
    with pytest.raises(CoercivityError) as refused:
        best_mix(WIND, simulate=draws, weight=2.0)
    assert [fault.code for fault in refused.value.faults] == ["ARGUMENT", "ARGUMENT"]
    assert any("2 to 10,000,000" in fault.what for fault in refused.value.faults)
