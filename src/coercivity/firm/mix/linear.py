"""Linear programmes of a mix: built once, then costs and bounds change and the solver goes on from its last basis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

INF = float("inf")
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Optimum:
    """An optimal point.

    Attributes:
        objective: Cost at the optimum.
        value: Value of each column, shape (columns,).
        reduced_cost: Change of the cost for one unit more of each column, shape (columns,).
    """

    objective: float
    value: Floats
    reduced_cost: Floats


@dataclass(slots=True)
class Programme:
    """Columns and rows by position; minimises cost.

    A row is low <= sum of entries <= high, a column low <= value <= high.
    """

    cost: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    row_low: list[float] = field(default_factory=list)
    row_high: list[float] = field(default_factory=list)
    _rows: list[int] = field(default_factory=list)
    _cols: list[int] = field(default_factory=list)
    _values: list[float] = field(default_factory=list)
    _engine: Any = None  # the solver has no types

    def column(self, cost: float = 0.0, low: float = 0.0, high: float = INF) -> int:
        """Adds a column and returns its position."""
        self.cost.append(cost)
        self.low.append(low)
        self.high.append(high)
        return len(self.cost) - 1

    def row(self, entries: Iterable[tuple[int, float]], low: float = -INF, high: float = INF) -> int:
        """Adds a row and returns its position; entries of one column are added up."""
        self.row_low.append(low)
        self.row_high.append(high)
        row = len(self.row_low) - 1
        added: dict[int, float] = {}
        for col, value in entries:
            added[col] = added.get(col, 0.0) + value
        for col in sorted(added):
            if added[col]:
                self._rows.append(row)
                self._cols.append(col)
                self._values.append(added[col])
        return row

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
            ArithmeticError: If the solver stops for another reason, for example because the cost has no lower bound.
        """
        if self._engine is None:
            self._engine = _engine(_SIMPLEX)
            self._engine.passModel(self._model())
        if from_scratch:
            self._engine.clearSolver()
        return _run(self._engine)

    def solve_whole(self, whole: Sequence[int]) -> Optimum | None:
        """Returns the optimum with these columns at whole numbers, or None if no point keeps all bounds.

        Raises:
            ArithmeticError: If the solver stops for another reason.
        """
        import highspy

        model = self._model()
        kinds = [highspy.HighsVarType.kContinuous] * len(self.cost)
        for col in whole:
            kinds[col] = highspy.HighsVarType.kInteger
        model.integrality_ = kinds
        engine = _engine(_WHOLE)
        engine.passModel(model)
        return _run(engine)

    def _model(self) -> Any:  # the solver has no types
        import highspy

        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = len(self.row_low), len(self.cost)
        model.col_cost_, model.col_lower_, model.col_upper_ = map(np.array, (self.cost, self.low, self.high))
        model.row_lower_, model.row_upper_ = np.array(self.row_low), np.array(self.row_high)
        order = np.lexsort((self._rows, self._cols))
        counts = np.bincount(np.array(self._cols, dtype=np.int64), minlength=len(self.cost))
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        model.a_matrix_.index_ = np.array(self._rows, dtype=np.int32)[order]
        model.a_matrix_.value_ = np.array(self._values)[order]
        return model


_SIMPLEX: tuple[tuple[str, object], ...] = (
    ("presolve", "off"),
    ("solver", "simplex"),
    ("simplex_strategy", 1),
    ("dual_simplex_cost_perturbation_multiplier", 0.0),
    ("primal_feasibility_tolerance", 1e-9),
    ("dual_feasibility_tolerance", 1e-9),
)
_WHOLE: tuple[tuple[str, object], ...] = (
    ("mip_rel_gap", 0.0),
    ("mip_abs_gap", 1e-7),
    ("mip_feasibility_tolerance", 1e-9),
    ("primal_feasibility_tolerance", 1e-9),
    ("dual_feasibility_tolerance", 1e-9),
)


def _engine(options: Iterable[tuple[str, object]]) -> Any:  # the solver has no types
    """Returns a serial solver that prints nothing."""
    import highspy

    # The wrapper class prints a banner that cannot be switched off; the class below it does the work.
    make: Any = highspy.Highs.__base__
    engine = make()
    # Serial all the same; another number of threads is refused where this process solved with threads before.
    for name, value in (("output_flag", False), ("parallel", "off"), ("threads", 0), *options):
        engine.setOptionValue(name, value)
    return engine


def _run(engine: Any) -> Optimum | None:  # the solver has no types
    import highspy

    states = highspy.HighsModelStatus
    engine.run()
    status = engine.getModelStatus()
    if status not in (states.kOptimal, states.kInfeasible):
        # A basis that the simplex cannot go on from is dropped; from scratch the result is the same.
        engine.clearSolver()
        engine.run()
        status = engine.getModelStatus()
    if status == states.kInfeasible:
        return None
    if status != states.kOptimal:
        raise ArithmeticError(f"the solver stopped: {engine.modelStatusToString(status)}")
    found, info = engine.getSolution(), engine.getInfo()
    return Optimum(float(info.objective_function_value), np.array(found.col_value), np.array(found.col_dual))
