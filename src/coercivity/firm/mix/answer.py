"""The best mix of a case with all that a reader asks about it: the next best, limits, known before, flips, lateness."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from coercivity.base.errors import Argument, Fault, Faults, brief_value, nearest
from coercivity.firm.mix.choose import NoPlanError, best, ranked, widened
from coercivity.firm.mix.frontier import POINTS, frontier
from coercivity.firm.mix.infeasible import Clash, LeastChange, clash
from coercivity.firm.mix.intervals import RestsOn
from coercivity.firm.mix.known_before import KnownBefore, known_before
from coercivity.firm.mix.model import MixCase, MixResult
from coercivity.firm.mix.month_by_month import best_month_by_month, month_by_month
from coercivity.firm.mix.paths import Knowing, PathRegret, knowing, regrets
from coercivity.firm.mix.plans import RankedPlan, do_nothing, rounded
from coercivity.firm.mix.sensitivity.actions import PlanPart, plan_parts
from coercivity.firm.mix.sensitivity.flips import FlipRow, flips
from coercivity.firm.mix.sensitivity.inputs import mix_inputs
from coercivity.firm.mix.sensitivity.late import DAYS_LATE, LateRow, late

# With more options than this only the best sets of options are listed.
ALL_SETS_OPTIONS, LISTED = 6, 5
UNKNOWN_OPTIONS = 4
# With more limits than this, caps of stock are looked at only where they bind.
MANY_LIMITS = 12
CAP = "stock_cap:"
_MAIN_STEPS = 3


@dataclass(frozen=True, slots=True)
class MixAsked:
    """What is asked beside the best plan.

    Attributes:
        steps: Steps by limit, such as 50 for budget or 4 for stock_cap:B.
        flips: Whether to look for what would change the choice.
        late: Whether to price legal facts that are known late.
        frontier: Whether to look at 21 weights on CVaR.
        apart: Items taken as independent of each other.
        rests: What the chances of the scenarios rest on.
    """

    steps: Mapping[str, float]
    flips: bool = False
    late: bool = False
    frontier: bool = False
    apart: tuple[str, ...] = ()
    rests: RestsOn = field(default_factory=RestsOn)


@dataclass(frozen=True, slots=True)
class LimitWorth:
    """What a limit costs, with the options free to change.

    Attributes:
        limit: budget, storage, lost_line_days, or stock_cap:ITEM.
        now: Its value.
        shadow_keur: Worth of one unit more with the options held [1000 EUR per unit].
        step: How much wider it is; None: left out.
        saved_keur: What the best plan then costs less [1000 EUR].
        options: Options of that plan.
    """

    limit: str
    now: float
    shadow_keur: float
    step: float | None
    saved_keur: float
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MixFound:
    """The best mix and what belongs to it.

    Attributes:
        case: What was chosen from.
        asked: What was asked.
        choices: Best plan of each set of options that keeps the limits, best first; with many options the first five.
        all_sets: Number of sets of options, or None if not all were looked at.
        nothing: Doing nothing, limits not kept.
        limits: What each limit costs.
        known: Were the scenario known before the choice.
        unknown: The plan month by month with nothing known ahead.
        unknown_best: The best plan month by month with stock used first; None where it is not sought.
        parts: What each part of the best plan is worth, the best for its cost first.
        flips: What would change the choice; None if not asked.
        late: Value of the rulebook; None if not asked.
        frontier: Best plan and the next at each weight on CVaR; None if not asked.
        regret: Regret of the best plan by legal path; none where there is one path.
        knowing: What knowing each column of the scenarios is worth; None where that takes too long.
    """

    case: MixCase
    asked: MixAsked
    choices: tuple[RankedPlan, ...]
    all_sets: int | None
    nothing: MixResult
    limits: tuple[LimitWorth, ...]
    known: KnownBefore
    unknown: MixResult
    unknown_best: MixResult | None
    parts: tuple[PlanPart, ...]
    flips: tuple[FlipRow, ...] | None
    late: tuple[LateRow, ...] | None
    frontier: tuple[tuple[RankedPlan, ...], ...] | None
    regret: tuple[PathRegret, ...]
    knowing: tuple[Knowing, ...] | None

    @property
    def best(self) -> MixResult:
        """The best plan."""
        return self.choices[0].result


def mix_answer(
    case: MixCase, weight: float, asked: MixAsked, *, progress: Callable[[int, int], None] | None = None
) -> MixFound:
    """Returns the best mix and what belongs to it.

    Args:
        case: What is chosen from.
        weight: Weight of CVaR in the objective.
        asked: What else is asked.
        progress: Is told the steps that are done and their number.

    Raises:
        NoPlanError: If no choice keeps all limits: the smallest sets that clash, and the least change of each.
        CoercivityError: If a step names no limit of the case.
    """
    check_steps(case, asked.steps)
    few = len(case.options) <= ALL_SETS_OPTIONS
    try:
        choices = ranked(case, weight, keep=None if few else LISTED)
    except NoPlanError:
        raise NoPlanError(clash_faults(clash(case))) from None
    found = choices[0].result
    steps = _Steps(progress, _MAIN_STEPS + _more_steps(case, found, asked))
    limits = _limits(case, weight, found, asked.steps)
    steps.done()
    known = known_before(case, found)
    steps.done()
    turns, points = list[FlipRow](), list[tuple[RankedPlan, ...]]()
    for row in flips(case, weight, found=found) if asked.flips else ():
        turns.append(row)
        steps.done()
    for point in frontier(case) if asked.frontier else ():
        points.append(point)
        steps.done()
    delays = late(case, weight, days=_days_late(case), rests=asked.rests) if asked.late else None
    steps.done()
    return MixFound(
        case=case,
        asked=asked,
        choices=choices,
        all_sets=2 ** len(case.options) if few else None,
        nothing=do_nothing(case, weight=weight),
        limits=limits,
        known=known,
        unknown=month_by_month(case, found.plan, weight=weight),
        unknown_best=_unknown_best(case, weight),
        parts=plan_parts(case, found),
        flips=tuple(turns) if asked.flips else None,
        late=delays,
        frontier=tuple(points) if asked.frontier else None,
        regret=regrets(case, found),
        knowing=knowing(case, found),
    )


class _Steps:
    """Tells a reader how many steps are done."""

    def __init__(self, told: Callable[[int, int], None] | None, count: int) -> None:
        self.told, self.count, self.so_far = told, count, 0

    def done(self) -> None:
        """Counts a step."""
        self.so_far += 1
        if self.told is not None:
            self.told(self.so_far, self.count)


def _more_steps(case: MixCase, found: MixResult, asked: MixAsked) -> int:
    """Returns the number of steps for what is asked beside the best plan."""
    inputs = sum(1 for _ in mix_inputs(case, found)) if asked.flips else 0
    return inputs + (POINTS if asked.frontier else 0)


def _unknown_best(case: MixCase, weight: float) -> MixResult | None:
    return (
        best_month_by_month(case, weight, stock_first=True) if len(case.items) == 1 and len(case.options) <= 4 else None
    )


def _days_late(case: MixCase) -> list[int]:
    """Returns the days late that leave a month to act in."""
    return [days for days in DAYS_LATE if round(days / case.days_per_month) < case.months]


def limits_of(case: MixCase) -> dict[str, float]:
    """Returns the limits of a case by name."""
    given = {
        "budget": case.limits.budget_keur,
        "storage": case.limits.storage_t,
        "lost_line_days": case.limits.lost_line_days,
    } | {f"{CAP}{item.item}": item.stock_cap_t for item in case.items if not item.stock_barred}
    return {name: now for name, now in given.items() if now is not None}


def check_steps(case: MixCase, steps: Iterable[str]) -> None:
    """Raises a fault for each step that names no limit of a case."""
    given, faults = limits_of(case), Faults()
    for name in steps:
        if name not in given:
            what, near = f"the mix has no limit {brief_value(name)!r}", nearest(name, given) or given
            faults.add("ARGUMENT", what, where=Argument("widen"), nearest=near, next="name one of its limits")
    faults.raise_if_any()


def _limits(case: MixCase, weight: float, found: MixResult, steps: Mapping[str, float]) -> tuple[LimitWorth, ...]:
    given = limits_of(case)
    rows = []
    many = len(given) > MANY_LIMITS
    for name, now in given.items():
        if many and name.startswith(CAP) and name not in steps and not found.shadow.get(name):
            continue
        for step in (steps[name], None) if name in steps else (None,):
            wider = best(widened(case, name, step), weight)
            saved = max(0.0, rounded(found.objective_keur - wider.objective_keur))
            rows.append(LimitWorth(name, now, found.shadow.get(name, 0.0), step, saved, wider.plan.options))
    return tuple(rows)


def clash_faults(why: Clash | None) -> list[Fault]:
    """Returns a fault for each smallest set of limits that clash, with the least change of its limits that helps."""
    if why is None:
        return [Fault("INFEASIBLE", "no choice of options and stock keeps all limits", "Limits", (), "widen a limit")]
    return [
        Fault("INFEASIBLE", f"no plan keeps together: {', '.join(names)}", "Limits", (), _advice(names, why))
        for names in why.sets
    ]


def _advice(names: Sequence[str], why: Clash) -> str:
    """Returns what to do about a set of limits that clash: the least change of its limits that help alone."""
    told = [_change(change) for change in why.changes if change.limit in names]
    if not told:
        return "widen one limit of every set that clashes; no single one is enough"
    no_help = [name for name in names if name in why.no_help]
    more = f"; widening {', '.join(no_help)} alone does not help, for another set clashes" if no_help else ""
    return "least change, the other limits as they are: " + ", or ".join(told) + more


def _change(change: LeastChange) -> str:
    """Returns the least change in words, rounded to the side that helps."""
    enough = math.ceil(change.needed * 100 - 1e-4) / 100
    with_options = f"with {' + '.join(change.options)}" if change.options else "with no option"
    return f"{change.limit} {enough:.2f} {with_options}"
