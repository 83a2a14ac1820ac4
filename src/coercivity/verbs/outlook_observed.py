"""An outlook that starts from the latest observed state: the observations asked for, and what is told of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from coercivity.base.days import Day
from coercivity.base.errors import Argument, Fault, Faults
from coercivity.base.months import Month, month_text
from coercivity.market.results.run_answer import RunAnswer
from coercivity.market.run.observed import ObservedAsked
from coercivity.market.run.runs import RunAsked
from coercivity.market.run.simulate import BEGIN
from coercivity.observations.rows import Replaced, load_all
from coercivity.observations.state.asked import asked_of
from coercivity.observations.state.report import ObservedReport
from coercivity.observations.state.report_of import observed_report
from coercivity.observations.state.solve import check_observed
from coercivity.observations.state.state import StateEstimate
from coercivity.verbs.outlook_kept import Question

OBSERVATIONS = Argument("observations")


def observed_asked(
    question: Question, known: Day | None, months: tuple[Month, Month], faults: Faults
) -> ObservedAsked | None:
    """Returns the observations that the runs of a question start from, or adds every error in them.

    Args:
        question: The question.
        known: Information cut-off.
        months: First and last month; zero if there is an error in them.
        faults: Receives the errors.
    """
    if not question.observed:
        if question.observations:
            faults.add("ARGUMENT", "it goes with observed", where=OBSERVATIONS, next="give --observed as well")
        return None
    asked = None
    with faults.kept():
        asked = asked_of(known, [Path(name) for name in question.observations])
        if months[1]:
            check_observed(asked, min(months[0], BEGIN), months[1])
    return asked


def told_of(
    estimate: StateEstimate, asked: ObservedAsked, runs: Sequence[RunAsked], answers: Sequence[RunAnswer]
) -> ObservedReport:
    """Returns what an outlook tells of the state that its runs start from.

    Args:
        estimate: The estimate.
        asked: The observations.
        runs: The runs.
        answers: Their answers.
    """
    wedges = {run.id: answer.get("observed", []) for run, answer in zip(runs, answers, strict=True)}
    return {**observed_report(estimate, asked), "runs": wedges}


def notices_of(asked: ObservedAsked | None, months: tuple[Month, Month]) -> list[Fault]:
    """Returns notices: rows in whose place those of the user count, and what is shown of months that are observed.

    Args:
        asked: The observations; None if the outlook does not start from them.
        months: First and last month of the outlook.
    """
    if asked is None:
        return []
    _, through = check_observed(asked, min(months[0], BEGIN), months[1])
    found = [_replaced(each) for each in load_all(asked.known, [Path(name) for name in asked.files]).replaced]
    if months[0] > through:
        return found
    what = f"months through {month_text(through)} are observed: each begins from the estimate of the month before"
    step = "read their exports and stocks under observations; the prices of these months are the market's own"
    return [*found, Fault("OBSERVED-MONTHS", what, where=Argument("from"), next=step)]


def _replaced(each: Replaced) -> Fault:
    what = f"{each.id} is not used: {each.by} of your file says the same"
    return Fault("OBSERVED-REPLACED", what, where=each.file, next="nothing, unless you meant another series or period")
