"""Prices of a run beside published quotes, each beside the price of the model that has the basis of the quote."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from coercivity.base.canonical import round_sig
from coercivity.base.months import parse_month
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.inputs.figures import Figures, Row
from coercivity.market.results.mechanisms.rows import QuotedRow
from coercivity.market.results.rows import ALL_ABROAD, JOINT, PriceRow

MEAN, SPOT = "monthly_average", "spot"
# Marks in the notes of `goods` of products that are not to be scored.
NOT_SCORED = ("not scored", "do not score")
ALLOY = "DyFe alloy"
# Cerium at that basis is mostly freight, as the table of price bases says.
FREIGHT_HEAVY = ("home_like_fob", "ox_Ce")
BENCHMARK = ("2024-10", "2025-09")


class _Beside(NamedTuple):
    """Price of the model of a basis: which, whether in China, and whether with value-added tax."""

    model: str
    home: bool
    with_vat: bool = False


# Other bases are not scored.
BASES: Mapping[str, tuple[_Beside, ...]] = {
    "home_net_vat": (_Beside("margin", home=True), _Beside("quote", home=True)),
    "home_with_vat": (_Beside("margin", home=True, with_vat=True), _Beside("quote", home=True, with_vat=True)),
    "home_like_fob": (_Beside("quote", home=True, with_vat=True),),
    "border_fob": (_Beside("licensed", home=True),),
    "abroad_spot": (_Beside("quote", home=False),),
    "abroad_contract": (_Beside("traded", home=False),),
}


class Quoted(NamedTuple):
    """Mean of the published quotes of a product in a month [USD/kg], and the rows behind it."""

    basis: str
    good: str
    region: str
    month: str
    price: float
    rows: tuple[str, ...]


class BasisScore(NamedTuple):
    """How the prices of the model compare with the quotes of a basis.

    Attributes:
        months: Months compared.
        ratio: Geometric mean of model over quote.
        error: Mean distance of the ratio from 1, as a factor.
    """

    months: int
    ratio: float
    error: float


def quotes(figures: Figures, months: Sequence[str]) -> list[Quoted]:
    """Returns the published quotes of some months that can be compared, as monthly means.

    A published monthly mean replaces the dated quotes of its month; longer means, rows kept for tests of the past,
    and quotes of an unknown basis are left out.

    Args:
        figures: The rows of the data set.
        months: The months as text.

    Source: tables `prices`, `price_basis` and `goods` of the market data set.
    """
    alloy = figures.assumption("dysprosium_in_alloy")
    scored = frozenset(_scored(figures))
    found: dict[tuple[str, str, str, str, str], list[Row]] = {}
    for key, row in sorted(figures.rows("prices").items()):
        month = row["date"][: len("2024-10")]
        basis, good = row["price_basis"], row["model_good"]
        used = row["in_use"] == "1" and row["backtest_hold"] == "0" and row["freq"] in (MEAN, SPOT)
        if not used or month not in months or basis not in BASES or (basis, good) == FREIGHT_HEAVY:
            continue
        if row["product"] in scored:
            figures.row("prices", key)
            found.setdefault((basis, good, _region(row), month, row["product"]), []).append(row)
    result = []
    for (basis, good, region, month, product), rows in sorted(found.items()):
        means = [row for row in rows if row["freq"] == MEAN] or rows
        price = total(float(row["price_usd_per_kg"]) for row in means) / len(means)
        per = alloy if product == ALLOY else 1.0
        result.append(Quoted(basis, good, region, month, price / per, tuple(row["id"] for row in means)))
    return result


def _scored(figures: Figures) -> Iterator[str]:
    """Yields the products that stand for one product of the model."""
    read = figures.pack.table("goods")
    for texts in read.texts:
        row = dict(zip(read.schema.names, texts, strict=True))
        if row["table"] == "prices" and not any(mark in row["note"] for mark in NOT_SCORED):
            yield row["label"]


def _region(row: Row) -> str:
    """Returns the region of the model of a quote; abroad without a place, the mean abroad."""
    abroad = row["price_basis"].startswith("abroad")
    place = row["model_region"]
    return ALL_ABROAD if abroad and place in (CHINA, "never_add") else place


def quoted_rows(figures: Figures, months: Sequence[str], prices: Sequence[PriceRow]) -> list[QuotedRow]:
    """Returns the prices of a run beside the quotes of the same basis.

    Args:
        figures: The rows of the data set.
        months: Months of the prices, as text.
        prices: Prices of the run by product and region.

    Source: table `price_basis` of the market data set.
    """
    tax = 1 + figures.assumption("china_vat")
    series = {(row["good"], row["region"]): row for row in prices}
    place = {month: n for n, month in enumerate(months)}
    found: list[QuotedRow] = []
    for quote in quotes(figures, months):
        for beside in BASES[quote.basis]:
            region = CHINA if beside.home else quote.region
            row = series.get((quote.good, region)) or series.get((quote.good, ALL_ABROAD))
            if row is None or quote.price <= 0:
                continue
            modelled = _series(row, beside.model)[place[quote.month]] * (tax if beside.with_vat else 1.0)
            found.append(
                {
                    "basis": quote.basis,
                    "good": quote.good,
                    "region": row["region"],
                    "month": quote.month,
                    "row": JOINT.join(quote.rows),
                    "quoted": round_sig(quote.price),
                    "model": beside.model,
                    "modelled": round_sig(modelled),
                    "ratio": round_sig(modelled / quote.price),
                }
            )
    return found


def _series(row: PriceRow, model: str) -> list[float]:
    each = {"margin": row["margin"], "quote": row["quote"], "licensed": row["licensed"], "traded": row["traded"]}
    return each[model]


def basis_scores(
    rows: Sequence[QuotedRow], first: str = BENCHMARK[0], last: str = BENCHMARK[1]
) -> dict[tuple[str, str, str], BasisScore]:
    """Returns how the prices of a run compare with the quotes, by basis, price of the model and product.

    Nothing is fitted to these quotes. Products without a positive price in the model are left out of the means.

    Args:
        rows: Prices beside quotes.
        first: First month counted.
        last: Last month counted.
    """
    ratios: dict[tuple[str, str, str], list[float]] = {}
    for row in rows:
        if parse_month(first) <= parse_month(row["month"]) <= parse_month(last) and row["ratio"] > 0:
            ratios.setdefault((row["basis"], row["model"], row["good"]), []).append(math.log(row["ratio"]))
    return {
        key: BasisScore(
            len(each),
            round_sig(math.exp(total(each) / len(each))),
            round_sig(math.exp(total(abs(x) for x in each) / len(each))),
        )
        for key, each in sorted(ratios.items())
    }
