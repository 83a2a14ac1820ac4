"""What cannot be read or does not fit together: every fault at once, by sheet and cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped] # has no types

import coercivity
from coercivity.data.input import Content
from coercivity.ministry.fund.read import fund_book_of
from coercivity.ministry.fund.write import fund_file
from coercivity.verbs.fund import fund_template
from coercivity.verbs.messages import fault_in
from tests.unit.ministry.fund.books import EXAMPLE, changed, faults_of, rewritten, told, without


def test_three_faults_of_three_sheets_at_once(tmp_path: Path) -> None:
    """Slips above one, a price floor for a project that is not there, no value for a metal on a path."""
    folder = without(tmp_path, "values", "lapse,metal,NdPr")
    rewritten(folder, "projects", ("0.8,0.4,0.4,0.2", "0.8,0.4,0.4,0.3"))
    rewritten(folder, "instruments", ("F1,price floor", "F6,price floor"))
    faults = faults_of(folder)
    assert told(faults) == [
        "projects row 5: the chances of slip add up to 1.1, not 1",
        "values: metal NdPr is missing on path lapse",
        "instruments row 3, project: there is no project F6",
    ]
    assert faults[2].nearest[0].startswith("F")


def test_faults_of_a_workbook_name_the_cell(tmp_path: Path) -> None:
    text = fund_file(fund_book_of(changed(tmp_path)))
    path = tmp_path / "ministry.xlsx"
    path.write_bytes(text)
    book = load_workbook(path)
    book["Instruments"]["A3"] = "F6"
    book["Projects"]["I5"] = 0.5
    book.save(path)
    assert told(faults_of(path)) == [
        "Projects row 5: the chances of slip add up to 1.1, not 1",
        "Instruments row 3 (cell A3): there is no project F6",
    ]


def test_each_kind_of_contradiction_is_told_at_once(tmp_path: Path) -> None:
    folder = without(tmp_path, "prices", "lapse,Dy")
    rewritten(folder, "paths", ("lapse,0.4", "lapse,0.3"))
    rewritten(folder, "projects", ("yes,0.2,0.9,2", "yes,0.2,,"), ("no,0,0,0\nF2", "no,0.5,0,0\nF2"))
    rewritten(folder, "capacity", ("F4,0,0,900", "F4,0,,900"))
    rewritten(folder, "instruments", ("F2,loan,180,0.22", "F2,loan,180,"), ("F3,grant,95,", "F3,grant,95,0.5"))
    rewritten(folder, "interaction", ("lapse,F1,F5,-34", "extension,F5,F1,-34"), ("F2,F4,14", "F2,F2,14"))
    assert told(faults_of(folder)) == [
        "paths: the chances add up to 0.9, not 1",
        "projects row 2, refusal_extension: a chance of refusal is given, but the technology is not controlled",
        "projects row 4, controlled_technology: the chance that the technology is refused on path lapse is missing",
        "projects row 4, delay_years: the years of delay after a refusal are missing",
        "capacity row 5, 2028: no number for 2028",
        "instruments row 5, share: a loan needs a share",
        "instruments row 6, share: only a loan and a stockpile have a share",
        "prices: Dy is missing on path lapse",
        "interaction row 3: 'extension F5 F1' is already in interaction row 2",
        "interaction row 4, other: both projects of the pair are the same",
    ]


def test_a_project_twice_an_amount_missing_and_a_column_that_means_nothing(tmp_path: Path) -> None:
    folder = without(tmp_path, "prices")
    rewritten(folder, "projects", ("F2,metal and", "F1,metal and"), ("slip_2", "late"))
    rewritten(folder, "instruments", ("F1,grant,70,", "F1,grant,,"))
    rewritten(folder, "capacity", ("2031", "later"))
    found = told(faults_of(folder))
    assert "projects row 3: 'F1' is already in projects row 2" in found
    assert "instruments row 2, amount: amount is blank" in found
    assert "projects: the sheet has no column 'late'" in found
    assert "capacity: the sheet has no column 'later'" in found


def test_faults_of_the_question_come_with_those_of_the_workbook(tmp_path: Path) -> None:
    folder = without(tmp_path, "capacity", "F3")
    faults = faults_of(folder, budget=["0", "-2", "many"], technology="give", sets=0)
    assert told(faults) == [
        "capacity: project F3 is missing",
        "budget: the budget is above 0, not 0",
        "budget: the budget is above 0, not -2",
        "budget: 'many' is not a number; write digits and a point, such as 1200.5",
        "technology: 'give' is not one of none, given, refused",
        "sets: the number of sets is from 1 to 50, not 0",
    ]
    assert faults[4].nearest == ("given",)


def test_a_workbook_without_a_budget_asks_for_one(tmp_path: Path) -> None:
    assert told(faults_of(changed(tmp_path, ("  budget_musd: '150'\n", "")))) == ["budget: the budget is missing"]
    assert told(faults_of(changed(tmp_path, ("budget_musd: '150'", "budget_musd: '0'"))))[0].endswith("the budget is 0")


def test_the_empty_template_says_what_to_fill(tmp_path: Path) -> None:
    source = Content("ministry.xlsx", fund_template())
    found = told(faults_of(source))  # type: ignore[arg-type] # uploaded content
    assert found == [
        f"{name}: the sheet {name} is empty"
        for name in ("Projects", "Capacity", "Paths", "Marginal values", "Instruments")
    ]


def test_a_company_workbook_is_told_apart() -> None:
    firm = EXAMPLE.parents[1] / "firms" / "wind.yaml"
    assert "Grades: there is no sheet 'grades'" in [
        text.replace("grades:", "Grades:") for text in told(faults_of(firm))
    ]


def test_every_fault_has_its_chinese(tmp_path: Path) -> None:
    folder = without(tmp_path, "values", "lapse,metal,NdPr")
    rewritten(folder, "projects", ("yes,0.2,0.9,2", "yes,0.2,,"), ("0.8,0.4,0.4,0.2", "0.8,0.4,0.4,0.3"))
    rewritten(folder, "capacity", ("F5,15", "F6,15"), ("F4,0,0,900", "F4,0,,900"))
    rewritten(folder, "instruments", ("F2,loan,180,0.22", "F2,loan,180,"), ("F3,grant,95,", "F3,grant,95,0.5"))
    faults = faults_of(folder, budget="-1", sets=0)
    assert len(faults) == 11
    for fault in faults:
        chinese = fault_in(fault, "zh")
        assert chinese.what != fault.what
        assert chinese.next != fault.next


def test_a_number_of_sets_that_is_no_number_is_a_fault_with_those_of_the_budget() -> None:
    with pytest.raises(coercivity.CoercivityError) as caught:
        coercivity.fund(EXAMPLE, budget="nan", sets="four")  # as a notebook may
    assert [fault.what for fault in caught.value.faults] == [
        "'nan' is not a number; write digits and a point, such as 1200.5",
        "the number of sets is from 1 to 50, not four",
    ]
