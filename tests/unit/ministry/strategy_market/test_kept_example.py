"""The workbook kept in examples: made from 48 draws, so that it can be used without them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from fractions import Fraction
from functools import cache

import pytest

from coercivity.base.sums import total
from coercivity.ministry.strategy.model import LEVERS, Scenario, StrategyBook
from coercivity.ministry.strategy.read import strategy_book
from tests.places import ROOT

KEPT = ROOT / "examples" / "ministry" / "strategy-market"
# The four decimals of a figure, and those of the 48 that are added up.
NEAR = 1e-4


@cache
def book() -> StrategyBook:
    """Returns the workbook."""
    return strategy_book(KEPT, LEVERS)


def mean(of: Callable[[Scenario], Fraction]) -> float:
    """Returns the mean of a figure over all rows."""
    rows = book().scenarios
    return float(total(map(of, rows)) / len(rows))


def test_the_same_draws_on_three_legal_paths() -> None:
    draws: dict[str, list[str]] = {}
    for row in book().scenarios:
        draws.setdefault(row.path, []).append(row.draw)
    assert list(draws) == ["as-known / lapsed", "as-known / extended:2027-11-10", "technology-only"]
    assert all(each == [str(draw) for draw in range(16)] for each in draws.values())


def test_toll_processing_leaves_nothing_over_between_ore_and_metal() -> None:
    for row in book().scenarios:
        quoted = float(row.toll_price + row.ore_price / row.metal_yield)
        assert quoted == pytest.approx(float(row.row_price), rel=0.08)  # quotes are ahead of what is paid


def test_shares_of_other_metal_and_toll_processing_have_one_origin() -> None:
    with (KEPT / "scenarios.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["stops"] for row in rows} == {"yes" if float(row["cn_share"]) < 1 else "no" for row in rows}
    parts: dict[str, set[float]] = {}  # idle capacity over what is not under contracts: drawn alike on all paths
    for row in rows:
        parts.setdefault(row["draw"], set()).add(float(row["toll_share"]) / float(row["row_share"]))
    assert all(max(each) == pytest.approx(min(each), rel=0.01) for each in parts.values())


def test_firms_follow_from_the_means_of_the_scenarios() -> None:
    for firm in book().firms:
        assert float(firm.ore_contract_price or 0) == pytest.approx(mean(lambda row: row.ore_price), abs=NEAR)
        assert float(firm.contract_price or 0) == pytest.approx(mean(lambda row: row.row_price), abs=NEAR)
        assert float(firm.stock_price or 0) == pytest.approx(mean(lambda row: row.cn_price), abs=NEAR)
        feed = float(firm.need_t) / mean(lambda row: row.metal_yield)
        assert float(firm.ore_t or 0) == pytest.approx(feed, rel=NEAR)
    recycler = book().firms[-1]
    assert float(recycler.loss) == pytest.approx(mean(lambda row: row.row_price), abs=NEAR)


def test_it_says_what_it_was_made_from() -> None:
    with (KEPT / "notes.csv").open(newline="") as file:
        made = {row["column"]: row["derivation"] for row in csv.DictReader(file) if row["sheet"] == "Made from"}
    assert made["draws"] == (
        "as-known/lapsed, as-known/extended:2027-11-10, technology-only; 16 x 2026-01 - 2031-12; scramble 0"
    )
    assert len(made["hash of the draws"]) == 64
    assert made["made on"] == "2026-11-29"
