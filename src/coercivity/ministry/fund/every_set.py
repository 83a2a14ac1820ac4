"""Every set of a few projects, exactly: all that keep the budget, each with its cheapest instruments.

For each set the ways to fund it that no other way beats on every path and in mean cost are kept, so that the cheapest
way within any smaller budget is among them. Money is scaled to whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from coercivity.base.sums import total
from coercivity.ministry.fund.sets import FundedSet
from coercivity.ministry.fund.valued import Valued


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to fund a set: what it holds on each path, its mean cost, and its offers."""

    held: tuple[int, ...]
    cost: int
    offers: tuple[int, ...]

    @property
    def rank(self) -> tuple[int, tuple[int, ...]]:
        """Cheapest first, then in the order of the workbook."""
        return self.cost, self.offers


@dataclass(frozen=True, slots=True)
class _Entry:
    projects: tuple[int, ...]
    value: tuple[int, ...]
    ways: tuple[_Way, ...]


@dataclass(slots=True)
class EverySet:
    """All sets of projects that keep a budget.

    Attributes:
        case: The projects.
        most_musd: The largest budget that is asked for [MUSD].
    """

    case: Valued
    most_musd: Fraction
    _scale: int = 1
    _entries: list[_Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Finds the sets, one project after the other."""
        case = self.case
        numbers = [one for offer in case.offers for one in (*offer.held_musd, offer.mean_musd)]
        numbers += [one for each in (*case.value_musd, *case.pairs_musd.values()) for one in each]
        self._scale = lcm(*(one.denominator for one in numbers))
        nothing = tuple(0 for _ in case.paths)
        self._entries = [_Entry((), nothing, (_Way(nothing, 0, ()),))]
        for project in range(len(case.projects)):
            self._entries += [made for entry in self._entries if (made := self._with(entry, project)) is not None]

    def _whole(self, money: Fraction) -> int:
        return int(money * self._scale)

    def _with(self, entry: _Entry, project: int) -> _Entry | None:
        """Returns a set with one more project; None if no way to fund it keeps the largest budget."""
        case, most = self.case, self.most_musd * self._scale
        ways = []
        for at, offer in enumerate(case.offers):
            if offer.project != project:
                continue
            held, cost = tuple(map(self._whole, offer.held_musd)), self._whole(offer.mean_musd)
            for way in entry.ways:
                both = tuple(one + more for one, more in zip(way.held, held, strict=True))
                if all(one <= most for one in both):
                    ways.append(_Way(both, way.cost + cost, (*way.offers, at)))
        if not ways:
            return None
        added = [case.value_musd[project], *(case.pairs_musd.get((one, project), ()) for one in entry.projects)]
        value = list(entry.value)
        for by_path in filter(None, added):
            value = [one + self._whole(more) for one, more in zip(value, by_path, strict=True)]
        return _Entry((*entry.projects, project), tuple(value), _unbeaten(ways))

    def best(self, weights: Sequence[Fraction], budget_musd: Fraction, count: int) -> list[FundedSet]:
        """Returns the best sets within a budget on each path, best first.

        Args:
            weights: Weight of the value on each path.
            budget_musd: The budget, at most the largest one [MUSD].
            count: Number of sets.
        """
        found = [
            (-total(weight * one for weight, one in zip(weights, entry.value, strict=True)), *way.rank, entry.projects)
            for entry, way in self._within(budget_musd)
        ]
        return [FundedSet(projects, offers) for _, _, offers, projects in sorted(found)[:count]]

    def least_regret(self, best_musd: Sequence[Fraction], budget_musd: Fraction) -> FundedSet:
        """Returns the set whose greatest loss against the best value of a path is the least.

        Args:
            best_musd: Best value of each path [MUSD].
            budget_musd: The budget, at most the largest one [MUSD].
        """
        best = [money * self._scale for money in best_musd]
        found = [
            (max(most - one for most, one in zip(best, entry.value, strict=True)), *way.rank, entry.projects)
            for entry, way in self._within(budget_musd)
        ]
        _, _, offers, projects = min(found)
        return FundedSet(projects, offers)

    def _within(self, budget_musd: Fraction) -> list[tuple[_Entry, _Way]]:
        most = budget_musd * self._scale
        found = []
        for entry in self._entries:
            ways = [way for way in entry.ways if all(one <= most for one in way.held)]
            if ways:
                found.append((entry, min(ways, key=lambda way: way.rank)))
        return found


def _unbeaten(ways: list[_Way]) -> tuple[_Way, ...]:
    kept: list[_Way] = []
    for way in sorted(ways, key=lambda each: each.rank):
        if not any(all(a <= b for a, b in zip(one.held, way.held, strict=True)) for one in kept):
            kept.append(way)
    return tuple(kept)
