"""State stocks by hand: what is bought and released, at which price, and what is held."""

from __future__ import annotations

import pytest

from coercivity.base.months import month_text
from coercivity.market.network.network import DemandStep, Good, GoodAmount, Network
from coercivity.market.program.state import State
from coercivity.market.run.policy.policies import policy_drivers, with_policies
from coercivity.market.run.policy.reserves import held, opening, room, settled
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.scenarios.policies import PoliciesAsked, Stockpile
from coercivity.market.run.simulate import world_once
from tests.oracles.market_small import before, moves, one_good
from tests.oracles.market_toy import FIRST, FREE, Moves, always, drivers, walk

SERVED = (DemandStep(40.0, 1.0),)
STOCK = held(Stockpile.model_validate({"id": "s", "good": "ox_Dy", "region": "CN", "at_most": "1"}), "")


def stockpile(**parts: object) -> Stockpile:
    asked = {
        "id": "s",
        "good": "ox_Dy",
        "region": "CN",
        "buy_tonnes_a_month": "5",
        "at_most": "12",
        "from": month_text(FIRST + 1),
        "to": month_text(FIRST + 2),
        "release_from": month_text(FIRST + 3),
        "release_tonnes_a_month": "4",
        "release_above": "12",
        **parts,
    }
    return Stockpile.model_validate(asked)


def market(asked: Stockpile, mined: float = 100.0) -> tuple[Moves, Network]:
    policies = PoliciesAsked(stockpiles=[asked])
    network = with_policies(one_good(SERVED, 20.0), policies, world_once().coefficients)
    network.limits["mine"] = mined
    update = moves(network, always(FREE), 3)
    return Moves(update.window, update.law, policy_drivers(drivers(network.limits), policies, network)), network


def carried(asked: Stockpile, mined: float = 100.0, months: int = 5) -> list[MonthDone]:
    update, network = market(asked, mined)
    state: State = before(network)
    state.stock_t |= opening([asked])
    return walk(update, state, FIRST, FIRST + months - 1)


def did(done: MonthDone, kind: str) -> float:
    return done.activity_t.get((kind, "ox_Dy", "CN", "", "s"), 0.0)


def test_a_state_buys_below_its_price_and_holds_what_it_bought() -> None:
    """The mine offers at 10 USD/kg and the state pays up to 12: 5 t in each of two months."""
    months = carried(stockpile())
    assert [did(done, "reserve") for done in months] == pytest.approx([0, 5, 5, 0, 0])
    assert [done.stock_t.get(STOCK, 0.0) for done in months] == pytest.approx([0, 5, 10, 10, 10])


def test_a_state_never_buys_above_its_price() -> None:
    months = carried(stockpile(at_most="9", release_above="9", release_tonnes_a_month="0"))
    assert [did(done, "reserve") for done in months] == [0.0] * 5


def test_a_state_releases_above_its_price_and_no_more_than_it_holds() -> None:
    """18 t are mined where 20 t are wanted, at 40 USD/kg less 1 of freight: 7 t are gone after 2, 2, 2 and 1 t.

    Nobody keeps stock beside, since storage and interest cost money and the release goes on.
    """
    asked = stockpile(buy_tonnes_a_month="0", opening_tonnes="7", release_from=month_text(FIRST))
    months = carried(asked, mined=18.0)
    assert sum(did(done, "release") for done in months) == pytest.approx(7.0)
    assert months[-1].stock_t.get(STOCK, 0.0) == 0.0
    for done in months:
        assert did(done, "release") <= 4.0 + 1e-9


def test_a_release_price_above_the_market_keeps_the_stock() -> None:
    asked = stockpile(buy_tonnes_a_month="0", opening_tonnes="7", release_from=month_text(FIRST), release_above="60")
    months = carried(asked, mined=18.0)
    assert [done.stock_t[STOCK] for done in months] == [7.0] * 5


def test_no_plan_buys_dearer_in_order_to_release_later() -> None:
    """What is bought now is no good of the plan: 5 t at 10 USD/kg are declined by a state that pays 9.

    Although it could release at 9 where they are worth 39 from the third month on.
    """
    asked = stockpile(at_most="9", release_above="9", release_from=month_text(FIRST + 2))
    months = carried(asked, mined=18.0)
    assert [did(done, "reserve") for done in months] == [0.0] * 5


def test_purchases_and_releases_are_unknown_before_publication() -> None:
    asked = stockpile(published=month_text(FIRST + 1))
    buy, release = f"reserve:{asked.id}:CN", f"release:{asked.id}:CN"
    assert room(asked, buy, FIRST + 1, FIRST) == room(asked, release, FIRST + 3, FIRST) == 0.0
    assert room(asked, buy, FIRST + 1, FIRST + 1) == 5.0
    assert room(asked, release, FIRST + 3, FIRST + 1) == 4.0
    assert room(asked, release, FIRST + 2, FIRST + 2) == 0.0


def test_what_is_held_is_settled_by_account() -> None:
    """10 t before, 5 bought and 3 released: 12, whatever the plan keeps on the row of the stock."""
    _, network = market(stockpile())
    moved: dict[tuple[str, ...], float] = {
        ("reserve", "ox_Dy", "CN", "", "s"): 5.0,
        ("release", "ox_Dy", "CN", "", "s"): 3.0,
    }
    assert settled(network, {STOCK: 10.0}, {STOCK: 1.0}, moved) == {STOCK: 12.0}


def test_a_state_abroad_buys_only_what_is_free_of_an_undertaking() -> None:
    """Else it took oxide from swarf under an undertaking, which has no other outlet in North America, at USD 0."""
    asked = stockpile(region="NAM")
    network = with_policies(one_good(SERVED, 20.0), PoliciesAsked(stockpiles=[asked]), world_once().coefficients)
    traded = [a for a in network.activities if a.kind in ("reserve", "release")]
    assert [a.kind for a in traded] == ["reserve", "release"]
    assert {a.key[2] for a in traded} == {"free"}
    assert traded[0].takes == traded[1].gives == (GoodAmount(Good("ox_Dy", "NAM", "free"), 1.0),)
