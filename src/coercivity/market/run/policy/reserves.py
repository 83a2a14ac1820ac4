"""State stocks: bought up to a price, held at no cost to the market, and released above a price."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from coercivity.base.canonical import round_sig
from coercivity.base.months import Month
from coercivity.market.network.network import Activity, Good, GoodAmount, Network, Store
from coercivity.market.network.supply import tags
from coercivity.market.network.ties import TIE, keyed
from coercivity.market.program.lp import INF
from coercivity.market.run.scenarios.policies import Stockpile

BUY, RELEASE = "reserve", "release"


def held(stockpile: Stockpile, tag: str) -> Good:
    """Returns the product of a state stock."""
    return Good(f"reserve:{stockpile.id}", stockpile.region, tag)


def kept_as(stockpile: Stockpile) -> str:
    """Returns the tag of what a state buys: goods free of an end-use undertaking, which names another user."""
    return tags(stockpile.good, stockpile.region)[0]


def limits_of(stockpile: Stockpile) -> tuple[str, str]:
    """Returns the names of the capacities that limit purchases and releases."""
    return f"{BUY}:{stockpile.id}:{stockpile.region}", f"{RELEASE}:{stockpile.id}:{stockpile.region}"


def with_reserves(network: Network, stockpiles: Iterable[Stockpile]) -> Network:
    """Returns the network with the purchases and releases of state stocks.

    Outside China a state buys goods free of an end-use undertaking: those under one are for the end user who gave it,
    and never for defence. A purchase is worth the highest price at which the state buys, and nothing in the plan: what
    is bought joins the stock after the month (`settled`), so that no plan buys dearer in order to release later.

    Source: equation 83 of docs/market.md.
    """
    activities, limits = list(network.activities), dict(network.limits)
    stores, goods = list(network.stores), set(network.goods)
    dated = set(network.dated)
    for each in stockpiles:
        buy, release = limits_of(each)
        limits |= {buy: INF, release: INF}
        dated |= {buy, release}
        tag = kept_as(each)
        good, stock = Good(each.good, each.region, tag), held(each, tag)
        key = (each.good, each.region, tag, each.id)
        take, give = (GoodAmount(good, 1.0),), (GoodAmount(good, 1.0),)
        tie = TIE * keyed(each.id, tag)
        activities.append(Activity(BUY, key, take, (), tie - each.at_most, limits=((buy, 1.0),)))
        out = (GoodAmount(stock, 1.0),)
        activities.append(Activity(RELEASE, key, out, give, tie + each.release_above, limits=((release, 1.0),)))
        stores.append(Store(stock, 0.0, 0.0, 0.0))
        goods.add(stock)
    return replace(
        network,
        activities=tuple(activities),
        limits=limits,
        stores=tuple(stores),
        goods=tuple(sorted(goods)),
        dated=frozenset(dated),
    )


def room(stockpile: Stockpile, name: str, month: Month, seen_from: Month) -> float:
    """Returns the largest purchase or release of a month, as seen in another [t]."""
    if not stockpile.known(seen_from):
        return 0.0
    if name == limits_of(stockpile)[0]:
        return stockpile.buy_tonnes_a_month if stockpile.holds(month) else 0.0
    first, last = stockpile.release_from, stockpile.release_to
    open_now = first is not None and first <= month and (last is None or month <= last)
    return stockpile.release_tonnes_a_month if open_now else 0.0


def opening(stockpiles: Iterable[Stockpile]) -> dict[Good, float]:
    """Returns what state stocks hold at the beginning of a run, under no undertaking on its end use [t]."""
    found = {held(each, kept_as(each)): each.opening_tonnes for each in stockpiles}
    return {stock: mass for stock, mass in found.items() if mass > 0}


def reserve_prices(network: Network) -> dict[Good, float]:
    """Returns the price of what state stocks hold: that of the good in the base year [USD/kg]."""
    found = {}
    for activity in network.activities:
        if activity.kind == BUY:
            _, region, tag, name = activity.key
            found[Good(f"{BUY}:{name}", region, tag)] = network.prices.get(activity.takes[0].good, 0.0)
    return found


def settled(
    network: Network,
    before: Mapping[Good, float],
    stock: Mapping[Good, float],
    did: Mapping[tuple[str, ...], float],
) -> dict[Good, float]:
    """Returns the stocks after a month, state stocks with what was bought and released: they are never thrown away.

    Source: equation 83 of docs/market.md.
    """
    after = {good: mass for good, mass in stock.items() if not good.name.startswith(f"{BUY}:")}
    kept = {good: mass for good, mass in before.items() if good.name.startswith(f"{BUY}:")}
    for activity in network.activities:
        if activity.kind in (BUY, RELEASE):
            _, region, tag, name = activity.key
            place = Good(f"{BUY}:{name}", region, tag)
            change = did.get(activity.name, 0.0)
            kept[place] = kept.get(place, 0.0) + (change if activity.kind == BUY else -change)
    return after | {good: round_sig(mass) for good, mass in kept.items() if mass > 0}
