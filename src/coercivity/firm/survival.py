"""Days of cover of a company: by part, element and layer of supply, against the licence time, and by clause.

Days of cover need no probabilities; only the comparison with the licence time uses simulations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError
from coercivity.firm.amounts import parse_amount
from coercivity.firm.cover import Arrival, lost_kg, stop_day
from coercivity.firm.draws import DRAWS, LEVELS, NEVER, quantile
from coercivity.firm.exposure import ClauseCut, cut_clauses
from coercivity.firm.firmfile import FIRM_FILE, Firm, FirmFile, Item, kg_of
from coercivity.firm.flows import HORIZON_DAYS, FlowView, Setting
from coercivity.firm.usedays import UseDays, per_use_day

if TYPE_CHECKING:
    from coercivity.firm.draws import Days

Layer = Literal["stock", "afloat", "permitted", "if_open"]
LAYERS: tuple[Layer, ...] = ("stock", "afloat", "permitted", "if_open")
_OLDEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class SurvivalReach:
    """Days of cover with one layer of supply and the layers before it.

    Attributes:
        added_kg: Mass that this layer adds within the period [kg].
        stop_on: First day whose consumption cannot be met; None if there is none within the period.
        days: Whole days after the start date that are covered [calendar days].
        gap_days: By percentile of the licence time, days from the stop to the next newly licensed delivery; negative if
            the delivery is in time. None if there is no stop or no delivery [calendar days].
        short_kg: By percentile of the licence time, consumption lost until that delivery [kg].
        stops_before: Share of the simulations in which the stop comes before that delivery; None without a
            licence procedure.
    """

    layer: Layer
    added_kg: Fraction
    stop_on: Day | None
    days: int | None
    gap_days: Mapping[int, int | None]
    short_kg: Mapping[int, Fraction | None]
    stops_before: Fraction | None


@dataclass(frozen=True, slots=True)
class ItemSurvival:
    """One part.

    Attributes:
        use_kg: Consumption on a day of consumption [kg].
        stock_kg: Usable stock, without the safety stock [kg].
        safety_kg: Safety stock [kg].
        delivery_days: By percentile, days from the start date to the next newly licensed delivery.
        waiting_kg: Goods awaiting a licence, counted in no layer [kg].
    """

    item: Item
    use_kg: Fraction
    stock_kg: Fraction
    safety_kg: Fraction
    reaches: tuple[SurvivalReach, ...]
    delivery_days: Mapping[int, int | None]
    waiting_kg: Fraction


@dataclass(frozen=True, slots=True)
class ElementSurvival:
    """One element, over all parts that contain it.

    Attributes:
        use_kg: Consumption on a day of consumption [kg].
        stock_kg: Mass in usable stock [kg].
        reaches: Days of cover if parts were interchangeable by content: an upper bound.
        first_item: The part that stops first with stock, goods in transit and permitted deliveries.
        first_stop_on: Its stop.
        by_item_kg: Mass in usable stock, by part [kg].
    """

    element: str
    use_kg: Fraction
    stock_kg: Fraction
    reaches: tuple[SurvivalReach, ...]
    delivery_days: Mapping[int, int | None]
    first_item: str
    first_stop_on: Day | None
    by_item_kg: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class FirmSurvival:
    """Days of cover of a company from one date."""

    setting: Setting
    firm: Firm
    flows: tuple[FlowView, ...]
    items: tuple[ItemSurvival, ...]
    elements: tuple[ElementSurvival, ...]
    clauses: tuple[ClauseCut, ...]


@dataclass(frozen=True, slots=True)
class _Supply:
    """Usable stock, consumption, and arrivals by layer, of a part or an element."""

    use_kg: Fraction
    stock_kg: Fraction
    layers: Mapping[Layer, tuple[Arrival, ...]]
    next_days: Days


def survive(setting: Setting, file: FirmFile, flows: tuple[FlowView, ...]) -> FirmSurvival:
    """Returns the days of cover of a company.

    Args:
        setting: Start date, information cut-off, rulebook.
        file: The company.
        flows: Its supply flows, decided for the date.

    Raises:
        CoercivityError: If the stock was counted after the date, or more than a year before it.

    Source: equations 50 to 53 of docs/market.md.
    """
    firm = file.firm
    _check_day(setting.on, firm, file)
    days = UseDays(firm.as_of, HORIZON_DAYS, firm.days, firm.closed)
    supplies = {item.id: _supply(firm, item, flows) for item in firm.items}
    items = tuple(_item(firm, item, supplies[item.id], flows, days, setting.on) for item in firm.items)
    elements = tuple(
        _element(firm, element, supplies, items, days, setting.on)
        for element in dict.fromkeys(element for item in firm.items for element in item.content.shares)
    )
    stocks = {name: (supply.stock_kg, supply.use_kg) for name, supply in supplies.items()}
    return FirmSurvival(setting, firm, flows, items, elements, cut_clauses(firm, flows, stocks, days, setting.on))


def _check_day(on: Day, firm: Firm, file: FirmFile) -> None:
    where = f"{FIRM_FILE}:{file.raw.key_lines['as_of']}"
    if on < firm.as_of:
        what = f"stock was counted on {firm.as_of}, after the requested date ({on})"
        raise CoercivityError.of("AS-OF", what, where=where, next="give a later date, or enter an earlier stock count")
    if (on - firm.as_of).days > _OLDEST_DAYS:
        what = f"stock was counted on {firm.as_of}, more than {_OLDEST_DAYS} days before {on}"
        raise CoercivityError.of("AS-OF", what, where=where, next="enter a newer stock count")


def _supply(firm: Firm, item: Item, flows: tuple[FlowView, ...]) -> _Supply:
    import numpy as np

    own = [view for view in flows if view.flow.item == item.id]
    safety = kg_of(item.safety, item) if item.safety is not None else Fraction(0)
    use = per_use_day(kg_of(item.use, item), item.use.per, firm.days)
    cleared = _afloat(firm, item, "cleared", own)
    # Licensed goods that have not been cleared may still be stopped, so they count as permitted only.
    held = [view for view in own if view.passage in ("free", "licensed")]
    permitted = [*_afloat(firm, item, "licensed", held), *(lot for view in own for lot in view.permitted)]
    open_too = [view for view in own if view.passage == "open"]
    if_open = [*_afloat(firm, item, "licensed", open_too), *(lot for view in own for lot in view.if_open)]
    return _Supply(
        use_kg=use,
        stock_kg=max(kg_of(item.stock, item) - safety, Fraction(0)),
        layers={"stock": (), "afloat": tuple(cleared), "permitted": tuple(permitted), "if_open": tuple(if_open)},
        next_days=np.min([view.next_days for view in own], axis=0) if own else np.full(DRAWS, NEVER, dtype=np.int64),
    )


def _afloat(firm: Firm, item: Item, state: str, flows: Iterable[FlowView]) -> list[Arrival]:
    names = {view.flow.id for view in flows}
    return [Arrival(g.arrives, kg_of(g, item)) for g in firm.afloat if g.flow in names and g.state == state]


def _item(firm: Firm, item: Item, supply: _Supply, flows: tuple[FlowView, ...], days: UseDays, on: Day) -> ItemSurvival:
    own = [view for view in flows if view.flow.item == item.id]
    barred = [view for view in own if view.passage in ("waiting", "barred")]
    waiting = [*_afloat(firm, item, "waiting", own), *_afloat(firm, item, "licensed", barred)]
    return ItemSurvival(
        item=item,
        use_kg=supply.use_kg,
        stock_kg=supply.stock_kg,
        safety_kg=kg_of(item.safety, item) if item.safety is not None else Fraction(0),
        reaches=_reaches(supply, days, on),
        delivery_days=_after(supply.next_days, on),
        waiting_kg=sum((arrival.mass_kg for arrival in waiting), Fraction(0)),
    )


def _reaches(supply: _Supply, days: UseDays, on: Day) -> tuple[SurvivalReach, ...]:
    found, arrivals = [], list[Arrival]()
    for layer in LAYERS:
        arrivals += supply.layers[layer]
        added = supply.stock_kg if layer == "stock" else _sum(supply.layers[layer])
        stop = stop_day(supply.stock_kg, arrivals, supply.use_kg, days)
        found.append(
            SurvivalReach(
                layer=layer,
                added_kg=added,
                stop_on=stop,
                days=max((stop - on).days - 1, 0) if stop is not None else None,
                gap_days=_gaps(stop, supply.next_days),
                short_kg=_short(supply, arrivals, days),
                stops_before=_share(stop, supply.next_days),
            )
        )
    return tuple(found)


def _sum(arrivals: Sequence[Arrival]) -> Fraction:
    return sum((arrival.mass_kg for arrival in arrivals), Fraction(0))


def _gaps(stop: Day | None, next_days: Days) -> dict[int, int | None]:
    arrives = {level: quantile(next_days, level) for level in LEVELS}
    return {level: None if stop is None or day is None else day - stop.toordinal() for level, day in arrives.items()}


def _short(supply: _Supply, arrivals: Sequence[Arrival], days: UseDays) -> dict[int, Fraction | None]:
    """Returns the consumption lost up to the day before the next newly licensed delivery."""
    found: dict[int, Fraction | None] = {}
    for level in LEVELS:
        day = quantile(supply.next_days, level)
        eve = Day.fromordinal(day - 1) if day is not None else None
        found[level] = None if eve is None else lost_kg(supply.stock_kg, arrivals, supply.use_kg, days, eve)
    return found


def _share(stop: Day | None, next_days: Days) -> Fraction | None:
    if int(next_days.min()) >= NEVER:
        return None
    return Fraction(0) if stop is None else Fraction(int((next_days > stop.toordinal()).sum()), len(next_days))


def _after(next_days: Days, on: Day) -> dict[int, int | None]:
    found = {level: quantile(next_days, level) for level in LEVELS}
    return {level: None if day is None else day - on.toordinal() for level, day in found.items()}


def _element(
    firm: Firm, element: str, supplies: Mapping[str, _Supply], items: Sequence[ItemSurvival], days: UseDays, on: Day
) -> ElementSurvival:
    """Returns one element over all parts; each arrival counts with the share of the element."""
    import numpy as np

    shares = {
        item.id: parse_amount(item.content.shares[element]) for item in firm.items if element in item.content.shares
    }
    holding = {name: supplies[name] for name, share in shares.items() if share}
    pooled = _Supply(
        use_kg=sum((supply.use_kg * shares[name] for name, supply in holding.items()), Fraction(0)),
        stock_kg=sum((supply.stock_kg * shares[name] for name, supply in holding.items()), Fraction(0)),
        layers={
            layer: tuple(
                Arrival(lot.on, lot.mass_kg * shares[name]) for name, s in holding.items() for lot in s.layers[layer]
            )
            for layer in LAYERS
        },
        next_days=np.min([s.next_days for s in holding.values()], axis=0)
        if holding
        else np.full(DRAWS, NEVER, dtype=np.int64),
    )
    stops = [(entry.reaches[2].stop_on, entry.item.id) for entry in items if entry.item.id in holding]
    dated = sorted((day, name) for day, name in stops if day is not None)
    return ElementSurvival(
        element=element,
        use_kg=pooled.use_kg,
        stock_kg=pooled.stock_kg,
        reaches=_reaches(pooled, days, on),
        delivery_days=_after(pooled.next_days, on),
        first_item=dated[0][1] if dated else "",
        first_stop_on=dated[0][0] if dated else None,
        by_item_kg={name: supply.stock_kg * shares[name] for name, supply in holding.items()},
    )
