"""The mix without what the law bars or leaves open, and with licence times where they are longer than entered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from coercivity.firm.mix.model import MixCase
from coercivity.firm.option_law.results import OptionLaw


def lawful_case(case: MixCase, law: Iterable[OptionLaw]) -> MixCase:
    """Returns what may be chosen from: options and stock that the law lets go, or about which it was not asked.

    Stock that is not counted has a cap of 0, which is no limit that may be widened.

    Args:
        case: All that the workbook offers.
        law: What the law says of each option and of the stock of each grade.
    """
    found = {(one.kind, one.name): one for one in law}
    options = tuple(
        option if one is None or one.months is None else replace(option, months=max(option.months, one.months))
        for option in case.options
        if (one := found.get(("option", option.option))) is None or one.counted
    )
    items = tuple(
        item
        if (one := found.get(("stock", item.item))) is None or one.counted
        else replace(item, stock_cap_t=0.0, stock_barred=True)
        for item in case.items
    )
    return replace(case, options=options, items=items)
