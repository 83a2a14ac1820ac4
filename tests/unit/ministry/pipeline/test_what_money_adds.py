"""What public money adds to the capacity of a project, and what that is worth, by draw."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coercivity.ministry.pipeline.added import Added
from coercivity.ministry.pipeline.relief import relief_of
from coercivity.ministry.pipeline.worth import slopes_of, worth_by_year
from tests.unit.ministry.pipeline.draws import YEARS, draws, plant, project


def added(gaps: list[float], charge: float = 10.0, alone: float = 0.0) -> Added:
    """Returns a project planned at 100 t, then 200 t, that the price alone brings to some tonnes in every draw."""
    count = len(gaps)
    return Added(
        planned_t=np.array([[100.0, 200.0]]),
        alone_t=np.full((1, count, 2), alone),
        gap_usd_per_kg=np.array(gaps),
        charge_usd_per_kg=np.full(count, charge),
        delay_months=np.full(count, np.nan),
    )


def test_money_builds_in_the_draws_whose_gap_it_closes() -> None:
    more = added([5.0, 15.0]).added_t(10.0)
    assert more.tolist() == [[[100.0, 200.0], [0.0, 0.0]]]


def test_what_the_price_builds_anyway_is_not_added() -> None:
    more = added([5.0], alone=150.0).added_t(10.0)
    assert more.tolist() == [[[0.0, 50.0]]]


def test_a_draw_without_an_appraisal_adds_nothing() -> None:
    assert not added([float("nan")]).added_t(10.0).any()


def test_the_relief_is_enough_in_four_draws_of_five() -> None:
    assert relief_of([added([1.0, 2.0, 3.0]), added([4.0, 5.0])]) == 4.0


def test_a_project_that_the_price_nearly_pays_still_gets_a_tenth_of_its_charge() -> None:
    assert relief_of([added([-3.0, -2.0])]) == 1.0


def test_a_kilogram_is_worth_the_shadow_value() -> None:
    given = draws({"capacity_value": {"metal:EUR": [[10.0, 20.0]]}}, 1)
    found = worth_by_year(project(plant("A")), np.array([[[100.0, 100.0]]]), given, {}, YEARS)
    assert found.tolist() == [[1.0, 2.0]]


def test_more_capacity_is_worth_less_and_never_less_than_nothing() -> None:
    given = draws({"capacity_value": {"metal:EUR": [[10.0, 10.0]]}}, 1)
    slopes = {"metal:EUR": np.array([0.05, 0.05])}  # at 200 t the value is nought
    found = worth_by_year(project(plant("A")), np.array([[[100.0, 300.0]]]), given, slopes, YEARS)
    # 100 t: the mean of 10 and 5 USD/kg; 300 t: only the first 200 count, at 5 USD/kg on average.
    assert found == pytest.approx(np.array([[0.75, 1.0]]))


def test_the_slope_is_the_fall_of_the_value_over_the_tonnes_added() -> None:
    before = draws({"capacity_value": {"metal:EUR": [[10.0, 10.0], [30.0, 10.0]]}}, 2)
    after = draws({"capacity_value": {"metal:EUR": [[5.0, 12.0]]}}, 1)  # only the first point is in both
    found = slopes_of(before, after, {"metal:EUR": np.array([50.0, 50.0])}, YEARS)
    assert found["metal:EUR"].tolist() == [0.1, 0.0]  # a value that rises has no slope


def test_a_mine_with_its_plant_is_worth_both() -> None:
    given = draws({"capacity_value": {"sep_light:AU": [[10.0, 10.0]], "mine:X:AU": [[3.0, 3.0]]}}, 1)
    both = project(plant("L", "sep_light:AU", "metal"), plant("M", "mine:X:AU", "mine"), investment_musd=(20.0, 10.0))
    found = worth_by_year(both, np.array([[[100.0, 0.0]], [[200.0, 0.0]]]), given, {}, YEARS)
    assert found.tolist() == [[1.6, 0.0]]


def test_once_the_market_has_answered_its_starts_count_not_the_plan() -> None:
    plan = added([5.0, 15.0], alone=20.0)
    answered = replace(plan, funded_t=np.array([[[0.0, 60.0], [10.0, 20.0]]]))
    assert answered.added_t(10.0).tolist() == [[[0.0, 40.0], [0.0, 0.0]]]
