"""Random firms and scenarios: order of cost and a linear programme give the same least cost; what holds for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.sums import total
from coercivity.ministry.strategy.factorial import Cell, effect_of, sets_of
from coercivity.ministry.strategy.model import LEVERS, Lever, Levers, Scenario, StrategyFirm
from coercivity.ministry.strategy.supply import least_cost
from tests.unit.ministry.strategy.books import book
from tests.unit.ministry.strategy.oracle import least

few = settings(max_examples=150, deadline=None)
PRICES = st.integers(0, 200).map(Fraction)
SHARES = st.integers(0, 20).map(lambda n: Fraction(n, 20))
TONNES = st.integers(0, 80).map(Fraction)
SETS = st.sampled_from(sets_of(LEVERS))


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    return Scenario(
        scenario="a", path="", draw="", probability=Fraction(1),
        cn_price=draw(PRICES), cn_share=draw(SHARES), row_price=draw(PRICES), row_share=draw(SHARES),
        ore_price=draw(PRICES), spot_ore_share=draw(SHARES), toll_price=draw(PRICES), toll_share=draw(SHARES),
        scrap_price=draw(PRICES), own_share=draw(SHARES), metal_yield=Fraction(draw(st.integers(10, 20)), 20),
        stops=draw(st.sampled_from([None, "yes", "no"])),
    )  # fmt: skip


@st.composite
def firms(draw: st.DrawFn) -> StrategyFirm:
    return StrategyFirm(
        firm="f", need_t=draw(st.integers(1, 80).map(Fraction)), loss=draw(PRICES),
        ore_t=draw(TONNES), ore_contract_price=draw(PRICES), resale_cut=draw(SHARES),
        own_fixed=draw(PRICES), own_cap_t=draw(TONNES), own_cost=draw(PRICES),
        rec_fixed=draw(PRICES), scrap_t=draw(TONNES), contract_share=draw(SHARES), contract_price=draw(PRICES),
        stock_t=draw(TONNES), stock_holding=draw(PRICES), stock_price=draw(PRICES),
    )  # fmt: skip


@few
@given(firms(), scenarios(), SETS)
def test_the_least_cost_is_that_of_the_linear_programme(firm: StrategyFirm, row: Scenario, on: Levers) -> None:
    assert firm.stock_price is not None
    found = least_cost(firm, row, on, firm.stock_price)
    assert float(found.cost) == pytest.approx(least(firm, row, on, float(firm.stock_price)), rel=1e-9, abs=1e-6)


def test_both_firms_of_the_example_agree_with_the_linear_programme_in_all_32_combinations() -> None:
    every = book(LEVERS)
    for firm in every.firms:
        for row in every.scenarios:
            for on in sets_of(LEVERS):
                found = least_cost(firm, row, on, every.open_price)
                assert float(found.cost) == pytest.approx(least(firm, row, on, float(every.open_price)), rel=1e-9)


@few
@given(firms(), scenarios(), SETS)
def test_tonnes_balance_and_no_limit_is_passed(firm: StrategyFirm, row: Scenario, on: Levers) -> None:
    assert firm.stock_price is not None
    tonnes = least_cost(firm, row, on, firm.stock_price).tonnes
    metal = ("contract", "stock", "china", "other", "own", "toll", "lost")
    assert total(tonnes.get(name, Fraction(0)) for name in metal) == firm.need_t
    made = tonnes.get("own", Fraction(0)) + tonnes.get("toll", Fraction(0))
    fed = total(tonnes.get(name, Fraction(0)) for name in ("contract_ore", "spot_ore", "scrap"))
    assert fed * row.metal_yield == made
    assert tonnes.get("china", Fraction(0)) <= row.cn_share * firm.need_t
    assert all(quantity >= 0 for quantity in tonnes.values())


@few
@given(st.lists(st.integers(-50, 50).map(Fraction), min_size=8, max_size=8))
def test_effects_give_the_costs_back(costs: Sequence[Fraction]) -> None:
    """The mean and half of each effect, with the sign of the combination, add up to its cost: nothing is lost."""
    levers: tuple[Lever, ...] = ("ore", "processing", "recycling")
    cells = [Cell(on, (cost,), (Fraction(0),), {}) for on, cost in zip(sets_of(levers), costs, strict=True)]
    effects = {some: effect_of(some, cells, lambda cell: cell.costs[0]) for some in sets_of(levers) if some}
    mean = total(costs) / 8
    for cell in cells:
        signed = (effect / 2 * (-1 if len(set(some) - set(cell.on)) % 2 else 1) for some, effect in effects.items())
        assert mean + total(signed) == cell.costs[0]


def test_the_effect_of_a_pair_is_half_the_difference_of_effects() -> None:
    """Costs 10, 8 (ore), 9 (processing), 3 (both): ore saves 2 alone and 6 with processing; the pair has -2."""
    costs = dict(zip(sets_of(("ore", "processing")), map(Fraction, (10, 8, 9, 3)), strict=True))
    cells = [Cell(on, (cost,), (Fraction(0),), {}) for on, cost in costs.items()]
    assert effect_of(("ore",), cells, lambda cell: cell.costs[0]) == -4
    assert effect_of(("ore", "processing"), cells, lambda cell: cell.costs[0]) == -2
