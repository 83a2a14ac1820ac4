"""The workbook in its forms: XLSX in two languages, YAML, a folder of CSV files; each gives the same hash and answer."""

from __future__ import annotations

from pathlib import Path

import pytest

import coercivity
from coercivity.base.words import Lang
from coercivity.ministry.fund.read import fund_book_of
from coercivity.ministry.fund.write import fund_file, fund_hash, fund_yaml
from coercivity.verbs.fund import fund_template, write_fund
from tests.unit.ministry.fund.books import EXAMPLE, answer, changed, without


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_workbook_loads_again_in_either_language(tmp_path: Path, lang: Lang) -> None:
    book = fund_book_of(EXAMPLE)
    path = tmp_path / "ministry.xlsx"
    path.write_bytes(fund_file(book, lang))
    assert fund_book_of(path) == book
    assert coercivity.fund(path).body == answer().body
    assert fund_file(book, lang) == path.read_bytes()


def test_yaml_gives_the_same(tmp_path: Path) -> None:
    path = tmp_path / "ministry.yaml"
    path.write_text(fund_yaml(fund_book_of(EXAMPLE)), encoding="utf-8")
    assert coercivity.fund(path).body == answer().body


def test_the_order_of_rows_does_not_change_the_hash_of_the_workbook(tmp_path: Path) -> None:
    folder = without(tmp_path, "interaction")
    path = folder / "interaction.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([head, *reversed(rows)]), encoding="utf-8")
    assert fund_hash(fund_book_of(folder)) == fund_hash(fund_book_of(EXAMPLE))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_template_filled_in_is_the_example(tmp_path: Path, lang: Lang) -> None:
    path = tmp_path / "ministry.xlsx"
    path.write_bytes(fund_template(lang, example=True))
    assert fund_book_of(path) == fund_book_of(EXAMPLE)


def test_the_workbook_of_the_result_loads_again(tmp_path: Path) -> None:
    found = answer()
    write_fund(tmp_path, found)
    assert coercivity.fund(tmp_path / "fund.xlsx").body == found.body


def test_years_are_those_of_the_workbook(tmp_path: Path) -> None:
    """Fifty years later all is the same: only the first year counts as year 0."""
    path = changed(tmp_path)
    text = path.read_text(encoding="utf-8")
    for year in range(2027, 2032):
        text = text.replace(f"'{year}'", f"'{year + 50}'")
    path.write_text(text, encoding="utf-8")
    later = coercivity.fund(path).body
    assert later["years"] == [2077, 2078, 2079, 2080, 2081]
    assert later["sets"] == answer().body["sets"]


def test_one_workbook_holds_the_sheets_of_both_questions(tmp_path: Path) -> None:
    folder = without(tmp_path, "interaction")
    strategy = EXAMPLE.parent / "strategy"
    for name in ("scenarios", "firms"):
        (folder / f"{name}.csv").write_bytes((strategy / f"{name}.csv").read_bytes())
    settings = folder / "settings.csv"
    added = (strategy / "settings.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert added
    settings.write_text("\n".join([settings.read_text(encoding="utf-8").rstrip(), *added]) + "\n", encoding="utf-8")
    assert coercivity.fund(folder).body == answer().body
    assert coercivity.strategy(folder).as_dict()["firms"] == coercivity.strategy(strategy).as_dict()["firms"]
