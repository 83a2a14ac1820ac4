"""Stops of a company's lines in single draws, by the same engine as the scenarios of the user.

Draws are computed in any number of parts, on any executor; a part is a function of what it is given alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import numpy as np

from coercivity.base.days import Day
from coercivity.firm.company.model import Delay, Part, Refused
from coercivity.firm.line_stop.drawn.batch import NEVER, Ordinals, PlantCount, arrival_ordinals, plant_count
from coercivity.firm.line_stop.scenarios import DelayOutcome, cause_of
from coercivity.firm.line_stop.supply import PartSupply, StopCase, usable_days

# Decision of the authority that a lot waits for: its kind, the day from which it is counted, form and destination.
Decision = tuple[Literal["grant", "renewal"], Day, str, str]
REFUSED = -1
_FORMS = {"metal": "metal", "alloy": "metal", "oxide": "oxide", "powder": "powder"}
_EVERYWHERE = "ALL"


@dataclass(frozen=True, slots=True)
class PlantStop:
    """A plant in a draw.

    Attributes:
        first: Ordinal of the first lost day; None if there is none.
        lost: Number of lost days.
        cause: Part, cause, file or licence; empty texts if nothing is lost.
    """

    first: int | None
    lost: int
    cause: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class DrawStops:
    """A draw.

    Attributes:
        arrives: Arrival of each lot under a contract; None: never.
        plants: Plants in the order of the case.
        parts: Ordinal of the first day not met of each supply, in the order of the case.
    """

    arrives: Mapping[str, Day | None]
    plants: tuple[PlantStop, ...]
    parts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class DrawsPart:
    """Some draws of a company.

    Attributes:
        case: The company, ready to be computed.
        decisions: Decision that each lot waits for; lots that wait for none are not among them.
        days: Days of each decision by draw, `REFUSED` where it is refused.
        draws: Number of draws.
    """

    case: StopCase
    decisions: Mapping[str, Decision]
    days: Mapping[Decision, tuple[int, ...]]
    draws: int

    def part(self, begin: int, end: int) -> DrawsPart:
        """Returns the draws from one place to another."""
        last = min(end, self.draws)
        days = {name: each[begin:last] for name, each in self.days.items()}
        return replace(self, days=days, draws=last - begin)


def decisions_of(case: StopCase) -> dict[str, Decision]:
    """Returns the decision that each lot waits for, by lot.

    Args:
        case: The company, ready to be computed.
    """
    found: dict[str, Decision] = {}
    for way in case.ways:
        if way.passage == "renewal" and way.licence is not None and way.licence.valid_until is not None:
            found[way.lot.lot] = ("renewal", way.licence.valid_until, *desk_place(case, way.lot.part, way.lot.plant))
        elif way.passage == "grant":
            filed = way.lot.filed or (way.licence.filed if way.licence is not None else None)
            if filed is not None:
                found[way.lot.lot] = ("grant", filed, *desk_place(case, way.lot.part, way.lot.plant))
    return found


def desk_place(case: StopCase, part: str, plant: str) -> tuple[str, str]:
    """Returns the form and the destination by which the licensing desk files an application.

    A part without a form counts as a magnet, a plant without a country as any destination.
    """
    parts: dict[str, Part] = {row.part: row for row in case.company.parts}
    countries = {row.plant: row.country for row in case.company.plants}
    form = parts[part].form if part in parts else ""
    return _FORMS.get(form, "magnet"), countries.get(plant) or _EVERYWHERE


def stops_in(part: DrawsPart) -> tuple[DrawStops, ...]:
    """Returns the stops in each draw, in order.

    Args:
        part: Some draws.
    """
    case, count = part.case, part.draws
    days = {name: np.array(each, dtype=np.int64) for name, each in part.days.items()}
    arrives = {}
    for way in case.ways:
        decision = part.decisions.get(way.lot.lot)
        late = days[decision] if decision is not None else None
        arrives[way.lot.lot] = arrival_ordinals(case, way, late, count)
    own = {plant: [supply for supply in case.supplies if supply.plant == plant] for plant in case.plants}
    counts = {plant: plant_count(case, supplies, arrives, count) for plant, supplies in own.items()}
    plants = [_plant(part, own[plant], counts[plant], arrives) for plant in case.plants]
    firsts = {
        (id(supply)): counts[plant].parts[at] for plant, supplies in own.items() for at, supply in enumerate(supplies)
    }
    parts = np.array([firsts[id(supply)] for supply in case.supplies]).reshape(len(case.supplies), count)
    contracts = [way.lot.lot for way in case.ways if way.lot.contract]
    return tuple(
        DrawStops(
            {lot: _day(int(arrives[lot][at])) for lot in contracts},
            tuple(each[at] for each in plants),
            tuple(None if day == NEVER else day for day in parts[:, at].tolist()),
        )
        for at in range(count)
    )


def delay_of(days: int) -> Delay:
    """Returns a scenario in which a decision takes some days."""
    length: int | Refused = "refused" if days < 0 else days
    return Delay("", Fraction(0), length, length)


def _plant(
    part: DrawsPart, supplies: Sequence[PartSupply], count: PlantCount, arrives: Mapping[str, Ordinals]
) -> list[PlantStop]:
    """Returns a plant in each draw."""
    known, found = dict[tuple[int, ...], tuple[str, str, str]](), list[PlantStop]()
    for at, (first, lost, number) in enumerate(
        zip(count.first.tolist(), count.lost.tolist(), count.short.tolist(), strict=True)
    ):
        if first == NEVER:
            found.append(PlantStop(None, 0, ("", "", "")))
            continue
        supply = supplies[number]
        key = (number, first, *(int(arrives[way.lot.lot][at]) for way in supply.ways))
        if key not in known:
            known[key] = (supply.part, *_cause(part, supply, Day.fromordinal(first), arrives, at))
        found.append(PlantStop(first, lost, known[key]))
    return found


def _cause(part: DrawsPart, supply: PartSupply, day: Day, arrives: Mapping[str, Ordinals], at: int) -> tuple[str, str]:
    """Returns why a part is not met on a day in a draw; the next lot has the delay of its own decision."""
    due = {way.lot.lot: _day(int(arrives[way.lot.lot][at])) for way in supply.ways}
    coming = [(usable, lot) for lot, usable in usable_days(supply.ways, due) if usable is not None and usable > day]
    decision = part.decisions.get(min(coming, key=lambda entry: entry[0])[1]) if coming else None
    delay = delay_of(part.days[decision][at] if decision is not None else REFUSED)
    return cause_of(part.case, DelayOutcome(delay, due, {}), supply, day)


def _day(ordinal: int) -> Day | None:
    return None if ordinal >= NEVER else Day.fromordinal(ordinal)


def first_of_any(stops: Sequence[PlantStop]) -> PlantStop:
    """Returns the stop of the plant that stops first, with the days of none; that of the first one if several do."""
    standing = [stop for stop in stops if stop.first is not None]
    if not standing:
        return PlantStop(None, 0, ("", "", ""))
    first = min(standing, key=lambda stop: stop.first or 0)
    return PlantStop(first.first, 0, first.cause)
