"""The programme of one planning window: built once from the network, updated from month to month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from coercivity.base.sums import total
from coercivity.market.network.network import (
    LESS,
    MORE,
    Activity,
    DemandStep,
    Good,
    Network,
    Passage,
    Permission,
    Requirement,
    Store,
)
from coercivity.market.network.stores import CoverLayer
from coercivity.market.network.supply import CHINA_BOUND, CHINA_FREE
from coercivity.market.network.ties import TIE, keyed
from coercivity.market.program.basis import carried_basis
from coercivity.market.program.grid import SINGLE_MONTHS, PlanningGrid
from coercivity.market.program.lp import INF, Lp, Solved
from coercivity.permission.gate import Way

# Share of a shipment that arrives 0, 1, ... months after its transit time.
Kernel = tuple[float, ...]
AT_ONCE: Kernel = (1.0,)
# How much more the distance of a good's price from its base price counts than that of a licence or capacity from zero.
GOODS_FIRST = 100.0


@dataclass(frozen=True, slots=True)
class Rates:
    """Behavioural parameters.

    Attributes:
        discount: Discount rate of capital, per year.
        layers: Soft layers of cover, the first weeks first; above the last one only the carrying cost counts.
        risk: Return that holders require on stock above normal cover beyond the discount rate, per year.
        waste: Share of a licence that lapses per month, by bucket.
        leads: Share of what is granted in the end by months after a file is taken up, by bucket.
        papers: Cost of the documents by bucket [USD per kg applied for].
    """

    discount: float
    layers: tuple[CoverLayer, ...]
    risk: float = 0.0
    waste: Mapping[tuple[str, ...], float] = field(default_factory=dict)
    leads: Mapping[tuple[str, ...], tuple[float, ...]] = field(default_factory=dict)
    papers: Mapping[tuple[str, ...], float] = field(default_factory=dict)

    @property
    def beta(self) -> float:
        """Present value of one unit a month later."""
        return float((1 + self.discount) ** (-1 / 12))


def _merged(parts: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Returns value and width of neighbouring steps as one."""
    width = total(width for _, width in parts)
    return total(value * width for value, width in parts) / width, width


def coarser_layers(layers: Sequence[CoverLayer]) -> tuple[CoverLayer, ...]:
    """Returns layers of cover for long periods: two neighbours as one."""
    found = []
    for start in range(0, len(layers), 2):
        worth, width = _merged([(layer.worth, layer.width) for layer in layers[start : start + 2]])
        found.append(CoverLayer(width, worth))
    return tuple(found)


def coarser_steps(steps: Sequence[DemandStep]) -> tuple[DemandStep, ...]:
    """Returns steps of demand for long periods: two neighbours of one kind as one, except the two at usual demand."""
    found: list[DemandStep] = []
    for kind, group in groupby(steps, key=lambda step: step.kind):
        own = list(group)
        middle = own[-1:] if kind == LESS else own[:1] if kind == MORE else []
        rest = own[:-1] if kind == LESS else own[1:] if kind == MORE else own
        pairs = [rest[start : start + 2] for start in range(0, len(rest), 2)]
        gathered = [DemandStep(*_merged([(step.worth, step.width) for step in pair]), kind) for pair in pairs]
        found += [*gathered, *middle] if kind == LESS else [*middle, *gathered]
    return tuple(found)


class PlanningWindow:
    """Columns and rows of the periods of a planning grid; `lp` stores them by key and period.

    Columns: ("act", activity, p), ("step", use, region, step, p), ("stock", good, layer, p), ("apply", bucket, p),
    ("permit", bucket, p), and for arrivals after the window ("land", good, layer) and ("loosen", good). Each is the
    quantity of the whole period [t]; stocks and permits are those at its end.
    Rows: ("good", good, p), ("limit", name, p), ("permission", bucket, p) and ("land", good).

    Source: equations 25 to 30 of docs/market.md; Koopmans 1951; Samuelson 1952.
    """

    def __init__(self, network: Network, rates: Rates, grid: PlanningGrid, *, keeping: bool = True) -> None:
        """Builds the programme.

        Args:
            network: The network.
            rates: Behavioural parameters.
            grid: Periods of the window.
            keeping: Whether products can be stored from month to month; if not, unsold output is lost.
        """
        self.network, self.rates, self.grid, self.keeping = network, rates, grid, keeping
        self.periods = len(grid.periods)
        self.lp = Lp()
        self.discounts = np.array([rates.beta ** grid.middle(p) for p in range(self.periods)])
        self._layers = (rates.layers, coarser_layers(rates.layers))
        self._steps = tuple((demand.steps, coarser_steps(demand.steps)) for demand in network.demands)
        self.alone = _alone(network)
        self.delays: dict[tuple[str, ...], Kernel] = {}
        # Requirements that each activity serves, with tonnes per unit.
        self.serves: dict[tuple[str, ...], list[tuple[str, float]]] = {}
        self.landing = self._landing()
        self._build()
        self.lp.ready()
        # Only the first month of every plan is committed.
        self.first_acts = tuple(activity.name for activity in network.activities)
        self.first_places = np.array([self.lp.cols["act", name, 0] for name in self.first_acts], dtype=np.int64)

    def _build(self) -> None:
        for p in range(self.periods):
            for entry in self.network.goods:
                self.lp.row(("good", entry, p))
            for bucket in self.network.buckets:
                self.lp.row(("permission", bucket.name, p), high=INF)
            for name in self.network.limits:
                if name not in self.alone:
                    self.lp.row(("limit", name, p), low=-INF, high=INF)
        for entry in self.landing:
            self.lp.row(("land", entry))
        for p in range(self.periods):
            for activity in self.network.activities:
                self._activity(activity, p)
            self._demands(p)
            self._stores(p)
            for bucket in self.network.buckets:
                self._bucket(bucket, p)
            for wanted in self.network.requirements:
                self._requirement(wanted, p)
        self._land()
        self._elastic()

    def _elastic(self) -> None:
        """Adds the free trade at base prices that selects one dual vector; closed except while it is sought.

        Source: equation 37 of docs/market.md.
        """
        for p in range(min(SINGLE_MONTHS, self.periods)):
            now = float(self.discounts[p])
            for entry in self.network.goods:
                self._trade(GOODS_FIRST, now * self.network.prices.get(entry, 0.0), "good", entry, p)
            for bucket in self.network.buckets:
                self._trade(1.0, 0.0, "permission", bucket.name, p)
            for name in self.network.limits:
                if name not in self.alone:
                    self._trade(1.0, 0.0, "limit", name, p)

    def _trade(self, weight: float, price: float, *row: object) -> None:
        self.lp.elastic(self.row(*row), price, weight * (0.5 + keyed(*row) / 2))

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
            lp.entry(row, lp.col(("land", entry, 0), high=normal), -1.0)
            lp.entry(row, lp.col(("land", entry, 1)), -1.0)
            bound = entry._replace(tag=CHINA_BOUND)
            if entry.tag == CHINA_FREE:
                col = lp.col(("loosen", entry))
                lp.entry(row, col, -1.0)
                lp.entry(lp.rows["land", bound], col, 1.0)

    def _activity(self, activity: Activity, p: int) -> None:
        lp = self.lp
        col = lp.col(("act", activity.name, p), cost=activity.cost * self.discounts[p])
        for taken in activity.takes:
            lp.entry(lp.rows["good", taken.good, p], col, -taken.mass)
        for row, mass in self._lands(activity, p, AT_ONCE).items():
            lp.entry(row, col, mass)
        for name, weight in activity.limits:
            if name not in self.alone:
                lp.entry(lp.rows["limit", name, p], col, weight)
        if activity.passage is not None and activity.passage.way is Way.LICENCE:
            lp.entry(lp.rows["permission", bucket_of(activity.passage), p], col, -1.0)

    def _lands(self, activity: Activity, p: int, delay: Kernel) -> dict[int, float]:
        """Returns what a unit of an activity in a period gives, by row, with a share of it some months later.

        What is usually in the same month and only delayed arrives in the last period at the latest.
        """
        found: dict[int, float] = {}
        for given in activity.gives:
            for later, part in enumerate(delay):
                for at, share in self.grid.spread(p, given.lag + later):
                    key = ("good", given.good, at) if at < self.periods else ("land", given.good)
                    row = self.lp.rows[key if key in self.lp.rows else ("good", given.good, self.periods - 1)]
                    found[row] = found.get(row, 0.0) + given.mass * part * share
        return found

    def delay(self, delays: Mapping[tuple[str, ...], Kernel]) -> None:
        """Sets which share of some shipments arrives 0, 1, ... months after its transit time; others arrive in time.

        Args:
            delays: Shares by activity that add up to one.
        """
        acts = {activity.name: activity for activity in self.network.activities}
        for name in sorted(self.delays.keys() | delays.keys()):
            before, now = self.delays.get(name, AT_ONCE), delays.get(name, AT_ONCE)
            if before == now:
                continue
            for p in range(self.periods):
                col = self.lp.cols["act", name, p]
                old, new = self._lands(acts[name], p, before), self._lands(acts[name], p, now)
                for row in sorted(old.keys() | new.keys()):
                    self.lp.change(row, col, new.get(row, 0.0))
        self.delays = {name: kernel for name, kernel in delays.items() if kernel != AT_ONCE}

    def _demands(self, p: int) -> None:
        lp = self.lp
        for number, demand in enumerate(self.network.demands):
            row = lp.rows["good", demand.service, p]
            for place, step in enumerate(self.steps(number, p)):
                key = ("step", demand.use, demand.region, place, p)
                lp.entry(row, lp.col(key, cost=-step.worth * self.discounts[p]), -1.0)

    def _stores(self, p: int) -> None:
        """Adds the layers of stock: up to normal cover their worth pays at least for storage and interest.

        Source: equations 25 and 31 of docs/market.md.
        """
        lp = self.lp
        for store in self.network.stores:
            for layer in self.layers_of(store, p):
                cost, high = self._layer(store, layer, p)
                col = lp.col(("stock", store.good, layer, p), cost=cost, high=high)
                lp.entry(lp.rows["good", store.good, p], col, -1.0)
                if p + 1 < self.periods and self.keeping:
                    lp.entry(lp.rows["good", store.good, p + 1], col, 1.0)

    def _layer(self, store: Store, layer: int, p: int) -> tuple[float, float]:
        """Returns the cost of a unit in a layer of stock at the end of a period, and the width of the layer [t]."""
        price, now = self.network.prices.get(store.good, 0.0), float(self.discounts[p])
        tie = TIE * keyed("stock", store.good) * now
        layers = self.layers(p)
        last = p + 1 == self.periods
        if layer == len(layers):
            monthly = store.cost + self.rates.risk / 12 * max(price, 0.0)
            return (tie if last else monthly * self._held(p) + tie), INF
        worth = price * layers[layer].worth
        high = layers[layer].width * store.cover * store.turnover_t
        if last:
            # All of it is worth as much as the first weeks of cover, so that a plan does not live off its end.
            dearest = price * self.rates.layers[0].worth
            return tie - dearest * self.grid.periods[p] / 2 * now, high
        interest = price * (now - float(self.discounts[p + 1]))
        return tie - interest - worth * self._held(p), high

    def _held(self, p: int) -> float:
        """Returns the months of storage of a stock at the end of a period, discounted."""
        months = (self.grid.periods[p] + self.grid.periods[p + 1]) / 2
        return months * float(self.discounts[p] + self.discounts[p + 1]) / 2

    def _bucket(self, bucket: Permission, p: int) -> None:
        lp, name, grid = self.lp, bucket.name, self.grid
        apply = lp.col(("apply", name, p), cost=self.rates.papers[name] * self.discounts[p])
        for later, share in enumerate(self.rates.leads[name]):
            for at, part in grid.spread(p, later):
                if at < self.periods:
                    lp.entry(lp.rows["permission", name, at], apply, share * part)
        permit = lp.col(("permit", name, p))
        lp.entry(lp.rows["permission", name, p], permit, -1.0)
        if p + 1 < self.periods:
            left = (1.0 - self.rates.waste[name]) ** grid.periods[p + 1]
            lp.entry(lp.rows["permission", name, p + 1], permit, left)

    def _requirement(self, wanted: Requirement, p: int) -> None:
        """Adds a requirement; its slack costs the payment, or is closed unless an infeasibility is being explained.

        Source: equation 30 of docs/market.md.
        """
        lp = self.lp
        row = lp.row(("require", wanted.name, p), low=-INF, high=INF)
        for number, demand in enumerate(self.network.demands):
            if (demand.use, demand.region) == wanted.use:
                for place in range(len(self.steps(number, p))):
                    lp.entry(row, lp.cols["step", demand.use, demand.region, place, p], 1.0)
        for name, weight in supplied_by(self.network, wanted):
            lp.entry(row, lp.cols["act", name, p], weight)
            if not p:
                self.serves.setdefault(name, []).append((wanted.name, weight))
        cost = (wanted.pay or 0.0) * float(self.discounts[p])
        short = lp.col(("short", wanted.name, p), cost=cost, high=0.0 if wanted.pay is None else INF)
        lp.entry(row, short, 1.0)

    def solve(self, *, continued: bool = False) -> Solved | None:
        """Returns the plan for the window with its canonical duals, or None if it is infeasible.

        Args:
            continued: Whether the solver goes on with all that it knows from its last solution.
        """
        return self.lp.solve_canonical(continued=continued)

    def start_as(self, other: PlanningWindow) -> None:
        """Starts the next solution from the last basis of another window, by the keys of columns and rows."""
        self.lp.start_from(carried_basis(other.lp, self.lp))

    def layers(self, p: int) -> tuple[CoverLayer, ...]:
        """Returns the layers of cover of a period: fewer in a long one."""
        return self._layers[int(self.grid.periods[p] > 1)]

    def layers_of(self, store: Store, p: int) -> tuple[int, ...]:
        """Returns the layers of stock of a product in a period; only its normal throughput is worth storing."""
        above = len(self.layers(p))
        return tuple(range(above + 1)) if self.keeping and store.cover * store.turnover_t > 0 else (above,)

    def steps(self, number: int, p: int) -> tuple[DemandStep, ...]:
        """Returns the steps of a demand in a period: fewer in a long one."""
        return self._steps[number][int(self.grid.periods[p] > 1)]

    def column(self, *key: object) -> int:
        """Returns the number of a column."""
        return self.lp.cols[key]

    def row(self, *key: object) -> int:
        """Returns the number of a row."""
        return self.lp.rows[key]


def supplied_by(network: Network, wanted: Requirement) -> list[tuple[tuple[str, ...], float]]:
    """Returns the activities that count towards a requirement, each with tonnes per unit."""
    shipped = [(a.name, 1.0) for a in network.activities if a.kind == "ship" and a.key[:3] == wanted.route]
    return [*shipped, *wanted.supplies]


def bucket_of(passage: Passage) -> tuple[str, str, str, str]:
    """Returns the bucket of a passage."""
    return passage.good, passage.origin, passage.destination, passage.user


def _alone(network: Network) -> dict[str, tuple[tuple[str, ...], float]]:
    """Capacities on which a single activity draws: a bound of its column does as well as a row."""
    drawing: dict[str, list[tuple[tuple[str, ...], float]]] = {}
    for activity in network.activities:
        for name, weight in activity.limits:
            drawing.setdefault(name, []).append((activity.name, weight))
    return {name: users[0] for name, users in drawing.items() if len(users) == 1 and name not in network.quotas}
