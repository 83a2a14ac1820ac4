"""Marginal values from elsewhere in place of those of the workbook."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

import coercivity
from coercivity.ministry.fund.model import ValueRow
from coercivity.ministry.fund.read import fund_book_of
from tests.unit.ministry.fund.books import EXAMPLE, answer


def test_the_same_values_give_the_same_answer() -> None:
    rows = fund_book_of(EXAMPLE).values
    assert coercivity.fund(EXAMPLE, values=rows).body["sets"] == answer().body["sets"]


def test_twice_the_values_make_each_project_worth_twice_as_much() -> None:
    rows = [
        replace(row, usd_per_kg={year: 2 * usd for year, usd in row.usd_per_kg.items()})
        for row in fund_book_of(EXAMPLE).values
    ]
    for row, once in zip(
        coercivity.fund(EXAMPLE, values=rows).body["projects"], answer().body["projects"], strict=True
    ):
        assert float(row["mean_musd"]) == pytest.approx(2 * float(once["mean_musd"]))


def test_what_lacks_or_is_twice_is_told() -> None:
    rows = list(fund_book_of(EXAMPLE).values)
    lacking = [*rows[1:], replace(rows[1]), ValueRow("lapse", "separation", "Dy", {2027: Fraction(1)})]
    with pytest.raises(coercivity.CoercivityError) as caught:
        coercivity.fund(EXAMPLE, values=[row for row in lacking if row is not rows[1]])
    found = [f"{fault.where}: {fault.what}" for fault in caught.value.faults]
    assert "Marginal values: separation Dy is missing on path extension" in found
    assert any("is already in" in text for text in found)
