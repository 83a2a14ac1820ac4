"""What it is worth to know a legal fact in time: the best plan of a firm that decides 0, 30 or 90 days later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coercivity.firm.mix.choose import best
from coercivity.firm.mix.intervals import MixRange, RestsOn, range_of
from coercivity.firm.mix.model import MixCase, MixPlan, MixResult
from coercivity.firm.mix.plans import rounded

DAYS_LATE = (0, 30, 90)


@dataclass(frozen=True, slots=True)
class LateRow:
    """The best plan of a firm that decides late.

    Attributes:
        days: Days by which the fact is late.
        months: The same in months, k.
        plan: The best plan for that k; one for all scenarios.
        mean_keur: Its mean cost [1000 EUR].
        objective_keur: Its objective [1000 EUR].
        in_time_worth_keur: What being in time is worth: its objective less the least that a firm in time reaches, which
            may begin at once or as late as any of the days up to this one [1000 EUR]. Never below 0.
        range: How sure the mean of the difference in cost is; None for a firm in time.
    """

    days: int
    months: int
    plan: MixPlan
    mean_keur: float
    objective_keur: float
    in_time_worth_keur: float
    range: MixRange | None = None


def late(
    case: MixCase, weight: float = 0.0, *, days: Sequence[int] = DAYS_LATE, rests: RestsOn | None = None
) -> tuple[LateRow, ...]:
    """Returns what legal facts that are known late cost.

    Options and stock begin later, stock orders leave only where China lets the whole use out, and filing ahead helps
    only against later stops. The limit on lost line-days is left out: a firm that is late could not keep it. A month
    is 30 days; days are rounded to months.

    Args:
        case: What is chosen from.
        weight: Weight of CVaR in the objective.
        days: Days by which the fact is late.
        rests: What the chances of the scenarios rest on; by default a table whose doubt is not stated.

    Raises:
        NoPlanError: If no choice keeps budget and storage.
        ValueError: If the delay is as long as the months looked at.
    """
    free = replace(case, limits=replace(case.limits, lost_line_days=None))
    least = best(replace(free, months_late=0), weight)
    at_once = least
    rows = []
    for each in sorted(days):
        months = round(each / free.days_per_month)
        if months >= case.months:
            raise ValueError(f"{each} days are as long as the {case.months} months looked at")
        found = at_once if months == 0 else best(replace(free, months_late=months), weight)
        least = min(least, found, key=_objective)
        worth = rounded(found.objective_keur - least.objective_keur)
        sure = None if months == 0 else _range(free, least, found, rests or RestsOn())
        rows.append(LateRow(each, months, found.plan, found.mean_keur, found.objective_keur, worth, sure))
    return tuple(rows)


def _objective(found: MixResult) -> float:
    return found.objective_keur


def _range(case: MixCase, in_time: MixResult, late: MixResult, rests: RestsOn) -> MixRange:
    """Returns how sure the mean difference is; differences are taken scenario by scenario."""
    pairs = zip(late.scenarios, in_time.scenarios, strict=True)
    more = [one.cost_keur - other.cost_keur for one, other in pairs]
    return range_of(more, [each.probability for each in case.scenarios], rests)
