"""Each column of *Scenarios* from an invented market, against numbers worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.ministry.strategy_market.columns import COLUMNS, ColumnName
from tests.unit.ministry.strategy_market.invented import priced, series

BY_HAND: dict[ColumnName, float] = {
    # landed 89, 221, 551; Dy 99 and Tb 349 dearer abroad, of which 0.5 x 0.5 is paid
    "cn_price": 0.9 * 89 + 0.08 * (221 + 24.75) + 0.02 * (551 + 87.25),
    "cn_share": 180 / 240,
    "row_price": 0.9 * 100 + 0.08 * 300 + 0.02 * 800,
    # light 600 of 1,000; heavy 20 + 2 x 5 of 30 + 50 + 2 x 10
    "outside_share": 0.3,
    "row_share": 0.15,
    "toll_share": 0.06,
    # mine 2 + 4.6 on oxides worth 0.2 x 70 + 0.01 x 150 + 0.002 x 500 = 16.5, so 0.4 of 1.2 x 85
    "ore_reo_price": 6.6,
    "ore_price": 40.8,
    # light 1,500 x 0.2 / 1.2 of 1,000; heavy (12.5 + 2 x 2.5) of 100; the half not under contracts
    "spot_ore_share": 0.0875,
    "metal_yield": 0.89,
    "toll_price": 0.9 * 102 + 0.08 * 320 + 0.02 * 900 - 40.8 / 0.89,
    "processing_cost": (6 + 10 * 0.02) / 16.5 * 102 / 0.89 + 0.9 * 10 + 0.1 * 50,
    "swarf_price": 0.9 * 1.2 * (0.9 * 65 + 0.08 * 145 + 0.02 * 495),
    # oxides 0.9 x 102, less separation that is spared, less scarce capacity (120 x 15 + 60 x 0) / 180 x 1.2
    "scrap_price": 91.8 - 6.2 / 16.5 * 102 - 12,
    "recycled_share": 0.1,
    # half a year late; a quarter refused, with 6 months of decay of 0.01
    "own_share": 0.5 * (1 - 0.25 * 0.06),
    "magnet_price": 60.0,
}


@pytest.mark.parametrize("name", list(COLUMNS))
def test_a_column_is_as_worked_out_by_hand(name: ColumnName) -> None:
    assert COLUMNS[name](priced()) == pytest.approx(BY_HAND[name], rel=1e-9)


def test_without_applications_china_lets_all_through_and_no_licence_is_paid() -> None:
    free = series()
    free["licences"] = {name: [0.0] * 12 for name in free["licences"]}
    assert COLUMNS["cn_share"](priced(free)) == 1
    assert COLUMNS["cn_price"](priced(free)) == pytest.approx(0.9 * 89 + 0.08 * 221 + 0.02 * 551)
    assert COLUMNS["own_share"](priced(free)) == 0.5


def test_decay_stops_at_the_least_share() -> None:
    refused = series()
    refused["licences"] = {**refused["licences"], "service:JP:civil:granted": [0.0] * 12}
    asked = priced(refused)
    values = {"assumptions:AS248": 0.1}
    figures = asked.coefficients.figures.with_values(values)
    worn = type(asked)(asked.year, type(asked.coefficients)(figures), asked.mix)
    assert COLUMNS["own_share"](worn) == pytest.approx(0.5 * 0.8)


@pytest.mark.parametrize("block", ["quote", "traded"])
def test_a_price_that_a_draw_lacks_is_named(block: Any) -> None:
    lacking = series()
    lacking[block] = {name: each for name, each in lacking[block].items() if name != "met_Dy:XCN"}
    column: ColumnName = "toll_price" if block == "quote" else "row_price"
    with pytest.raises(CoercivityError) as error:
        COLUMNS[column](priced(lacking))
    assert error.value.faults[0].code == "STRATEGY-MARKET"
    assert error.value.faults[0].what == f"draw 0 of invented does not give met_Dy:XCN ({block}) in 2028"
