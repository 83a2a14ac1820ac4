"""The example of two firms and four scenarios, as it is and as a user might spoil it."""

from __future__ import annotations

import csv
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from coercivity.base.errors import CoercivityError, Fault
from coercivity.data.input import Input
from coercivity.ministry.strategy.model import CLAIM, Levers, Scenario, StrategyBook, StrategyFirm
from coercivity.ministry.strategy.read import strategy_book
from tests.places import ROOT

EXAMPLE = ROOT / "examples" / "ministry" / "strategy"
DRAWN = ROOT / "examples" / "ministry" / "strategy-draws"


def book(levers: Levers = CLAIM) -> StrategyBook:
    """Returns the example."""
    return strategy_book(EXAMPLE, levers)


def tables() -> dict[str, list[list[str]]]:
    """Returns the sheets of the example as rows of cells, the header first."""
    return {path.stem: list(csv.reader(path.read_text().splitlines())) for path in sorted(EXAMPLE.glob("*.csv"))}


def put(rows: list[list[str]], row: int, column: str, value: str) -> None:
    """Writes a cell; row 1 is the first below the header."""
    rows[row][rows[0].index(column)] = value


def folder(path: Path, sheets: dict[str, list[list[str]]]) -> Path:
    """Writes sheets as a folder of CSV files."""
    path.mkdir()
    for name, rows in sheets.items():
        with (path / f"{name}.csv").open("w", newline="") as file:
            csv.writer(file).writerows(rows)
    return path


def faults_of(source: Input, levers: Levers = CLAIM) -> list[Fault]:
    """Returns every fault of a file; fails if it has none."""
    try:
        strategy_book(source, levers)
    except CoercivityError as error:
        return list(error.faults)
    raise AssertionError("the file has no fault")


def plain_scenario(**figures: str) -> Scenario:
    """Returns a scenario in which a firm gets nothing but what the test gives it."""
    given = {
        name: Fraction(text) for name, text in figures.items() if name not in ("scenario", "path", "draw", "stops")
    }
    texts = {name: text for name, text in figures.items() if name in ("scenario", "path", "draw", "stops")}
    nothing = Scenario(
        scenario="a", path="", draw="", probability=Fraction(1),
        cn_price=Fraction(0), cn_share=Fraction(0), row_price=Fraction(0), row_share=Fraction(0),
        ore_price=Fraction(0), spot_ore_share=Fraction(0), toll_price=Fraction(0), toll_share=Fraction(0),
        scrap_price=Fraction(0), own_share=Fraction(1), metal_yield=Fraction(1),
    )  # fmt: skip
    return replace(nothing, **given, **texts)  # type: ignore[arg-type] # numbers and texts by name


def plain_firm(**figures: str) -> StrategyFirm:
    """Returns a firm that needs 100 t at a loss of 50, with the figures of the test."""
    given = {name: Fraction(text) for name, text in figures.items()}
    return replace(StrategyFirm("f", Fraction(100), Fraction(50)), **given)  # type: ignore[arg-type] # all are numbers
