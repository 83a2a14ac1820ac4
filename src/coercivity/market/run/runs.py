"""The runs that a scenario needs: one, or one per legal scenario."""

from __future__ import annotations

from dataclasses import dataclass

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.base.months import Month, middle_of
from coercivity.cases.arguments import assumptions
from coercivity.files.kept.store import Store
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.observed import ObservedState
from coercivity.market.run.scenarios.check_law import seen_through
from coercivity.market.run.scenarios.planning import grid_of
from coercivity.market.run.scenarios.scenario import Scenario
from coercivity.market.run.simulate import Lifted, Progress, Simulation, simulate
from coercivity.permission.gates import Gates

YEAR_DAYS = 365


@dataclass(frozen=True, slots=True)
class RunAsked:
    """One requested run.

    Attributes:
        branch: Legal scenario; empty if the scenario selects it itself.
    """

    scenario: Scenario
    branch: str
    assume: str

    @property
    def id(self) -> str:
        """Scenario and legal scenario."""
        return f"{self.scenario.id}/{self.branch}" if self.branch else self.scenario.id


def runs_of(book: Rulebook, scenario: Scenario, last: Month, known: Day | None = None) -> list[RunAsked]:
    """Returns the runs that a scenario needs: one, or one per legal scenario if a status is unconfirmed."""
    if scenario.law.assume:
        return [RunAsked(scenario, "", scenario.law.assume)]
    seen = seen_through(book, last, known)
    points = Gates(book, without=scenario.law.without).branch_points(seen)
    ends = [
        point.paused_through for point in points if point.paused_through < middle_of(last + grid_of(scenario).months)
    ]
    if not ends:
        return [RunAsked(scenario, "", "")]
    through = max(Day.fromordinal(min(ends).toordinal() + YEAR_DAYS), *ends)
    return [RunAsked(scenario, branch, branch) for branch in ("lapsed", f"extended:{through.isoformat()}")]


def simulation_of(
    book: Rulebook,
    run: RunAsked,
    first: Month,
    last: Month,
    *,
    known: Day | None = None,
    lifted: Lifted | None = None,
    kept: Store | None = None,
    observed: ObservedState | None = None,
    progress: Progress | None = None,
) -> Simulation:
    """Returns one run from the beginning of the model, in which a clause may be lifted.

    Raises:
        CoercivityError: If a legal scenario or a clause does not exist, or a month has no feasible plan.
    """
    faults = Faults()
    end = seen_through(book, last, known)
    assume = assumptions(book, run.assume, faults, known=end)
    faults.raise_if_any()
    return simulate(
        book,
        run.scenario,
        last,
        assume=assume,
        branch=run.branch,
        first=first,
        known=known,
        lifted=lifted,
        kept=kept,
        observed=observed,
        progress=progress,
    )
