"""A first company from ten values."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from fractions import Fraction

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped] # has no types

from coercivity.base.errors import CoercivityError
from coercivity.firm.company.spec import sheet_specs
from coercivity.verbs.workbook import (
    quick_fields,
    workbook_check,
    workbook_content,
    workbook_quick,
    workbook_quick_numbers,
)
from coercivity.workbooks.cells import read_cell

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


@pytest.mark.parametrize(
    ("changed", "until"),
    [
        ({}, dt.date(2027, 2, 20)),  # (1500 + 800) / 25 = 92 days after 2026-11-20
        ({"use_kg": "24"}, dt.date(2027, 2, 23)),  # 95.8 days: the 95th is the last that is met whole
        ({"lot_kg": "0"}, dt.date(2027, 1, 20)),  # stock lasts 60 days; the first day not met, the 61st, is looked at
        ({"stock_kg": "150000"}, dt.date(2027, 11, 20)),  # a year at most
    ],
)
def test_the_last_day_is_the_one_through_which_stock_and_the_next_lot_last(
    changed: dict[str, str], until: dt.date
) -> None:
    assert workbook_quick(TEN | changed).settings.until == until


def test_the_values_can_be_read_back_until_the_workbook_says_more() -> None:
    content = workbook_content(workbook_quick(TEN | {"use_kg": "18.5", "stock_kg": "1,240"}))
    company = workbook_check(content).company
    assert workbook_quick_numbers(company) == TEN | {"use_kg": "18.5", "stock_kg": "1240", "grade": "N42SH"}
    row = company.delays[0]
    assert workbook_quick_numbers(replace(company, delays=(replace(row, single_days=51), *company.delays[1:]))) == (
        TEN | {"use_kg": "18.5", "stock_kg": "1240", "grade": "N42SH", "usual_days": "51"}
    )
    half = tuple(replace(row, probability=Fraction(1, 2)) for row in company.delays)
    assert workbook_quick_numbers(replace(company, delays=half)) is None
    assert workbook_quick_numbers(replace(company, stock=())) is None


def test_a_wrong_value_is_never_told_to_be_the_example() -> None:
    with pytest.raises(CoercivityError) as raised:
        workbook_quick(TEN | {"lot_kg": "600 kg", "on": "20/11/2026", "slow_days": "4 months"})
    assert not [fault for fault in raised.value.faults if fault.next.startswith("write it as")]


@pytest.mark.parametrize(
    ("typed", "told"), [("1.240", "1240 or 1.24"), ("2.000", "2000 or 2"), ("12.500", "12500 or 12.5")]
)
def test_a_mass_that_may_be_thousands_is_asked_for_again(typed: str, told: str) -> None:
    """A plant in Italy writes 1.240 for 1,240 kg: read as 1.24 kg, its line would stop the next day."""
    with pytest.raises(CoercivityError, match=f"may be {told}"):
        workbook_quick(TEN | {"stock_kg": typed})
    assert workbook_quick(TEN | {"stock_kg": "18.125"}).stock[0].quantity_kg == Fraction("18.125")


@pytest.mark.parametrize(
    ("sheet", "column"), [("plants", "line_day_keur"), ("grades", "stock_cap_t"), ("limits", "value")]
)
def test_money_and_tonnes_are_asked_for_again_too(sheet: str, column: str) -> None:
    """A budget of 1.200 thousand euros is 1,200 in Berlin and 1.2 in Boston."""
    spec = sheet_specs()[sheet].column(column)
    assert spec is not None
    with pytest.raises(ValueError, match=r"'1\.200' may be 1200 or 1\.2; write one of the two"):
        read_cell("1.200", spec)
    assert [read_cell(text, spec) for text in ("1,200", "1.2", "0.125")] == [1200, Fraction("1.2"), Fraction("0.125")]


def test_units_in_a_chinese_workbook_are_chinese_and_it_loads_to_the_same() -> None:
    company = workbook_quick(TEN)
    made = workbook_content(company, lang="zh")
    heads = [cell.value for cell in load_workbook(io.BytesIO(made.content))["在途"][1]]
    assert "运输天数 (天)" in heads
    assert workbook_check(made).hash == workbook_check(workbook_content(company)).hash


def test_a_count_in_the_last_year_is_told() -> None:
    """The stop is looked for in the year after the count, and no calendar goes that far."""
    with pytest.raises(CoercivityError, match="2199-12-30 is too late"):
        workbook_quick(TEN | {"on": "2199-12-30", "leaves": "2199-12-31"})


def test_choices_are_told_in_the_language_that_was_typed() -> None:
    state = sheet_specs()["licences"].columns["state"]
    with pytest.raises(ValueError, match="已获证, 已申请"):
        read_cell("已批", state)
    with pytest.raises(ValueError, match="granted, filed"):
        read_cell("approved", state)
