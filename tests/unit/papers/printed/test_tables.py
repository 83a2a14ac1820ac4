"""Tables keep inside the page, whatever is in them; their texts do not overlap, and no number is broken."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from coercivity.papers.printed.pdf import pdf_of
from coercivity.papers.shared.paper.sections import PaperTable
from tests.unit.papers.printed.printed_pages import PIXELS_PER_CM, inked, pages, without_blanks
from tests.unit.papers.printed.samples import with_table

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
LEFT, RIGHT = int(1.95 * PIXELS_PER_CM), int(19.05 * PIXELS_PER_CM)
BODY_FROM, BODY_TO = int(3 * PIXELS_PER_CM), int(27.4 * PIXELS_PER_CM)


def table(rows: tuple[tuple[str, ...], ...], numeric: frozenset[int] = frozenset()) -> PaperTable:
    """A table without a title."""
    keys = tuple(f"c{place}" for place in range(len(rows[0])))
    return PaperTable("made", "", keys, tuple(f"Column {place}" for place in range(len(rows[0]))), rows, numeric)


HARD = {
    "long words": table(((LONG, "https://example.org/" + "x" * 60, "a" * 90, LONG.upper()),) * 3),
    "twenty-four numbers": table(
        tuple(tuple(f"{7_654_321 * (row + column):,}" for column in range(24)) for row in range(1, 6)),
        frozenset(range(24)),
    ),
    "fourteen columns": table(tuple(tuple(LONG if c == 3 else f"cell {c} text" for c in range(14)) for _ in range(4))),
    "ideographs": table((("汉字" * 30, "2026-11-24", "镝铽钕" * 20, "ok"),) * 4),
    "thirty words": table((tuple("unverified" for _ in range(30)),) * 3),
}


@pytest.mark.parametrize("name", HARD)
def test_nothing_is_printed_in_the_margins(name: str) -> None:
    for page in inked(with_table(HARD[name])):
        assert not page[:, :LEFT].any()
        assert not page[:, RIGHT:].any()


@pytest.mark.parametrize(("name", "columns"), [("long words", 4), ("fourteen columns", 14), ("ideographs", 4)])
def test_texts_of_neighbouring_columns_do_not_touch(name: str, columns: int) -> None:
    """Between two columns a stripe of the table is white from top to bottom."""
    assert _stripes(inked(with_table(HARD[name]))[1]) == columns - 1


def _stripes(page: NDArray[np.bool_]) -> int:
    body = page[BODY_FROM:BODY_TO, LEFT:RIGHT]
    body = body[body.mean(axis=1) < 0.9]  # without the lines above and below the head
    inked_columns = body.any(axis=0)
    first, last = np.flatnonzero(inked_columns)[[0, -1]]
    white = ~inked_columns[first : last + 1]
    edges = np.flatnonzero(np.diff(white.astype(int)))
    return int(np.count_nonzero(np.diff(edges)[::2] >= 0.2 * PIXELS_PER_CM))


def test_no_number_is_broken() -> None:
    told = pdf_of(with_table(HARD["twenty-four numbers"]))
    lines = "".join(pages(told))
    assert [cell for row in HARD["twenty-four numbers"].rows for cell in row if cell not in lines] == []


def test_a_table_too_wide_for_the_page_is_continued_below_with_its_first_column() -> None:
    told = "".join(pages(pdf_of(with_table(HARD["twenty-four numbers"]))))
    assert told.count(without_blanks("Column 0")) == 2
    assert told.count(without_blanks("Column 7")) == 1


def test_a_row_is_not_divided_between_pages() -> None:
    row = ("short", "some words that fill several lines of a narrow column " * 12)
    told = pages(pdf_of(with_table(table((row,) * 40))))
    assert len(told) > 3
    assert all(page.count("short") * 12 == page.count("somewordsthatfill") for page in told[1:])


def test_a_cell_longer_than_a_page_is_printed_whole() -> None:
    told = "".join(pages(pdf_of(with_table(table((("short", "word " * 4000), ("end", "last")))))))
    assert told.count("word") == 4000
    assert told.index("last") > told.rindex("word")


def test_a_thousand_rows_are_printed() -> None:
    told = pages(pdf_of(with_table(table(tuple((f"row {n}", f"{n:,}") for n in range(1000)), frozenset({1})))))
    assert [n for n in range(1000) if f"row{n}" not in "".join(told)] == []
