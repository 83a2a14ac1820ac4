"""Tonnes outside China by stage and year in each run, with the differences to the run with both controls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coercivity.ministry.bottleneck.figures import Interval, interval, less
from coercivity.ministry.bottleneck.runs import BASE, IMPORTED, RUNS, StagedRun
from coercivity.ministry.bottleneck.solving.tonnes import STAGES


@dataclass(frozen=True, slots=True)
class StageYear:
    """Output of a stage outside China in a year of a run.

    Attributes:
        t: Mean over the draws [t].
        more: What it is more than in the run with both controls [t]; None for that run itself.
    """

    stage: str
    run: str
    year: str
    t: float
    more: Interval | None


def output(runs: Mapping[str, StagedRun]) -> Iterator[StageYear]:
    """Yields the output by stage, run and year, and the magnets from China.

    Args:
        runs: The four runs, of the same points and months.

    Raises:
        CoercivityError: If they are not.
    """
    base = runs[BASE]
    for stage in (*STAGES, IMPORTED):
        for name in RUNS:
            run = runs[name]
            for at, year in enumerate(run.draws.years):
                values, other = run.tonnes[stage][:, at], base.tonnes[stage][:, at]
                more = None if name == BASE else interval(less(run, base, values, other))
                yield StageYear(stage, name, year, float(values.mean()), more)
