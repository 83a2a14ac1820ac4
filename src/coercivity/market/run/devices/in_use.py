"""Magnets in use during a run: what leaves use, what of it is collected, and what is sold in its place.

The state holds what leaves use in every month of the run and of its last plan, from all sales: those since 1985, those
of the months carried out, and the usual sales of later months. A month that is carried out replaces the usual sales by
what was built, so that only deviations are added. Magnets stay in the region in which they were built in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from coercivity.base.months import Month
from coercivity.base.sums import total
from coercivity.market.inputs.cohorts import CONTENT_OF, CONTENTS, Cohorts, Floats
from coercivity.market.network.end_of_life import eol, recovered
from coercivity.market.network.network import Good, Network
from coercivity.market.network.supply import good
from coercivity.market.program.state import DeviceState, Drivers, State
from coercivity.market.run.mechanisms import Committed, DeviceMonth

DIGITS = 9
_LEAST_T = 1e-9


def rounded(numbers: Floats) -> Floats:
    """Returns numbers rounded to nine significant digits, as results are before they enter a state."""
    size = np.where(numbers != 0.0, np.abs(numbers), 1.0)
    scale = 10.0 ** (DIGITS - 1 - np.floor(np.log10(size)))
    return np.round(numbers * scale) / scale


@dataclass(frozen=True, slots=True)
class _Built:
    """Recipes of magnet uses, with the magnets that they take: position in `Cohorts.sold`, recipe and tonnes a unit."""

    recipes: tuple[tuple[str, ...], ...]
    sold: tuple[int, ...]
    recipe: tuple[int, ...]
    mass: Floats


class DevicesInUse:
    """Magnets in use, as mechanism and as driver of a run.

    Attributes:
        cohorts: Magnets by device, region and content.
        first: First month of the run.
        start: State before it.

    Source: equations 63 to 65 of docs/market.md.
    """

    def __init__(self, cohorts: Cohorts, network: Network, first: Month, months: int) -> None:
        """Computes what leaves use under usual sales.

        Args:
            cohorts: Magnets by device, region and content.
            network: The network of the run.
            first: First month of the run.
            months: Months of the run and of its last plan.
        """
        self.cohorts, self.first = cohorts, first
        self._months = months
        self._lost = cohorts.lost(months)
        self._usual = cohorts.usual_t(range(first, first + months))
        self._rate, self._most = cohorts.collection(), cohorts.collection("high")
        self._extraction = cohorts.extraction()
        self._elasticity = cohorts.coefficients.figures.assumption("collection_elasticity")
        self._built = _built(cohorts, network)
        goods = frozenset(network.goods)
        keys = sorted({(pool.content, pool.region) for pool in cohorts.pools})
        self._goods = [eol(content, region) for content, region in keys]
        at = {key: place for place, key in enumerate(keys)}
        self._good_of = np.array([at[pool.content, pool.region] for pool in cohorts.pools], dtype=np.int64)
        # Collected magnets that no activity of the run takes stay in the waste.
        self._taken = np.array([entry in goods for entry in self._goods])
        oxides = {content: recovered(cohorts.coefficients, content) for content in CONTENTS}
        self._oxides = [
            [(good(f"ox_{element}", region), mass) for element, mass in oxides[content].items()]
            for content, region in keys
        ]
        self._base = self._worth(network.prices)
        leaving = rounded(cohorts.leaving_t(first, months))
        self.start = DeviceState(leaving, self.collected_share([first], network.prices)[:, 0])

    def _worth(self, prices: Mapping[Good, float]) -> Floats:
        """Returns the value of the recoverable oxides in each collected good [USD/kg]."""
        return np.array([total(mass * prices.get(entry, 0.0) for entry, mass in each) for each in self._oxides])

    def collected_share(self, months: Sequence[Month], quote: Mapping[Good, float]) -> Floats:
        """Returns the share of what leaves use that is collected and extracted, by pool and month.

        Args:
            months: The months.
            quote: Quotes of the month before [USD/kg].

        Source: equation 65 of docs/market.md.
        """
        worth = self._worth(quote)
        ratio = np.divide(worth, self._base, out=np.ones_like(worth), where=(self._base > 0) & (worth > 0))
        answer = (ratio**self._elasticity)[self._good_of]
        taken = np.minimum(self._rate * answer, self._most) * self._extraction
        return rounded(taken[:, None] * self.cohorts.channels(months)[None, :])

    def arrivals(self, months: Sequence[Month], state: State) -> Mapping[Good, Sequence[float]]:
        """Returns the collected magnets of some months, as seen in a state [t].

        Args:
            months: Consecutive months.
            state: The state before the first of them.
        """
        start, leaving = months[0] - self.first, state.devices.leaving_t
        if not leaving.size:
            return {}
        share = self.collected_share(months, state.quote)
        # A plan that looks further than the run was made for sees the last month again.
        ahead = np.minimum(np.arange(start, start + len(months)), leaving.shape[1] - 1)
        collected = share * leaving[:, ahead]
        sums = np.zeros((len(self._goods), len(months)))
        np.add.at(sums, self._good_of, collected)
        sums = rounded(sums)
        return {
            entry: sums[place].tolist()
            for place, entry in enumerate(self._goods)
            if self._taken[place] and sums[place].any()
        }

    def after(self, done: Committed) -> tuple[DeviceState, DeviceMonth]:
        """Returns magnets in use after a month that was carried out.

        Source: equation 64 of docs/market.md.
        """
        before, now = done.before.devices, done.month - self.first
        built = np.array([done.did_t[name] for name in self._built.recipes])
        made = np.zeros(len(self.cohorts.sold))
        np.add.at(made, np.array(self._built.sold, dtype=np.int64), built[list(self._built.recipe)] * self._built.mass)
        sold = self.cohorts.by_pool(made, done.month)
        more = sold - self.cohorts.by_pool(self._usual[:, now], done.month)
        leaving = before.leaving_t.copy()
        leaving[:, now:] += more[:, None] * self._lost[:, : self._months - now]
        share = self.collected_share([done.month], done.before.quote)[:, 0]
        month = DeviceMonth(
            sold_t=self._named(sold),
            leaving_t=self._named(before.leaving_t[:, now]),
            collected_t={entry: masses[0] for entry, masses in self.arrivals([done.month], done.before).items()},
        )
        return DeviceState(rounded(leaving), share), month

    def _named(self, masses: Floats) -> dict[tuple[str, ...], float]:
        each = zip(self.cohorts.pools, rounded(masses).tolist(), strict=True)
        return {tuple(pool): mass for pool, mass in each if mass > _LEAST_T}

    def driving(self, drivers: Drivers) -> Drivers:
        """Returns drivers with the collected magnets as arrivals."""
        return replace(drivers, arrivals=_joined(drivers.arrivals, self.arrivals))


_Arrivals = Callable[[Sequence[Month], State], Mapping[Good, Sequence[float]]]


def _joined(first: _Arrivals, second: _Arrivals) -> _Arrivals:
    """Returns the arrivals of two sources, of different goods."""
    return lambda months, state: {**first(months, state), **second(months, state)}


def _built(cohorts: Cohorts, network: Network) -> _Built:
    """Returns which magnets the recipes of the network put into devices."""
    devices: dict[tuple[str, str, str], list[tuple[int, float]]] = {}
    sums: dict[tuple[str, str, str], float] = {}
    for place, one in enumerate(cohorts.sold):
        key = (one.use, one.region, one.grade)
        devices.setdefault(key, []).append((place, float(cohorts.sold_t[place])))
        sums[key] = sums.get(key, 0.0) + float(cohorts.sold_t[place])
    recipes, sold, recipe, mass = [], [], [], []
    for number, entry in enumerate(each for each in network.activities if each.kind == "recipe"):
        recipes.append(entry.name)
        use, region = entry.key[:2]
        for taken in entry.takes:
            if taken.good.name not in CONTENT_OF:
                continue
            for place, usual in devices.get((use, region, taken.good.name), []):
                sold.append(place)
                recipe.append(number)
                mass.append(taken.mass * usual / sums[use, region, taken.good.name])
    return _Built(tuple(recipes), tuple(sold), tuple(recipe), np.array(mass))
