"""The months that all draws of a run share, as series: what the model said of months that are over."""

from __future__ import annotations

from coercivity.ensemble.runs.keeping import KeptDraw, kept_of
from coercivity.ensemble.runs.task import DrawTask, shared_months

# The months before the first drawn one belong to no point.
_NO_POINT = -1


def replayed(task: DrawTask) -> KeptDraw:
    """Returns what the months that all draws share give, each on the information of its time.

    Args:
        task: Any draw of the run.

    Raises:
        CoercivityError: If a month has no feasible plan, or the rulebook of this process is another one.
    """
    _, simulation = shared_months(task)
    return kept_of(simulation, _NO_POINT, task.begin, task.first - 1)
