"""Variables and constraints of a linopy model by key, so that a model can be written row by row."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import linopy
import numpy as np
import xarray as xr

INF = float("inf")
TOLERANCE = 1e-10
Key = tuple[Hashable, ...]


@dataclass
class Family:
    """Variables of one name, by key, with what a unit of each adds to the objective [USD/kg]."""

    name: str
    at: dict[Key, int] = field(default_factory=dict)
    worth: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    variable: Any = None

    def add(self, key: Key, worth: float, most: float = INF) -> None:
        assert key not in self.at
        self.at[key] = len(self.worth)
        self.worth.append(worth)
        self.most.append(most)

    def into(self, model: linopy.Model) -> Any:
        """Adds the variables, and returns what they add to the objective."""
        names = [" ".join(map(str, key)) for key in self.at]
        most = xr.DataArray(self.most, dims=self.name, coords={self.name: names})
        self.variable = model.add_variables(lower=0.0, upper=most, name=self.name)
        return (self.variable * xr.DataArray(self.worth, dims=self.name, coords=most.coords)).sum()


@dataclass
class Rows:
    """Constraints of one name: by key, the terms of the sum and the sides between which it lies."""

    name: str
    least: dict[Key, float] = field(default_factory=dict)
    most: dict[Key, float] = field(default_factory=dict)
    terms: list[tuple[Key, Family, Key, float]] = field(default_factory=list)

    def row(self, key: Key, least: float, most: float) -> None:
        self.least[key], self.most[key] = least, most

    def put(self, row: Key, family: Family, key: Key, share: float) -> None:
        self.terms.append((row, family, key, share))

    def into(self, model: linopy.Model) -> None:
        """Adds the constraints that have terms; the others must hold without any."""
        order = {key: place for place, key in enumerate(self.least)}
        parts = []
        for family in {id(f): f for _, f, _, _ in self.terms}.values():
            own = [(order[row], family.at[key], share) for row, f, key, share in self.terms if f is family]
            rows, places, shares = zip(*own, strict=True)
            picked = family.variable.isel({family.name: xr.DataArray(list(places), dims="term")})
            part = (picked * xr.DataArray(list(shares), dims="term")).drop_vars(family.name)
            parts.append(part.assign_coords(row=("term", list(rows))))
        whole = linopy.merge(parts, dim="term")
        summed = whole.groupby(whole.data["row"].rename("row")).sum()
        met = [int(place) for place in summed.data["row"].values]
        keys = list(order)
        for place in sorted(set(range(len(keys))) - set(met)):
            assert self.least[keys[place]] <= 0.0 <= self.most[keys[place]]
        for side, sign in ((self.least, ">="), (self.most, "<=")):
            bound = np.array([side[keys[place]] for place in met])
            held = np.isfinite(bound)
            if held.any():
                limit = xr.DataArray(bound[held], dims="row", coords={"row": summed.data["row"].values[held]})
                model.add_constraints(summed.sel(row=limit["row"]), sign, limit, name=f"{self.name} {sign}")


def optimum(model: linopy.Model) -> float | None:
    """Returns the objective at the optimum, or None where nothing is feasible."""
    status, _ = model.solve(
        solver_name="highs",
        io_api="direct",
        output_flag=False,
        primal_feasibility_tolerance=TOLERANCE,
        dual_feasibility_tolerance=TOLERANCE,
    )
    value = model.objective.value
    return float(value) if status == "ok" and value is not None else None
