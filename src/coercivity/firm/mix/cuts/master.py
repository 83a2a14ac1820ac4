"""The choice at the start under its limits, with the cuts found so far in place of the scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from coercivity.base.linear import INF, Programme, solved
from coercivity.base.sums import total
from coercivity.firm.mix.cuts.arrays import CaseArrays, Floats, most_stock_t


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """A solution of the master.

    Attributes:
        choice: The choice.
        bound_keur: Lower bound of the objective [1000 EUR].
    """

    choice: Floats
    bound_keur: float


@dataclass(slots=True, eq=False)
class Master:
    """Choice, mean of each block, and CVaR; minimises (1 - weight) x mean + weight x CVaR.

    Attributes:
        blocks: Number of blocks whose means have cuts of their own.
        cuts: Number of cuts.
    """

    arrays: CaseArrays
    blocks: int
    cuts: int = 0
    _linear: Any = None  # the solver has no types
    _whole: Any = None
    _high: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Builds the limits."""
        model, a = Programme(), self.arrays
        case = a.case
        for _ in case.options:
            model.column(high=1.0)
        for item in case.items:
            model.column(high=most_stock_t(case, item))
        if a.entries > len(model.cost):
            filed = model.column(high=1.0)
            filing = [place for place, option in enumerate(case.options) if option.kind == "filing"]
            model.row([(filed, 1.0), *((col, -1.0) for col in filing)], high=0.0)
            for col in filing:
                model.row([(filed, 1.0), (col, -1.0)], low=0.0)
        stocks = [a.stock(place) for place in range(len(case.items))]
        left = float(np.sum([a.left_keur[place] * model.high[col] for place, col in enumerate(stocks)]))
        left += a.most_saved_keur()
        for _ in range(self.blocks + 1):
            model.column(low=-left)
        limits = case.limits
        if limits.budget_keur is not None:
            spent = [(place, option.fee_keur) for place, option in enumerate(case.options)]
            spent += [(col, item.stock_cost_keur) for col, item in zip(stocks, case.items, strict=True)]
            model.row(spent, high=limits.budget_keur)
        if limits.storage_t is not None:
            in_hand = total(item.in_hand_t for item in case.items)
            model.row([(col, 1.0) for col in stocks], high=limits.storage_t - in_hand)
        self._high = model.high
        self._linear = model.engine()
        self._whole = model.engine(range(len(case.options))) if case.options else None

    @property
    def _means(self) -> range:
        return range(self.arrays.entries, self.arrays.entries + self.blocks)

    def weigh(self, weight: float) -> None:
        """Sets the weight of CVaR."""
        cols = np.arange(self.arrays.entries, self.arrays.entries + self.blocks + 1, dtype=np.int32)
        costs = np.array([1.0 - weight] * self.blocks + [weight])
        for engine in self._engines():
            engine.changeColsCost(len(cols), cols, costs)

    def _engines(self) -> list[Any]:  # the solver has no types
        return [self._linear] if self._whole is None else [self._linear, self._whole]

    def _row(self, low: float, high: float, values: Floats, cols: Sequence[int] | None = None) -> None:
        places = np.flatnonzero(values).astype(np.int32) if cols is None else np.array(cols, dtype=np.int32)
        for engine in self._engines():
            engine.addRow(low, high, len(places), places, values[places] if cols is None else values)

    def _cut(self, col: int, value: float, slope: Floats, at: Floats) -> None:
        """Adds: column `col` is at least `value` + `slope` (choice - `at`)."""
        values = np.zeros(self.arrays.entries + self.blocks + 1)
        values[: self.arrays.entries], values[col] = -slope, 1.0
        self._row(value - float(slope @ at), INF, values)
        self.cuts += 1

    def cut_mean(self, block: int, value: float, slope: Floats, at: Floats) -> None:
        """Adds a cut of the mean of a block."""
        self._cut(self._means[block], value, slope, at)

    def cut_cvar(self, value: float, slope: Floats, at: Floats) -> None:
        """Adds a cut of CVaR."""
        self._cut(self._means.stop, value, slope, at)

    def cut_days(self, over: float, slope: Floats, at: Floats) -> None:
        """Adds a cut of the limit on lost line-days that a choice breaks by `over` days."""
        values = np.zeros(self.arrays.entries + self.blocks + 1)
        values[: self.arrays.entries] = slope
        self._row(-INF, float(slope @ at) - over, values)
        self.cuts += 1

    def forbid(self, chosen: Sequence[bool]) -> None:
        """Leaves out a set of options that cannot keep the limits."""
        values = np.zeros(self.arrays.entries + self.blocks + 1)
        values[: len(chosen)] = [-1.0 if one else 1.0 for one in chosen]
        self._row(1.0 - float(np.sum(np.array(chosen, dtype=np.float64))), INF, values)

    def linear(self, held: Sequence[bool] | None) -> Point | None:
        """Returns the best point with the options held, or anywhere between yes and no; None without one."""
        count = len(self.arrays.case.options)
        low, high = np.zeros(count), np.ones(count)
        if held is not None:
            low = high = np.array([float(one) for one in held])
        if count:
            self._linear.changeColsBounds(count, np.arange(count, dtype=np.int32), low, high)
        return self._point(self._linear)

    def whole(self) -> Point | None:
        """Returns the best point with each option at yes or no; None without one."""
        return self.linear(None) if self._whole is None else self._point(self._whole)

    def _point(self, engine: Any) -> Point | None:  # the solver has no types
        if not solved(engine, sure=True):
            return None
        value, info = np.array(engine.getSolution().col_value), engine.getInfo()
        bound = float(info.objective_function_value if engine is self._linear else info.mip_dual_bound)
        high = np.array(self._high[: self.arrays.entries])
        return Point(np.clip(value[: self.arrays.entries], 0.0, high), bound)
