"""A part by air against a count of stock day by day, and the mean time at a stage against its rounds."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.days import Day
from coercivity.firm.chain.air import air_answer
from coercivity.firm.chain.answer import mean_days
from coercivity.firm.chain.exact import passed
from coercivity.firm.chain.model import PartByAir
from tests.unit.firm.chain.chains import answer, chain_of, company, days_of, small

START = Day(2027, 3, 1)
CUSTOMS, AIR, SEA = [(2, "0.5"), (9, "0.25"), (20, "0.25")], [(3, "0.5"), (6, "0.5")], [(15, "0.6"), (24, "0.4")]


def lost_days(by_air: Day, by_sea: Day, part: PartByAir, mass_kg: Fraction) -> int:
    """Returns the days of use not met until the rest, and a part by air if there is one, arrive: from the stock of each day."""
    out_on = day = part.stock_through + dt.timedelta(days=1)
    stock, lost = Fraction(0), 0
    arrivals = [(by_sea, part.lot_kg - mass_kg), *([(by_air, mass_kg)] if mass_kg else [])]
    while day < max(arrived for arrived, _ in arrivals):
        stock += sum((mass for arrived, mass in arrivals if max(arrived, out_on) == day), Fraction(0))
        if stock >= part.use_kg:
            stock -= part.use_kg
        else:
            lost += 1
        day += dt.timedelta(days=1)
    return lost


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 50), st.integers(0, 900))
def test_lost_days_are_those_of_the_stock_of_each_day(stock_days: int, mass: int) -> None:
    part = PartByAir(START + dt.timedelta(days=stock_days), Fraction(40), Fraction(2000), Fraction(1000), Fraction(3))
    chain = chain_of(small([("customs", "calendar", CUSTOMS), ("sea", "calendar", SEA), ("air", "calendar", AIR)]))
    days = days_of(small([("sea", "calendar", SEA)]), START)
    found = air_answer(chain, passed(START.toordinal(), chain, days), days, part, (Fraction(mass),))
    assert found is not None
    mean, none = Fraction(0), Fraction(0)
    for ready, quick, slow in product(CUSTOMS, AIR, SEA):
        chance = Fraction(ready[1]) * Fraction(quick[1]) * Fraction(slow[1])
        through = START + dt.timedelta(days=ready[0])
        arrivals = (through + dt.timedelta(days=quick[0]), through + dt.timedelta(days=slow[0]))
        lost = lost_days(*arrivals, part, Fraction(mass))
        mean, none = mean + chance * lost, none + chance * (lost == 0)
    row = found.rows[-1]
    assert (row.mean_lost_days, row.chance_none) == (mean, none)
    assert row.total_usd == mass * 3 + mean * 1000


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 50), st.integers(0, 500))
def test_a_part_by_air_that_comes_after_the_rest_counts_too(stock_days: int, mass: int) -> None:
    """By air 3, 18 or 30 days, by sea 15 or 24, and a lot of 500 kg that lasts 12 days at most."""
    part = PartByAir(START + dt.timedelta(days=stock_days), Fraction(40), Fraction(500), Fraction(1000), Fraction(3))
    late = [(3, "0.2"), (18, "0.5"), (30, "0.3")]
    chain = chain_of(small([("customs", "calendar", CUSTOMS), ("sea", "calendar", SEA), ("air", "calendar", late)]))
    days = days_of(small([("sea", "calendar", SEA)]), START)
    found = air_answer(chain, passed(START.toordinal(), chain, days), days, part, (Fraction(mass),))
    assert found is not None
    mean, none = Fraction(0), Fraction(0)
    for ready, quick, slow in product(CUSTOMS, late, SEA):
        chance = Fraction(ready[1]) * Fraction(quick[1]) * Fraction(slow[1])
        through = START + dt.timedelta(days=ready[0])
        arrivals = (through + dt.timedelta(days=quick[0]), through + dt.timedelta(days=slow[0]))
        lost = lost_days(*arrivals, part, Fraction(mass))
        mean, none = mean + chance * lost, none + chance * (lost == 0)
    assert (found.rows[-1].mean_lost_days, found.rows[-1].chance_none) == (mean, none)


def test_the_cheapest_mass_is_the_best_of_all_whole_days() -> None:
    part = PartByAir(START + dt.timedelta(days=10), Fraction(40), Fraction(2000), Fraction(1000), Fraction(3))
    chain = chain_of(small([("customs", "calendar", CUSTOMS), ("sea", "calendar", SEA), ("air", "calendar", AIR)]))
    days = days_of(small([("sea", "calendar", SEA)]), START)
    ready = passed(START.toordinal(), chain, days)
    masses = [Fraction(40 * number) for number in range(51)]
    found = air_answer(chain, ready, days, part, masses)
    assert found is not None
    best = min(found.rows, key=lambda row: (row.total_usd, row.by_air_kg))
    assert found.best_kg == best.by_air_kg
    changed = next(row.by_air_kg for row in found.rows if row.chance_none > found.rows[0].chance_none)
    assert found.first_step_kg == changed


def test_a_change_that_nobody_can_read_is_no_first_step() -> None:
    """Stock lasts for years: only the tail of many returns comes later, far less than one in a million."""
    part = PartByAir(Day(2030, 1, 1), Fraction(40), Fraction(6000), Fraction(1000), Fraction(3))
    found = answer(company(), part=part).air
    assert found is not None
    assert found.rows[0].chance_none > 1 - Fraction(1, 10**6)
    assert found.first_step_kg is None


def test_a_chain_without_both_ways_has_no_part_by_air() -> None:
    part = PartByAir(START, Fraction(40), Fraction(2000), Fraction(1000), Fraction(3))
    chain = chain_of(small([("sea", "calendar", SEA)]))
    days = days_of(small([("sea", "calendar", SEA)]), START)
    assert air_answer(chain, passed(START.toordinal(), chain, days), days, part) is None


@pytest.mark.parametrize("closed", [True, False])
def test_the_mean_time_follows_the_rounds(closed: bool) -> None:
    """Rounds: 0.5 with 10 + 2 days, 0.2 with 20 + 5 days, and if open 0.2 in every later round.

    Closed: 30 + 0.5 x 12 + 0.1 x 25 = 38.5. Open: 30 + 0.5 x 12 + 0.5 x (0.2 + 0.04 + ...) x 25 = 39.125.
    """
    rows = [("ministry", 1, False, "0.5", 10, 2), ("ministry", 2, not closed, "0.2", 20, 5)]
    chain = chain_of(small([("ministry", "working", [(30, "1")]), ("sea", "calendar", SEA)], rows))
    assert mean_days(chain.stages[0], chain.returns["ministry"]) == (Fraction("38.5") if closed else Fraction("39.125"))
