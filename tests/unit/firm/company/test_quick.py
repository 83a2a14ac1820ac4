"""A first company from ten values."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.verbs.workbook import quick_fields, workbook_check, workbook_content, workbook_quick

TEN = {
    "on": "2026-11-20", "plant": "GRZ", "grade": "42sh", "stock_kg": "1500", "use_kg": "25", "lot_kg": "800",
    "leaves": "2027-01-10", "transit_days": "36", "usual_days": "50", "slow_days": "120", "line_day_keur": "90",
}  # fmt: skip


def test_ten_values_make_a_workbook_that_loads_and_lacks_nothing_for_a_stop_date() -> None:
    found = workbook_check(workbook_content(workbook_quick(TEN)))
    assert found.lacks["stops"] == found.lacks["chances"] == []
    (part,), (lot,), (plant,) = found.company.parts, found.company.in_transit, found.company.plants
    assert (part.part, part.grade, part.shares) == ("N42SH", "N42SH", {})
    assert (lot.licence, lot.filed, lot.leaves, lot.transit_days) == (
        "F1",
        dt.date(2026, 11, 20),
        dt.date(2027, 1, 10),
        36,
    )
    assert [(row.probability, row.single_days) for row in found.company.delays] == [
        (Fraction(4, 5), 50),
        (Fraction(1, 5), 120),
    ]
    assert plant.line_day_keur == 90


def test_both_forms_of_it_say_the_same() -> None:
    company = workbook_quick(TEN)
    assert workbook_check(workbook_content(company, "yaml")).hash == workbook_check(workbook_content(company)).hash


def test_every_value_that_is_wrong_is_told_at_once_by_its_name() -> None:
    wrong = TEN | {
        "grade": "N60EH",
        "stock_kg": "0,25",
        "leaves": "2026-11-20",
        "slow_days": "40",
        "use_kg": "",
        "extra": "1",
    }
    with pytest.raises(CoercivityError) as raised:
        workbook_quick(wrong)
    assert {fault.where for fault in raised.value.faults} == {
        "grade",
        "stock_kg",
        "leaves",
        "slow_days",
        "use_kg",
        "extra",
    }


def test_the_example_of_every_field_can_be_read() -> None:
    assert workbook_quick({field.name: field.example for field in quick_fields()}).use[0].quantity_kg == 25
