"""The stops of a company from a file: what the answer says of rows that may be missing."""

from __future__ import annotations

from coercivity.data.input import Content
from coercivity.verbs.company import company_stops
from tests.places import ROOT

ALPENMOTOR = ROOT / "examples" / "firms" / "alpenmotor.yaml"


def test_goods_without_a_row_of_use_are_named() -> None:
    """Without its row of use M2 at Graz stops nothing; the paper says so, for a row may be missing."""
    row = "- {plant: GRZ, part: M2, quantity_kg: '25', per: day, calendar: calendar}\n"
    found = company_stops(Content.of("firm.yaml", ALPENMOTOR.read_text().replace(row, "")))
    assert found.body["assumed"]["unused"] == ["GRZ M2"]
    assert "the sheet Use has no row for it, so a lack of it stops nothing: GRZ M2" in " ".join(
        " ".join(found.lines()).split()
    )
    assert company_stops(ALPENMOTOR).body["assumed"]["unused"] == []
