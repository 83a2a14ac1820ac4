"""Starts of plants, the clauses that hold them, and what a delay costs."""

from __future__ import annotations

import pytest

from coercivity.base.months import parse_month
from coercivity.market.run.simulate import world_once
from coercivity.ministry.bottleneck.plants import PlantFound, named_plants, plants_found
from coercivity.ministry.bottleneck.runs import BASE, BOTH, MATERIALS, TECHNOLOGY
from tests.unit.ministry.bottleneck.invented import PLANTS, invented_runs


def found(draws: int = 2) -> dict[str, PlantFound]:
    """The invented plants by id."""
    return {one.plant.id: one for one in plants_found(invented_runs(draws), PLANTS)}


def test_a_plant_that_no_run_has_is_left_out() -> None:
    assert list(found()) == ["line-a", "line-b", "line-c"]


def test_a_delayed_plant_has_clauses_and_a_later_start() -> None:
    starts = found()["line-a"].starts
    assert starts[BASE].start == starts[MATERIALS].start == parse_month("2028-02")  # between 2028-01 and 2028-03
    assert starts[TECHNOLOGY].start == starts[BOTH].start == parse_month("2027-10")
    assert starts[BASE].clauses == ("a62-1-a", "a62-7")
    assert starts[TECHNOLOGY].clauses == ()
    assert starts[BASE].delay_months == pytest.approx(3.8)


def test_the_cost_of_one_run_by_hand() -> None:
    """October to December 2027 at 2 USD/kg of 10 t a month: 3 x 10,000 kg x 2 USD."""
    cost = found(1)["line-a"].cost
    assert cost is not None
    assert (cost.delay_months.mean, cost.usd.mean, cost.usd.low) == (3.0, 60_000.0, None)
    assert (cost.unvalued_months, cost.later_months.mean) == (0.0, 3.0)


def test_the_cost_over_draws_by_hand() -> None:
    """Draw 1 waits 4.6 months, five of the calendar, 0.92 each: three at 2 USD/kg and two at 5 USD/kg."""
    cost = found()["line-a"].cost
    assert cost is not None
    second = 0.92 * 10_000.0 * (3 * 2.0 + 2 * 5.0)
    assert cost.usd.mean == pytest.approx((60_000.0 + second) / 2)
    assert cost.usd.low is not None
    assert cost.usd.low < cost.usd.mean
    assert cost.later_months.mean == 4.0  # 3 and 5 months


def test_months_of_delay_outside_the_period_have_no_value() -> None:
    runs = invented_runs(1)
    at = runs[BASE].draws.names["plants"].index("line-a:start")
    runs[BASE].draws.values["plants"][0, at, 0] = float(parse_month("2029-02"))
    cost = next(plants_found(runs, PLANTS)).cost
    assert cost is not None
    # November 2028 to January 2029, of which the last is after the period.
    assert (cost.usd.mean, cost.unvalued_months) == (2 * 10_000.0 * 5.0, 1.0)


def test_a_plant_that_does_not_start_anywhere_is_named() -> None:
    plants = found()
    assert [name for name, one in plants.items() if one.never] == ["line-b"]
    assert plants["line-c"].starts[BASE].share == 0.0
    assert plants["line-c"].starts[BOTH].start == parse_month("2028-06")


def test_the_table_names_the_plants_of_the_model() -> None:
    named = {plant.id: plant for plant in named_plants(world_once().figures)}
    assert named["northlake-10x"].name == "10X, Northlake"
    assert (named["northlake-10x"].limit, round(named["northlake-10x"].capacity_t * 12)) == ("magnet:NAM", 7000)
