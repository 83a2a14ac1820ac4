"""Least cost of an item that shares no option with another, in closed form over all scenarios at once.

In each month the sources are used from the cheapest on, and what remains is lost. Then stock displaces the dearest
tonnes of the whole horizon: what is in hand first, for it is worth nothing at the end. Before the choice begins only
what is in hand does. Prices are the same in every scenario, so they are sorted once.

The dual prices are those of the linear programme of one scenario.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from coercivity.firm.mix.cuts.arrays import CaseArrays, Floats, Tranche

Aim = Literal["cost", "line_days"]


@dataclass(frozen=True, slots=True, eq=False)
class ItemCost:
    """An item in every scenario.

    Attributes:
        cost: Least cost [1000 EUR], or least lost line-days, shape (scenarios,).
        slope: A subgradient of `cost` with respect to each entry of the choice, shape (scenarios, entries).
        lost_t: Tonnes not served, shape (scenarios, months) [t].
    """

    cost: Floats
    slope: Floats
    lost_t: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Worth:
    """Stock of an item in every scenario.

    Attributes:
        used_t: Bought stock that is used, shape (scenarios,) [t].
        bought: Worth of one more tonne that is bought [1000 EUR/t].
        in_hand: Worth of one more tonne in hand [1000 EUR/t].
    """

    used_t: Floats
    bought: Floats
    in_hand: Floats


@dataclass(frozen=True, slots=True, eq=False)
class MeritOrder:
    """Sources of one item by price.

    Attributes:
        prices: Price of each source and month, and of loss (last), shape (sources + 1, months) [1000 EUR/t].
        order: Places of `prices`, flat, that stock may displace, dearest first.
        in_hand_t: Stock in hand [t].
    """

    arrays: CaseArrays
    item: int
    sources: tuple[Tranche, ...]
    prices: Floats
    left_keur: float
    order: NDArray[np.int64]
    in_hand_t: float = 0.0

    @classmethod
    def of(cls, arrays: CaseArrays, item: int, aim: Aim = "cost") -> MeritOrder:
        """Returns the order of an item by cost, or by lost line-days, where only loss counts."""
        case, spec = arrays.case, arrays.case.items[item]
        own = [place for place, option in enumerate(case.options) if spec.item in option.items]
        every = [tranche for place in own for tranche in arrays.tranches(place)]
        if aim == "cost":
            every = [tranche for tranche in every if tranche.extra_keur < spec.loss_keur]
            every.sort(key=lambda tranche: (tranche.extra_keur, tranche.option))
            prices = np.array([*(t.extra_keur for t in every), spec.loss_keur])[:, None] * arrays.worth
            left = float(arrays.left_keur[item])
        else:
            use = arrays.use_t[item]
            prices = np.zeros((len(every) + 1, case.months))
            prices[-1] = np.divide(case.days_per_month, use, out=np.zeros_like(use), where=use > 0.0)
            left = 0.0
        flat = prices.reshape(-1)
        order = np.argsort(-flat, kind="stable")
        first = arrays.stock_first(item)
        bought = (order % case.months >= first) & (flat[order] > left)
        displaced = bought | (flat[order] > 0.0) if spec.in_hand_t else bought
        return cls(arrays, item, tuple(every), prices, left, order[displaced], spec.in_hand_t)

    def at(self, choice: Floats) -> ItemCost:
        """Returns the least cost of the item for a choice, its slope, and what is lost."""
        need = self.arrays.needs(choice, self.item)
        caps = [self._cap(source, choice) for source in self.sources]
        used = self._used(need, caps)
        stock = choice[self.arrays.stock(self.item)] * self.arrays.scale[:, self.arrays.stock(self.item)]
        drawn, worth = self._displaced(used, stock)
        kept = used - drawn
        cost = np.einsum("skt,kt->s", kept, self.prices) + self.left_keur * worth.used_t
        return ItemCost(cost, self._slope(choice, need, used, caps, worth), kept[:, -1])

    def _cap(self, source: Tranche, choice: Floats) -> Floats:
        """Returns the most that a source gives, shape (scenarios, months) [t]."""
        a = self.arrays
        cap = np.zeros((len(a.chance), a.case.months))
        cap[:, source.first : source.last] = (source.cap_t * choice[source.option] * a.scale[:, source.option])[:, None]
        return np.minimum(cap, a.airs(choice, self.item)) if source.is_air else cap

    def _used(self, need: Floats, caps: list[Floats]) -> Floats:
        """Returns what each source gives before stock, loss last, shape (scenarios, sources + 1, months) [t]."""
        used, open_t = [], need
        for cap in caps:
            used.append(np.minimum(open_t, cap))
            open_t = open_t - used[-1]
        return np.stack([*used, open_t], axis=1)

    def _displaced(self, used: Floats, stock: Floats) -> tuple[Floats, Worth]:
        """Returns what stock displaces, shaped as `used`, and the worth of one more tonne of stock by scenario."""
        flat, months = used.reshape(len(used), -1), self.arrays.case.months
        every = flat[:, self.order]
        early = self.order % months < self.arrays.stock_first(self.item)
        dearest = every
        if early.any():  # only what is in hand displaces tonnes before the choice begins
            before = np.where(early, every, 0.0)
            most = self.in_hand_t - (np.cumsum(before, axis=1) - before)
            dearest = np.where(early, np.clip(most, 0.0, every), every)
        price = self.prices.reshape(-1)[self.order]
        most = self.in_hand_t + stock[:, None] * (price > self.left_keur)
        up_to = np.cumsum(dearest, axis=1)
        drawn = np.zeros_like(flat)
        drawn[:, self.order] = np.clip(most - (up_to - dearest), 0.0, dearest)
        bought = np.maximum(drawn.sum(axis=1) - self.in_hand_t, 0.0)
        next_one = np.maximum(_first(up_to > most, price), np.where(bought > 0.0, self.left_keur, 0.0))
        in_hand = np.maximum(next_one, _first(early & (drawn[:, self.order] < every), price))
        worth = Worth(bought, np.maximum(next_one, self.left_keur), in_hand)
        return drawn.reshape(used.shape), worth

    def _slope(self, choice: Floats, need: Floats, used: Floats, caps: list[Floats], worth: Worth) -> Floats:
        """Returns the slope: a month's price is that of its dearest source, at most the worth of stock."""
        a = self.arrays
        last = used.shape[1] - 1 - (used > 0.0)[:, ::-1].argmax(axis=1)
        price = np.where(need > 0.0, self.prices[last, np.arange(a.case.months)], 0.0)
        begins = a.stock_first(self.item)
        price[:, begins:] = np.minimum(price[:, begins:], worth.bought[:, None])
        if self.in_hand_t:
            price = np.minimum(price, worth.in_hand[:, None])
        slope = np.zeros((len(need), a.entries))
        slope[:, a.stock(self.item)] = (self.left_keur - worth.bought) * a.scale[:, a.stock(self.item)]
        if a.filed >= 0:
            slope[:, a.filed] += (price * a.filed_need_t[:, self.item]).sum(axis=1)
        for source, cap, cost in zip(self.sources, caps, self.prices, strict=False):
            gain = np.maximum(price - cost, 0.0)
            gain[:, : source.first] = gain[:, source.last :] = 0.0
            if source.is_air:
                by_cap = source.cap_t * choice[source.option] * a.scale[:, source.option, None] <= cap
                if a.filed >= 0:
                    slope[:, a.filed] -= (np.where(by_cap, 0.0, gain) * a.filed_air_t[:, self.item]).sum(axis=1)
                gain = np.where(by_cap, gain, 0.0)
            slope[:, source.option] -= source.cap_t * a.scale[:, source.option] * gain.sum(axis=1)
        return slope


def _first(found: NDArray[np.bool_], price: Floats) -> Floats:
    """Returns the price of the first place that is found in each row; 0 where there is none."""
    if not len(price):
        return np.zeros(len(found))
    first: Floats = np.where(found.any(axis=1), price[found.argmax(axis=1)], 0.0)
    return first
