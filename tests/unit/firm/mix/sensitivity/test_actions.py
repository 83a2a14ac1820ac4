"""What each part of the best plan is worth, by hand for the wind-turbine maker."""

from __future__ import annotations

import pytest

from coercivity.firm.mix.choose import best
from coercivity.firm.mix.plans import costed
from coercivity.firm.mix.sensitivity.actions import plan_parts
from tests.unit.firm.mix.brenner import brenner
from tests.unit.firm.mix.wind import wind


def test_parts_of_the_plan_of_the_wind_turbine_maker() -> None:
    """36 t and the second source cost 1,028.

    Without the source 24 t are lost in the longest stop: 720 + 0.15 x 24 x 150 = 1,260. Without stock 18 t are lost in
    three months and 36 t in six: 200 + 0.25 x (12 x 30 + 18 x 150) + 0.15 x (24 x 30 + 36 x 150) = 1,883.
    """
    stock, second = plan_parts(wind(), best(wind()))
    assert (stock.kind, stock.name, second.kind, second.name) == ("stock", "magnet", "option", "second")
    assert (stock.cost_keur, second.cost_keur) == pytest.approx((720.0, 200.0))
    assert (stock.saves_keur, second.saves_keur) == pytest.approx((855.0, 232.0))
    assert (stock.saves_per_keur, second.saves_per_keur) == pytest.approx((855 / 720, 1.16))
    assert (stock.stop_chance, second.stop_chance) == pytest.approx((0.4, 0.15))


def test_every_part_of_a_best_plan_saves_and_the_best_for_its_cost_comes_first() -> None:
    case = brenner()
    found = best(case)
    parts = plan_parts(case, found)
    assert {part.name for part in parts} == {"lean", "recycling", "filing", "B", "C"}
    shares = [part.saves_per_keur or 0.0 for part in parts]
    assert shares == sorted(shares, reverse=True)
    assert min(part.saves_keur for part in parts) > 0.0
    assert sum(part.cost_keur for part in parts) == pytest.approx(found.spent_keur)


def test_a_part_is_worth_what_the_plan_without_it_costs_more() -> None:
    """Filing ahead: the same plan without it, costed on its own."""
    case = brenner()
    found = best(case)
    (filing,) = (part for part in plan_parts(case, found) if part.name == "filing")
    less = type(found.plan)(("lean", "recycling"), found.plan.stock_t)
    more = costed(case, less, limited=False).mean_keur - costed(case, found.plan, limited=False).mean_keur
    assert filing.saves_keur == pytest.approx(more)
