"""Columns and rows of an option whose cost is that over the usual price, in one scenario."""

from __future__ import annotations

from dataclasses import dataclass, field

from coercivity.base.linear import Programme
from coercivity.firm.mix.arrivals import cap_in, discounts, usable
from coercivity.firm.mix.model import MixCase, MixOption, MixScenario
from coercivity.firm.mix.prices.costs import deliverable, excused_t, over_usual_keur, whole_keur

_WAYS = (False, True)  # without filing ahead, and with it


@dataclass(frozen=True, slots=True)
class PricedColumns:
    """What an option brings.

    Attributes:
        taken: Column of what is taken [t], by item and month.
        paid: Columns with their cost [1000 EUR/t].
    """

    taken: dict[tuple[str, int], int] = field(default_factory=dict)
    paid: list[tuple[int, float]] = field(default_factory=list)


def add_priced(
    add: Programme, case: MixCase, scenario: MixScenario, option: MixOption, *, yes: int, filed: int | None
) -> PricedColumns:
    """Adds what an option brings, and what of it is paid for and not taken, each at its cost by month.

    Args:
        add: The programme.
        case: What is chosen from.
        scenario: The scenario.
        option: The option.
        yes: Column of the option.
        filed: Column of filing ahead; None if nothing can be filed ahead.
    """
    found, worth, cap = PricedColumns(), discounts(case), cap_in(option, scenario)
    served = [item for item in case.items if item.item in option.items]
    whole = whole_keur(case, option, scenario)
    over = {item.item: over_usual_keur(case, option, item, scenario) for item in served}
    most = {i.item: [deliverable(case, option, i, scenario, filed=way) for way in _WAYS] for i in served}
    excused, excused_filed = (excused_t(case, option, scenario, filed=way) for way in _WAYS)
    spans = {item.item: usable(case, option, item.item) for item in served}
    for month in usable(case, option):
        cols = {item.item: add.column() for item in served if month in spans[item.item]}
        add.row([*((col, 1.0) for col in cols.values()), (yes, -cap)], high=0.0)
        for name, col in cols.items():
            found.taken[name, month] = col
            found.paid.append((col, over[name][month - 1] * worth[month]))
            if option.from_china:
                let_out(add, col, *(cap * shares[month - 1] for shares in most[name]), filed=filed)
        if option.owed_share:
            untaken = add.column()
            owed = [(untaken, 1.0), *((col, 1.0) for col in cols.values()), (yes, -cap * option.owed_share)]
            if filed is not None:
                owed.append((filed, excused_filed[month - 1] - excused[month - 1]))
            add.row(owed, low=-excused[month - 1])
            found.paid.append((untaken, whole[month - 1] * worth[month]))
    return found


def let_out(add: Programme, col: int, plain: float, if_filed: float, *, filed: int | None) -> None:
    """Limits a column to what China lets out, not filed ahead and filed.

    Args:
        add: The programme.
        col: The column.
        plain: Its most without filing ahead.
        if_filed: Its most with filing ahead.
        filed: Column of filing ahead; None if nothing can be filed ahead.
    """
    if filed is None or plain == if_filed:
        add.bound(col, 0.0, plain)
    else:
        add.row([(col, 1.0), (filed, plain - if_filed)], high=plain)
