"""For which day an option is decided, and how long a licence takes by law."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

import coercivity
from coercivity.base.days import Day
from coercivity.cases.arguments import PACKED
from coercivity.firm.option_law.licence_time import after_months, whole_months
from coercivity.firm.option_law.options_law import options_law
from coercivity.law.rules.model import Outcome
from tests.unit.firm.option_law.workbooks import GOODS, UNLISTED, brenner, law_of, wind


def test_a_licence_that_takes_longer_than_the_months_entered_counts_with_its_own_time() -> None:
    """45 working days from 15 June 2026 end on 18 August, so that month 3 is over: usable from month 4 on."""
    one = law_of(brenner())["air heavy"]
    assert one.licence is not None
    assert (str(one.licence.filed_on), str(one.licence.decided_by)) == ("2026-06-15", "2026-08-18")
    assert (one.licence.entered, one.licence.months, one.months) == (0, 3, 3)
    assert one.day_from == "licence"


def test_a_licence_in_time_changes_no_month() -> None:
    one = law_of(brenner())["lean"]
    assert (one.months, one.day_from) == (5, "usable")


def test_a_general_licence_that_names_the_plant_takes_no_time() -> None:
    held = "licences:\n- {licence: G1, supplier: S1, kind: general, state: granted, names: INN, valid_until: '2026-12-31'}\n"
    one = law_of(brenner(("grades:\n", f"{held}grades:\n")))["air heavy"]
    assert one.licence is not None
    assert (one.licence.held, one.months, str(one.on)) == ("G1", 0, "2026-06-15")


def test_stock_says_under_which_licence_it_leaves_or_how_long_one_takes() -> None:
    """It waits three months for the licence and one by sea; under one in hand it leaves at once."""
    one = law_of(brenner())["B"]
    assert one.licence is not None
    assert (str(one.licence.filed_on), str(one.licence.decided_by), one.months) == ("2026-06-15", "2026-08-18", 4)
    held = "licences:\n- {licence: G1, supplier: S1, kind: general, state: granted, names: INN, valid_until: '2026-12-31'}\n"
    stock = law_of(brenner(("grades:\n", f"{held}grades:\n")))["B"]
    under = stock.licence
    assert under is not None
    assert (stock.months, stock.held_late) == (0, 6)
    assert (under.held, str(under.held_until), under.decided_by) == ("G1", "2026-12-31", None)


def test_filing_ahead_takes_no_licence_time_of_its_own() -> None:
    one = law_of(brenner())["filing"]
    assert (one.licence, one.months) == (None, 0)


def test_a_licence_after_the_last_month_is_not_counted() -> None:
    whole = wind(plant=UNLISTED, option=GOODS)
    assert (law_of(whole)["second"].months, law_of(whole)["second"].counted) == (3, True)
    short = replace(whole, monthly_use={"magnet": {month: Fraction(10) for month in (1, 2, 3)}})
    one = law_of(short)["second"]
    assert (one.outcome, one.counted, one.not_counted) == (Outcome.LICENCE, False, "too late")


def test_the_first_day_may_be_given_with_the_question() -> None:
    said = options_law(PACKED.book(), brenner(), on=Day(2026, 3, 2))
    assert {one.name: str(one.on) for one in said}["air"] == "2026-03-02"


def test_a_day_of_its_own_comes_before_all() -> None:
    company = brenner(
        ("part: M-A}\n- {option: air heavy", "part: M-A, decided_on: '2026-08-03'}\n- {option: air heavy")
    )
    one = law_of(company)["air"]
    assert (str(one.on), one.day_from) == ("2026-08-03", "given")


@pytest.mark.parametrize(
    ("day", "name", "cells", "outcome", "on"),
    [
        ("2026-02-23", "second", "plant: TOLL, part: Dy", Outcome.STOP, "2026-09-15"),  # listed on 24 February
        ("2025-04-03", "air heavy", "plant: INN, part: M-C}\n- {option: lean", Outcome.LICENCE, "2026-09-15"),
        ("2026-02-24", "second", "plant: TOLL, part: Dy", Outcome.STOP, "2026-02-24"),
    ],
)
def test_a_day_of_its_own_frees_nothing_of_what_goes_once_it_is_usable(
    day: str, name: str, cells: str, outcome: Outcome, on: str
) -> None:
    """Goods go month by month: they are decided for the day given and for the first day on which they are used."""
    head, brace, tail = cells.partition("}")
    one = law_of(brenner((cells, f"{head}, decided_on: '{day}'{brace}{tail}")))[name]
    assert (one.outcome, str(one.on)) == (outcome, on)


def test_a_day_before_the_law_that_is_known_is_open() -> None:
    """The rulebook knows nothing of 2001, so it may not say that goods proceed."""
    company = brenner(
        ("part: M-A}\n- {option: air heavy", "part: M-A, decided_on: '2001-01-02'}\n- {option: air heavy")
    )
    one = law_of(company)["air"]
    assert (one.outcome, one.counted) == (Outcome.UNKNOWN, False)


def test_a_day_after_the_last_check_is_open_where_no_licence_is_known_to_be_required() -> None:
    company = brenner(
        ("part: M-A}\n- {option: air heavy", "part: M-A, decided_on: '2027-03-01'}\n- {option: air heavy")
    )
    one = law_of(company)["air"]
    assert (one.outcome, one.not_counted) == (Outcome.UNKNOWN, "not checked so far")


def test_a_general_licence_that_ends_within_the_plan_says_until_when_it_covers() -> None:
    cells = "licences:\n- {licence: G1, supplier: S1, kind: general, state: granted, names: INN, valid_until: '2026-09-14'}\n"
    company = brenner(("grades:\n", f"{cells}grades:\n"))
    time = law_of(company)["air heavy"].licence
    assert time is not None
    assert (time.held, str(time.held_until), time.months) == ("G1", "2026-09-14", 0)
    told = " ".join(" ".join(coercivity.best_mix(company).lines()).split())
    assert "air heavy goes under the general licence G1, so no licence time is added. It ends on 2026-09-14" in told


def test_without_any_day_the_law_is_not_asked() -> None:
    one = law_of(brenner(("  as_of: '2026-06-15'\n", "")))["air"]
    assert (one.outcome, one.missing) == (None, ("Options decided_on of air",))


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2026-06-15", "2026-06-15", 0),
        ("2026-06-15", "2026-06-16", 1),
        ("2026-06-15", "2026-07-15", 1),
        ("2026-06-15", "2026-08-18", 3),
        ("2026-01-31", "2026-02-28", 1),
        ("2026-11-30", "2027-02-28", 3),
    ],
)
def test_whole_months(start: str, end: str, months: int) -> None:
    first, last = Day.fromisoformat(start), Day.fromisoformat(end)
    assert whole_months(first, last) == months
    assert after_months(first, months) >= last
    assert months == 0 or after_months(first, months - 1) < last
