"""The rows that draws draw in a cut."""

from __future__ import annotations

from coercivity.base.days import parse_day
from coercivity.data.packs import open_pack
from coercivity.ensemble.cut_rows import cut_rows
from coercivity.ensemble.draw import figures_at, point_of
from coercivity.ensemble.rows import PACKS, drawn_rows

DAY = parse_day("2025-04-30")


def test_a_cut_draws_no_row_that_was_not_known() -> None:
    """Every drawn row is in a cut pack; those of the whole packs that are not drawn in it were removed."""
    held = {f"{name}:{key}" for pack in (open_pack(each, DAY) for each in PACKS) for name in pack.schemas
            for key in pack.table(name).text(pack.schemas[name].key[0])}  # fmt: skip
    drawn = {row.name for row in cut_rows(DAY)}
    assert drawn <= held
    assert {row.name for row in drawn_rows()} - drawn == {row.name for row in drawn_rows()} - held


def test_a_replacing_row_takes_the_coordinate_of_the_row_that_it_replaces() -> None:
    """So that a design is the same with and without a cut; its range is its own, and without a cut it is not drawn."""
    rows = {row.name: row for row in cut_rows(DAY)}
    assert "economics:E073" not in rows
    assert (rows["economics:E086"].leader, rows["economics:E086"].free) == ("economics:E073", False)
    assert "economics:E086" not in {row.name for row in drawn_rows()}
    place = point_of(0, 3)
    low, high = (figures_at({**place, "economics:E073": at}, DAY)["economics:E086"] for at in (0.001, 0.999))
    assert -0.45 <= low < high <= -0.07


def test_rows_that_were_known_are_drawn_as_without_a_cut() -> None:
    place = point_of(0, 3)
    whole, cut = figures_at(place), figures_at(place, DAY)
    assert len(cut) > 500
    assert all(cut[name] == value for name, value in whole.items() if name in cut)
