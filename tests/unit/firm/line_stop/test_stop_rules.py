"""Rules of stops one at a time, and the faults of a workbook that only computing shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from textwrap import dedent

import pytest

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError
from coercivity.data.input import Content
from coercivity.firm.company.sources import company_of
from coercivity.firm.line_stop.results import LineStops, LotLaw
from coercivity.firm.line_stop.stops import line_stops

# 100 kg of A at P, 10 kg a day: met to 30 November 2026, not met from 1 December on. B at Q is there for years.
BASE = """
settings: {as_of: '2026-11-20', until: '2026-12-31'}
parts:
- {part: A, grade: N42SH, NdPr: '29', Dy: '1.5'}
- {part: B, grade: N42, NdPr: '30', Dy: '0'}
plants: [{plant: P, line_day_keur: '10'}, {plant: Q}]
use:
- {plant: P, part: A, quantity_kg: '10', per: day, calendar: calendar}
- {plant: Q, part: B, quantity_kg: '1', per: day}
stock: [{plant: P, part: A, quantity_kg: '100'}, {plant: Q, part: B, quantity_kg: '1000'}]
clauses: [{clause: K, elements: Dy}]
"""
DELAYS = """
delays:
- {scenario: d1, probability: '0.75', single_days: '30', renewal_days: '0'}
- {scenario: d2, probability: '0.25', single_days: refused, renewal_days: refused}
"""


def stops(*more: str, base: str = BASE, on: Day | None = None, until: Day | None = None) -> LineStops:
    text = "\n".join((base, *map(dedent, more)))
    return line_stops(company_of(Content.of("firm.yaml", text)), on=on, until=until)


def first(found: LineStops) -> Day | None:
    return found.parts[0].layers["licensed"]


def lot(*, quantity: int = 50, **cells: str) -> str:
    row = {"lot": "L", "supplier": "S", "part": "A", "plant": "P", "quantity_kg": str(quantity), "state": "waiting"}
    row |= {"licence": "none", "leaves": "2026-11-22", "transit_days": "5"} | cells
    return "in_transit: [{" + ", ".join(f"{key}: '{value}'" for key, value in row.items() if value) + "}]"


def faults(*more: str, base: str = BASE, on: Day | None = None, until: Day | None = None) -> list[tuple[str, str, str]]:
    with pytest.raises(CoercivityError) as caught:
        stops(*more, base=base, on=on, until=until)
    return [(fault.code, fault.where, fault.what) for fault in caught.value.faults]


def test_stock_alone() -> None:
    found = stops()
    assert first(found) == Day(2026, 12, 1)
    assert found.chances == ()
    assert found.scenarios == ()
    assert found.until == Day(2026, 12, 31)


def test_the_last_day_is_a_year_after_the_count_if_it_is_not_given() -> None:
    assert stops(base=BASE.replace(", until: '2026-12-31'", "")).until == Day(2027, 11, 20)


@pytest.mark.parametrize(
    ("per", "calendar", "quantity", "stop_on"),
    [
        ("week", "calendar", "70", Day(2026, 12, 1)),  # 10 a day
        # 10 on each of Monday to Friday from 23 November: ten of them end on 4 December.
        ("week", "working", "50", Day(2026, 12, 7)),
        ("year", "calendar", "3650", Day(2026, 12, 1)),
        ("year", "working", "2610", Day(2026, 12, 7)),
        ("month", "working", "217.5", Day(2026, 12, 7)),  # 217.5 x 12 / 261 = 10
    ],
)
def test_use_by_week_month_and_year(per: str, calendar: str, quantity: str, stop_on: Day) -> None:
    row = f"quantity_kg: '{quantity}', per: {per}, calendar: {calendar}"
    found = stops(base=BASE.replace("quantity_kg: '10', per: day, calendar: calendar", row))
    assert found.parts[0].use_kg == 10
    assert first(found) == stop_on


def test_a_lot_of_another_grade_covers_nothing_without_a_dated_release() -> None:
    """50 kg of B arrive on 27 November. They may be used for A only with a day of release, and from then on."""
    assert first(stops(lot(part="B"))) == Day(2026, 12, 1)
    assert first(stops(lot(part="B", serves="A"))) == Day(2026, 12, 1)
    assert first(stops(lot(part="B", serves="A", released_on="2026-11-25"))) == Day(2026, 12, 6)
    late = stops(lot(part="B", serves="A", released_on="2026-12-03"), DELAYS)
    assert first(late) == Day(2026, 12, 1)
    # Released on 3 December, 50 kg are five days: of the 31 days of December 26 are lost.
    assert late.scenarios[0].lost_days == 26


def test_stock_of_another_grade_covers_nothing_without_a_dated_release() -> None:
    row = "'1000'}, {plant: P, part: B, quantity_kg: '50', serves: A%s}"
    assert first(stops(base=BASE.replace("'1000'}", row % ""))) == Day(2026, 12, 1)
    assert first(stops(base=BASE.replace("'1000'}", row % ", released_on: '2026-11-25'"))) == Day(2026, 12, 6)


def test_goods_in_quarantine_count_from_their_release_on() -> None:
    row, base = "'100', quarantine_kg: '40'%s}", BASE.replace("'1000'}", "'1000', quarantine_kg: '0'}")
    assert first(stops(base=base.replace("'100'}", row % ""))) == Day(2026, 11, 27)
    assert first(stops(base=base.replace("'100'}", row % ", released_on: '2026-11-27'"))) == Day(2026, 12, 1)
    found = stops(base=base.replace("'100'}", row % ", released_on: '2026-11-20'"))
    assert (found.parts[0].usable_kg, first(found)) == (Fraction(100), Day(2026, 12, 1))


@pytest.mark.parametrize(
    ("names", "valid_until", "kind", "counts"),
    [
        ("P", "2026-11-22", "general", True),
        ("P", "2026-11-21", "general", False),
        ("Q", "2026-12-31", "general", False),
        ("", "2026-12-31", "general", False),  # a general licence covers only whom it names
        ("P", "2026-11-22", "single", True),
        ("P", "2026-11-21", "single", False),
        ("Q", "2026-12-31", "single", False),
        ("", "2026-12-31", "single", True),
    ],
)
def test_a_licence_counts_through_its_last_day_for_the_plants_it_names(
    names: str, valid_until: str, kind: str, counts: bool
) -> None:
    row = f"licences: [{{licence: X, supplier: S, kind: {kind}, state: granted, valid_until: '{valid_until}'"
    found = stops(row + (f", names: {names}}}]" if names else "}]"), lot(licence="X"))
    assert first(found) == (Day(2026, 12, 6) if counts else Day(2026, 12, 1))
    assert found.parts[0].waiting_kg == (0 if counts else 50)


def test_a_file_leaves_some_days_after_the_grant() -> None:
    """Filed on 1 November, granted 30 days later on 1 December, leaves on the 6th, or two days later, arrives after 5."""
    licence = "licences: [{licence: F, supplier: S, kind: single, state: filed, filed: '2026-11-01'}]"
    found = stops(licence, lot(licence="F", leaves=""), DELAYS)
    assert (found.scenarios[0].first_on, found.scenarios[0].lost_days) == (Day(2026, 12, 1), 31 - 5)
    assert (found.scenarios[0].cause, found.scenarios[0].cause_of) == ("grant", "F")
    assert (found.scenarios[2].cause, found.scenarios[2].cause_of) == ("refused", "F")
    base = BASE.replace("until: '2026-12-31'", "until: '2026-12-10', leaves_days_after_grant: '2'")
    # On 3 December, at the plant on the 8th: 1 to 7 December are lost.
    found = stops(licence, lot(licence="F", leaves=""), DELAYS, base=base)
    assert (found.scenarios[0].lost_days, found.scenarios[0].recovers_on) == (7, Day(2026, 12, 8))
    assert found.scenarios[2].recovers_on is None


def test_a_waiting_lot_has_not_left_before_the_count() -> None:
    """Filed on 1 October, a grant after 30 days would lie before the count, on whose evening the lot still waits."""
    licence = "licences: [{licence: F, supplier: S, kind: single, state: filed, filed: '2026-10-01'}]"
    found = stops(licence, lot(licence="F", leaves="", transit_days="15"), DELAYS)
    # It leaves on 20 November at the earliest and arrives on 5 December: 1 to 4 December are lost, and 10 to 31.
    assert (found.scenarios[0].first_on, found.scenarios[0].lost_days) == (Day(2026, 12, 1), 4 + 22)


def test_causes_where_no_decision_is_open() -> None:
    assert stops(DELAYS).scenarios[0].cause == "nothing under way"
    late = stops(DELAYS, lot(leaves="2026-12-10"))
    assert late.scenarios[0].cause == "too little"


def test_a_lot_that_the_law_holds_is_the_cause() -> None:
    """50 kg entered as free would arrive on 27 November; the law holds them, so that A is not met from 1 December on."""
    text = "\n".join((BASE, lot(), DELAYS))
    company = company_of(Content.of("firm.yaml", text))
    law = LotLaw("L", "LICENCE", (), None, False, (), (), held="licence needed")
    for found in (line_stops(company, law=[law]), line_stops(company, held=frozenset({"L"}))):
        assert (first(found), found.parts[0].waiting_kg) == (Day(2026, 12, 1), Fraction(50))
        assert (found.scenarios[0].cause, found.scenarios[0].cause_of) == ("held", "L")


def test_a_licence_that_does_not_name_the_plant_is_the_cause() -> None:
    row = "licences: [{licence: X, supplier: S, kind: single, state: granted, valid_until: '2026-12-31', names: Q}]"
    found = stops(row, lot(licence="X"), DELAYS)
    assert (found.scenarios[0].cause, found.scenarios[0].cause_of) == ("no licence", "X")


def test_a_lot_ready_after_the_grant_does_not_wait_for_it() -> None:
    licence = "licences: [{licence: F, supplier: S, kind: single, state: filed, filed: '2026-11-01'}]"
    found = stops(licence, lot(licence="F", leaves="2026-12-20"), DELAYS)
    assert found.scenarios[0].cause == "too little"


def test_a_clause_touches_a_part_whose_composition_is_not_said() -> None:
    """50 kg of a part are free. If it is stated to hold no Dy, the clause leaves it; a blank says nothing."""
    free = lot()
    stated = BASE.replace("Dy: '1.5'", "Dy: '0'")
    blank = BASE.replace(", Dy: '1.5'", "")
    assert stops(free, base=stated).parts[0].clauses["K"] == Day(2026, 12, 6)
    assert stops(free, base=blank).parts[0].clauses["K"] == Day(2026, 12, 1)
    assert stops(free).parts[0].clauses["K"] == Day(2026, 12, 1)


@pytest.mark.parametrize("element", ["NdPr", "Nd", "Pr", "nd"])
def test_neodymium_and_praseodymium_are_in_the_heading_ndpr(element: str) -> None:
    found = stops(lot(), base=BASE.replace("elements: Dy", f"elements: {element}"))
    assert found.parts[0].clauses["K"] == Day(2026, 12, 1)


def test_a_plant_without_a_cost_has_no_loss() -> None:
    """Q has no line_day_keur, so that its loss, and that of all, is not known."""
    base = BASE.replace(", {plant: Q, part: B, quantity_kg: '1000'}", "")
    rows = {row.plant: row for row in stops(DELAYS, base=base).chances}
    assert (rows["P"].mean_lost_days, rows["P"].mean_loss_keur) == (Fraction(31), Fraction(310))
    assert (rows["Q"].mean_lost_days, rows["Q"].mean_loss_keur) == (Fraction(41), None)
    assert rows["any"].mean_loss_keur is None
    assert rows["any"].standing == 1


def test_independent_as_the_workbook_says() -> None:
    base = BASE.replace("until: '2026-12-31'", "until: '2026-12-31', independent: 'yes'")
    found = stops(DELAYS, base=base)
    assert found.independent
    assert list(dict.fromkeys(row.scenario for row in found.scenarios)) == [
        "30/0",
        "30/refused",
        "refused/0",
        "refused/refused",
    ]


def test_bad_input_of_dates() -> None:
    assert faults(on=Day(2026, 11, 19)) == [
        (
            "AS-OF",
            "settings entry 1 (line 2), value",
            "stock was counted on 2026-11-20, after the requested date (2026-11-19)",
        )
    ]
    ((code, where, what),) = faults(base=BASE.replace("until: '2026-12-31'", "until: '2026-11-20'"))
    assert (code, what) == ("DAYS-ORDER", "the last day, 2026-11-20, is not after the stock count, 2026-11-20")
    assert where.startswith("settings")
    assert faults(until=Day(2026, 11, 1))[0][:2] == ("DAYS-ORDER", "until")
    assert "more than 3,660 days" in faults(until=Day(2126, 11, 1))[0][2]
    assert faults(on=Day(2027, 1, 1))[0][2] == "the last day, 2026-12-31, is before the day asked for, 2027-01-01"
    assert "more than 366 days before 2028-01-01" in faults(on=Day(2028, 1, 1), until=Day(2028, 2, 1))[0][2]
    assert faults(base=BASE.replace("as_of: '2026-11-20', ", ""))[0][0] == "AS-OF"


def test_a_lot_that_waits_for_no_decision_needs_its_day() -> None:
    assert [what for _, _, what in faults(lot(leaves=""))] == [
        "L waits for no decision, but the day on which it can leave is missing"
    ]


def test_a_lot_that_is_in_the_plant_is_in_the_stock() -> None:
    """Counted on the evening of 20 November, on which it arrived."""
    assert [(code, what) for code, _, what in faults(lot(state="cleared", arrives="2026-11-20", leaves=""))] == [
        ("DAYS-ORDER", "lot L arrived on 2026-11-20, which is not after the stock count, 2026-11-20")
    ]


def test_chances_that_do_not_add_up_to_one() -> None:
    assert [what for _, _, what in faults(DELAYS.replace("0.75", "0.65"))] == ["the chances add up to 0.9, not 1"]
    changed = company_of(Content.of("firm.yaml", BASE + DELAYS))
    fewer = replace(changed, delays=changed.delays[:1])
    with pytest.raises(CoercivityError, match=r"the chances of Delays add up to 0\.75, not 1"):
        line_stops(fewer)


def test_the_same_answer_twice() -> None:
    first_time, again = (stops(lot(), DELAYS, until=Day(2026, 11, 20) + timedelta(days=730)) for _ in range(2))
    assert first_time == again
    assert first_time.chances[0].mean_lost_days == Fraction(730 - 15)


def test_a_share_that_is_not_stated_never_moves_the_day_of_an_element() -> None:
    """A holds the dysprosium. If its share is not stated, the day is that of A, the first part that may hold it."""
    stated, blank = stops(), stops(base=BASE.replace(", Dy: '1.5'", ""))
    dy = [next(row for row in found.elements if row.name == "Dy") for found in (stated, blank)]
    assert [(str(row.stop_on), str(row.stock_stop_on), row.unstated) for row in dy] == [
        ("2026-12-01", "2026-12-01", ()),
        ("2026-12-01", "2026-12-01", ("A",)),
    ]


def test_an_element_pooled_with_a_blank_share_takes_the_first_day() -> None:
    """NdPr of A and B together lasts longer than A; with the share of A blank it is the day of A, not that of B."""
    found = stops(base=BASE.replace("NdPr: '29', ", ""))
    ndpr = next(row for row in found.elements if row.name == "NdPr")
    assert (str(ndpr.stop_on), ndpr.first_part, ndpr.unstated) == ("2026-12-01", ("P", "A"), ("A",))
