"""Decisions to qualify another design: begun when it has paid for some months in a row, never undone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from coercivity.market.network.network import NOTHING_T, Network
from coercivity.market.program.grid import PlanningGrid
from coercivity.market.run.mechanisms import Committed, Qualified, qualified


def qualification(network: Network, grid: PlanningGrid, months: int) -> Callable[[Committed], Qualified]:
    """Returns the rule by which recipes are qualified.

    In a plan every kilogram of a recipe that nobody has begun to qualify pays for its qualification, so the plan uses
    it after the wait only where it saves more than that. If plans do so for some months in a row, the qualification
    begins and, like the shares reached, is never lost.

    Args:
        network: The network of the run.
        grid: Periods of its planning window.
        months: Months in a row in which it must pay.

    Source: equation 73 of docs/market.md.
    """
    waiting = [(n, recipe) for n, recipe in enumerate(network.recipes) if recipe.wait]
    ends = np.array(grid.starts) + np.array(grid.periods)
    after = ends[:, None] > np.array([recipe.wait for _, recipe in waiting])[None, :]
    numbers = [n for n, _ in waiting]

    def after_month(done: Committed) -> Qualified:
        found = qualified(done)
        if not waiting:
            return found
        used_t = np.where(after, done.plan.value[done.update.recipe_cols[:, numbers]], 0.0).sum(axis=0)
        for (_, recipe), mass in zip(waiting, used_t.tolist(), strict=True):
            name = recipe.activity
            if name in found.qualified_on or mass <= NOTHING_T:
                continue
            in_a_row = done.before.sought.get(name, 0) + 1
            if in_a_row >= months:
                found.qualified_on[name] = done.month + recipe.wait
            else:
                found.sought[name] = in_a_row
        return found

    return after_month
