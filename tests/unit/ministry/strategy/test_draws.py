"""Draws of two legal paths: means by path, and paired differences draw by draw with their intervals."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

import coercivity
from coercivity.ministry.strategy.answer import StrategyFound, strategy_answer
from coercivity.ministry.strategy.factorial import groups_of
from coercivity.ministry.strategy.model import StrategyBook
from tests.unit.ministry.strategy.books import DRAWN, plain_firm, plain_scenario

# Price of Chinese metal by draw; a contract for 30 of 100 t at 20 costs 30 x (20 - price) more in each.
PRICES = {"extension": ("12", "18", "15"), "lapse": ("24", "36", "30")}
CHANCES = {"extension": "0.2", "lapse": "2/15"}
FIRM = plain_firm(contract_share="0.3", contract_price="20")


@pytest.fixture(scope="module")
def found() -> StrategyFound:
    rows = tuple(
        plain_scenario(
            scenario="year", path=path, draw=str(place), probability=CHANCES[path], cn_price=price, cn_share="1"
        )
        for path, prices in PRICES.items()
        for place, price in enumerate(prices, 1)
    )
    return strategy_answer(StrategyBook(rows, (FIRM,)), ("contracts",))


def test_means_by_path_and_over_all(found: StrategyFound) -> None:
    """Extension: 100 t x 15; lapse: 100 t x 30; all: 0.6 x 1,500 + 0.4 x 3,000."""
    groups = found.firms[0].groups
    assert [(one.group.kind, one.group.path) for one in groups] == [
        ("path", "extension"),
        ("path", "lapse"),
        ("mean", ""),
    ]
    assert [one.sets[0].cost for one in groups] == [1500, 3000, 2100]
    assert [one.cheapest.on for one in groups] == [(), ("contracts",), ("contracts",)]


def test_paired_differences_have_the_interval_of_student(found: StrategyFound) -> None:
    """Extension: the contract costs 240, 60 and 150 more; mean 150, s = 90, t = 2.920 with two degrees of freedom."""
    extension, lapse = found.firms[0].paired
    over = extension.over[("contracts",)]
    half = stats.t.ppf(0.95, 2) * 90 / np.sqrt(3)
    assert over.mean == 150
    assert (over.low, over.high) == pytest.approx((150 - half, 150 + half))
    assert not over.sure
    assert lapse.cheapest == ("contracts",)
    assert lapse.over[()].mean == 300  # 30 t x (30 - 20)
    assert lapse.effects[("contracts",)].mean == -300
    assert extension.wins == {(): 3}
    assert lapse.wins == {("contracts",): 3}


def test_pairing_counts_the_difference_and_not_the_luck(found: StrategyFound) -> None:
    """Costs differ by 600 between draws of a path, the paired differences by 180 only."""
    extension = found.firms[0].paired[0]
    unpaired = float(np.std([1200, 1800, 1500], ddof=1))
    assert extension.over[("contracts",)].high - 150 < stats.t.ppf(0.95, 2) * unpaired / np.sqrt(3) / 3


def test_one_draw_has_no_interval_and_two_scenarios_of_a_draw_are_one_case() -> None:
    rows = tuple(
        plain_scenario(scenario=name, draw=draw, probability="0.25", cn_price=price, cn_share="1")
        for name, draw, price in (("a", "1", "10"), ("b", "1", "20"), ("a", "2", "10"), ("b", "2", "30"))
    )
    two = strategy_answer(StrategyBook(rows, (FIRM,)), ("contracts",)).firms[0].paired
    assert [one.draws for one in two] == [2]
    # Draw 1: 15 on average, so 150 more; draw 2: 20, so 0 more.
    assert two[0].over[("contracts",)].mean == 75
    single = strategy_answer(StrategyBook(rows[:2], (FIRM,)), ("contracts",))
    assert single.firms[0].paired == ()


def test_a_path_with_several_scenarios_has_a_mean_of_its_own() -> None:
    rows = tuple(
        plain_scenario(scenario=name, path=path, probability=chance)
        for name, path, chance in (("a", "x", "0.1"), ("b", "x", "0.3"), ("a", "y", "0.6"))
    )
    groups = groups_of(rows)
    assert [(one.kind, one.path, one.scenario) for one in groups] == [
        ("scenario", "x", "a"), ("scenario", "x", "b"), ("path", "x", ""), ("path", "y", "a"), ("mean", "", ""),
    ]  # fmt: skip
    assert groups[2].weights == (Fraction(1, 4), Fraction(3, 4))


def test_the_summary_says_where_draws_do_not_separate_the_first_two() -> None:
    text = " ".join(" ".join(coercivity.strategy(DRAWN).lines()).split())
    assert (
        "magnet maker, extension, 12 draws: none is cheapest on average and in 6 draws, but the draws do not separate it from ore"
        in text
    )
    assert (
        "magnet maker, lapse, 12 draws: ore + processing + recycling is cheapest on average and in 6 draws; next is ore + processing"
        in text
    )
