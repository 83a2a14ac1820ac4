"""Filings, waiting and money of three transfers, counted by hand, without and with a second vendor."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from coercivity.base.days import Day
from coercivity.base.sums import total
from coercivity.firm.company.model import Delay
from coercivity.firm.compliance.cost import Column, columns_of
from coercivity.firm.compliance.model import Compliance, Vendor
from coercivity.firm.compliance.transfers import Kind, Result, Transfer

ON = Day(2027, 1, 1)
HALF = Fraction(1, 2)
# Half of the files are granted after 30 days, four tenths after 90, one tenth is refused.
DELAYS = (
    Delay("fast", HALF, 30, 0),
    Delay("slow", Fraction(4, 10), 90, 0),
    Delay("refused", Fraction(1, 10), "refused", "refused"),
)
# 40 hours at 50 EUR are 2,000 EUR a filing, and fees of 500 EUR; 73 kEUR of margin a month are 2.4 kEUR a day.
STATED = Compliance(
    hours_per_filing=Fraction(40),
    hourly_cost=Fraction(50),
    fee_per_filing=Fraction(500),
    output_per_month=Fraction(73),
    margin=Fraction(1),
    start_up_days=10,
    plant_needs=("drawings", "furnace"),
)
VENDOR = Vendor("Kiln KK", "", "JP", ("drawings", "visit"), Fraction(100), 2, "none", "offer")


def transfer(name: str, kind: Kind, lapsed: str, extended: str, planned: Day | None = None) -> Transfer:
    """A transfer that nobody has filed yet."""
    results = {"lapsed": Result(lapsed, "c"), "extended": Result(extended, "c")}
    return Transfer(name, kind, None, True, planned, None, False, results)


DRAWINGS = transfer("drawings", "technology", "LICENCE", "STOP")
FURNACE = transfer("furnace", "equipment", "LICENCE", "PROCEED", Day(2027, 1, 16))
VISIT = transfer("visit", "service", "LICENCE", "PROCEED")
THREE = (DRAWINGS, FURNACE, VISIT)


def columns(stated: Compliance = STATED, delays: tuple[Delay, ...] = DELAYS) -> dict[tuple[str, bool], Column]:
    """Each variant by legal scenario, and whether the vendor delivers."""
    found = columns_of(THREE, ("lapsed", "extended"), stated, delays, ON)
    return {(one.scenario, one.with_vendor): one for one in found}


def test_without_a_second_vendor_while_the_suspension_lapses() -> None:
    """Filed on 1 January, both transfers are decided on the 31st or 1 April; without a file the furnace comes on the 16th.

    So the plant waits 15 or 75 days, and the granted scenarios have 5 and 4 tenths: (5 x 15 + 4 x 75) / 9 = 41 2/3 days
    of 2.4 kEUR are 100 kEUR. It runs 10 days after the decision: 10 February or 11 April.
    """
    found = columns()["lapsed", False]
    assert found.filings == ("drawings", "furnace", "visit")
    assert found.runs.waits_days == Fraction(125, 3)
    assert found.runs.days == (Day(2027, 2, 10), Day(2027, 2, 10), Day(2027, 4, 11))
    assert found.hours == 120
    assert found.money == {"staff": 6, "fees": Fraction(3, 2), "waiting": 100, "vendor": 0}
    assert found.sum_keur == Fraction(1075, 10)


def test_with_the_second_vendor_one_filing_is_left() -> None:
    """It delivers on 1 March, 44 days after the furnace could come at best; on 1 April, 75 after, if the file is slow.

    (5 x 44 + 4 x 75) / 9 = 57 7/9 days of 2.4 kEUR are 138.7 kEUR.
    """
    found = columns(replace(STATED, vendors=(VENDOR,)))["lapsed", True]
    assert found.filings == ("furnace",)
    assert found.runs.days == (Day(2027, 3, 11), Day(2027, 3, 11), Day(2027, 4, 11))
    assert found.money == {"staff": 2, "fees": HALF, "waiting": Fraction(1387, 10), "vendor": 100}
    assert found.sum_keur == Fraction(2412, 10)


def test_a_prohibited_transfer_that_the_plant_needs_stops_it_unless_the_vendor_replaces_it() -> None:
    """With the vendor nothing is left to file; 44 days of 2.4 kEUR are 105.6 kEUR."""
    found = columns(replace(STATED, vendors=(VENDOR,)))
    without, with_it = found["extended", False], found["extended", True]
    assert without.prohibited == without.runs.prohibited == ("drawings",)
    assert (without.runs.days, without.money["waiting"]) == ((), None)
    assert with_it.filings == with_it.prohibited == ()
    assert with_it.runs.days == (Day(2027, 3, 11),) * 3
    assert with_it.money == {"staff": 0, "fees": 0, "waiting": Fraction(1056, 10), "vendor": 100}


@pytest.mark.parametrize("key", [("lapsed", False), ("lapsed", True), ("extended", False), ("extended", True)])
def test_the_rows_add_up_exactly(key: tuple[str, bool]) -> None:
    """Also where a third of a euro is rounded: the sum is that of the rows, and every transfer is counted once."""
    odd = replace(STATED, vendors=(VENDOR,), hourly_cost=Fraction(100, 3), margin=Fraction(10, 7))
    found = columns(odd)[key]
    assert found.sum_keur == total(amount for amount in found.money.values() if amount is not None)
    counted = [*found.filings, *found.held, *found.prohibited, *found.undetermined, *found.free]
    assert sorted(counted) == (["furnace"] if found.with_vendor else ["drawings", "furnace", "visit"])


def test_a_figure_that_is_not_stated_is_missing_and_not_guessed() -> None:
    found = columns(replace(STATED, hourly_cost=None, margin=None))["lapsed", False]
    assert found.money == {"staff": None, "fees": Fraction(3, 2), "waiting": None, "vendor": 0}
    assert found.sum_keur == Fraction(3, 2)
    assert columns(delays=())["lapsed", False].runs.days == ()
    assert columns(replace(STATED, plant_needs=()))["lapsed", False].runs.waits_days is None


def test_a_file_that_was_filed_before_is_decided_sooner_and_a_licence_in_hand_waits_for_none() -> None:
    """Filed on 12 December, 20 days before, both are decided on 11 January: the furnace comes on the 16th as planned."""
    filed = tuple(replace(one, filed=Day(2026, 12, 12)) for one in THREE)
    sooner = columns_of(filed, ("lapsed",), STATED, DELAYS[:1], ON)[0]
    assert sooner.runs.waits_days == 0
    licensed = tuple(replace(one, licensed=True) for one in THREE)
    assert columns_of(licensed, ("lapsed",), STATED, (), ON)[0].runs.days == (Day(2027, 1, 26),) * 3
    assert columns_of(licensed, ("lapsed",), STATED, (), ON)[0].filings == ()
    assert columns_of(licensed, ("lapsed",), STATED, (), ON)[0].held == ("drawings", "furnace", "visit")


def test_a_vendor_that_delivers_before_the_planned_day_gains_nothing() -> None:
    """It could deliver the furnace on 1 February; the plan has it on 16 March with or without a vendor."""
    planned = (DRAWINGS, replace(FURNACE, planned=Day(2027, 3, 16)), VISIT)
    early = replace(VENDOR, replaces=("drawings", "furnace"), months=1)
    found = columns_of(planned, ("extended",), replace(STATED, vendors=(early,)), DELAYS, ON)[1]
    assert found.runs.waits_days == 0
    assert found.runs.days == (Day(2027, 3, 26),) * 3


def test_half_of_100_eur_is_rounded_up() -> None:
    """3 filings of 750 EUR are 2,250 EUR."""
    assert columns(replace(STATED, fee_per_filing=Fraction(750)))["lapsed", False].money["fees"] == Fraction(23, 10)
