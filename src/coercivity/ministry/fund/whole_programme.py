"""Best sets of many projects as programmes of whole numbers, each answer checked exactly.

One column is yes or no for each offer; that of a pair is yes where both projects are funded. The solver works with
tolerances: a set that keeps the budget by its figures only and not exactly is left out and the programme solved again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from coercivity.base.linear import INF, Programme
from coercivity.base.sums import total
from coercivity.ministry.fund.sets import FundedSet, figures, keeps
from coercivity.ministry.fund.valued import Valued


@dataclass(frozen=True, slots=True)
class WholeProgramme:
    """Sets of projects that keep a budget.

    Attributes:
        case: The projects.
    """

    case: Valued

    def best(self, weights: Sequence[Fraction], budget_musd: Fraction, count: int) -> list[FundedSet]:
        """Returns the best sets within a budget on each path, best first.

        Args:
            weights: Weight of the value on each path.
            budget_musd: The budget [MUSD].
            count: Number of sets.

        Raises:
            NoCertainAnswerError: If the solver stops without an optimum.
        """
        case, found = self.case, list[FundedSet]()
        made = _Made(case, budget_musd)
        value = made.value(weights)
        made.model.cost = [-value.get(col, 0.0) for col in range(len(made.model.cost))]
        while len(found) < count and (chosen := made.solve()) is not None:
            found.append(_cheapest(case, chosen, budget_musd))
            made.leave_out(chosen.projects)

        def worth(one: FundedSet) -> tuple[Fraction, Fraction, int, tuple[int, ...]]:

            told = figures(case, one)
            return (
                -total(weight * money for weight, money in zip(weights, told.value_musd, strict=True)),
                told.mean_cost_musd,
                len(one.projects),
                one.offers,
            )

        return sorted(found, key=worth)

    def least_regret(self, best_musd: Sequence[Fraction], budget_musd: Fraction) -> FundedSet:
        """Returns the set whose greatest loss against the best value of a path is the least.

        Args:
            best_musd: Best value of each path [MUSD].
            budget_musd: The budget [MUSD].

        Raises:
            NoCertainAnswerError: If the solver stops without an optimum.
        """
        case = self.case
        made = _Made(case, budget_musd)
        regret = made.model.column(cost=1.0)
        for place, best in enumerate(best_musd):
            weights = [Fraction(int(each == place)) for each in range(len(case.paths))]
            made.model.row([(regret, 1.0), *made.value(weights).items()], low=float(best))
        chosen = made.solve()
        return FundedSet() if chosen is None else _cheapest(case, chosen, budget_musd)


class _Made:
    """The programme without its objective."""

    def __init__(self, case: Valued, budget_musd: Fraction) -> None:
        self.case, self.budget = case, budget_musd
        self.model = model = Programme()
        self.offers = [model.column(high=1.0) for _ in case.offers]
        self.of = [
            [col for col, offer in zip(self.offers, case.offers, strict=True) if offer.project == project]
            for project in range(len(case.projects))
        ]
        for cols in self.of:
            model.row([(col, 1.0) for col in cols], high=1.0)
        for place in range(len(case.paths)):
            held = [(col, float(offer.held_musd[place])) for col, offer in zip(self.offers, case.offers, strict=True)]
            model.row(held, high=float(budget_musd))
        self.pairs = {}
        for one, other in case.pairs_musd:
            both = model.column(high=1.0)
            first, second = ([(col, -1.0) for col in self.of[each]] for each in (one, other))
            model.row([(both, 1.0), *first], high=0.0)
            model.row([(both, 1.0), *second], high=0.0)
            model.row([(both, 1.0), *first, *second], low=-1.0)
            self.pairs[one, other] = both

    def value(self, weights: Sequence[Fraction]) -> dict[int, float]:
        """Returns the value of a set with a weight on each path, by column [MUSD]."""
        found = {}
        for col, offer in zip(self.offers, self.case.offers, strict=True):
            found[col] = _weighted(weights, self.case.value_musd[offer.project])
        for pair, col in self.pairs.items():
            found[col] = _weighted(weights, self.case.pairs_musd[pair])
        return found

    def leave_out(self, projects: Sequence[int]) -> None:
        """Leaves out one set of projects."""
        chosen = frozenset(projects)
        entries = [(col, 1.0 if at in chosen else -1.0) for at, cols in enumerate(self.of) for col in cols]
        self.model.row(entries, high=len(chosen) - 1.0)

    def solve(self) -> FundedSet | None:
        """Returns the best set that exactly keeps the budget; None if none is left."""
        while True:
            found = self.model.solve_whole(self.offers)
            if found is None:
                return None
            offers = tuple(at for at, col in enumerate(self.offers) if found.value[col] > 1 / 2)
            chosen = FundedSet(tuple(self.case.offers[at].project for at in offers), offers)
            if keeps(self.case, chosen, self.budget):
                return chosen
            entries = [(col, 1.0 if at in offers else -1.0) for at, col in enumerate(self.offers)]
            self.model.row(entries, low=-INF, high=len(offers) - 1.0)


def _cheapest(case: Valued, chosen: FundedSet, budget_musd: Fraction) -> FundedSet:
    """Returns a set with the instruments of the least mean cost that keep the budget."""
    made = _Made(case, budget_musd)
    for project, cols in enumerate(made.of):
        made.model.row([(col, 1.0) for col in cols], low=float(project in chosen.projects))
    for at, col in enumerate(made.offers):
        made.model.cost[col] = float(case.offers[at].mean_musd)
        if case.offers[at].project not in chosen.projects:
            made.model.high[col] = 0.0
    found = made.solve()
    return chosen if found is None else found


def _weighted(weights: Sequence[Fraction], by_path: Sequence[Fraction]) -> float:

    return float(total(weight * one for weight, one in zip(weights, by_path, strict=True)))
