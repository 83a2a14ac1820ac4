"""First days not met, without chances: by plant and part, plant, element and grade; by layer, clause and supplier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.firm.company.model import ClauseOn, Part
from coercivity.firm.line_stop.days import Period
from coercivity.firm.line_stop.met import first_not_met, whole
from coercivity.firm.line_stop.results import GroupDates, Layer, PartDates, PlantDates
from coercivity.firm.line_stop.supply import SURE, LotWay, PartSupply, StopCase, usable_days

# A heading such as NdPr stands for each of its elements.
_HEADINGS = {"ndpr": ("nd", "pr"), "prnd": ("nd", "pr")}


def part_dates(case: StopCase) -> tuple[PartDates, ...]:
    """Returns the first days not met of every part at every plant that uses it."""
    parts = {row.part: row for row in case.company.parts}
    suppliers = suppliers_of(case)
    return tuple(_part(case, supply, parts, suppliers) for supply in case.supplies)


def suppliers_of(case: StopCase) -> tuple[str, ...]:
    """Returns the suppliers, in the order of the sheets."""
    company = case.company
    return tuple(
        dict.fromkeys(
            [*(row.supplier for row in company.suppliers), *(lot.supplier for lot in company.in_transit)],
        )
    )


def touches(clause: ClauseOn, part: Part | None) -> bool:
    """Returns whether a clause touches a part: it holds one of the elements, or it is not said whether it does.

    The heading NdPr stands for Nd and for Pr.
    """
    if part is None:
        return True
    asked = _elements(clause.elements)
    return bool(asked & _elements(name for name, share in part.shares.items() if share)) or not asked <= _elements(
        part.absent
    )


def plant_dates(case: StopCase, parts: Sequence[PartDates]) -> tuple[PlantDates, ...]:
    """Returns the first stop of every plant with what is licensed or free; of two parts, that first in Use."""
    found = []
    for plant in case.plants:
        own = [row for row in parts if row.plant == plant]
        stop_on, part = _first((row.layers["licensed"], row.part) for row in own)
        clauses = {name: _first((row.clauses[name], row.part) for row in own) for name in own[0].clauses}
        suppliers = {name: _first((row.suppliers[name], row.part) for row in own) for name in own[0].suppliers}
        found.append(PlantDates(plant, stop_on, part, clauses, suppliers))
    return tuple(found)


def element_dates(case: StopCase, parts: Sequence[PartDates]) -> tuple[GroupDates, ...]:
    """Returns every element over the whole company, as if parts could replace each other: an upper bound.

    An element of which only a share of 0 or a blank is stated is shown too if a part in use may hold it.
    """
    used = {supply.part for supply in case.supplies}
    rows = case.company.parts
    found = []
    stated = [name for row in rows for name in row.shares] + sorted(name for row in rows for name in row.free_of)
    for name in dict.fromkeys(stated):
        shares = {row.part: row.shares.get(name, Fraction(0)) for row in rows}
        unstated = tuple(row.part for row in rows if row.part in used and _may_hold(row, name))
        if unstated:
            found.append(_unpooled(_group(case, name, shares, parts), unstated, shares, parts))
        elif any(shares.values()):
            found.append(_group(case, name, shares, parts))
    return tuple(found)


def _may_hold(part: Part, element: str) -> bool:
    """Returns whether it is not said how much of an element a part holds."""
    closed = sum(part.shares.values(), Fraction(0)) >= 1 or part.other_rare_earths == "none"
    return element not in part.shares and element not in part.free_of and not closed


def _unpooled(
    group: GroupDates, unstated: tuple[str, ...], shares: Mapping[str, Fraction], parts: Sequence[PartDates]
) -> GroupDates:
    """Returns a group with the days of the first part that holds or may hold the element, instead of pooled ones."""
    own = [row for row in parts if shares.get(row.part) or row.part in unstated]
    stop_on, at = min((row.layers["licensed"] or Day.max, at) for at, row in enumerate(own))
    stock_on = min(row.layers["stock"] or Day.max for row in own)
    return replace(
        group,
        stop_on=stop_on if stop_on < Day.max else None,
        stock_stop_on=stock_on if stock_on < Day.max else None,
        first_part=(own[at].plant, own[at].part) if stop_on < Day.max else ("", ""),
        first_on=stop_on if stop_on < Day.max else None,
        unstated=unstated,
    )


def grade_dates(case: StopCase, parts: Sequence[PartDates]) -> tuple[GroupDates, ...]:
    """Returns every grade over the whole company, as if plants shared their stock: an upper bound."""
    rows = case.company.parts
    names = dict.fromkeys(row.grade for row in rows if row.grade)
    return tuple(_group(case, name, {row.part: Fraction(row.grade == name) for row in rows}, parts) for name in names)


def _part(case: StopCase, supply: PartSupply, parts: Mapping[str, Part], suppliers: Sequence[str]) -> PartDates:
    cleared = [way for way in supply.ways if way.passage == "cleared"]
    sent = [way for way in supply.ways if way.passage in SURE and way.passage != "cleared"]
    licensed = _stop(case, supply, [*cleared, *sent])
    layers: dict[Layer, Day | None] = {
        "stock": _stop(case, supply, []),
        "cleared": _stop(case, supply, cleared),
        "licensed": licensed,
    }
    clauses, by_supplier = dict[str, Day | None](), dict[str, Day | None]()
    for clause in case.company.clauses:
        left = [way for way in sent if not touches(clause, parts.get(way.lot.part))]
        clauses[clause.clause] = _stop(case, supply, [*cleared, *left]) if len(left) < len(sent) else licensed
    for name in suppliers:
        left = [way for way in sent if way.lot.supplier != name]
        by_supplier[name] = _stop(case, supply, [*cleared, *left]) if len(left) < len(sent) else licensed
    part = parts.get(supply.part)
    waiting = (way.lot.quantity_kg for way in supply.ways if way.passage not in SURE)
    return PartDates(
        plant=supply.plant,
        part=supply.part,
        grade=part.grade if part else "",
        use_kg=supply.use_kg,
        usable_kg=supply.usable_kg,
        layers=layers,
        clauses=clauses,
        suppliers=by_supplier,
        waiting_kg=sum(waiting, Fraction(0)),
    )


def _stop(case: StopCase, supply: PartSupply, ways: Iterable[LotWay]) -> Day | None:
    """Returns the first day not met from stock and some of the lots that wait for no decision."""
    return case.period.first(supply.lost(case.period, usable_days(ways, {})))


def _group(case: StopCase, name: str, shares: Mapping[str, Fraction], parts: Sequence[PartDates]) -> GroupDates:
    """Returns the parts with a share above zero, pooled by it; goods count by the part that they are."""
    period = case.period
    used = [(s, shares.get(s.part, Fraction(0)) * s.use_kg) for s in case.supplies if shares.get(s.part)]
    goods = [(g, shares.get(g.own_part, Fraction(0)) * g.mass_kg) for g in case.goods if shares.get(g.own_part)]
    ways = [w for w in case.ways if w.passage in SURE and w.arrives_on is not None and shares.get(w.lot.part)]
    usable_kg = sum((mass for entry, mass in goods if entry.usable_on is None), Fraction(0))
    released = [(entry.usable_on, mass) for entry, mass in goods if entry.usable_on is not None]
    usable = dict(usable_days(ways, {}))
    arriving = [(usable[w.lot.lot], shares[w.lot.part] * w.lot.quantity_kg) for w in ways]
    units = whole([usable_kg, *(kg for _, kg in (*used, *released, *arriving))])
    need = _need(period, [(supply, unit) for (supply, _), unit in zip(used, units[1 : 1 + len(used)], strict=True)])
    days = [period.index(day) for day, _ in (*released, *arriving) if day is not None]
    coming = list(zip(days, units[1 + len(used) :], strict=True))
    first_on, first = min(
        ((row.layers["licensed"] or Day.max, at) for at, row in enumerate(parts) if shares.get(row.part)),
        default=(Day.max, -1),
    )
    stop, stock_stop = (first_not_met(units[0], those, need) for those in (coming, coming[: len(released)]))
    return GroupDates(
        name=name,
        usable_kg=usable_kg,
        stop_on=None if stop is None else period.day(stop),
        stock_stop_on=None if stock_stop is None else period.day(stock_stop),
        first_part=(parts[first].plant, parts[first].part) if first_on < Day.max else ("", ""),
        first_on=first_on if first_on < Day.max else None,
    )


def _need(period: Period, used: Iterable[tuple[PartSupply, int]]) -> list[int]:
    """Returns what is needed on each day; parts with the same days of use are added up first."""
    by_days = dict[int, int]()
    positions = dict[int, list[int]]()
    for supply, units in used:
        by_days[supply.days.bits] = by_days.get(supply.days.bits, 0) + units
        positions[supply.days.bits] = supply.days.positions
    need = [0] * period.length
    for bits, units in by_days.items():
        for at in positions[bits]:
            need[at] += units
    return need


def _first(stops: Iterable[tuple[Day | None, str]]) -> tuple[Day | None, str]:
    """Returns the earliest stop and its part; of two on one day, the first."""
    dated = [(day, part) for day, part in stops if day is not None]
    return min(dated, key=lambda entry: entry[0], default=(None, ""))


def _elements(headings: Iterable[str]) -> frozenset[str]:
    plain = (heading.casefold() for heading in headings)
    return frozenset(element for heading in plain for element in _HEADINGS.get(heading, (heading,)))
