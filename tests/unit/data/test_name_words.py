"""Words of company names as a pack holds them."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.data.parties.words import NAME_WORDS, NameWords, read_name_words
from coercivity.law.rules.load import law_folder

WORDS = read_name_words(law_folder())


def test_a_pack_without_the_table_has_no_words(tmp_path: Path) -> None:
    assert read_name_words(tmp_path) == NameWords()


def test_words_are_read_by_class(tmp_path: Path) -> None:
    rows = [
        "word,class,lang,long",
        "magnets,trade,en,",
        "fab,abbreviation,de,fabrik",
        "fab,abbreviation,en,fabrication",
    ]
    (tmp_path / NAME_WORDS).write_text("\n".join(rows), encoding="utf-8")
    found = read_name_words(tmp_path)
    assert found.trades == {"magnets"}
    assert found.abbreviations == {"fab": {"fabrik", "fabrication"}}
    assert not found.forms


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("gmbh", WORDS.forms),
        ("㈱", WORDS.forms),
        ("(주)", WORDS.forms),
        ("주식회사", WORDS.forms),
        ("股份有限公司", WORDS.forms),
        ("sdnbhd", WORDS.forms),
        ("pvtltd", WORDS.forms),
        ("werk", WORDS.branches),
        ("分公司", WORDS.branches),
        ("営業所", WORDS.branches),
        ("지점", WORDS.branches),
        ("succursale", WORDS.branches),
        ("stabilimento", WORDS.branches),
        ("最终用户", WORDS.labels),
        ("notify party", WORDS.labels),
        ("御中", WORDS.labels),
        ("稀土", WORDS.trades),
        ("製作所", WORDS.trades),
        ("엔지니어링", WORDS.trades),
        ("maschinenbau", WORDS.trades),
        ("赣州", WORDS.places),
        ("mitsubishi", WORDS.families),
        ("三菱", WORDS.families),
        ("hans", WORDS.given_names),
    ],
)
def test_words_of_the_trade_are_known(word: str, known: frozenset[str]) -> None:
    assert word in known


@pytest.mark.parametrize(
    ("short", "long"),
    [("intl", "international"), ("sys", "systems"), ("mfg", "manufacturing"), ("aerosp", "aerospace")],
)
def test_usual_abbreviations_are_known(short: str, long: str) -> None:
    assert long in WORDS.abbreviations[short]


@pytest.mark.parametrize(
    "word", ["lockheed", "rheinmetall", "subaru", "tdk", "lafert", "hensoldt", "anduril", "leidos"]
)
def test_a_proper_name_is_no_such_word(word: str) -> None:
    known = WORDS.trades | WORDS.places | WORDS.forms | WORDS.branches | WORDS.families | WORDS.given_names
    assert word not in known


@pytest.mark.parametrize("word", ["研究所", "製作所", "centre", "laboratory"])
def test_what_may_be_the_company_itself_is_no_branch(word: str) -> None:
    assert word not in WORDS.branches
