"""Small programmes in HiGHS: built as lists, solved by the dual simplex or by branch and bound, serial and silent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

INF = float("inf")
Floats = NDArray[np.float64]

_COMMON: tuple[tuple[str, object], ...] = (
    ("output_flag", False),
    ("parallel", "off"),
    # Serial all the same; another number is refused where this process solved with threads before.
    ("threads", 0),
    ("primal_feasibility_tolerance", 1e-9),
    ("dual_feasibility_tolerance", 1e-9),
)
_SIMPLEX: tuple[tuple[str, object], ...] = (
    ("presolve", "off"),
    ("solver", "simplex"),
    ("simplex_strategy", 1),
    ("dual_simplex_cost_perturbation_multiplier", 0.0),
)
_WHOLE: tuple[tuple[str, object], ...] = (
    ("mip_rel_gap", 0.0),
    ("mip_abs_gap", 1e-7),
    ("mip_feasibility_tolerance", 1e-9),
)


@dataclass(slots=True)
class Model:
    """Columns and rows by position; minimises cost."""

    cost: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    row_low: list[float] = field(default_factory=list)
    row_high: list[float] = field(default_factory=list)
    _entries: list[tuple[int, int, float]] = field(default_factory=list)

    def column(self, cost: float = 0.0, low: float = 0.0, high: float = INF) -> int:
        """Adds a column and returns its position."""
        self.cost.append(cost)
        self.low.append(low)
        self.high.append(high)
        return len(self.cost) - 1

    def row(self, low: float = -INF, high: float = INF, entries: Iterable[tuple[int, float]] = ()) -> int:
        """Adds a row and returns its position; a column appears in it at most once."""
        self.row_low.append(low)
        self.row_high.append(high)
        row = len(self.row_low) - 1
        for col, value in entries:
            self.entry(row, col, value)
        return row

    def entry(self, row: int, col: int, value: float) -> None:
        """Sets the contribution of one unit of a column to a row, once."""
        if value:
            self._entries.append((col, row, float(value)))

    def engine(self, whole: Sequence[int] = ()) -> Any:  # the solver has no types
        """Returns a solver that holds the programme, with these columns at whole numbers."""
        import highspy

        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = len(self.row_low), len(self.cost)
        model.col_cost_, model.col_lower_, model.col_upper_ = map(np.array, (self.cost, self.low, self.high))
        model.row_lower_, model.row_upper_ = np.array(self.row_low), np.array(self.row_high)
        entries = sorted(self._entries)
        counts = np.bincount(np.array([col for col, _, _ in entries], dtype=np.int64), minlength=len(self.cost))
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        model.a_matrix_.index_ = np.array([row for _, row, _ in entries], dtype=np.int32)
        model.a_matrix_.value_ = np.array([value for _, _, value in entries])
        if whole:
            kinds = [highspy.HighsVarType.kContinuous] * len(self.cost)
            for col in whole:
                kinds[col] = highspy.HighsVarType.kInteger
            model.integrality_ = kinds
        # The wrapper class prints a banner that cannot be switched off; the class below it does the work.
        make: Any = highspy.Highs.__base__
        engine = make()
        for name, value in (*_COMMON, *(_WHOLE if whole else _SIMPLEX)):
            engine.setOptionValue(name, value)
        engine.passModel(model)
        return engine


def solved(engine: Any) -> bool:  # the solver has no types
    """Runs a solver and returns whether it found an optimum; False if no point keeps all bounds.

    Raises:
        ArithmeticError: If the solver stops for another reason, for example because the cost has no lower bound.
    """
    import highspy

    states = highspy.HighsModelStatus
    for again in (False, True):
        engine.run()
        status = engine.getModelStatus()
        if status == states.kOptimal:
            return True
        if status == states.kInfeasible and again:
            return False
        # A basis that the simplex cannot go on from is dropped; from scratch the result is the same.
        engine.clearSolver()
    raise ArithmeticError(f"the solver stopped: {engine.modelStatusToString(status)}")
