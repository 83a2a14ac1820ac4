"""Combined columns: each combination of values that occurs, once."""

from __future__ import annotations

import numpy as np
import pytest

from coercivity.batches.stage.column import Column, combined, distinct, joined

ROWS = 500


def column(width: int, seed: int) -> Column:
    codes = np.random.Generator(np.random.PCG64(seed)).integers(0, width, ROWS)
    return Column(f"c{seed}", codes, tuple(range(100, 100 + width)))


@pytest.mark.parametrize(
    "widths", [(3,), (3, 4), (2, 1, 5), (3000, 2000), (3000, 2000, 7), (300, 300, 300, 300), (1, 3000, 3000, 2, 3000)]
)
def test_each_row_finds_its_combination(widths: tuple[int, ...]) -> None:
    columns = [column(width, seed) for seed, width in enumerate(widths)]
    codes, combinations = combined(columns)
    rows = list(zip(*(c.codes.tolist() for c in columns), strict=True))
    assert [combinations[code] for code in codes] == rows
    if len(widths) > 1:
        assert len(combinations) == len(set(combinations)) == len(set(rows))


def test_columns_are_not_changed_by_being_put_together() -> None:
    columns = [column(3, 1), column(4, 2)]
    before = [c.codes.copy() for c in columns]
    combined(columns)
    assert all((c.codes == codes).all() for c, codes in zip(columns, before, strict=True))


def test_what_is_made_of_columns_is_asked_once_for_each_combination() -> None:
    asked = list[tuple[int, int]]()

    def make(first: int, second: int) -> tuple[int, str]:
        asked.append((first, second))
        return first % 2, "cell" if second == 100 else "row"

    one, two = column(3, 1), column(2, 2)
    made = joined("odd", [one, two], make)
    assert len(asked) == len(set(asked)) == 6
    assert made.name == "odd"
    for row in range(ROWS):
        assert made.at(row) == one.at(row) % 2
        assert made.speaker(row) == ("cell" if two.at(row) == 100 else "row")
    assert len(made.values) == len(made.said_by) == 4


def test_equal_values_share_a_code() -> None:
    made = distinct("x", np.array([0, 1, 2, 2]), [("a", "row"), ("b", "row"), ("a", "row")])
    assert made.values == ("a", "b")
    assert [made.at(row) for row in range(4)] == ["a", "b", "a", "a"]
    apart = distinct("x", np.array([1, 0]), [("a", "row"), ("a", "cell")])
    assert [apart.speaker(row) for row in range(2)] == ["cell", "row"]
    assert distinct("x", np.array([], np.int64), []).values == ()
    assert Column("x", np.array([0]), ("a",)).speaker(0) == ""
