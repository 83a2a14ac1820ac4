"""Prices by month of a mix as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from coercivity.base.sums import total
from coercivity.firm.mix.model import MixCase, MixItem, MixOption
from coercivity.firm.mix.plans import rounded
from coercivity.firm.mix.prices.costs import over_usual_keur, price_usd
from coercivity.papers.shared.paper.figures import number


class MixPriceData(TypedDict):
    """An option with a price by month beside the usual price of a grade, over all months and scenarios.

    Attributes:
        option: The option.
        grade: A grade that it serves.
        low_usd: Lowest price [USD/kg].
        high_usd: Highest price [USD/kg].
        usual_low_usd: Lowest usual price of the grade [USD/kg].
        usual_high_usd: Highest usual price of the grade [USD/kg].
        over_mean_keur: Mean over months and, by their chances, scenarios of the price over the usual one [1000 EUR/t].
        take_share: Share of the cap that is paid for whether taken or not.
        from_china: Whether only the share let out arrives.
    """

    option: str
    grade: str
    low_usd: str
    high_usd: str
    usual_low_usd: str
    usual_high_usd: str
    over_mean_keur: str
    take_share: str
    from_china: bool


class MixPricesData(TypedDict):
    """Prices by month of a mix.

    Attributes:
        rows: Each option beside each grade that it serves.
        usd_per_eur: Exchange rate.
        paths: Number of price paths that the scenarios have.
    """

    rows: list[MixPriceData]
    usd_per_eur: str
    paths: int


def prices_data(case: MixCase) -> MixPricesData | None:
    """Returns the prices by month of a mix as plain data; None where no option has one.

    Args:
        case: What was chosen from.
    """
    rows = list(_rows(case))
    if not rows:
        return None
    paths = {tuple(sorted(each.index.items())) for each in case.scenarios}
    return {"rows": rows, "usd_per_eur": number(case.usd_per_eur), "paths": len(paths)}


def _rows(case: MixCase) -> Iterator[MixPriceData]:
    for option in case.options:
        for item in case.items:
            if option.price is not None and option.months < case.months and item.item in option.items:
                yield _row(case, option, item)


def _row(case: MixCase, option: MixOption, item: MixItem) -> MixPriceData:
    assert option.price is not None
    assert item.usual is not None
    begins = option.months
    prices = [x for each in case.scenarios for x in price_usd(option.price, each, case.months)[begins:]]
    usual = [x for each in case.scenarios for x in price_usd(item.usual, each, case.months)[begins:]]
    over = [
        (each.probability / (case.months - begins), x)
        for each in case.scenarios
        for x in over_usual_keur(case, option, item, each)[begins:]
    ]
    return {
        "option": option.option,
        "grade": item.item,
        "low_usd": number(rounded(min(prices))),
        "high_usd": number(rounded(max(prices))),
        "usual_low_usd": number(rounded(min(usual))),
        "usual_high_usd": number(rounded(max(usual))),
        "over_mean_keur": number(rounded(total(weight * x for weight, x in over))),
        "take_share": number(option.take_share),
        "from_china": option.from_china,
    }
