"""The built-in market in a world that stands still, and how far it strays."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from coercivity.base.months import Month, parse_month
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.network.end_of_life import collected_by_content, eol
from coercivity.market.network.network import USUAL, Activity, DemandStep, Good, Network
from coercivity.market.run.drivers import drivers_of, rates_of
from coercivity.market.run.law import law_of
from coercivity.market.run.licensing.desk_practice import practice_of
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.shape import asking_for
from coercivity.market.run.simulate import capacities, world_once
from coercivity.market.run.world import World, first_state
from coercivity.permission.buckets import load_buckets
from coercivity.permission.desk.cells import cells_of
from coercivity.permission.desk.from_practice import desk_of
from coercivity.permission.gates import Gates
from tests.oracles.market_parts import Parts, quoting_of
from tests.oracles.market_toy import packed_book

FLAT_FIRST = parse_month("2024-07")


def flat_world(
    *,
    cover: float = 1.0,
    normal: float = 1.0,
    cut: str = "",
    share: float = 1.0,
    drift: float = 0.0,
    must_have: bool = False,
    recycling: bool = False,
) -> Parts:
    """The built-in market without law, growth, plants, drifting designs, quotas and duties.

    Args:
        cover: Stocks before the first month, as a multiple of normal cover.
        normal: Normal cover, as a multiple of that of the tables.
        cut: Element whose first supply is cut, wherever it is separated or unregistered; empty for none.
        share: Share of that supply that remains.
        drift: Growth of every demand per year, to see that a test can fail.
        must_have: Whether no use can do with less or with another design, so that a shortage is going without.
        recycling: Whether magnets of old devices are recycled; as many are collected every month as in 2024.
    """
    world = world_once(recycling=recycling)
    scenario = read_scenario("no-controls", capacities())
    law = law_of(Gates(packed_book(), assume={}, without=scenario.law.without))
    network = asking_for(still(world.network, drift), law, range(FLAT_FIRST, FLAT_FIRST + 1))
    network = less_supply(network, cut, share) if cut else network
    network = with_uses_that_must_have(network) if must_have else network
    network = replace(network, stores=tuple(replace(s, cover=s.cover * normal) for s in network.stores))
    collected = collected_in_2024(world)
    moving = drivers_of(world.figures, scenario, network)
    drivers = replace(
        moving,
        capacity=lambda name, month, seen_from, state: network.limits[name],
        wanted=lambda use, region, month, seen_from: 1.0,
        arrivals=lambda months, state: {entry: [mass] * len(months) for entry, mass in collected.items()},
    )
    practice = practice_of(scenario)
    desk = desk_of(
        cells_of(((b.name, b.orders_t) for b in network.buckets), load_buckets().members), practice, FLAT_FIRST
    )
    rates = rates_of(world.figures, network, desk, practice, FLAT_FIRST)
    state = first_state(replace(world, network=network), FLAT_FIRST, desk)
    state = replace(state, stock_t={entry: mass * cover for entry, mass in state.stock_t.items() if mass * cover})
    return Parts(network, rates, law, drivers, state, FLAT_FIRST, quoting_of(world), desk)


def collected_in_2024(world: World) -> dict[Good, float]:
    """Magnets of old devices collected and taken out in China in a month of the base year."""
    if world.cohorts is None:
        return {}
    leaving = world.cohorts.leaving_t(parse_month("2024-01"), 12).sum(axis=1) / 12
    found = collected_by_content(world.cohorts, leaving, CHINA)
    return {eol(content, CHINA): mass for content, mass in found.items()}


def still(network: Network, drift: float = 0.0) -> Network:
    """The network with demands that grow alike, without designs that spread by themselves and capacities of nothing."""
    closed = {name for name, room in network.limits.items() if not room}
    return replace(
        network,
        activities=tuple(a for a in network.activities if not closed & {name for name, _ in a.limits}),
        demands=tuple(replace(demand, growth=drift) for demand in network.demands),
        recipes=tuple(replace(r, drift=0.0, most_share=0.0) if r.drift else r for r in network.recipes),
        limits={name: room for name, room in network.limits.items() if name not in closed},
    )


def less_supply(network: Network, element: str, share: float) -> Network:
    """The network with less of an element from every ore and from unregistered supply, not from swarf."""
    name, limit = f"ox_{element}", f"unregistered:ox_{element}"

    def less(activity: Activity) -> Activity:
        if activity.kind not in ("separate", "refine"):
            return activity
        gives = tuple(a._replace(mass=a.mass * share) if a.good.name == name else a for a in activity.gives)
        return replace(activity, gives=gives)

    limits = {key: room * share if key == limit else room for key, room in network.limits.items()}
    return replace(network, activities=tuple(map(less, network.activities)), limits=limits)


def with_uses_that_must_have(network: Network) -> Network:
    """The network in which every use takes its usual design until it stops, in five steps around its choke price."""
    steps = {d: tuple(DemandStep(d.choke * at, 0.2) for at in (1.2, 1.1, 1.0, 0.9, 0.8)) for d in network.demands}
    return replace(
        network,
        demands=tuple(replace(demand, steps=found) for demand, found in steps.items()),
        recipes=tuple(r if r.activity[-1] == USUAL else replace(r, drift=0.0, most_share=0.0) for r in network.recipes),
    )


# What is measured.


def used_goods(network: Network) -> list[Good]:
    """Goods with a throughput and a price in the base year."""
    return sorted(s.good for s in network.stores if s.turnover_t > 0 and network.prices.get(s.good, 0.0) > 0)


@dataclass(frozen=True, slots=True)
class Steady:
    """How far a margin strayed.

    Attributes:
        drift: Change of its yearly mean from the first to the last twelve months, per year, as a share.
        year: Largest change over any twelve months, as a share; a move within its band is no drift.
        away: Largest distance from its base price, as a share.
        last: Ratio to its base price in the last month.
    """

    good: Good
    base: float
    drift: float
    year: float
    away: float
    last: float


def steady_of(network: Network, months: list[MonthDone]) -> list[Steady]:
    """How far the margin of each good used in the base year strayed, the worst first; of more than a year."""
    found = []
    for entry in used_goods(network):
        base = network.prices[entry]
        prices = [done.price[entry] for done in months]
        away = max(abs(price / base - 1) for price in prices)
        year = max(abs(_log(b) - _log(a)) for a, b in zip(prices, prices[12:], strict=False))
        found.append(Steady(entry, base, yearly_drift(prices), year, away, prices[-1] / base))
    return sorted(found, key=lambda s: (-max(s.away, 5 * s.drift), s.good))


def yearly_drift(prices: list[float]) -> float:
    """Change of the mean of a year from the first to the last twelve months, per year."""
    first, last = math.fsum(prices[:12]) / 12, math.fsum(prices[-12:]) / 12
    return abs(_log(last) - _log(first)) * 12 / (len(prices) - 12)


def _log(price: float) -> float:
    return math.log(max(price, 1e-6))


def normal_t(network: Network) -> dict[Good, float]:
    """Normal cover of each good [t]."""
    return {s.good: s.cover * s.turnover_t for s in network.stores if s.cover * s.turnover_t > 0}


def months_back(network: Network, months: list[MonthDone], within: float) -> dict[Good, int | None]:
    """Months until the stock of each good has come back to normal cover for good, None if it has not."""
    found: dict[Good, int | None] = {}
    for entry, normal in normal_t(network).items():
        near = [abs(done.stock_t.get(entry, 0.0) / normal - 1) <= within for done in months]
        last_away = max((n for n, ok in enumerate(near) if not ok), default=-1)
        found[entry] = last_away + 1 if last_away + 1 < len(months) else None
    return found


@dataclass(frozen=True, slots=True)
class Built:
    """A stock above its start while a use in its region goes without [t]."""

    month: Month
    good: Good
    start_t: float
    stock_t: float
    use: str
    without_t: float


def built_in_shortage(parts: Parts, months: list[MonthDone], element: str, least: float = 1e-6) -> list[Built]:
    """Oxide and metal of a scarce element that rose above their start in a region where a use went without.

    Stocks of what is used together with it may rise, as nobody can use it.

    Args:
        parts: The run.
        months: Its months.
        element: The scarce element.
        least: Share of a use, or of a stock, from which on it counts.
    """
    names = (f"ox_{element}", f"met_{element}")
    held = {entry: mass for entry, mass in normal_t(parts.network).items() if entry.name in names}
    found = []
    for done in months:
        worst: dict[str, tuple[float, str]] = {}
        for (use, region), split in done.uses.items():
            if split.without_t > least * split.wanted_t:
                worst[region] = max(worst.get(region, (0.0, "")), (split.without_t, use))
        for entry, mass in sorted(done.stock_t.items()):
            start = parts.state.stock_t.get(entry, 0.0)
            if entry in held and entry.region in worst and mass > start + least * held[entry]:
                without, use = worst[entry.region]
                found.append(Built(done.month, entry, start, mass, use, without))
    return found


def without_share(months: list[MonthDone]) -> float:
    """Largest share of a use in a region that went without in a month."""
    return max(s.without_t / s.wanted_t for done in months for s in done.uses.values() if s.wanted_t)
