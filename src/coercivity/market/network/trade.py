"""Shipments: freight, transit time, non-refundable tax, and the features that the licence status depends on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coercivity.market.inputs.base_flows import BaseFlows
from coercivity.market.inputs.coefficients import ABROAD, CHINA, ELEMENTS, MAGNETS, METALS, NAMED_MAGNETS, TAGGED
from coercivity.market.inputs.figures import Figures, Row
from coercivity.market.network.network import Activity, Good, GoodAmount, Passage
from coercivity.market.network.supply import CHINA_BOUND, CHINA_FREE, good
from coercivity.permission.gate import Way

CIVIL, MILITARY = "civil", "military"
DAYS_A_MONTH = 30.4
_PRODUCT, _FEED = "separated oxide, metal, alloy, magnet", "concentrate, carbonate, monazite, ionic feed"
# Routes between regions outside China that the tables show or name. Everything else is shipped from or to China.
_MAGNET_ROUTES = {
    "JP": ("KR", "NAM", "EUR", "SEA", "IN", "ROW"),
    "EUR": ("NAM", "IN"),
    "SEA": ("JP", "NAM", "EUR"),
}
_METAL_ROUTES = {"SEA": ("JP", "KR", "EUR", "NAM"), "EUR": ("NAM",)}
_OXIDE_ROUTES = {
    "SEA": ("JP", "KR", "EUR", "NAM", "CN"),
    "NAM": ("JP", "EUR", "CN"),
    # No table names a buyer of European oxide; without a way out what is made beyond use there has no price.
    "EUR": ("JP", "NAM", "CN"),
    "IN": ("JP",),
    "AU": ("JP", "KR", "EUR", "NAM", "SEA"),
}
# Elements separated from the medium and heavy fraction outside China.
_HEAVY_ROUTES = {"SEA": ("JP", "EUR", "NAM"), "NAM": ("JP", "EUR"), "EUR": ("JP",), "AU": ("JP", "EUR", "NAM")}
_HEAVY_OXIDES = ("ox_Sm", "ox_Tb", "ox_Dy", "ox_Y")


class Routes:
    """Freight and transit time by route, from the rows of `assumptions`."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self._rows = {
            (topic, item): [r for r in figures.rows("assumptions").values() if (r["topic"], r["item"]) == (topic, item)]
            for topic in ("freight", "transit")
            for item in (_PRODUCT, _FEED)
        }

    def freight(self, origin: str, destination: str, *, feed: bool = False) -> float:
        """Returns the door-to-door freight [USD/kg]; for feed per kilogram of its oxides."""
        row = self._row("freight", origin, destination, feed)
        grade = self.figures.value("process_coefficients", "CO035") if feed else 1.0
        return self.figures.assumption(row["id"]) / grade

    def months(self, origin: str, destination: str, *, feed: bool = False) -> int:
        """Returns the transit time, to the nearest month."""
        row = self._row("transit", origin, destination, feed)
        return round(self.figures.assumption(row["id"]) / DAYS_A_MONTH)

    def _row(self, topic: str, origin: str, destination: str, feed: bool) -> Row:
        """Returns the row with the closest match of both ends, sea or land before air."""
        rows = self._rows[topic, _FEED if feed else _PRODUCT]
        fitting = [row for row in rows if row["mode"] != "air" and _fits(row, origin, destination)]
        if fitting:
            return fitting[0]
        anywhere = [row for row in rows if row["from_region"] == "EUR;NAM"]
        return anywhere[0] if anywhere else rows[0]


def _fits(row: Row, origin: str, destination: str) -> bool:
    return origin in row["from_region"].split(";") and (
        destination in row["to_region"].split(";") or (row["to_region"] == "any_but_CN" and destination != CHINA)
    )


def trade(figures: Figures, base: BaseFlows) -> list[Activity]:
    """Returns every possible shipment, with each possible licence status.

    Source: equations 12 and 33 of docs/market.md.
    """
    routes = Routes(figures)
    found = [haul(routes, ore, origin, to) for ore, origin, to in sorted(base.trade("feed_trade"))]
    found += _from_china(routes, base)
    found += _between(routes)
    found += [_loosened(name, region) for name in sorted(TAGGED) for region in ABROAD]
    return found


def haul(routes: Routes, ore: str, origin: str, to: str) -> Activity:
    """Returns the transport of an ore between two regions."""
    freight, months = routes.freight(origin, to, feed=True), routes.months(origin, to, feed=True)
    return Activity(
        "haul",
        (ore, origin, to),
        (GoodAmount(Good(ore, origin), 1.0),),
        (GoodAmount(Good(ore, to), 1.0, months),),
        freight,
    )


def _loosened(name: str, region: str) -> Activity:
    """Returns the use of free goods where goods under an end-use undertaking would suffice."""
    return Activity(
        "loosen",
        (name, region),
        (GoodAmount(Good(name, region, CHINA_FREE), 1.0),),
        (GoodAmount(Good(name, region, CHINA_BOUND), 1.0),),
        0.0,
    )


def _from_china(routes: Routes, base: BaseFlows) -> Iterator[Activity]:
    defended = {region for (use, _, region) in base.use() if use == "defence" and region != CHINA}
    for to in ABROAD:
        for name in (*(f"ox_{e}" for e in ELEMENTS), *(f"met_{e}" for e in METALS), *MAGNETS):
            yield _ship(routes, name, CHINA, to, Passage(name, CHINA, to, CIVIL, Way.FREE))
            yield _ship(routes, name, CHINA, to, Passage(name, CHINA, to, CIVIL, Way.LICENCE))
            if name in NAMED_MAGNETS and to in defended:
                yield _ship(routes, name, CHINA, to, Passage(name, CHINA, to, MILITARY, Way.LICENCE))


def _between(routes: Routes) -> Iterator[Activity]:
    for table, names in (
        (_MAGNET_ROUTES, MAGNETS),
        (_METAL_ROUTES, ("met_NdPr",)),
        (_OXIDE_ROUTES, ("ox_NdPr",)),
        (_HEAVY_ROUTES, _HEAVY_OXIDES),
    ):
        for origin, ends in table.items():
            for to in ends:
                for name in names:
                    yield from _route(routes, name, origin, to)


def _route(routes: Routes, name: str, origin: str, to: str) -> Iterator[Activity]:
    """Yields a shipment between two regions outside China, or to China; bound magnets need a further licence check."""
    if name not in TAGGED:
        if name != "mag_Ce":
            yield _ship(routes, name, origin, to, None)
        return
    yield _ship(routes, name, origin, to, None)
    if name in NAMED_MAGNETS and to != CHINA:
        yield _ship(routes, name, origin, to, Passage(name, origin, to, CIVIL, Way.FREE))
        yield _ship(routes, name, origin, to, Passage(name, origin, to, CIVIL, Way.LICENCE))


def _ship(routes: Routes, name: str, origin: str, to: str, passage: Passage | None) -> Activity:
    freight, months = routes.freight(origin, to), routes.months(origin, to)
    tag = CHINA_FREE
    taken = good(name, origin, CHINA_FREE)
    if passage is not None and origin != CHINA:
        taken, tag = good(name, origin, CHINA_BOUND), CHINA_BOUND
    elif passage is not None and passage.way is Way.LICENCE and passage.user == CIVIL:
        tag = CHINA_BOUND
    levy = None
    if origin == CHINA and not name.startswith("mag_"):
        levy = (taken, routes.figures.assumption("china_vat"))
    told = (passage.user, passage.way.value) if passage is not None else ("", "")
    return Activity(
        "ship",
        (name, origin, to, *told),
        (GoodAmount(taken, 1.0),),
        (GoodAmount(good(name, to, tag), 1.0, months),),
        freight,
        levy=levy,
        passage=passage,
    )


def goods_of(activities: Iterable[Activity]) -> tuple[Good, ...]:
    """Returns every product that is an input or output of some activity, in order."""
    found = {amount.good for activity in activities for amount in (*activity.takes, *activity.gives)}
    return tuple(sorted(found))
