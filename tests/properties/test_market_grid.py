"""How far a month plans ahead does not move prices: means under grids of 24, 42 and 66 months."""

from __future__ import annotations

import math

import pytest

from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.results.rows import ALL_ABROAD, HEADLINES
from coercivity.market.results.tables import Tables
from coercivity.market.run.planning import default_grid
from coercivity.market.run.simulate import Simulation
from tests.oracles.market_flat import GRIDS, SIX_MONTHS, packed

FIRST, LAST = "2025-01", "2025-06"
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


def apart(found: list[dict[tuple[str, str], float]]) -> dict[tuple[str, str], float]:
    """How far the means of each good are apart, as a share of the lowest."""
    return {key: max(each[key] for each in found) / min(each[key] for each in found) - 1 for key in found[0]}


@pytest.fixture(scope="module")
def by_grid() -> dict[str, dict[tuple[str, str], float]]:
    """Means of a half-year with 18/2025 in its middle, by grid; the full year: python -m benchmarks.market_structure grids."""
    return {name: means(packed("controls-back", LAST, grid, FIRST)) for name, grid in GRIDS.items()}


def test_the_grid_does_not_move_the_means(by_grid: dict[str, dict[tuple[str, str], float]]) -> None:
    """Means of the headline goods under 24, 42 and 66 months are within 3 %."""
    found = apart(list(by_grid.values()))
    assert len(found) == 2 * len(GOODS)
    assert {key: share for key, share in found.items() if share > SAME} == {}


def test_a_plan_of_half_a_year_is_seen(by_grid: dict[str, dict[tuple[str, str], float]]) -> None:
    """The test can fail: six months ahead, means differ by more than the limit."""
    short = means(packed("controls-back", LAST, SIX_MONTHS, FIRST))
    assert max(apart([short, by_grid["42"]]).values()) > SAME


def test_the_built_in_grid_is_the_middle_one() -> None:
    assert GRIDS["42"] == default_grid()
    assert [grid.months for grid in GRIDS.values()] == [24, 42, 66]
    assert all(grid.periods[:3] == (1, 1, 1) for grid in GRIDS.values())
