"""Prices on two bases are added up only if somebody accepts it, and the result says so."""

from __future__ import annotations

from pathlib import Path

import pytest

import coercivity
from coercivity.data.input import Content
from coercivity.firm.company.sources import company_of
from coercivity.firm.company.write.workbook import company_book
from tests.places import ROOT
from tests.unit.firm.company.books import changed, example_rows, faults_of, write_book

WIND = ROOT / "examples" / "firms" / "wind.yaml"
GRADE = ("loss_keur_per_t: '150'", "loss_keur_per_t: '150', price_basis: China domestic")
WHO = "Purchasing (M. Klein): the option is quoted in Rotterdam only"


def option(basis: str) -> tuple[str, str]:
    return "extra_keur_per_t: '30'", f"extra_keur_per_t: '30', price_basis: {basis}"


def test_two_bases_in_one_sum_are_a_fault_that_names_the_cells() -> None:
    (fault,) = faults_of(changed(GRADE, option("Rotterdam asking price"), path=WIND))
    assert fault.code == "PRICE-BASIS"
    assert fault.what == (
        "prices on different bases are added up: China domestic in grades entry 1 (line 7), price_basis; "
        "Rotterdam asking price in options entry 1 (line 16), price_basis"
    )
    assert "mixed_price_bases" in fault.next


def test_in_a_workbook_the_cells_are_named_by_letter(tmp_path: Path) -> None:
    sheets = example_rows(WIND)
    for name, basis in (("Grades", "contract"), ("Options", "spot")):
        sheets[name][0].append("price_basis")
        sheets[name][1].append(basis)
    (fault,) = faults_of(write_book(tmp_path / "wind.xlsx", sheets))
    assert fault.what.count("(cell ") == 2
    assert "Options row 2 (cell " in fault.what


def test_an_answer_in_settings_makes_it_a_warning_of_the_result() -> None:
    settings = ("settings:", f"settings:\n  mixed_price_bases: '{WHO}'")
    answer = coercivity.best_mix(changed(GRADE, option("Rotterdam asking price"), settings, path=WIND))
    assert answer.body["mixed_bases_accepted"] == WHO
    told = " ".join(" ".join(answer.lines()).split())
    assert f"China domestic (magnet), Rotterdam asking price (second). Accepted in Settings: {WHO}" in told


@pytest.mark.parametrize("basis", ["China domestic", "china  Domestic"])
def test_one_basis_however_it_is_typed_needs_no_answer(basis: str) -> None:
    answer = coercivity.best_mix(changed(GRADE, option(basis), path=WIND))
    assert answer.body["price_bases"] == [{"basis": "China domestic", "names": ["magnet", "second"]}]
    assert "Warning" not in " ".join(answer.lines())


def test_a_blank_basis_is_said_as_not_stated() -> None:
    answer = coercivity.best_mix(changed(GRADE, path=WIND))
    assert "Price basis not stated: second." in " ".join(answer.lines())
    assert "未说明价格口径：second。" in "".join(answer.lines("zh"))


def test_a_basis_loads_again_from_the_workbook() -> None:
    company = company_of(changed(GRADE, option("China domestic"), path=WIND))
    assert company_of(Content("wind.xlsx", company_book(company, "zh"))) == company
