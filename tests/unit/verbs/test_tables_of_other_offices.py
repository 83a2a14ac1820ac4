"""Tables as offices keep them: towns, short column names, totals of groups, blank contents, customs elements."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from coercivity.intake.cells.column_words import known_names, named
from coercivity.intake.cells.columns import ROLES, Options
from coercivity.intake.cells.reader import cell_reader
from coercivity.law.rules.rulebook import Rulebook
from coercivity.verbs.batch import TableAsked, batch


def rows_of(folder: Path, text: str) -> list[dict[str, object]]:
    """Returns the decisions on a table."""
    table = folder / "table.csv"
    table.write_text(text, encoding="utf-8")
    batch(TableAsked(table), folder / "out", formats=["parquet"], workers=1)
    return pl.read_parquet(folder / "out" / "decisions").to_dicts()


@pytest.mark.parametrize(
    ("text", "code"),
    [("Stuttgart", "DE"), ("Coventry", "GB"), ("宁波港", "CN"), ("Werk Stuttgart", "DE"), ("Lager Hamburg", "DE")],
)
def test_a_town_alone_names_its_country(book: Rulebook, text: str, code: str) -> None:
    assert cell_reader(book, "to", Options())(text).facts == {"to": code}


@pytest.mark.parametrize("text", ["Wilmington, DE", "Birmingham", "Nice try", "Ningbo, Stuttgart"])
def test_a_town_in_doubt_names_none(book: Rulebook, text: str) -> None:
    assert cell_reader(book, "to", Options())(text).fault is not None


@pytest.mark.parametrize(
    ("name", "role"), [("When", "on"), ("What", "material"), ("Who", "consignee"), ("Why", "use"), ("Ref", "id")]
)
def test_questions_name_columns(book: Rulebook, name: str, role: str) -> None:
    assert named(known_names(book.catalogue, ROLES), name).role == role


def test_the_total_of_a_group_is_no_deal(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        "Article;Date;From;To;Qty\nServomotor;2026-03-05;CN;DE;4\nZwischensumme Antriebe;;;;4\n"
        "Summenzähler;2026-03-05;CN;DE;1\n",
    )
    assert [row["not_a_deal"] for row in rows] == [None, "total", None]


def test_blank_contents_keep_what_the_name_states_and_close_nothing(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        "Article,Date,From,To,Composition\nTerbiummetall,2026-03-05,CN,JP,\n氧化镝,2026-03-05,CN,JP,Dy2O3 99.5%\n"
        "sintered NdFeB magnet,2026-03-05,CN,JP,\n",
    )
    assert [row["outcome"] for row in rows] == ["LICENCE", "LICENCE", "UNKNOWN"]
    assert "elements" in str(rows[2]["missing"])


def test_the_elements_of_a_customs_declaration_are_told_apart(book: Rulebook) -> None:
    read = cell_reader(book, "composition", Options())
    assert not read("材质:碳钢;品牌:无").unread
    assert not read("材质:碳钢;品牌:无").facts
    assert "Dy" in str(read("成分:Nd 25%,Dy 3.2%,B 1%,Fe 余量;品牌:无").facts)
    assert read("材质:稀土钢;品牌:无").unread
    assert read("用途:含镝磁体;品牌:无").unread


def test_alike_goods_in_one_cell_are_one_deal(book: Rulebook) -> None:
    read = cell_reader(book, "material", Options())
    assert not read("1. cardboard boxes 20 pcs 2. packing tape 5 pcs").unread
    assert read("sintered NdFeB magnets 20 kg; terbium oxide 3 kg").unread


def test_a_row_says_which_deals_its_cell_describes(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        "Article,Date,From,To\nSupply of magnetising fixture and training of two operators,2026-03-05,CN,GB\n",
    )
    assert "describes 2 deals" in str(rows[0]["notes"])
    assert rows[0]["outcome"] == "UNKNOWN"
