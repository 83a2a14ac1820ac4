"""Arguments of a workbook of strategies from draws: every error is told at once, before a draw is solved."""

from __future__ import annotations

import pytest

import coercivity
from coercivity.base.errors import CoercivityError


def faults(**arguments: object) -> list[tuple[str, str]]:
    """Returns code and text of the errors of some arguments."""
    with pytest.raises(CoercivityError) as error:
        coercivity.strategy_market(**arguments)  # type: ignore[arg-type] # some are wrong
    return [(fault.code, fault.what) for fault in error.value.faults]


def test_a_year_beyond_the_months_a_number_of_draws_and_a_scenario_at_once() -> None:
    told = faults(year=2029, draws=12, last="2028-12", scenarios=["as-known", "as-knwon"])
    assert [code for code, _ in told] == ["STRATEGY-MARKET", "SCENARIO-UNKNOWN"]
    assert told[0][1] == "the draws from 2026-01 to 2028-12 do not have the whole year 2029"


def test_draws_are_a_power_of_two() -> None:
    assert faults(draws=12) == [("DRAWS", "12 draws in 1 legal scenario: each needs a power of two")]


def test_a_legal_path_counts_once() -> None:
    told = faults(scenarios=["technology-only", "technology-only"])
    assert told == [("STRATEGY-MARKET", "the legal path technology-only is there twice")]


def test_one_scenario_at_least() -> None:
    assert faults(scenarios=[]) == [("STRATEGY-MARKET", "no scenario is given")]
