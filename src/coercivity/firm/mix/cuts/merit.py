"""Least cost of an item that shares no option with another, in closed form over all scenarios at once.

In each month the sources are used from the cheapest on, and what remains is lost. Then stock displaces the dearest
tonnes of the whole horizon. Prices are the same in every scenario, so they are sorted once.

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
class MeritOrder:
    """Sources of one item by price.

    Attributes:
        prices: Price of each source and month, and of loss (last), shape (sources + 1, months) [1000 EUR/t].
        order: Places of `prices`, flat, that stock may displace, dearest first.
    """

    arrays: CaseArrays
    item: int
    sources: tuple[Tranche, ...]
    prices: Floats
    left_keur: float
    order: NDArray[np.int64]

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
        displaced = (order % case.months >= arrays.late) & (flat[order] > left)
        return cls(arrays, item, tuple(every), prices, left, order[displaced])

    def at(self, choice: Floats) -> ItemCost:
        """Returns the least cost of the item for a choice, its slope, and what is lost."""
        need = self.arrays.needs(choice, self.item)
        caps = [self._cap(source, choice) for source in self.sources]
        used = self._used(need, caps)
        stock = choice[self.arrays.stock(self.item)] * self.arrays.scale[:, self.arrays.stock(self.item)]
        drawn, cut = self._displaced(used, stock)
        kept = used - drawn
        cost = np.einsum("skt,kt->s", kept, self.prices) + self.left_keur * drawn.sum(axis=(1, 2))
        return ItemCost(cost, self._slope(choice, need, used, caps, cut), kept[:, -1])

    def _cap(self, source: Tranche, choice: Floats) -> Floats:
        """Returns the most that a source gives, shape (scenarios, months) [t]."""
        a = self.arrays
        cap = np.zeros((len(a.chance), a.case.months))
        cap[:, source.first :] = (source.cap_t * choice[source.option] * a.scale[:, source.option])[:, None]
        return np.minimum(cap, a.airs(choice, self.item)) if source.is_air else cap

    def _used(self, need: Floats, caps: list[Floats]) -> Floats:
        """Returns what each source gives before stock, loss last, shape (scenarios, sources + 1, months) [t]."""
        used, open_t = [], need
        for cap in caps:
            used.append(np.minimum(open_t, cap))
            open_t = open_t - used[-1]
        return np.stack([*used, open_t], axis=1)

    def _displaced(self, used: Floats, stock: Floats) -> tuple[Floats, Floats]:
        """Returns what stock displaces, shaped as `used`, and the worth of one more tonne of stock by scenario."""
        flat = used.reshape(len(used), -1)
        dearest = flat[:, self.order]
        up_to = np.cumsum(dearest, axis=1)
        drawn = np.zeros_like(flat)
        drawn[:, self.order] = np.clip(stock[:, None] - (up_to - dearest), 0.0, dearest)
        beyond = up_to > stock[:, None]
        worth = np.append(self.prices.reshape(-1)[self.order], self.left_keur)
        first = np.where(beyond.any(axis=1), beyond.argmax(axis=1) if beyond.shape[1] else 0, len(self.order))
        return drawn.reshape(used.shape), worth[first]

    def _slope(self, choice: Floats, need: Floats, used: Floats, caps: list[Floats], cut: Floats) -> Floats:
        """Returns the slope: a month's price is that of its dearest source, at most the worth of stock."""
        a = self.arrays
        last = used.shape[1] - 1 - (used > 0.0)[:, ::-1].argmax(axis=1)
        price = np.where(need > 0.0, self.prices[last, np.arange(a.case.months)], 0.0)
        price[:, a.late :] = np.minimum(price[:, a.late :], cut[:, None])
        slope = np.zeros((len(need), a.entries))
        slope[:, a.stock(self.item)] = (self.left_keur - cut) * a.scale[:, a.stock(self.item)]
        if a.filed >= 0:
            slope[:, a.filed] += (price * a.filed_need_t[:, self.item]).sum(axis=1)
        for source, cap, cost in zip(self.sources, caps, self.prices, strict=False):
            gain = np.maximum(price - cost, 0.0)
            gain[:, : source.first] = 0.0
            if source.is_air:
                by_cap = source.cap_t * choice[source.option] * a.scale[:, source.option, None] <= cap
                if a.filed >= 0:
                    slope[:, a.filed] -= (np.where(by_cap, 0.0, gain) * a.filed_air_t[:, self.item]).sum(axis=1)
                gain = np.where(by_cap, gain, 0.0)
            slope[:, source.option] -= source.cap_t * a.scale[:, source.option] * gain.sum(axis=1)
        return slope
