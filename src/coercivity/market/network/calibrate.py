"""Prices of the base year for every product, and cost adjustments that make its flows optimal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from coercivity.base.sums import total
from coercivity.market.inputs.base_flows import BaseFlows
from coercivity.market.inputs.coefficients import CHINA, ELEMENTS, MAGNETS, METALS, REGIONS, SURPLUS, Coefficients
from coercivity.market.network.network import Activity, Good
from coercivity.market.network.supply import CHINA_BOUND, CHINA_FREE, separate
from coercivity.market.network.trade import Routes

# Activities with a capacity that were active in the base year although their tabulated cost exceeds their earnings.
_CALIBRATED = ("mine", "separate", "metal", "magnet", "recycle")
# Activities that anybody can take up: they earn nothing in the base year, or more would have been done.
_OPEN = ("separate", "metal", "magnet", "finish", "loosen")


def base_prices(coefficients: Coefficients, base: BaseFlows, routes: Routes) -> dict[Good, float]:
    """Returns the price of every product in the base year [USD/kg].

    Oxides in China as quoted; everything else by its inputs: metals and magnets by production cost, places abroad by
    tax and freight, ores by their yield.

    Source: equation 8 of docs/market.md.
    """
    home = _home(coefficients)
    tax = coefficients.figures.assumption("china_vat")
    found = {Good(name, CHINA): price for name, price in home.items()}
    for region in REGIONS:
        if region == CHINA:
            continue
        freight, tied_up = routes.freight(CHINA, region), interest(coefficients, routes.months(CHINA, region))
        for name, price in home.items():
            abroad = (price * (1 if name.startswith("mag_") else 1 + tax) + freight) * tied_up
            for tag in ("", CHINA_FREE, CHINA_BOUND):
                found[Good(name, region, tag)] = abroad
    _raw_prices(coefficients, base, found)
    _swarf_prices(base, found)
    _ore_prices(coefficients, base, routes, found)
    return found


def _home(coefficients: Coefficients) -> dict[str, float]:
    price = {f"ox_{element}": coefficients.home_price[element] for element in ELEMENTS}
    for element in METALS:
        oxide = coefficients.oxide_per_metal(element, CHINA) * price[f"ox_{element}"]
        price[f"met_{element}"] = oxide + coefficients.metal_cost(element, CHINA)
    for grade in MAGNETS:
        price[grade] = _magnet_price(coefficients, grade, price)
    return price


def _magnet_price(coefficients: Coefficients, grade: str, price: Mapping[str, float]) -> float:
    cost = coefficients.magnet_cost(grade, CHINA)
    for element, mass in coefficients.input(grade, CHINA).items():
        if element == "Ce":
            cost += mass * coefficients.oxide_per_metal("Ce", CHINA) * price["ox_Ce"]
        else:
            cost += mass * price[f"met_{element}"]
    return cost


def interest(coefficients: Coefficients, months: int) -> float:
    """Returns the value of a dollar after some months: what goods under way have tied up."""
    return float((1 + coefficients.figures.assumption("discount_rate")) ** (months / 12))


def _raw_prices(coefficients: Coefficients, base: BaseFlows, found: dict[Good, float]) -> None:
    """Sets prices of unfinished surplus elements: where some was left over, a kilogram cost its storage."""
    for region in REGIONS:
        for element in SURPLUS:
            oxide = found.get(Good(f"ox_{element}", region))
            if oxide is not None:
                left = base.surplus().get((f"ox_{element}", region), 0.0)
                earned = oxide - coefficients.finishing_cost(element, region)
                aside = -coefficients.aside_cost
                found[Good(f"raw_{element}", region)] = aside if left > 0 else max(earned, aside)


def _swarf_prices(base: BaseFlows, found: dict[Good, float]) -> None:
    """Sets swarf prices to zero: not all of it was treated in the base year, so a marginal kilogram had no value."""
    for grade, region in base.magnets():
        if grade != "mag_SmCo":
            found[Good(f"swarf_{grade.removeprefix('mag_')}", region)] = 0.0


def _ore_prices(coefficients: Coefficients, base: BaseFlows, routes: Routes, found: dict[Good, float]) -> None:
    """Sets ore prices: at the plant by their yield, at the mine less transport."""
    for ore, region in base.separate():
        cut = separate(coefficients, base, ore, region)
        given = total(a.mass * found.get(a.good, 0.0) for a in cut.gives)
        found[Good(ore, region)] = max(given - cut.cost, 0.0)
        if region != CHINA:
            found[Good(f"seg:{ore.removeprefix('feed:')}", region)] = 0.0
    for ore, origin, to in base.trade("feed_trade"):
        tied_up = interest(coefficients, routes.months(origin, to, feed=True))
        away = found[Good(ore, to)] / tied_up - routes.freight(origin, to, feed=True)
        found[Good(ore, origin)] = max(found.get(Good(ore, origin), 0.0), away)
    for ore, region in base.mine():
        found.setdefault(Good(ore, region), coefficients.mine_cost(ore))


def paid_for(
    activities: Iterable[Activity], prices: Mapping[Good, float], margin: float, *, ran: frozenset[tuple[str, ...]]
) -> list[Activity]:
    """Returns the activities, with the costs of those active in the base year changed until its flows are optimal.

    With given prices, the smallest change of costs under which the flows of the base year are optimal separates into
    one figure per activity. One with a capacity that ran is lowered until it earns a small margin; one that anybody
    can take up earns nothing. The change is recorded in `calibrated`.

    Args:
        activities: All activities.
        prices: Prices of the base year [USD/kg].
        margin: Minimum margin of the marginal producer with a capacity [USD/kg].
        ran: Names of the active activities.

    Source: equation 9 of docs/market.md; Ahuja and Orlin 2001.
    """
    found = []
    for activity in activities:
        more = _change(activity, earnings(activity, prices), margin, activity.name in ran)
        found.append(replace(activity, cost=activity.cost + more, calibrated=more) if more else activity)
    return found


def _change(activity: Activity, earned: float, margin: float, ran: bool) -> float:
    """Returns what is added to the cost of an activity [USD/kg]."""
    if activity.limits:
        return earned - margin if activity.kind in _CALIBRATED and ran and earned < margin else 0.0
    if activity.kind not in _OPEN:
        return 0.0
    return earned if earned > 0 or ran or activity.kind == "finish" else 0.0


def earnings(activity: Activity, prices: Mapping[Good, float]) -> float:
    """Returns the earnings of a unit of an activity at given prices [USD/kg]."""
    given = total(amount.mass * prices.get(amount.good, 0.0) for amount in activity.gives)
    taken = total(amount.mass * prices.get(amount.good, 0.0) for amount in activity.takes)
    return given - taken - activity.cost
