"""Indices of a mix in draws of the market: the last value of the sheet, moved as the quote of the draw moves."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError
from coercivity.firm.company.model import Company
from coercivity.firm.company.sources import company_of
from coercivity.firm.mix.drivers.packed import SCHEMA, packed_text, read_packed
from coercivity.firm.mix.drivers.prices import drawn_prices
from coercivity.firm.mix.drivers.scenarios import drawn_case
from coercivity.firm.mix.drivers.series import DriverSet
from tests.places import ROOT
from tests.unit.firm.mix.drivers.made import two_paths

GOODS = {"Dy": "ox_Dy"}
RISING = (100.0, 200.0, 220.0, 300.0, 400.0, 200.0, 100.0, 100.0)  # January to August 2026
FLAT = (50.0,) * 8


def company() -> Company:
    """Returns the example with a stock count in February 2026, so that its two months are March and April."""
    read = company_of(ROOT / "examples" / "firms" / "indexed.yaml")
    index = {"Dy": {"2026-02": Fraction(240), "2026-03": Fraction(120), "2026-04": Fraction(130)}}
    settings = replace(read.settings, as_of=Day(2026, 2, 27))
    return replace(read, settings=settings, index=index, price_paths={})


def priced() -> DriverSet:
    """Returns draws with quotes: the price rises in the first draw of a path and is level in the second."""
    made = two_paths()
    paths = {
        path: tuple(replace(draw, quotes={"ox_Dy": RISING if draw.point == 0 else FLAT}) for draw in draws)
        for path, draws in made.paths.items()
    }
    return replace(made, paths=paths)


def test_an_index_starts_at_the_stock_count_and_moves_as_the_quote_does() -> None:
    """240 in February, where the quote is 200: 240 x 220/200 = 264 in March and 240 x 300/200 = 360 in April."""
    found = drawn_prices(company(), priced(), 2, GOODS)
    assert found.index["lapsed", 0]["Dy"] == pytest.approx((264.0, 360.0))
    assert found.index["lapsed", 1]["Dy"] == pytest.approx((240.0, 240.0))
    assert (found.priced, found.by_sheet) == (("Dy",), ())


def test_without_quotes_the_sheet_counts_and_the_result_says_so() -> None:
    for drivers, goods in ((two_paths(), GOODS), (priced(), {})):
        found = drawn_prices(company(), drivers, 2, goods)
        assert found.index["lapsed", 0]["Dy"] == (120.0, 130.0)
        assert (found.priced, found.by_sheet) == ((), ("Dy",))


def test_scenarios_are_told_apart_by_their_prices() -> None:
    found = drawn_case(company(), priced(), 2, 6.0, GOODS)
    assert [each.facts["prices"] for each in found.scenarios] == ["True", "False", "True", "False"]
    assert found.priced == ("Dy",)


def test_the_month_of_the_stock_count_must_have_a_value() -> None:
    without = company()
    index = {"Dy": {month: value for month, value in without.index["Dy"].items() if month != "2026-02"}}
    with pytest.raises(CoercivityError, match="2026-02, the month of the stock count") as caught:
        drawn_prices(replace(without, index=index), priced(), 2, GOODS)
    assert caught.value.faults[0].next


def test_a_packed_file_keeps_quotes_and_one_of_before_has_none() -> None:
    text = packed_text(priced())
    assert read_packed(text.encode(), "made").paths == priced().paths
    assert SCHEMA.endswith("/2")
    example = read_packed((ROOT / "examples" / "ev-motor" / "draws.json").read_bytes(), "draws.json")
    assert all(set(draw.quotes) == {"ox_NdPr", "ox_Dy", "ox_Tb"} for each in example.paths.values() for draw in each)
