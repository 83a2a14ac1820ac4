"""Indices of a mix in each draw of the market: the last value known, moved as the market of the draw moves.

The market is that of the oxide of the element outside China, in the region of the plants, as in the price of contracts:
that is what a buyer there pays, while quotes in China fall where its exports are stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import median_low

from coercivity.base.errors import Faults
from coercivity.base.months import month_of, month_text
from coercivity.base.sums import total
from coercivity.firm.company.mix_sheets.prices import indices_of, months_of_mix
from coercivity.firm.company.model import Company
from coercivity.firm.mix.drivers.series import CODE, DrawSeries, DriverSet, Numbers
from coercivity.firm.mix.model import MixScenario
from coercivity.firm.mix.prices.indices import PRICES


@dataclass(frozen=True, slots=True)
class DrawnPrices:
    """Indices in each draw.

    Attributes:
        index: Indices by month, by legal path and number of the point [USD/kg].
        priced: Indices that the market of the draw moves.
        by_sheet: Indices that are those of the sheet Index in every draw.
    """

    index: Mapping[tuple[str, int], Mapping[str, Numbers]]
    priced: tuple[str, ...] = ()
    by_sheet: tuple[str, ...] = ()


def drawn_prices(company: Company, drivers: DriverSet, months: int, goods: Mapping[str, str]) -> DrawnPrices:
    """Returns the indices of a mix in each draw.

    Args:
        company: The company.
        drivers: The draws.
        months: Number of months of the mix.
        goods: Good of the market for each index that has one.

    Raises:
        CoercivityError: If the sheet Index lacks the month of the stock count, or months of an index without draws.

    Source: equation 105 of docs/market.md.
    """
    every = {(path, draw.point): draw for path, draws in drivers.paths.items() for draw in draws}
    names, counted = indices_of(company), company.settings.as_of
    if not names or counted is None:
        return DrawnPrices({key: {} for key in every})
    begins, wanted = month_text(month_of(counted)), months_of_mix(company, months)
    there = begins in drivers.months and set(wanted) <= set(drivers.months)
    priced = tuple(name for name in names if there and _all_have(every.values(), goods.get(name, "")))
    by_sheet = tuple(name for name in names if name not in priced)
    faults = Faults()
    for name in priced:
        if begins not in company.index.get(name, {}):
            what = f"the index {name} has no value for {begins}, the month of the stock count"
            faults.add(CODE, what, where="Index", next="add the month: prices of draws go on from it")
    for name in by_sheet:
        missing = [month for month in wanted if month not in company.index.get(name, {})]
        if missing:
            what = f"the draws hold no price of {name}, and the sheet Index no value for {missing[0]}"
            faults.add(CODE, what, where="Index", next="add the months to the sheet Index")
    faults.raise_if_any()
    sheet = {name: tuple(float(company.index[name][month]) for month in wanted) for name in by_sheet}
    at = [drivers.months.index(month) for month in (begins, *wanted)] if there else []
    found = {
        key: {**sheet, **{name: _moved(float(company.index[name][begins]), draw, goods[name], at) for name in priced}}
        for key, draw in every.items()
    }
    return DrawnPrices(found, priced, by_sheet)


def _all_have(draws: Iterable[DrawSeries], good: str) -> bool:
    return bool(good) and all(good in draw.quotes for draw in draws)


def _moved(last: float, draw: DrawSeries, good: str, at: list[int]) -> Numbers:
    quotes = draw.quotes[good]
    return tuple(last * quotes[place] / quotes[at[0]] for place in at[1:])


def with_price_facts(scenarios: tuple[MixScenario, ...], prices: DrawnPrices) -> tuple[MixScenario, ...]:
    """Returns scenarios that say whether their prices are above those of the middle draw.

    Args:
        scenarios: The scenarios.
        prices: Their prices.
    """
    if not prices.priced:
        return scenarios
    levels = [total(total(each.index[name]) for name in prices.priced) for each in scenarios]
    middle = median_low(levels)
    return tuple(
        replace(each, facts={**each.facts, PRICES: str(level > middle)})
        for each, level in zip(scenarios, levels, strict=True)
    )
