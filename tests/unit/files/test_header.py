from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.files.header import Header, find_header

GROUPED = [
    ["id", "Goods", "", "Parties", ""],
    ["", "material", "mass_kg", "from", "to"],
    ["R1", "magnet", "5", "CN", "DE"],
]


def header(preview: list[list[str]], **asked: object) -> Header:
    return find_header(Path("FILE"), preview, range(1, len(preview) + 1), **asked)  # type: ignore[arg-type]


def test_groups_reach_to_the_right() -> None:
    found = header(GROUPED)
    assert found.names == ("id", "Goods / material", "Goods / mass_kg", "Parties / from", "Parties / to")
    assert (found.rows, found.notes) == (2, ("header of 2 rows merged",))


def test_a_row_of_data_is_never_taken_for_half_a_header() -> None:
    words = [["id", "", "use"], ["a", "magnet", "motor"], ["b", "magnet", "motor"]]
    assert header(words).rows == 1
    figures = [["id", "", "mass_kg"], ["a", "magnet 5", "3"], ["b", "magnet", "4"]]
    assert header(figures).rows == 1


def test_merged_cells_prove_a_group() -> None:
    words = [["Goods", "", "Use"], ["id", "name", "use"], ["a", "magnet", "motor"]]
    assert header(words, merged=frozenset({1})).names == ("Goods / id", "Goods / name", "Use / use")


@pytest.mark.parametrize("titles", [[["Deliveries"]], [["Deliveries", "", ""], ["of", "2026"]], [["Deliveries"], [""]]])
def test_titles_are_skipped(titles: list[list[str]]) -> None:
    table = [["id", "date", "name", "mass_kg", "to"], ["R1", "2026-01-01", "magnet", "5", "DE"]]
    found = header([*titles, *table])
    assert (found.names, found.rows) == (("id", "date", "name", "mass_kg", "to"), len(titles) + 1)
    assert "skipped" in found.notes[0]


def test_the_user_may_say_how_many_rows() -> None:
    assert header(GROUPED, header_rows=1).rows == 1
    words = [["Goods", ""], ["id", "name"], ["a1", "magnet"]]
    assert header(words, header_rows=2).names == ("Goods / id", "Goods / name")


def test_nameless_columns_get_a_name_or_fall_away() -> None:
    found = header([["id", "", "to", ""], ["R1", "x", "DE", ""]])
    assert (found.names, found.notes) == (("id", "column 2", "to"), ("column 2 has no name",))


@pytest.mark.parametrize(
    ("preview", "code", "words"),
    [
        ([], "TABLE-EMPTY", "has no rows"),
        ([["id", "to"]], "TABLE-EMPTY", "but no rows"),
        ([["1", "2.5"], ["2", "3"]], "TABLE-HEADER", "only numbers"),
        ([["id", "to", "id"], ["1", "2", "3"]], "TABLE-COLUMN-TWICE", "columns 1 and 3"),
        ([[f"c{i}" for i in range(501)], ["1"] * 501], "TABLE-COLUMNS", "the limit is 500"),
    ],
)
def test_what_is_no_header_is_refused(preview: list[list[str]], code: str, words: str) -> None:
    with pytest.raises(CoercivityError, match=words) as caught:
        header(preview)
    assert caught.value.code == code


def test_lines_above_a_header_are_told_from_it_by_the_usual_names_of_columns() -> None:
    rows = [
        ["Export list", "", "", "", "", ""],
        ["Contract no.:", "HT-01", "date:", "2026-03-01", "buyer:", "Example Ltd"],
        ["no", "goods", "quantity", "unit", "from", "to"],
        ["1", "magnets", "100", "kg", "CN", "DE"],
        ["2", "bolts", "100", "pcs", "CN", "DE"],
    ]
    usual = {"no", "goods", "quantity", "unit", "from", "to", "date:"}
    lines = list(range(1, 6))
    assert find_header(Path("t.csv"), rows, lines).names[1] == "HT-01"
    found = find_header(Path("t.csv"), rows, lines, is_name=lambda text: text in usual)
    assert (found.names, found.rows) == (tuple(rows[2]), 3)
    assert found.notes[0] == "2 title lines skipped"


def test_rows_of_data_that_hold_names_of_columns_do_not_move_the_header() -> None:
    rows = [["a", "b", "c", "d"], ["unit", "note", "from", "7"], ["1", "2", "3", "4"]]
    usual = {"a", "b", "unit", "note", "from"}
    assert find_header(Path("t.csv"), rows, [1, 2, 3], is_name=lambda text: text in usual).names == ("a", "b", "c", "d")


def test_labelled_entries_above_a_header_are_no_group_names() -> None:
    rows = [
        ["Report: ZX", "User: desk", "", ""],
        ["no", "goods", "from", "to"],
        ["1", "magnets 40", "CN", "DE"],
        ["2", "bolts 7", "CN", "DE"],
    ]
    usual = {"no", "goods", "from", "to"}
    found = find_header(Path("t.csv"), rows, [1, 2, 3, 4], is_name=lambda text: text in usual)
    assert (found.names, found.rows) == (("no", "goods", "from", "to"), 2)
