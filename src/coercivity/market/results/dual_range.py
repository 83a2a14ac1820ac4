"""The range within which a price is not unique: the interval of the dual on the optimal face."""

from __future__ import annotations

import numpy as np

from coercivity.base.canonical import round_sig
from coercivity.market.network.network import Good
from coercivity.market.program.basis import start_near, steadiness
from coercivity.market.program.lp import INF, Solved
from coercivity.market.program.update import WindowUpdate
from coercivity.market.run.rolling import MonthDone

SMALLEST = 1e-4  # [t]


def price_range(update: WindowUpdate, done: MonthDone, goods: list[Good]) -> dict[Good, tuple[float, float]]:
    """Returns the lowest and the highest marginal price of some products in a month [USD/kg].

    They are the value of one more unit and the cost of one unit less: the ends of the duals on the optimal face. Where
    the optimal basis outlasts both changes they are the published price; elsewhere the month is planned again with
    slightly more and slightly less of the product. A product that cannot be reduced, since nobody trades or stores it,
    has no upper end and is omitted.

    Args:
        update: The window and what moves it; it is left at this month.
        done: The month.
        goods: Goods.

    Source: equation 45 of docs/market.md.
    """
    update.window.delay(done.delays)
    update.to(done.month, done.before, done.seen)
    window = update.window
    start_near(window.lp, done.plan)
    plan = window.lp.solve()
    assert plan is not None
    steady = steadiness(window.lp, plan)
    sides = {entry: 0.0 - _given(update, done, entry) for entry in goods}
    steps = {entry: max(SMALLEST, abs(side) * 1e-7) for entry, side in sides.items()}
    rows = {entry: window.row("good", entry, 0) for entry in goods}
    unique = {entry for entry in goods if steady.outlasts(rows[entry], steps[entry])}
    found = {}
    for entry in goods:
        known = [done.price[entry]]
        ends = [] if entry in unique else _ends(update, plan, rows[entry], sides[entry], steps[entry])
        if entry in unique or len(ends) == 2:
            known += [float(plan.dual[rows[entry]]), *ends]
            found[entry] = (round_sig(min(known)), round_sig(max(known)))
    return found


def _ends(update: WindowUpdate, plan: Solved, row: int, side: float, step: float) -> list[float]:
    """Returns the dual of a row just above and just below its right-hand side, where there is a plan [USD/kg]."""
    found, lp = [], update.window.lp
    for more in (step, -step):
        _put(update, row, side - more)
        again = lp.solve()
        _put(update, row, side)
        if again is None:
            start_near(lp, plan)
        else:
            found.append(float(again.dual[row]))
    return found


def _given(update: WindowUpdate, done: MonthDone, entry: Good) -> float:
    before = done.before
    return before.stock_t.get(entry, 0.0) + before.arriving_t.get((entry, done.month), 0.0)


def _put(update: WindowUpdate, row: int, side: float) -> None:
    """Sets the right-hand side of a balance; what can be stored may still be thrown away."""
    high = INF if update.thrown_away[row] else side
    update.window.lp.row_bounds(np.array([row], dtype=np.int32), np.array([side]), np.array([high]))
