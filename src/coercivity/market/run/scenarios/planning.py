"""The planning grid of a run: that of the scenario, or the packed one."""

from __future__ import annotations

from functools import lru_cache

from coercivity.base.errors import CoercivityError
from coercivity.data.textyaml import load_file
from coercivity.market.program.grid import PlanningGrid, planning_grid
from coercivity.market.run.scenarios.scenario import Scenario, scenario_folder

PLANNING_FILE = "planning.yaml"


@lru_cache(maxsize=1)
def default_grid() -> PlanningGrid:
    """Returns the planning grid of the market data set.

    Raises:
        CoercivityError: If its file is missing, or with every error in it.
    """
    found = load_file(scenario_folder().parent / PLANNING_FILE)
    periods = found.get("periods") if isinstance(found, dict) else None
    if not isinstance(periods, list):
        what = "the planning grid has no list of periods"
        raise CoercivityError.of("GRID", what, where=PLANNING_FILE, next="restore the file from the package")
    return planning_grid([str(each) for each in periods], str(found.get("months")), where=PLANNING_FILE)


def grid_of(scenario: Scenario) -> PlanningGrid:
    """Returns the planning grid of a scenario."""
    own = scenario.behaviour.planning_grid
    return own if own is not None else default_grid()
