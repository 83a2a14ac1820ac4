"""What contracts require of a plan: a requirement for each route, what is due, and what a shortfall costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from coercivity.base.canonical import round_sig
from coercivity.base.months import Month
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import CHINA, Coefficients
from coercivity.market.network.network import NOT_MAKING, Activity, Good, Network, Requirement
from coercivity.market.network.supply import CHINA_BOUND, good
from coercivity.market.network.trade import CIVIL
from coercivity.market.program.state import Drivers, State
from coercivity.market.run.contracts.contract import CHINA_INDEX, NO_INDEX, SELLER, Contract
from coercivity.permission.gate import Way

CONTRACT = "contract:"
# Due quantity as a share of capacity, at most: at the capacity itself the two duals would not be unique.
MOST_OF_CAPACITY = 1 - 1e-4
# Capacities that a maker draws on together, each with tonnes per unit of it.
Maker = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Deliveries:
    """The contracts of a route for some products, which one requirement holds.

    Attributes:
        name: Name of the requirement.
        contracts: Contracts that are due under it: for its products or some of them.
        counted: Activities that deliver, each with tonnes of the contract per unit.
        capacity: Makers in the seller's region, each by its capacities, with tonnes that a unit of them makes; none for
            China.
        weights: Share of each product in an index of several.
    """

    name: str
    goods: tuple[str, ...]
    origin: str
    destination: str
    contracts: tuple[Contract, ...]
    counted: tuple[tuple[tuple[str, ...], float], ...]
    capacity: tuple[Maker, ...]
    weights: Mapping[str, float]


def deliveries_of(network: Network, coefficients: Coefficients, contracts: Sequence[Contract]) -> list[Deliveries]:
    """Returns the contracts by route and products, those without an activity left out.

    Contracts for a part of the products of another on the same route are due under both, so that no tonne is
    delivered twice.
    """
    routes: dict[tuple[str, str, tuple[str, ...]], list[Contract]] = {}
    for contract in contracts:
        routes.setdefault((contract.origin, contract.destination, contract.goods), []).append(contract)
    found = []
    for origin, destination, goods in sorted(routes):
        members = tuple(
            contract
            for (start, end, part), each in sorted(routes.items())
            if (start, end) == (origin, destination) and set(part) <= set(goods)
            for contract in each
        )
        counted = _counted(network, coefficients, members, goods)
        if counted:
            found.append(
                Deliveries(
                    name=CONTRACT + "+".join(contract.id for contract in members),
                    goods=goods,
                    origin=origin,
                    destination=destination,
                    contracts=members,
                    counted=counted,
                    capacity=sellers_capacity(network, goods, origin),
                    weights=_weights(network, goods, origin),
                )
            )
    return found


def _counted(
    network: Network, coefficients: Coefficients, members: Sequence[Contract], goods: Sequence[str]
) -> tuple[tuple[tuple[str, ...], float], ...]:
    """Returns the activities that deliver, each with tonnes of the contract per unit."""
    origin, destination = members[0].origin, members[0].destination
    per_unit = dict.fromkeys(goods, 1.0)
    for contract in members:
        for other in contract.also:
            kind, _, element = other.partition("_")
            per_unit[other] = coefficients.oxide_per_metal(element, origin) if kind == "met" else 1.0
    if origin != destination:
        return tuple(
            (a.name, per_unit[a.key[0]])
            for a in network.activities
            if a.kind == "ship" and a.key[0] in per_unit and a.key[1:3] == (origin, destination)
        )
    return tuple(
        (activity.name, made)
        for activity in network.activities
        if (made := made_per_unit(activity, per_unit, origin)) > 0
    )


def made_per_unit(activity: Activity, per_unit: Mapping[str, float], region: str) -> float:
    """Returns what an activity makes of some products in a region per unit [t/t]; nothing if it only moves them."""
    if activity.kind in NOT_MAKING:
        return 0.0
    given = (entry for entry in activity.gives if entry.good.region == region and entry.good.name in per_unit)
    return total(entry.mass * per_unit[entry.good.name] for entry in given)


def sellers_capacity(network: Network, goods: Sequence[str], region: str) -> tuple[Maker, ...]:
    """Returns the makers of some products in a region abroad, each by the capacities that it draws on together.

    Of makers that draw on the same capacities the one counts that makes most of them. Tonnes under a policy are not a
    capacity of their own: those that it covers draw on the same works as all others.
    """
    if region == CHINA:
        return ()
    found: dict[tuple[str, ...], Maker] = {}
    per_unit = dict.fromkeys(goods, 1.0)
    for activity in network.activities:
        made = made_per_unit(activity, per_unit, region)
        if made > 0 and activity.limits:
            limits = sorted((name, weight) for name, weight in activity.limits if name not in network.dated)
            names, maker = tuple(name for name, _ in limits), tuple((name, made / weight) for name, weight in limits)
            found[names] = max(found.get(names, maker), maker, key=lambda each: each[0][1])
    each = [found[names] for names in sorted(found)]
    # What also needs a further capacity makes nothing beside what needs the others alone.
    return tuple(maker for maker in each if not any(set(other) < set(maker) for other in each))


def _weights(network: Network, goods: Sequence[str], region: str) -> dict[str, float]:
    """Returns the share of each product in an index of several: by throughput of the seller's region."""
    turnover = dict.fromkeys(goods, 0.0)
    for store in network.stores:
        if store.good.region == region and store.good.name in turnover:
            turnover[store.good.name] += store.turnover_t
    whole = total(turnover.values())
    return {name: mass / whole if whole else 1 / len(goods) for name, mass in turnover.items()}


def index_goods(contract: Contract) -> list[Good]:
    """Returns the products whose quotes a contract follows; without an index, those at its destination."""
    region = CHINA if contract.index == CHINA_INDEX else contract.destination
    return [good(name, region, CHINA_BOUND) for name in contract.goods]


def index_of(contract: Contract, weights: Mapping[str, float], quotes: Mapping[Good, float]) -> float:
    """Returns the mean quote that a contract follows [USD/kg]."""
    shares = {entry: weights.get(entry.name, 0.0) for entry in index_goods(contract)}
    whole = total(shares.values())
    if not whole:
        return total(quotes.get(entry, 0.0) for entry in shares) / len(shares)
    return total(share * quotes.get(entry, 0.0) for entry, share in shares.items()) / whole


def requirements_of(each: Sequence[Deliveries], network: Network) -> tuple[Requirement, ...]:
    """Returns the requirement of each route; its quantity and payment change from month to month."""
    return tuple(
        Requirement(
            name=entry.name,
            least=0.0,
            first=min(contract.first for contract in entry.contracts),
            last=max(contract.last for contract in entry.contracts),
            supplies=entry.counted,
            pay=payment(entry, network.prices),
            published=min(contract.published for contract in entry.contracts),
            released=_bucket(network, entry),
        )
        for entry in each
    )


def _bucket(network: Network, entry: Deliveries) -> tuple[str, str, str, str] | None:
    """Returns the licence bucket of the first product, if a refusal of it releases some seller."""
    counts = {name for name, _ in entry.counted}
    asked = sorted(
        a.passage
        for a in network.activities
        if a.name in counts and a.passage is not None and a.passage.way is Way.LICENCE and a.passage.user == CIVIL
    )
    if not asked or all(contract.refusal != SELLER for contract in entry.contracts):
        return None
    passage = asked[0]
    return passage.good, passage.origin, passage.destination, passage.user


def released(contracts: Sequence[Contract]) -> float:
    """Returns the share of what is due under contracts whose seller is released by a refused licence."""
    whole = total(c.take_or_pay * c.tonnes_a_year for c in contracts)
    free = total(c.take_or_pay * c.tonnes_a_year for c in contracts if c.refusal == SELLER)
    return free / whole if whole else 0.0


def payment(entry: Deliveries, quotes: Mapping[Good, float], held: Sequence[Contract] = ()) -> float:
    """Returns what a kilogram not taken costs: the mean price of contracts at some quotes, by what is due [USD/kg].

    Args:
        entry: The contracts of a route.
        quotes: Quotes [USD/kg].
        held: Those in force; all of the route if none is given.

    Source: equations 76 and 77 of docs/market.md.
    """
    prices, masses = [], []
    for contract in held or entry.contracts:
        index = index_of(contract, entry.weights, quotes)
        price = contract.price(None if contract.index == NO_INDEX else index)
        prices.append(index if price is None else price)
        masses.append(contract.take_or_pay * contract.tonnes_a_year)
    whole = total(masses)
    if not whole:
        return 0.0
    return round_sig(max(total(p * m for p, m in zip(prices, masses, strict=True)) / whole, 0.0))


def with_contracts(drivers: Drivers, each: Sequence[Deliveries]) -> Drivers:
    """Returns the external conditions with what is due under contracts, and what it costs not to take it.

    Source: equation 77 of docs/market.md.
    """
    by_name = {entry.name: entry for entry in each}

    def held(name: str, month: Month, seen_from: Month) -> list[Contract]:
        return [contract for contract in by_name[name].contracts if contract.holds(month, seen_from)]

    def due_t(name: str, month: Month, seen_from: Month, state: State) -> float | None:
        entry = by_name.get(name)
        if entry is None:
            return None
        due = total(c.take_or_pay * c.monthly_t for c in held(name, month, seen_from))
        if not due or not entry.capacity:
            return due
        seen = min(month, seen_from + drivers.foresight - 1)
        return min(due, MOST_OF_CAPACITY * can_make_t(drivers, entry, seen, seen_from, state))

    def short_cost(name: str, month: Month, seen_from: Month, state: State) -> float | None:
        entry = by_name.get(name)
        return None if entry is None else payment(entry, state.quote, held(name, month, seen_from))

    def lifted(name: str, month: Month, seen_from: Month) -> float:
        return released(held(name, month, seen_from)) if name in by_name else 0.0

    return replace(drivers, due_t=due_t, short_cost=short_cost, released=lifted) if by_name else drivers


def can_make_t(drivers: Drivers, entry: Deliveries, month: Month, seen_from: Month, state: State) -> float:
    """Returns the most that the seller's region can make in a month [t]."""
    return total(
        min(per * drivers.capacity(name, month, seen_from, state) for name, per in maker) for maker in entry.capacity
    )
