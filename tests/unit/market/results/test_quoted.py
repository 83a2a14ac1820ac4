"""Prices of the model beside quotes: each only beside the price that has its basis."""

from __future__ import annotations

import math

import pytest

from coercivity.market.inputs.figures import Figures
from coercivity.market.results.mechanisms.quoted import BASES, basis_scores, quoted_rows, quotes
from coercivity.market.results.mechanisms.rows import QuotedRow
from coercivity.market.results.rows import ALL_ABROAD, PriceRow

MONTHS = [f"2024-{month:02d}" for month in range(10, 13)] + [f"2025-{month:02d}" for month in range(1, 13)]


@pytest.fixture(scope="module")
def figures() -> Figures:
    return Figures()


def price(good: str, region: str, *, margin: float, quote: float, licensed: float, traded: float) -> PriceRow:
    n = len(MONTHS)
    return {
        "good": good,
        "region": region,
        "margin": [margin] * n,
        "quote": [quote] * n,
        "licensed": [licensed] * n,
        "traded": [traded] * n,
        "market": [True] * n,
    }


@pytest.fixture(scope="module")
def rows(figures: Figures) -> list[QuotedRow]:
    prices = [
        price("ox_Dy", "CN", margin=100.0, quote=200.0, licensed=300.0, traded=0.0),
        price("ox_Dy", ALL_ABROAD, margin=1.0, quote=800.0, licensed=300.0, traded=0.0),
        price("ox_NdPr", "CN", margin=60.0, quote=50.0, licensed=70.0, traded=0.0),
        price("ox_NdPr", ALL_ABROAD, margin=1.0, quote=90.0, licensed=70.0, traded=0.0),
        price("met_Dy", "CN", margin=250.0, quote=240.0, licensed=1.0, traded=0.0),
        price("ox_Ce", "CN", margin=1.0, quote=1.0, licensed=1.0, traded=0.0),
    ]
    return quoted_rows(figures, MONTHS, prices)


def test_each_basis_is_beside_its_own_price_only(rows: list[QuotedRow]) -> None:
    pairs = {(row["basis"], row["model"]) for row in rows}
    assert pairs == {
        ("home_net_vat", "margin"),
        ("home_net_vat", "quote"),
        ("home_like_fob", "quote"),
        ("border_fob", "licensed"),
        ("abroad_spot", "quote"),
    }
    assert "unknown" not in BASES


def test_a_price_with_tax_is_beside_the_price_with_tax(rows: list[QuotedRow]) -> None:
    """The index labelled FOB follows the home price with tax: 50 x 1.13 = 56.5."""
    found = {row["modelled"] for row in rows if row["basis"] == "home_like_fob"}
    assert found == {56.5}
    assert {row["good"] for row in rows if row["basis"] == "home_like_fob"} == {"ox_NdPr"}


def test_a_month_is_the_mean_of_its_dated_quotes(figures: Figures) -> None:
    """Two quotes of dysprosium oxide in a month make their mean, with both rows named."""
    table = figures.rows("prices")
    found = [each for each in quotes(figures, MONTHS) if (each.basis, each.good) == ("home_net_vat", "ox_Dy")]
    assert found
    for each in found:
        prices = [float(table[row]["price_usd_per_kg"]) for row in each.rows]
        assert each.price == pytest.approx(math.fsum(prices) / len(prices))
        assert {table[row]["date"][:7] for row in each.rows} == {each.month}


def test_quarters_years_and_unknown_bases_are_not_compared(figures: Figures) -> None:
    table = figures.rows("prices")
    used = [table[row] for each in quotes(figures, MONTHS) for row in each.rows]
    assert {row["freq"] for row in used} <= {"monthly_average", "spot"}
    assert all(row["in_use"] == "1" and row["backtest_hold"] == "0" for row in used)
    assert not {row["product"] for row in used} & {"mischmetal", "Ho2O3", "Er2O3", "Lu2O3"}
    old = quotes(figures, [f"2012-{month:02d}" for month in range(1, 13)])
    assert not [each for each in old for row in each.rows if table[row]["backtest_hold"] == "1"]


def test_the_alloy_of_dysprosium_counts_by_its_dysprosium(figures: Figures) -> None:
    """A kilogram of alloy has 0.8 kg of dysprosium: a price of 200 is one of 250 for the metal."""
    table = figures.rows("prices")
    alloys = [each for each in quotes(figures, MONTHS) if table[each.rows[0]]["product"] == "DyFe alloy"]
    assert alloys
    for each in alloys:
        mean = math.fsum(float(table[row]["price_usd_per_kg"]) for row in each.rows) / len(each.rows)
        assert each.price == pytest.approx(mean / 0.8)


def test_ratios_and_scores_are_those_of_the_rows(rows: list[QuotedRow]) -> None:
    """Ratios of 2 and 0.5 have the geometric mean 1 and the mean distance 2; months outside do not count."""
    assert all(row["ratio"] == pytest.approx(row["modelled"] / row["quoted"], rel=1e-6) for row in rows)
    first = rows[0]

    def row(month: str, ratio: float) -> QuotedRow:
        return {**first, "month": month, "ratio": ratio}

    made = [row("2024-10", 2.0), row("2025-09", 0.5), row("2025-10", 9.0), row("2025-05", 0.0)]
    (score,) = basis_scores(made).values()
    assert score.months == 2
    assert score.ratio == pytest.approx(1.0)
    assert score.error == pytest.approx(2.0)
