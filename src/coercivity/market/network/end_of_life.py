"""Magnets at the end of their life as goods: their treatment to oxides, and their shipments outside China.

China bans imports of waste, so none go there; none leave it either, as its own plants treat them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from coercivity.base.sums import total
from coercivity.market.inputs.base_flows import BaseFlows
from coercivity.market.inputs.coefficients import ABROAD, CHINA, USING, Coefficients
from coercivity.market.inputs.cohorts import BASE_YEAR, CONTENTS, MIDDLE, MONTHS, Cohorts, Floats, contents
from coercivity.market.network.network import Activity, Good, GoodAmount, Network, Store
from coercivity.market.network.supply import Capacities, good
from coercivity.market.network.trade import Routes

TREAT, SCRAP = "treat", "scrap"
# Rows of `lifetimes`: share of the rare earths recovered, and cost per kilogram of magnet.
YIELD, COST = "L064", "L065"


def eol(content: str, region: str) -> Good:
    """Returns the collected magnets of a content in a region."""
    return Good(f"eol_{content}", region)


def capacity_name(region: str) -> str:
    """Returns the capacity for magnets at the end of their life in a region [t oxide/month]."""
    return f"eol_recycling:{region}"


def recovered(coefficients: Coefficients, content: str) -> dict[str, float]:
    """Returns the oxides recovered from magnets of a content [t/t].

    Source: equation 66 of docs/market.md.
    """
    kept = coefficients.figures.value("lifetimes", YIELD)
    return {e: share * kept * coefficients.oxide_of(e) for e, share in sorted(contents(coefficients)[content].items())}


def collected_by_content(cohorts: Cohorts, leaving_t: Floats, region: str) -> dict[str, float]:
    """Returns what is collected and extracted in a region in the base year, by content [t].

    Args:
        cohorts: Magnets in devices.
        leaving_t: What leaves use in the base year by pool [t].
        region: The region.
    """
    taken = leaving_t * cohorts.collection() * cohorts.extraction() * cohorts.channels([MIDDLE])[0]
    each = zip(cohorts.pools, taken.tolist(), strict=True)
    found = dict.fromkeys(CONTENTS, 0.0)
    for pool, mass in each:
        if pool.region == region:
            found[pool.content] += mass
    return found


def swarf_alone(coefficients: Coefficients, cohorts: Cohorts, base: BaseFlows) -> BaseFlows:
    """Returns the base year with the oxides from swarf only: what Chinese magnets at the end of life gave is deducted.

    Source: equation 66 of docs/market.md.
    """
    leaving = cohorts.leaving_t(BASE_YEAR, MONTHS).sum(axis=1)
    masses = collected_by_content(cohorts, leaving, CHINA)
    back: dict[str, float] = {}
    for content, mass in masses.items():
        for element, share in recovered(coefficients, content).items():
            back[f"ox_{element}"] = back.get(f"ox_{element}", 0.0) + mass * share
    flows = {
        key: max(mass - back.get(key[1], 0.0), 0.0) if key[0] == "recycled" and key[3] == CHINA else mass
        for key, mass in base.flows.items()
    }
    return replace(base, flows=flows)


def end_of_life(
    coefficients: Coefficients, base: BaseFlows, prices: Mapping[Good, float]
) -> tuple[list[Activity], Capacities]:
    """Returns treatment and shipments of magnets at the end of their life, with the capacities of the base year.

    Args:
        coefficients: Coefficients of the base year.
        base: Flows of the base year.
        prices: Prices of the base year [USD/kg].

    Source: equation 66 of docs/market.md.
    """
    figures = coefficients.figures
    swarf = total(mass for (_, region), mass in base.recycled().items() if region == CHINA) / MONTHS
    limits = {capacity_name(region): 0.0 for region in ABROAD}
    limits[capacity_name(CHINA)] = swarf * figures.assumption("china_end_of_life_capacity")
    found = [_treat(coefficients, content, region, prices) for content in CONTENTS for region in USING]
    return [*found, *_scrap(coefficients, prices)], limits


def beside_swarf(activities: Iterable[Activity], limits: Mapping[str, float]) -> list[Activity]:
    """Returns the activities with swarf treated by the plants for magnets at the end of their life, outside China.

    No plant outside China treated swarf in the base year; those that are built take what pays best, swarf first as it
    needs no dismantling. A plant mixes swarf of many makers, so its oxides count as free of an undertaking, as those of
    old magnets do; where the undertaking follows them, less is free than here.

    Args:
        activities: Activities of supply.
        limits: Capacities of the base year, of which `recycling:REGION` is for swarf alone [t/month].

    Source: equation 66 of docs/market.md.
    """
    return [_sharing(activity, limits) for activity in activities]


def _sharing(activity: Activity, limits: Mapping[str, float]) -> Activity:
    own = f"recycling:{activity.key[1]}" if activity.kind == "recycle" else ""
    if not own or limits[own]:
        return activity
    others = tuple(each for each in activity.limits if each[0] != own)
    oxides = total(amount.mass for amount in activity.gives)
    gives = tuple(amount._replace(good=good(amount.good.name, amount.good.region)) for amount in activity.gives)
    return replace(activity, gives=gives, limits=((capacity_name(activity.key[1]), oxides), *others))


def _treat(coefficients: Coefficients, content: str, region: str, prices: Mapping[Good, float]) -> Activity:
    oxides = recovered(coefficients, content)
    gives = tuple(GoodAmount(good(f"ox_{e}", region), mass) for e, mass in oxides.items())
    limits = ((capacity_name(region), total(oxides.values())),)
    tabled = coefficients.figures.value("lifetimes", COST)
    cost = treatment_cost(coefficients, region, prices)
    took, key = (GoodAmount(eol(content, region), 1.0),), (content, region)
    return Activity(TREAT, key, took, gives, cost, limits=limits, calibrated=cost - tabled)


def oxide_worth(coefficients: Coefficients, content: str, region: str, prices: Mapping[Good, float]) -> float:
    """Returns the value of the oxides recovered from a kilogram of magnets [USD/kg]."""
    return total(mass * prices[good(f"ox_{e}", region)] for e, mass in recovered(coefficients, content).items())


def treatment_cost(coefficients: Coefficients, region: str, prices: Mapping[Good, float]) -> float:
    """Returns the cost of treatment [USD/kg]; in China, where it ran in the base year, what the poorest magnets bear.

    Source: equation 66 of docs/market.md.
    """
    tabled = coefficients.figures.value("lifetimes", COST)
    if region != CHINA:
        return tabled
    poorest = min(oxide_worth(coefficients, content, CHINA, prices) for content in CONTENTS)
    return min(tabled, poorest - coefficients.figures.assumption("least_margin_abroad"))


def _scrap(coefficients: Coefficients, prices: Mapping[Good, float]) -> Iterator[Activity]:
    """Yields shipments between regions outside China; only those to a region with a treatment are kept in a run.

    On the way their oxides must earn what they earn in a store: otherwise magnets would be shipped to be stored.
    """
    routes, wanted = Routes(coefficients.figures), coefficients.figures.assumption("speculative_return") / MONTHS
    for content in CONTENTS:
        for origin in ABROAD:
            held = wanted * oxide_worth(coefficients, content, origin, prices)
            for to in ABROAD:
                if origin != to:
                    months = routes.months(origin, to)
                    given = GoodAmount(eol(content, to), 1.0, months)
                    took, key = GoodAmount(eol(content, origin), 1.0), (f"eol_{content}", origin, to)
                    cost = routes.freight(origin, to) + months * held
                    yield Activity(SCRAP, key, (took,), (given,), cost)


def end_of_life_prices(coefficients: Coefficients, prices: Mapping[Good, float]) -> dict[Good, float]:
    """Returns the price of collected magnets in the base year: their oxides less the treatment, or nothing [USD/kg].

    Source: equation 66 of docs/market.md.
    """
    found = {}
    for region in USING:
        cost = treatment_cost(coefficients, region, prices)
        least = coefficients.figures.assumption("least_margin_abroad") if region == CHINA else 0.0
        for content in CONTENTS:
            worth = oxide_worth(coefficients, content, region, prices)
            found[eol(content, region)] = max(worth - cost - least, 0.0)
    return found


def held(coefficients: Coefficients, stores: Iterable[Store], prices: Mapping[Good, float]) -> list[Store]:
    """Returns the stores, those of collected magnets with the return that the value of their oxides must earn.

    Their own price may be nothing, and what costs nothing to hold would be hoarded in wait of any higher price.

    Source: equation 66 of docs/market.md.
    """
    wanted = coefficients.figures.assumption("speculative_return") / MONTHS

    def more(entry: Good) -> float:
        worth = oxide_worth(coefficients, entry.name.removeprefix("eol_"), entry.region, prices)
        return wanted * max(worth - prices[entry], 0.0)

    return [
        replace(store, cost=store.cost + more(store.good)) if store.good.name.startswith("eol_") else store
        for store in stores
    ]


def with_outlets(network: Network) -> Network:
    """Returns the network without scrap shipments to regions that treat none, and without goods that nobody takes."""
    treated = {activity.key[1] for activity in network.activities if activity.kind == TREAT}
    kept = tuple(a for a in network.activities if a.kind != SCRAP or a.key[2] in treated)
    taken = {amount.good for activity in kept for amount in activity.takes}

    def stays(entry: Good) -> bool:
        return not entry.name.startswith("eol_") or entry in taken

    return replace(
        network,
        activities=kept,
        goods=tuple(entry for entry in network.goods if stays(entry)),
        stores=tuple(store for store in network.stores if stays(store.good)),
        prices={entry: price for entry, price in network.prices.items() if stays(entry)},
    )
