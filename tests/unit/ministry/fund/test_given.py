"""Marginal values and projects from elsewhere in place of those of the workbook, checked as those of a file are."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

import coercivity
from coercivity.ministry.fund.model import FundBook, ValueRow
from coercivity.ministry.fund.read import fund_book_of
from tests.unit.ministry.fund.books import EXAMPLE, answer, without

BOOK = fund_book_of(EXAMPLE)


def test_a_workbook_without_marginal_values_takes_those_given(tmp_path: Path) -> None:
    folder = without(tmp_path, "interaction")
    (folder / "values.csv").unlink()
    assert coercivity.fund(folder, values=BOOK.values).body == answer().body


def test_projects_and_capacity_given(tmp_path: Path) -> None:
    folder = without(tmp_path, "interaction")
    (folder / "projects.csv").unlink()
    (folder / "capacity.csv").unlink()
    assert coercivity.fund(folder, projects=BOOK.projects, capacity=BOOK.capacity).body == answer().body


def test_twice_the_values_make_each_project_worth_twice_as_much() -> None:
    rows = [replace(row, usd_per_kg={year: 2 * usd for year, usd in row.usd_per_kg.items()}) for row in BOOK.values]
    found = coercivity.fund(EXAMPLE, values=rows).body["projects"]
    for row, once in zip(found, answer().body["projects"], strict=True):
        assert float(row["mean_musd"]) == pytest.approx(2 * float(once["mean_musd"]))


def test_a_mean_over_draws_need_not_end() -> None:
    rows = [replace(row, usd_per_kg={year: usd / 3 for year, usd in row.usd_per_kg.items()}) for row in BOOK.values]
    found = coercivity.fund(EXAMPLE, values=rows).body["projects"][0]["mean_musd"]
    assert float(found) == pytest.approx(74.97 / 3, rel=1e-3)


def test_what_lacks_or_is_twice_is_told() -> None:
    rows = [*BOOK.values[1:], BOOK.values[1], ValueRow("lapse", "metal", "Dy", {2027: Fraction(1)})]
    with pytest.raises(coercivity.CoercivityError) as caught:
        coercivity.fund(EXAMPLE, values=rows)
    assert [f"{fault.where}: {fault.what}" for fault in caught.value.faults] == [
        "values entry 10: 'lapse separation Dy' is already in values entry 1",
        "values entry 11, 2028: no number for 2028, 2029, 2030, 2031",
        "values: separation Dy is missing on path extension",
    ]


def test_a_workbook_made_in_python_is_checked_too() -> None:
    assert coercivity.fund(BOOK).body == answer().body
    with pytest.raises(coercivity.CoercivityError) as caught:
        coercivity.fund(replace(BOOK, prices=()))
    assert caught.value.faults[0].what == "Dy is missing on path extension"
    with pytest.raises(coercivity.CoercivityError) as caught:
        coercivity.fund(FundBook(), budget=1)
    assert [fault.code for fault in caught.value.faults] == ["SHEET"] * 5
