"""A value of one project alone, and figures that go on after the last year: both worked by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

import coercivity
from coercivity.base.errors import CoercivityError
from coercivity.ministry.fund.model import (
    CapacityRow,
    FundBook,
    FundSettings,
    InstrumentRow,
    PathRow,
    ProjectRow,
    ValueRow,
)

NOW, LATER = Fraction(100), Fraction(200)


def book(*values: ValueRow, years_after: int | None = None) -> FundBook:
    """Returns two like plants of 100 and 200 t on one path, discounted by a quarter a year."""
    plants = [
        ProjectRow(name, "", "metal", "NdPr", Fraction(1), "no", None, None, {0: Fraction(1)}, {})
        for name in ("A", "B")
    ]
    return FundBook(
        settings=FundSettings(budget_musd=Fraction(10), discount=Fraction(1, 4), years_after=years_after),
        projects=tuple(plants),
        capacity=(CapacityRow("A", {2027: NOW, 2028: NOW}), CapacityRow("B", {2027: NOW, 2028: LATER})),
        paths=(PathRow("lapse", Fraction(1)),),
        values=(ValueRow("lapse", "metal", "NdPr", {2027: Fraction(10), 2028: Fraction(10)}), *values),
        instruments=(
            InstrumentRow("A", "grant", Fraction(1), None),
            InstrumentRow("B", "offtake", Fraction(2), None),
        ),
    )


def worth(given: FundBook) -> dict[str, tuple[Fraction, Fraction]]:
    """Returns value and cost of each project alone [MUSD]."""
    case = coercivity.fund(given).found.case
    return {case.projects[offer.project]: (case.value_musd[offer.project][0], offer.mean_musd) for offer in case.offers}


def test_a_value_of_a_project_counts_for_it_alone() -> None:
    own = ValueRow("lapse", "metal", "NdPr", {2027: Fraction(20), 2028: Fraction(20)}, project="B")
    found = worth(book(own))
    # A: 100 t x 10 USD/kg now and 0.8 of it a year later; B: 100 t, then 200 t, each worth 20.
    assert found["A"][0] == Fraction("1.8")
    assert found["B"][0] == Fraction("5.2")


def test_figures_of_the_last_year_go_on_for_two_years() -> None:
    found = worth(book(years_after=2))
    # The last year counts 0.8 + 0.64 + 0.512 = 1.952 times; a grant is paid once, a premium as long as the plant runs.
    assert found["A"] == (1 + Fraction("1.952"), Fraction(1))
    assert found["B"] == (1 + 2 * Fraction("1.952"), Fraction("0.2") + Fraction("0.4") * Fraction("1.952"))


def test_without_them_nothing_goes_on() -> None:
    assert worth(book(years_after=0)) == worth(book())


def test_no_value_for_all_is_needed_if_each_project_has_its_own() -> None:
    given = book()
    rows = [replace(given.values[0], project=name) for name in ("A", "B")]
    assert worth(replace(given, values=tuple(rows))) == worth(given)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (ValueRow("lapse", "metal", "NdPr", {2027: NOW, 2028: NOW}, project="C"), "there is no project C"),
        (ValueRow("lapse", "mine", "NdPr", {2027: NOW, 2028: NOW}, project="B"), "is one of metal NdPr in its sheet"),
    ],
)
def test_a_value_of_a_project_that_is_not_there_or_of_another_stage_is_told(row: ValueRow, what: str) -> None:
    with pytest.raises(CoercivityError) as told:
        coercivity.fund(book(row))
    assert what in str(told.value)


def test_a_project_without_any_value_is_told() -> None:
    given = book()
    own = replace(given.values[0], project="A")
    with pytest.raises(CoercivityError) as told:
        coercivity.fund(replace(given, values=(own,)))
    assert "metal NdPr" in str(told.value)


def test_what_is_late_catches_up_in_the_years_after() -> None:
    given = book(years_after=1)
    late = tuple(replace(row, slips={0: Fraction(0), 1: Fraction(1)}) for row in given.projects)
    # A: 100 t in 2027 and 2028, a year late: nothing, 100 t, and 100 t in the year after, at 10 USD/kg.
    # B: 100 t, then 200 t: nothing, 100 t, and 200 t in the year after; its premium of 2 USD/kg follows.
    found = worth(replace(given, projects=late))
    assert found["A"][0] == Fraction("0.8") + Fraction("0.64")
    assert found["B"] == (Fraction("0.8") + 2 * Fraction("0.64"), Fraction("0.16") + Fraction("0.256"))
