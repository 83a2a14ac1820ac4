"""Every set of a few projects, exactly: all that keep the budget, each with its cheapest instruments.

For each set the ways to fund it that no other way beats on every path and in mean cost are kept, so that the cheapest
way within any smaller budget is among them. Money is scaled to whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from operator import add, le

from coercivity.base.sums import total
from coercivity.ministry.fund.sets import FundedSet
from coercivity.ministry.fund.valued import Valued


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to fund a set: what it holds on each path, its mean cost, and its offers."""

    held: tuple[int, ...]
    cost: int
    offers: tuple[int, ...]

    def with_(self, offer: _Way) -> _Way:
        """Returns the way with one more offer."""
        held = tuple(map(add, self.held, offer.held))
        return _Way(held, self.cost + offer.cost, self.offers + offer.offers)

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
            self._entries += self._with(project)

    def _whole(self, money: Sequence[Fraction]) -> tuple[int, ...]:
        return tuple(int(one * self._scale) for one in money)

    def _with(self, project: int) -> list[_Entry]:
        """Returns the sets found so far with one more project, where a way to fund them keeps the largest budget."""
        case, most = self.case, int(self.most_musd * self._scale)  # what is held is whole
        offers = [
            _Way(self._whole(offer.held_musd), self._whole([offer.mean_musd])[0], (at,))
            for at, offer in enumerate(case.offers)
            if offer.project == project
        ]
        alone = self._whole(case.value_musd[project])
        pairs = {one: self._whole(by_path) for (one, other), by_path in case.pairs_musd.items() if other == project}
        found = []
        for entry in self._entries:
            both = (way.with_(offer) for offer in offers for way in entry.ways)
            ways = [way for way in both if all(one <= most for one in way.held)]
            if ways:
                added = [entry.value, alone, *(pairs[one] for one in entry.projects if one in pairs)]
                value = tuple(map(total, zip(*added, strict=True)))
                found.append(_Entry((*entry.projects, project), value, _unbeaten(ways)))
        return found

    def best(self, weights: Sequence[Fraction], budget_musd: Fraction, count: int) -> list[FundedSet]:
        """Returns the best sets within a budget on each path, best first.

        Args:
            weights: Weight of the value on each path.
            budget_musd: The budget, at most the largest one [MUSD].
            count: Number of sets.
        """
        found = [
            (-total(weight * one for weight, one in zip(weights, entry.value, strict=True)), *_tie(entry, way))
            for entry, way in self._within(budget_musd)
        ]
        return [FundedSet(projects, offers) for *_, offers, projects in sorted(found)[:count]]

    def least_regret(self, best_musd: Sequence[Fraction], budget_musd: Fraction) -> FundedSet:
        """Returns the set whose greatest loss against the best value of a path is the least.

        Args:
            best_musd: Best value of each path [MUSD].
            budget_musd: The budget, at most the largest one [MUSD].
        """
        best = [money * self._scale for money in best_musd]
        found = [
            (max(most - one for most, one in zip(best, entry.value, strict=True)), *_tie(entry, way))
            for entry, way in self._within(budget_musd)
        ]
        *_, offers, projects = min(found)
        return FundedSet(projects, offers)

    def _within(self, budget_musd: Fraction) -> list[tuple[_Entry, _Way]]:
        most = budget_musd * self._scale
        found = []
        for entry in self._entries:
            ways = [way for way in entry.ways if all(one <= most for one in way.held)]
            if ways:
                found.append((entry, min(ways, key=lambda way: way.rank)))
        return found


def _tie(entry: _Entry, way: _Way) -> tuple[int, int, tuple[int, ...], tuple[int, ...]]:
    """Returns what ranks sets of the same value: cheapest first, then the fewest projects."""
    return way.cost, len(entry.projects), way.offers, entry.projects


def _unbeaten(ways: list[_Way]) -> tuple[_Way, ...]:
    kept: list[_Way] = []
    for way in sorted(ways, key=lambda each: each.rank):
        if not any(all(map(le, one.held, way.held)) for one in kept):
            kept.append(way)
    return tuple(kept)
