"""The mix of Brenner Windtechnik, number by number; worked out outside the program as one linear programme a choice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.firm.mix.choose import best, ranked, widened
from coercivity.firm.mix.model import MixLimits, MixPlan, MixResult
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
    over = [round(100 * row.over_best_share, 2) for row in ranked(brenner())]
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
