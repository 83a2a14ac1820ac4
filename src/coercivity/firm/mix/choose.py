"""The best yes and no, exactly: all sets of options with bounds to leave most of them out, or whole numbers.

Up to `ENUMERATED` options a search fixes one option after the other; a set is left out once the linear programme with
the other options anywhere between yes and no is dearer than the best sets found. Beyond, the solver of whole numbers
finds the best set, then the best of the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coercivity.base.errors import CoercivityError
from coercivity.base.linear import INF, NoCertainAnswerError, Optimum
from coercivity.base.sums import total
from coercivity.firm.mix.extensive import Extensive
from coercivity.firm.mix.model import MixCase, MixLimits, MixPlan, MixResult
from coercivity.firm.mix.plans import NONE, RankedPlan, costed, rounded

ENUMERATED = 10
# Objectives closer than this share are equal; then fewer options, and the earlier ones, come first.
EQUAL_SHARE = 1e-8
# Step of a limit at whose end its shadow value is read, so that it is the worth of more and not of less.
STEP = 1e-5

Choice = tuple[bool, ...]
Found = tuple[float, Choice]


class NoPlanError(CoercivityError):
    """Raised where no choice keeps all limits; `infeasible.clash` says which of them clash."""


def possible(built: Extensive) -> bool:
    """Returns whether any set of options keeps the limits; the search ends at the first."""
    built.weigh_limit(None)
    if len(built.yes) > ENUMERATED:
        return bool(search(built))
    found = _Search(built, 1, first=True).run()
    built.hold([None] * len(built.yes))
    return bool(found)


def search(
    built: Extensive, *, keep: int | None = 1, whole: bool | None = None, first: Sequence[Choice] = ()
) -> list[Found]:
    """Returns the best sets of options with their objectives, best first; none if no set keeps the limits.

    Args:
        built: The programme with its objective set.
        keep: How many sets; None for all.
        whole: Whether the solver of whole numbers is used; None where there are more than `ENUMERATED` options.
        first: Sets to look at first, such as the best under another objective, so that more of the others are left out.
    """
    count = len(built.yes)
    whole = count > ENUMERATED if whole is None else whole
    found = _by_whole_numbers(built, keep) if whole else _Search(built, keep).run(first)
    built.hold([None] * count)
    return found


class _Search:
    """Depth first, the most doubtful option first; each programme starts from the basis of the one before."""

    def __init__(self, built: Extensive, keep: int | None, *, first: bool = False) -> None:
        self.built, self.keep, self.first = built, keep, first
        self.best: list[Found] = []

    def run(self, first: Sequence[Choice] = ()) -> list[Found]:
        for choice in first:
            self._visit(list(choice))
        self._visit([None] * len(self.built.yes))
        return self.best

    def _visit(self, chosen: list[bool | None]) -> None:
        if self.first and self.best:
            return
        self.built.hold(chosen)
        found = self.built.programme.solve()
        if found is None or self._too_dear(found.objective):
            return
        open_ones = [place for place, one in enumerate(chosen) if one is None]
        if not open_ones:
            self._leaf(found, tuple(bool(one) for one in chosen))
            return
        share = {place: float(found.value[self.built.yes[place]]) for place in open_ones}
        place = min(open_ones, key=lambda one: (abs(share[one] - 0.5), one))
        first = share[place] >= 0.5
        for one in (first, not first):
            self._visit([*chosen[:place], one, *chosen[place + 1 :]])

    def _too_dear(self, objective: float) -> bool:
        if self.keep is None or len(self.best) < self.keep:
            return False
        worst = self.best[-1][0]
        return objective > worst + EQUAL_SHARE * max(1.0, abs(worst))

    def _leaf(self, found: Optimum, choice: Choice) -> None:
        """Keeps a set of options if it is among the best."""
        stock = self.built.whole
        best = self.built.programme.solve_whole(stock) if stock else found
        if best is not None and choice not in [one for _, one in self.best]:
            self.best = _ordered([*self.best, (best.objective, choice)])[: self.keep]


def _ordered(found: list[Found]) -> list[Found]:
    """Returns sets of options by objective; where objectives are equal, fewer and earlier options first."""
    left, out = sorted(found, key=lambda each: each[0]), list[Found]()
    while left:
        most = left[0][0] + EQUAL_SHARE * max(1.0, abs(left[0][0]))
        alike = [each for each in left if each[0] <= most]
        out += sorted(alike, key=lambda each: (total(each[1]), [not one for one in each[1]]))
        left = left[len(alike) :]
    return out


def _by_whole_numbers(built: Extensive, keep: int | None) -> list[Found]:
    """Returns the best sets of options, each ruled out by a row once it is found."""
    programme, found = built.programme, list[Found]()
    open_rows = len(programme.row_low)
    while keep is None or len(found) < keep:
        built.hold([None] * len(built.yes))
        best = programme.solve_whole([*built.yes, *built.whole])
        if best is None:
            break
        choice = tuple(bool(best.value[col] > 0.5) for col in built.yes)
        found.append((best.objective, choice))
        others = [(col, -1.0 if one else 1.0) for col, one in zip(built.yes, choice, strict=True)]
        programme.row(others, low=1.0 - total(choice))
        if not built.yes:
            break
    for row in range(open_rows, len(programme.row_low)):
        programme.row_low[row] = -INF
    return _ordered(found)


def best(case: MixCase, weight: float = 0.0) -> MixResult:
    """Returns the best plan, with the shadow value of each limit.

    Args:
        case: What is chosen from.
        weight: Weight of CVaR in the objective (1 - weight) x mean + weight x CVaR.

    Raises:
        NoPlanError: If no choice keeps all limits.
    """
    return ranked(case, weight, keep=1)[0].result


def ranked(case: MixCase, weight: float = 0.0, *, keep: int | None = None) -> tuple[RankedPlan, ...]:
    """Returns the best plan of each set of options that keeps the limits, best first.

    Raises:
        NoPlanError: If there is none.
    """
    built = Extensive.of(case)
    built.weigh(weight)
    found = search(built, keep=keep)
    if not found:
        raise NoPlanError.of(
            "INFEASIBLE", "no choice of options and stock keeps all limits", next="widen one of the limits that clash"
        )
    return beside([result_with(built, choice, weight) for _, choice in found])


def beside(results: Sequence[MixResult]) -> tuple[RankedPlan, ...]:
    """Returns plans, best first, with what each costs over the best."""
    first = results[0].objective_keur
    over = [rounded(one.objective_keur - first) for one in results]
    return tuple(
        RankedPlan(one, more, rounded(more / abs(first)) if first else None)
        for one, more in zip(results, over, strict=True)
    )


def result_with(built: Extensive, choice: Choice, weight: float) -> MixResult:
    """Returns the best plan of one set of options under the objective that is set, of this weight."""
    case = built.case
    built.hold(choice)
    programme, whole = built.programme, set(built.whole)
    found = programme.solve_whole(built.whole) if whole else programme.solve(from_scratch=True)
    if found is None:
        raise NoCertainAnswerError("a set of options that kept the limits keeps them no longer")
    value = {item: float(found.value[col]) for item, col in built.stock.items()}
    exact = {item: float(round(one)) if built.stock[item] in whole else max(0.0, one) for item, one in value.items()}
    options = tuple(option.option for option, one in zip(case.options, choice, strict=True) if one)
    stock = {item: rounded(one) if one > NONE else 0.0 for item, one in exact.items()}
    built.weigh(weight, ties=False)
    shadow = {name: _shadow(built, name) for name, most in built.most.items() if most < INF}
    built.weigh(weight)
    built.hold([None] * len(built.yes))
    result = costed(case, MixPlan(options, exact), weight=weight)
    return replace(result, plan=MixPlan(options, stock), shadow=shadow)


def _shadow(built: Extensive, name: str) -> float:
    """Returns what one unit more of a limit saves with the options held [1000 EUR per unit].

    Stock counts in any number of tonnes here, for whole tonnes have no value of one unit more.
    """
    most = built.most[name]
    built.limit(name, most + STEP)
    found = built.programme.solve()
    built.limit(name, most)
    if found is None:
        raise NoCertainAnswerError("a wider limit leaves no plan")
    value = -float(found.reduced_cost[built.limits[name]])
    return rounded(value) if value > STEP else 0.0


def widened(case: MixCase, limit: str, step: float | None) -> MixCase:
    """Returns the case with one limit wider by a step, or without it.

    Raises:
        KeyError: If the case has no such limit.
    """
    if limit.startswith("stock_cap:"):
        item = limit.removeprefix("stock_cap:")
        if item not in {one.item for one in case.items}:
            raise KeyError(limit)
        items = [replace(i, stock_cap_t=_wider(i.stock_cap_t, step)) if i.item == item else i for i in case.items]
        return replace(case, items=tuple(items))
    old = case.limits
    limits: dict[str, MixLimits] = {
        "budget": replace(old, budget_keur=_wider(old.budget_keur, step)),
        "storage": replace(old, storage_t=_wider(old.storage_t, step)),
        "lost_line_days": replace(old, lost_line_days=_wider(old.lost_line_days, step)),
    }
    return replace(case, limits=limits[limit])


def _wider(most: float | None, step: float | None) -> float | None:
    return None if most is None or step is None else most + step
