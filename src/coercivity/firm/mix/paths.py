"""Scenarios by legal path, and by what could be known first: regret of one plan for all, and what knowing is worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from coercivity.base.sums import total
from coercivity.firm.mix.choose import ENUMERATED, best
from coercivity.firm.mix.model import MixCase, MixPlan, MixResult, MixScenario
from coercivity.firm.mix.plans import NONE, rounded

# Scenarios x items x months up to which every column is known first in turn.
MOST_CELLS = 20_000


@dataclass(frozen=True, slots=True)
class PathRegret:
    """One plan for all legal paths against the plan made for one of them.

    Attributes:
        path: The legal path.
        probability: Its probability.
        mean_keur: Mean cost of the plan for all in this path [1000 EUR].
        least: The plan of least mean cost for this path alone, under the same limits.
        regret_keur: What the plan for all costs more there [1000 EUR].
    """

    path: str
    probability: float
    mean_keur: float
    least: MixPlan
    least_keur: float
    regret_keur: float


@dataclass(frozen=True, slots=True)
class Knowing:
    """What it is worth to know one column of the scenarios before the choice.

    Attributes:
        column: The column.
        worth_keur: Least mean cost now, less the mean of the least costs by value of the column [1000 EUR].
    """

    column: str
    worth_keur: float


def regrets(case: MixCase, found: MixResult) -> tuple[PathRegret, ...]:
    """Returns the regret of a plan in each legal path; none where there is one path only.

    Args:
        case: What is chosen from.
        found: The plan for all paths.

    Source: Savage 1951; equation 103 of docs/market.md.
    """
    paths = list(dict.fromkeys(each.path for each in case.scenarios))
    if len(paths) < 2:
        return ()
    return tuple(_regret(case, found, path) for path in paths)


def _regret(case: MixCase, found: MixResult, path: str) -> PathRegret:
    within = [place for place, each in enumerate(case.scenarios) if each.path == path]
    chance = total(case.scenarios[place].probability for place in within)
    if chance <= 0.0:
        return PathRegret(path, 0.0, 0.0, found.plan, 0.0, 0.0)
    mean = total(case.scenarios[place].probability * found.scenarios[place].cost_keur for place in within) / chance
    alone = best(only(case, (case.scenarios[place] for place in within)))
    regret = _above(mean, alone.mean_keur)
    return PathRegret(path, rounded(chance), rounded(mean), alone.plan, alone.mean_keur, regret)


def _above(value: float, least: float) -> float:
    """Returns a value over the least one, without the rounding of the solver."""
    more = value - least
    return rounded(more) if more > NONE * max(1.0, abs(value)) else 0.0


def only(case: MixCase, scenarios: Iterable[MixScenario]) -> MixCase:
    """Returns a case with some of its scenarios, their probabilities over that of all of them."""
    kept = tuple(scenarios)
    chance = total(each.probability for each in kept)
    return replace(case, scenarios=tuple(replace(each, probability=each.probability / chance) for each in kept))


def knowing(case: MixCase, found: MixResult) -> tuple[Knowing, ...] | None:
    """Returns what it is worth to know each column that differs between scenarios; None where that takes too long.

    Means are compared, whatever the weight on CVaR; the limits are kept in every scenario.

    Args:
        case: What is chosen from.
        found: The best plan.

    Source: Raiffa and Schlaifer 1961; equation 53 of docs/market.md.
    """
    cells = len(case.scenarios) * len(case.items) * case.months
    if cells > MOST_CELLS or len(case.options) > ENUMERATED:
        return None
    columns = dict.fromkeys(name for each in case.scenarios for name in each.facts)
    varied = [name for name in columns if len({each.facts.get(name) for each in case.scenarios}) > 1]
    if not varied:
        return ()
    now = found.mean_keur if found.weight == 0.0 else best(case).mean_keur
    return tuple(Knowing(name, _above(now, _mean_known(case, name))) for name in varied)


def _mean_known(case: MixCase, column: str) -> float:
    """Returns the mean of the least costs where one column is known before the choice [1000 EUR]."""
    groups: dict[str | None, list[MixScenario]] = {}
    for each in case.scenarios:
        groups.setdefault(each.facts.get(column), []).append(each)
    chances = [total(each.probability for each in group) for group in groups.values()]
    return total(
        chance * best(only(case, group)).mean_keur
        for chance, group in zip(chances, groups.values(), strict=True)
        if chance > 0.0
    )
