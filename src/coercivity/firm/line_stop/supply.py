"""What each part at each plant can be met from: usable stock, stock released later, lots by what they wait for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from coercivity.base.days import Day
from coercivity.firm.company.model import NO_LICENCE, Company, LicenceHeld, Lot, Use
from coercivity.firm.line_stop.days import DaysOfUse, Period, use_days, use_per_day
from coercivity.firm.line_stop.met import lost_days, whole

# `renewal` and `grant` leave on a day that the authority decides; `never` has a licence that does not cover it.
Passage = Literal["cleared", "free", "licensed", "renewal", "grant", "never"]
Place = tuple[str, str]  # plant and part
SURE: tuple[Passage, ...] = ("cleared", "free", "licensed")


@dataclass(frozen=True, slots=True)
class Goods:
    """Stock of a part at a plant.

    Attributes:
        part: Part that it may be used for.
        own_part: Part that it is.
        usable_on: Day from which it can be used; None: on the evening of the count.
    """

    plant: str
    part: str
    own_part: str
    mass_kg: Fraction
    usable_on: Day | None


@dataclass(frozen=True, slots=True)
class LotWay:
    """A lot and what it waits for.

    Attributes:
        part: Part that it may be used for.
        passage: What lets it leave.
        licence: Its licence; None for goods that need none.
        ready_on: Day on which it could leave if nothing stopped it; None: as soon as it may.
        arrives_on: Arrival, where no decision of the authority is open; else None.
    """

    lot: Lot
    part: str
    passage: Passage
    licence: LicenceHeld | None
    ready_on: Day | None
    arrives_on: Day | None


@dataclass(frozen=True, slots=True)
class PartSupply:
    """A part that a plant uses, with all that it can be met from. Quantities in `units` are whole, in one unit.

    Attributes:
        use_kg: Use on a day of use [kg].
        usable_kg: Usable stock on the evening of the count [kg].
        use_units: The use.
        stock_units: The usable stock.
        released: Stock released later: number of the day, quantity in units.
        ways: Lots that may be used for it.
        lot_units: Quantity of each of these lots.
        units_per_kg: Units in 1 kg.
    """

    plant: str
    part: str
    days: DaysOfUse
    use_kg: Fraction
    usable_kg: Fraction
    use_units: int
    stock_units: int
    released: tuple[tuple[int, int], ...]
    ways: tuple[LotWay, ...]
    lot_units: Mapping[str, int]
    units_per_kg: int

    def lost(self, period: Period, usable: Iterable[tuple[str, Day | None]]) -> int:
        """Returns the days of use not met, as bits.

        Args:
            period: The days looked at.
            usable: Lots with the day from which they can be used; None: never.
        """
        lots = [(period.index(day), self.lot_units[lot]) for lot, day in usable if day is not None]
        return lost_days(self.stock_units, [*self.released, *lots], self.use_units, self.days, period.length)


@dataclass(frozen=True, slots=True)
class StopCase:
    """A company over a period, ready to be computed.

    Attributes:
        goods: All stock.
        ways: All lots.
        supplies: Every part that a plant uses, in the order of the sheet.
        plants: Plants that use a part, in the order of the sheet Plants.
        held: Lots that the law does not let leave as they are entered.
    """

    company: Company
    period: Period
    goods: tuple[Goods, ...]
    ways: tuple[LotWay, ...]
    supplies: tuple[PartSupply, ...]
    plants: tuple[str, ...]
    held: frozenset[str]


def stop_case(company: Company, period: Period, held: frozenset[str] = frozenset()) -> StopCase:
    """Returns a company ready to be computed.

    Args:
        company: The company, without the faults that `check_stops` finds.
        period: The days looked at.
        held: Lots that the law does not let leave as they are entered: they count in no layer and never leave.
    """
    goods = tuple(_goods(company, period))
    licences = {row.licence: row for row in company.licences}
    ways = tuple(_way(lot, licences.get(lot.licence), period, held) for lot in company.in_transit)
    days = use_days(company, period)
    stock, lots = defaultdict[Place, list[Goods]](list), defaultdict[Place, list[LotWay]](list)
    for entry in goods:
        stock[entry.plant, entry.part].append(entry)
    for way in ways:
        lots[way.lot.plant, way.part].append(way)
    supplies = []
    for row in company.use:
        own, coming = stock[row.plant, row.part], tuple(lots[row.plant, row.part])
        supplies.append(_supply(row, days[row.plant, row.calendar], own, coming, period))
    using = {row.plant for row in company.use}
    named = dict.fromkeys([row.plant for row in company.plants if row.plant in using])
    plants = tuple(dict.fromkeys([*named, *(row.plant for row in company.use)]))
    return StopCase(company, period, goods, ways, tuple(supplies), plants, held)


def usable_from(lot: Lot, arrives_on: Day) -> Day:
    """Returns the day from which a lot can be used: its arrival, or its release if that is later."""
    return max(arrives_on, lot.released_on or arrives_on)


def usable_days(ways: Iterable[LotWay], arrives: Mapping[str, Day | None]) -> Iterator[tuple[str, Day | None]]:
    """Yields lots with the day from which they can be used; None: never.

    Args:
        ways: The lots.
        arrives: Arrival by lot; a lot that is not in it arrives as it does without a decision of the authority.
    """
    for way in ways:
        day = arrives.get(way.lot.lot, way.arrives_on)
        yield way.lot.lot, None if day is None else usable_from(way.lot, day)


def _goods(company: Company, period: Period) -> Iterable[Goods]:
    for row in company.stock:
        released = row.released_on
        later = released if released is not None and released > period.on else None
        if row.serves and released is not None:
            # For another part than its own only from a dated release on, and then all of it.
            yield Goods(row.plant, row.serves, row.part, row.quantity_kg, later)
            continue
        yield Goods(row.plant, row.part, row.part, row.quantity_kg - row.quarantine_kg, None)
        if row.quarantine_kg and released is not None:
            yield Goods(row.plant, row.part, row.part, row.quarantine_kg, later)


def _way(lot: Lot, licence: LicenceHeld | None, period: Period, held: frozenset[str]) -> LotWay:
    part = lot.serves if lot.serves and lot.released_on is not None else lot.part
    if lot.state == "cleared":
        arrives = lot.arrives or (plus(lot.leaves, lot.transit_days or 0) if lot.leaves else None)
        return LotWay(lot, part, "cleared", licence, lot.leaves, arrives)
    # What still waits on the evening of the count has not left before it.
    ready = max(lot.leaves, period.on) if lot.leaves else None
    passage: Passage = "never" if lot.lot in held else _passage(lot, licence, ready)
    sure = passage in SURE and ready is not None
    return LotWay(lot, part, passage, licence, ready, plus(ready, lot.transit_days or 0) if sure and ready else None)


def _passage(lot: Lot, licence: LicenceHeld | None, ready: Day | None) -> Passage:
    """Returns what lets a waiting lot leave; a licence that is not known lets nothing leave."""
    if lot.licence == NO_LICENCE:
        return "free"
    if licence is None:
        return "never"
    named = lot.plant in licence.names
    if licence.state == "filed":
        return "grant" if named or not licence.names else "never"
    valid = ready is not None and licence.valid_until is not None and ready <= licence.valid_until
    if licence.kind == "general":
        # A general licence covers only whom it names; its renewal is taken to cover the lots that are entered under it.
        return "licensed" if valid and named else "renewal"
    return "licensed" if valid and (named or not licence.names) else "never"


def not_covered(company: Company, period: Period) -> Iterator[tuple[Lot, LicenceHeld]]:
    """Yields the lots whose licence lets them never leave, with it: it has ended, or names other plants."""
    licences = {row.licence: row for row in company.licences}
    for lot in company.in_transit:
        way = _way(lot, licences.get(lot.licence), period, frozenset())
        if way.passage == "never" and way.licence is not None:
            yield lot, way.licence


def _supply(row: Use, days: DaysOfUse, own: Sequence[Goods], ways: tuple[LotWay, ...], period: Period) -> PartSupply:
    use_kg = use_per_day(row)
    usable_kg = sum((entry.mass_kg for entry in own if entry.usable_on is None), Fraction(0))
    later = [(period.index(entry.usable_on), entry.mass_kg) for entry in own if entry.usable_on is not None]
    units = whole([use_kg, usable_kg, *(kg for _, kg in later), *(way.lot.quantity_kg for way in ways), Fraction(1)])
    released = tuple((index, unit) for (index, _), unit in zip(later, units[2 : 2 + len(later)], strict=True))
    lots = {way.lot.lot: unit for way, unit in zip(ways, units[2 + len(later) : -1], strict=True)}
    return PartSupply(row.plant, row.part, days, use_kg, usable_kg, units[0], units[1], released, ways, lots, units[-1])


def plus(day: Day, days: int) -> Day:
    """Returns a day some calendar days after another."""
    return Day.fromordinal(day.toordinal() + days)
