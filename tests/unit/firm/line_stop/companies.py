"""Small random companies, and stops counted day by day: slowly, and by no code of the program."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Literal

from hypothesis import strategies as st

from coercivity.base.days import Day
from coercivity.firm.company.model import (
    ClauseOn,
    Closed,
    Company,
    CompanySettings,
    Delay,
    LicenceHeld,
    Lot,
    Part,
    Plant,
    Refused,
    Stock,
    Use,
    UseCalendar,
)  # fmt: skip

COUNT, UNTIL = Day(2026, 11, 20), Day(2027, 1, 31)
PLANTS, PARTS = ("P", "Q"), ("A", "B")
ELEMENTS = {"A": "Dy", "B": "NdPr"}
LotState = Literal["cleared", "waiting"]
STATES: tuple[LotState, ...] = ("cleared", "waiting")
CALENDARS: tuple[UseCalendar, ...] = ("calendar", "working")
MASS = st.integers(0, 60).map(lambda n: Fraction(n, 2))
SOON = st.integers(1, 60).map(lambda n: COUNT + timedelta(days=n))


def lot_of(draw: st.DrawFn, number: int) -> Lot:
    state: LotState = draw(st.sampled_from(STATES))
    licence = draw(st.sampled_from(("none", "G", "F", "N")))
    files = licence == "F"
    return Lot(
        lot=f"L{number}",
        supplier=draw(st.sampled_from(("S1", "S2"))),
        part=draw(st.sampled_from(PARTS)),
        plant=draw(st.sampled_from(PLANTS)),
        quantity_kg=draw(MASS),
        state=state,
        licence=licence,
        filed=Day(2026, 11, 10) if files else None,
        leaves=draw(st.none() | SOON) if files else draw(SOON),
        transit_days=draw(st.integers(0, 20)),
        arrives=draw(SOON) if state == "cleared" else None,
        contract="",
        serves=draw(st.sampled_from(("", "", *PARTS))),
        released_on=draw(st.none() | SOON),
    )  # fmt: skip


def _others(part: str) -> frozenset[str]:
    """Returns the elements of the other parts, of which this one is stated to be free."""
    return frozenset(ELEMENTS.values()) - {ELEMENTS[part]}


@st.composite
def companies(draw: st.DrawFn) -> Company:
    """Two plants, two parts, up to six lots, two scenarios."""
    calendar: st.SearchStrategy[UseCalendar] = st.sampled_from(CALENDARS)
    stock = []
    for plant in PLANTS:
        for part in PARTS:
            kg = draw(MASS)
            held = draw(st.sampled_from((Fraction(0), kg / 2, kg)))
            serves = draw(st.sampled_from(("", "", *PARTS)))
            stock.append(Stock(plant, part, kg, held, draw(st.none() | SOON), serves))
    refused: Refused = "refused"
    delay: st.SearchStrategy[int | Refused] = st.integers(0, 60) | st.just(refused)
    names = draw(st.sampled_from(((), ("P",), ("P", "Q"))))
    return Company(
        settings=CompanySettings(as_of=COUNT, until=UNTIL),
        parts=tuple(
            Part(part, f"grade {part}", "", "magnet", None, None, {ELEMENTS[part]: Fraction(1, 10)}, _others(part))
            for part in PARTS
        ),
        plants=tuple(Plant(plant, "", "", Fraction(10)) for plant in PLANTS),
        use=tuple(
            Use(plant, part, draw(st.integers(0, 8).map(Fraction)), "day", draw(calendar))
            for plant in PLANTS
            for part in PARTS
        ),
        closed=(Closed("P", Day(2026, 12, 24), Day(2027, 1, 3)),),
        stock=tuple(stock),
        licences=(
            LicenceHeld("G", "S1", "general", "granted", names, None, Day(2026, 12, 10)),
            LicenceHeld("F", "S1", "single", "filed", (), None, None),
            LicenceHeld("N", "S2", "single", "granted", ("P",), None, Day(2026, 12, 20)),
        ),
        in_transit=tuple(lot_of(draw, number) for number in range(draw(st.integers(0, 6)))),
        clauses=(ClauseOn("K", "", ("Dy",)), ClauseOn("X", "", ("Nd",))),
        delays=(
            Delay("early", Fraction("0.7"), draw(delay), draw(delay)),
            Delay("late", Fraction("0.3"), draw(delay), draw(delay)),
        ),
    )


def arrival_by_hand(company: Company, lot: Lot, delay: Delay | None) -> Day | None:
    """The rules as a person would follow them; without a scenario, what waits for a decision does not come."""
    if lot.state == "cleared":
        return lot.arrives
    if lot.licence == "none":
        leaves = lot.leaves
    elif lot.licence == "N":
        leaves = lot.leaves if lot.plant == "P" and lot.leaves and lot.leaves <= Day(2026, 12, 20) else None
    elif lot.licence == "G":
        named = next(row.names for row in company.licences if row.licence == "G")
        leaves = lot.leaves
        if lot.plant not in named or (leaves and leaves > Day(2026, 12, 10)):
            if delay is None or delay.renewal_days == "refused" or leaves is None:
                return None
            leaves = max(leaves, Day(2026, 12, 10) + timedelta(days=delay.renewal_days))
    else:
        if delay is None or delay.single_days == "refused" or lot.filed is None:
            return None
        leaves = max(COUNT, lot.filed + timedelta(days=delay.single_days + 5), lot.leaves or COUNT)
    return leaves + timedelta(days=lot.transit_days or 0) if leaves else None


def lost_by_hand(
    company: Company,
    delay: Delay | None,
    *,
    lots: bool = True,
    until: Day = UNTIL,
    evenings: dict[tuple[str, str, Day], Fraction] | None = None,
) -> Mapping[tuple[str, str], list[Day]]:
    """Goes through the days one by one with a shelf for each part at each plant; `evenings` receives the shelves."""
    shelf = {(plant, part): Fraction(0) for plant in PLANTS for part in PARTS}
    coming: list[tuple[Day, tuple[str, str], Fraction]] = []
    for stock in company.stock:
        if stock.serves and stock.released_on:
            coming.append((stock.released_on, (stock.plant, stock.serves), stock.quantity_kg))
            continue
        shelf[stock.plant, stock.part] += stock.quantity_kg - stock.quarantine_kg
        if stock.released_on:
            coming.append((stock.released_on, (stock.plant, stock.part), stock.quarantine_kg))
    for lot in company.in_transit if lots else ():
        arrives = arrival_by_hand(company, lot, delay)
        if arrives is None:
            continue
        if lot.released_on:
            coming.append((max(arrives, lot.released_on), (lot.plant, lot.serves or lot.part), lot.quantity_kg))
        else:
            coming.append((arrives, (lot.plant, lot.part), lot.quantity_kg))
    lost: dict[tuple[str, str], list[Day]] = {key: [] for key in shelf}
    day = COUNT
    while day < until:
        day += timedelta(days=1)
        for arrives, key, kg in coming:
            if arrives == day or (day == COUNT + timedelta(days=1) and arrives < day):
                shelf[key] += kg
        for use in company.use:
            if use.calendar == "working" and day.isoweekday() > 5:
                continue
            if any(row.plant == use.plant and row.from_on <= day <= row.to_on for row in company.closed):
                continue
            key = (use.plant, use.part)
            if shelf[key] >= use.quantity_kg:
                shelf[key] -= use.quantity_kg
            else:
                lost[key].append(day)
        if evenings is not None:
            evenings |= {(*key, day): kg for key, kg in shelf.items()}
    return lost
