"""Stops of a company's lines in single draws, by the same engine as the scenarios of the user.

Draws are computed in any number of parts, on any executor; a part is a function of what it is given alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from coercivity.base.days import Day
from coercivity.firm.company.model import Delay, Part
from coercivity.firm.line_stop.scenarios import DelayOutcome, arrival, cause_of
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
        arrives: Arrival of each lot; None: never.
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
    names = sorted(part.days)
    lost: dict[tuple[int, tuple[Day | None, ...]], int] = {}
    known: dict[tuple[int, ...], DrawStops] = {}
    found = []
    for at in range(part.draws):
        key = tuple(part.days[name][at] for name in names)
        if key not in known:
            known[key] = _draw(part, at, lost)
        found.append(known[key])
    return tuple(found)


def delay_of(days: int) -> Delay:
    """Returns a scenario in which a decision takes some days."""
    length = "refused" if days < 0 else days
    return Delay("", Fraction(0), length, length)  # type: ignore[arg-type]


def _draw(part: DrawsPart, at: int, known: dict[tuple[int, tuple[Day | None, ...]], int]) -> DrawStops:
    case, arrives, delays = part.case, dict[str, Day | None](), dict[str, Delay]()
    for way in case.ways:
        name = way.lot.lot
        decision = part.decisions.get(name)
        delays[name] = delay_of(part.days[decision][at] if decision is not None else REFUSED)
        arrives[name] = arrival(case, way, delays[name])
    lost = dict[tuple[str, str], int]()
    for number, supply in enumerate(case.supplies):
        lots = tuple(usable_days(supply.ways, arrives))
        days = tuple(day for _, day in lots)
        if (number, days) not in known:
            known[number, days] = supply.lost(case.period, lots)
        lost[supply.plant, supply.part] = known[number, days]
    plants = tuple(_plant(case, arrives, lost, delays, plant) for plant in case.plants)
    firsts = (case.period.first(lost[supply.plant, supply.part]) for supply in case.supplies)
    return DrawStops(arrives, plants, tuple(day.toordinal() if day is not None else None for day in firsts))


def _plant(
    case: StopCase,
    arrives: Mapping[str, Day | None],
    lost: Mapping[tuple[str, str], int],
    delays: Mapping[str, Delay],
    plant: str,
) -> PlantStop:
    own = [supply for supply in case.supplies if supply.plant == plant]
    bits = 0
    for supply in own:
        bits |= lost[plant, supply.part]
    first_on = case.period.first(bits)
    if first_on is None:
        return PlantStop(None, 0, ("", "", ""))
    short = next(supply for supply in own if lost[plant, supply.part] & (bits & -bits))
    outcome = DelayOutcome(_delay_after(short, arrives, delays, first_on), arrives, lost)
    return PlantStop(first_on.toordinal(), bits.bit_count(), (short.part, *cause_of(case, outcome, short, first_on)))


def _delay_after(supply: PartSupply, arrives: Mapping[str, Day | None], delays: Mapping[str, Delay], day: Day) -> Delay:
    """Returns the delay of the lot that can be used next after a day: files of two days may take unlike times."""
    coming = [(usable, lot) for lot, usable in usable_days(supply.ways, arrives) if usable is not None and usable > day]
    return delays[min(coming, key=lambda entry: entry[0])[1]] if coming else delay_of(REFUSED)


def first_of_any(stops: Sequence[PlantStop]) -> PlantStop:
    """Returns the stop of the plant that stops first, with the days of none; that of the first one if several do."""
    standing = [stop for stop in stops if stop.first is not None]
    if not standing:
        return PlantStop(None, 0, ("", "", ""))
    first = min(standing, key=lambda stop: stop.first or 0)
    return PlantStop(first.first, 0, first.cause)
