"""The estimated state that a run starts from: the model's own run of the observed months, and the estimate."""

from __future__ import annotations

from coercivity.base.months import Month
from coercivity.files.kept.store import Store
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.observed import ObservedAsked
from coercivity.market.run.runs import runs_of, simulation_of
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import Progress, capacities
from coercivity.observations.state.asked import rows_of
from coercivity.observations.state.flows import GROUPS
from coercivity.observations.state.observed_rows import Sorted, sorted_rows
from coercivity.observations.state.state import StateEstimate, nothing_observed, state_estimate

# The run of the model from which the estimate starts: the law as it was, and nothing changed.
USUAL = "as-known"


def observed_state(
    book: Rulebook,
    asked: ObservedAsked,
    begin: Month,
    last: Month,
    *,
    kept: Store | None = None,
    progress: Progress | None = None,
) -> StateEstimate:
    """Returns the estimated state of the months up to the last observed one; the same for every scenario.

    Args:
        book: The rulebook.
        asked: The observations.
        begin: First month of the model.
        last: Last month that may be estimated.
        kept: Where solved months are kept.
        progress: Called with (months done, all) of the model's own run.

    Raises:
        CoercivityError: If no row says anything of a flow by then, rows contradict each other, a row is invalid, or a
            month has no feasible plan.
    """
    found, through = check_observed(asked, begin, last)
    scenario = read_scenario(USUAL, capacities(), book, None)
    # Past months have the same law in every legal scenario; the first stands for all.
    run = runs_of(book, scenario, through, asked.known)[0]
    simulation = simulation_of(book, run, begin, through, known=asked.known, kept=kept, progress=progress)
    return state_estimate(simulation, found)


def check_observed(asked: ObservedAsked, begin: Month, last: Month) -> tuple[Sorted, Month]:
    """Returns the observed rows by what is taken from them, and the last month of which a flow was observed.

    Args:
        asked: The observations.
        begin: First month of the model.
        last: Last month that may be estimated.

    Raises:
        CoercivityError: If no row says anything of a flow by then, or a row is invalid.
    """
    found = sorted_rows(rows_of(asked), begin, GROUPS)
    through = max((flow.months[-1] for flow in found.flows if flow.months[-1] <= last), default=None)
    if through is None:
        raise nothing_observed(asked.known.isoformat() if asked.known is not None else "")
    return found, through
