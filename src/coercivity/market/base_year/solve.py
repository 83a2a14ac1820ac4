"""Least squares with balances and bounds: strictly convex, unique, by exchange of the flows fixed at zero."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.base.errors import CoercivityError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_MOST_ROUNDS = 500
_PATIENCE = 10
_TINY = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Least:
    """The problem: minimise the sum of squares of `wanted @ x - target`, with `balance @ x = 0` and x >= 0.

    Attributes:
        wanted: Rows in units of their error, shape (figures, flows).
        target: Shape (figures,).
        balance: Shape (balances, flows).
        scale: Magnitude of each flow, for numerical accuracy only, shape (flows,).
    """

    wanted: Floats
    target: Floats
    balance: Floats
    scale: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The optimum and the accuracy of its conditions.

    Attributes:
        flows: Shape (flows,).
        multipliers: Multipliers of the balances, shape (balances,).
        held: Whether a flow is fixed at zero.
        rounds: Exchanges made.
        off_balance: Largest surplus of a balance, over its throughput.
        off_slope: Largest slope of a free flow, over the largest term of its slope.
        off_sign: Largest wrong sign: a negative flow, or a fixed flow with a favourable slope; same measures.
    """

    flows: Floats
    multipliers: Floats
    held: Flags
    rounds: int
    off_balance: float
    off_slope: float
    off_sign: float


def least_squares(problem: Least) -> Solution:
    """Returns the optimum, which is unique.

    Raises:
        CoercivityError: If no set of fixed flows satisfies the conditions.

    Source: equations 2 and 3 of docs/market.md; Júdice and Pires 1994, with a least-index rule against cycles.
    """
    scaled = problem.wanted * problem.scale
    rows = problem.balance * problem.scale
    rows = rows / np.maximum(np.abs(rows).max(axis=1, keepdims=True), _TINY)
    hessian, pull = scaled.T @ scaled, scaled.T @ problem.target
    held = np.zeros(len(problem.scale), dtype=bool)
    fewest, patience = len(held) + 1, _PATIENCE
    for rounds in range(_MOST_ROUNDS):
        value, multipliers = _meet(hessian, pull, rows, held)
        slope = hessian @ value - pull - rows.T @ multipliers
        size = np.maximum(np.abs(hessian) @ np.abs(value) + np.abs(pull) + np.abs(rows.T) @ np.abs(multipliers), _TINY)
        wrong = np.where(held, slope < -1e-10 * size, value < -1e-10 * np.maximum(1.0, np.abs(value).max()))
        count = int(wrong.sum())
        if count == 0:
            return _answer(problem, np.where(held, 0.0, np.maximum(value, 0.0)), multipliers, held, rounds)
        if count < fewest:
            fewest, patience = count, _PATIENCE
        elif patience > 0:
            patience -= 1
        else:  # one at a time, the last by index: this cannot cycle
            last = np.flatnonzero(wrong)[-1]
            wrong = np.zeros_like(wrong)
            wrong[last] = True
        held = held ^ wrong
    raise CoercivityError.of(
        "BASE-YEAR", f"the balances did not close in {_MOST_ROUNDS} rounds", next="check the ranges"
    )


def _meet(hessian: Floats, pull: Floats, rows: Floats, held: Flags) -> tuple[Floats, Floats]:
    """Returns flows and multipliers with the fixed flows at zero and the slopes of the others at zero."""
    from scipy import sparse
    from scipy.sparse import linalg

    free = np.flatnonzero(~held)
    live = np.flatnonzero(np.abs(rows[:, free]).max(axis=1) > 0.0)
    matrix = rows[np.ix_(live, free)]
    count, ties = len(free), len(live)
    whole = np.zeros((count + ties, count + ties))
    whole[:count, :count] = hessian[np.ix_(free, free)]
    whole[:count, count:] = -matrix.T
    whole[count:, :count] = matrix
    right = np.concatenate([pull[free], np.zeros(ties)])
    kept = whole.copy()
    kept[count:, count:] += 1e-10 * np.eye(ties)  # keeps balances that lost their last free flow solvable
    # Sparse factors, with one thread: the number of threads of dense ones would change the last digits.
    factors, exact = linalg.splu(sparse.csc_array(kept)), sparse.csr_array(whole)
    found = factors.solve(right)
    for _ in range(5):  # takes the effect of that little, and of rounding, out again
        found = found + factors.solve(right - exact @ found)
    value, multipliers = np.zeros(len(held)), np.zeros(len(rows))
    value[free], multipliers[live] = found[:count], found[count:]
    return value, multipliers


def _answer(problem: Least, value: Floats, multipliers: Floats, held: Flags, rounds: int) -> Solution:
    flows = value * problem.scale
    norms = np.maximum(np.abs(problem.balance * problem.scale).max(axis=1), _TINY)
    return Solution(flows, multipliers / norms, held, rounds, *conditions(problem, flows, multipliers / norms, held))


def conditions(problem: Least, flows: Floats, multipliers: Floats, held: Flags) -> tuple[float, float, float]:
    """Returns the violations of the conditions of the optimum: balance, slope, sign; see `Solution`."""
    through = np.maximum(np.abs(problem.balance) @ np.abs(flows) / 2, _TINY)
    off_balance = float((np.abs(problem.balance @ flows) / through).max())
    miss = problem.wanted @ flows - problem.target
    slope = problem.wanted.T @ miss - problem.balance.T @ multipliers
    size = np.abs(problem.wanted.T) @ (np.abs(problem.wanted) @ np.abs(flows) + np.abs(problem.target))
    size = np.maximum(size + np.abs(problem.balance.T) @ np.abs(multipliers), _TINY)
    off_slope = float(np.where(held, 0.0, np.abs(slope) / size).max())
    off_sign = float(max(np.maximum(-flows, 0.0).max(), np.where(held, np.maximum(-slope / size, 0.0), 0.0).max()))
    return off_balance, off_slope, off_sign
