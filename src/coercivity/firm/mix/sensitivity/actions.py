"""What each part of the best plan is worth: the plan without it, the other parts as they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from coercivity.firm.mix.model import MixCase, MixPlan, MixResult
from coercivity.firm.mix.plans import costed, rounded

PartKind = Literal["option", "stock"]


@dataclass(frozen=True, slots=True)
class PlanPart:
    """An option or the stock of an item in the best plan.

    Attributes:
        kind: option or stock.
        name: The option or the item.
        cost_keur: What it costs at the start: its fee, or the cost of the stock [1000 EUR].
        saves_keur: Mean cost without it less mean cost with it, its own cost included [1000 EUR].
        saves_per_keur: The same over its cost; None where it costs nothing at the start.
        stop_chance: Chance of a lost line-day without it.
        lost_line_days: Mean lost line-days without it.
    """

    kind: PartKind
    name: str
    cost_keur: float
    saves_keur: float
    saves_per_keur: float | None
    stop_chance: float
    lost_line_days: float


def plan_parts(case: MixCase, found: MixResult) -> tuple[PlanPart, ...]:
    """Returns the parts of the best plan, those that save most for what they cost first.

    Each scenario is met at least cost again without the part. Limits are left out, with the part and without, for a
    plan with a part missing may not keep the limit on lost line-days.

    Args:
        case: What was chosen from.
        found: The best plan.
    """
    plan = found.plan
    whole = costed(case, plan, limited=False)
    parts = [
        _part(case, whole, "option", option.option, option.fee_keur, _without_option(plan, option.option))
        for option in case.options
        if option.option in plan.options
    ]
    for item in case.items:
        stock = plan.stock_t[item.item]
        if stock > 0.0:
            less = replace(plan, stock_t={**plan.stock_t, item.item: 0.0})
            parts.append(_part(case, whole, "stock", item.item, stock * item.stock_cost_keur, less))
    return tuple(sorted(parts, key=_worth, reverse=True))


def _without_option(plan: MixPlan, option: str) -> MixPlan:
    return replace(plan, options=tuple(one for one in plan.options if one != option))


def _part(case: MixCase, whole: MixResult, kind: PartKind, name: str, cost: float, less: MixPlan) -> PlanPart:
    without = costed(case, less, limited=False)
    saves = rounded(without.mean_keur - whole.mean_keur)
    share = rounded(saves / cost) if cost > 0.0 else None
    return PlanPart(kind, name, rounded(cost), saves, share, without.lost_chance, without.mean_lost_line_days)


def _worth(part: PlanPart) -> tuple[float, float]:
    free = float("inf") if part.saves_keur > 0.0 else 0.0
    return (free if part.saves_per_keur is None else part.saves_per_keur), part.saves_keur
