"""Small windows of the market worked out on paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.market.network.network import DemandStep, Network, Store
from coercivity.market.network.ties import TIE, keyed
from coercivity.market.program.build import Rates
from coercivity.permission.gate import Gate, Way
from tests.oracles.desk_toy import sees
from tests.oracles.market_small import (
    BETA,
    BUCKET,
    HERE,
    SERVICE,
    THERE,
    TWO_LAYERS,
    before,
    moves,
    one_good,
    planned,
    price,
)
from tests.oracles.market_toy import FIRST, FREE, LICENCE, Moves, always, drivers, moves_of, says, walk


def test_worth_of_leave_is_value_less_cost() -> None:
    """Half of 10 t is granted where 20 t are worth 50 USD/kg each: price 50 there, 10 here, leave 50 - 10 - 1.

    Papers of 2 USD per kg applied for are 4 USD per kg granted.
    """
    network = one_good((DemandStep(50.0, 1.0),), 20.0)
    update = moves(network, always(LICENCE), 1, seen=sees(granted=0.5, filed_most=1.0))
    plan = planned(update, before(network))
    window = update.window
    assert price(update, plan, THERE) == pytest.approx(50.0)
    assert price(update, plan, HERE) == pytest.approx(10.0)
    assert plan.dual[window.row("permission", BUCKET, 0)] == pytest.approx(39.0)
    assert plan.value[window.column("act", ("ship", *BUCKET, "licence"), 0)] == pytest.approx(5.0)
    # A file more would bring what leave is worth less its papers.
    assert plan.reduced_cost[window.column("apply", BUCKET, 0)] == pytest.approx(4.0 - 39.0)
    assert plan.objective == pytest.approx(-5.0 * (50.0 - 10.0 - 1.0 - 4.0))


def test_leave_that_is_not_scarce_is_worth_its_papers() -> None:
    network = one_good((DemandStep(50.0, 1.0),), 20.0, orders=100.0)
    update = moves(network, always(LICENCE), 1, seen=sees(granted=0.5, filed_most=1.0))
    plan = planned(update, before(network))
    assert plan.dual[update.window.row("permission", BUCKET, 0)] == pytest.approx(4.0)
    assert price(update, plan, THERE) == pytest.approx(15.0)


# Licences, with 20 t wanted at 50 a month and nothing new to be filed: a tonne is worth 50 - 11.


def passed(update: Moves, network: Network) -> list[float]:
    """Shipments on a licence by period."""
    plan = planned(update, before(network))
    return [
        float(plan.value[update.window.column("act", ("ship", *BUCKET, "licence"), p)])
        for p in range(update.window.periods)
    ]


def test_leave_that_is_kept_loses_its_waste() -> None:
    """8 t may leave now and nobody is served before the second month: a quarter has lapsed by then, so 6 t pass."""
    network = one_good((DemandStep(50.0, 1.0),), 20.0)
    update = moves(
        network,
        always(LICENCE),
        2,
        seen=sees(usable_t=8.0, filed_most=0.0),
        capacity=lambda name, month, seen_from, state: 100.0 if month > FIRST else 0.0,
    )
    assert passed(update, network) == pytest.approx([0.0, 6.0])


def test_leave_that_is_expected_passes_in_its_month_and_none_before() -> None:
    """2 t held, 3 t expected after two months: 2 t now, or kept at a loss of a quarter, and 3 t then."""
    network = one_good((DemandStep(50.0, 1.0),), 20.0)
    update = moves(network, always(LICENCE), 4, seen=sees(usable_t=2.0, expected_t={2: 3.0}, filed_most=0.0))
    assert passed(update, network) == pytest.approx([2.0, 0.0, 3.0, 0.0])


def test_general_leave_passes_in_each_month_and_is_never_kept() -> None:
    """4 t a month without a file; nobody can be served in the first month, and 4 t pass in the second all the same."""
    network = one_good((DemandStep(50.0, 1.0),), 20.0)
    seen = sees(general_t=4.0, filed_most=0.0)
    free = moves(network, always(LICENCE), 2, seen=seen)
    assert passed(free, network) == pytest.approx([4.0, 4.0])
    late = moves(
        network,
        always(LICENCE),
        2,
        seen=seen,
        capacity=lambda name, month, seen_from, state: 100.0 if month > FIRST else 0.0,
    )
    assert passed(late, network) == pytest.approx([0.0, 4.0])


def test_nothing_is_taken_up_before_the_wait_of_a_new_file_is_over() -> None:
    """10 t a month may be filed, half is granted: with a wait of a month and a half 2.5 t pass in the second month."""
    network = one_good((DemandStep(50.0, 1.0),), 20.0)
    update = moves(network, always(LICENCE), 4, seen=sees(lead=1.5, granted=0.5, filed_most=1.0))
    assert passed(update, network) == pytest.approx([0.0, 2.5, 5.0, 5.0])


@pytest.mark.parametrize("risk", [0.0, 0.12])
def test_price_tomorrow_is_price_today_and_the_cost_of_holding_where_stock_is_carried(risk: float) -> None:
    """10 t today, none tomorrow, 4 t wanted at 100 and 4 t at 50 in both months: 6 t today, the rest tomorrow.

    It is kept at home, where its value is less: storage of 1 USD/kg and the return on 10 USD/kg, half of each month.
    """
    network = one_good((DemandStep(100.0, 0.5), DemandStep(50.0, 0.5)), 8.0, freight=0.0)
    capacity = {FIRST: 10.0, FIRST + 1: 0.0}
    update = moves(network, always(FREE), 2, risk=risk, capacity=lambda name, month, seen_from, state: capacity[month])
    plan = planned(update, before(network))
    held = (1.0 + risk / 12 * 10.0) * (1 + BETA) / 2
    assert price(update, plan, THERE) == pytest.approx(50.0)
    assert price(update, plan, THERE, 1) == pytest.approx((50.0 + held + TIE * keyed("stock", HERE)) / BETA)
    kept = [float(plan.value[update.window.column("stock", entry, 0, 0)]) for entry in (HERE, THERE)]
    assert kept[0] + kept[1] == pytest.approx(4.0)


def test_no_stock_no_link_between_today_and_tomorrow() -> None:
    """Plenty in both months: nothing is carried, and tomorrow is as cheap as today."""
    network = one_good((DemandStep(100.0, 0.5), DemandStep(50.0, 0.5)), 8.0)
    update = moves(network, always(FREE), 2)
    plan = planned(update, before(network))
    assert [price(update, plan, THERE, p) for p in (0, 1)] == pytest.approx([11.0, 11.0])


# Cover: two tonnes are normal, bought at 11 USD/kg in the base year.


def with_cover(steps: tuple[DemandStep, ...], wanted: float) -> Network:
    plain = one_good(steps, wanted)
    return replace(plain, stores=(Store(HERE, 0.0, 0.0, 1.0), Store(THERE, 1.0, 2.0, 1.0)))


def worth_kept(layer: float, quote: float = 11.0) -> float:
    """What a kilogram is worth that is kept through two months and beyond, from a layer of that worth a month.

    Storage and interest of the base price are paid back; a layer is held half of each month; what is left at the end
    counts the quote and half a month of the first weeks of cover.
    """
    tie = TIE * keyed("stock", THERE) * (1 + BETA)
    return 11.0 * (1 - BETA) + layer * 11.0 * (1 + BETA) / 2 + BETA * (quote + 0.03 * 11.0 / 2) - tie


def test_stock_within_cover_is_worth_its_layers_and_its_end() -> None:
    """1.5 t that nobody wants: one tonne in the first layer, half a tonne in the second."""
    network = with_cover((DemandStep(10.0, 1.0),), 0.0)
    update = moves(network, always(FREE), 2, layers=TWO_LAYERS)
    plan = planned(update, before(network, stock=1.5))
    assert plan.objective == pytest.approx(-(worth_kept(0.03) + 0.5 * worth_kept(0.01)), rel=1e-9)


def test_the_first_weeks_are_kept_from_a_buyer_who_gets_the_rest() -> None:
    """At a quote of 9 the first tonne is worth 9.51 kept and the other half 9.29; somebody pays 9.40."""
    network = with_cover((DemandStep(9.4, 1.0),), 1.0)
    update = moves(network, always(FREE), 2, layers=TWO_LAYERS, capacity=lambda name, month, seen_from, state: 0.0)
    state = before(network, stock=1.5)
    state.quote[THERE] = 9.0
    assert worth_kept(0.01, 9.0) < 9.4 < worth_kept(0.03, 9.0)
    plan = planned(update, state)
    assert plan.value[update.window.column("step", "use", "JP", 0, 0)] == pytest.approx(0.5)
    assert price(update, plan, THERE) == pytest.approx(9.4)


def test_no_plan_builds_stock_for_its_own_end() -> None:
    """However high the quote, what was not there at the start is worth nothing at the end: the price stays at cost."""
    network = with_cover((DemandStep(30.0, 1.0),), 1.0)
    update = moves(network, always(FREE), 2, layers=TWO_LAYERS)
    state = before(network)
    state.quote[THERE] = 500.0
    plan = planned(update, state)
    assert price(update, plan, THERE) == pytest.approx(11.0)
    assert [float(plan.value[update.window.column("stock", THERE, k, 1)]) for k in (0, 1)] == [0.0, 0.0]


def test_stock_at_the_end_counts_up_to_cover_and_no_further() -> None:
    """5 t of which 2 t are cover: in one month 2 t count the quote and half a month of the first weeks, 3 t nothing."""
    network = with_cover((DemandStep(10.0, 1.0),), 0.0)
    update = moves(network, always(FREE), 1, layers=TWO_LAYERS)
    plan = planned(update, before(network, stock=5.0))
    assert plan.objective == pytest.approx(-2.0 * (11.0 + 0.03 * 11.0 / 2 - TIE * keyed("stock", THERE)))
    assert price(update, plan, THERE) == 0.0


def test_what_can_be_stored_is_never_worth_less_than_nothing() -> None:
    """Nobody wants it and its storage costs: it is thrown away."""
    network = one_good((DemandStep(50.0, 1.0),), 0.0)
    update = moves(network, always(FREE), 3)
    plan = planned(update, before(network, stock=5.0))
    assert plan.objective == 0.0
    assert price(update, plan, THERE) == 0.0
    # Any price up to the cost of holding it until then fits a later month.
    assert 0.0 <= price(update, plan, THERE, 1) <= 1.01


def test_a_price_of_nothing_is_published_as_zero() -> None:
    """Not as the negative zero of the solver."""
    network = one_good((DemandStep(50.0, 1.0),), 0.0)
    (done,) = walk(moves(network, always(FREE), 3), before(network, stock=5.0), FIRST, FIRST)
    assert str(done.price[THERE]) == "0.0"


# Long periods.


def test_a_partly_free_period_passes_its_free_days_of_usual_trade() -> None:
    """Free for four months, then prohibited; 20 t wanted at 50 a month; 10 t usually leave.

    Nothing can be stored. Three single months pass 20 t each, the free month of the long period 10 t; its middle is four months away.
    """
    network = replace(one_good((DemandStep(50.0, 1.0),), 20.0), stores=())

    def law(bucket: tuple[str, str, str, str], month: int, known: int) -> Gate:
        return FREE if month < FIRST + 4 else says(Way.SHUT)

    plan = planned(moves(network, law, (1, 1, 1, 3)), before(network))
    assert plan.objective == pytest.approx(-39.0 * (20.0 * (1 + BETA + BETA**2) + 10.0 * BETA**4))


def test_a_long_period_holds_the_trade_of_its_months() -> None:
    """20 t wanted at 50 a month, all of it supplied: three months count three times, in their middle."""
    network = one_good((DemandStep(50.0, 1.0),), 20.0)
    plan = planned(moves(network, always(FREE), (1, 1, 1, 3)), before(network))
    assert plan.objective == pytest.approx(-39.0 * 20.0 * (1 + BETA + BETA**2 + 3 * BETA**4))


def test_licences_of_a_long_period_arrive_over_the_periods_that_they_meet() -> None:
    """Half decided at once and half after two months; 5 t a month may be filed, all usual trade needs leave.

    Of a long period's 15 t, half is decided at once, of the other half one month of three inside the period: 10 t; with
    7.5 t from the months before: 2.5 t in each of the first two months, 5 t in the third, 5 t from the second and third.
    """
    network = one_good((DemandStep(50.0, 1.0),), 20.0)
    rates = Rates(0.08, (), waste={BUCKET: 0.0}, leads={BUCKET: (0.5, 0.0, 0.5)}, papers={BUCKET: 0.0})
    update = moves_of(network, rates, always(LICENCE), drivers(network.limits), (1, 1, 1, 3))
    update.seen = sees(granted=0.5, filed_most=1.0)
    plan = planned(update, before(network))
    shipped = [plan.value[update.window.column("act", ("ship", *BUCKET, "licence"), p)] for p in range(4)]
    assert shipped == pytest.approx([2.5, 2.5, 5.0, 7.5 + 2.5 + 5.0])


def test_months_beyond_foresight_repeat_the_last_one_foreseen() -> None:
    """Demand doubles in the fourth month; who foresees three months plans as if it never did."""
    network = one_good((DemandStep(50.0, 1.0),), 20.0)

    def doubled(use: str, region: str, month: int, seen_from: int) -> float:
        return 2.0 if month >= FIRST + 3 else 1.0

    blind = planned(moves(network, always(FREE), (1, 1, 1, 3), foresight=3, wanted=doubled), before(network))
    told = planned(moves(network, always(FREE), (1, 1, 1, 3), foresight=4, wanted=doubled), before(network))
    near = 20.0 * (1 + BETA + BETA**2)
    assert blind.objective == pytest.approx(-39.0 * (near + 60.0 * BETA**4))
    # The mine gives 100 t a month: 120 t in the long period are within it.
    assert told.objective == pytest.approx(-39.0 * (near + 120.0 * BETA**4))


# The price among many.


@pytest.mark.parametrize(("base", "expected"), [(20.0, 50.0), (75.0, 75.0), (200.0, 100.0)])
def test_where_many_prices_fit_the_one_closest_to_the_base_year_is_published(base: float, expected: float) -> None:
    """Exactly the 4 t that are wanted at 100 can be made, and the next are wanted at 50: any price from 50 to 100 fits."""
    plain = one_good((DemandStep(100.0, 0.5), DemandStep(50.0, 0.5)), 8.0)
    network = replace(plain, limits={"mine": 4.0}, prices={HERE: base - 1.0, THERE: base, SERVICE: base})
    update = moves(network, always(FREE), 1)
    plan = planned(update, before(network))
    assert price(update, plan, THERE) == pytest.approx(expected)
    assert price(update, plan, HERE) == pytest.approx(expected - 1.0)
