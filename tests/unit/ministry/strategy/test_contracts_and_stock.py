"""Long contracts and stock by hand: 100 t are needed, a missing tonne costs 50."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from coercivity.ministry.strategy.answer import strategy_answer
from coercivity.ministry.strategy.model import Levers, StrategyBook
from coercivity.ministry.strategy.supply import least_cost
from tests.unit.ministry.strategy.books import plain_firm, plain_scenario

CHEAP = plain_scenario(cn_share="1", cn_price="10")
STOP = plain_scenario()
LONG = plain_firm(contract_share="0.3", contract_price="20")
CONTRACTS: Levers = ("contracts",)
WITH_STOCK: Levers = ("stock",)
STOCK = plain_firm(stock_t="40", stock_holding="2")


def test_a_long_contract_is_paid_where_it_is_not_needed_and_saves_the_loss_where_it_is() -> None:
    """Open: 30 t x 20 + 70 t x 10 = 1,300 against 1,000. Stop: 600 + 70 t x 50 = 4,100 against 5,000."""
    assert least_cost(LONG, CHEAP, (), Fraction(0)).cost == 1000
    assert least_cost(LONG, CHEAP, CONTRACTS, Fraction(0)).cost == 1300
    assert least_cost(LONG, STOP, (), Fraction(0)).cost == 5000
    assert least_cost(LONG, STOP, CONTRACTS, Fraction(0)).cost == 4100


def test_stock_costs_its_holding_while_metal_flows_and_its_price_once_it_is_used() -> None:
    """Open: 1,000 + 40 t x 2 = 1,080, nothing used. Stop: 80 + 40 t x 12 + 60 t x 50 = 3,560."""
    flowing, stopped = (least_cost(STOCK, row, WITH_STOCK, Fraction(12)) for row in (CHEAP, STOP))
    assert flowing.cost == 1080
    assert "stock" not in flowing.tonnes
    assert stopped.cost == 3560
    assert stopped.tonnes["stock"] == 40
    assert stopped.lost_t == 60


def test_the_sheet_may_say_itself_when_stock_may_be_used() -> None:
    """At half the need from China, a stop: 80 + 40 t x 8 + 50 t x 10 + 10 t x 50 = 1,400."""
    half = replace(CHEAP, cn_share=Fraction(1, 2))
    assert least_cost(STOCK, half, WITH_STOCK, Fraction(8)).tonnes.get("stock") is None
    assert least_cost(STOCK, replace(half, stops="yes"), WITH_STOCK, Fraction(8)).cost == 1400
    assert least_cost(STOCK, replace(STOP, stops="no"), WITH_STOCK, Fraction(8)).lost_t == 100


def test_stock_without_a_price_was_bought_in_the_open_scenario() -> None:
    """Of two rows with the whole need, at 10 with 0.2 and at 16 with 0.4: 14. One with half the need does not count."""
    rows = (
        replace(CHEAP, scenario="a", probability=Fraction(1, 5)),
        replace(CHEAP, scenario="b", probability=Fraction(2, 5), cn_price=Fraction(16)),
        replace(CHEAP, scenario="c", probability=Fraction(2, 5), cn_price=Fraction(99), cn_share=Fraction(1, 2)),
    )
    assert StrategyBook(rows, (STOCK,)).open_price == 14


def test_where_two_combinations_cost_the_same_the_one_with_fewer_levers_wins() -> None:
    idle = plain_firm(contract_share="0", contract_price="20")
    found = strategy_answer(StrategyBook((CHEAP,), (idle,)), CONTRACTS).firms[0].groups[-1]
    assert found.cheapest.on == ()
    assert found.next.on == CONTRACTS
    assert found.margin == 0
