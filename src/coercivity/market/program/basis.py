"""Bases of a programme: one close to a plan that is known, and whether a basis outlasts a small change.

A basis decides where the solver starts and how long it takes, never what is published.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coercivity.market.program.lp import BASIC, LOWER, Floats, Lp, Solved

INSIDE = 1e-7  # a smaller distance to a bound counts as none [t]
NONE = 1e-9  # a smaller dual or reduced cost counts as none [USD/kg]
HELD = 1e-6  # with a larger reduced cost a column stays at its bound [USD/kg]


def start_near(lp: Lp, plan: Solved) -> None:
    """Starts the next solution from a basis close to that of a plan of the same programme.

    Basic are the columns strictly between their bounds, then the rows without a value, the columns without a reduced
    cost, and the rows of the least value, until there are as many as rows. Such a basis can be far from optimal where
    the plan is degenerate, so the programme is solved first with every column of some reduced cost held at its value.

    Args:
        lp: The programme, with the bounds of that plan.
        plan: The plan.
    """
    model = lp._engine.getLp()
    low, high = np.array(model.col_lower_), np.array(model.col_upper_)
    loose = np.array(model.row_lower_) < np.array(model.row_upper_)
    lp._engine.clearSolver()
    lp._engine.setBasis(_basis_of(plan, low, high, loose))
    fixed = np.flatnonzero((np.abs(plan.reduced_cost) > HELD) & (high > low)).astype(np.int32)
    value = np.clip(plan.value[fixed], low[fixed], high[fixed])
    lp.column_bounds(fixed, value, value)
    lp.solve()
    lp.column_bounds(fixed, low[fixed], high[fixed])


def _basis_of(plan: Solved, low: Floats, high: Floats, loose: NDArray[np.bool_]) -> Any:  # the solver has no types
    import highspy

    inside = (plan.value > low + INSIDE) & (plan.value < high - INSIDE)
    rows, cols = len(plan.dual), len(plan.value)
    worth = np.abs(plan.dual)
    order = np.concatenate(
        [
            rows + np.flatnonzero(inside),
            np.flatnonzero(loose & (worth < NONE)),
            rows + np.flatnonzero(~inside & (np.abs(plan.reduced_cost) < NONE)),
            np.argsort(worth, kind="stable"),
        ]
    )
    first = np.sort(np.unique(order, return_index=True)[1])
    basic = np.zeros(rows + cols, dtype=bool)
    basic[order[first[:rows]]] = True
    status = highspy.HighsBasisStatus
    at_high = (plan.reduced_cost < 0) & (high < np.inf)
    columns = np.where(basic[rows:], 1, np.where(at_high, 2, 0))
    found = highspy.HighsBasis()
    found.col_status = [(status.kLower, status.kBasic, status.kUpper)[kind] for kind in columns.tolist()]
    found.row_status = [status.kBasic if each else status.kLower for each in basic[:rows].tolist()]
    found.valid = found.alien = True
    return found


def carried_basis(source: Lp, target: Lp) -> bytes:
    """Returns the last basis of a programme for another one, by the keys of columns and rows.

    Columns that only the other has are at their lower bound, rows that only it has are basic. So the number of basic
    columns and rows may differ from the number of rows: the solver completes or cuts such a basis.

    Args:
        source: The programme with the basis.
        target: The programme that the basis is for.
    """
    states = source.basis()
    if not states or (source.cols == target.cols and source.rows == target.rows):
        return states
    known = len(source.cols)
    columns = bytes(LOWER if (at := source.cols.get(key)) is None else states[at] for key in target.cols)
    rows = bytes(BASIC if (at := source.rows.get(key)) is None else states[known + at] for key in target.rows)
    return columns + rows


@dataclass(frozen=True, slots=True, eq=False)
class Steadiness:
    """How far the basic columns and rows of an optimum are from their bounds.

    Attributes:
        room_t: Distance of each basic column or row to its nearer bound, in the order of the basis.
    """

    lp: Lp
    room_t: Floats

    def outlasts(self, row: int, change_t: float) -> bool:
        """Returns whether the basis stays optimal if the right-hand side of a row rises or falls by some tonnes.

        Then the dual of the row is the same on both sides, so its value is unique, whatever the basis is.

        Args:
            row: Position of the row.
            change_t: Size of the change.
        """
        moved = np.abs(np.array(self.lp._engine.getBasisInverseCol(row)[1]))
        return bool(np.all(moved * change_t <= self.room_t))


def steadiness(lp: Lp, plan: Solved) -> Steadiness:
    """Returns the distances of the optimum that the solver has just found.

    Args:
        lp: The programme.
        plan: The optimum.
    """
    model, solution = lp._engine.getLp(), lp._engine.getSolution()
    low = np.concatenate([np.array(model.col_lower_), np.array(model.row_lower_)])
    high = np.concatenate([np.array(model.col_upper_), np.array(model.row_upper_)])
    value = np.concatenate([plan.value, np.array(solution.row_value)])
    basis: NDArray[np.int64] = np.array(lp._engine.getBasicVariables()[1], dtype=np.int64)
    places = np.where(basis >= 0, basis, len(plan.value) - 1 - basis)
    room = np.minimum(value - low, high - value)[places]
    return Steadiness(lp, np.maximum(room, 0.0))
