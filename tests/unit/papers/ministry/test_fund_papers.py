"""The page, the tables and the workbook of public money: the same numbers, both languages, the same bytes."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped] # has no types

import coercivity
from coercivity.base.words import Lang
from coercivity.papers.ministry.fund.files import fund_paper, fund_workbook
from coercivity.verbs.fund import FundAnswer
from tests.places import ROOT

# Names of the user's projects and paths, symbols of elements, and units.
NAMED = re.compile(r"F\d|extension|lapse|Five applications \(invented\)|kg|USD")


@pytest.fixture(scope="module")
def found() -> FundAnswer:
    return coercivity.fund(ROOT / "examples" / "ministry" / "fund", budget=[150, 100, 200])


def test_the_tables_hold_the_figures_of_the_data(found: FundAnswer) -> None:
    rows = list(csv.DictReader(io.StringIO(fund_paper(found.body).csv["sets.csv"].decode("utf-8-sig"))))
    assert [row["projects"] for row in rows] == [" + ".join(one["projects"]) for one in found.body["sets"]]
    for row, one in zip(rows, found.body["sets"], strict=True):
        assert float(row["mean_value_musd"]) == pytest.approx(float(one["mean_musd"]), abs=0.005)
        assert float(row["alone_musd"]) + float(row["interaction_musd"]) == pytest.approx(
            float(row["mean_value_musd"]), abs=0.011
        )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_page_workbook_and_tables_show_the_same_cells(found: FundAnswer, tmp_path: Path, lang: Lang) -> None:
    page = fund_paper(found.body, lang).page()
    path = tmp_path / "fund.xlsx"
    path.write_bytes(fund_workbook(found.body, found.book, lang))
    sheet = load_workbook(path)["Result" if lang == "en" else "结果"]
    in_book = {str(cell.value) for line in sheet.iter_rows() for cell in line if cell.value is not None}
    for section in fund_paper(found.body, lang).shown:
        for table in section.tables:
            assert table.title in page
            for at, cell in ((at, cell) for row in table.rows for at, cell in enumerate(row)):
                assert f">{cell.replace('>', '&gt;')}<" in page
                number = cell.replace(",", "").replace("\u2212", "-")
                if at in table.numeric and cell != "–" and number[-1].isdigit():
                    assert any(abs(float(number) - float(one)) < 1e-9 for one in in_book if _is_number(one))
                else:
                    assert cell in in_book


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", text))


def test_the_page_in_chinese_has_no_english_but_names(found: FundAnswer) -> None:
    for section in fund_paper(found.body, "zh").shown:
        texts = [section.heading, *section.sentences, *section.notes]
        texts += [text for table in section.tables for text in (table.title, *table.head)]
        texts += [figure.told for figure in section.figures]
        for text in texts:
            assert not re.search(r"[A-Za-z]", NAMED.sub("", text)), text


def test_the_picture_stands_alone_and_names_what_is_funded(found: FundAnswer) -> None:
    root = ElementTree.fromstring(fund_paper(found.body).svg)
    texts = ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")]
    funded = [text for text in texts if text.endswith("· funded")]
    assert funded == ["102.1 · funded", "75.0 · funded", "34.3 · funded"]
    assert sum(text.startswith("F") for text in texts) == 5


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_same_bytes_each_time(found: FundAnswer, lang: Lang) -> None:
    again = coercivity.fund(ROOT / "examples" / "ministry" / "fund", budget=[150, 100, 200])
    assert again.body == found.body
    assert fund_paper(again.body, lang).page() == fund_paper(found.body, lang).page()
    assert fund_paper(again.body, lang).csv == fund_paper(found.body, lang).csv
    assert fund_workbook(again.body, again.book, lang) == fund_workbook(found.body, found.book, lang)


def test_the_hash_is_that_of_workbook_and_question(found: FundAnswer) -> None:
    other = coercivity.fund(ROOT / "examples" / "ministry" / "fund", budget=[150, 100])
    assert other.body["hash"] != found.body["hash"]
