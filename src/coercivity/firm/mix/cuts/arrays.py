"""A case of a mix as arrays over scenarios; scenarios that are alike in every number are one, with their chances added.

A choice is a vector: options between no (0) and yes (1), stocks [t], and whether anything is filed ahead where several
options do that. Everything that a choice moves in a scenario is a straight line in it, so the least cost of a
scenario is convex in the choice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.firm.mix.arrivals import stock_begins, stock_waits, usable
from coercivity.firm.mix.model import MixCase, MixItem, MixOption, MixScenario
from coercivity.firm.mix.prices.costs import by_month, names_of_indices, over_usual_keur

Floats = NDArray[np.float64]
# Options that give at most their cap in each month.
SOURCES = frozenset({"second_source", "air", "own_processing", "contract", "recycling"})


@dataclass(frozen=True, slots=True)
class Tranche:
    """Tonnes of one option at one price.

    Attributes:
        option: Position of the option.
        cap_t: Most tonnes a month over its items, in a scenario with the whole share [t].
        extra_keur: Cost of a tonne [1000 EUR/t].
        first: Position of the first month in which it can be used for any of its items.
        last: Position of the month after the last one.
        is_air: Whether China must let it out in the month.
    """

    option: int
    cap_t: float
    extra_keur: float
    first: int
    last: int
    is_air: bool


@dataclass(frozen=True, slots=True, eq=False)
class CaseArrays:
    """A case as arrays: scenarios first, then items, then months.

    Attributes:
        chance: Probability, shape (scenarios,).
        place: Row of each scenario of the case.
        need_t: Use that the sea does not bring, without filing ahead [t].
        filed_need_t: What filing ahead adds to `need_t`, zero or less [t].
        air_t: Most that can come by air, without filing ahead, before the cap of the option [t].
        filed_air_t: What filing ahead adds to `air_t` [t].
        scale: What is left of each entry of a choice, shape (scenarios, entries): share of second sources, and whether
            the stock is delivered.
        fixed_keur: Cost of one unit of each entry that is paid in any event [1000 EUR], shape (scenarios, entries).
        worth: Discount factor of an amount of each month.
        use_t: Use, shape (items, months) [t].
        left_keur: Worth of a tonne of stock left at the end, by item [1000 EUR/t].
        filed: Entry that says whether anything is filed ahead; -1 if nothing can be.
        heads: A scenario of each row.
    """

    case: MixCase
    chance: Floats
    place: NDArray[np.int64]
    need_t: Floats
    filed_need_t: Floats
    air_t: Floats
    filed_air_t: Floats
    scale: Floats
    fixed_keur: Floats
    worth: Floats
    use_t: Floats
    left_keur: Floats
    filed: int
    heads: tuple[MixScenario, ...]

    @property
    def entries(self) -> int:
        """Number of entries of a choice."""
        return int(self.scale.shape[1])

    def stock(self, item: int) -> int:
        """Returns the entry of the stock of an item."""
        return len(self.case.options) + item

    @property
    def late(self) -> int:
        """Months at the start in which the choice does nothing yet."""
        return self.case.months_late

    def tranches(self, option: int) -> tuple[Tranche, ...]:
        """Returns what an option gives in a month, cheapest first; what is paid in any event costs nothing more."""
        each = self.case.options[option]
        first, last = self.span(option)
        if each.kind not in SOURCES or by_month(self.case, each):
            return ()
        air = each.kind == "air"
        if each.kind == "recycling":
            return (Tranche(option, each.cap, 0.0, first, last, air),)
        if each.kind == "contract" and each.take_share:
            taken = each.cap * each.take_share
            rest = Tranche(option, each.cap - taken, each.extra_keur, first, last, air)
            return (Tranche(option, taken, 0.0, first, last, air), rest)
        return (Tranche(option, each.cap, each.extra_keur, first, last, air),)

    def span(self, option: int, item: int | None = None) -> tuple[int, int]:
        """Returns the positions of the first month in which an option can be used, and of that after the last."""
        name = None if item is None else self.case.items[item].item
        months = usable(self.case, self.case.options[option], name)
        return (months.start - 1, months.stop - 1) if months else (0, 0)

    def stock_first(self, item: int) -> int:
        """Returns the position of the first month in which stock of an item can be used."""
        return stock_begins(self.case, self.case.items[item])

    def priced(self, item: int) -> bool:
        """Returns whether an option serves an item whose cost is that over the usual price by month."""
        name = self.case.items[item].item
        return any(name in option.items and by_month(self.case, option) for option in self.case.options)

    def most_saved_keur(self) -> float:
        """Returns a saving that no plan exceeds in any scenario: options with a price below the usual [1000 EUR]."""
        saved = 0.0
        for option in self.case.options:
            served = [item for item in self.case.items if item.item in option.items and option.price is not None]
            for head in self.heads if served else ():
                over = [over_usual_keur(self.case, option, item, head) for item in served]
                each = option.cap * float(np.sum(np.maximum(-np.min(np.array(over), axis=0), 0.0)))
                saved = max(saved, each)
        return saved * len(self.case.options)

    def needs(self, choice: Floats, item: int) -> Floats:
        """Returns the use of an item that the sea does not bring, shape (scenarios, months) [t]."""
        return self._moved(self.need_t, self.filed_need_t, choice, item)

    def airs(self, choice: Floats, item: int) -> Floats:
        """Returns the most that can come by air, before the cap of the option, shape (scenarios, months) [t]."""
        return self._moved(self.air_t, self.filed_air_t, choice, item)

    def _moved(self, base: Floats, filed: Floats, choice: Floats, item: int) -> Floats:
        if self.filed < 0:
            return base[:, item]
        moved: Floats = base[:, item] + choice[self.filed] * filed[:, item]
        return moved


def arrays_of(case: MixCase) -> CaseArrays:
    """Returns a case as arrays.

    Raises:
        ValueError: If the level of CVaR is not in [0, 1), or an option has a negative extra cost.
    """
    if not 0.0 <= case.alpha < 1.0:
        raise ValueError(f"CVaR needs a level of at least 0 and below 1, not {case.alpha}")
    if any(option.extra_keur < 0.0 for option in case.options):
        raise ValueError("an option with a negative extra cost")
    rows, place, chance = _unlike(case)
    cells = 2 * len(case.items) * case.months
    share, plain, filed_share = rows[:, cells], *_parted(case, rows[:, :cells])
    use = np.array([item.use_t for item in case.items], dtype=np.float64)
    worth: Floats = (1.0 + case.discount_per_month) ** -np.arange(1.0, case.months + 1.0)
    sea, sea_filed = (use * (1.0 - _by_sea(case, shares)) for shares in (plain, filed_share))
    air, air_filed = (use * shares for shares in (plain, filed_share))
    if case.let_out_once:
        air, air_filed = (np.maximum(most + need - use, 0.0) for most, need in ((air, sea), (air_filed, sea_filed)))
    left = [float(item.stock_cost_keur * case.left_over_worth_share * worth[-1]) for item in case.items]
    filing = [place for place, option in enumerate(case.options) if option.kind == "filing"]
    entries = len(case.options) + len(case.items) + (len(filing) > 1)
    scale = _scale(case, share, plain, entries)
    return CaseArrays(
        case=case,
        chance=chance,
        place=place,
        need_t=sea,
        filed_need_t=sea_filed - sea,
        air_t=air,
        filed_air_t=air_filed - air,
        scale=scale,
        fixed_keur=_fixed(case, scale, worth, left),
        worth=worth,
        use_t=use,
        left_keur=np.array(left, dtype=np.float64),
        filed=entries - 1 if len(filing) > 1 else (filing[0] if filing else -1),
        heads=tuple(case.scenarios[first] for first in np.unique(place, return_index=True)[1].tolist()),
    )


def _unlike(case: MixCase) -> tuple[Floats, NDArray[np.int64], Floats]:
    """Returns the rows that differ, the row of each scenario, and the chance of each row."""
    indices = names_of_indices(case)
    rows = np.array(
        [
            [x for item in case.items for x in each.open_share[item.item]]
            + [x for item in case.items for x in each.open_share_if_filed[item.item]]
            + [each.second_source_share]
            + [x for name in indices for x in each.index[name]]
            for each in case.scenarios
        ],
        dtype=np.float64,
    )
    unlike, place = np.unique(rows, axis=0, return_inverse=True)
    place = place.reshape(-1).astype(np.int64)
    chance = np.zeros(len(unlike))
    np.add.at(chance, place, [each.probability for each in case.scenarios])
    return unlike, place, chance


def _parted(case: MixCase, shares: Floats) -> tuple[Floats, Floats]:
    """Returns the shares let out without and with filing; filing after the stop has begun changes nothing."""
    both = shares.reshape(len(shares), 2, len(case.items), case.months)
    plain, filed = both[:, 0], both[:, 1].copy()
    if case.months_late:
        begun = (plain[:, :, : case.months_late] < 1.0).any(axis=(1, 2))
        filed[begun] = plain[begun]
    return plain, filed


def _by_sea(case: MixCase, shares: Floats) -> Floats:
    """Returns the shares that arrive by sea; months before the first were open."""
    before = np.ones((*shares.shape[:2], min(case.sea_months, case.months)))
    return np.concatenate([before, shares], axis=2)[:, :, : case.months]


def _follows(option: MixOption) -> bool:
    return option.kind == "second_source" or option.follows_second_source


def _scale(case: MixCase, share: Floats, plain: Floats, entries: int) -> Floats:
    scale = np.ones((len(share), entries))
    for place, option in enumerate(case.options):
        if _follows(option):
            scale[:, place] = share
    if case.months_late:
        stocks = slice(len(case.options), len(case.options) + len(case.items))
        scale[:, stocks] = plain[:, :, case.months_late - 1] >= 1.0
    for place, item in enumerate(case.items):
        if waits := stock_waits(case, item)[0]:
            leaves = case.months_late + waits
            shares = plain[:, place, leaves - 1] if leaves <= case.months else 0.0
            scale[:, len(case.options) + place] = shares
    return scale


def _fixed(case: MixCase, scale: Floats, worth: Floats, left: list[float]) -> Floats:
    """Returns fees, stock as if all were left over, and what is paid whether taken or not.

    Stock that is not delivered is not paid.
    """
    fixed = np.zeros_like(scale)
    now = (1.0 + case.discount_per_month) ** -case.months_late
    for place, option in enumerate(case.options):
        paid_share = 0.0 if by_month(case, option) else option.owed_share  # else its costs are by scenario
        months = usable(case, option)
        paid = paid_share * option.cap * option.extra_keur * worth[months.start - 1 : months.stop - 1].sum()
        fixed[:, place] = option.fee_keur * now + scale[:, place] * paid
    for place, item in enumerate(case.items, len(case.options)):
        fixed[:, place] = scale[:, place] * (item.stock_cost_keur * now - left[place - len(case.options)])
    return fixed


def most_stock_t(case: MixCase, item: MixItem) -> float:
    """Returns the most stock of an item that can be of use: its cap, the storage, or all use that it can cover [t]."""
    use = {each.item: each.use_t for each in case.items}
    leaner = [o for o in case.options if o.kind == "leaner_grade" and o.items[1] == item.item]
    most = float(np.sum(item.use_t)) + float(np.sum([o.cap * np.sum(use[o.items[0]]) for o in leaner]))
    if waits := stock_waits(case, item)[0]:  # only a share of it arrives
        at = waits + case.months_late - 1
        shares = [each.open_share[item.item][at] for each in case.scenarios] if at < case.months else []
        most /= min((share for share in shares if share > 0.0), default=1.0)
    storage = case.limits.storage_t
    caps = (item.stock_cap_t, None if storage is None else max(0.0, storage - item.in_hand_t))
    return min([most, *(cap for cap in caps if cap is not None)])
