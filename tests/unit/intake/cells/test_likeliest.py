"""The ten likeliest roles of a column whose name says too little."""

from __future__ import annotations

import pytest

from coercivity.intake.cells.likeliest import MOST, likeliest
from coercivity.law.rules.rulebook import Rulebook


@pytest.mark.parametrize(
    ("column", "cells", "role"),
    [
        ("Wann", ["15.03.2026", "KW 3/2026", "2026/4/1"], "on"),
        ("Was", ["NdFeB magnets", "ferrite magnets"], "material"),
        ("Wer", ["Example Motors GmbH", "示例物流有限公司"], "end_user"),
        ("Stück?", ["12", "4,5", "100"], "quantity"),
        ("Datum 合同", ["2026-01-01"], "on"),
        ("Destinaton", [], "to"),
    ],
)
def test_the_cells_and_the_name_say_what_a_column_may_be(
    book: Rulebook, column: str, cells: list[str], role: str
) -> None:
    found = likeliest(book, column, cells)
    assert len(found) == MOST == len(set(found))
    assert role in found[:3]


def test_countries_are_a_route(book: Rulebook) -> None:
    assert {"from", "to"} <= set(likeliest(book, "Wohin", ["DE", "中国", "Czech Republic"])[:3])


def test_any_cells_give_ten_roles(book: Rulebook) -> None:
    for cells in ([], ["", None], ["\u202e=1+1"], ["x" * 5_000]):
        assert len(likeliest(book, "\x00", cells)) == MOST
