"""Ores that new mines outside China bring: mining, haulage and separation that nothing did in the base year.

Their capacities are zero in the base year; plants of the table open them.
"""

from __future__ import annotations

from dataclasses import replace

from coercivity.base.sums import total
from coercivity.market.inputs.base_flows import BaseFlows
from coercivity.market.inputs.coefficients import CHINA, HEAVY, SURPLUS, Coefficients
from coercivity.market.inputs.figures import Figures
from coercivity.market.network.calibrate import interest
from coercivity.market.network.network import Activity, Good, GoodAmount, Network
from coercivity.market.network.supply import Capacities, good, refine, seg, separate
from coercivity.market.network.trade import Routes, haul

# Where ore may go beside its own region: to regions with plants for its kind, and to China from where it went in 2024.
_ENDS = {
    ("feed:ENEABBA_BLEND", "AU"): ("NAM",),
    ("feed:MONAZITE_AUS", "ROW"): ("CN", "NAM"),
    ("feed:MOUNT_WELD", "AU"): ("SEA",),
    ("feed:MOUNT_WELD", "ROW"): ("CN", "SEA", "EUR", "AU"),
    ("feed:SERRA_VERDE", "ROW"): ("CN", "EUR", "NAM"),
    ("feed:XENOTIME", "ROW"): ("CN", "AU"),
}
_NOT_YET = ("construction", "committed", "planned", "study")
# A region in which nothing separated or used oxides in 2024: what no route takes away is not finished there.
_WITHOUT_USERS = "AU"
_SOLD_FROM_THERE = ("Sm", "Tb", "Dy", "Y")
Ores = tuple[tuple[str, str], ...]


def other_ores(region: str) -> str:
    """Returns the name of the light separation of a region that is open to ores it did not treat in the base year."""
    return f"other_ores:{region}"


def opening(figures: Figures) -> Ores:
    """Returns the ores that mines not yet built would bring, with their region.

    Source: table `plants` of the market data set.
    """
    found = {
        (f"feed:{row['deposit_id']}", row["model_region"])
        for row in figures.rows("plants").values()
        if row["deposit_id"] and row["in_model"] == "1" and row["status_2026_10"] in _NOT_YET
    }
    return tuple(sorted((ore, region) for ore, region in found if region != CHINA))


def mine_cost(coefficients: Coefficients, ore: str, region: str, base: BaseFlows) -> float:
    """Returns the cash cost of a mine [USD/kg REO]; of carbonatites where none was mined, that of a lower grade."""
    if ore == "feed:MOUNT_WELD" and (ore, region) not in base.mine():
        return coefficients.figures.assumption("mine_cost_new_carbonatite")
    return coefficients.mine_cost(ore)


def _hauls(ores: Ores, base: BaseFlows) -> list[tuple[str, str, str]]:
    known = base.trade("feed_trade")
    return [(ore, at, to) for ore, at in ores for to in _ENDS.get((ore, at), ()) if (ore, at, to) not in known]


def _treated(ores: Ores, base: BaseFlows) -> list[tuple[str, str]]:
    """Returns the ores and regions of separation that the base year did not have."""
    places = {(ore, to) for ore, _, to in _hauls(ores, base)}
    places |= {(ore, at) for ore, at in ores if at == _WITHOUT_USERS}
    return sorted(places - set(base.separate()))


def further_supply(
    coefficients: Coefficients, base: BaseFlows, routes: Routes, ores: Ores
) -> tuple[list[Activity], list[Activity], Capacities]:
    """Returns production and haulage that new mines bring, and capacities, zero in the base year [t/month].

    Args:
        coefficients: Yields and costs.
        base: Flows of the base year.
        routes: Freight and transit time.
        ores: The ores, with the region of their mines.

    Source: equations 6 and 86 of docs/market.md.
    """
    found: list[Activity] = []
    limits: Capacities = {}
    for ore, at in ores:
        if (ore, at) not in base.mine():
            name = f"mine:{ore.removeprefix('feed:')}:{at}"
            limits[name] = 0.0
            given = (GoodAmount(Good(ore, at), 1.0),)
            cost = mine_cost(coefficients, ore, at, base)
            found.append(Activity("mine", (ore, at), (), given, cost, limits=((name, 1.0),)))
    standing = {region for _, region in base.separate()}
    for ore, region in _treated(ores, base):
        cut = separate(coefficients, base, ore, region)
        if region != CHINA:
            made = next(amount.mass for amount in cut.gives if amount.good.name == "ox_NdPr")
            names = [f"sep_light:{region}", *([other_ores(region)] if region in standing else ())]
            limits |= dict.fromkeys([*names, f"sep_heavy:{region}"], 0.0)
            cut = replace(cut, limits=tuple((name, made) for name in names))
            found.append(_refined(refine(coefficients, ore, region)))
        found.append(cut)
    if any(region == _WITHOUT_USERS for _, region in _treated(ores, base)):
        found += [
            Activity(
                "aside",
                (element, _WITHOUT_USERS),
                (GoodAmount(Good(f"raw_{element}", _WITHOUT_USERS), 1.0),),
                (),
                coefficients.aside_cost,
            )
            for element in SURPLUS
            if element not in _SOLD_FROM_THERE
        ]
    return found, [haul(routes, *each) for each in _hauls(ores, base)], limits


def _refined(activity: Activity) -> Activity:
    """Returns the refining, with elements unfinished that nobody takes from its region."""
    if activity.key[1] != _WITHOUT_USERS:
        return activity
    kept = {
        good(f"ox_{e}", _WITHOUT_USERS): Good(f"raw_{e}", _WITHOUT_USERS) for e in HEAVY if e not in _SOLD_FROM_THERE
    }
    gives = tuple(amount._replace(good=kept.get(amount.good, amount.good)) for amount in activity.gives)
    return replace(activity, gives=gives)


def further_prices(
    coefficients: Coefficients, base: BaseFlows, routes: Routes, ores: Ores, prices: dict[Good, float]
) -> dict[Good, float]:
    """Returns the base-year prices of the ores at new places [USD/kg].

    At a plant by their yield, but at most by price and freight from where they were mined in the base year; at a new
    mine by the best price at a plant, less transport.

    Args:
        coefficients: Yields and costs.
        base: Flows of the base year.
        routes: Freight and transit time.
        ores: The ores, with the region of their mines.
        prices: Prices of the base year.

    Source: equation 86 of docs/market.md.
    """
    found: dict[Good, float] = {}
    mined, hauls = set(base.mine()), _hauls(ores, base)
    for ore, region in _treated(ores, base):
        cut = separate(coefficients, base, ore, region)
        worth = total(a.mass * prices.get(a.good, 0.0) for a in cut.gives) - cut.cost
        brought = [
            (prices[Good(ore, at)] + routes.freight(at, to, feed=True))
            * interest(coefficients, routes.months(at, to, feed=True))
            for o, at, to in hauls
            if (o, to) == (ore, region) and (o, at) in mined
        ]
        home = [prices[Good(ore, region)]] if (ore, region) in mined else []
        found[Good(ore, region)] = home[0] if home else max(min([worth, *brought]), 0.0)
        if region != CHINA:
            found[seg(ore, region)] = 0.0
    for ore, at in ores:
        if (ore, at) not in mined:
            away = [
                found.get(Good(ore, to), prices.get(Good(ore, to), 0.0))
                / interest(coefficients, routes.months(at, to, feed=True))
                - routes.freight(at, to, feed=True)
                for to in _ENDS.get((ore, at), ())
            ]
            found[Good(ore, at)] = max([*away, found.get(Good(ore, at), 0.0)])
    return found


def mined_at_last(network: Network) -> Network:
    """Returns the network without haulage and separation of ores that nothing mines, and without their goods."""
    activities = network.activities
    while True:
        given = {amount.good for a in activities for amount in a.gives}
        kept = tuple(a for a in activities if all(x.good in given or not _opened(x.good) for x in a.takes))
        if len(kept) == len(activities):
            break
        activities = kept
    used = {amount.good for a in activities for amount in (*a.takes, *a.gives)}
    goods = tuple(each for each in network.goods if each in used or not _opened(each))
    if len(goods) == len(network.goods):
        return replace(network, activities=activities)
    left = set(goods)
    return replace(
        network,
        activities=activities,
        goods=goods,
        stores=tuple(store for store in network.stores if store.good in left),
        prices={each: price for each, price in network.prices.items() if each in left},
    )


def _opened(entry: Good) -> bool:
    return entry.name.startswith(("feed:", "seg:")) or entry.region == _WITHOUT_USERS
