"""Chains against a count of every path, day by day, which shares no code with the program."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.days import Day
from coercivity.firm.chain.answer import ChainAsked, chain_answer
from coercivity.firm.chain.backward import arrival_chances
from coercivity.firm.chain.exact import after_mode, passed
from coercivity.firm.chain.model import GeneralLicence
from coercivity.firm.chain.simulated import ChainDraws, share_by
from coercivity.firm.company.model import CalendarRow, Company
from tests.unit.firm.chain.chains import chain_of, days_of, small

START = Day(2027, 3, 1)
# A year with two breaks and one make-up day; every other Saturday and Sunday is off.
OFF = [(Day(2027, 3, 8), Day(2027, 3, 10)), (Day(2027, 4, 5), Day(2027, 4, 6))]
MAKE_UP = [Day(2027, 3, 13)]
ROWS = [CalendarRow(a, b, False, True, "") for a, b in OFF] + [CalendarRow(d, d, True, True, "") for d in MAKE_UP]


def works(day: Day) -> bool:
    if day in MAKE_UP:
        return True
    return day.weekday() < 5 and not any(first <= day <= last for first, last in OFF)


def walk(day: Day, days: int, unit: str) -> Day:
    while days:
        day += dt.timedelta(days=1)
        if unit == "calendar" or works(day):
            days -= 1
    return day


def by_hand(
    company: Company, day: Day, needed: Day, mode: str, *, at: int = 0, number: int = 1, through: Day | None = None
) -> Fraction:
    """Returns the chance of arrival: every path is followed until it arrives or is too late."""
    names = list(dict.fromkeys(row.stage for row in company.stages))
    names = [name for name in names if name not in ("sea", "air")] + [mode]
    if day > needed:
        return Fraction(0)
    if at == len(names):
        return Fraction(1)
    name = names[at]
    ways = [row for row in company.stages if row.stage == name]
    if through is not None and name == "ministry":
        found = Fraction(0)
        for row in [row for row in company.stages if row.stage == "certificate"]:
            done = walk(day, row.days, row.unit)
            if done <= through:
                found += row.probability * by_hand(company, done, needed, mode, at=at + 2)
            else:
                # The same alternative of the certificate is drawn again; its chance is in the weight.
                kept = tuple(each for each in company.stages if each.stage != "certificate" or each == row)
                found += by_hand(replace(company, stages=kept), day, needed, mode, at=at)
        return found
    back = [row for row in company.returns if row.stage == name]
    chance = Fraction(0)
    found = Fraction(0)
    for each in back:
        if each.first_round == number or (each.later and each.first_round < number):
            chance = each.chance
            again = walk(walk(day, each.found_on_day, "working"), each.rework_days, "working")
            found += chance * by_hand(company, again, needed, mode, at=at, number=number + 1)
    for row in ways:
        arrived = walk(day, row.days, row.unit)
        found += (1 - chance) * row.probability * by_hand(company, arrived, needed, mode, at=at + 1, through=through)
    return found


ways = st.sampled_from([[(2, "1")], [(1, "0.5"), (4, "0.5")], [(0, "0.25"), (3, "0.75")]])
units = st.sampled_from(["calendar", "working"])
returns = st.sampled_from(
    [
        [],
        [("ministry", 1, True, "0.25", 2, 1)],
        [("ministry", 1, False, "0.5", 3, 2), ("ministry", 2, True, "0.2", 1, 3)],
        [("ministry", 1, False, "1", 2, 0)],
        [("office", 1, True, "0.3", 1, 4), ("ministry", 1, False, "0.4", 4, 1)],
    ]
)


@st.composite
def companies(draw: st.DrawFn) -> Company:
    stages = [
        ("courier", draw(units), draw(ways)),
        ("office", "working", [(3, "0.5"), (2, "0.5")]),
        ("ministry", "working", draw(st.sampled_from([[(6, "1")], [(4, "0.5"), (7, "0.5")]]))),
        ("certificate", draw(units), draw(st.sampled_from([[(0, "1")], [(3, "1")], [(1, "0.5"), (4, "0.5")]]))),
        ("customs", draw(units), draw(ways)),
        ("sea", "calendar", [(9, "0.6"), (12, "0.4")]),
        ("air", draw(units), [(2, "1")]),
    ]
    return small(stages, draw(returns), ROWS)


@settings(max_examples=30, deadline=None)
@given(companies(), st.integers(10, 60), st.sampled_from(["sea", "air"]))
def test_chances_are_those_of_every_path(company: Company, ahead: int, mode: str) -> None:
    needed = START + dt.timedelta(days=ahead)
    chain, days = chain_of(company), days_of(company, START, needed)
    stage = next(each for each in chain.modes if each.name == mode)
    chances = arrival_chances(chain, stage, days, first=START.toordinal(), needed=needed.toordinal())
    expected = by_hand(company, START, needed, mode)
    assert chances.at(START.toordinal()) == expected
    arrived = after_mode(passed(START.toordinal(), chain, days), stage, days)
    forward = sum((arrived.probability(day) for day in arrived.by_day if day <= needed.toordinal()), Fraction(0))
    assert abs(forward - expected) < Fraction(1, 10**9)


@settings(max_examples=20, deadline=None)
@given(companies(), st.integers(10, 60), st.integers(0, 20))
def test_a_general_licence_is_counted_on_every_path(company: Company, ahead: int, valid: int) -> None:
    needed, through = START + dt.timedelta(days=ahead), START + dt.timedelta(days=valid)
    chain, days = chain_of(company), days_of(company, START, needed)
    general = GeneralLicence(through, ("Kiel",))
    stage = chain.modes[0]
    chances = arrival_chances(chain, stage, days, first=START.toordinal(), needed=needed.toordinal(), general=general)
    assert chances.at(START.toordinal()) == by_hand(company, START, needed, "sea", through=through)


@settings(max_examples=20, deadline=None)
@given(companies())
def test_signing_later_never_raises_the_chance(company: Company) -> None:
    needed = START + dt.timedelta(days=60)
    chain, days = chain_of(company), days_of(company, START, needed)
    for general in (None, GeneralLicence(START + dt.timedelta(days=15), ("Kiel",))):
        chances = arrival_chances(
            chain, chain.modes[0], days, first=START.toordinal(), needed=needed.toordinal(), general=general
        )
        assert list(chances.weights) == sorted(chances.weights, reverse=True)


@settings(max_examples=10, deadline=None)
@given(companies(), st.integers(20, 50))
def test_draws_agree_with_the_exact_chance(company: Company, ahead: int) -> None:
    needed = (START + dt.timedelta(days=ahead)).toordinal()
    chain, days = chain_of(company), days_of(company, START)
    drawn = ChainDraws(chain, days, 200_000).arrivals(START.toordinal())
    for stage in chain.modes:
        exact = arrival_chances(chain, stage, days, first=START.toordinal(), needed=needed).at(START.toordinal())
        assert abs(share_by(drawn[stage.name], needed) - exact) < Fraction(5, 1000)


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(["0.1", "0.3", "0.6"]), st.sampled_from(["0", "0.05", "0.3"]))
def test_more_returns_never_bring_goods_sooner(chance: str, more: str) -> None:
    stages = [
        ("ministry", "working", [(6, "1")]),
        ("sea", "calendar", [(9, "0.6"), (12, "0.4")]),
    ]
    told = []
    for each in (chance, str(Fraction(chance) + Fraction(more))):
        company = small(stages, [("ministry", 1, True, each, 3, 2)], ROWS)
        asked = ChainAsked(START, START + dt.timedelta(days=60), (Fraction(9, 10),))
        told.append(chain_answer(chain_of(company), days_of(company, START), asked).modes[0])
    few, many = told
    assert few.by_needed is not None
    assert many.by_needed is not None
    assert many.by_needed <= few.by_needed
    for level, day in few.quantiles.items():
        later = many.quantiles[level]
        assert day is None or later is None or day <= later


def test_a_chain_returned_nearly_for_ever_is_simulated_and_says_so() -> None:
    """With 0.99 in each round of one working day, thousands of rounds would be counted; the draws agree with them."""
    stages = [("ministry", "working", [(6, "1")]), ("sea", "calendar", [(9, "1")])]
    company = small(stages, [("ministry", 1, True, "0.99", 1, 0)], ROWS)
    needed = START + dt.timedelta(days=60)
    chain, days = chain_of(company), days_of(company, START)
    found = chain_answer(chain, days, ChainAsked(START, needed, (Fraction(9, 10),)))
    assert not found.exact
    assert found.draws == 200_000
    chances = arrival_chances(chain, chain.modes[0], days, first=START.toordinal(), needed=needed.toordinal())
    assert found.modes[0].by_needed is not None
    assert abs(found.modes[0].by_needed - chances.at(START.toordinal())) < Fraction(5, 1000)


def test_the_path_with_one_return_has_one() -> None:
    """Both stages return files; the ministry returns once: on its 5th working day, and again after 2, then a full 10."""
    rows = [("local office", 1, True, "0.2", 1, 1), ("ministry", 1, True, "0.25", 5, 2)]
    stages = [
        ("local office", "working", [(3, "1")]),
        ("ministry", "working", [(10, "1")]),
        ("sea", "calendar", [(9, "1")]),
    ]
    company = small(stages, rows, ROWS)
    found = chain_answer(chain_of(company), days_of(company, START), ChainAsked(START, None, (), "", None, (), 0))
    path = next(each for each in found.paths if each.name == "one_return").days
    ends = walk(START, 3, "working")
    returned = walk(ends, 5, "working")
    again = walk(returned, 2, "working")
    granted = walk(again, 10, "working")
    assert [day.on for day in path] == [ends, returned, again, granted, granted + dt.timedelta(days=9)]
