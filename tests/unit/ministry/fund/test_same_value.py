"""Sets of the same value and cost: a project that adds nothing is not funded."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import coercivity
from coercivity.ministry.fund.model import (
    CapacityRow,
    FundBook,
    FundSettings,
    InstrumentRow,
    PathRow,
    PriceRow,
    ProjectRow,
    ValueRow,
)

PLAN = {2027: Fraction(0), 2028: Fraction(100), 2029: Fraction(100)}
FLAT = dict.fromkeys(PLAN, Fraction(10))


def book() -> FundBook:
    """Returns a stockpile of a plant whose technology is refused for certain and another plant.

    The first is delayed beyond the last year: it is worth nothing, and its stockpile buys nothing.
    """
    refused = {"lapse": Fraction(1)}
    late = ProjectRow("A", "", "metal", "NdPr", Fraction(1), "yes", 3, None, {0: Fraction(1)}, refused)
    built = ProjectRow("B", "", "metal", "NdPr", Fraction(1), "no", None, None, {0: Fraction(1)}, {})
    return FundBook(
        settings=FundSettings(budget_musd=Fraction(100), discount=Fraction(0)),
        projects=(late, built),
        capacity=tuple(CapacityRow(row.project, PLAN) for row in (late, built)),
        paths=(PathRow("lapse", Fraction(1)),),
        values=(ValueRow("lapse", "metal", "NdPr", FLAT),),
        prices=(PriceRow("lapse", "NdPr", FLAT),),
        instruments=(
            InstrumentRow("A", "stockpile", Fraction(1, 2), Fraction(1)),
            InstrumentRow("B", "grant", Fraction(1), None),
        ),
    )


def test_the_best_set_leaves_out_a_project_that_adds_nothing() -> None:
    body = coercivity.fund(book()).body
    assert [row["projects"] for row in body["sets"]] == [["B"], ["A", "B"], [], ["A"]]
    assert {row["cost_musd"] for row in body["sets"][:2]} == {"1"}
    assert body["by_path"][0]["projects"] == ["B"]
    assert body["least_regret"]["projects"] == ["B"]


def test_a_project_that_adds_value_is_funded_though_the_set_is_larger() -> None:
    given = book()
    free = tuple(replace(row, controlled_technology="no", delay_years=None, refusal={}) for row in given.projects)
    assert coercivity.fund(replace(given, projects=free)).body["sets"][0]["projects"] == ["A", "B"]
