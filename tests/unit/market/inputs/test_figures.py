"""Figures with sources: each row used is recorded, and assumptions can be listed."""

from __future__ import annotations

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.data.packs import open_pack
from coercivity.market.inputs.figures import Figures


@pytest.fixture
def figures() -> Figures:
    return Figures(open_pack("world"))


def test_a_row_that_is_taken_is_noted(figures: Figures) -> None:
    assert (
        figures.assumption("AS230")
        == figures.value("assumptions", "AS230")
        == float(figures.row("assumptions", "AS230")["value"])
    )
    assert figures.taken == {"assumptions:AS230"}


def test_a_row_that_does_not_exist_is_told_with_the_nearest(figures: Figures) -> None:
    with pytest.raises(CoercivityError, match="ROW-UNKNOWN") as caught:
        figures.assumption("AS2300")
    (fault,) = caught.value.faults
    assert fault.where == "world/assumptions.csv"
    assert "AS230" in fault.nearest
    assert figures.taken == set()


def test_rows_are_found_by_their_cells_and_noted(figures: Figures) -> None:
    whole = figures.rows("assumptions")
    unit = whole["AS230"]["unit"]
    found = list(figures.where("assumptions", unit=unit))
    assert [row["id"] for row in found] == [key for key, row in whole.items() if row["unit"] == unit]
    assert figures.taken == {f"assumptions:{row['id']}" for row in found}
    assert list(figures.where("assumptions", unit="no unit")) == []


def test_what_rests_on_an_assumption_is_told_by_its_row(figures: Figures) -> None:
    figures.assumption("AS230")
    measured = next(
        f"{table}:{key}"
        for table in ("prices", "base_flows")
        for key, row in figures.rows(table).items()
        if row["quality"] != "assumed"
    )
    found = figures.resting(["assumptions:AS226", measured])
    assert [entry["row"] for entry in found] == ["assumptions:AS226", "assumptions:AS230"]
    row = figures.rows("assumptions")["AS230"]
    assert found[1]["value"] == row["value"]
    assert (found[1]["low"], found[1]["high"]) == (row.get("low", ""), row.get("high", ""))
    assert found[1]["unit"].startswith(row["unit"])


def test_an_assumption_has_a_key_and_a_number(figures: Figures) -> None:
    assert figures.assumption("china_vat") == figures.assumption("AS091") == 0.13
    assert figures.taken == {"assumptions:AS091"}


def test_an_event_is_told_with_its_share_and_range() -> None:
    practice = Figures(open_pack("practice"))
    (found,) = practice.resting(["practice_events:PE07"])
    row = practice.rows("practice_events")["PE07"]
    assert [found[key] for key in ("value", "low", "high", "unit")] == [
        row["share"],
        row["low"],
        row["high"],
        "fraction",
    ]
