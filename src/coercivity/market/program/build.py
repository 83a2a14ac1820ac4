"""The programme of one planning window: built once from the network, updated from month to month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from coercivity.market.network.network import Activity, Good, Network, Passage, Permission, Requirement
from coercivity.market.network.supply import CHINA_BOUND, CHINA_FREE
from coercivity.market.program.lp import INF, Lp, Solved
from coercivity.permission.gate import Way

LAYERS = (0.5, 0.5, 1.0, INF)


@dataclass(frozen=True, slots=True)
class Rates:
    """Behavioural parameters.

    Attributes:
        discount: Discount rate of capital, per year.
        worths: Value of holding the first and the second half of the cover, per month, as a share of the price.
        waste: Share of a licence that lapses per month, by bucket.
        leads: Share of applications decided by months after filing, by bucket.
        papers: Cost of the documents by bucket [USD/kg].
    """

    discount: float
    worths: tuple[float, float]
    waste: Mapping[tuple[str, ...], float] = field(default_factory=dict)
    leads: Mapping[tuple[str, ...], tuple[float, ...]] = field(default_factory=dict)
    papers: Mapping[tuple[str, ...], float] = field(default_factory=dict)

    @property
    def beta(self) -> float:
        """Present value of one unit a month later."""
        return float((1 + self.discount) ** (-1 / 12))


class PlanningWindow:
    """Columns and rows of W months; `lp` stores them by key and month of the window.

    Columns: ("act", activity, w), ("step", use, region, step, w), ("stock", good, layer, w), ("apply", bucket, w),
    ("permit", bucket, w), and for arrivals after the window ("land", good, layer) and ("loosen", good).
    Rows: ("good", good, w), ("limit", name, w), ("permission", bucket, w) and ("land", good).

    Source: equations 25 to 30 of docs/market.md; Koopmans 1951; Samuelson 1952.
    """

    def __init__(self, network: Network, rates: Rates, months: int, *, keeping: bool = True) -> None:
        """Builds the programme.

        Args:
            network: The network.
            rates: Behavioural parameters.
            months: Months of the window.
            keeping: Whether products can be stored from month to month; if not, unsold output is lost.
        """
        self.network, self.rates, self.months, self.keeping = network, rates, months, keeping
        self.lp = Lp()
        self.discounts = np.array([rates.beta**w for w in range(months + 12)])
        self.alone = _alone(network)
        self.landing = self._landing()
        self._build()
        self.lp.ready()
        # Only the first month of every plan is committed.
        self.first_acts = tuple(activity.name for activity in network.activities)
        self.first_places = np.array([self.lp.cols["act", name, 0] for name in self.first_acts], dtype=np.int64)

    def _build(self) -> None:
        for w in range(self.months):
            for entry in self.network.goods:
                self.lp.row(("good", entry, w))
            for bucket in self.network.buckets:
                self.lp.row(("permission", bucket.name, w))
            for name in self.network.limits:
                if name not in self.alone:
                    self.lp.row(("limit", name, w), low=-INF, high=INF)
        for entry in self.landing:
            self.lp.row(("land", entry))
        for w in range(self.months):
            for activity in self.network.activities:
                self._activity(activity, w)
            self._demands(w)
            self._stores(w)
            for bucket in self.network.buckets:
                self._bucket(bucket, w)
            for wanted in self.network.requirements:
                self._requirement(wanted, w)
        self._land()

    def _landing(self) -> dict[Good, float]:
        """Returns the products that may arrive after the window, with their normal arrivals in that time [t].

        Only normal arrivals have a value: otherwise a plan could ship everything in its last months, to be paid for
        after its end, and so support any price.
        """
        lags: dict[Good, int] = {}
        for activity in self.network.activities:
            for given in activity.gives:
                if given.lag:
                    lags[given.good] = max(lags.get(given.good, 0), given.lag)
        turnover = {store.good: store.turnover_t for store in self.network.stores}
        found = {entry: lag * turnover.get(entry, 0.0) for entry, lag in sorted(lags.items())}
        for entry in list(found):
            if entry.tag == CHINA_FREE:
                found.setdefault(
                    entry._replace(tag=CHINA_BOUND), lags[entry] * turnover.get(entry._replace(tag=CHINA_BOUND), 0.0)
                )
        return found

    def _land(self) -> None:
        lp = self.lp
        for entry, normal in self.landing.items():
            row = lp.rows["land", entry]
            for layer, high in enumerate((normal, INF)):
                lp.entry(row, lp.col(("land", entry, layer), high=high), -1.0)
            bound = entry._replace(tag=CHINA_BOUND)
            if entry.tag == CHINA_FREE:
                col = lp.col(("loosen", entry))
                lp.entry(row, col, -1.0)
                lp.entry(lp.rows["land", bound], col, 1.0)

    def _activity(self, activity: Activity, w: int) -> None:
        lp = self.lp
        col = lp.col(("act", activity.name, w), cost=activity.cost * self.discounts[w])
        for taken in activity.takes:
            lp.entry(lp.rows["good", taken.good, w], col, -taken.mass)
        for given in activity.gives:
            if w + given.lag < self.months:
                lp.entry(lp.rows["good", given.good, w + given.lag], col, given.mass)
            else:
                lp.entry(lp.rows["land", given.good], col, given.mass)
        for name, weight in activity.limits:
            if name not in self.alone:
                lp.entry(lp.rows["limit", name, w], col, weight)
        if activity.passage is not None and activity.passage.way is Way.LICENCE:
            lp.entry(lp.rows["permission", bucket_of(activity.passage), w], col, -1.0)

    def _demands(self, w: int) -> None:
        lp = self.lp
        for demand in self.network.demands:
            row = lp.rows["good", demand.service, w]
            for place, step in enumerate(demand.steps):
                key = ("step", demand.use, demand.region, place, w)
                lp.entry(row, lp.col(key, cost=-step.worth * self.discounts[w]), -1.0)

    def _stores(self, w: int) -> None:
        lp = self.lp
        worths = (*self.rates.worths, 0.0, 0.0)
        for store in self.network.stores:
            price = self.network.prices.get(store.good, 0.0)
            for layer in layers_of(store.cover if self.keeping else 0.0, store.turnover_t):
                cost = (store.cost - worths[layer] * price) * self.discounts[w]
                high = LAYERS[layer] * store.cover * store.turnover_t if layer < len(LAYERS) - 1 else INF
                col = lp.col(("stock", store.good, layer, w), cost=cost, high=high)
                lp.entry(lp.rows["good", store.good, w], col, -1.0)
                if w + 1 < self.months and self.keeping:
                    lp.entry(lp.rows["good", store.good, w + 1], col, 1.0)

    def _bucket(self, bucket: Permission, w: int) -> None:
        lp, name = self.lp, bucket.name
        paper = self.rates.papers[name] * self.discounts[w]
        apply = lp.col(("apply", name, w), cost=paper)
        for later, share in enumerate(self.rates.leads[name]):
            if w + later < self.months:
                lp.entry(lp.rows["permission", name, w + later], apply, share)
        permit = lp.col(("permit", name, w))
        lp.entry(lp.rows["permission", name, w], permit, -1.0)
        if w + 1 < self.months:
            lp.entry(lp.rows["permission", name, w + 1], permit, 1.0 - self.rates.waste[name])

    def _requirement(self, wanted: Requirement, w: int) -> None:
        """Adds a requirement; its slack is closed unless an infeasibility is being explained."""
        lp = self.lp
        row = lp.row(("require", wanted.name, w), low=-INF, high=INF)
        for demand in self.network.demands:
            if (demand.use, demand.region) == wanted.use:
                for place in range(len(demand.steps)):
                    lp.entry(row, lp.cols["step", demand.use, demand.region, place, w], 1.0)
        for activity in self.network.activities:
            if activity.kind == "ship" and activity.key[:3] == wanted.route:
                lp.entry(row, lp.cols["act", activity.name, w], 1.0)
        lp.entry(row, lp.col(("short", wanted.name, w), high=0.0), 1.0)

    def solve(self) -> Solved | None:
        """Returns the plan for the window, or None if it is infeasible."""
        return self.lp.solve()

    def column(self, *key: object) -> int:
        """Returns the number of a column."""
        return self.lp.cols[key]

    def row(self, *key: object) -> int:
        """Returns the number of a row."""
        return self.lp.rows[key]


def bucket_of(passage: Passage) -> tuple[str, str, str, str]:
    """Returns the bucket of a passage."""
    return passage.good, passage.origin, passage.destination, passage.user


def layers_of(cover: float, turnover_t: float) -> tuple[int, ...]:
    """Returns the layers of stock of a product: only its normal throughput is worth storing."""
    return tuple(range(len(LAYERS))) if cover * turnover_t > 0 else (len(LAYERS) - 1,)


def _alone(network: Network) -> dict[str, tuple[tuple[str, ...], float]]:
    """Capacities on which a single activity draws: a bound of its column does as well as a row."""
    drawing: dict[str, list[tuple[tuple[str, ...], float]]] = {}
    for activity in network.activities:
        for name, weight in activity.limits:
            drawing.setdefault(name, []).append((activity.name, weight))
    return {name: users[0] for name, users in drawing.items() if len(users) == 1 and name not in network.quotas}
