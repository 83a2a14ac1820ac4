"""A linear programme that is built once; later bounds, costs and single entries change, and the basis is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

INF = float("inf")
FEASIBLE = 1e-9
OPTIMAL = 1e-8
# Smallest quantity of the trade at base prices that selects one dual vector [t].
ELASTIC = 1e-7
# States of a column or row in a basis.
LOWER, BASIC, UPPER = 0, 1, 2

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
    _now: tuple[Floats, ...] = ()  # costs, bounds of columns and of rows as they are in the solver
    _fixed: bytes = b""  # hash of what never changes
    _engine: Any = None  # the solver has no types
    _changed: dict[tuple[int, int], float] = field(default_factory=dict)  # entries that differ from those at first
    _start: bytes = b""  # basis from which the next solution starts: a state per column and per row

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
        """Passes the programme to the solver, once; afterwards bounds, costs and single entries change."""
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
        sides = (self.cost, self.low, self.high, self.row_low, self.row_high)
        self._now = tuple(np.array(side, dtype=np.float64) for side in sides)
        self._fixed = _hash_of(model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_, *self._opened())
        # The wrapper class prints a banner that cannot be switched off; the class below it does the work.
        self._engine = _engine(highspy.Highs.__base__)
        self._engine.passModel(model)

    def fingerprint(self) -> bytes:
        """Returns the SHA-256 of the programme as it is in the solver: matrix, elastic trade, costs and bounds.

        With the basis from which the solver starts it determines the solution, to the last bit.
        """
        changed = sorted(self._changed.items())
        places = np.array([place for place, _ in changed], dtype=np.float64)
        values = np.array([value for _, value in changed], dtype=np.float64)
        return hashlib.sha256(self._fixed + _hash_of(places.ravel(), values, *self._now)).digest()

    def basis(self) -> bytes:
        """Returns the basis from which the next solution starts, one byte per column and per row; empty if none."""
        return self._start

    def start_from(self, basis: bytes) -> None:
        """Sets the basis from which the next solution starts.

        Raises:
            ValueError: If it is not the basis of a programme of this shape.
        """
        rows, cols = self.shape
        if basis and len(basis) != rows + cols:
            raise ValueError(f"a basis of {len(basis)} entries for {rows} rows and {cols} columns")
        if basis and max(basis) > UPPER:
            raise ValueError("a basis with an unknown state")
        self._start = basis

    def _opened(self) -> tuple[Floats, Floats]:
        return np.array(list(self._elastic), dtype=np.float64), np.array(list(self._elastic.values()), dtype=np.float64)

    def change(self, row: int, col: int, value: float) -> None:
        """Sets the contribution of one unit of a column to a row."""
        first = self.entries.get((row, col), 0.0)
        if self._changed.get((row, col), first) == value:
            return
        if value == first:
            del self._changed[row, col]
        else:
            self._changed[row, col] = value
        self._engine.changeCoeff(row, col, value)

    def entry_at(self, row: int, col: int) -> float:
        """Returns the contribution of one unit of a column to a row."""
        return self._changed.get((row, col), self.entries.get((row, col), 0.0))

    def costs(self, columns: Sequence[int] | NDArray[np.int32], values: Floats) -> None:
        """Sets the costs of some columns [USD/kg]."""
        places = np.asarray(columns, dtype=np.int32)
        self._now[0][places] = values
        self._engine.changeColsCost(len(places), places, values)

    def column_bounds(self, columns: Sequence[int] | NDArray[np.int32], low: Floats, high: Floats) -> None:
        """Sets the bounds of some columns [t]."""
        moved = self._move(1, columns, low, high)
        self._engine.changeColsBounds(len(moved), moved, self._now[1][moved], self._now[2][moved])

    def row_bounds(self, rows: Sequence[int] | NDArray[np.int32], low: Floats, high: Floats) -> None:
        """Sets the bounds of some rows [t]."""
        moved = self._move(3, rows, low, high)
        self._engine.changeRowsBounds(len(moved), moved, self._now[3][moved], self._now[4][moved])

    def _move(
        self, side: int, places: Sequence[int] | NDArray[np.int32], low: Floats, high: Floats
    ) -> NDArray[np.int32]:
        """Sets two bounds beside each other and returns the places at which one of them moved, each once."""
        lows, highs = self._now[side], self._now[side + 1]
        before = lows.copy(), highs.copy()
        lows[places], highs[places] = low, high
        return np.flatnonzero((lows != before[0]) | (highs != before[1])).astype(np.int32)

    def solve_canonical(self, *, continued: bool = False) -> Solved | None:
        """Returns the optimum with the dual vector closest to the prices of the elastic trade, or None if infeasible.

        Activities and cost are those without elastic trade; duals and reduced costs are one optimal dual vector, so
        they fit each other exactly. The solver starts from the last basis and nothing else of its history, so that the
        same programme and basis give the same bits.

        Args:
            continued: Whether the solver goes on from its last solution with all that it knows. That is faster, and the
                same sequence of programmes gives the same bits.

        Raises:
            ArithmeticError: If the solver stops for a reason other than an optimum or infeasibility.
        """
        if self._start or not continued:
            self._engine.clearSolver()
        if self._start:
            self._engine.setBasis(_basis_of(self._start, self.shape[1]))
        self._start = b""
        plan = self.solve()
        if plan is not None and self._elastic:
            plan = self._priced(plan, continued=continued)
        elif plan is not None and not continued:
            self._start = self._states(plan)
        return plan

    def _priced(self, plan: Solved, *, continued: bool) -> Solved:
        """Returns a plan with the dual vector closest to the prices of the elastic trade."""
        cols = np.fromiter(self._elastic, dtype=np.int32, count=len(self._elastic))
        most = np.fromiter(self._elastic.values(), dtype=float, count=len(cols))
        self.column_bounds(cols, -most, most)
        priced = self.solve()
        if priced is None:
            raise ArithmeticError("a programme without a plan once a little more trade is possible")
        if not continued:
            self._start = self._states(priced)
        self.column_bounds(cols, np.zeros(len(cols)), np.zeros(len(cols)))
        steps = plan.iterations + priced.iterations
        return replace(plan, dual=priced.dual, reduced_cost=priced.reduced_cost, iterations=steps)

    def _states(self, plan: Solved) -> bytes:
        """Returns the state of each column and row in the basis of the last solution: basic, or at which bound."""
        value = np.concatenate([plan.value, self._engine.getSolution().row_value])
        lows, highs = (np.concatenate([self._now[side], self._now[side + 2]]) for side in (1, 2))
        states = np.where(np.abs(value - highs) < np.abs(value - lows), UPPER, LOWER).astype(np.uint8)
        basic: NDArray[np.int64] = np.array(self._engine.getBasicVariables()[1], dtype=np.int64)
        states[np.where(basic >= 0, basic, len(plan.value) - 1 - basic)] = BASIC
        return states.tobytes()

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


def _basis_of(states: bytes, cols: int) -> Any:  # the solver has no types
    """Returns the basis in which columns and rows have these states."""
    import highspy

    status = highspy.HighsBasisStatus
    each = [(status.kLower, status.kBasic, status.kUpper)[state] for state in states]
    found = highspy.HighsBasis()
    found.col_status, found.row_status, found.valid = each[:cols], each[cols:], True
    # The solver completes a basis with slacks, or drops what is too much, only if told that it may not fit.
    found.alien = states.count(BASIC) != len(states) - cols
    return found


def _hash_of(*parts: NDArray[Any] | Sequence[float]) -> bytes:
    """Returns the SHA-256 over arrays of numbers, each with its kind and length."""
    digest = hashlib.sha256()
    for part in parts:
        array = np.ascontiguousarray(part)
        digest.update(f"{array.dtype.str}{array.size};".encode())
        digest.update(array.tobytes())
    return digest.digest()


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
