"""Inputs of a mix that can be moved one at a time: chances, fees, prices, caps and limits."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from coercivity.base.sums import total
from coercivity.firm.mix.choose import widened
from coercivity.firm.mix.model import MixCase, MixItem, MixOption, MixResult, MixScenario

InputKind = Literal[
    "stops", "filing_stops", "fee", "extra", "stock_cost", "loss", "stock_cap", "limit", "floor", "price_cap"
]
# Inputs whose numbers do not follow them in a straight line: a floor that is below the price changes nothing.
BENT: frozenset[InputKind] = frozenset(("floor", "price_cap"))
LOWEST_TIMES, HIGHEST_TIMES = 0.0, 2.0
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class MixInput:
    """An input, and the case with another value of it.

    Attributes:
        kind: stops: all chances of a stop times a number, the scenarios without one take the rest; filing_stops: those
            of the stops that filing ahead shortens; the others by name.
        name: Option, item or limit; empty for chances.
        now: Its value.
        low: Least value looked at.
        high: Greatest value looked at.
        at: Returns the case with a value of it.
        unmoved: Returns whether the best plan costs the same at a value and every other plan at least as much as now.
    """

    kind: InputKind
    name: str
    now: float
    low: float
    high: float
    at: Callable[[float], MixCase]
    unmoved: Callable[[float], bool]


def mix_inputs(case: MixCase, found: MixResult) -> Iterator[MixInput]:
    """Yields the inputs of a mix; those without a value, and those of 0, which have no scale, are left out.

    Args:
        case: What is chosen from.
        found: Its best plan.
    """
    yield from _chances(case)
    for option in case.options:
        yield from _option(case, option, option.option in found.plan.options)
    for item in case.items:
        yield from _item(case, item, found)
    lost = found.worst_lost_line_days
    stock = total(found.plan.stock_t.values()) + total(item.in_hand_t for item in case.items)
    limits = case.limits
    for name, now, used in (
        ("budget", limits.budget_keur, found.spent_keur),
        ("storage", limits.storage_t, stock),
        ("lost_line_days", limits.lost_line_days, lost),
    ):
        if now:
            yield MixInput("limit", name, now, 0.0, 2 * now, _limit(case, name, now), _between(used, now))


def _chances(case: MixCase) -> Iterator[MixInput]:
    stops = {one.scenario for one in case.scenarios if _stops(one)}
    sooner = {one.scenario for one in case.scenarios if one.open_share != one.open_share_if_filed}
    files = any(option.kind == "filing" for option in case.options)
    kinds: list[tuple[InputKind, set[str]]] = [("stops", stops)]
    if files and sooner and sooner != stops:
        kinds.append(("filing_stops", sooner))
    rest = total(one.probability for one in case.scenarios if one.scenario not in stops)
    for kind, names in kinds:
        theirs = total(one.probability for one in case.scenarios if one.scenario in names)
        if rest <= _NOTHING or theirs <= _NOTHING:
            continue
        most = math.floor(10 * (1 + rest / theirs) + _NOTHING) / 10
        high = max(1.0, min(HIGHEST_TIMES, most))
        yield MixInput(kind, "", 1.0, LOWEST_TIMES, high, _times(case, names, stops, rest, theirs), _never)


def _stops(scenario: MixScenario) -> bool:
    return any(share < 1.0 for shares in scenario.open_share.values() for share in shares)


def _times(case: MixCase, names: set[str], stops: set[str], rest: float, theirs: float) -> Callable[[float], MixCase]:
    """Returns the case with the chances of some scenarios times a number; those without a stop take the rest."""

    def at(times: float) -> MixCase:
        others = (rest - (times - 1.0) * theirs) / rest
        factor = {one.scenario: 1.0 if one.scenario in stops else max(0.0, others) for one in case.scenarios}
        factor |= dict.fromkeys(names, times)
        moved = [replace(one, probability=one.probability * factor[one.scenario]) for one in case.scenarios]
        return replace(case, scenarios=tuple(moved))

    return at


def _never(value: float) -> bool:
    return False


def _option(case: MixCase, option: MixOption, chosen: bool) -> Iterator[MixInput]:
    numbers: tuple[tuple[InputKind, float, Callable[[float], MixOption]], ...] = (
        ("fee", option.fee_keur, lambda value: replace(option, fee_keur=value)),
        ("extra", option.extra_keur, lambda value: replace(option, extra_keur=value)),
    )
    for kind, now, moved in numbers:
        if now:
            at = _with_option(case, option, moved)
            yield MixInput(kind, option.option, now, 0.0, 2 * now, at, _never if chosen else _above(now))
    yield from _bounds(case, option, chosen)


def _bounds(case: MixCase, option: MixOption, chosen: bool) -> Iterator[MixInput]:
    """Yields floor and cap of a price by month; a floor is moved up to the cap, and a cap down to the floor."""
    price = option.price
    if price is None:
        return
    if price.floor:
        floor, most = price.floor, 2 * price.floor if price.cap is None else min(2 * price.floor, price.cap)
        at = _with_option(case, option, lambda value: replace(option, price=replace(price, floor=value)))
        yield MixInput("floor", option.option, floor, 0.0, most, at, _never if chosen else _above(floor))
    if price.cap:
        cap = price.cap
        at = _with_option(case, option, lambda value: replace(option, price=replace(price, cap=value)))
        low = price.floor or 0.0
        yield MixInput("price_cap", option.option, cap, low, 2 * cap, at, _never if chosen else _above(cap))


def _with_option(case: MixCase, old: MixOption, moved: Callable[[float], MixOption]) -> Callable[[float], MixCase]:
    return lambda value: replace(case, options=tuple(moved(value) if one is old else one for one in case.options))


def _item(case: MixCase, item: MixItem, found: MixResult) -> Iterator[MixInput]:
    stock, cap = found.plan.stock_t[item.item], item.stock_cap_t or 0.0
    lost = any(row.not_served_t[item.item] for row in found.scenarios)
    cost, loss = item.stock_cost_keur, item.loss_keur
    numbers: tuple[tuple[InputKind, float, Callable[[float], MixItem], Callable[[float], bool]], ...] = (
        ("stock_cost", cost, lambda value: replace(item, stock_cost_keur=value), _never if stock else _above(cost)),
        ("loss", loss, lambda value: replace(item, loss_keur=value), _never if lost else _above(loss)),
        ("stock_cap", cap, lambda value: replace(item, stock_cap_t=value), _between(stock, cap)),
    )
    for kind, now, moved, unmoved in numbers:
        if now:
            yield MixInput(kind, item.item, now, 0.0, 2 * now, _with_item(case, item, moved), unmoved)


def _with_item(case: MixCase, old: MixItem, moved: Callable[[float], MixItem]) -> Callable[[float], MixCase]:
    return lambda value: replace(case, items=tuple(moved(value) if one is old else one for one in case.items))


def _limit(case: MixCase, name: str, now: float) -> Callable[[float], MixCase]:
    return lambda value: widened(case, name, value - now)


def _above(now: float) -> Callable[[float], bool]:
    return lambda value: value >= now


def _between(used: float, now: float) -> Callable[[float], bool]:
    """Returns whether a limit still lets the best plan be, and lets no more be than now."""
    return lambda value: used <= value <= now
