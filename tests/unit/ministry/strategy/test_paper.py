"""One result, many papers: the same numbers as text, page, CSV, XLSX, SVG, JSON and IAMC table, in both languages."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import fastexcel
import pytest

import coercivity
from coercivity.verbs.strategy import StrategyAnswer, write_strategy
from tests.unit.ministry.strategy.books import DRAWN, EXAMPLE, folder, put, tables

ALL_THREE = "ore + processing + recycling"


@pytest.fixture(scope="module")
def answer() -> StrategyAnswer:
    return coercivity.strategy(EXAMPLE)


@pytest.fixture(scope="module")
def out(answer: StrategyAnswer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("strategy") / "out"
    write_strategy(path, answer)
    return path


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def costs(answer: StrategyAnswer) -> Mapping[tuple[str, str, str], float]:
    """Returns the cost by firm, scenario and combination, from the JSON."""
    return {
        (firm["firm"], result["group"]["scenario"] or "mean", " + ".join(one["on"]) or "none"): float(one["cost_kusd"])
        for firm in answer.body["firms"]
        for result in firm["results"]
        for one in result["sets"]
    }


def test_csv_has_the_numbers_of_the_json(answer: StrategyAnswer, out: Path) -> None:
    wanted = costs(answer)
    rows = table(out / "costs.csv")
    assert len(rows) == 16
    for row in rows:
        for scenario in ("open", "licence", "metal stop", "technology closed", "mean"):
            assert float(row[f"{scenario}_kusd"]) == pytest.approx(
                wanted[row["firm"], scenario, row["set"]], abs=0.0501
            )


def test_a_column_named_by_a_scenario_is_no_formula_in_a_spreadsheet(tmp_path: Path) -> None:
    sheets = tables()
    put(sheets["scenarios"], 1, "scenario", "=1+1")
    write_strategy(tmp_path / "out", coercivity.strategy(folder(tmp_path / "in", sheets)))
    for name in ("costs.csv", "lost.csv"):
        head = (tmp_path / "out" / name).read_text(encoding="utf-8-sig").splitlines()[0].split(",")
        (cell,) = (each for each in head if "=1+1" in each)
        assert cell.startswith("'=")


def test_the_iamc_table_has_its_columns_and_the_numbers_of_the_json(answer: StrategyAnswer, out: Path) -> None:
    rows = table(out / "iamc.csv")
    assert list(rows[0]) == ["Model", "Scenario", "Region", "Variable", "Unit", "2027"]
    assert len({(row["Scenario"], row["Variable"]) for row in rows}) == len(rows)
    assert {(row["Model"], row["Region"]) for row in rows} == {("coercivity", "World")}
    found = {}
    for row in rows:
        _, firm, name, figure = row["Variable"].split("|")
        if figure == "Cost":
            assert row["Unit"] == "kUSD/yr"
            found[firm, row["Scenario"], name] = float(row["2027"])
    assert found == costs(answer)
    effect = next(
        row
        for row in rows
        if row["Variable"].endswith("magnet maker|Effect|ore x processing") and row["Scenario"] == "mean"
    )
    assert float(effect["2027"]) == pytest.approx(-4710.0, abs=0.05)


def test_the_workbook_has_every_table_as_numbers_with_units(out: Path) -> None:
    book = fastexcel.read_excel(out / "strategy.xlsx")
    cells = [
        str(cell)
        for name in book.sheet_names
        for row in book.load_sheet(name, header_row=None).to_polars().rows()
        for cell in row
        if cell is not None
    ]
    assert "open, kUSD" in cells
    assert "32476.7" in cells
    assert "-4710" in cells
    assert "kUSD/yr" in cells


def test_text_and_pages_have_the_numbers(answer: StrategyAnswer, out: Path) -> None:
    for lang in ("en", "zh"):
        text = " ".join("\n".join(answer.lines("zh" if lang == "zh" else "en")).split())
        page = (out / ("strategy.zh.html" if lang == "zh" else "strategy.html")).read_text()
        for number in ("32,476.7", "−4,710.0", "111.40", "120.0"):
            assert number in text
            assert number in page
        assert page.count("<svg") == 1


def test_the_picture_marks_one_cheapest_for_each_firm_and_scenario(out: Path) -> None:
    svg = ElementTree.fromstring((out / "strategy.svg").read_text())
    texts = [node.text or "" for node in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert [text for text in texts if text.startswith("●")] == [
        "● 25,956", "● 30,272", "● 34,433", "● 50,827", "● 32,477", "● 5,840", "● 7,566", "● 11,282", "● 17,642", "● 10,929",
    ]  # fmt: skip


def test_the_claim_is_one_sentence_for_each_firm_and_one_that_follows(answer: StrategyAnswer) -> None:
    text = " ".join(" ".join(answer.lines()).split())
    assert (
        "holds for every firm in metal stop, technology closed and the mean; holds for no firm in open and licence."
        in text
    )
    assert (
        "magnet maker: the claim holds in metal stop, technology closed and the mean; it fails in open (cheapest: none; "
        "adding ore + processing + recycling costs 2,575.6 kUSD more, or 9.9 %: fixed and contract costs of 14,900.0 kUSD "
        "save only 12,324.4 kUSD elsewhere) and in licence (cheapest: ore + processing; adding recycling costs 401.3 kUSD "
        "more, or 1.3 %: fixed and contract costs of 900.0 kUSD save only 498.7 kUSD elsewhere)." in text
    )
    assert (
        "In metal stop, ore and recycling without a place to process them gain next to nothing (magnet maker saves 0.5 %, "
        "motor maker pays 0.7 % more); it is ore with own processing that gains (magnet maker saves 41.5 %, motor maker "
        "saves 86 %)." in text
    )


def test_without_one_of_the_three_levers_the_claim_is_not_tested() -> None:
    text = " ".join(" ".join(coercivity.strategy(EXAMPLE, levers=["ore", "stock"]).lines()).split())
    assert "is not tested, because these levers were left out: processing + recycling." in text
    assert "motor maker: on average stock is cheapest" in text


def test_a_chinese_page_has_no_english_of_the_program(tmp_path: Path) -> None:
    sheets = tables()
    for row, name in enumerate(("开放", "许可", "断供", "技术封锁"), 1):
        put(sheets["scenarios"], row, "scenario", name)
    for row, name in enumerate(("磁体厂", "电机厂"), 1):
        put(sheets["firms"], row, "firm", name)
    page = coercivity.strategy(folder(tmp_path / "zh", sheets), levers=None).page("zh")
    body = re.sub(r"<style>.*?</style>|<svg.*?>|<[^>]+>", " ", page.partition("<body>")[2], flags=re.S)
    body = re.sub(r"[0-9a-f]{64}", "", body)
    assert re.findall(r"[A-Za-z]{2,}", body) == []


def test_many_draws_show_paths_on_the_page_and_everything_in_files(tmp_path: Path) -> None:
    sheets = tables()
    sheets["scenarios"] = [[*sheets["scenarios"][0], "path"]] + [
        [name if at == 0 else "0.1" if at == 1 else cell for at, cell in enumerate(sheets["scenarios"][1])] + [path]
        for path in ("x", "y")
        for name in ("a", "b", "c", "d", "e")
    ]
    answer = coercivity.strategy(folder(tmp_path / "many", sheets))
    write_strategy(tmp_path / "out", answer)
    assert {"x (mean)_kusd", "x_kusd"} & set(table(tmp_path / "out" / "costs.csv")[0]) == {"x_kusd"}
    assert len(table(tmp_path / "out" / "results.csv")) == 2 * 8 * (10 + 2 + 1)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_strategy(tmp_path / name, coercivity.strategy(DRAWN))
    for path in sorted((tmp_path / "a").iterdir()):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


def test_the_json_is_the_answer(answer: StrategyAnswer, out: Path) -> None:
    assert json.loads((out / "strategy.json").read_text()) == answer.as_dict()
