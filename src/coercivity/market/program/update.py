"""Changes from window to window: bounds, right-hand sides and costs as arrays with precomputed positions."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.inputs.months import Month
from coercivity.market.network.network import Activity, Good, Passage
from coercivity.market.program.build import LAYERS, PlanningWindow, bucket_of
from coercivity.market.program.lp import INF
from coercivity.market.program.state import BASE_MONTH, Drivers, Law, State
from coercivity.permission.gate import Gate, Way

Indices = NDArray[np.int32]
ASKED = (Way.LICENCE, Way.DENIAL)
# The layers of stock that holders keep as a reserve.
CAUTIOUS = (0, 1)


class WindowUpdate:
    """Updates a window to a month.

    Source: equations 24 and 31 to 36 of docs/market.md.
    """

    def __init__(self, window: PlanningWindow, law: Law, drivers: Drivers) -> None:
        self.window, self.law, self.drivers = window, law, drivers
        network, w_all = window.network, range(window.months)
        place = window.column
        demands = network.demands
        self.spans = {(d.use, d.region): d.wanted_t for d in demands}
        self.growth = {(d.use, d.region): d.growth for d in demands}
        at = {(d.use, d.region): n for n, d in enumerate(demands)}
        steps = [(n, k, step.width) for n, d in enumerate(demands) for k, step in enumerate(d.steps)]
        self.step_demand = np.array([n for n, _, _ in steps])
        self.step_width = np.array([width for _, _, width in steps])
        self.step_cols = _grid(
            [[place("step", demands[n].use, demands[n].region, k, w) for n, k, _ in steps] for w in w_all]
        )
        self.recipe_cols = _grid([[place("act", r.activity, w) for r in network.recipes] for w in w_all])
        self.recipe_demand = np.array([at[r.use, r.region] for r in network.recipes])
        self.most_share = np.array([r.most_share for r in network.recipes])
        self.drift = np.array([r.drift for r in network.recipes])
        self.speed = np.array([r.speed or 0.0 for r in network.recipes])
        self.asked = sorted({bucket_of(a.passage) for a in network.activities if a.passage is not None})
        self.good_rows = {entry: [window.row("good", entry, w) for w in w_all] for entry in network.goods}
        self.limit_rows = {
            name: [window.row("limit", name, w) for w in w_all] for name in network.limits if name not in window.alone
        }
        self.alone_cols = {
            name: ([place("act", act, w) for w in w_all], weight) for name, (act, weight) in window.alone.items()
        }
        self.passages = [
            (a.passage, [place("act", a.name, w) for w in w_all]) for a in network.activities if a.passage is not None
        ]
        self.levied = [
            (a, [place("act", a.name, w) for w in w_all])
            for a in network.activities
            if a.levy is not None or (a.kind == "ship" and a.key[1] == CHINA and a.key[0] in drivers.dutied)
        ]
        self.applied = {b.name: [place("apply", b.name, w) for w in w_all] for b in network.buckets}
        self.orders = {b.name: b.orders_t for b in network.buckets}
        self.turned_over = [s.good for s in network.stores if s.turnover_t > 0 and s.good in network.prices]
        self.ends = self._ends()
        self.covers = self._covers()
        self.month: Month = BASE_MONTH
        self.gates: dict[tuple[str, str, str, str], tuple[Gate, ...]] = {}

    def _ends(self) -> list[tuple[int, float, Good, float]]:
        """Returns the columns with a final stock at the end of the window: position, own cost, product, discount."""
        window, last = self.window, self.window.months - 1
        found = []
        for store in window.network.stores:
            for layer in range(len(LAYERS) - 1):
                key = ("stock", store.good, layer, last)
                if key in window.lp.cols:
                    col = window.lp.cols[key]
                    found.append((col, window.lp.cost[col], store.good, window.discounts[window.months]))
        for entry in window.landing:
            found.append((window.column("land", entry, 0), 0.0, entry, window.discounts[window.months + 1]))
        return found

    def _covers(self) -> list[tuple[str, float, list[int]]]:
        """Returns the layers of stock that grow with caution: region, normal width, position in each month."""
        window = self.window
        return [
            (
                store.good.region,
                LAYERS[layer] * store.cover * store.turnover_t,
                [window.column("stock", store.good, layer, w) for w in range(window.months)],
            )
            for store in window.network.stores
            for layer in CAUTIOUS
            if ("stock", store.good, layer, 0) in window.lp.cols
        ]

    def _caution(self, state: State, high: dict[int, float]) -> None:
        """Increases the cover that holders want after a month with unmet demand in their region.

        Source: equation 31 of docs/market.md.
        """
        for region, width, cols in self.covers:
            wanted = width * (1 + self.drivers.caution * state.short.get(region, 0.0))
            high.update(dict.fromkeys(cols, wanted))

    def to(self, month: Month, state: State) -> None:
        """Sets every bound, right-hand side and cost for a month of planning.

        Args:
            month: First month of the window; notices published by its middle are known.
            state: State after the month before.
        """
        self.month = month
        months = [month + w for w in range(self.window.months)]
        high: dict[int, float] = {}
        self._demand(months, state)
        self._capacities(months)
        self._law(months, month, high)
        self._caution(state, high)
        self._requirements(months)
        self._sources(months, month, state)
        cols = np.fromiter(high, dtype=np.int32, count=len(high))
        self.window.lp.column_bounds(
            cols, np.zeros(len(high)), np.fromiter(high.values(), dtype=float, count=len(high))
        )
        self._costs(state)

    def _demand(self, months: list[Month], state: State) -> None:
        network, lp = self.window.network, self.window.lp
        served = np.array([state.served.get(recipe.activity, 0.0) for recipe in network.recipes])
        for w, month in enumerate(months):
            wanted = np.array([self.wanted_t(d.use, d.region, month) for d in network.demands])
            cols = self.step_cols[w]
            lp.column_bounds(cols, np.zeros(len(cols)), self.step_width * wanted[self.step_demand])
            drifted = np.where(self.drift > 0, self.drift * max(month - BASE_MONTH, 0), self.most_share)
            gained = np.where(self.speed > 0, served + self.speed * (w + 1), drifted)
            shares = np.minimum(self.most_share, gained)
            cols = self.recipe_cols[w]
            # A margin above demand is harmless and avoids infeasibility from rounding.
            lp.column_bounds(cols, np.zeros(len(cols)), shares * wanted[self.recipe_demand] * (1 + 1e-9))

    def wanted_t(self, use: str, region: str, month: Month) -> float:
        """Returns the demand of a use in a month at the prices of the base year [t]."""
        years = (month - BASE_MONTH) / 12
        grown = self.spans[use, region] * float((1 + self.growth[use, region]) ** years)
        return grown * self.drivers.wanted(use, region, month)

    def _capacities(self, months: list[Month]) -> None:
        lp = self.window.lp
        rows, row_high, cols, col_high = [], [], [], []
        for name, places in self.limit_rows.items():
            for w, month in enumerate(months):
                rows.append(places[w])
                row_high.append(self.drivers.capacity(name, month, months[0]))
        for name, (places, weight) in self.alone_cols.items():
            for w, month in enumerate(months):
                cols.append(places[w])
                col_high.append(self.drivers.capacity(name, month, months[0]) / weight)
        lp.row_bounds(np.array(rows, dtype=np.int32), np.full(len(rows), -INF), np.array(row_high))
        lp.column_bounds(np.array(cols, dtype=np.int32), np.zeros(len(cols)), np.array(col_high))

    def _law(self, months: list[Month], known: Month, high: dict[int, float]) -> None:
        self.gates = {name: tuple([self.law(name, month, known) for month in months]) for name in self.asked}
        for passage, cols in self.passages:
            for w, gate in enumerate(self.gates[bucket_of(passage)]):
                high[cols[w]] = INF if _open(passage, gate) else 0.0
        for name, cols in self.applied.items():
            ways = [gate.passes for gate in self.gates[name]]
            shares = {way: self.drivers.grants(name, way, known) for way in set(ways) & set(ASKED)}
            for w, way in enumerate(ways):
                asked = next((later for later in ways[w:] if later in shares), None) if way is not Way.SHUT else None
                high[cols[w]] = shares[asked] * self.orders[name] if asked is not None else 0.0

    def _requirements(self, months: list[Month]) -> None:
        window = self.window
        for wanted in window.network.requirements:
            rows = np.array([window.row("require", wanted.name, w) for w in range(len(months))], dtype=np.int32)
            low = np.array([self.least_t(wanted.name, month) for month in months])
            window.lp.row_bounds(rows, low, np.full(len(rows), INF))

    def least_t(self, name: str, month: Month) -> float:
        """Returns the requirement of a month [t]; minus infinity outside its period."""
        wanted = next(r for r in self.window.network.requirements if r.name == name)
        if not wanted.first <= month <= wanted.last:
            return -INF
        return wanted.least * (self.wanted_t(*wanted.use, month) if wanted.use[0] else 1.0)

    def _sources(self, months: list[Month], month: Month, state: State) -> None:
        """Sets stock, goods in transit and expected licences as given."""
        window, lp = self.window, self.window.lp
        side = dict.fromkeys((row for rows in self.good_rows.values() for row in rows), 0.0)
        for entry, mass in state.stock_t.items():
            side[self.good_rows[entry][0]] -= mass
        for (entry, when), mass in state.arriving_t.items():
            if month <= when <= months[-1]:
                side[self.good_rows[entry][when - month]] -= mass
        for bucket in window.network.buckets:
            kept = 1.0 - window.rates.waste[bucket.name]
            for w, when in enumerate(months):
                given = state.granting_t.get((bucket.name, when), 0.0)
                given += kept * state.permits_t.get(bucket.name, 0.0) if w == 0 else 0.0
                side[window.row("permission", bucket.name, w)] = -given
        rows = np.fromiter(side, dtype=np.int32, count=len(side))
        values = np.fromiter(side.values(), dtype=float, count=len(side))
        lp.row_bounds(rows, values, values)

    def _costs(self, state: State) -> None:
        window = self.window
        moved: dict[int, float] = {}
        for activity, cols in self.levied:
            for w, col in enumerate(cols):
                moved[col] = (activity.cost + self.levy(activity, state, w)) * window.discounts[w]
        worth = self.worth(state)
        for col, cost, entry, discount in self.ends:
            moved[col] = moved.get(col, cost) - discount * worth.get(entry, 0.0)
        cols_all = np.fromiter(moved, dtype=np.int32, count=len(moved))
        window.lp.costs(cols_all, np.fromiter(moved.values(), dtype=float, count=len(moved)))

    def levy(self, activity: Activity, state: State, w: int) -> float:
        """Returns the charges on a shipment from the quote at the origin [USD/kg]."""
        entry = activity.takes[0].good
        share = (activity.levy[1] if activity.levy else 0.0) + self.duty(activity, w)
        return share * state.quote.get(entry, 0.0)

    def duty(self, activity: Activity, w: int) -> float:
        """Returns the duty of a scenario on a shipment, as a share of the price at the origin."""
        return self.drivers.duty(activity.key[0], self.month + w) if activity.key[1] == CHINA else 0.0

    def worth(self, state: State) -> Mapping[Good, float]:
        """Returns the value of a unit left at the end of the window [USD/kg].

        The lower of marginal price and quote, adjusted for holders who extrapolate the last change; zero for a product
        without use in the base year, whose value would rest on expectations only.

        Source: equation 36 of docs/market.md.
        """
        share, power = self.drivers.extrapolating, self.drivers.momentum
        found = {}
        for entry in self.turned_over:
            quote = state.quote[entry]
            drawn = float(np.exp(power * state.trend.get(entry, 0.0)))
            found[entry] = max(min(state.margin.get(entry, quote), quote) * (1 - share + share * drawn), 0.0)
        return found


def _open(passage: Passage, gate: Gate) -> bool:
    return gate.free if passage.way is Way.FREE else gate.passes in ASKED


def _grid(places: list[list[int]]) -> Indices:
    return np.array(places, dtype=np.int32)
