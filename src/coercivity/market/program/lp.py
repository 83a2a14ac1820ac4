"""A linear programme that is built once; later only bounds and costs change, and the basis is kept."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

INF = float("inf")
FEASIBLE = 1e-9
OPTIMAL = 1e-8
# Quantity of the trade at base prices that selects one dual vector [t].
ELASTIC = 1e-6

Key = Hashable
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """An optimal point.

    Attributes:
        objective: Cost at the optimum [thousand USD].
        value: Activity of each column, shape (columns,) [t].
        dual: Value of one more unit at each row, shape (rows,) [USD/kg].
        reduced_cost: Cost of one unit of each column above its value, shape (columns,) [USD/kg].
        iterations: Number of simplex steps.
    """

    objective: float
    value: Floats
    dual: Floats
    reduced_cost: Floats
    iterations: int


@dataclass(slots=True)
class Lp:
    """Columns and rows by key; minimises cost.

    A row is low <= sum of entries <= high, a column low <= activity <= high. Tonnes and USD/kg give an objective in
    thousand USD and duals in USD/kg.

    Source: equation 37 of docs/market.md.
    """

    cols: dict[Key, int] = field(default_factory=dict)
    rows: dict[Key, int] = field(default_factory=dict)
    cost: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    row_low: list[float] = field(default_factory=list)
    row_high: list[float] = field(default_factory=list)
    entries: dict[tuple[int, int], float] = field(default_factory=dict)
    _elastic: dict[int, float] = field(default_factory=dict)
    _engine: Any = None  # the solver has no types

    def col(self, key: Key, *, cost: float = 0.0, low: float = 0.0, high: float = INF) -> int:
        """Adds a column and returns its position. Raises ValueError if the key exists."""
        if key in self.cols:
            raise ValueError(f"column {key!r} exists already")
        place = self.cols[key] = len(self.cost)
        self.cost.append(cost)
        self.low.append(low)
        self.high.append(high)
        return place

    def row(self, key: Key, *, low: float = 0.0, high: float = 0.0) -> int:
        """Adds a row and returns its position. Raises ValueError if the key exists."""
        if key in self.rows:
            raise ValueError(f"row {key!r} exists already")
        place = self.rows[key] = len(self.row_low)
        self.row_low.append(low)
        self.row_high.append(high)
        return place

    def entry(self, row: int, col: int, value: float) -> None:
        """Adds the contribution of one unit of a column to a row; repeated entries are summed."""
        if value:
            self.entries[row, col] = self.entries.get((row, col), 0.0) + value

    def elastic(self, row: int, price: float, weight: float) -> None:
        """Adds trade of at most `weight` times `ELASTIC` at a price, in both directions, to a row; closed at first.

        Where the dual of the row is not unique, opening it selects the one closest to that price.
        """
        col = self.col(("elastic", row), cost=price, low=0.0, high=0.0)
        self.entry(row, col, 1.0)
        self._elastic[col] = weight * ELASTIC

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and of columns."""
        return len(self.row_low), len(self.cost)

    def ready(self) -> None:
        """Passes the programme to the solver, once; afterwards only bounds and costs change."""
        import highspy

        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = self.shape
        model.col_cost_, model.col_lower_, model.col_upper_ = map(np.array, (self.cost, self.low, self.high))
        model.row_lower_, model.row_upper_ = np.array(self.row_low), np.array(self.row_high)
        order = sorted(self.entries, key=lambda place: (place[1], place[0]))
        starts = np.zeros(len(self.cost) + 1, dtype=np.int32)
        np.add.at(starts, [col + 1 for _, col in order], 1)
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.cumsum(starts).astype(np.int32)
        model.a_matrix_.index_ = np.array([row for row, _ in order], dtype=np.int32)
        model.a_matrix_.value_ = np.array([self.entries[place] for place in order])
        # The wrapper class prints a banner that cannot be switched off; the class below it does the work.
        self._engine = _engine(highspy.Highs.__base__)
        self._engine.passModel(model)

    def costs(self, columns: Sequence[int] | NDArray[np.int32], values: Floats) -> None:
        """Sets the costs of some columns [USD/kg]."""
        self._engine.changeColsCost(len(columns), np.asarray(columns, dtype=np.int32), values)

    def column_bounds(self, columns: Sequence[int] | NDArray[np.int32], low: Floats, high: Floats) -> None:
        """Sets the bounds of some columns [t]."""
        self._engine.changeColsBounds(len(columns), np.asarray(columns, dtype=np.int32), low, high)

    def row_bounds(self, rows: Sequence[int] | NDArray[np.int32], low: Floats, high: Floats) -> None:
        """Sets the bounds of some rows [t]."""
        self._engine.changeRowsBounds(len(rows), np.asarray(rows, dtype=np.int32), low, high)

    def solve_canonical(self) -> Solved | None:
        """Returns the optimum with the dual vector closest to the prices of the elastic trade, or None if infeasible.

        Activities and cost are those without elastic trade; duals and reduced costs are one optimal dual vector, so
        they fit each other exactly.

        Raises:
            ArithmeticError: If the solver stops for a reason other than an optimum or infeasibility.
        """
        plan = self.solve()
        if plan is None or not self._elastic:
            return plan
        cols = np.fromiter(self._elastic, dtype=np.int32, count=len(self._elastic))
        most = np.fromiter(self._elastic.values(), dtype=float, count=len(cols))
        self.column_bounds(cols, -most, most)
        priced = self.solve()
        self.column_bounds(cols, np.zeros(len(cols)), np.zeros(len(cols)))
        if priced is None:
            raise ArithmeticError("a programme without a plan once a little more trade is possible")
        steps = plan.iterations + priced.iterations
        return replace(plan, dual=priced.dual, reduced_cost=priced.reduced_cost, iterations=steps)

    def solve(self) -> Solved | None:
        """Returns the optimum, starting from the last basis, or None if the programme is infeasible.

        Raises:
            ArithmeticError: If the solver stops for a reason other than an optimum or infeasibility.
        """
        import highspy

        engine = self._engine
        engine.run()
        status = engine.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            # A basis that the dual simplex cannot continue from is discarded; the result from scratch is the same.
            engine.clearSolver()
            engine.run()
            status = engine.getModelStatus()
        if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            engine.clearSolver()
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(f"the solver stopped: {engine.modelStatusToString(status)}")
        found, info = engine.getSolution(), engine.getInfo()
        return Solved(
            objective=float(info.objective_function_value),
            value=np.array(found.col_value),
            dual=np.array(found.row_dual),
            reduced_cost=np.array(found.col_dual),
            iterations=int(info.simplex_iteration_count),
        )


def _engine(make: Any) -> Any:  # the solver has no types
    """Returns a serial dual simplex solver that keeps its basis and prints nothing."""
    engine = make()
    for name, value in (
        ("output_flag", False),
        ("presolve", "off"),
        ("solver", "simplex"),
        ("simplex_strategy", 1),
        ("parallel", "off"),
        # Serial all the same; another number is refused where somebody in this process solved with threads before.
        ("threads", 0),
        # Measured over 36 months: a third fewer steps than the defaults, and no random costs.
        ("simplex_scale_strategy", 4),
        ("simplex_update_limit", 500),
        ("dual_simplex_cost_perturbation_multiplier", 0.0),
        ("primal_feasibility_tolerance", FEASIBLE),
        ("dual_feasibility_tolerance", OPTIMAL),
    ):
        engine.setOptionValue(name, value)
    return engine
