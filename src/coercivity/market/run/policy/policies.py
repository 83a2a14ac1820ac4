"""The policies of a scenario in the network, and their limits and payments by month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from coercivity.base.months import Month
from coercivity.market.inputs.coefficients import Coefficients
from coercivity.market.network.network import Network
from coercivity.market.program.lp import INF
from coercivity.market.program.state import Drivers, State
from coercivity.market.run.policy.floors import MONTHS_A_YEAR, charges, support_limits, with_floors
from coercivity.market.run.policy.recycling_rules import limit_of, with_bans, with_mandates
from coercivity.market.run.policy.reserves import limits_of, room, with_reserves
from coercivity.market.run.scenarios.policies import PoliciesAsked, PriceFloor, ScrapBan

# Month, and month of planning.
Room = Callable[[Month, Month], float]


def with_policies(network: Network, asked: PoliciesAsked, coefficients: Coefficients) -> Network:
    """Returns the network with the policies of a scenario; the same one if there are none.

    Source: equations 81 to 84 of docs/market.md.
    """
    if asked.price_floors:
        network = with_floors(network, asked.price_floors)
    if asked.stockpiles:
        network = with_reserves(network, asked.stockpiles)
    if asked.scrap_bans:
        network = with_bans(network, asked.scrap_bans)
    if asked.mandates:
        network = with_mandates(network, asked.mandates, coefficients)
    return network


def policy_drivers(drivers: Drivers, asked: PoliciesAsked, network: Network) -> Drivers:
    """Returns the external conditions with the limits and payments of policies, unknown before their publication.

    Args:
        drivers: The conditions without them.
        asked: The policies.
        network: The network with what they add.
    """
    rooms = _rooms(asked)
    if not rooms and not asked.price_floors:
        return drivers
    under, paid = charges(network, asked.price_floors, drivers)

    def capacity(name: str, month: Month, seen_from: Month, state: State) -> float:
        found = rooms.get(name)
        return found(month, seen_from) if found is not None else drivers.capacity(name, month, seen_from, state)

    def charge(name: tuple[str, ...], month: Month, seen_from: Month, state: State) -> float:
        before = drivers.charge(name, month, seen_from, state) if name in drivers.charged else 0.0
        return before + (paid(name, month, seen_from, state) if name in under else 0.0)

    return replace(drivers, capacity=capacity, charged=drivers.charged | under, charge=charge)


def _rooms(asked: PoliciesAsked) -> dict[str, Room]:
    """Returns the limits that policies set, by name."""
    found: dict[str, Room] = {}
    for name, floor in support_limits(asked.price_floors).items():
        found[name] = partial(_covered_t, floor)
    for each in asked.stockpiles:
        found |= {name: partial(room, each, name) for name in limits_of(each)}
    for ban in asked.scrap_bans:
        found[limit_of(ban)] = partial(_scrap_t, ban)
    return found


def _covered_t(floor: PriceFloor, month: Month, seen_from: Month) -> float:
    """Returns the tonnes under a floor in a month."""
    active = floor.known(seen_from) and floor.holds(month)
    return (floor.tonnes_a_year or 0.0) / MONTHS_A_YEAR if active else 0.0


def _scrap_t(ban: ScrapBan, month: Month, seen_from: Month) -> float:
    """Returns the scrap that may leave in a month."""
    return 0.0 if ban.known(seen_from) and ban.holds(month) else INF
