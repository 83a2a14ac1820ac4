"""Contents of a window: months in transit, layers of stock, capacities as rows or bounds, licences with their delay."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coercivity.market.network.network import Good
from coercivity.market.program.build import Rates, bucket_of, layers_of
from coercivity.market.program.lp import Solved
from coercivity.market.program.state import State
from coercivity.market.program.update import WindowUpdate
from coercivity.permission.gate import Way
from tests.oracles.market_toy import FIRST, FREE, LICENCE, Toy, always, drivers, moves_of, says

DY_CN, DY_JP = Good("ox_Dy", "CN"), Good("ox_Dy", "JP")
BUCKET = ("ox_Dy", "CN", "JP", "civil")


def plan_of(update: WindowUpdate, state: State, month: int = FIRST) -> Solved:
    update.to(month, state)
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
    rates = Rates(0.08, (0.0, 0.0))
    assert rates.beta**12 == pytest.approx(1 / 1.08)


def test_only_what_passes_through_has_layers_of_cover() -> None:
    assert layers_of(2.0, 5.0) == (0, 1, 2, 3)
    assert layers_of(0.0, 5.0) == layers_of(2.0, 0.0) == (3,)


def test_a_capacity_of_one_activity_is_a_bound_and_of_two_a_row() -> None:
    toy = Toy()
    update = toy.update(always(FREE), months=2)
    plan_of(update, toy.state(update.window.network))
    assert set(update.window.alone) == {f"mine:{e}:{r}" for e in ("Dy", "La") for r in ("CN", "JP")}
    assert bounds_of(update, "act", ("mine", "ox_Dy", "CN"), 0) == (0.0, 12.0)
    assert ("limit", "works:CN", 1) in update.window.lp.rows
    assert ("limit", "mine:Dy:CN", 0) not in update.window.lp.rows


def test_a_quota_stays_a_row_that_can_carry_its_clause() -> None:
    plain = Toy().network()
    under = tuple(
        replace(a, limits=(*a.limits, ("quota:x", 1.0)))
        if a.name == ("ship", "ox_Dy", "CN", "JP", "civil", "free")
        else a
        for a in plain.activities
    )
    network = replace(plain, activities=under, limits={**plain.limits, "quota:x": 1.0}, quotas={"quota:x": "a-quota"})
    update = moves_of(network, Toy().rates(network), always(FREE), drivers(network.limits), 2)
    assert "quota:x" not in update.window.alone
    assert ("limit", "quota:x", 0) in update.window.lp.rows


def test_what_is_shipped_lands_after_its_months_under_way() -> None:
    """Nothing that leaves in a window can serve before it lands; what leaves in the last month lands after its end."""
    toy = Toy(lag=2, cover=0.0)
    update = toy.update(always(FREE), months=4)
    network = update.window.network
    plan = plan_of(update, State({}, {}, {}, {}, {}, dict(network.prices), dict(network.prices)))
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
        update.to(FIRST, toy.state(update.window.network))
        assert bounds_of(update, "act", ("ship", *BUCKET, "free"), 0)[1] == free
        assert bounds_of(update, "act", ("ship", *BUCKET, "licence"), 0)[1] == licensed


def test_files_go_in_ahead_of_a_control_that_is_known_and_not_while_something_is_prohibited() -> None:
    toy = Toy()
    ahead = toy.update(lambda bucket, month, known: LICENCE if month >= FIRST + 3 else FREE, months=4)
    ahead.to(FIRST, toy.state(ahead.window.network))
    assert bounds_of(ahead, "apply", BUCKET, 0)[1] == pytest.approx(0.6 * 4.0)
    shut = toy.update(lambda bucket, month, known: LICENCE if month >= FIRST + 3 else says(Way.SHUT), months=4)
    shut.to(FIRST, toy.state(shut.window.network))
    assert [bounds_of(shut, "apply", BUCKET, w)[1] for w in range(4)] == pytest.approx([0.0, 0.0, 0.0, 2.4])
    never = toy.update(always(FREE), months=4)
    never.to(FIRST, toy.state(never.window.network))
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
    update.to(FIRST, state)
    key = ("act", ("ship", *BUCKET, "free"), 1)
    assert cost_of(update, *key) == pytest.approx((1.5 + 0.13 * 100.0) * 1.08 ** (-1 / 12))


def test_stock_has_layers_of_half_the_cover_twice_and_all_of_it_once_more_and_then_no_limit() -> None:
    update = Toy().update(always(FREE), months=2)
    (store,) = [store for store in update.window.network.stores if store.good == DY_JP]
    cover = store.cover * store.turnover_t
    assert cover > 0
    highs = [update.window.lp.high[update.window.column("stock", DY_JP, layer, 0)] for layer in range(4)]
    assert highs == pytest.approx([cover / 2, cover / 2, cover, np.inf])


def test_without_stocks_nothing_is_carried() -> None:
    toy = Toy()
    update = toy.update(always(FREE), months=3, keeping=False)
    layers = {key[2] for key in update.window.lp.cols if isinstance(key, tuple) and key[0] == "stock"}
    assert layers == {3}
    row, col = update.window.row("good", DY_JP, 1), update.window.column("stock", DY_JP, 3, 0)
    assert (row, col) not in update.window.lp.entries


def test_what_is_left_counts_the_lower_of_margin_and_quote_and_never_less_than_nothing() -> None:
    toy = Toy()
    update = toy.update(always(FREE))
    state = toy.state(update.window.network)
    state.margin[DY_CN], state.quote[DY_CN] = 80.0, 50.0
    state.margin[DY_JP], state.quote[DY_JP] = -3.0, 40.0
    state.trend[DY_CN] = 0.1
    worth = update.worth(state)
    assert worth[DY_CN] == pytest.approx(50.0 * (0.7 + 0.3 * np.exp(2.0 * 0.1)))
    assert worth[DY_JP] == 0.0


def test_a_passage_draws_on_its_bucket() -> None:
    passage = next(a.passage for a in Toy().network().activities if a.passage is not None)
    assert bucket_of(passage) == BUCKET
