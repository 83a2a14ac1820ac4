"""Stops of random small companies against a count day by day, and what must hold of any company."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.days import Day
from coercivity.firm.company.model import Company, CompanySettings, Delay, Part, Plant, Stock, Use
from coercivity.firm.line_stop.days import Period
from coercivity.firm.line_stop.results import ANY
from coercivity.firm.line_stop.scenarios import outcomes
from coercivity.firm.line_stop.stops import line_stops
from coercivity.firm.line_stop.supply import stop_case
from tests.unit.firm.line_stop.companies import (
    COUNT,
    ELEMENTS,
    PLANTS,
    UNTIL,
    arrival_by_hand,
    companies,
    lost_by_hand,
)  # fmt: skip

PERIOD = Period(COUNT, UNTIL)
NEVER = Day.max


def days_of(bits: int) -> list[Day]:
    return [PERIOD.day(at) for at in range(PERIOD.length) if bits >> at & 1]


def without(company: Company, supplier: str) -> Company:
    lots = (lot for lot in company.in_transit if lot.state == "cleared" or lot.supplier != supplier)
    return replace(company, in_transit=tuple(lots))


@given(companies())
@settings(max_examples=150, deadline=None)
def test_lost_days_are_those_counted_day_by_day(company: Company) -> None:
    for found in outcomes(stop_case(company, PERIOD), company.delays):
        by_hand = lost_by_hand(company, found.delay)
        assert {key: days_of(bits) for key, bits in found.lost.items()} == by_hand
        assert dict(found.arrives) == {
            lot.lot: arrival_by_hand(company, lot, found.delay) for lot in company.in_transit
        }


@given(companies())
@settings(max_examples=100, deadline=None)
def test_dates_are_those_counted_day_by_day(company: Company) -> None:
    """Looked at for two years, as the program does; a supplier that sends nothing more is a company without its lots."""
    found = line_stops(company)
    stock = lost_by_hand(company, None, lots=False, until=found.dates_until)
    licensed = lost_by_hand(company, None, until=found.dates_until)
    fewer = lost_by_hand(without(company, "S1"), None, until=found.dates_until)
    for row in found.parts:
        key = (row.plant, row.part)
        assert row.layers["stock"] == next(iter(stock[key]), None)
        assert row.layers["licensed"] == next(iter(licensed[key]), None)
        if "S1" in row.suppliers:
            assert row.suppliers["S1"] == next(iter(fewer[key]), None)


@given(companies())
@settings(max_examples=100, deadline=None)
def test_the_stock_of_each_evening_is_that_counted_day_by_day(company: Company) -> None:
    """Between two points nothing arrives, so the stock falls by the use of the days that are met."""
    evenings: dict[tuple[str, str, Day], Fraction] = {}
    lost = lost_by_hand(company, None, evenings=evenings)
    for row in line_stops(company, until=UNTIL).stock:
        assert row.short_on == next(iter(lost[row.plant, row.part]), None)
        assert row.points[0][0] == COUNT
        assert row.points[-1][0] == UNTIL
        for (before, more), (day, kg) in pairwise(row.points):
            assert kg == evenings[row.plant, row.part, day]
            rising = [
                evenings[row.plant, row.part, PERIOD.day(at)]
                for at in range(PERIOD.index(before) + 1, PERIOD.index(day))
            ]
            assert rising == sorted(rising, reverse=True)
            assert all(kg <= each <= more for each in rising) or kg > more


@given(companies())
@settings(max_examples=60, deadline=None)
def test_a_plant_loses_a_day_when_any_of_its_parts_does(company: Company) -> None:
    found = line_stops(company)
    for row in found.scenarios:
        delay = next(each for each in company.delays if each.scenario == row.scenario)
        by_part = lost_by_hand(company, delay)
        lost = sorted({day for (plant, _), days in by_part.items() if plant == row.plant for day in days})
        assert (row.first_on, row.lost_days) == (next(iter(lost), None), len(lost))
        if lost:
            assert lost[0] in by_part[row.plant, row.part]
            assert row.cause
            assert row.recovers_on is None or row.recovers_on > lost[-1]


@given(companies(), st.integers(0, 3), st.integers(1, 40))
@settings(max_examples=60, deadline=None)
def test_more_stock_never_stops_sooner(company: Company, at: int, more: int) -> None:
    rows = list(company.stock)
    rows[at] = replace(rows[at], quantity_kg=rows[at].quantity_kg + more)
    before, after = line_stops(company), line_stops(replace(company, stock=tuple(rows)))
    for old, new in zip(before.parts, after.parts, strict=True):
        assert all((new.layers[layer] or NEVER) >= (old.layers[layer] or NEVER) for layer in old.layers)
    for key, chance in before.part_chances.items():
        assert after.part_chances[key] <= chance


@given(companies(), st.integers(1, 30))
@settings(max_examples=60, deadline=None)
def test_a_later_grant_never_loses_fewer_days_of_a_part(company: Company, later: int) -> None:
    """Of a part, not of a plant: what is lost sooner is there later, when another part of the plant may be missing."""

    def moved(row: Delay) -> Delay:
        return row if row.single_days == "refused" else replace(row, single_days=row.single_days + later)

    case = stop_case(company, PERIOD)
    old, new = outcomes(case, company.delays), outcomes(case, [moved(row) for row in company.delays])
    for before, after in zip(old, new, strict=True):
        assert all(after.lost[key].bit_count() >= lost.bit_count() for key, lost in before.lost.items())


@given(companies())
@settings(max_examples=60, deadline=None)
def test_a_clause_or_a_lost_supplier_never_helps(company: Company) -> None:
    for row in line_stops(company).parts:
        ends = [*row.clauses.values(), *row.suppliers.values()]
        assert all((end or NEVER) <= (row.layers["licensed"] or NEVER) for end in ends)
        assert (row.layers["stock"] or NEVER) <= (row.layers["cleared"] or NEVER) <= (row.layers["licensed"] or NEVER)


@given(companies(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_chances_fit_together(company: Company, independent: bool) -> None:
    found = line_stops(company, independent=independent)
    rows = {row.plant: row for row in found.chances}
    own = [rows[plant].standing for plant in PLANTS]
    assert max(own) <= rows[ANY].standing <= min(sum(own, Fraction(0)), Fraction(1))
    for row in rows.values():
        assert (row.by_day[-1][1] if row.by_day else 0) == row.standing
        assert sum(row.causes.values(), Fraction(0)) == (1 if row.standing else 0)
    assert all(chance <= rows[plant].standing for (plant, _), chance in found.part_chances.items())


@given(companies())
@settings(max_examples=40, deadline=None)
def test_independent_grants_and_renewals_are_every_pair_of_days(company: Company) -> None:
    """Each pair of a grant and a renewal has the product of their own chances; a plant stops in it or not."""
    chances = {plant: Fraction(0) for plant in PLANTS}
    means = {plant: Fraction(0) for plant in PLANTS}
    for grant in company.delays:
        for renewal in company.delays:
            lost = lost_by_hand(company, Delay("pair", Fraction(1), grant.single_days, renewal.renewal_days))
            for plant in PLANTS:
                days = {day for (at, _), found in lost.items() if at == plant for day in found}
                chances[plant] += grant.probability * renewal.probability * bool(days)
                means[plant] += grant.probability * renewal.probability * len(days)
    rows = {row.plant: row for row in line_stops(company, independent=True).chances}
    assert {plant: rows[plant].standing for plant in PLANTS} == chances
    assert {plant: rows[plant].mean_lost_days for plant in PLANTS} == means


@given(companies())
@settings(max_examples=60, deadline=None)
def test_elements_are_those_counted_day_by_day(company: Company) -> None:
    """One shelf for the company: everything counts by the element of the part that it is, whatever it may be used for."""
    found = line_stops(company)
    for row in found.elements:
        part = next(part for part, element in ELEMENTS.items() if element == row.name)
        shelf, coming = Fraction(0), list[tuple[Day, Fraction]]()
        for stock in company.stock:
            if stock.part == part and not (stock.serves and stock.released_on):
                shelf += stock.quantity_kg - stock.quarantine_kg
            if stock.part == part and stock.released_on:
                coming.append((stock.released_on, stock.quantity_kg if stock.serves else stock.quarantine_kg))
        assert row.usable_kg == shelf / 10
        for lot in company.in_transit:
            arrives = arrival_by_hand(company, lot, None)
            if lot.part == part and arrives is not None:
                coming.append((max(arrives, lot.released_on or arrives), lot.quantity_kg))
        assert row.stop_on == _empty_on(company, part, shelf, coming, found.dates_until)


def _empty_on(company: Company, part: str, shelf: Fraction, coming: list[tuple[Day, Fraction]], end: Day) -> Day | None:
    day = COUNT
    while day < end:
        day += timedelta(days=1)
        shelf += sum((kg for arrives, kg in coming if arrives == day), Fraction(0))
        if day == COUNT + timedelta(days=1):
            shelf += sum((kg for arrives, kg in coming if arrives < day), Fraction(0))
        for use in company.use:
            rests = use.plant == "P" and Day(2026, 12, 24) <= day <= Day(2027, 1, 3)
            if use.part == part and not rests and (use.calendar == "calendar" or day.isoweekday() < 6):
                shelf -= use.quantity_kg
        if shelf < 0:
            return day
    return None


@given(companies(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_lots_changes_no_date(company: Company, random: object) -> None:
    lots = list(company.in_transit)
    random.shuffle(lots)  # type: ignore[attr-defined] # a generator of hypothesis
    found, other = line_stops(company), line_stops(replace(company, in_transit=tuple(lots)))
    assert [row.layers for row in found.parts] == [row.layers for row in other.parts]
    assert [(r.first_on, r.lost_days) for r in found.scenarios] == [(r.first_on, r.lost_days) for r in other.scenarios]


@given(companies())
@settings(max_examples=60, deadline=None)
def test_held_lots_are_as_if_they_were_not_entered(company: Company) -> None:
    """Lots past Chinese customs are gone, so that only waiting ones are held."""
    held = frozenset(lot.lot for lot in company.in_transit)
    left = tuple(lot for lot in company.in_transit if lot.state == "cleared")
    found, other = line_stops(company, held=held), line_stops(replace(company, in_transit=left))
    assert [row.layers for row in found.parts] == [row.layers for row in other.parts]
    assert found.part_chances == other.part_chances


def test_elements_are_pooled_day_by_day() -> None:
    """10 kg of a part with 10 % Dy, used 2 kg a day, and as much at a plant that rests at weekends.

    2 kg of Dy are there; 0.2 are used on a weekend day, 0.4 on others. 21 and 22 November 2026 are a weekend: 0.4 are
    used by the 22nd, four days more use 1.6, to the 26th; the 27th is not met.
    """
    company = Company(
        settings=CompanySettings(as_of=COUNT, until=COUNT + timedelta(days=30)),
        parts=(Part("A", "N42", "", "", None, None, {"Dy": Fraction(1, 10)}, frozenset()),),
        plants=(Plant("P", "", "", None), Plant("Q", "", "", None)),
        use=(
            Use("P", "A", Fraction(2), "day", "calendar"),
            Use("Q", "A", Fraction(2), "day", "working"),
        ),
        stock=tuple(Stock(plant, "A", Fraction(10), Fraction(0), None, "") for plant in PLANTS),
    )
    found = line_stops(company)
    assert [(row.name, row.usable_kg, row.stop_on) for row in found.elements] == [
        ("Dy", Fraction(2), Day(2026, 11, 27))
    ]
    assert [(row.name, row.usable_kg, row.stop_on) for row in found.grades] == [
        ("N42", Fraction(20), Day(2026, 11, 27))
    ]
    assert (found.chances, found.scenarios) == ((), ())
