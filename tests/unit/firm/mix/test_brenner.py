"""The mix of Brenner Windtechnik, number by number; worked out outside the program as one linear programme a choice."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from coercivity.firm.mix.choose import NoPlanError, best, ranked, search, widened
from coercivity.firm.mix.extensive import Extensive
from coercivity.firm.mix.frontier import frontier
from coercivity.firm.mix.infeasible import clash
from coercivity.firm.mix.known_before import known_before
from coercivity.firm.mix.model import MixLimits, MixPlan, MixResult
from coercivity.firm.mix.month_by_month import month_by_month
from coercivity.firm.mix.plans import do_nothing
from tests.unit.firm.mix.brenner import brenner


@pytest.fixture(scope="module")
def found() -> MixResult:
    return best(brenner(), 0.0)


def stocks(plan: MixPlan) -> list[float]:
    return [round(plan.stock_t[item], 3) for item in "ABC"]


def test_doing_nothing_costs_what_is_lost() -> None:
    none = do_nothing(brenner())
    assert round(none.mean_keur, 1) == 4949.6
    assert round(none.cvar_keur, 1) == 16992.0
    assert round(none.lost_chance, 6) == 0.6
    assert none.worst_lost_line_days == 900.0


def test_stock_alone_is_best_at_the_storage_and_too_little_for_the_limit_on_lost_days() -> None:
    with pytest.raises(NoPlanError):
        best(replace(brenner(), options=()))
    alone = replace(brenner(), options=(), limits=MixLimits(700.0, 36.0, None))
    plan = best(alone)
    assert stocks(plan.plan) == [0.0, 28.0, 8.0]
    assert (round(plan.mean_keur, 1), round(plan.worst_lost_line_days, 1)) == (2787.6, 715.0)


def test_best_plan(found: MixResult) -> None:
    assert found.plan.options == ("lean", "recycling", "filing")
    assert stocks(found.plan) == [0.0, 24.297, 6.532]
    assert [round(one, 1) for one in (found.mean_keur, found.cvar_keur, found.spent_keur)] == [2208.1, 9980.5, 700.0]
    assert (round(found.lost_chance, 4), round(found.mean_lost_line_days, 2)) == (0.25, 51.16)


def test_five_sets_of_options_keep_the_limits() -> None:
    rows = [
        (" + ".join(row.result.plan.options), stocks(row.result.plan), round(row.result.mean_keur, 1))
        for row in ranked(brenner())
    ]
    assert rows == [
        ("lean + recycling + filing", [0.0, 24.297, 6.532], 2208.1),
        ("lean + recycling", [0.0, 28.143, 6.0], 2246.9),
        ("air + lean + recycling", [10.1, 13.65, 8.0], 2533.5),
        ("second + recycling", [0.0, 7.118, 7.706], 2577.9),
        ("second + lean + recycling", [0.0, 11.903, 1.668], 2642.9),
    ]
    over = [round(100 * (row.over_best_share or 0.0), 2) for row in ranked(brenner())]
    assert over == [0.0, 1.76, 14.74, 16.75, 19.69]


@pytest.mark.parametrize(
    ("scenario", "cost", "days", "lost"),
    [
        ("s0", 820.0, 0.0, [0.0, 0.0, 0.0]),
        ("s3", 820.0, 0.0, [0.0, 0.0, 0.0]),
        ("s4", 3761.8, 100.3, [0.0, 26.74, 0.0]),
        ("s5", 7253.6, 223.8, [0.0, 53.1, 2.47]),
        ("s6", 2980.0, 90.0, [36.0, 0.0, 0.0]),
        ("s7", 820.0, 0.0, [0.0, 0.0, 0.0]),
        ("s8", 8081.8, 280.3, [72.0, 26.74, 0.0]),
        ("s9", 15515.1, 560.0, [120.0, 62.75, 2.47]),
    ],
)
def test_by_scenario(found: MixResult, scenario: str, cost: float, days: float, lost: list[float]) -> None:
    row = next(one for one in found.scenarios if one.scenario == scenario)
    assert (round(row.cost_keur, 1), round(row.lost_line_days, 1)) == (cost, days)
    assert [round(row.not_served_t[item], 2) for item in "ABC"] == lost


def test_shadow_values_hold_the_options(found: MixResult) -> None:
    assert {name: round(value, 4) for name, value in found.shadow.items()} == {
        "budget": 1.1496,
        "storage": 0.0,
        "lost_line_days": 2.1584,
        "stock_cap:A": 0.0,
        "stock_cap:B": 0.0,
        "stock_cap:C": 0.0,
    }


@pytest.mark.parametrize(
    ("limit", "step", "saved", "options"),
    [
        ("budget", 50.0, 87.31, "air + lean + recycling"),
        ("storage", 4.0, 0.0, "lean + recycling + filing"),
        ("lost_line_days", 20.0, 31.23, "air + lean + recycling + filing"),
        ("stock_cap:B", 4.0, 0.0, "lean + recycling + filing"),
        ("stock_cap:C", 2.0, 0.0, "lean + recycling + filing"),
        ("budget", None, 127.44, "air + lean + recycling"),
        ("storage", None, 0.0, "lean + recycling + filing"),
        ("lost_line_days", None, 47.28, "air + lean + recycling + filing"),
    ],
)
def test_a_wider_limit_lets_the_options_change(
    found: MixResult, limit: str, step: float | None, saved: float, options: str
) -> None:
    wider = best(widened(brenner(), limit, step))
    assert round(found.mean_keur - wider.mean_keur, 2) == saved
    assert " + ".join(wider.plan.options) == options


@pytest.mark.parametrize(("months", "mean"), [(0, 2160.8), (1, 2219.6), (3, 3378.0)])
def test_a_firm_that_decides_late(months: int, mean: float) -> None:
    late = replace(brenner(), months_late=months, limits=MixLimits(700.0, 36.0, None))
    assert round(best(late).mean_keur, 1) == mean


@pytest.mark.parametrize(
    ("weight", "options", "stock", "costs", "next_percent"),
    [
        (0.0, "lean + recycling + filing", [0.0, 24.297, 6.532], (2208.1, 9980.5, 2208.1), 1.76),
        (0.5, "lean + recycling", [0.0, 28.143, 6.0], (2246.9, 9665.3, 5956.1), 2.32),
        (0.9, "lean + recycling", [0.0, 30.0, 5.0], (2261.2, 9663.7, 8923.4), 3.14),
    ],
)
def test_filing_leaves_the_plan_once_the_bad_end_counts(
    weight: float, options: str, stock: list[float], costs: tuple[float, ...], next_percent: float
) -> None:
    first, second = next(frontier(brenner(), (weight,)))
    found = first.result
    assert (" + ".join(found.plan.options), stocks(found.plan)) == (options, stock)
    assert (round(found.mean_keur, 1), round(found.cvar_keur, 1), round(found.objective_keur, 1)) == costs
    assert round(found.spent_keur, 1) == 700.0
    assert round(100 * (second.over_best_share or 0.0), 2) == next_percent


def test_frontier_has_21_points_and_trades_the_mean_for_the_bad_end() -> None:
    points = [point[0].result for point in frontier(brenner())]
    assert [point.weight for point in points] == [place / 20 for place in range(21)]
    assert all(a.mean_keur <= b.mean_keur + 1e-6 for a, b in pairwise(points))
    assert all(a.cvar_keur >= b.cvar_keur - 1e-6 for a, b in pairwise(points))


def test_knowing_the_scenario_is_worth_677_5(found: MixResult) -> None:
    known = known_before(brenner(), found)
    costs = [0.0, 224.0, 414.0, 414.0, 2671.3, 6735.8, 2152.5, 604.0, 7302.9, 15148.4]
    assert [round(row.cost_keur, 1) for row in known.scenarios] == costs
    assert (round(known.mean_keur, 1), round(known.worth_keur, 1)) == (1530.6, 677.5)


def test_the_plan_with_nothing_known_ahead(found: MixResult) -> None:
    run = month_by_month(brenner(), found.plan)
    assert [round(one, 1) for one in (run.mean_keur, run.cvar_keur)] == [2544.2, 12055.8]
    assert round(run.worst_lost_line_days, 1) == 687.3
    assert f"{run.mean_keur - found.mean_keur:.2f}" == "336.15"


def test_400_lost_days_clash_with_budget_and_with_storage() -> None:
    case = widened(brenner(), "lost_line_days", -160.0)
    with pytest.raises(NoPlanError, match="INFEASIBLE"):
        best(case)
    why = clash(case)
    assert why is not None
    assert why.sets == (("budget", "lost_line_days"), ("storage", "lost_line_days"))
    (change,) = why.changes
    assert (change.limit, change.now, round(change.needed, 2)) == ("lost_line_days", 400.0, 543.94)
    assert change.options == ("lean", "recycling")
    assert why.no_help == ("budget", "storage")


def test_limits_that_can_be_kept_do_not_clash() -> None:
    assert clash(brenner()) is None


def test_the_least_change_is_just_enough() -> None:
    needed = 543.9375
    assert best(replace(brenner(), limits=MixLimits(700.0, 36.0, needed + 1e-4))).plan.options == ("lean", "recycling")
    with pytest.raises(NoPlanError):
        best(replace(brenner(), limits=MixLimits(700.0, 36.0, needed - 1e-3)))


def test_whole_numbers_find_the_same_sets_of_options_in_the_same_order() -> None:
    for weight in (0.0, 0.9):
        searched = search(_weighed(weight), keep=None, whole=False)
        solved = search(_weighed(weight), keep=None, whole=True)
        assert [choice for _, choice in searched] == [choice for _, choice in solved]
        assert [one for one, _ in searched] == pytest.approx([one for one, _ in solved], rel=1e-7)


def _weighed(weight: float) -> Extensive:
    built = Extensive.of(brenner())
    built.weigh(weight)
    return built


def test_the_same_case_gives_the_same_digits() -> None:
    assert best(brenner(), 0.5) == best(brenner(), 0.5)
