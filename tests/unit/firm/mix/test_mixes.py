"""Made-up mixes against another programme, and what must hold for every mix."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.firm.mix.choose import NoPlanError, best, ranked, search, widened
from coercivity.firm.mix.extensive import Extensive
from coercivity.firm.mix.infeasible import clash
from coercivity.firm.mix.known_before import known_before
from coercivity.firm.mix.model import MixCase, MixItem, MixLimits, MixOption, MixPlan, MixResult, MixScenario
from coercivity.firm.mix.month_by_month import month_by_month
from coercivity.firm.mix.plans import costed, cvar
from tests.unit.firm.mix.brenner import brenner
from tests.unit.firm.mix.oracle import least_costs
from tests.unit.firm.mix.random_mixes import mixes

few = settings(max_examples=25, deadline=None)
WEIGHTS = st.sampled_from([0.0, 0.5, 0.9])
LIMITS = ("budget", "storage", "lost_line_days", "stock_cap:P", "stock_cap:Q")


def found(case: MixCase, weight: float = 0.0) -> MixResult | None:
    try:
        return best(case, weight)
    except NoPlanError:
        return None


@few
@given(mixes(), WEIGHTS)
def test_every_set_of_options_costs_what_another_programme_says(case: MixCase, weight: float) -> None:
    least = least_costs(case, weight)
    try:
        rows = ranked(case, weight)
    except NoPlanError:
        rows = ()
    assert {row.result.plan.options for row in rows} == set(least)
    for row in rows:
        assert row.result.objective_keur == pytest.approx(least[row.result.plan.options], rel=1e-6, abs=1e-4)


def test_the_case_of_the_wind_maker_agrees_with_another_programme() -> None:
    least = least_costs(brenner(), 0.5)
    assert len(least) == 5
    assert best(brenner(), 0.5).objective_keur == pytest.approx(min(least.values()), rel=1e-7)


@few
@given(mixes(), WEIGHTS, st.sampled_from(LIMITS), st.none() | st.integers(1, 60).map(float))
def test_a_wider_limit_never_makes_the_best_plan_worse(
    case: MixCase, weight: float, limit: str, step: float | None
) -> None:
    before, after = found(case, weight), found(widened(case, limit, step), weight)
    if before is not None:
        assert after is not None
        assert after.objective_keur <= before.objective_keur * (1 + 1e-7) + 1e-5


@few
@given(mixes(), WEIGHTS)
def test_whole_numbers_find_the_same_best_set(case: MixCase, weight: float) -> None:
    one, other = Extensive.of(case), Extensive.of(case)
    for built in (one, other):
        built.weigh(weight)
    searched, solved = search(one, whole=False), search(other, whole=True)
    assert bool(searched) == bool(solved)
    if searched:
        assert searched[0][0] == pytest.approx(solved[0][0], rel=1e-6, abs=1e-4)


@few
@given(mixes())
def test_a_plan_keeps_its_limits_and_its_figures_fit(case: MixCase) -> None:
    plan = found(case)
    if plan is None:
        return
    limits, stock = case.limits, plan.plan.stock_t
    assert limits.budget_keur is None or plan.spent_keur <= limits.budget_keur + 1e-5
    in_hand = sum(item.in_hand_t for item in case.items)
    assert limits.storage_t is None or sum(stock.values()) + in_hand <= limits.storage_t + 1e-5
    assert limits.lost_line_days is None or plan.worst_lost_line_days <= limits.lost_line_days + 1e-3
    assert plan.mean_keur <= plan.cvar_keur + 1e-6
    assert all(item.stock_cap_t is None or stock[item.item] <= item.stock_cap_t + 1e-6 for item in case.items)


@few
@given(mixes())
def test_knowing_is_worth_something_and_nothing_known_costs_something(case: MixCase) -> None:
    free = replace(case, limits=replace(case.limits, lost_line_days=None))
    plan = found(free)
    if plan is None:  # the storage is smaller than what is in hand
        return
    assert known_before(free, plan).worth_keur >= -1e-4
    assert month_by_month(free, plan.plan).mean_keur >= plan.mean_keur - 1e-4


@few
@given(mixes())
def test_each_clash_is_smallest_and_each_least_change_helps(case: MixCase) -> None:
    why = clash(case)
    assert (why is None) == (found(case) is not None)
    if why is None:
        return
    assert why.sets
    every = ("budget", "storage", "lost_line_days", *(n for n in LIMITS[3:] if n in Extensive.of(case).limits))
    for names in why.sets:
        assert found(_only(case, set(names), every)) is None
        for name in names:
            assert found(_only(case, set(names) - {name}, every)) is not None
    for change in why.changes:
        more = change.needed - change.now
        assert more > 0
        assert found(widened(case, change.limit, more + 1e-4)) is not None
        assert found(widened(case, change.limit, more - 1e-2)) is None


def _only(case: MixCase, kept: set[str], every: tuple[str, ...]) -> MixCase:
    for name in every:
        if name not in kept:
            case = widened(case, name, None)
    return case


def test_cvar_splits_a_scenario() -> None:
    """The dearest 10 % are all of the 4 % at 100 and 6 of the 30 % at 50: (0.04 x 100 + 0.06 x 50) / 0.1 = 70."""
    assert cvar([10.0, 50.0, 100.0], [0.66, 0.30, 0.04], 0.9) == pytest.approx(70.0)


@pytest.mark.parametrize("alpha", [1.0, -0.1])
def test_cvar_needs_a_level_below_1(alpha: float) -> None:
    with pytest.raises(ValueError, match="CVaR needs a level"):
        best(replace(brenner(), alpha=alpha))


@pytest.mark.parametrize("weight", [1.1, -0.1])
def test_a_weight_is_a_share(weight: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        best(brenner(), weight)


def test_a_contract_is_paid_for_whether_taken_or_not() -> None:
    """Nothing stops in s0 alone: a contract of 4 t a month at 10, half of it paid for, costs 12 x 2 x 10 = 240."""
    base = brenner()
    contract = replace(base.options[0], option="fixed", kind="contract", fee_keur=0.0, months=0, extra_keur=10.0)
    contract = replace(contract, take_share=0.5, follows_second_source=False)
    calm = replace(base, options=(contract,), scenarios=(replace(base.scenarios[0], probability=1.0),))
    calm = replace(calm, limits=MixLimits())
    rows = {row.result.plan.options: row.result.mean_keur for row in ranked(calm)}
    assert rows == {(): 0.0, ("fixed",): 240.0}


def test_filing_ahead_after_the_stop_has_begun_changes_nothing() -> None:
    """s2 begins in month 3: decided three months late, filing is paid and does not shorten it."""
    base = brenner()
    alone = replace(base, scenarios=(replace(base.scenarios[2], probability=1.0),), months_late=3)
    alone = replace(alone, limits=MixLimits(), options=(base.options[4],))
    rows = {row.result.plan.options: row.result.mean_keur for row in ranked(alone)}
    assert rows["filing",] == rows[()] + 40.0


@few
@given(mixes(), st.lists(st.integers(0, 20).map(float), min_size=2, max_size=2))
def test_without_options_stock_serves_the_same_month_by_month(case: MixCase, tonnes: list[float]) -> None:
    """Every tonne of an item is worth the same in any month where nothing is discounted, so there is nothing to save."""
    alone = replace(case, options=(), limits=MixLimits(), discount_per_month=0.0)
    plan = MixPlan((), dict(zip("PQ", tonnes, strict=True)))
    ahead, blind = costed(alone, plan, limited=False), month_by_month(alone, plan)
    assert blind.mean_keur == pytest.approx(ahead.mean_keur, rel=1e-7, abs=1e-4)


def test_month_by_month_pays_a_contract_and_discounts() -> None:
    """One month of stop, 10 t of use: sea 0, contract 4 t at 10 (2 t are paid in any case), 6 t lost at 60.

    At 25 % a month: 50 fee, then (40 + 360) / 1.25 in month 1; in month 2 the sea gives all and 2 x 10 are paid:
    20 / 1.5625. 50 + 320 + 12.8 = 382.8.
    """
    item = MixItem("P", "heavy", (10.0, 10.0), 9.0, 60.0, None)
    contract = MixOption("fixed", "contract", 50.0, 0, 4.0, 10.0, ("P",), 0.5)
    stop = MixScenario("stop", 1.0, {"P": (0.0, 1.0)}, {"P": (0.0, 1.0)}, 1.0)
    case = MixCase((item,), (contract,), (stop,), MixLimits(), 2, sea_months=0, discount_per_month=0.25)
    plan = MixPlan(("fixed",), {"P": 0.0})
    assert month_by_month(case, plan).mean_keur == pytest.approx(382.8)
    assert costed(case, plan).mean_keur == pytest.approx(382.8)


def test_month_by_month_takes_what_is_paid_for_in_any_case() -> None:
    """A tonne of the contract costs 90 and one lost 60, but 2 t are paid for: 2 x 90, and 8 t are lost: 660, not 780."""
    item = MixItem("P", "heavy", (10.0,), 9.0, 60.0, None)
    contract = MixOption("dear", "contract", 0.0, 0, 4.0, 90.0, ("P",), 0.5)
    stop = MixScenario("stop", 1.0, {"P": (0.0,)}, {"P": (0.0,)}, 1.0)
    case = MixCase((item,), (contract,), (stop,), MixLimits(), 1, sea_months=0)
    plan = MixPlan(("dear",), {"P": 0.0})
    assert month_by_month(case, plan).mean_keur == pytest.approx(660.0)
    assert costed(case, plan).mean_keur == pytest.approx(660.0)


def test_stock_left_over_is_worth_a_share() -> None:
    """5 t at 9, of which the stop takes 3: 45 less half of 2 x 9, in month 1 at 25 %: 45 - 9 / 1.25 = 37.8."""
    item = MixItem("P", "heavy", (3.0,), 9.0, 60.0, None)
    stop = MixScenario("stop", 1.0, {"P": (0.0,)}, {"P": (0.0,)}, 1.0)
    case = MixCase((item,), (), (stop,), MixLimits(), 1, 0, discount_per_month=0.25, left_over_worth_share=0.5)
    plan = MixPlan((), {"P": 5.0})
    assert month_by_month(case, plan).mean_keur == pytest.approx(37.8)
    assert costed(case, plan).mean_keur == pytest.approx(37.8)
