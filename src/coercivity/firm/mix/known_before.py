"""What it would be worth to know the scenario before the choice."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coercivity.base.sums import total
from coercivity.firm.mix.choose import best
from coercivity.firm.mix.model import MixCase, MixPlan, MixResult
from coercivity.firm.mix.plans import cvar, rounded


@dataclass(frozen=True, slots=True)
class KnownScenario:
    """The best plan for one scenario.

    Attributes:
        cost_keur: Its cost in that scenario [1000 EUR].
    """

    scenario: str
    probability: float
    plan: MixPlan
    cost_keur: float


@dataclass(frozen=True, slots=True)
class KnownBefore:
    """The least cost of each scenario, were it known, under the same limits.

    Attributes:
        mean_keur: Mean of the least costs [1000 EUR].
        worth_keur: What knowing saves: objective of the best plan less the same of the least costs [1000 EUR].
    """

    scenarios: tuple[KnownScenario, ...]
    mean_keur: float
    worth_keur: float


def known_before(case: MixCase, found: MixResult) -> KnownBefore:
    """Returns what knowing the scenario before the choice is worth.

    Args:
        case: What is chosen from.
        found: The best plan where the scenario is not known, with the weight on CVaR.
    """
    rows = []
    for scenario in case.scenarios:
        alone = best(replace(case, scenarios=(replace(scenario, probability=1.0),)))
        cost = alone.scenarios[0].cost_keur
        rows.append(KnownScenario(scenario.scenario, scenario.probability, alone.plan, cost))
    mean = total(row.probability * row.cost_keur for row in rows)
    bad = cvar([row.cost_keur for row in rows], [row.probability for row in rows], case.alpha)
    known = (1.0 - found.weight) * mean + found.weight * bad
    return KnownBefore(tuple(rows), rounded(mean), rounded(found.objective_keur - known))
