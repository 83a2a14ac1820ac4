"""How far a month plans ahead does not move prices: means under grids of 24, 42 and 66 months."""

from __future__ import annotations

import math

import pytest

from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.results.rows import ALL_ABROAD, HEADLINES
from coercivity.market.results.tables import Tables
from coercivity.market.run.scenarios.planning import default_grid
from coercivity.market.run.simulate import Simulation
from tests.oracles.market_parts import GRIDS, SIX_MONTHS, packed

FIRST, LAST = "2025-01", "2025-12"
# Not samarium-cobalt: licences for it never reach demand, so that its shortage outlasts every grid.
GOODS = (*HEADLINES, "mag_low", "mag_Ce")
SAME = 0.03


def means(simulation: Simulation) -> dict[tuple[str, str], float]:
    """Mean margin of each good in China and abroad."""
    tables = Tables(simulation, simulation.months[0].month, simulation.months[-1].month)
    return {
        (row["good"], row["region"]): math.fsum(row["margin"]) / len(row["margin"])
        for row in tables.prices()
        if row["good"] in GOODS and row["region"] in (CHINA, ALL_ABROAD)
    }


def apart(
    found: list[dict[tuple[str, str], float]], middle: dict[tuple[str, str], float]
) -> dict[tuple[str, str], float]:
    """How far the means of each good are from those of the built-in grid, as a share of them."""
    return {key: max(abs(each[key] / middle[key] - 1) for each in found) for key in middle}


@pytest.fixture(scope="module")
def by_grid() -> dict[str, dict[tuple[str, str], float]]:
    """Means of the year of 18/2025, by grid; every figure: python -m benchmarks.market_structure grids."""
    return {name: means(packed("controls-back", LAST, grid, FIRST)) for name, grid in GRIDS.items()}


def test_the_grid_does_not_move_the_means(by_grid: dict[str, dict[tuple[str, str], float]]) -> None:
    """Means of twelve months under 24 and 66 months are within 3 % of those under the built-in 42."""
    found = apart([by_grid["24"], by_grid["66"]], by_grid["42"])
    assert len(found) == 2 * len(GOODS)
    assert {key: share for key, share in found.items() if share > SAME} == {}


def test_a_plan_of_half_a_year_is_seen(by_grid: dict[str, dict[tuple[str, str], float]]) -> None:
    """The test can fail: six months ahead, means differ by more than the limit."""
    short = means(packed("controls-back", LAST, SIX_MONTHS, FIRST))
    assert max(apart([short], by_grid["42"]).values()) > SAME


def test_the_built_in_grid_is_the_middle_one() -> None:
    assert GRIDS["42"] == default_grid()
    assert [grid.months for grid in GRIDS.values()] == [24, 42, 66]
    assert all(grid.periods[:3] == (1, 1, 1) for grid in GRIDS.values())
