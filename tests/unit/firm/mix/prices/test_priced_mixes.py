"""Prices by month and scenario: three ways of solving a mix give the same cost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.firm.mix.choose import NoPlanError, best
from coercivity.firm.mix.cuts.best import best_by_cuts
from coercivity.firm.mix.model import MixCase, MixPlan
from coercivity.firm.mix.month_by_month import month_by_month
from coercivity.firm.mix.plans import costed
from tests.unit.firm.mix.prices.by_hand import least_cost
from tests.unit.firm.mix.prices.priced_mixes import priced_mixes

few = settings(max_examples=25, deadline=None)


def whole_plan(case: MixCase, tonnes: float) -> MixPlan:
    """Returns the plan with every option, and as much stock of each item."""
    return MixPlan(tuple(option.option for option in case.options), {item.item: tonnes for item in case.items})


@few
@given(priced_mixes(), st.sampled_from([0.0, 3.0]))
def test_each_scenario_costs_what_a_programme_written_from_the_words_says(case: MixCase, tonnes: float) -> None:
    case = replace(case, months_late=0)
    found = costed(case, whole_plan(case, tonnes), limited=False)
    for scenario, row in zip(case.scenarios, found.scenarios, strict=True):
        assert row.cost_keur == pytest.approx(least_cost(case, found.plan, scenario), rel=1e-6, abs=1e-4)


@few
@given(priced_mixes(), st.sampled_from([0.0, 0.5, 0.9]))
def test_cuts_find_the_objective_of_the_extensive_programme(case: MixCase, weight: float) -> None:
    cut = best_by_cuts(case, weight)
    try:
        found = best(case, weight)
    except NoPlanError:
        assert cut is None
        return
    assert cut is not None
    assert cut.objective_keur == pytest.approx(found.objective_keur, rel=1e-5, abs=1e-4)


@few
@given(priced_mixes(), st.sampled_from([0.0, 3.0]))
def test_nothing_known_ahead_never_costs_less(case: MixCase, tonnes: float) -> None:
    plan = whole_plan(case, tonnes)
    ahead, run = costed(case, plan, limited=False), month_by_month(case, plan)
    for known, unknown in zip(ahead.scenarios, run.scenarios, strict=True):
        assert unknown.cost_keur >= known.cost_keur - 1e-4 * max(1.0, abs(known.cost_keur))
