"""What a reader should check: floors that pay nothing or cover no cost, projects without an instrument, gaps."""

from __future__ import annotations

from pathlib import Path

import coercivity
from tests.unit.ministry.fund.books import answer, rewritten, without


def notes(folder: Path) -> list[tuple[str, str]]:
    """Returns the notes of a folder."""
    return [(note["kind"], note["project"]) for note in coercivity.fund(folder).body["notes"]]


def test_the_example_has_none() -> None:
    assert answer().body["notes"] == []


def test_a_floor_below_every_price_costs_nothing(tmp_path: Path) -> None:
    folder = rewritten(without(tmp_path, "prices"), "instruments", ("price floor,560", "price floor,100"))
    assert notes(folder) == [("floor_never_paid", "F1")]
    assert any(
        line.split()[:4] == ["F1", "price", "floor", "74.97"] and line.endswith("costs nothing")
        for line in coercivity.fund(folder).lines()
    )


def test_a_floor_below_the_cost_of_the_project(tmp_path: Path) -> None:
    folder = without(tmp_path, "prices")
    path = folder / "projects.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    costs = ["cost_usd_per_kg", "600", "", "", "", ""]
    path.write_text("\n".join(f"{row},{cost}" for row, cost in zip(rows, costs, strict=True)), encoding="utf-8")
    assert notes(folder) == [("floor_below_cost", "F1")]


def test_a_project_without_an_instrument_is_valued_and_not_chosen(tmp_path: Path) -> None:
    folder = without(tmp_path, "instruments", "F5,grant", "F5,stockpile")
    body = coercivity.fund(folder).body
    assert [(note["kind"], note["project"]) for note in body["notes"]] == [("no_instrument", "F5")]
    assert all("F5" not in row["projects"] for row in body["sets"])
    assert float(body["projects"][4]["mean_musd"]) > 100


def test_a_gain_from_a_sale_pays_for_nothing_else(tmp_path: Path) -> None:
    """Sold at three times the price the stockpile of F5 brings money; the budget of 150 is no larger for it."""
    folder = rewritten(without(tmp_path, "prices"), "instruments", ("stockpile,0.97", "stockpile,3"))
    body = coercivity.fund(folder).body
    assert ("pays_back", "F5") in notes(folder)
    assert body["ranking"][0]["per_dollar"] is None
    assert float(body["sets"][0]["held_musd"]["extension"]) <= 150
    assert all(float(one) >= 0 for row in body["sets"] for one in row["held_musd"].values())


def test_years_with_gaps_are_told(tmp_path: Path) -> None:
    folder = without(tmp_path, "interaction")
    for name in ("capacity", "values", "prices"):
        rewritten(folder, name, ("2031", "2035"))
    assert notes(folder) == [("gaps", "")]
