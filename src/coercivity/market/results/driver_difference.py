"""What two scenarios have that the other has not: shocks, quotas, duties, demand, plants, policies, practice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypedDict

from coercivity.base.months import month_of, month_text
from coercivity.market.run.scenarios.form import (
    Behaviour,
    Demanded,
    DemandShift,
    DeskAsked,
    DeskEvent,
    Duty,
    OwnPlant,
    Quota,
    Shock,
)
from coercivity.market.run.scenarios.parts import MonthSpan
from coercivity.market.run.scenarios.policies import Delay, Mandate, Offtake, PriceFloor, ScrapBan, Stockpile, Support
from coercivity.market.run.scenarios.scenario import Scenario
from coercivity.practice.desk import ANY, Scope
from coercivity.practice.desk import EVERYWHERE as ALL_PLACES
from coercivity.practice.desk_tables import load_desk

Cause = Literal["law", "quota", "duty", "shock", "demand", "plant", "policy", "requirement", "desk", "behaviour"]
_Entry = Quota | Duty | Shock | DemandShift | OwnPlant | Demanded
EVERYWHERE = "all"
# Lists of policies in a scenario file.
POLICY_KINDS = (
    "price_floors", "offtakes", "stockpiles", "support", "mandates", "scrap_bans", "delays", "contracts",
)  # fmt: skip
_OPEN_FIRST, _OPEN_LAST = "1900-01", "2199-12"


class DriverDifference(TypedDict):
    """An entry that only one of two scenarios has.

    Attributes:
        run: The run that has it.
        name: The capacity, use, plant, requirement or policy, or the clause of a quota or duty; of behaviour stocks,
            cover, or `off` for a mechanism that is switched off, or empty for loading and the planning grid; of the
            licensing desk an element that is switched off, the kind of an event, or empty for its figures, general
            licences and customs holds.
        stage: Stage of a plant, kind of a policy, or the mechanism that is switched off.
        region: Region of a demand or a plant; destination of an event, `all` for all.
        goods: Products of a quota or a duty; forms of goods that an event concerns, none for all.
        user: `civil` or `military` if an event concerns only these.
        amount: Remaining share, share of usual demand, duty as a share, t/month of a quota, capacity of a plant, cover
            as a share of that of the other run.
        unit: Unit of that amount; empty for a share.
        first: First month.
        last: Last month; empty if it has no end.
        later: It begins after the period.
    """

    cause: Cause
    run: Literal["a", "b"]
    name: str
    stage: str
    region: str
    goods: list[str]
    user: str
    amount: float
    unit: str
    first: str
    last: str
    later: bool


def driver_differences(a: Scenario, b: Scenario, last: str) -> list[DriverDifference]:
    """Returns the entries that only one of two scenarios has, in the order of their kinds.

    Args:
        a: One scenario.
        b: The other.
        last: Last month of the period.
    """
    found: list[DriverDifference] = []
    mine, other = list(_entries(a)), list(_entries(b))
    sides: tuple[tuple[Literal["a", "b"], list[_Entry], list[_Entry]], ...] = (("a", mine, other), ("b", other, mine))
    for side, entries, others in sides:
        found += [_driver(side, entry, last) for entry in entries if entry not in others]
    found += _policies(a, b, last)
    found += _desks(a.desk, b.desk, last)
    found += _behaviours(a.behaviour, b.behaviour)
    order = ("quota", "duty", "shock", "demand", "plant", "policy", "requirement", "desk", "behaviour")
    return sorted(found, key=lambda one: order.index(one["cause"]))


def _policies(a: Scenario, b: Scenario, last: str) -> Iterator[DriverDifference]:
    """Yields the policies and contracts that only one scenario has, by kind."""
    sides: tuple[tuple[Literal["a", "b"], Scenario, Scenario], ...] = (("a", a, b), ("b", b, a))
    for side, own, other in sides:
        for kind in POLICY_KINDS:
            others = getattr(other.policies, kind)
            for entry in getattr(own.policies, kind):
                if entry not in others:
                    yield _policy(side, kind, entry, last)
        for name in own.policies.without_contracts:
            if name not in other.policies.without_contracts:
                yield {**_empty("policy", side), "stage": "without_contracts", "name": name}


def _policy(side: Literal["a", "b"], kind: str, entry: object, last: str) -> DriverDifference:
    """Returns a policy: its id as name, its kind as stage."""
    first, end = _span(entry) if isinstance(entry, MonthSpan) else ("", "")
    told: DriverDifference = {**_empty("policy", side), "stage": kind, "first": first, "last": end}
    told["name"], told["later"] = str(getattr(entry, "id")), first > last  # noqa: B009
    match entry:
        case PriceFloor():
            told |= {"region": entry.region, "goods": [entry.good], "amount": entry.price, "unit": entry.unit}
        case Stockpile():
            amount = entry.buy_tonnes_a_month
            told |= {"region": entry.region, "goods": [entry.good], "amount": amount, "unit": "t/month"}
        case Mandate():
            told |= {"region": entry.region, "goods": [f"ox_{entry.element}"], "amount": entry.share}
        case ScrapBan():
            told["region"] = entry.region
        case Delay():
            told |= {"region": entry.region, "amount": float(entry.months), "unit": "months"}
        case Support():
            told |= {"name": entry.plant, "amount": entry.amount, "unit": entry.unit}
        case Offtake():
            told |= {"name": entry.plant, "amount": entry.tonnes_a_year, "unit": "t/yr"}
        case _:
            pass
    return told


def _desks(a: DeskAsked, b: DeskAsked, last: str) -> Iterator[DriverDifference]:
    """Yields what differs in the practice of the licensing desk: elements, events, anything else."""
    sides: tuple[tuple[Literal["a", "b"], DeskAsked, DeskAsked], ...] = (("a", a, b), ("b", b, a))
    for side, mine, other in sides:
        for name in mine.off:
            if name not in other.off:
                yield {**_empty("desk", side), "name": name}
        for event in mine.events:
            if event not in other.events and not _in_place_of(mine, event):
                yield _event(side, event, last)
    if _rest(a) != _rest(b):
        yield _empty("desk", "b")


def _event(side: Literal["a", "b"], event: DeskEvent, last: str) -> DriverDifference:
    first, end = month_text(month_of(event.first)), month_text(month_of(event.last)) if event.last is not None else ""
    region = EVERYWHERE if event.destination == ALL_PLACES else event.destination
    forms, user = ([] if event.form == ANY else [event.form]), "" if event.user == ANY else event.user
    found: DriverDifference = {**_empty("desk", side), "name": event.kind, "region": region, "amount": event.share}
    return {**found, "goods": forms, "user": user, "first": first, "last": end, "later": first > last}


def _in_place_of(desk: DeskAsked, event: DeskEvent) -> bool:
    """Returns whether an event takes the place of a packed one of its kind and scope, which the other run may have."""
    scope = Scope(event.form, event.destination, event.user)
    packed = (row for row in load_desk().events if row.id in desk.without)
    return any((row.kind, row.scope) == (event.kind, scope) for row in packed)


def _rest(desk: DeskAsked) -> tuple[object, ...]:
    """Returns what an element and an event do not tell of the licensing desk."""
    return dict(desk.values), desk.without, desk.general_licences, desk.customs_holds


def _behaviours(a: Behaviour, b: Behaviour) -> Iterator[DriverDifference]:
    """Yields what differs in behaviour: mechanisms switched off, loading, stocks or none, cover, the planning grid."""
    sides: tuple[tuple[Literal["a", "b"], Behaviour, Behaviour], ...] = (("a", a, b), ("b", b, a))
    for own_side, own, other in sides:
        for name in own.off:
            if name not in other.off:
                yield {**_empty("behaviour", own_side), "name": "off", "stage": name}
    if a.loading != b.loading:
        yield _empty("behaviour", "b")
    if a.stocks != b.stocks:
        yield {**_empty("behaviour", "b" if a.stocks else "a"), "name": "stocks"}
    elif a.cover != b.cover:
        side: Literal["a", "b"] = "b" if a.cover else "a"
        share = b.cover / a.cover if a.cover else 0.0
        yield {**_empty("behaviour", side), "name": "cover", "amount": share}
    if a.planning_grid != b.planning_grid:
        yield _empty("behaviour", "b")


def _entries(scenario: Scenario) -> Iterator[_Entry]:
    kinds: tuple[Sequence[_Entry], ...] = (
        scenario.quotas, scenario.duties, scenario.shocks, scenario.demand, scenario.plants, scenario.require,
    )  # fmt: skip
    for entries in kinds:
        yield from entries


def _empty(cause: Cause, side: Literal["a", "b"]) -> DriverDifference:
    return {
        "cause": cause,
        "run": side,
        "name": "",
        "stage": "",
        "region": "",
        "goods": [],
        "user": "",
        "amount": 0.0,
        "unit": "",
        "first": "",
        "last": "",
        "later": False,
    }


def _driver(side: Literal["a", "b"], entry: _Entry, last: str) -> DriverDifference:
    first, end = _span(entry)
    found: DriverDifference = {**_told(side, entry), "first": first, "last": end, "later": first > last}
    return found


def _span(entry: _Entry | MonthSpan) -> tuple[str, str]:
    """Returns the first and the last month; empty where the entry has none."""
    if not isinstance(entry, MonthSpan):
        return month_text(entry.start), ""
    first, last = month_text(entry.first), month_text(entry.last)
    return "" if first == _OPEN_FIRST else first, "" if last == _OPEN_LAST else last


def _told(side: Literal["a", "b"], entry: _Entry) -> DriverDifference:
    """Returns what an entry changes and by how much."""
    match entry:
        case Shock():
            return {**_empty("shock", side), "name": entry.capacity, "amount": entry.share}
        case Quota():
            found: DriverDifference = {**_empty("quota", side), "name": entry.clause, "region": entry.origin}
            return {**found, "goods": list(entry.goods), "amount": entry.tonnes_a_month, "unit": "t/month"}
        case Duty():
            return {**_empty("duty", side), "name": entry.clause, "goods": list(entry.goods), "amount": entry.share}
        case DemandShift():
            return {**_empty("demand", side), "name": entry.use, "region": entry.region, "amount": entry.share}
        case OwnPlant():
            plant: DriverDifference = {**_empty("plant", side), "name": entry.id, "stage": entry.stage}
            return {**plant, "region": entry.region, "amount": entry.capacity, "unit": entry.unit}
        case Demanded():
            return {**_empty("requirement", side), "name": entry.name, "region": entry.region or entry.destination}
