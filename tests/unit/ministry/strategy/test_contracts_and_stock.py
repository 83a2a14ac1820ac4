"""Long contracts and stock by hand: 100 t are needed, a missing tonne costs 50."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from coercivity.ministry.strategy.answer import strategy_answer
from coercivity.ministry.strategy.model import StrategyBook
from coercivity.ministry.strategy.supply import least_cost
from tests.unit.ministry.strategy.books import plain_firm, plain_scenario

CHEAP = plain_scenario(cn_share="1", cn_price="10")
STOP = plain_scenario()
LONG = plain_firm(contract_share="0.3", contract_price="20")
STOCK = plain_firm(stock_t="40", stock_holding="2")


def test_a_long_contract_is_paid_where_it_is_not_needed_and_saves_the_loss_where_it_is() -> None:
    """Open: 30 t x 20 + 70 t x 10 = 1,300 against 1,000. Stop: 600 + 70 t x 50 = 4,100 against 5,000."""
    assert least_cost(LONG, CHEAP, (), Fraction(0)).cost == 1000
    assert least_cost(LONG, CHEAP, ("contracts",), Fraction(0)).cost == 1300
    assert least_cost(LONG, STOP, (), Fraction(0)).cost == 5000
    assert least_cost(LONG, STOP, ("contracts",), Fraction(0)).cost == 4100


def test_stock_costs_its_holding_while_metal_flows_and_its_price_once_it_is_used() -> None:
    """Open: 1,000 + 40 t x 2 = 1,080, nothing used. Stop: 80 + 40 t x 12 + 60 t x 50 = 3,560."""
    flowing, stopped = (least_cost(STOCK, row, ("stock",), Fraction(12)) for row in (CHEAP, STOP))
    assert (flowing.cost, flowing.tonnes.get("stock")) == (1080, None)
    assert (stopped.cost, stopped.tonnes["stock"], stopped.lost_t) == (3560, 40, 60)


def test_the_sheet_may_say_itself_when_stock_may_be_used() -> None:
    """At half the need from China, a stop: 80 + 40 t x 8 + 50 t x 10 + 10 t x 50 = 1,400."""
    half = replace(CHEAP, cn_share=Fraction(1, 2))
    assert least_cost(STOCK, half, ("stock",), Fraction(8)).tonnes.get("stock") is None
    assert least_cost(STOCK, replace(half, stops="yes"), ("stock",), Fraction(8)).cost == 1400
    assert least_cost(STOCK, replace(STOP, stops="no"), ("stock",), Fraction(8)).lost_t == 100


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
    found = strategy_answer(StrategyBook((CHEAP,), (idle,)), ("contracts",)).firms[0].groups[-1]
    assert (found.cheapest.on, found.next.on, found.margin) == ((), ("contracts",), 0)
