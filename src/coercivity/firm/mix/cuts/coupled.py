"""Least cost of items that share options or replace each other: a small linear programme for each scenario.

The solver goes on from the basis of the scenario before. Where costs and entries are the same, the duals of one
scenario bound the cost of every other from below, for any choice: most cuts need no solver. Scenarios with other prices
have duals of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coercivity.base.linear import INF, solved
from coercivity.firm.mix.cuts.arrays import CaseArrays, Floats
from coercivity.firm.mix.cuts.merit import Aim
from coercivity.firm.mix.cuts.shared import Shared

# Duals kept; beyond, those that were of use longest ago are dropped.
MOST_DUALS = 3000
# Multiplications of a matrix product that the library does in one thread; more threads wait longer than they work.
ONE_THREAD = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class SharedCost:
    """Items together, in some scenarios.

    Attributes:
        cost: Least cost [1000 EUR], or least lost line-days; infinite where the limit on line-days cannot be kept.
        slope: A subgradient with respect to each entry of the choice, shape (scenarios, entries).
        lost_t: Tonnes not served by item, shape (scenarios, items, months) [t].
    """

    cost: Floats
    slope: Floats
    lost_t: Floats


@dataclass(slots=True, eq=False)
class SharedItems:
    """The programme of some items together, and the duals found so far.

    Attributes:
        items: Positions of the items.
        aim: Whether cost or lost line-days are least.
        most_days: Limit on lost line-days of the scenario, or None.
        solves: Number of programmes solved.
    """

    arrays: CaseArrays
    items: tuple[int, ...]
    aim: Aim = "cost"
    most_days: float | None = None
    solves: int = 0
    _built: Shared = field(init=False)
    # Sides as arrays: constant part and what filing adds, shape (scenarios, sides); factors, shape (sides, entries).
    _base: Floats = field(init=False)
    _base_filed: Floats = field(init=False)
    _factor: Floats = field(init=False)
    # What each dual says: of the constant parts, shape (scenarios, duals), and of the entries, shape (duals, entries).
    _plain: Floats = field(init=False)
    _filed: Floats = field(init=False)
    _slopes: Floats = field(init=False)
    # Prices that scenarios share: their number by scenario, the costs of each, and the number that each dual is of.
    _alike: NDArray[np.int64] = field(init=False)
    _prices: Floats = field(init=False)
    _of: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    _set: int = -1
    # Count of bounds asked for, and when each dual was last the best of a scenario.
    _asked: int = 0
    _used: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    _engine: Any = None  # the solver has no types

    def __post_init__(self) -> None:
        """Builds the programme."""
        count, entries = self.arrays.scale.shape
        built = self._built = Shared(self.arrays, self.items, self.aim, self.most_days).build()
        every = (built.floors, built.ceilings, built.bounds)
        self._base = np.array([line for each in every for line in each.base]).T
        self._base_filed = np.array([line for each in every for line in each.filed]).T
        owned = [(f, e) for each in every for f, e in zip(each.factor, each.entry, strict=True)]
        self._factor = np.zeros((len(owned), entries))
        for side, (factor, entry) in enumerate(owned):
            if entry >= 0:
                self._factor[side, entry] = factor
        self._plain, self._filed = np.zeros((count, 0)), np.zeros((count, 0))
        self._slopes = np.zeros((0, entries))
        costs = np.array(list(built.priced.values())).reshape(len(built.priced), count).T
        self._prices, alike = np.unique(costs, axis=0, return_inverse=True)
        self._alike = alike.reshape(-1).astype(np.int64)

    def bound(self, choice: Floats) -> tuple[Floats, Floats] | None:
        """Returns a lower bound of each scenario from the duals found so far, and its slope; None without duals."""
        if not len(self._slopes):
            return None
        a = self.arrays
        value, best = self._values(choice)
        rows = np.arange(len(best))
        if (self._of[best] != self._alike).any():
            return None  # no dual is known of some prices
        slope = a.scale * self._slopes[best]
        if a.filed >= 0:
            slope[:, a.filed] += self._filed[rows, best]
        return value[rows, best], slope

    def _values(self, choice: Floats) -> tuple[Floats, NDArray[np.int64]]:
        """Returns what each dual says of each scenario, and the best dual of each."""
        a = self.arrays
        value = _product(a.scale * choice, self._slopes.T)
        value += self._plain
        if a.filed >= 0 and choice[a.filed]:
            value += choice[a.filed] * self._filed
        if len(self._prices) > 1:
            value[self._alike[:, None] != self._of] = -INF
        best = value.argmax(axis=1)
        self._asked += 1
        self._used[best] = self._asked
        return value, best

    def at(self, choice: Floats, only: NDArray[np.int64] | None = None) -> SharedCost:
        """Returns the least cost for a choice, its slope, and what is lost.

        Args:
            choice: The choice.
            only: Rows of the scenarios to solve, in that order; None for all.
        """
        a = self.arrays
        rows = np.arange(len(a.chance)) if only is None else only
        # Scenarios with the same best dual follow each other: the solver has few steps from one to the next.
        near = self._values(choice)[1][rows] if len(self._slopes) else np.zeros(len(rows))
        turns = np.lexsort((near, self._alike[rows]))
        sides = self._base[rows] + (a.scale[rows] * choice) @ self._factor.T
        if a.filed >= 0:
            sides += choice[a.filed] * self._base_filed[rows]
        cost, lost = np.full(len(rows), INF), np.zeros((len(rows), len(self.items), a.case.months))
        duals = np.zeros((len(rows), sides.shape[1]))
        for at in turns:
            self._price(int(self._alike[rows[at]]))
            if self._solve(sides[at]):
                duals[at] = self._read(lost[at])
                cost[at] = self._engine.getInfo().objective_function_value
        slope = a.scale[rows] * (duals @ self._factor)
        if a.filed >= 0:
            slope[:, a.filed] += np.einsum("sr,sr->s", self._base_filed[rows], duals)
        self._keep(duals[cost < INF], self._alike[rows[cost < INF]])
        return SharedCost(cost, slope, lost)

    def _price(self, which: int) -> None:
        """Sets the costs that differ by scenario."""
        if self._engine is None:
            self._engine = self._built.model.engine()
        if which != self._set:
            cols = np.array(list(self._built.priced), dtype=np.int32)
            self._engine.changeColsCost(len(cols), cols, self._prices[which])
            self._set = which

    def _solve(self, sides: Floats) -> bool:
        least, most, upper = self._places()
        floors, ceilings, bounds = np.split(sides, [len(least), len(least) + len(most)])
        engine = self._engine
        engine.changeRowsBounds(len(floors), least, floors, np.full(len(floors), INF))
        engine.changeRowsBounds(len(ceilings), most, np.full(len(ceilings), -INF), ceilings)
        engine.changeColsBounds(len(bounds), upper, np.zeros(len(bounds)), np.maximum(bounds, 0.0))
        self.solves += 1
        return solved(engine, sure=True)

    def _places(self) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
        built = self._built
        least, most, upper = (np.array(s.place, dtype=np.int32) for s in (built.floors, built.ceilings, built.bounds))
        return least, most, upper

    def _read(self, lost: Floats) -> Floats:
        """Fills in what is lost and returns the duals of the sides, with the signs that they must have."""
        found, (least, most, upper) = self._engine.getSolution(), self._places()
        row, col, value = np.array(found.row_dual), np.array(found.col_dual), np.array(found.col_value)
        at = {item: place for place, item in enumerate(self.items)}
        for place, (item, month) in self._built.lost.items():
            lost[at[item], month] = value[place]
        parts = (np.maximum(row[least], 0.0), np.minimum(row[most], 0.0), np.minimum(col[upper], 0.0))
        return np.concatenate(parts)

    def _keep(self, duals: Floats, alike: NDArray[np.int64]) -> None:
        """Keeps the duals, and drops those that were of use longest ago."""
        unlike = np.unique(np.column_stack([duals, alike]), axis=0)
        new, of = unlike[:, :-1], unlike[:, -1].astype(np.int64)
        self._of = np.concatenate([self._of, of])
        self._plain = np.concatenate([self._plain, self._base @ new.T], axis=1)
        self._filed = np.concatenate([self._filed, self._base_filed @ new.T], axis=1)
        self._slopes = np.concatenate([self._slopes, new @ self._factor])
        self._used = np.concatenate([self._used, np.full(len(new), self._asked + 1)])
        if len(self._used) > MOST_DUALS:
            kept = np.sort(np.argsort(-self._used, kind="stable")[:MOST_DUALS])
            self._plain, self._filed = self._plain[:, kept], self._filed[:, kept]
            self._slopes, self._used, self._of = self._slopes[kept], self._used[kept], self._of[kept]


def _product(left: Floats, right: Floats) -> Floats:
    """Returns a matrix product, some rows at a time so that one thread does it."""
    found = np.empty((left.shape[0], right.shape[1]))
    step = max(1, ONE_THREAD // max(1, right.size))
    for row in range(0, len(left), step):
        np.matmul(left[row : row + step], right, out=found[row : row + step])
    return found
