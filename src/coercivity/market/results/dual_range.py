"""The range within which a price is not unique: the interval of the dual on the optimal face."""

from __future__ import annotations

import numpy as np

from coercivity.base.canonical import round_sig
from coercivity.market.network.network import Good
from coercivity.market.program.update import WindowUpdate
from coercivity.market.run.rolling import MonthDone

SMALLEST = 1e-4


def price_range(update: WindowUpdate, done: MonthDone, goods: list[Good]) -> dict[Good, tuple[float, float]]:
    """Returns the lowest and the highest marginal price of some products in a month [USD/kg].

    They are the value of one more unit and the cost of one unit less: the ends of the duals on the optimal face. They
    are found by planning the month again with slightly more and slightly less of the product. A product that cannot be
    reduced, since nobody trades or stores it, has no upper end and is omitted.

    Args:
        update: The window and what moves it; it is left at this month.
        done: The month.
        goods: Goods.

    Source: equation 45 of docs/market.md.
    """
    update.to(done.month, done.before)
    window = update.window
    plan = window.solve()
    assert plan is not None
    found = {}
    for entry in goods:
        row = window.row("good", entry, 0)
        side = -_given(update, done, entry)
        step = max(SMALLEST, abs(side) * 1e-7)
        ends = []
        for more in (step, -step):
            _put(update, row, side - more)
            again = window.solve()
            _put(update, row, side)
            if again is not None:
                ends.append((plan.objective - again.objective) / more)
        if len(ends) == 2:
            known = (*ends, float(plan.dual[row]), done.price[entry])
            found[entry] = (round_sig(min(known)), round_sig(max(known)))
    return found


def _given(update: WindowUpdate, done: MonthDone, entry: Good) -> float:
    before = done.before
    return before.stock_t.get(entry, 0.0) + before.arriving_t.get((entry, done.month), 0.0)


def _put(update: WindowUpdate, row: int, side: float) -> None:
    update.window.lp.row_bounds(np.array([row], dtype=np.int32), np.array([side]), np.array([side]))
