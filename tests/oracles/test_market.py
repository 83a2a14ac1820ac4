"""The market model against a second build in linopy of its equations in docs/market.md, and against hand calculations."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.market.inputs.months import month_text
from coercivity.market.network.network import (
    Activity,
    Demand,
    DemandStep,
    Good,
    GoodAmount,
    Network,
    Passage,
    Permission,
    Recipe,
    Requirement,
    Store,
)
from coercivity.market.program.build import Rates
from coercivity.market.program.state import Law, State
from coercivity.market.program.update import WindowUpdate
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation
from coercivity.permission.gate import Gate, Way
from tests.oracles.market_linopy import Asked, least_cost
from tests.oracles.market_toy import (
    FIRST,
    FREE,
    LICENCE,
    Toy,
    always,
    drivers,
    moves_of,
    packed_run,
    says,
    simulated,
    told,
    walk,
)

CLOSE = 1e-10
Here = Good("ox_Dy", "CN")
There = Good("ox_Dy", "JP")
SERVICE = Good("service", "JP")


def same_by_linopy(update: WindowUpdate, state: State, month: int) -> None:
    """Ours equals the second build, in the same month from the same state."""
    window = update.window
    update.to(month, state)
    plan = window.solve()
    assert plan is not None
    asked = Asked(
        window.network, window.rates, update.law, update.drivers, state, month, window.months, keeping=window.keeping
    )
    assert least_cost(asked) == pytest.approx(plan.objective, rel=CLOSE)


def later(gate: Gate, from_month: int) -> Law:
    """Free before a month, known from the beginning."""
    return lambda bucket, month, known: gate if month >= from_month else FREE


DENIED, SHUT = says(Way.DENIAL), says(Way.SHUT)
LAWS = {
    "no law": always(FREE),
    "leave": always(LICENCE),
    "leave in three months": later(LICENCE, FIRST + 3),
    "refused": always(DENIED),
    "prohibited in two months": later(SHUT, FIRST + 2),
    "pause that ends": lambda bucket, month, known: FREE if FIRST + 1 <= month <= FIRST + 3 else LICENCE,
}


@pytest.mark.sampled
@pytest.mark.parametrize("keeping", [True, False], ids=["stocks", "no stocks"])
@pytest.mark.parametrize("name", sorted(LAWS))
def test_toy_window_costs_the_same_in_linopy(name: str, keeping: bool) -> None:
    toy = Toy()
    update = toy.update(LAWS[name], keeping=keeping)
    state = toy.state(update.window.network)
    if not keeping:
        state.stock_t.clear()
    same_by_linopy(update, state, FIRST)


def test_every_month_of_a_toy_run_costs_the_same_in_linopy() -> None:
    """What a month leaves is taken up alike: stock, goods and files under way, shares reached, quotes."""
    toy = Toy()
    update = toy.update(LAWS["leave in three months"], months=4)
    for done in walk(update, toy.state(update.window.network), FIRST, FIRST + 6):
        assert done.before.quote
        same_by_linopy(update, done.before, done.month)
    assert done.before.granting_t
    assert done.before.served
    assert done.before.trend


def test_toy_with_a_quota_a_duty_and_a_requirement_costs_the_same_in_linopy() -> None:
    required = (
        Requirement("dysprosium for all", 0.9, FIRST + 1, FIRST + 2, use=("Dy", "JP")),
        Requirement("a tonne of lanthanum", 1.0, FIRST + 3, FIRST + 9, route=("ox_La", "CN", "JP")),
    )
    toy = Toy(requirements=required)
    plain = toy.network()
    limits = {**plain.limits, "quota:both": 5.0}
    activities = tuple(
        replace(a, limits=(*a.limits, ("quota:both", 1.0))) if a.kind == "ship" else a for a in plain.activities
    )
    network = replace(plain, activities=activities, limits=limits, quotas={"quota:both": "a-quota"})
    world = drivers(limits, duty=lambda good, month: 0.25 if good == "ox_Dy" else 0.0, dutied=frozenset({"ox_Dy"}))
    update = moves_of(network, toy.rates(network), always(FREE), world, 6)
    same_by_linopy(update, toy.state(network), FIRST)


def test_linopy_sees_when_nothing_is_feasible() -> None:
    toy = Toy(requirements=(Requirement("too much", 1000.0, FIRST, FIRST, route=("ox_La", "CN", "JP")),))
    update = toy.update(always(FREE))
    state = toy.state(update.window.network)
    update.to(FIRST, state)
    assert update.window.solve() is None
    asked = Asked(update.window.network, update.window.rates, update.law, update.drivers, state, FIRST, 6)
    assert least_cost(asked) is None


def test_linopy_would_notice_another_law() -> None:
    """The comparison can fail: the second build under another law costs something else."""
    toy = Toy()
    update = toy.update(always(FREE))
    state = toy.state(update.window.network)
    update.to(FIRST, state)
    plan = update.window.solve()
    assert plan is not None
    asked = Asked(update.window.network, update.window.rates, always(LICENCE), update.drivers, state, FIRST, 6)
    found = least_cost(asked)
    assert found is not None
    assert found > plan.objective + 1.0


# The whole packed market.


def month_of(simulation: Simulation, text: str) -> MonthDone:
    return next(done for done in simulation.months if month_text(done.month) == text)


@pytest.mark.parametrize("text", ["2024-11", "2025-03", "2025-05", "2025-10", "2026-02", "2026-12"])
def test_packed_window_costs_the_same_in_linopy(text: str) -> None:
    """Before the controls, the month before 18/2025 and after, the autumn of 61/2025, the pause, and its end."""
    simulation = packed_run("controls-back", "2026-12", 3)
    done = month_of(simulation, text)
    assert all(gate.free for gate in done.gates.values()) == (text < "2025-04")
    same_by_linopy(simulation.update, done.before, done.month)


def test_packed_window_without_stocks_costs_the_same_in_linopy() -> None:
    simulation = simulated(told("controls-back", behaviour={"stocks": "false"}), "2025-05", 3)
    assert not simulation.months[-1].stock_t
    same_by_linopy(simulation.update, simulation.months[-1].before, simulation.months[-1].month)


def test_packed_window_with_quota_duty_shock_and_requirement_costs_the_same_in_linopy() -> None:
    scenario = told(
        quotas=[{"name": "heavies", "goods": ["ox_Dy", "ox_Tb"], "tonnes_a_month": "5", "clause": "a-quota"}],
        duties=[{"goods": ["ox_Dy", "mag_high"], "share": "0.25", "clause": "a-duty", "from": "2025-02"}],
        shocks=[{"capacity": "mine:MYANMAR_IONIC:MM-LA", "share": "0.4", "reason": {"en": "-"}}],
        require=[{"name": "cars", "use": "ev_traction", "region": "EUR", "share": "0.5"}],
        plants=[
            {"id": "own", "region": "EUR", "stage": "magnet", "capacity": "900", "unit": "t/yr", "start": "2024-11"}
        ],
        demand=[{"use": "wind", "region": "all", "share": "1.3"}],
    )
    simulation = simulated(scenario, "2025-02", 3)
    done = simulation.months[-1]
    assert done.duties["ox_Dy"] == (0.25, ("a-duty",))
    same_by_linopy(simulation.update, done.before, done.month)


# Answers worked out on paper.


def one_good(steps: tuple[DemandStep, ...], wanted: float, *, freight: float = 1.0, orders: float = 10.0) -> Network:
    """Mined in China at 10 USD/kg, shipped at once, wanted in Japan; leave may be asked for."""
    ships = tuple(
        Activity(
            "ship",
            ("ox_Dy", "CN", "JP", "civil", way),
            (GoodAmount(Here, 1.0),),
            (GoodAmount(There, 1.0),),
            freight,
            passage=Passage("ox_Dy", "CN", "JP", "civil", way),
        )
        for way in (Way.FREE, Way.LICENCE)
    )
    mine = Activity("mine", ("ox_Dy", "CN"), (), (GoodAmount(Here, 1.0),), 10.0, limits=(("mine", 1.0),))
    usual = Activity("recipe", ("use", "JP", "usual"), (GoodAmount(There, 1.0),), (GoodAmount(SERVICE, 1.0),), 0.0)
    return Network(
        goods=(Here, There, SERVICE),
        activities=(mine, *ships, usual),
        demands=(Demand("use", "JP", SERVICE, wanted, 0.0, 50.0, steps),),
        recipes=(Recipe(usual.name, "use", "JP", 1.0),),
        stores=(Store(Here, 0.0, 0.0, 1.0), Store(There, 0.0, 0.0, 1.0)),
        buckets=(Permission("ox_Dy", "CN", "JP", "civil", orders),),
        prices={Here: 10.0, There: 11.0},
        limits={"mine": 100.0},
    )


def one_good_moves(network: Network, law: Law, months: int, **world: object) -> WindowUpdate:
    name = network.buckets[0].name
    rates = Rates(0.08, (0.0, 0.0), waste={name: 0.25}, leads={name: (1.0,)}, papers={name: 2.0})
    return moves_of(network, rates, law, drivers(network.limits, **world), months)


def empty(network: Network) -> State:
    return State({}, {}, {}, {}, {}, dict(network.prices), dict(network.prices))


def test_worth_of_leave_is_value_less_cost() -> None:
    """Half of 10 t can be granted where 20 t are worth 50 USD/kg each: price 50 there, 10 here, leave 50 - 10 - 1."""
    network = one_good((DemandStep(50.0, 1.0),), 20.0)
    update = one_good_moves(network, always(LICENCE), 1, grants=lambda bucket, way, month: 0.5)
    update.to(FIRST, empty(network))
    plan = update.window.solve()
    assert plan is not None
    window, bucket = update.window, network.buckets[0].name
    assert plan.dual[window.row("good", There, 0)] == pytest.approx(50.0)
    assert plan.dual[window.row("good", Here, 0)] == pytest.approx(10.0)
    assert plan.dual[window.row("permission", bucket, 0)] == pytest.approx(39.0)
    assert plan.value[window.column("act", ("ship", "ox_Dy", "CN", "JP", "civil", "licence"), 0)] == pytest.approx(5.0)
    # A file more would bring what leave is worth less its papers.
    assert plan.reduced_cost[window.column("apply", bucket, 0)] == pytest.approx(2.0 - 39.0)
    assert plan.objective == pytest.approx(-5.0 * (50.0 - 10.0 - 1.0 - 2.0))


def test_leave_that_is_not_scarce_is_worth_its_papers() -> None:
    network = one_good((DemandStep(50.0, 1.0),), 20.0, orders=100.0)
    update = one_good_moves(network, always(LICENCE), 1, grants=lambda bucket, way, month: 0.5)
    update.to(FIRST, empty(network))
    plan = update.window.solve()
    assert plan is not None
    assert plan.dual[update.window.row("permission", network.buckets[0].name, 0)] == pytest.approx(2.0)
    assert plan.dual[update.window.row("good", There, 0)] == pytest.approx(13.0)


def test_leave_that_is_kept_loses_its_waste() -> None:
    """8 t of leave left from before lose a quarter; nothing new is granted, so 6 t pass."""
    network = one_good((DemandStep(50.0, 1.0),), 20.0)
    update = one_good_moves(network, always(LICENCE), 1, grants=lambda bucket, way, month: 0.0)
    state = empty(network)
    state.permits_t[network.buckets[0].name] = 8.0
    update.to(FIRST, state)
    plan = update.window.solve()
    assert plan is not None
    assert plan.objective == pytest.approx(-6.0 * (50.0 - 11.0))


def test_price_tomorrow_is_price_today_and_storage_with_interest_where_stock_is_carried() -> None:
    """10 t today, none tomorrow, 4 t wanted at 100 and 4 t at 50 in both months: 6 t today, the rest tomorrow."""
    network = one_good((DemandStep(100.0, 0.5), DemandStep(50.0, 0.5)), 8.0, freight=0.0)
    capacity = {FIRST: 10.0, FIRST + 1: 0.0}
    update = one_good_moves(network, always(FREE), 2, capacity=lambda name, month, seen_from: capacity[month])
    update.to(FIRST, empty(network))
    plan = update.window.solve()
    assert plan is not None
    window = update.window
    today, tomorrow = (plan.dual[window.row("good", There, w)] / window.discounts[w] for w in (0, 1))
    assert today == pytest.approx(50.0)
    assert tomorrow == pytest.approx((today + 1.0) * 1.08 ** (1 / 12))
    layer = ("stock", There, 3, 0)
    home = ("stock", Here, 3, 0)
    assert plan.value[window.column(*layer)] + plan.value[window.column(*home)] == pytest.approx(4.0)


def test_no_stock_no_link_between_today_and_tomorrow() -> None:
    """Plenty in both months: nothing is carried, and tomorrow is as cheap as today."""
    network = one_good((DemandStep(100.0, 0.5), DemandStep(50.0, 0.5)), 8.0)
    update = one_good_moves(network, always(FREE), 2)
    update.to(FIRST, empty(network))
    plan = update.window.solve()
    assert plan is not None
    found = [plan.dual[update.window.row("good", There, w)] / update.window.discounts[w] for w in (0, 1)]
    assert found == pytest.approx([11.0, 11.0])


def test_precaution_keeps_what_its_worth_pays_for() -> None:
    """Holders value the first half of 2 t of cover at 30 % of 11 USD/kg a month, which pays for storage; then it ends."""
    network = one_good((DemandStep(10.0, 1.0),), 0.0)
    network = replace(network, stores=(Store(There, 1.0, 2.0, 1.0), Store(Here, 0.0, 0.0, 1.0)))
    name = network.buckets[0].name
    rates = Rates(0.08, (0.3, 0.05), waste={name: 0.0}, leads={name: (1.0,)}, papers={name: 0.0})
    world = drivers(network.limits, extrapolating=0.0)
    update = moves_of(network, rates, always(FREE), world, 1)
    state = empty(network)
    state.margin[There] = state.quote[There] = 9.0
    update.to(FIRST, state)
    plan = update.window.solve()
    assert plan is not None
    # Bought at 11: the first tonne earns 0.3 x 11 - 1 and counts the quote at the end; the second would earn a loss.
    worth = 0.3 * 11.0 - 1.0 + 9.0 * 1.08 ** (-1 / 12) - 11.0
    assert worth > 0
    assert plan.objective == pytest.approx(-worth * 1.0)
