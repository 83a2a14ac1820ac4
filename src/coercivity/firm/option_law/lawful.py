"""The mix without what the law bars or leaves open, and with licence times where they are longer than entered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from coercivity.firm.mix.model import MixCase, MixItem, MixOption
from coercivity.firm.option_law.results import WHOLE, OptionLaw


def lawful_case(case: MixCase, law: Iterable[OptionLaw]) -> MixCase:
    """Returns what may be chosen from: options and stock that the law lets go, or about which it was not asked.

    An option serves the grades for which it is lawful, each from its own month on and to its own last one. Stock that
    is not counted has a cap of 0, which is no limit that may be widened.

    Args:
        case: All that the workbook offers.
        law: What the law says of each option and of the stock of each grade.
    """
    found = {(one.kind, one.name): one for one in law}
    options = tuple(
        option if one is None else _option(option, one)
        for option in case.options
        if (one := found.get(("option", option.option))) is None or one.counted
    )
    items = tuple(
        item if (one := found.get(("stock", item.item))) is None else _stock(item, one) for item in case.items
    )
    return replace(case, options=options, items=items)


def _option(option: MixOption, law: OptionLaw) -> MixOption:
    """Returns an option with the grades, months and last months that the law leaves it."""
    if law.months is None:
        return option
    option = replace(option, months=max(option.months, law.months))
    lawful = {grade: one for grade, one in law.grades.items() if not one.not_counted}
    if WHOLE in lawful or not lawful:
        last = lawful[WHOLE].last if WHOLE in lawful else None
        return option if last is None else replace(option, item_last=dict.fromkeys(option.items, last))
    return replace(
        option,
        items=tuple(item for item in option.items if item in lawful),
        item_months={item: one.months for item, one in lawful.items() if one.months != option.months},
        item_last={item: one.last for item, one in lawful.items() if one.last is not None},
    )


def _stock(item: MixItem, law: OptionLaw) -> MixItem:
    if not law.counted:
        return replace(item, stock_cap_t=0.0, stock_barred=True)
    return replace(item, stock_leaves=law.leaves, stock_months=law.arrives, stock_held_late=law.held_late)
