"""Whether one dual vector is an optimal one, and how far it is from the prices of the base year; without the solver.

Source: equation 37 of docs/market.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import linopy
import numpy as np
import xarray as xr
from numpy.typing import NDArray

from coercivity.market.network.ties import keyed
from coercivity.market.program.build import PlanningWindow
from coercivity.market.program.lp import Floats, Solved
from tests.oracles.linopy_families import INF, optimum

# Nearer than this to a bound is at it [t]: the trade that chooses among the duals is of a tenth of that.
AT_BOUND = 1e-4
LICENCE_SHARE = 0.01


@dataclass(frozen=True)
class Programme:
    """Matrix, costs and sides of a window as they are, without what is written for its solver.

    Attributes:
        rows: Row of each entry.
        cols: Column of each entry.
        entries: The entries.
    """

    rows: NDArray[np.int64]
    cols: NDArray[np.int64]
    entries: Floats
    cost: Floats
    low: Floats
    high: Floats
    row_low: Floats
    row_high: Floats

    def activity(self, value: Floats) -> Floats:
        """What the columns put into each row [t]."""
        found = np.bincount(self.rows, self.entries * value[self.cols], minlength=len(self.row_low))
        return found.astype(np.float64)

    def reduced(self, dual: Floats) -> Floats:
        """Cost of a unit of each column less what it brings at given values of the rows [USD/kg]."""
        return self.cost - np.bincount(self.cols, self.entries * dual[self.rows], minlength=len(self.cost))


def programme(window: PlanningWindow) -> Programme:
    """The programme of a window with the bounds and costs of its month."""
    stands = window.lp._engine.getLp()
    places = sorted(window.lp.entries.keys() | window.lp._changed.keys())
    rows, cols = np.array(places).T
    sides = (stands.col_cost_, stands.col_lower_, stands.col_upper_, stands.row_lower_, stands.row_upper_)
    return Programme(rows, cols, np.array([window.lp.entry_at(*place) for place in places]), *map(np.array, sides))


def value_of(this: Programme, dual: Floats) -> float:
    """Returns the least cost that a dual vector proves: every column at the better of its bounds [thousand USD]."""
    reduced = this.reduced(dual)
    cols = np.where(reduced > 0, this.low, this.high)
    rows = np.where(dual > 0, this.row_low, this.row_high)
    finite_cols, finite_rows = np.isfinite(cols), np.isfinite(rows)
    return float(reduced[finite_cols] @ cols[finite_cols] + dual[finite_rows] @ rows[finite_rows])


def worst_slackness(this: Programme, plan: Solved) -> float:
    """Returns by how much the duals of a plan fall short of an optimal dual vector, in the worst column or row [USD/kg].

    A column above its lower bound must not cost more than it brings, one below its upper bound not less; a row with room
    above must not be worth less than nothing, one with room below not more.
    """
    reduced, level = this.reduced(plan.dual), this.activity(plan.value)
    return max(
        _worst(reduced, plan.value - this.low, this.high - plan.value),
        _worst(plan.dual, level - this.row_low, this.row_high - level),
    )


def _worst(value: Floats, above_low: Floats, below_high: Floats) -> float:
    too_high = np.where(above_low > AT_BOUND, value, 0.0)
    too_low = np.where(below_high > AT_BOUND, -value, 0.0)
    return float(max(too_high.max(), too_low.max()))


def from_base_prices(window: PlanningWindow, dual: Floats) -> float:
    """Returns the keyed distance of a dual vector from the prices of the base year in the first three months [USD/kg]."""
    weight, price = _measured(window)
    return float(np.sum(weight * np.abs(dual - price)))


def _measured(window: PlanningWindow) -> tuple[Floats, Floats]:
    """Returns by row how much its distance counts, and from what; licences and capacities count from nothing."""
    weight, price = np.zeros(window.lp.shape[0]), np.zeros(window.lp.shape[0])
    for key, place in window.lp.rows.items():
        assert isinstance(key, tuple)
        if key[0] in ("good", "permission", "limit") and key[2] in (0, 1, 2):
            weight[place] = (0.5 + keyed(*key) / 2) * (1.0 if key[0] == "good" else LICENCE_SHARE)
        if key[0] == "good":
            price[place] = float(window.discounts[key[2]]) * window.network.prices.get(key[1], 0.0)
    return weight, price


def nearest_to_base_prices(window: PlanningWindow, plan: Solved) -> float:
    """Returns the least such distance over all optimal dual vectors of a window, by a programme of its own."""
    this = programme(window)
    level = this.activity(plan.value)
    matrix = np.zeros((len(plan.value), len(level)))
    np.add.at(matrix, (this.cols, this.rows), this.entries)
    weight, price = (xr.DataArray(each, dims="row") for each in _measured(window))
    model = linopy.Model()
    most = np.where(level - this.row_low > AT_BOUND, 0.0, INF)
    least = np.where(this.row_high - level > AT_BOUND, 0.0, -INF)
    dual = model.add_variables(xr.DataArray(least, dims="row"), xr.DataArray(most, dims="row"), name="dual")
    apart = model.add_variables(lower=0.0, coords=dual.coords, dims=["row"], name="apart")
    model.add_constraints(apart - dual >= -price)
    model.add_constraints(apart + dual >= price)
    brings = (xr.DataArray(matrix, dims=("col", "row")) * dual).sum("row")
    above, below = plan.value - this.low > AT_BOUND, this.high - plan.value > AT_BOUND
    for held, sign in ((above & below, "="), (above & ~below, ">="), (below & ~above, "<=")):
        if held.any():
            cost = xr.DataArray(this.cost[held], dims="col")
            model.add_constraints(brings.isel(col=np.flatnonzero(held)), sign, cost)
    model.add_objective((apart * weight).sum())
    found = optimum(model)
    assert found is not None
    return found
