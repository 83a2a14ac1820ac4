"""The four runs that are compared, the stages, and what is known of each run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from coercivity.base.errors import CoercivityError
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.ministry.bottleneck.solving.tonnes import Floats, StageTonnes

BASE, MATERIALS, TECHNOLOGY, BOTH = "controls-back", "materials-free", "technology-free", "no-controls"
# The run with both controls, and those in which one or both are removed.
RUNS = (BASE, MATERIALS, TECHNOLOGY, BOTH)
# Magnets from China, shown beside what is made outside it.
IMPORTED, _OUT = "imported", "magnets:XCN"


@dataclass(frozen=True, slots=True, eq=False)
class StagedRun:
    """One of the runs.

    Attributes:
        draws: Its draws, or the run without draws as a set of one.
        tonnes: Output outside China by stage, each in its unit, and magnets from China, shape (draws, years).
    """

    draws: DrawSet
    tonnes: Mapping[str, Floats]


def staged_run(draws: DrawSet, tonnes: Mapping[int, StageTonnes]) -> StagedRun:
    """Returns a run with the output by stage of each of its draws.

    Args:
        draws: The draws.
        tonnes: Output by stage and year of each point.

    Raises:
        CoercivityError: If a draw has no output, or that of other years.
    """
    points = draws.points.tolist()
    if any(point not in tonnes or tonnes[point].years != draws.years for point in points):
        what = "a draw and its output by stage are of different years or points"
        raise CoercivityError.of("DRAWS-FOLDER", what, where=draws.run, next="clear the cache and run again")
    stages = dict.fromkeys(stage for point in points for stage in tonnes[point].t)
    found = {stage: np.array([tonnes[point].t[stage] for point in points], dtype=np.float64) for stage in stages}
    return StagedRun(draws, {**found, IMPORTED: _imported(draws)})


def _imported(draws: DrawSet) -> Floats:
    """Returns the magnets that clear customs out of China by draw and year [t]; a draw without them has none."""
    found = np.zeros((len(draws.points), len(draws.years)))
    if _OUT in draws.names["out"]:
        months = draws.series("out", _OUT)
        for at, month in enumerate(draws.months):
            found[:, draws.years.index(month[:4])] += months[:, at]
    return found
