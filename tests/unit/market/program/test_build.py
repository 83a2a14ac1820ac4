"""Contents of a window: transit, stock, long periods, capacities as rows or bounds, licences with their delay."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from coercivity.market.network.network import LESS, MORE, WITHOUT, DemandStep, Good
from coercivity.market.network.stores import CoverLayer, cover_layers
from coercivity.market.program.build import Rates, bucket_of, coarser_layers, coarser_steps
from coercivity.market.program.lp import Solved
from coercivity.market.program.state import State
from coercivity.market.program.update import WindowUpdate
from coercivity.permission.desk.state import empty_desk
from coercivity.permission.gate import Way
from tests.oracles.market_toy import FIRST, FREE, LAYERS, LICENCE, STEPS, Moves, Toy, always, drivers, moves_of, says

DY_CN, DY_JP = Good("ox_Dy", "CN"), Good("ox_Dy", "JP")
BUCKET = ("ox_Dy", "CN", "JP", "civil")


def plan_of(update: Moves, state: State, month: int = FIRST) -> Solved:
    update.at(month, state)
    plan = update.window.solve()
    assert plan is not None
    return plan


def bounds_of(update: WindowUpdate, *key: object) -> tuple[float, float]:
    stands = update.window.lp._engine.getLp()
    place = update.window.column(*key)
    return float(stands.col_lower_[place]), float(stands.col_upper_[place])


def cost_of(update: WindowUpdate, *key: object) -> float:
    return float(update.window.lp._engine.getLp().col_cost_[update.window.column(*key)])


def test_shares_of_a_month_are_discounted_with_the_capital() -> None:
    rates = Rates(0.08, (CoverLayer(1.0, 0.0),))
    assert rates.beta**12 == pytest.approx(1 / 1.08)


def test_only_what_passes_through_has_layers_of_cover() -> None:
    window = Toy().update(always(FREE), months=2).window
    (store,) = [store for store in window.network.stores if store.good == DY_JP]
    above = len(LAYERS)
    assert window.layers_of(store, 0) == tuple(range(above + 1))
    assert window.layers_of(replace(store, cover=0.0), 0) == (above,)
    assert window.layers_of(replace(store, turnover_t=0.0), 0) == (above,)


def test_long_periods_have_half_as_many_layers_of_the_same_worth() -> None:
    layers = cover_layers(0.03, 0.01)
    coarse = coarser_layers(layers)
    assert len(coarse) == len(layers) / 2
    assert math.fsum(layer.width for layer in coarse) == pytest.approx(1.0)
    worth, again = (math.fsum(layer.width * layer.worth for layer in each) for each in (layers, coarse))
    assert again == pytest.approx(worth) == pytest.approx(0.02)
    assert coarse[0].worth < layers[0].worth
    assert coarser_layers(layers[:3])[-1] == layers[2]
    window = Toy().update(always(FREE), months=(1, 1, 1, 3)).window
    assert window.layers(2) == layers
    assert window.layers(3) == coarse


def test_long_periods_merge_two_steps_of_one_kind_but_not_the_steps_at_usual_demand() -> None:
    kinds = (WITHOUT, WITHOUT, WITHOUT, LESS, LESS, LESS, MORE, MORE, MORE)
    steps = tuple(DemandStep(900.0 - 100.0 * n, 0.05 * (n + 1), kind) for n, kind in enumerate(kinds))
    coarse = coarser_steps(steps)
    assert [step.kind for step in coarse] == [WITHOUT, WITHOUT, LESS, LESS, MORE, MORE]
    for kind in set(kinds):
        ours, theirs = (math.fsum(step.width for step in each if step.kind == kind) for each in (coarse, steps))
        assert ours == pytest.approx(theirs)
    value, again = (math.fsum(step.width * step.worth for step in each) for each in (steps, coarse))
    assert again == pytest.approx(value)
    assert coarse[3] == steps[5]
    assert coarse[4] == steps[6]
    assert [step.worth for step in coarse] == sorted((step.worth for step in coarse), reverse=True)


def test_columns_of_a_long_period_carry_all_its_months() -> None:
    """Demand and capacity of a period of three months are those of its three months together."""
    update = Toy(growth=0.21).update(always(FREE), months=(1, 1, 1, 3))
    update.at(FIRST, Toy().state(update.window.network))
    wanted = [update.wanted_t("Dy", "JP", FIRST + 3 + w) for w in range(3)]
    assert wanted[0] < wanted[2]
    whole = sum(bounds_of(update, "step", "Dy", "JP", k, 3)[1] for k in range(len(update.window.steps(1, 3))))
    assert whole == pytest.approx(sum(wanted) * sum(step.width for step in STEPS))
    assert bounds_of(update, "act", ("mine", "ox_Dy", "CN"), 3)[1] == pytest.approx(3 * 12.0)


def test_demand_and_plants_are_foreseen_so_far_and_then_stay() -> None:
    """With a foresight of four months the fifth and later ones are as the fourth."""
    grid = (1, 1, 1, 1, 1, 1)
    near, far = (Toy(growth=0.5).update(always(FREE), months=grid, foresight=ahead) for ahead in (4, 120))
    highs = []
    for update in (near, far):
        update.at(FIRST, Toy().state(update.window.network))
        highs.append([bounds_of(update, "step", "Dy", "JP", 0, p)[1] for p in range(6)])
    assert highs[0][:4] == highs[1][:4]
    assert highs[0][4:] == [highs[0][3]] * 2
    assert highs[1][5] > highs[1][4] > highs[1][3]


def test_a_capacity_of_one_activity_is_a_bound_and_of_two_a_row() -> None:
    toy = Toy()
    update = toy.update(always(FREE), months=2)
    plan_of(update, toy.state(update.window.network))
    assert set(update.window.alone) == {f"mine:{e}:{r}" for e in ("Dy", "La") for r in ("CN", "JP")}
    assert bounds_of(update, "act", ("mine", "ox_Dy", "CN"), 0) == (0.0, 12.0)
    assert ("limit", "works:CN", 1) in update.window.lp.rows
    assert ("limit", "mine:Dy:CN", 0) not in update.window.lp.rows


def under_a_quota(**world: object) -> Moves:
    plain = Toy().network()
    under = tuple(
        replace(a, limits=(*a.limits, ("quota:x", 1.0)))
        if a.name == ("ship", "ox_Dy", "CN", "JP", "civil", "free")
        else a
        for a in plain.activities
    )
    network = replace(plain, activities=under, limits={**plain.limits, "quota:x": 1.0}, quotas={"quota:x": "a-quota"})
    return moves_of(network, Toy().rates(network), always(FREE), drivers(network.limits, **world), 4)


def test_a_quota_stays_a_row_that_can_carry_its_clause() -> None:
    window = under_a_quota().window
    assert "quota:x" not in window.alone
    assert ("limit", "quota:x", 0) in window.lp.rows


def test_a_quota_is_foreseen_in_full_and_does_not_pass_for_a_lasting_one() -> None:
    update = under_a_quota(
        capacity=lambda name, month, seen_from, state: 1.0 if month == FIRST + 1 else 9.0, foresight=2
    )
    update.at(FIRST, Toy().state(update.window.network))
    highs = update.window.lp._engine.getLp().row_upper_
    rows = {name: [highs[update.window.row("limit", name, p)] for p in range(4)] for name in ("quota:x", "works:CN")}
    assert rows == {"quota:x": [9.0, 1.0, 9.0, 9.0], "works:CN": [9.0, 1.0, 1.0, 1.0]}


def test_what_is_shipped_lands_after_its_months_under_way() -> None:
    """Nothing that leaves in a window can serve before it lands; what leaves in the last month lands after its end."""
    toy = Toy(lag=2, cover=0.0)
    update = toy.update(always(FREE), months=4)
    network = update.window.network
    plan = plan_of(update, State({}, {}, {}, dict(network.prices), empty_desk(update.desk.terms)))
    served = [
        sum(float(plan.value[update.window.column("step", "Dy", "JP", k, w)]) for k in range(4)) for w in range(4)
    ]
    # Japan's own mine and leaner recipes are all that there is until the first ship lands.
    assert max(served[:2]) < 2.0
    assert min(served[2:]) > 3.0


def test_the_law_opens_one_way_and_shuts_the_other() -> None:
    toy = Toy()
    for gate, free, licensed in (
        (FREE, np.inf, 0.0),
        (LICENCE, 0.0, np.inf),
        (says(Way.DENIAL), 0.0, np.inf),
        (says(Way.SHUT), 0.0, 0.0),
    ):
        update = toy.update(always(gate), months=2)
        update.at(FIRST, toy.state(update.window.network))
        assert bounds_of(update, "act", ("ship", *BUCKET, "free"), 0)[1] == free
        assert bounds_of(update, "act", ("ship", *BUCKET, "licence"), 0)[1] == licensed


def test_files_go_in_ahead_of_a_control_that_is_known_and_not_while_something_is_prohibited() -> None:
    toy = Toy()
    ahead = toy.update(lambda bucket, month, known: LICENCE if month >= FIRST + 3 else FREE, months=4)
    ahead.at(FIRST, toy.state(ahead.window.network))
    assert bounds_of(ahead, "apply", BUCKET, 0)[1] == pytest.approx(0.6 * 4.0)
    shut = toy.update(lambda bucket, month, known: LICENCE if month >= FIRST + 3 else says(Way.SHUT), months=4)
    shut.at(FIRST, toy.state(shut.window.network))
    assert [bounds_of(shut, "apply", BUCKET, w)[1] for w in range(4)] == pytest.approx([0.0, 0.0, 0.0, 2.4])
    never = toy.update(always(FREE), months=4)
    never.at(FIRST, toy.state(never.window.network))
    assert bounds_of(never, "apply", BUCKET, 0)[1] == 0.0


def test_leave_comes_after_its_delay() -> None:
    """With nothing granted before the third month, nothing leaves China on leave before it."""
    toy = Toy(leads=(0.0, 0.0, 1.0))
    update = toy.update(always(LICENCE), months=5)
    plan = plan_of(update, toy.state(update.window.network))
    shipped = [float(plan.value[update.window.column("act", ("ship", *BUCKET, "licence"), w)]) for w in range(5)]
    assert shipped[:2] == pytest.approx([0.0, 0.0])
    assert shipped[2] > 0.5


def test_tax_is_paid_on_the_quote_that_stands_before_the_month() -> None:
    toy = Toy()
    update = toy.update(always(FREE), months=2)
    state = toy.state(update.window.network)
    state.quote[DY_CN] = 100.0
    update.at(FIRST, state)
    key = ("act", ("ship", *BUCKET, "free"), 1)
    assert cost_of(update, *key) == pytest.approx((1.5 + 0.13 * 100.0) * 1.08 ** (-1 / 12))


def test_stock_has_layers_up_to_normal_cover_and_then_no_limit() -> None:
    update = Toy().update(always(FREE), months=2)
    (store,) = [store for store in update.window.network.stores if store.good == DY_JP]
    cover = store.cover * store.turnover_t
    assert cover > 0
    update.at(FIRST, Toy().state(update.window.network))
    highs = [bounds_of(update, "stock", DY_JP, layer, 0)[1] for layer in range(len(LAYERS) + 1)]
    assert highs[:-1] == pytest.approx([layer.width * cover for layer in LAYERS])
    assert sum(highs[:-1]) == pytest.approx(cover)
    assert highs[-1] == np.inf


def test_holders_want_more_cover_after_their_region_went_without() -> None:
    update = Toy().update(always(FREE), months=3)
    state = replace(Toy().state(update.window.network), short={"JP": 0.2})
    update.at(FIRST, state)
    more = [bounds_of(update, "stock", DY_JP, layer, 1)[1] for layer in range(len(LAYERS))]
    usual = [bounds_of(update, "stock", DY_CN, layer, 1)[1] for layer in range(len(LAYERS))]
    assert more == pytest.approx([layer.width * 8.0 * (1 + 1.5 * 0.2) for layer in LAYERS])
    assert usual == pytest.approx([layer.width * 10.0 for layer in LAYERS])


def test_no_plan_builds_stock_for_its_own_end() -> None:
    """What is left is worth something up to the stock of the start or normal cover, whichever is less."""
    update = Toy().update(always(FREE), months=3)
    window = update.window
    for start, counted in ((0.0, 0.0), (3.0, 3.0), (8.0, 8.0), (30.0, 8.0)):
        state = Toy().state(window.network)
        state.stock_t[DY_JP] = start
        update.at(FIRST, state)
        highs = [bounds_of(update, "stock", DY_JP, layer, 2)[1] for layer in range(len(LAYERS) + 1)]
        assert sum(highs[:-1]) == pytest.approx(counted)
        assert highs[-1] == np.inf
    # Beyond that it is worth nothing, and storing it up to the end costs nothing but a hair that tells ways apart.
    assert abs(cost_of(update, "stock", DY_JP, len(LAYERS), 2)) < 1e-4


def test_worth_of_cover_pays_for_interest_and_falls_to_nothing_at_normal_cover() -> None:
    """The cost of a tonne kept from one month to the next: interest is given back, the first weeks are worth most."""
    update = Toy().update(always(FREE), months=3)
    update.at(FIRST, Toy().state(update.window.network))
    costs = [cost_of(update, "stock", DY_JP, layer, 0) for layer in range(len(LAYERS) + 1)]
    assert costs == sorted(costs)
    price, beta = 22.0, 1.08 ** (-1 / 12)
    held = (1 + beta) / 2
    for cost, layer in zip(costs, LAYERS, strict=False):
        assert cost == pytest.approx(-price * (1 - beta) - price * layer.worth * held, abs=1e-4)
    # Above cover: storage, and the return that holders ask beyond interest.
    assert costs[-1] == pytest.approx((0.3 + 0.1 / 12 * price) * held, abs=1e-4)


def test_without_stocks_nothing_is_carried() -> None:
    toy = Toy()
    update = toy.update(always(FREE), months=3, keeping=False)
    layers = {key[2] for key in update.window.lp.cols if isinstance(key, tuple) and key[0] == "stock"}
    assert layers == {len(LAYERS)}
    row, col = update.window.row("good", DY_JP, 1), update.window.column("stock", DY_JP, len(LAYERS), 0)
    assert (row, col) not in update.window.lp.entries


def test_what_is_left_counts_the_quote_and_never_less_than_nothing() -> None:
    """Each tonne up to normal cover: its quote, and half of the last month of the first weeks of cover."""
    update = Toy().update(always(FREE), months=3)
    costs = {}
    for quote in (40.0, 90.0, -3.0, 0.0):
        state = Toy().state(update.window.network)
        state.quote[DY_JP] = quote
        update.at(FIRST, state)
        costs[quote] = [cost_of(update, "stock", DY_JP, layer, 2) for layer in range(len(LAYERS))]
        assert len(set(costs[quote])) == 1
    now = 1.08 ** (-2 / 12)
    assert costs[40.0][0] == pytest.approx(-now * (40.0 + 22.0 * LAYERS[0].worth / 2), abs=1e-4)
    assert costs[40.0][0] - costs[90.0][0] == pytest.approx(now * 50.0)
    assert costs[-3.0] == costs[0.0]


def test_stocks_beyond_any_worth_are_not_tied() -> None:
    """Each store has its own hair of cost, so that it is not all the same what is kept beyond any worth."""
    network = Toy().network()
    update = Toy().update(always(FREE), months=2)
    update.at(FIRST, Toy().state(network))
    ends = [cost_of(update, "stock", store.good, len(LAYERS), 1) for store in network.stores]
    assert len(set(ends)) == len(ends)
    assert all(0.0 < end < 1e-3 for end in ends)


def test_prices_of_a_window_shorter_than_its_single_months_are_chosen_too() -> None:
    for months in (1, 2):
        update = Toy().update(always(FREE), months=months)
        plan = plan_of(update, Toy().state(update.window.network))
        assert plan.dual[update.window.row("good", DY_CN, 0)] > 0


def test_a_passage_draws_on_its_bucket() -> None:
    passage = next(a.passage for a in Toy().network().activities if a.passage is not None)
    assert bucket_of(passage) == BUCKET
