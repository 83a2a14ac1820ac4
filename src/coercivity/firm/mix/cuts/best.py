"""The best mix by cutting planes: exact for many scenarios, with a lower bound that proves it.

F(x) >= F(x_k) + g_k (x - x_k) for the mean and, averaged over the dearest 1 - alpha of the scenarios, for CVaR. Both
have cuts of their own, so that another weight reuses them all. Yes and no are chosen in a master with whole numbers;
the stock of each set is then found with the set held, half-way to the best known point on odd steps.

Source: Benders 1962; Rockafellar and Uryasev 2000; Ben-Ameur and Neto 2007.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from coercivity.base.linear import NoCertainAnswerError
from coercivity.firm.mix.cuts.arrays import CaseArrays, Floats, arrays_of
from coercivity.firm.mix.cuts.master import Master, Point
from coercivity.firm.mix.cuts.recourse import Costs, Recourse
from coercivity.firm.mix.model import MixCase, MixPlan

# Share of the objective by which bound and plan may differ at the end.
GAP = 1e-6
MOST_STEPS = 5000
# Scenarios over the limit on lost line-days that get a cut in one step.
DAYS_CUTS = 8

Choice = tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class CutPlan:
    """The best plan and how well that is proven.

    Attributes:
        objective_keur: (1 - weight) x mean + weight x CVaR [1000 EUR].
        lower_keur: No plan has a lower objective than this [1000 EUR].
        costs_keur: Cost of each scenario, in the order of the case [1000 EUR].
        line_days: Lost line-days of each scenario.
        steps: Costs of a choice computed for all scenarios.
        solves: Linear programmes of single scenarios.
    """

    plan: MixPlan
    weight: float
    objective_keur: float
    mean_keur: float
    cvar_keur: float
    lower_keur: float
    costs_keur: tuple[float, ...]
    line_days: tuple[float, ...]
    steps: int
    cuts: int
    solves: int

    @property
    def gap_share(self) -> float:
        """Objective over its lower bound, as a share of the objective."""
        return (self.objective_keur - self.lower_keur) / max(1.0, abs(self.objective_keur))


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """A choice whose costs are known and that keeps all limits."""

    choice: Floats
    mean: float
    cvar: float
    costs: Costs

    def objective(self, weight: float) -> float:
        return (1.0 - weight) * self.mean + weight * self.cvar


def tail_weights(cost: Floats, chance: Floats, alpha: float) -> Floats:
    """Returns the weight of each scenario in CVaR: the dearest 1 - `alpha`, splitting one where needed."""
    order = np.argsort(-cost, kind="stable")
    left = np.clip((1.0 - alpha) - (np.cumsum(chance[order]) - chance[order]), 0.0, None)
    weights = np.zeros_like(chance)
    weights[order] = np.minimum(chance[order], left)
    weights /= weights.sum()
    return weights


@dataclass(slots=True, eq=False)
class Cuts:
    """The cuts of one case; each best plan reuses those found before.

    Attributes:
        gap: Share of the objective by which bound and plan may differ at the end.
    """

    case: MixCase
    gap: float = GAP
    steps: int = 0
    _arrays: CaseArrays = field(init=False)
    _recourse: Recourse = field(init=False)
    _master: Master = field(init=False)
    _known: list[_Known] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Builds arrays, recourse and master."""
        self._arrays = arrays_of(self.case)
        self._recourse = Recourse(self._arrays)
        self._master = Master(self._arrays, self._recourse.blocks)

    def best(self, weight: float = 0.0) -> CutPlan | None:
        """Returns the best plan for a weight of CVaR, or None if no choice keeps all limits.

        Raises:
            NoCertainAnswerError: If the gap is not closed in `MOST_STEPS` steps.
        """
        self._master.weigh(weight)
        self._close(weight, None)
        closed: set[Choice] = set()
        while True:
            point = self._master.whole()
            if point is None:
                return None
            best = self._best(weight)
            chosen: Choice = tuple(bool(each > 0.5) for each in point.choice[: len(self.case.options)])
            if best is not None and (self._near(best.objective(weight), point.bound_keur) or chosen in closed):
                return self._plan(best, weight, point.bound_keur)
            closed.add(chosen)
            if not self._close(weight, chosen):
                self._master.forbid(chosen)

    def frontier(self, weights: Iterable[float]) -> tuple[CutPlan, ...]:
        """Returns the best plan for each weight; none if no choice keeps all limits."""
        return tuple(plan for plan in map(self.best, weights) if plan is not None)

    def _best(self, weight: float) -> _Known | None:
        return min(self._known, key=lambda known: known.objective(weight), default=None)

    def _near(self, objective: float, bound: float, share: float = 1.0) -> bool:
        return objective - bound <= share * self.gap * max(1.0, abs(objective))

    def _close(self, weight: float, held: Choice | None) -> bool:
        """Adds cuts until the best point of a set of options is known, or cannot be best; False if it has none.

        Args:
            weight: Weight of CVaR.
            held: The options; None for anything between yes and no, which only yields cuts.
        """
        inside: _Known | None = None
        for step in range(MOST_STEPS):
            point, best = self._master.linear(held), self._best(weight)
            if point is None:
                return False
            reached = [] if inside is None else [inside]
            reached += [] if best is None or held is None else [best]
            # Between yes and no a rough bound is enough: the sets are closed one by one afterwards.
            share = 0.25 if held is not None else max(0.25, 1e-4 / self.gap)
            if any(self._near(known.objective(weight), point.bound_keur, share) for known in reached):
                return True
            if self._cut_by_bound(point, weight):
                continue
            at = point.choice if inside is None or step % 2 == 0 else 0.5 * (point.choice + inside.choice)
            found = self._evaluate(at)
            if found is None:
                continue
            if inside is None or found.objective(weight) < inside.objective(weight):
                inside = found
            if held is not None:
                self._known.append(found)
        raise NoCertainAnswerError(f"the gap is still open after {MOST_STEPS} steps")

    def _cut_by_bound(self, point: Point, weight: float) -> bool:
        """Adds the cuts of bounds from below that need no programme; False if they exclude nothing."""
        if self._recourse.closed:
            return False
        costs = self._recourse.bound(point.choice)
        if costs is None:
            return False
        mean, tail = self._weights(costs)
        value = (1.0 - weight) * float(mean @ costs.cost) + weight * float(tail @ costs.cost)
        if self._near(value, point.bound_keur, 0.25):
            return False
        self._add(costs, point.choice)
        return True

    def _weights(self, costs: Costs) -> tuple[Floats, Floats]:
        chance = self._arrays.chance
        return chance, tail_weights(costs.cost, chance, self.case.alpha)

    def _add(self, costs: Costs, choice: Floats) -> None:
        mean, tail = self._weights(costs)
        for place, (cost, slope) in enumerate(costs.blocks):
            self._master.cut_mean(place, float(mean @ cost), mean @ slope, choice)
        self._master.cut_cvar(float(tail @ costs.cost), tail @ costs.slope, choice)

    def _evaluate(self, choice: Floats) -> _Known | None:
        """Adds the cuts of a choice and returns its costs, or None if it breaks the limit on lost line-days."""
        self.steps += 1
        costs = self._recourse.at(choice)
        self._add(costs, choice)
        most = self.case.limits.lost_line_days
        if costs.over is not None and most is not None:
            for row in np.argsort(-costs.over.least, kind="stable")[:DAYS_CUTS]:
                self._master.cut_days(float(costs.over.least[row]) - most, costs.over.slope[row], choice)
            return None
        mean, tail = self._weights(costs)
        return _Known(choice, float(mean @ costs.cost), float(tail @ costs.cost), costs)

    def _plan(self, known: _Known, weight: float, bound: float) -> CutPlan:
        case, place = self.case, self._arrays.place
        options = tuple(o.option for o, yes in zip(case.options, known.choice, strict=False) if yes > 0.5)
        stock = {item.item: float(known.choice[self._arrays.stock(i)]) for i, item in enumerate(case.items)}
        return CutPlan(
            plan=MixPlan(options, stock),
            weight=weight,
            objective_keur=known.objective(weight),
            mean_keur=known.mean,
            cvar_keur=known.cvar,
            lower_keur=min(bound, known.objective(weight)),
            costs_keur=tuple(known.costs.cost[place].tolist()),
            line_days=tuple(known.costs.line_days[place].tolist()),
            steps=self.steps,
            cuts=self._master.cuts,
            solves=self._recourse.solves,
        )


def best_by_cuts(case: MixCase, weight: float = 0.0, *, gap: float = GAP) -> CutPlan | None:
    """Returns the best plan by cutting planes, or None if no choice keeps all limits.

    Raises:
        ValueError: If the level of CVaR is not in [0, 1), or an option has a negative extra cost.
    """
    return Cuts(case, gap).best(weight)
