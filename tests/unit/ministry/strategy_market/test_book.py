"""The workbook from draws: its rows, its notes, and that `strategy` reads what is written."""

from __future__ import annotations

import csv
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from coercivity.ensemble.runs.sets import DrawSet
from coercivity.ministry.strategy.model import LEVERS
from coercivity.ministry.strategy.read import strategy_book
from coercivity.ministry.strategy_market.book import SCENARIO_COLUMNS, market_book
from coercivity.ministry.strategy_market.drawn_rows import drawn_rows, means
from coercivity.verbs.strategy_market import StrategyMarket, made_from, write_strategy_market
from tests.unit.ministry.strategy_market.invented import draws, series


def sets() -> list[DrawSet]:
    """Returns two draws on each of two paths; on the second, metal is dearer in China."""
    return [
        draws("open", {0: series(), 1: series(NdPr=90.0)}),
        draws("closed", {0: series(NdPr=120.0), 1: series(NdPr=130.0)}),
    ]


def made() -> StrategyMarket:
    """Returns the workbook of these draws."""
    return made_from(sets(), 2028, "2028-01", "2028-12", "abc")


def test_a_row_a_path_and_draw_all_alike() -> None:
    rows = made().book.scenarios
    assert [(row.scenario, row.path, row.draw) for row in rows] == [
        ("2028", "open", "0"), ("2028", "open", "1"), ("2028", "closed", "0"), ("2028", "closed", "1"),
    ]  # fmt: skip
    assert {row.probability for row in rows} == {Fraction(1, 4)}
    assert {row.stops for row in rows} == {"yes"}  # 180 of 240 applications are granted


def test_figures_drawn_at_a_point_are_those_of_all_paths() -> None:
    by_row = {(row.path, row.draw): row.figures for row in drawn_rows(sets(), 2028)}
    for draw in (0, 1):
        dearer = by_row["closed", draw]["cn_price"] - by_row["open", draw]["cn_price"]
        assert dearer == pytest.approx(40 * 1.13 * 0.9165, rel=1e-3)  # tax is not drawn, nor is the mix
        assert by_row["open", draw]["own_share"] == by_row["closed", draw]["own_share"]
    assert by_row["open", 0]["metal_yield"] != by_row["open", 1]["metal_yield"]


def test_a_draw_that_one_path_lacks_is_left_out_of_all() -> None:
    first, second = sets()
    lacking = draws("closed", {1: series(NdPr=130.0)})
    assert [(row.path, row.draw) for row in drawn_rows([first, lacking], 2028)] == [("open", 1), ("closed", 1)]
    assert len(drawn_rows([first, second], 2028)) == 4


def test_means_are_those_of_the_rows() -> None:
    found = market_book(sets(), 2028)
    for name in SCENARIO_COLUMNS:
        each = [row.figures[name] for row in found.rows]
        assert means(found.rows)[name] == pytest.approx((each[0] + each[1] + each[2] + each[3]) / 4)
    assert float(found.book.firms[0].stock_price or 0) == pytest.approx(found.mean["cn_price"], abs=1e-4)


def test_strategy_reads_what_is_written(tmp_path: Path) -> None:
    write_strategy_market(tmp_path / "book", made(), made_on="2026-11-28")
    read = strategy_book(tmp_path / "book", LEVERS)
    assert read == replace(made().book, scenarios=read.scenarios, firms=read.firms)
    assert [replace(row, where="") for row in read.scenarios] == list(made().book.scenarios)
    assert [replace(row, where="") for row in read.firms] == list(made().book.firms)


@pytest.mark.parametrize(("lang", "name", "column"), [("en", "notes.csv", "column"), ("zh", "备注.csv", "列")])
def test_every_column_has_a_note(tmp_path: Path, lang: str, name: str, column: str) -> None:
    write_strategy_market(tmp_path / "book", made(), "zh" if lang == "zh" else "en")
    with (tmp_path / "book" / name).open(encoding="utf-8", newline="") as file:
        noted = {row[column] for row in csv.DictReader(file)}
    for sheet in ("scenarios", "firms"):
        with (tmp_path / "book" / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
            columns = set(next(csv.reader(file)))
        assert columns - noted <= {"scenario", "path", "draw", "firm"}


def test_the_same_draws_give_the_same_bytes(tmp_path: Path) -> None:
    write_strategy_market(tmp_path / "one", made())
    write_strategy_market(tmp_path / "two", made())
    for path in sorted((tmp_path / "one").iterdir()):
        ours, other = path.read_text(), (tmp_path / "two" / path.name).read_text()
        assert ours.replace("strategy one", "strategy two") == other
