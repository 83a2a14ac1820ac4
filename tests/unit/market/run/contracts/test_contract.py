"""Named contracts: their price by hand, and what the data set says of each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.base.months import parse_month
from coercivity.market.inputs.figures import Figures
from coercivity.market.run.contracts.contract import Contract, contracts_of, left_out, packed_contract, packed_ids
from coercivity.market.run.scenarios.policies import PoliciesAsked

PLAIN = Contract(
    id="K1",
    buyer="a buyer",
    seller="a seller",
    product="ox_NdPr",
    goods=("ox_NdPr",),
    origin="SEA",
    destination="JP",
    tonnes_a_year=1200.0,
    first=parse_month("2025-06"),
    last=parse_month("2025-12"),
    published=parse_month("2025-03"),
    index="china",
    lag_months=3,
    take_or_pay=0.5,
    refusal="seller",
)
PRICES = st.floats(min_value=0.0, max_value=5000.0)


def test_a_price_follows_its_index_between_floor_and_cap() -> None:
    bounded = replace(PLAIN, floor=50.0, cap=90.0)
    assert [bounded.price(index) for index in (40.0, 50.0, 70.0, 90.0, 120.0)] == [50.0, 50.0, 70.0, 90.0, 90.0]
    assert PLAIN.price(40.0) == 40.0


def test_a_seller_pays_back_a_share_above_a_price_up_to_a_sum_a_year() -> None:
    """30 % of what exceeds 150: at 160 it is 3. At most 10 M USD of 5,000 t a year, 2 USD/kg: so 158, and 198 at 200."""
    shared = replace(PLAIN, tonnes_a_year=5000.0, floor=110.0, upside_share=0.3, upside_above=150.0)
    assert [shared.price(index) for index in (100.0, 150.0, 160.0)] == pytest.approx([110.0, 150.0, 157.0])
    limited = replace(shared, upside_most_usd=10e6)
    assert [limited.price(index) for index in (155.0, 160.0, 200.0)] == pytest.approx([153.5, 158.0, 198.0])


def test_without_an_index_the_price_is_the_floor_or_not_known() -> None:
    assert replace(PLAIN, floor=60.0).price(None) == 60.0
    assert replace(PLAIN, cap=80.0).price(None) == 80.0
    assert PLAIN.price(None) is None


def test_what_sets_a_price_in_place_of_its_index() -> None:
    bounded = replace(PLAIN, floor=50.0, cap=90.0)
    assert [bounded.limit(index) for index in (40.0, 70.0, 120.0)] == ["floor", "", "cap"]
    assert (replace(PLAIN, floor=60.0).limit(None), PLAIN.limit(None), PLAIN.limit(40.0)) == ("fixed", "", "")


@given(PRICES, PRICES, PRICES, PRICES)
def test_a_price_stays_within_floor_and_cap_and_rises_with_its_index(a: float, b: float, c: float, d: float) -> None:
    floor, cap = sorted((a, b))
    low, high = sorted((c, d))
    bounded = replace(PLAIN, floor=floor, cap=cap, upside_share=0.3, upside_above=150.0)
    prices = [bounded.price(low), bounded.price(high)]
    assert all(price is not None and floor <= price <= cap for price in prices)
    assert prices[0] is not None
    assert prices[1] is not None
    assert prices[0] <= prices[1] * (1 + 1e-12)


def test_it_holds_in_its_months_once_it_is_published() -> None:
    june, july = parse_month("2025-06"), parse_month("2025-07")
    assert PLAIN.holds(june, june)
    assert PLAIN.holds(july, parse_month("2025-03"))
    assert not PLAIN.holds(july, parse_month("2025-02"))
    assert not PLAIN.holds(parse_month("2025-05"), june)
    assert not PLAIN.holds(parse_month("2026-01"), june)


def test_every_contract_of_the_data_set_is_in_the_model_or_says_why_not() -> None:
    figures = Figures()
    assert packed_ids(figures) == ("C001", "C002", "C005", "C007", "C011")
    out = left_out(figures)
    assert len(out) + len(packed_ids(figures)) == len(figures.rows("contracts"))
    assert all(entry.why_not for entry in out)


def test_the_contract_of_jare_and_lynas_is_read_as_published() -> None:
    """5,000 t a year of oxide from Malaysia to Japan; floor 110; 30 % above 150, at most 10 M USD a year."""
    found = packed_contract(Figures(), "C007")
    assert (found.origin, found.destination, found.goods, found.also) == ("SEA", "JP", ("ox_NdPr",), ("met_NdPr",))
    assert (found.tonnes_a_year, found.floor, found.published) == (5000.0, 110.0, parse_month("2026-03"))
    assert (found.upside_share, found.upside_above, found.upside_most_usd) == (0.3, 150.0, 10e6)
    assert found.price(60.0) == 110.0


def test_terms_that_are_not_public_are_assumptions() -> None:
    figures = Figures()
    gm, dod = packed_contract(figures, "C001"), packed_contract(figures, "C005")
    assert gm.take_or_pay == figures.assumption("take_or_pay")
    assert gm.lag_months == round(figures.assumption("contract_lag"))
    assert (dod.take_or_pay, dod.index, dod.price(None)) == (1.0, "none", None)


def test_a_scenario_adds_its_own_contracts_and_leaves_out_packed_ones() -> None:
    own = {"id": "K2", "buyer": "b", "seller": "s", "good": "ox_Dy", "origin": "SEA", "destination": "JP"}
    asked = PoliciesAsked.model_validate(
        {"contracts": [{**own, "tonnes_a_year": "12", "floor": "200"}], "without_contracts": ["C007", "C011"]}
    )
    found = {contract.id: contract for contract in contracts_of(Figures(), asked)}
    assert set(found) == {"C001", "C002", "C005", "K2"}
    assert (found["K2"].monthly_t, found["K2"].floor, found["K2"].take_or_pay) == (1.0, 200.0, 0.7)
