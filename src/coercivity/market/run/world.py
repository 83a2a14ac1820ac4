"""The network of the base year from the market data set, and the initial state of a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from coercivity.base.days import Day
from coercivity.base.months import Month
from coercivity.base.sums import total
from coercivity.data.cut.replacements import must_hold
from coercivity.data.packs import open_pack
from coercivity.market.inputs.base_flows import BaseFlows, load_base
from coercivity.market.inputs.coefficients import CHINA, USES, Coefficients
from coercivity.market.inputs.cohorts import Cohorts, cohorts
from coercivity.market.inputs.figures import Figures
from coercivity.market.network.calibrate import base_prices, paid_for
from coercivity.market.network.end_of_life import beside_swarf, end_of_life, end_of_life_prices, held, swarf_alone
from coercivity.market.network.further_ores import further_prices, further_supply, opening
from coercivity.market.network.network import Activity, Good, GoodAmount, Network, Permission
from coercivity.market.network.stores import stores
from coercivity.market.network.supply import MONTHS, Capacities, supply
from coercivity.market.network.ties import tied
from coercivity.market.network.trade import MILITARY, Routes, goods_of, trade
from coercivity.market.network.uses.demand import demand, yearly_growth
from coercivity.market.program.build import bucket_of
from coercivity.market.program.state import State
from coercivity.permission.desk.month import Desk
from coercivity.permission.desk.state import empty_desk
from coercivity.permission.gate import Way


@dataclass(frozen=True)
class World:
    """The market of the base year.

    Attributes:
        figures: The rows of the data set.
        base: Balanced flows of the base year.
        cohorts: Magnets in devices; None where those at the end of their life are left out.
    """

    figures: Figures
    coefficients: Coefficients
    base: BaseFlows
    network: Network
    cohorts: Cohorts | None = None

    def apart(self) -> World:
        """Returns the same market for one run, with its own record of the rows used."""
        figures = self.figures.apart()
        coefficients = Coefficients(figures)
        devices = replace(self.cohorts, coefficients=coefficients) if self.cohorts is not None else None
        return replace(self, figures=figures, coefficients=coefficients, cohorts=devices)


def load_world(
    *,
    qualified: bool = True,
    recycling: bool = False,
    figures: Figures | None = None,
    base: BaseFlows | None = None,
    known: Day | None = None,
) -> World:
    """Returns the market of the base year from the built-in tables.

    Args:
        qualified: Whether other designs of magnet uses must be qualified first.
        recycling: Whether magnets at the end of their life are recycled; if not, all recycled oxides are from swarf.
        figures: Rows of the data set with other values; the built-in ones by default.
        base: Balanced flows of the base year that go with them; the built-in ones by default.
        known: Information cut-off; without `figures`, rows that were not known by then are not read.

    Raises:
        CoercivityError: If a table is missing or has errors, a device has no lifetime, or the model cannot do without
            rows that were not known by `known`.

    Source: equations 7 to 14 of docs/market.md; tables of the market data set.
    """
    figures = figures if figures is not None else Figures(open_pack("world", known))
    must_hold(figures.pack)
    coefficients, base = Coefficients(figures), base if base is not None else load_base(known)
    routes = Routes(figures)
    prices = base_prices(coefficients, base, routes)
    growth = {use: yearly_growth(coefficients, use) for use in USES}
    devices = cohorts(coefficients, base, growth) if recycling else None
    made, limits = supply(coefficients, swarf_alone(coefficients, devices, base) if devices is not None else base)
    made += unregistered(base, limits)
    if devices is not None:
        treated, room = end_of_life(coefficients, base, prices)
        made, limits = beside_swarf(made, limits) + treated, limits | room
        prices |= end_of_life_prices(coefficients, prices)
    ores = opening(figures)
    prices |= further_prices(coefficients, base, routes, ores, prices)
    treated, hauled, room = further_supply(coefficients, base, routes, ores)
    made, limits = made + treated, room | limits
    insurance = figures.assumption("cargo_insurance")
    shipped = [_insured(activity, prices, insurance) for activity in (*trade(figures, base), *hauled)]
    wanted = demand(coefficients, base, prices, qualified=qualified)
    margin = figures.assumption("least_margin_abroad")
    activities = tied(paid_for((*made, *shipped, *wanted.activities), prices, margin, ran=_ran(base)))
    goods = goods_of(activities)
    network = Network(
        goods=goods,
        activities=tuple(activities),
        demands=wanted.demands,
        recipes=wanted.recipes,
        stores=tuple(held(coefficients, stores(coefficients, base, goods, activities), prices)),
        buckets=tuple(licence_buckets(base, activities)),
        prices={entry: prices[entry] for entry in goods if entry in prices},
        limits=limits,
    )
    return World(figures, coefficients, base, network, devices)


def unregistered(base: BaseFlows, limits: Capacities) -> list[Activity]:
    """Returns the unregistered Chinese supply without which the base year does not balance."""
    found = []
    for (oxide, region), yearly in sorted(base.unregistered().items()):
        name = f"unregistered:{oxide}"
        limits[name] = yearly / MONTHS
        given = (GoodAmount(Good(oxide, region), 1.0),)
        found.append(Activity("unregistered", (oxide, region), (), given, 0.0, limits=((name, 1.0),)))
    return found


def _insured(activity: Activity, prices: Mapping[Good, float], rate: float) -> Activity:
    """Returns the freight with cargo insurance, a share of the value in the base year."""
    if activity.kind not in ("ship", "haul"):
        return activity
    return replace(activity, cost=activity.cost + rate * prices.get(activity.takes[0].good, 0.0))


def _ran(base: BaseFlows) -> frozenset[tuple[str, ...]]:
    """Returns the names of the activities of the base year, with both tags."""
    found: set[tuple[str, ...]] = set()
    for kind, keys in (("mine", base.mine()), ("separate", base.separate())):
        found |= {(kind, *key) for key in keys}
    for (metal, region), _ in base.metal().items():
        found |= {("metal", metal.removeprefix("met_"), region, tag) for tag in ("", "free", "bound")}
    for grade, region in base.magnets():
        found |= {("magnet", grade, region, tag) for tag in ("", "free", "bound")}
        found |= {("recycle", grade, region)}
    return frozenset(found)


def licence_buckets(base: BaseFlows, activities: Iterable[Activity]) -> list[Permission]:
    """Returns every licence bucket that a shipment may need, with its shipments in the base year.

    Args:
        base: Flows of the base year.
        activities: Activities, of which shipments count.
    """
    shipped: dict[tuple[str, str, str], float] = {}
    for kind in ("oxide_trade", "metal_trade", "magnet_trade"):
        shipped |= base.trade(kind)
    names = sorted({bucket_of(a.passage) for a in activities if a.passage is not None and a.passage.way is Way.LICENCE})
    found = []
    for good, origin, destination, user in names:
        whole = _shipped(shipped, good, origin, destination) / MONTHS
        defence = _defence_share(base, good, destination)
        share = defence if user == MILITARY else 1.0 - (defence if origin == CHINA else 0.0)
        found.append(Permission(good, origin, destination, user, whole * share))
    return found


def _shipped(shipped: Mapping[tuple[str, str, str], float], good: str, origin: str, destination: str) -> float:
    """Returns the shipments; an application for metal may be for its oxide, so each counts for the other."""
    mass = shipped.get((good, origin, destination), 0.0)
    if not mass and good.startswith(("ox_", "met_")):
        kind, element = good.split("_")
        mass = shipped.get((f"{'met' if kind == 'ox' else 'ox'}_{element}", origin, destination), 0.0)
    return mass


def _defence_share(base: BaseFlows, good: str, region: str) -> float:
    used = {use: mass for (use, grade, where), mass in base.use().items() if grade == good and where == region}
    whole = total(used.values())
    return used.get("defence", 0.0) / whole if whole else 0.0


def first_state(world: World, month: Month, desk: Desk) -> State:
    """Returns the state before a first month: stocks at their cover, routes full, no applications.

    Args:
        world: The market of the base year.
        month: First month of the run.
        desk: The licensing desk of the run.

    Source: equation 14 of docs/market.md.
    """
    network = world.network
    lags = {
        (a.key[0], a.key[1], a.key[2]): (a.gives[0].good, a.gives[0].lag)
        for a in network.activities
        if a.kind in ("ship", "haul") and (a.passage is None or a.passage.way is Way.FREE)
    }
    arriving: dict[tuple[Good, Month], float] = {}
    for kind in ("feed_trade", "oxide_trade", "metal_trade", "magnet_trade"):
        for key, yearly in world.base.trade(kind).items():
            if key not in lags:
                continue
            entry, lag = lags[key]
            for ahead in range(lag):
                place = (entry, month + ahead)
                arriving[place] = arriving.get(place, 0.0) + yearly / MONTHS
    return State(
        stock_t={s.good: s.cover * s.turnover_t for s in network.stores if s.cover * s.turnover_t > 0},
        arriving_t=arriving,
        ready={},
        quote=dict(network.prices),
        desk=empty_desk(desk.terms),
    )
