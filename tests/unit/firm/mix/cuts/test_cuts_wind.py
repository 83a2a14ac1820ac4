"""One item and a stop of 0, 3 or 6 months: the numbers of the closed form, and of 100,000 drawn stops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from coercivity.firm.mix.cuts.best import CutPlan, best_by_cuts
from coercivity.firm.mix.model import MixCase, MixItem, MixLimits, MixOption, MixScenario

STOPS, CHANCES = (0, 3, 6), (0.60, 0.25, 0.15)
SECOND = MixOption("second", "second_source", 200.0, 0, 4.0, 30.0, ("G",))


def scenario(name: str, stop: int, chance: float) -> MixScenario:
    """Returns a stop that begins in month 1."""
    share = {"G": tuple(0.0 if month < stop else 1.0 for month in range(6))}
    return MixScenario(name, chance, share, share, 1.0)


def wind(
    *, loss: float = 150.0, cap: float = 60.0, second: bool = True, scenarios: Sequence[MixScenario] = ()
) -> MixCase:
    """Returns the case: 10 t a month, 20 for a tonne of stock, a second source of 4 t a month at 200 and 30 a tonne."""
    stops = tuple(scenarios) or tuple(scenario(f"{n}", n, p) for n, p in zip(STOPS, CHANCES, strict=True))
    item = MixItem("G", "heavy", (10.0,) * 6, 20.0, loss, cap)
    options = (SECOND,) if second else ()
    return MixCase((item,), options, stops, MixLimits(), 6, sea_months=0, alpha=0.85)


def best(case: MixCase, weight: float = 0.0) -> CutPlan:
    """Returns the best plan of a case that has one."""
    found = best_by_cuts(case, weight)
    assert found is not None
    return found


def test_doing_nothing() -> None:
    """0.25 x 30 t x 150 + 0.15 x 60 t x 150 = 2,475; the worst 15 % cost 9,000."""
    found = best(wind(cap=0.0, second=False))
    assert found.mean_keur == pytest.approx(2475.0)
    assert found.cvar_keur == pytest.approx(9000.0)


def test_stock_alone() -> None:
    """A tonne for the last months saves 0.15 x 150 = 22.5 and costs 20: 60 t, 1,200 in every scenario."""
    found = best(wind(second=False))
    assert found.plan.stock_t["G"] == pytest.approx(60.0)
    assert found.costs_keur == pytest.approx([1200.0] * 3)


def test_free_choice() -> None:
    """36 t and the second source: 200 + 720 = 920, and 24 t x 30 more after 6 months; 920 + 0.15 x 720 = 1,028."""
    found = best(wind())
    assert found.plan.options == ("second",)
    assert found.plan.stock_t["G"] == pytest.approx(36.0)
    assert found.costs_keur == pytest.approx([920.0, 920.0, 1640.0])
    assert found.mean_keur == pytest.approx(1028.0)
    assert found.cvar_keur == pytest.approx(1640.0)
    assert found.gap_share <= 1e-9


def test_cap_on_stock() -> None:
    """25 t: 700, 700 + 5 x 30, 700 + 24 x 30 + 11 x 150: mean 1,093; without the second source 1,475."""
    assert best(wind(cap=25.0)).mean_keur == pytest.approx(1093.0)
    assert best(wind(cap=25.0)).plan.stock_t["G"] == pytest.approx(25.0)
    assert best(wind(cap=25.0, second=False)).mean_keur == pytest.approx(1475.0)


def test_cheaper_loss() -> None:
    """100 a missing tonne: 30 t and the second source: 0.15 x (24 x 30 + 6 x 100) + 800 = 998."""
    found = best(wind(loss=100.0))
    assert found.plan.options == ("second",)
    assert found.mean_keur == pytest.approx(998.0)
    assert found.plan.stock_t["G"] == pytest.approx(30.0)


@pytest.mark.parametrize("name", ["budget_keur", "storage_t", "lost_line_days"])
def test_a_wider_limit_is_never_dearer(name: str) -> None:
    case = wind(loss=100.0)
    plans = [best_by_cuts(replace(case, limits=MixLimits(**{name: float(most)}))) for most in range(0, 1000, 100)]
    costs = [np.inf if plan is None else plan.mean_keur for plan in plans]
    assert all(later <= sooner + 1e-6 for sooner, later in pairwise(costs))
    assert costs[-1] < costs[0]


def test_drawn_stops_reproduce_to_the_digit() -> None:
    """100,000 draws of the three stops: within 1 % of 1,028, and exactly what the counts of the draws say."""
    drawn = np.random.default_rng(8).choice(STOPS, 100_000, p=CHANCES)
    kinds = {stop: scenario(f"{stop}", stop, 1e-5) for stop in STOPS}
    found = best(wind(scenarios=[kinds[int(stop)] for stop in drawn]))
    counts = np.bincount(drawn, minlength=7)
    exact = (920 * (counts[0] + counts[3]) + 1640 * counts[6]) / 100_000
    assert found.mean_keur == pytest.approx(1028.0, rel=0.01)
    assert found.mean_keur == pytest.approx(exact, abs=1e-6)
    assert found == best(wind(scenarios=[kinds[int(stop)] for stop in drawn]))
