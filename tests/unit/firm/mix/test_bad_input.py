"""What a mix cannot be chosen from: every fault by sheet and cell, all at once, and nothing computed."""

from __future__ import annotations

from pathlib import Path

import pytest

import coercivity
from coercivity.base.errors import Fault
from coercivity.data.input import Content, Input
from tests.places import ROOT
from tests.unit.firm.company.books import changed, example_rows, write_book

BRENNER = ROOT / "examples" / "firms" / "brenner.yaml"


def faults(source: Input, **asked: float) -> list[Fault]:
    """Returns the faults of a mix; fails if there is a result."""
    with pytest.raises(coercivity.CoercivityError) as caught:
        coercivity.best_mix(source, **asked)  # type: ignore[arg-type] # weight and cvar are numbers
    return list(caught.value.faults)


def test_seven_faults_of_four_sheets_and_of_the_question_are_told_at_once(tmp_path: Path) -> None:
    """A negative cost, chances below one, a lead time beyond the months, no such plant and grade, floor above cap."""
    sheets = example_rows(BRENNER)
    head, first = sheets["Grades"][0], sheets["Grades"][1]
    first[head.index("stock_cost_keur_per_t")] = "-9"
    chances = sheets["Scenarios"]
    chances[1][chances[0].index("probability")] = "0.37"
    options = sheets["Options"]
    options[1][options[0].index("months")] = "12"
    options[0].append("plant")
    options[2].append("Kiel")
    options[3][options[0].index("grades")] = "C D"
    columns: list[object] = [
        "contract",
        "supplier",
        "licence",
        "index",
        "a",
        "b",
        "floor",
        "cap",
        "volume_kg",
        "take_share",
        "start",
        "end",
    ]
    row: list[object] = [
        "C1",
        "S1",
        "none",
        "NdPr",
        "18",
        "0.31",
        "58",
        "40",
        "1000",
        "0.8",
        "2026-12-01",
        "2027-05-31",
    ]
    months: list[list[object]] = [[f"{year}-{month:02d}", "80"] for year, month in MONTHS]
    sheets |= {
        "Contracts": [columns, row],
        "Suppliers": [["supplier"], ["S1"]],
        "Plants": [["plant"], ["Husum"]],
        "Index": [["month", "NdPr"], *months],
    }
    told = faults(write_book(tmp_path / "brenner.xlsx", sheets), weight=2.0)
    shown = {f"{fault.where}: {fault.what}" for fault in told}
    for line in (
        "Grades row 2 (cell C2): stock_cost_keur_per_t: -9 is negative",
        "Scenarios: the chances add up to 0.97, not 1",
        "Options row 2 (cell D2): it can be used from month 13 on, after the last month, 12",
        "Options row 3 (cell H3): there is no plant Kiel",
        "Options row 4 (cell G4): there is no grade D",
        "Contracts row 2 (cell G2): the floor, 58, is above the cap, 40",
    ):
        assert line in shown, sorted(shown)
    assert "the weight on CVaR is between 0 and 1, not 2.0" in {fault.what for fault in told}


MONTHS = ((2026, 12), (2027, 1), (2027, 2), (2027, 3), (2027, 4), (2027, 5))


def test_without_an_option_the_sheet_is_named_and_stock_alone_offered() -> None:
    text = BRENNER.read_text(encoding="utf-8")
    head, _, rest = text.partition("options:\n")
    (fault,) = faults(Content.of("firm.yaml", head + "scenarios:" + rest.partition("scenarios:")[2]))
    assert (fault.code, fault.where) == ("SHEET", "Options")
    assert "stock alone" in fault.next


def test_an_impossible_request_names_the_least_change_that_helps() -> None:
    """No line may stop for 100 kEUR: budget and lost days clash."""
    source = changed(("{limit: budget, value: '700'}", "{limit: budget, value: '100'}"),
                     ("{limit: lost_line_days, value: '560'}", "{limit: lost_line_days, value: '0'}"), path=BRENNER)  # fmt: skip
    told = faults(source)
    assert {fault.code for fault in told} == {"INFEASIBLE"}
    assert "no plan keeps together: budget, lost_line_days" in [fault.what for fault in told]
    assert all(fault.next for fault in told)


def with_loss(keur_per_t: str) -> Content:
    """Returns Brenner with another loss of the grade A, which has 60."""
    return changed(
        (
            "stock_cost_keur_per_t: '9', loss_keur_per_t: '60'",
            f"stock_cost_keur_per_t: '9', loss_keur_per_t: '{keur_per_t}'",
        ),
        path=BRENNER,
    )


def test_a_loss_a_hundred_thousand_times_a_cost_has_the_plan_of_a_smaller_one() -> None:
    """A line that a few kilograms stop. Doing nothing grows with the loss, by the expected tonnes that are not served."""
    smaller, larger, largest = (coercivity.best_mix(with_loss(loss)).body for loss in ("50000", "100000", "300000"))
    assert smaller["best"]["options"] == larger["best"]["options"] == largest["best"]["options"]
    assert smaller["best"]["stock_t"] == larger["best"]["stock_t"] == largest["best"]["stock_t"]
    nothing = [float(body["do_nothing"]["mean_keur"]) for body in (smaller, larger, largest)]
    assert (nothing[2] - nothing[1]) / 200_000 == pytest.approx((nothing[1] - nothing[0]) / 50_000, rel=1e-9)


@pytest.mark.parametrize("loss", ["1000000000", "999999999999", "100000000000000"])
def test_figures_that_are_too_far_apart_are_told_with_the_largest(loss: str) -> None:
    """Never a trace of the solver, nor limits that are said to clash where they do not."""
    [fault] = faults(with_loss(loss))
    assert (fault.code, fault.where) == ("MIX-FIGURES", "grades entry 1 (line 8)")
    assert f"the largest is {loss}" in fault.what


def test_a_use_of_a_million_million_tonnes_is_told_too() -> None:
    """The plan would be lost in the rounding of a cost of that size."""
    [fault] = faults(changed(("{month: '1', A: '12'", "{month: '1', A: '1000000000000'"), path=BRENNER))
    assert (fault.code, fault.where) == ("MIX-FIGURES", "Monthly use, A")


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (("usual_a: '100'", "usual_a: '1000000000000'"), "grades entry 1 (line 5)"),
        (("usd_per_eur: '1.25'", "usd_per_eur: '0.0000001'"), "options entry 2 (line 11)"),
        (("a: '0', b: '1'", "a: '0', b: '10000000'"), "options entry 2 (line 11)"),
    ],
)
def test_a_price_that_becomes_too_large_is_refused_and_named(change: tuple[str, str], where: str) -> None:
    [fault] = faults(changed(change, path=ROOT / "examples" / "firms" / "indexed.yaml"))
    assert (fault.code, fault.where) == ("MIX-FIGURES", where)
