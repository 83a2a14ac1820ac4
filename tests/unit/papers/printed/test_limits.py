"""A paper that is too large is refused before it is set, with all that is too much."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.papers.printed.limits import MOST_CELLS, MOST_COLUMNS, MOST_SECTIONS
from coercivity.papers.printed.pdf import pdf_of
from coercivity.papers.shared.paper.sections import PaperSection, PaperTable
from tests.unit.papers.printed.samples import english, with_table


def table(columns: int, rows: int) -> PaperTable:
    """A table of a size."""
    heads = tuple(map(str, range(columns)))
    return PaperTable("sized", "", heads, heads, (heads,) * rows, frozenset())


def test_too_many_sections_columns_and_cells_are_reported_at_once() -> None:
    parts = tuple(
        PaperSection(f"s{place}", "S", (), (table(MOST_COLUMNS + 1, 20),)) for place in range(MOST_SECTIONS + 1)
    )
    with pytest.raises(CoercivityError) as caught:
        pdf_of(replace(english(), sections=parts))
    told = [(fault.where, fault.what) for fault in caught.value.faults]
    assert told[0] == ("sections", f"at most {MOST_SECTIONS} sections can be printed, not {MOST_SECTIONS + 1}")
    assert told[1][0] == "tables"
    assert told[2] == ("sized", f"at most {MOST_COLUMNS} columns can be printed, not {MOST_COLUMNS + 1}")
    assert {fault.code for fault in caught.value.faults} == {"PDF-SIZE"}


def test_the_number_of_cells_is_bounded() -> None:
    with pytest.raises(CoercivityError, match="table cells can be printed"):
        pdf_of(with_table(table(10, MOST_CELLS // 10 + 1)))


def test_a_row_that_does_not_fit_its_head_is_reported() -> None:
    with pytest.raises(CoercivityError, match="a row has more or fewer cells"):
        pdf_of(with_table(replace(table(3, 1), rows=(("a", "b"),))))
