"""Stops of 0, 3 or 6 months: by hand, tonne by tonne.

Each month of a stop needs 10 t, of which a second source gives 4 t at 30, so 6 n tonnes of stock and a second source
serve a stop of n months. A tonne of stock costs 20, a tonne that is missing 150.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.firm.mix.choose import best, widened
from coercivity.firm.mix.infeasible import clash
from coercivity.firm.mix.model import MixLimits, MixPlan
from coercivity.firm.mix.month_by_month import best_month_by_month, month_by_month
from coercivity.firm.mix.plans import costed, do_nothing
from tests.unit.firm.mix.wind import wind


def tonnes(plan: MixPlan) -> float:
    return plan.stock_t["magnet"]


def test_doing_nothing() -> None:
    """0.25 x 30 t x 150 + 0.15 x 60 t x 150 = 1,125 + 1,350; the worst 15 % are the six months: 9,000."""
    none = do_nothing(wind())
    assert (none.mean_keur, none.cvar_keur) == (2475.0, 9000.0)


def test_stock_alone() -> None:
    """The 31st tonne costs 20 and saves 0.15 x 150 = 22.5, so all 60 t: 60 x 20 = 1,200."""
    alone = best(replace(wind(), options=()))
    assert (tonnes(alone.plan), alone.mean_keur) == (60.0, 1200.0)


def test_free_choice() -> None:
    """36 x 20 + 200 = 920; in three months stock serves all 30 t, in six 24 t come at 30: 920 + 720 = 1,640."""
    found = best(wind())
    assert (found.plan.options, tonnes(found.plan), found.mean_keur) == (("second",), 36.0, 1028.0)
    assert [row.cost_keur for row in found.scenarios] == [920.0, 920.0, 1640.0]
    assert found.cvar_keur == 1640.0


def test_a_cap_on_stock_costs_65() -> None:
    """25 x 20 + 200 = 700; three months 700 + 5 x 30; six months 700 + 24 x 30 + 11 x 150: 1,093.

    A tonne more costs 20 and saves 0.25 x 30 + 0.15 x 150 = 30.
    """
    found = best(wind(cap_t=25.0))
    assert (found.plan.options, tonnes(found.plan), found.mean_keur) == (("second",), 25.0, 1093.0)
    assert found.shadow == {"stock_cap:magnet": 10.0}
    assert best(replace(wind(cap_t=25.0), options=())).mean_keur == 1475.0
    assert found.mean_keur - best(widened(wind(cap_t=25.0), "stock_cap:magnet", None)).mean_keur == 65.0


def test_a_lower_loss() -> None:
    """At 100 a missing tonne, the 31st tonne saves 0.15 x 100 = 15 and costs 20: 30 t."""
    found = best(wind(loss_keur=100.0))
    assert (found.plan.options, tonnes(found.plan), found.mean_keur) == (("second",), 30.0, 998.0)


def test_ten_wider_limits_never_make_the_plan_worse() -> None:
    costs = [best(wind(cap_t=6.0 * step)).mean_keur for step in range(11)]
    assert costs == sorted(costs, reverse=True)
    budgets = [best(replace(wind(), limits=MixLimits(budget_keur=120.0 * step))).mean_keur for step in range(11)]
    assert budgets == sorted(budgets, reverse=True)


def test_full_supply_on_a_budget_of_100_names_what_clashes() -> None:
    """36 t and the second source, 920, is the least budget. For 100, 5 t: 55 of 60 t are lost, 5.5 months."""
    why = clash(replace(wind(), limits=MixLimits(budget_keur=100.0, lost_line_days=0.0)))
    assert why is not None
    assert why.sets == (("budget", "lost_line_days"),)
    assert [(one.limit, one.needed) for one in why.changes] == [("budget", 920.0), ("lost_line_days", 165.0)]


def test_with_nothing_known_and_stock_first_60_t_alone_are_best() -> None:
    found = best_month_by_month(wind(), stock_first=True)
    assert found is not None
    assert (found.plan.options, tonnes(found.plan), found.mean_keur) == ((), 60.0, 1200.0)


def test_stock_first_leaves_the_second_source_idle_while_stock_lasts() -> None:
    """36 t serve 3.6 months; then 4 + 4 + 4 t at 30 and 12 t lost: 920 + 360 + 1,800."""
    run = month_by_month(wind(), MixPlan(("second",), {"magnet": 36.0}), stock_first=True)
    assert [row.cost_keur for row in run.scenarios] == [920.0, 920.0, 3080.0]


def test_a_plan_that_loses_more_than_the_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="more line-days"):
        costed(replace(wind(), limits=MixLimits(lost_line_days=10.0)), MixPlan((), {"magnet": 0.0}))


def test_whole_tonnes_are_bought_where_the_case_says_so() -> None:
    """At 9.5 t a month a stop of six months leaves 6 x 5.5 = 33 t and one of three months 28.5 t.

    The 29th tonne serves half a tonne in three months: 0.25 x 0.5 x 30 + 0.15 x 100 = 18.75 < 20, and at 100 a
    missing tonne every tonne after it saves 15. The 28th saves 0.25 x 30 + 15 = 22.5: 28 t, or 28.5 t where tonnes can be split.
    """
    item = replace(wind(loss_keur=100.0).items[0], use_t=(9.5,) * 6)
    divisible = best(replace(wind(), items=(item,)))
    assert (divisible.plan.options, tonnes(divisible.plan)) == (("second",), 28.5)
    for count in (1, 11):  # by the search, and by the solver of whole numbers
        dear = [replace(wind().options[0], option=f"dear{place}", fee_keur=9999.0) for place in range(count - 1)]
        case = replace(wind(), items=(replace(item, whole_tonnes=True),), options=(*wind().options, *dear))
        found = best(case)
        assert (found.plan.options, tonnes(found.plan)) == (("second",), 28.0)
        assert found.mean_keur == divisible.mean_keur + 1.25
