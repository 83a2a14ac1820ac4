"""Draws of random small companies against the engine of scenarios and against a count day by day."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings

from coercivity.base.days import Day
from coercivity.firm.company.model import Company
from coercivity.firm.line_stop.days import Period
from coercivity.firm.line_stop.drawn.stops import REFUSED, DrawsPart, DrawStops, decisions_of, stops_in
from coercivity.firm.line_stop.scenarios import outcomes, scenario_plants
from coercivity.firm.line_stop.supply import stop_case
from tests.unit.firm.line_stop.companies import COUNT, UNTIL, companies, lost_by_hand

PERIOD = Period(COUNT, UNTIL)


def draws_of(company: Company) -> tuple[DrawStops, ...]:
    """Returns one draw for each row of Delays."""
    case = stop_case(company, PERIOD)
    decisions = decisions_of(case)
    days = {
        name: tuple(
            REFUSED if length == "refused" else int(length)
            for row in company.delays
            for length in [row.single_days if name[0] == "grant" else row.renewal_days]
        )
        for name in decisions.values()
    }
    return stops_in(DrawsPart(case, decisions, days, len(company.delays)))


@given(companies())
@settings(max_examples=100, deadline=None)
def test_a_draw_stops_as_the_scenario_with_the_same_days(company: Company) -> None:
    case = stop_case(company, PERIOD)
    rows = scenario_plants(case, outcomes(case, company.delays))
    usual = {(row.scenario, row.plant): row for row in rows}
    for delay, draw in zip(company.delays, draws_of(company), strict=True):
        for plant, stop in zip(case.plants, draw.plants, strict=True):
            row = usual[delay.scenario, plant]
            first = row.first_on.toordinal() if row.first_on is not None else None
            assert (stop.first, stop.lost) == (first, row.lost_days)
            assert stop.cause == (row.part, row.cause, row.cause_of)


@given(companies())
@settings(max_examples=100, deadline=None)
def test_first_days_not_met_are_those_counted_day_by_day(company: Company) -> None:
    case = stop_case(company, PERIOD)
    for delay, draw in zip(company.delays, draws_of(company), strict=True):
        by_hand = lost_by_hand(company, delay)
        for supply, first in zip(case.supplies, draw.parts, strict=True):
            days = by_hand[supply.plant, supply.part]
            assert (Day.fromordinal(first) if first is not None else None) == (days[0] if days else None)


@given(companies())
@settings(max_examples=20, deadline=None)
def test_masses_beyond_the_whole_numbers_of_an_array_are_counted_exactly(company: Company) -> None:
    """A million million times the use and the stock, plus a part in 10^9 of a kilogram, changes no day."""
    scale, crumb = Fraction(10**12), Fraction(1, 10**9)
    grown = replace(
        company,
        use=tuple(replace(row, quantity_kg=row.quantity_kg * scale) for row in company.use),
        stock=tuple(
            replace(row, quantity_kg=row.quantity_kg * scale + crumb, quarantine_kg=row.quarantine_kg * scale)
            for row in company.stock
        ),
        in_transit=tuple(replace(lot, quantity_kg=lot.quantity_kg * scale) for lot in company.in_transit),
    )
    assert [draw.parts for draw in draws_of(grown)] == [draw.parts for draw in draws_of(company)]
