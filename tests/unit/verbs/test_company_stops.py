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


def test_a_stop_after_the_last_year_of_the_calendar_is_drawn() -> None:
    """100 kg, 1 kg a day, last from 31 December 2199 to 9 April 2200, beyond the years that a file may name."""
    found = company_stops(
        Content.of(
            "firm.yaml",
            "settings: {as_of: '2199-12-30', until: '2199-12-31'}\n"
            "parts: [{part: M1, grade: N42SH, NdPr: '30'}]\nplants: [{plant: GRZ}]\n"
            "use: [{plant: GRZ, part: M1, quantity_kg: '1', per: day}]\n"
            "stock: [{plant: GRZ, part: M1, quantity_kg: '100'}]\n",
        )
    )
    assert str(found.found.plants[0].stop_on) == "2200-04-10"
    assert "2200" in found.page()
