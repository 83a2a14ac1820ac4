"""What a tonne costs over the usual price by month, and how much of an option China lets out.

A tonne that is taken replaces one that would have come by sea at the usual price, so its cost is the difference, and a
saving where the option is cheaper. A tonne that is paid for and not taken replaces nothing: it costs the whole price.
So does a tonne of recycled material, or of a contract without a price by month, that is owed and has no use.

Source: equation 104 of docs/market.md.
"""

from __future__ import annotations

from coercivity.firm.mix.arrivals import cap_in, open_shares, usable
from coercivity.firm.mix.model import MixCase, MixItem, MixOption, MixPrice, MixScenario

Months = tuple[float, ...]


def price_usd(price: MixPrice, scenario: MixScenario, months: int) -> Months:
    """Returns a price by month: a + b x index, not below the floor, not above the cap [USD/kg]."""
    index = scenario.index[price.index] if price.index else (0.0,) * months
    return tuple(_bounded(price, price.a + price.b * value) for value in index)


def _bounded(price: MixPrice, value: float) -> float:
    value = value if price.floor is None else max(value, price.floor)
    return value if price.cap is None else min(value, price.cap)


def whole_keur(case: MixCase, option: MixOption, scenario: MixScenario) -> Months:
    """Returns the whole price of an option by month, at the exchange rate of the case [1000 EUR/t].

    Without a price by month it is `extra_keur` over the lowest usual price among the items that state one.
    """
    if option.price is None:
        stated = [item.usual for item in case.items if item.item in option.items and item.usual is not None]
        lowest = map(min, zip(*(price_usd(price, scenario, case.months) for price in stated), strict=True))
        return tuple(option.extra_keur + value / case.usd_per_eur for value in lowest)
    return tuple(value / case.usd_per_eur for value in price_usd(option.price, scenario, case.months))


def over_usual_keur(case: MixCase, option: MixOption, item: MixItem, scenario: MixScenario) -> Months:
    """Returns the price of an option over the usual price of an item, by month [1000 EUR/t]; below 0 if cheaper."""
    if option.price is None:
        return (option.extra_keur,) * case.months
    assert item.usual is not None
    paid = price_usd(option.price, scenario, case.months)
    usual = price_usd(item.usual, scenario, case.months)
    return tuple((one - other) / case.usd_per_eur for one, other in zip(paid, usual, strict=True))


def deliverable(case: MixCase, option: MixOption, item: MixItem, scenario: MixScenario, *, filed: bool) -> Months:
    """Returns the share of the cap that can arrive for an item, by month: what China let out the time by sea before.

    None can in a month in which the option cannot be used for the item.
    """
    shares: Months = (1.0,) * case.months
    if option.from_china:
        shares = ((1.0,) * case.sea_months + tuple(open_shares(case, scenario, item, filed=filed)))[: case.months]
    lawful = usable(case, option, item.item)
    return tuple(share if month in lawful else 0.0 for month, share in enumerate(shares, 1))


def excused_t(case: MixCase, option: MixOption, scenario: MixScenario, *, filed: bool) -> Months:
    """Returns the part of what is paid for in any event that cannot be delivered, and so is not owed, by month [t].

    Of items that are let out unlike each other that with the greatest share counts.
    """
    served = [item for item in case.items if item.item in option.items]
    shares = zip(*(deliverable(case, option, item, scenario, filed=filed) for item in served), strict=True)
    cap = cap_in(option, scenario)
    return tuple(cap * max(0.0, option.owed_share - max(each)) for each in shares)


def has_prices(case: MixCase) -> bool:
    """Returns whether any option has a price by month."""
    return any(option.price is not None for option in case.options)


def by_month(case: MixCase, option: MixOption) -> bool:
    """Returns whether the cost of an option is that over the usual price, by month: so for each with a price by month.

    Beside such an option also for what is owed without one, or tonnes would be counted that have no use. An option all
    of whose items lack a usual price has no whole price: its `extra_keur` is all it costs.
    """
    if option.price is not None:
        return True
    stated = any(item.item in option.items and item.usual is not None for item in case.items)
    return stated and option.owed_share > 0.0 and has_prices(case)


def names_of_indices(case: MixCase) -> tuple[str, ...]:
    """Returns the indices on which prices of a case depend, in the order of its options and items."""
    served = {name for option in case.options if by_month(case, option) for name in option.items}
    prices = [option.price for option in case.options]
    prices += [item.usual for item in case.items if item.item in served]
    return tuple(dict.fromkeys(price.index for price in prices if price is not None and price.index))
