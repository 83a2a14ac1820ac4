"""Options at their cost over the usual price as arrays over scenarios: what a tonne costs, and how much can arrive."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coercivity.firm.mix.cuts.arrays import CaseArrays, Floats
from coercivity.firm.mix.prices.costs import deliverable, excused_t, over_usual_keur, whole_keur


@dataclass(frozen=True, slots=True, eq=False)
class PricedOption:
    """An option whose cost is that over the usual price.

    Attributes:
        option: Position of the option.
        items: Positions of the items that it serves.
        over_keur: Cost of a tonne over the usual price, by item, shape (scenarios, months) [1000 EUR/t].
        whole_keur: Whole price of a tonne [1000 EUR/t].
        most_t: Most that can arrive for an item without filing ahead, and what filing adds to it [t]; none where
            China need not let it out.
        excused_t: What is paid for in any event and is not owed, for it cannot be delivered, and what filing adds [t].
    """

    option: int
    items: tuple[int, ...]
    over_keur: dict[int, Floats]
    whole_keur: Floats
    most_t: dict[int, tuple[Floats, Floats]]
    excused_t: tuple[Floats, Floats]


def priced_option(arrays: CaseArrays, place: int) -> PricedOption:
    """Returns an option as arrays.

    Args:
        arrays: The case.
        place: Position of the option.
    """
    case, option = arrays.case, arrays.case.options[place]
    items = tuple(i for i, item in enumerate(case.items) if item.item in option.items)
    over = {i: np.array([over_usual_keur(case, option, case.items[i], head) for head in arrays.heads]) for i in items}
    most = {i: _both(*(option.cap * _shares(arrays, place, i, filed) for filed in (False, True))) for i in items}
    excused = (np.array([excused_t(case, option, head, filed=filed) for head in arrays.heads]) for filed in _WAYS)
    whole = np.array([whole_keur(case, option, head) for head in arrays.heads])
    return PricedOption(place, items, over, whole, most if option.from_china else {}, _both(*excused))


_WAYS = (False, True)


def _shares(arrays: CaseArrays, place: int, item: int, filed: bool) -> Floats:
    case = arrays.case
    option, spec = case.options[place], case.items[item]
    return np.array([deliverable(case, option, spec, head, filed=filed) for head in arrays.heads])


def _both(plain: Floats, filed: Floats) -> tuple[Floats, Floats]:
    return plain, filed - plain
