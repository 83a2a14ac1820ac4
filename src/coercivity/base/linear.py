"""Linear programmes in HiGHS: built as lists, solved by the dual simplex or by branch and bound.

Costs and bounds change and the solver goes on from its last basis. It is serial and prints nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

INF = float("inf")
Floats = NDArray[np.float64]
Places = NDArray[np.int32]

_COMMON: tuple[tuple[str, object], ...] = (
    ("output_flag", False),
    ("parallel", "off"),
    # Serial all the same; another number is refused where this process solved with threads before.
    ("threads", 0),
    ("primal_feasibility_tolerance", 1e-9),
    ("dual_feasibility_tolerance", 1e-9),
)
_STRATEGY, _DUAL, _PRIMAL = "simplex_strategy", 1, 4
_SIMPLEX: tuple[tuple[str, object], ...] = (
    ("presolve", "off"),
    ("solver", "simplex"),
    (_STRATEGY, _DUAL),
    ("dual_simplex_cost_perturbation_multiplier", 0.0),
)
_WHOLE: tuple[tuple[str, object], ...] = (
    ("mip_rel_gap", 0.0),
    ("mip_abs_gap", 1e-7),
    ("mip_feasibility_tolerance", 1e-9),
)


class NoCertainAnswerError(ArithmeticError):
    """The solver stops without an optimum and without a proof that there is none: figures are too far apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Optimum:
    """An optimal point.

    Attributes:
        objective: Cost at the optimum.
        value: Value of each column, shape (columns,).
        reduced_cost: Change of the cost for one unit more of each column, shape (columns,).
        dual: Change of the cost for one unit more of the side of each row, shape (rows,).
    """

    objective: float
    value: Floats
    reduced_cost: Floats
    dual: Floats


@dataclass(slots=True)
class Programme:
    """Columns and rows by position; minimises cost.

    A row is low <= sum of entries <= high, a column low <= value <= high.

    Attributes:
        entries: What one unit of a column contributes to a row, by row and column.
    """

    cost: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    row_low: list[float] = field(default_factory=list)
    row_high: list[float] = field(default_factory=list)
    entries: dict[tuple[int, int], float] = field(default_factory=dict)
    _engine: Any = None  # the solver has no types

    def column(self, cost: float = 0.0, low: float = 0.0, high: float = INF) -> int:
        """Adds a column and returns its position."""
        self.cost.append(cost)
        self.low.append(low)
        self.high.append(high)
        return len(self.cost) - 1

    def row(self, entries: Iterable[tuple[int, float]] = (), low: float = -INF, high: float = INF) -> int:
        """Adds a row and returns its position; entries of one column are added up."""
        self.row_low.append(low)
        self.row_high.append(high)
        row = len(self.row_low) - 1
        added: dict[int, float] = {}
        for col, value in entries:
            added[col] = added.get(col, 0.0) + value
        for col, value in added.items():
            self.entry(row, col, value)
        return row

    def entry(self, row: int, col: int, value: float) -> None:
        """Sets what one unit of a column contributes to a row."""
        if self._engine is not None:
            self._engine.changeCoeff(row, col, float(value))
        if value:
            self.entries[row, col] = float(value)
        else:
            self.entries.pop((row, col), None)

    def set_costs(self, costs: Mapping[int, float]) -> None:
        """Sets the costs of these columns, and those of all others to 0."""
        self.cost = [costs.get(col, 0.0) for col in range(len(self.cost))]
        if self._engine is not None:
            places = np.arange(len(self.cost), dtype=np.int32)
            self._engine.changeColsCost(len(places), places, np.array(self.cost))

    def bound(self, col: int, low: float, high: float) -> None:
        """Sets the bounds of a column."""
        self.low[col], self.high[col] = low, high
        if self._engine is not None:
            self._engine.changeColBounds(col, low, high)

    def solve(self, *, from_scratch: bool = False) -> Optimum | None:
        """Returns the optimum, or None if no point keeps all bounds.

        Args:
            from_scratch: Whether the solver forgets its last basis, so that the same programme gives the same vertex.

        Raises:
            NoCertainAnswerError: If the solver stops otherwise, for example because the cost has no lower bound.
        """
        if self._engine is None:
            self._engine = self.engine()
        if from_scratch:
            self._engine.clearSolver()
        return _optimum(self._engine) if solved(self._engine) else None

    def no_point(self) -> Floats | None:
        """Returns multipliers of the rows that show why the last solution found no point; None without any."""
        _, given, ray = self._engine.getDualRay()
        return np.array(ray) if given else None

    def solve_whole(self, whole: Sequence[int]) -> Optimum | None:
        """Returns the optimum with these columns at whole numbers, or None if no point keeps all bounds.

        Raises:
            NoCertainAnswerError: If the solver stops for another reason.
        """
        engine = self.engine(whole)
        return _optimum(engine) if solved(engine) else None

    def engine(self, whole: Sequence[int] | None = None) -> Any:  # the solver has no types
        """Returns a solver that holds the programme; with columns at whole numbers, one of whole numbers."""
        import highspy

        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = len(self.row_low), len(self.cost)
        model.col_cost_, model.col_lower_, model.col_upper_ = map(np.array, (self.cost, self.low, self.high))
        model.row_lower_, model.row_upper_ = np.array(self.row_low), np.array(self.row_high)
        rows, cols, values = self.triplets()
        counts = np.bincount(cols, minlength=len(self.cost))
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        model.a_matrix_.index_, model.a_matrix_.value_ = rows, values
        if whole is not None:
            kinds = [highspy.HighsVarType.kContinuous] * len(self.cost)
            for col in whole:
                kinds[col] = highspy.HighsVarType.kInteger
            model.integrality_ = kinds
        # The wrapper class prints a banner that cannot be switched off; the class below it does the work.
        make: Any = highspy.Highs.__base__
        engine = make()
        for name, value in (*_COMMON, *(_SIMPLEX if whole is None else _WHOLE)):
            engine.setOptionValue(name, value)
        engine.passModel(model)
        return engine

    def triplets(self) -> tuple[Places, Places, Floats]:
        """Returns the entries by column, then by row: rows, columns and values, shape (entries,)."""
        places = np.array(list(self.entries), dtype=np.int32).reshape(-1, 2)
        order = np.lexsort((places[:, 0], places[:, 1]))
        values = np.array(list(self.entries.values()), dtype=np.float64)
        return places[order, 0], places[order, 1], values[order]


def solved(engine: Any, *, sure: bool = False) -> bool:  # the solver has no types
    """Runs a solver and returns whether it found an optimum; False if no point keeps all bounds.

    Args:
        engine: The solver.
        sure: Whether that no point keeps all bounds is only believed from scratch.

    Raises:
        NoCertainAnswerError: If the solver stops otherwise, for example because the cost has no lower bound.
    """
    import highspy

    states = highspy.HighsModelStatus
    try:
        for strategy, again in ((_DUAL, not sure), (_DUAL, True), (_PRIMAL, True)):
            engine.setOptionValue(_STRATEGY, strategy)
            engine.run()
            status = engine.getModelStatus()
            if status == states.kOptimal:
                return True
            if status == states.kInfeasible and again:
                return False
            # A basis that the simplex cannot go on from is dropped; from scratch the result is the same. Where a loss
            # is a hundred thousand times a cost the dual simplex stops from scratch too, and the primal one does not.
            engine.clearSolver()
    finally:
        engine.setOptionValue(_STRATEGY, _DUAL)
    raise NoCertainAnswerError(f"the solver stopped: {engine.modelStatusToString(status)}")


def _optimum(engine: Any) -> Optimum:  # the solver has no types
    found, info = engine.getSolution(), engine.getInfo()
    value, reduced, dual = (np.array(each) for each in (found.col_value, found.col_dual, found.row_dual))
    return Optimum(float(info.objective_function_value), value, reduced, dual)
