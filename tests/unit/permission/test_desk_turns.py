"""Figures of the licensing desk with a last day hold through that day and not after it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from coercivity.base.months import month_of
from coercivity.permission.desk.cells import cells_of
from coercivity.permission.desk.from_practice import desk_of
from coercivity.practice.desk_tables import load_desk

BUCKET = ("mag_high", "CN", "JP", "civil")


def test_a_row_that_ends_in_the_middle_of_a_month_does_not_hold_in_the_next() -> None:
    """Figures of a month are those of its middle, the 15th: the last day of this row."""
    packed = load_desk()
    rows = tuple(replace(row, ends_on=dt.date(2025, 10, 15)) if row.id == "LD024" else row for row in packed.rows)
    first = month_of(dt.date(2025, 10, 1))
    desk = desk_of(cells_of([(BUCKET, 10.0)], {"JP": (("JP", 1.0),)}), replace(packed, rows=rows), first)
    assert desk.figures_of(first).returned.tolist() == [0.45]
    assert desk.figures_of(first + 1).returned.tolist() == [0.3]
