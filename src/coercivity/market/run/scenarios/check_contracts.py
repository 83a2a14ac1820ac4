"""Checks of the contracts of a scenario file: names, units, prices, months, and what the seller's region can make."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

from coercivity.base.errors import Faults, nearest
from coercivity.base.months import Month, month_text
from coercivity.base.sums import total
from coercivity.data.textyaml import TextMap
from coercivity.market.inputs.coefficients import CHINA, REGIONS
from coercivity.market.run.contracts.contract import (
    BUYER,
    CHINA_INDEX,
    DESTINATION_INDEX,
    NO_INDEX,
    SELLER,
    packed_ids,
)
from coercivity.market.run.industry.plants import plants
from coercivity.market.run.scenarios.check import GOODS, MOST_MASS, SLACK, AtOnce, choices, price_given, valid_entries
from coercivity.market.run.scenarios.form import PER_YEAR, OwnPlant
from coercivity.market.run.scenarios.parts import OPEN_FIRST
from coercivity.market.run.scenarios.policies import USD_PER_KG, ContractAsked

if TYPE_CHECKING:
    from coercivity.market.run.contracts.deliveries import Maker
    from coercivity.market.run.world import World

MOST_LAG = 24
INDICES = (CHINA_INDEX, DESTINATION_INDEX, NO_INDEX)


@lru_cache(maxsize=1)
def _world() -> World:
    """Returns the market of the base year, only where a scenario has contracts: a kept outlook is shown without it."""
    from coercivity.market.run.world import load_world

    return load_world()


def check_contracts(contents: Sequence[tuple[TextMap, str]], faults: Faults) -> None:
    """Adds the errors in the contracts of a scenario and of those that it inherits.

    Args:
        contents: Contents and labels of the files, the scenario itself last.
        faults: Where they are added.
    """
    found = [
        (entry, where)
        for policies, label in _policies(contents)
        for entry, where in valid_entries(policies, label, "contracts", ContractAsked)
    ]
    for contract, where in found:
        _names(contract, where, faults)
        _price(contract, where, faults)
        _months(contract, where, faults)
    _ids(found, faults)
    for policies, label in _policies(contents):
        without = policies.get("without_contracts")
        where = f"{label}:{policies.key_lines.get('without_contracts', 1)}"
        for name in without if isinstance(without, list) else ():
            if isinstance(name, str):
                _known(name, packed_ids(_world().figures), "contract", where, faults)
    named = [(contract, where) for contract, where in found if _all_known(contract)]
    if named:
        own = [plant for content, label in contents for plant, _ in valid_entries(content, label, "plants", OwnPlant)]
        most_t = cache(partial(capacity_t, own))
        sold: dict[tuple[str, str], AtOnce] = {}
        for contract, where in named:
            before = sold.setdefault((contract.good, contract.origin), AtOnce())
            _capacity(contract, where, most_t, before, faults)


def _policies(contents: Sequence[tuple[TextMap, str]]) -> Iterator[tuple[TextMap, str]]:
    for content, label in contents:
        policies = content.get("policies")
        if isinstance(policies, TextMap):
            yield policies, label


def _all_known(contract: ContractAsked) -> bool:
    return contract.good in GOODS and contract.origin in REGIONS and contract.destination in REGIONS


def _names(contract: ContractAsked, where: str, faults: Faults) -> None:
    for name, known, what in (
        (contract.good, GOODS, "good"),
        (contract.origin, REGIONS, "origin"),
        (contract.destination, REGIONS, "destination"),
        (contract.index, INDICES, "index"),
        (contract.refusal, (BUYER, SELLER), "refusal"),
    ):
        _known(name, known, what, where, faults)


def _price(contract: ContractAsked, where: str, faults: Faults) -> None:
    """Adds the errors in unit, floor, cap and share of a contract."""
    if contract.unit != USD_PER_KG:
        what = f"unit {contract.unit[:30]!r} is not a unit of a contract price"
        faults.add("UNIT", what, where=where, nearest=(USD_PER_KG,), next="convert floor and cap to USD/kg")
    floor, cap = contract.floor, contract.cap
    for name, price in (("floor", floor), ("cap", cap)):
        if price is not None and price < 0:
            faults.add("SCENARIO", f"{name} {price:g} is below zero", where=where, next="give a price of 0 or more")
        elif price is not None:
            price_given(price, name, where, faults)
    if floor is not None and cap is not None and floor > cap:
        what = f"the floor {floor:g} of {contract.id!r} is above its cap {cap:g}"
        faults.add("SCENARIO", what, where=where, next="give a floor up to the cap")
    if contract.index == NO_INDEX and floor is None and cap is None:
        what = f"{contract.id!r} has neither an index nor a price"
        faults.add("SCENARIO", what, where=where, next="give a floor, which is then the fixed price, or an index")
    if not 0 <= contract.take_or_pay <= 1:
        what = f"take_or_pay {contract.take_or_pay:g} is not between 0 and 1"
        faults.add("SHARE", what, where=where, next="write a share: 0.7 is 70 % of the quantity")
    if not 0 <= contract.lag_months <= MOST_LAG:
        what = f"lag_months {contract.lag_months} is not between 0 and {MOST_LAG}"
        faults.add("SCENARIO", what, where=where, next=f"give whole months, {MOST_LAG} at most")
    if not 0 < contract.tonnes_a_year <= MOST_MASS:
        what = f"{contract.tonnes_a_year:g} is not a valid quantity"
        step = "more than 0" if contract.tonnes_a_year <= 0 else f"{MOST_MASS:.0e} at most"
        faults.add("MASS", what, where=where, next=f"give tonnes a year, {step}")


def _months(contract: ContractAsked, where: str, faults: Faults) -> None:
    if contract.last < contract.first:
        what = f"the end {month_text(contract.last)} is before the start {month_text(contract.first)}"
        faults.add("SCENARIO", what, where=where, next="give a later end")
    if OPEN_FIRST < contract.first < contract.published:
        what = (
            f"{contract.id!r} is published in {month_text(contract.published)}, "
            f"after it takes effect in {month_text(contract.first)}"
        )
        faults.add("SCENARIO", what, where=where, next="publish it in its first month or before")


def _ids(found: Sequence[tuple[ContractAsked, str]], faults: Faults) -> None:
    """Adds contracts with the id of one of the data set; two of one id in the files are found by `check_names`."""
    packed = frozenset(packed_ids(_world().figures)) if found else frozenset()
    for contract, where in found:
        if contract.id in packed:
            what = f"contracts: id {contract.id[:60]!r} is that of a contract of the data set"
            faults.add("SCENARIO", what, where=where, next="give each entry an id of its own")


@lru_cache(maxsize=1)
def _routes() -> Mapping[str, frozenset[tuple[str, str]]]:
    """Returns origins and destinations of the shipments of each good."""
    found: dict[str, set[tuple[str, str]]] = {}
    for activity in _world().network.activities:
        if activity.kind == "ship":
            good, origin, destination = activity.key[:3]
            found.setdefault(good, set()).add((origin, destination))
    return {good: frozenset(routes) for good, routes in found.items()}


@lru_cache(maxsize=256)
def _makers(good: str, origin: str) -> tuple[Maker, ...]:
    from coercivity.market.run.contracts.deliveries import sellers_capacity

    return sellers_capacity(_world().network, [good], origin)


def _capacity(
    contract: ContractAsked, where: str, most_t: Callable[[str, str, Month], float], sold: AtOnce, faults: Faults
) -> None:
    """Adds a contract without a route, or above what the seller's region abroad can ever make in its term.

    Contracts of the same good and origin count together in the months that they share.
    """
    good, origin, destination = contract.good, contract.origin, contract.destination
    makes = bool(_makers(good, origin)) or origin == CHINA
    routes = sorted({start for start, _ in _routes().get(good, ())})
    if (origin, destination) not in _routes().get(good, ()) and (origin != destination or not makes):
        what = f"{good} is not {'made in' if origin == destination else 'shipped from'} {origin}" + (
            "" if origin == destination else f" to {destination}"
        )
        faults.add("SCENARIO-NAME", what, where=where, nearest=tuple(routes), next="use another origin or good")
        return
    if origin == CHINA or not makes or not 0 < contract.tonnes_a_year <= MOST_MASS:
        return
    most = 12 * most_t(good, origin, contract.last)
    asked = sold.with_more(contract, contract.tonnes_a_year, most)
    if asked > most * (1 + SLACK):
        others = f", {asked:,.0f} t with the others of these months" if asked > contract.tonnes_a_year else ""
        what = (
            f"{contract.id[:60]!r} asks for {contract.tonnes_a_year:,.0f} t of {good} a year{others}; "
            f"{origin} can make at most {most:,.0f} t with every plant of the data set and the scenario"
        )
        faults.add("SCENARIO", what, where=where, next="lower the quantity, or add a plant to the scenario")


def capacity_t(own: Sequence[OwnPlant], good: str, origin: str, last: Month) -> float:
    """Returns the most that a region can make of a good in a month, at full output of all plants [t].

    Args:
        own: Plants of the scenario.
        good: The good.
        origin: The region.
        last: The month; plants that start later do not count.
    """
    entries, _ = plants(_world().figures)
    each = [(p.limit, p.capacity_t, p.start) for p in entries if p.waiting]
    each += [(f"{p.stage}:{p.region}", p.capacity * PER_YEAR.get(p.unit, 0.0) / 12, p.start) for p in own]
    running = [(p.limit, p.capacity_t) for p in entries if not p.waiting]

    def most(name: str) -> float:
        later = total(mass for limit, mass, start in each if limit == name and start <= last)
        now = total(mass for limit, mass in running if limit == name)
        return max(_world().network.limits[name], now) + later

    return total(min(per * most(name) for name, per in maker) for maker in _makers(good, origin))


def _known(name: str, known: Sequence[str], what: str, where: str, faults: Faults) -> None:
    if name not in known:
        near = nearest(name, known) or (tuple(known) if len(known) <= len(INDICES) else ())
        faults.add(
            "SCENARIO-NAME",
            f"{what} {name[:60]!r} not found",
            where=where,
            nearest=near,
            next=f"use one of the {'data set' if what == 'contract' else 'model'}{choices(known)}",
        )
