"""A plan and what it costs in each scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coercivity.base.linear import INF
from coercivity.base.sums import total
from coercivity.firm.mix.extensive import Extensive
from coercivity.firm.mix.model import MixCase, MixPlan, MixResult, ScenarioCost

DIGITS = 9
# Tonnes, thousand euros and, by far, line-days up to these are rounding of the solver.
NONE = 1e-6
NO_DAYS = 1e-4


@dataclass(frozen=True, slots=True)
class RankedPlan:
    """The best plan of one set of options.

    Attributes:
        over_best_keur: Objective over that of the best set of options [1000 EUR].
        over_best_share: The same as a share of it; None where the best costs nothing.
    """

    result: MixResult
    over_best_keur: float
    over_best_share: float | None


def rounded(value: float) -> float:
    """Returns a number with nine digits, the same on every machine that computes to ten."""
    return float(f"{value:.{DIGITS}g}") + 0.0


def nothing(case: MixCase) -> MixPlan:
    """Returns the plan without options and without stock."""
    return MixPlan((), {item.item: 0.0 for item in case.items})


def chosen(case: MixCase, plan: MixPlan) -> tuple[bool, ...]:
    """Returns yes or no for each option of the case."""
    return tuple(option.option in plan.options for option in case.options)


def cvar(costs: Sequence[float], probabilities: Sequence[float], alpha: float) -> float:
    """Returns the mean of the dearest 1 - alpha, splitting a scenario where needed.

    Source: Rockafellar and Uryasev 2000.
    """
    left, sums = 1.0 - alpha, 0.0
    for cost, probability in sorted(zip(costs, probabilities, strict=True), reverse=True):
        part = min(left, probability)
        sums += part * cost
        left -= part
    return sums / (1.0 - alpha)


def spent_keur(case: MixCase, plan: MixPlan) -> float:
    """Returns fees and stock at the start [1000 EUR]."""
    fees = total(option.fee_keur for option in case.options if option.option in plan.options)
    return fees + total(item.stock_cost_keur * plan.stock_t[item.item] for item in case.items)


def costed(case: MixCase, plan: MixPlan, *, weight: float = 0.0, limited: bool = True) -> MixResult:
    """Returns what a plan costs where each scenario is met at least cost, without shadow values.

    Args:
        case: What is chosen from.
        plan: The plan.
        weight: Weight of CVaR in the objective.
        limited: Whether the limit on lost line-days is kept in every scenario.

    Raises:
        ValueError: If the plan cannot keep that limit.
    """
    built = Extensive.of(case)
    for name in ("budget", "storage", *(() if limited else ("lost_line_days",))):
        built.limit(name, INF)
    built.hold(chosen(case, plan))
    built.hold_stock(plan.stock_t)
    if limited:
        days = built.most["lost_line_days"]
        built.limit("lost_line_days", days + NO_DAYS if days < INF else INF)
    built.weigh_scenarios()
    found = built.programme.solve(from_scratch=True)
    if found is None:
        raise ValueError("the plan loses more line-days than the limit")
    rows = tuple(_scenario(built, place, found.value.tolist()) for place in range(len(case.scenarios)))
    return result_of(case, plan, rows, weight)


def _scenario(built: Extensive, place: int, value: Sequence[float]) -> ScenarioCost:
    scenario = built.case.scenarios[place]
    lost = {item: [(value[col], use) for col, use in cols] for item, cols in built.not_served[place].items()}
    days = built.case.days_per_month * total(part / use for each in lost.values() for part, use in each)
    by_item = {item: total(part for part, _ in each) for item, each in lost.items()}
    return row(scenario.scenario, scenario.probability, value[built.cost[place]], days, by_item)


def row(scenario: str, probability: float, cost_keur: float, days: float, lost_t: Mapping[str, float]) -> ScenarioCost:
    """Returns a plan in a scenario, in nine digits and without the rounding of the solver."""
    left = {item: rounded(lost) if lost > NONE else 0.0 for item, lost in lost_t.items()}
    return ScenarioCost(scenario, probability, rounded(cost_keur), rounded(days) if days > NO_DAYS else 0.0, left)


def result_of(
    case: MixCase,
    plan: MixPlan,
    rows: tuple[ScenarioCost, ...],
    weight: float,
    shadow: Mapping[str, float] | None = None,
) -> MixResult:
    """Returns the result of a plan from what it costs in each scenario."""
    mean = total(row.probability * row.cost_keur for row in rows)
    bad = cvar([row.cost_keur for row in rows], [row.probability for row in rows], case.alpha)
    return MixResult(
        plan=plan,
        weight=weight,
        objective_keur=rounded((1.0 - weight) * mean + weight * bad),
        mean_keur=rounded(mean),
        cvar_keur=rounded(bad),
        spent_keur=rounded(spent_keur(case, plan)),
        lost_chance=rounded(total(row.probability for row in rows if row.lost_line_days > 0.0)),
        mean_lost_line_days=rounded(total(row.probability * row.lost_line_days for row in rows)),
        worst_lost_line_days=max((row.lost_line_days for row in rows), default=0.0),
        scenarios=rows,
        shadow=dict(shadow or {}),
    )


def do_nothing(case: MixCase, *, weight: float = 0.0) -> MixResult:
    """Returns what it costs to choose no option and no stock, limits not kept."""
    return costed(case, nothing(case), weight=weight, limited=False)
