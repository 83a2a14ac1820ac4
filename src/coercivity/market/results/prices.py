"""Prices of a run by product and region: marginal, quoted, and contract prices from earlier quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from coercivity.base.canonical import round_sig
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import ABROAD, CHINA, ELEMENTS, MAGNETS, METALS, USING
from coercivity.market.network.network import Good
from coercivity.market.results.price_gap import priced
from coercivity.market.results.rows import ALL_ABROAD, PriceRow
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation

GOODS = (*(f"ox_{e}" for e in ELEMENTS), *(f"met_{e}" for e in METALS), *MAGNETS)


class _Prices(NamedTuple):
    """Monthly prices of a product [USD/kg]."""

    margin: list[float]
    quote: list[float]
    traded: list[float]


def price_rows(
    simulation: Simulation, span: Sequence[MonthDone], weights: Mapping[str, Mapping[str, float]]
) -> list[PriceRow]:
    """Returns monthly marginal, quoted and contract prices by product and region [USD/kg].

    A region has a price for every product that it used in the base year. For an oxide that it bought as metal
    only, it is the price of the metal less the production cost; other products have no price.

    Args:
        simulation: The run, from the beginning of the model.
        span: Months of the run to show.
        weights: Throughput of each region abroad and product in the base year [t/month].

    Source: equations 40 to 42 of docs/market.md.
    """
    found: list[PriceRow] = []
    for name in GOODS:
        shares = weights[name] or dict.fromkeys(ABROAD, 1.0)
        series = {region: _prices(simulation, span, priced(name, region)) for region in (CHINA, *shares)}
        for region in USING:
            if region in series:
                found.append(_row(name, region, series[region]))
            elif region in weights.get(name.replace("ox_", "met_"), {}):
                found.append(_row(name, region, _from_metal(simulation, span, name, region)))
        abroad = {region: series[region] for region in shares}
        mean = (_mean({r: each[n] for r, each in abroad.items()}, shares) for n in range(len(_Prices._fields)))
        found.append(_row(name, ALL_ABROAD, _Prices(*mean)))
    return found


def _row(name: str, region: str, prices: _Prices) -> PriceRow:
    return {
        "good": name,
        "region": region,
        "margin": prices.margin,
        "quote": prices.quote,
        "licensed": prices.quote,
        "traded": prices.traded,
        "market": [True] * len(prices.quote),
    }


def _from_metal(simulation: Simulation, span: Sequence[MonthDone], name: str, region: str) -> _Prices:
    """Returns the prices of an oxide from those of its metal, if only the metal is used."""
    element = name.removeprefix("ox_")
    coefficients = simulation.world.coefficients
    per_metal, cost = coefficients.oxide_per_metal(element, region), coefficients.metal_cost(element, region)
    metal = _prices(simulation, span, priced(f"met_{element}", region))
    return _Prices(*([round_sig((price - cost) / per_metal) for price in prices] for prices in metal))


def _prices(simulation: Simulation, span: Sequence[MonthDone], entry: Good) -> _Prices:
    """Returns marginal price, quote, and contract price, which partly follows earlier quotes."""
    figures = simulation.world.figures
    share, lag = figures.assumption("contract_share"), round(figures.assumption("contract_lag"))
    months = simulation.months
    start = next((n for n, done in enumerate(months) if span and done is span[0]), len(months))
    before = simulation.network.prices.get(entry, 0.0)
    quotes = [done.quote.get(entry, before) for done in months]
    found = _Prices([], [], [])
    for n in range(start, start + len(span)):
        old = quotes[n - lag] if n >= lag else before
        found.margin.append(round_sig(max(0.0, months[n].price.get(entry, before))))
        found.quote.append(round_sig(quotes[n]))
        found.traded.append(round_sig(share * old + (1 - share) * quotes[n]))
    return found


def _mean(series: Mapping[str, list[float]], weights: Mapping[str, float]) -> list[float]:
    whole = total(weights.get(region, 0.0) for region in series)
    length = len(next(iter(series.values())))
    return [
        round_sig(total(weights.get(r, 0.0) * values[n] for r, values in series.items()) / whole) for n in range(length)
    ]
