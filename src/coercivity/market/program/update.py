"""Changes from window to window: bounds, right-hand sides and costs as arrays with precomputed positions."""

from __future__ import annotations

import numpy as np

from coercivity.base.months import Month
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.network.network import Activity, Good, Store
from coercivity.market.program.build import PlanningWindow
from coercivity.market.program.lp import INF
from coercivity.market.program.openings import Bucket, Days, Floats, Indices, Openings, days_of
from coercivity.market.program.required import RequiredRows
from coercivity.market.program.state import BASE_MONTH, Drivers, Law, LawShares, State, shares_by_month
from coercivity.permission.desk.ahead import DeskAhead
from coercivity.permission.gate import Gate, Way


class WindowUpdate:
    """Updates a window to a month.

    Source: equations 24, 31, 32, 35 and 36 of docs/market.md.
    """

    def __init__(self, window: PlanningWindow, law: Law, drivers: Drivers, shares: LawShares | None = None) -> None:
        self.window, self.law, self.drivers = window, law, drivers
        self.shares = shares if shares is not None else shares_by_month(law)
        network, p_all = window.network, range(window.periods)
        place = window.column
        demands = network.demands
        self.spans = {(d.use, d.region): d.wanted_t for d in demands}
        self.growth = {(d.use, d.region): d.growth for d in demands}
        at = {(d.use, d.region): n for n, d in enumerate(demands)}
        steps = [
            (place("step", d.use, d.region, k, p), p, n, step.width)
            for p in p_all
            for n, d in enumerate(demands)
            for k, step in enumerate(window.steps(n, p))
        ]
        self.step_cols, self.step_period, self.step_demand = (
            np.array([entry[part] for entry in steps], dtype=np.int32) for part in range(3)
        )
        self.step_width = np.array([width for _, _, _, width in steps])
        self.recipe_cols = _grid([[place("act", r.activity, p) for r in network.recipes] for p in p_all])
        self.recipe_demand = np.array([at[r.use, r.region] for r in network.recipes])
        self.most_share = np.array([r.most_share for r in network.recipes])
        self.drift = np.array([r.drift for r in network.recipes])
        self.speed = np.array([r.speed or 0.0 for r in network.recipes])
        self.wait = np.array([r.wait for r in network.recipes])
        self.paid = [n for n, r in enumerate(network.recipes) if r.charge]
        costs = {a.name: a.cost for a in network.activities}
        self.unqualified: dict[tuple[str, ...], float] = {}
        self.recipe_cost = np.array([costs[network.recipes[n].activity] for n in self.paid])
        self.openings = Openings(window)
        self.asked = self.openings.asked
        self.good_rows = {entry: [window.row("good", entry, p) for p in p_all] for entry in network.goods}
        self.limit_rows = {
            name: [window.row("limit", name, p) for p in p_all] for name in network.limits if name not in window.alone
        }
        self.alone_cols = {
            name: ([place("act", act, p) for p in p_all], weight) for name, (act, weight) in window.alone.items()
        }
        self.levied = [
            (a, [place("act", a.name, p) for p in p_all])
            for a in network.activities
            if a.levy is not None or (a.kind == "ship" and a.key[1] == CHINA and a.key[0] in drivers.dutied)
        ]
        self.levied_cols = _grid([cols for _, cols in self.levied]).reshape(-1, window.periods)
        self.levied_cost = np.array([a.cost for a, _ in self.levied])[:, None]
        self.levied_share = np.array([a.levy[1] if a.levy else 0.0 for a, _ in self.levied])[:, None]
        self.levied_goods = [a.takes[0].good for a, _ in self.levied]
        self.charged = [
            (a, [place("act", a.name, p) for p in p_all]) for a in network.activities if a.name in drivers.charged
        ]
        starts = window.grid.starts
        self.period_ends = [(first, first + length) for first, length in zip(starts, window.grid.periods, strict=True)]
        buckets = [b.name for b in network.buckets]
        self.permission_places, self.permit_cols, self.apply_cols = (
            _grid([[find(word, name, p) for p in p_all] for name in buckets]).reshape(-1, window.periods)
            for find, word in ((window.row, "permission"), (place, "permit"), (place, "apply"))
        )
        self.papers = np.array([window.rates.papers[name] for name in buckets])
        # What can be stored can also be thrown away, so its price is never negative.
        self.thrown_away = np.zeros(window.lp.shape[0], dtype=bool)
        self.thrown_away[[row for store in network.stores for row in self.good_rows[store.good]]] = True
        self.covers = self._covers()
        self.end_cols, self.end_cost, self.end_discount, self.end_goods = self._ends()
        self.month: Month = BASE_MONTH
        self.gates: dict[Bucket, Gate] = {}
        self.required = RequiredRows(window, drivers, self.wanted_t)
        self.required_t: dict[str, float] = {}
        self._days: tuple[Month, dict[Bucket, list[Days]]] = (-1, {})
        self._loaded: dict[Month, Floats] = {}

    def _covers(self) -> list[tuple[Store, list[list[float]], list[list[int]]]]:
        """Returns the layers of stock up to normal cover: width [t], and position in each period."""
        window = self.window
        found = []
        for store in window.network.stores:
            if len(window.layers_of(store, 0)) > 1:
                usual = store.cover * store.turnover_t
                widths = [[layer.width * usual for layer in window.layers(p)] for p in range(window.periods)]
                cols = [
                    [window.column("stock", store.good, layer, p) for layer in range(len(widths[p]))]
                    for p in range(window.periods)
                ]
                found.append((store, widths, cols))
        return found

    def _ends(self) -> tuple[Indices, Floats, Floats, list[Good]]:
        """Returns the columns of what is left at the end of the window: position, own cost, discount, product."""
        window, last = self.window, self.window.periods - 1
        now = float(window.discounts[last])
        found = [
            (window.column("stock", store.good, layer, last), now, store.good)
            for store in window.network.stores
            for layer in window.layers_of(store, last)[:-1]
        ]
        found += [(window.column("land", entry, 0), now * window.rates.beta, entry) for entry in window.landing]
        cols = np.array([col for col, _, _ in found], dtype=np.int32)
        own = np.array([window.lp.cost[col] for col in cols])
        return cols, own, np.array([discount for _, discount, _ in found]), [entry for _, _, entry in found]

    def _cover(self, state: State, high: dict[int, float]) -> None:
        """Sets the layers of cover: wider after a month in which their region went without.

        At the end of the window they reach up to the stock of the start only: no plan builds stock for its own end.

        Source: equation 31 of docs/market.md.
        """
        for store, widths, cols in self.covers:
            more = 1 + self.drivers.caution * state.short.get(store.good.region, 0.0)
            for places, each in zip(cols[:-1], widths[:-1], strict=True):
                high.update(zip(places, [width * more for width in each], strict=True))
            left = state.stock_t.get(store.good, 0.0)
            for place, width in zip(cols[-1], widths[-1], strict=True):
                high[place] = min(width, left)
                left -= high[place]

    def to(self, month: Month, state: State, desk: DeskAhead) -> None:
        """Sets every bound, right-hand side and cost for a month of planning.

        Args:
            month: First month of the window; notices published by its middle are known.
            state: State after the month before.
            desk: The licensing desk as users see it in the month.
        """
        self.month = month
        months = [month + w for w in range(self.window.grid.months)]
        seen = [min(each, month + self.drivers.foresight - 1) for each in months]
        high: dict[int, float] = {}
        self._demand(months, seen, state)
        self._qualification(state)
        self._capacities(months, seen, state)
        self._law(month, desk)
        self._cover(state, high)
        self.required_t = self.required.to(months, seen, state, self._days_in(month), desk)
        self._sources(months, month, state)
        self._licences(desk, high)
        cols = np.fromiter(high, dtype=np.int32, count=len(high))
        self.window.lp.column_bounds(
            cols, np.zeros(len(high)), np.fromiter(high.values(), dtype=float, count=len(high))
        )
        self._costs(state, desk)
        self._charges(state)

    def _qualification(self, state: State) -> None:
        """Sets the cost of recipes: before its qualification has begun, a plan pays for it with each kilogram.

        Source: equation 73 of docs/market.md.
        """
        recipes = [self.window.network.recipes[n] for n in self.paid]
        self.unqualified = {r.activity: 0.0 if r.activity in state.qualified_on else r.charge for r in recipes}
        cost = np.outer(self.window.discounts, self.recipe_cost + np.array(list(self.unqualified.values())))
        self.window.lp.costs(self.recipe_cols[:, self.paid].ravel(), cost.ravel())

    def _demand(self, months: list[Month], seen: list[Month], state: State) -> None:
        """Sets the limits of demand steps and of recipes.

        Demand and what spreads by itself are foreseen for some time; a qualification goes on to the end of a plan.
        """
        network, lp = self.window.network, self.window.lp
        ready = np.array([state.ready.get(recipe.activity, 0.0) for recipe in network.recipes])
        # Without a decision a plan begins qualification now.
        begins = {recipe.activity: months[0] + recipe.wait for recipe in network.recipes}
        usable = np.array([state.qualified_on.get(name, first) for name, first in begins.items()])
        each = {
            month: [self.wanted_t(d.use, d.region, month) for d in network.demands] for month in dict.fromkeys(seen)
        }
        wanted = np.array([each[month] for month in seen])
        far = np.where(self.wait > 0, np.array(months)[:, None], np.array(seen)[:, None])
        gaining = far - np.maximum(usable, months[0])[None, :] + 1
        since = np.maximum(np.array(seen)[:, None] - BASE_MONTH, 0)
        drifted = np.where(self.drift > 0, self.drift * since, self.most_share)
        gained = np.where(self.speed > 0, ready + self.speed * np.maximum(gaining, 0), drifted)
        # A margin above demand is harmless and avoids infeasibility from rounding.
        most = np.minimum(self.most_share, gained) * wanted[:, self.recipe_demand] * (1 + 1e-9)
        starts = np.array(self.window.grid.starts)
        whole = np.add.reduceat(wanted, starts)
        for cols, high in (
            (self.step_cols, self.step_width * whole[self.step_period, self.step_demand]),
            (self.recipe_cols, np.add.reduceat(most, starts)),
        ):
            lp.column_bounds(cols.ravel(), np.zeros(cols.size), high.ravel())

    def wanted_t(self, use: str, region: str, month: Month) -> float:
        """Returns the demand of a use in a month at the prices of the base year [t]."""
        years = (month - BASE_MONTH) / 12
        grown = self.spans[use, region] * float((1 + self.growth[use, region]) ** years)
        return grown * self.drivers.wanted(use, region, month, self.month)

    def _capacities(self, months: list[Month], seen: list[Month], state: State) -> None:
        """Sets capacities; a quota is law, so it is foreseen in full, and so is what is published with its dates."""
        lp, network = self.window.lp, self.window.network
        known = network.quotas.keys() | network.dated
        rows, row_high, cols, col_high = [], [], [], []
        for name, places in self.limit_rows.items():
            rows += places
            row_high += self._capacity(name, months if name in known else seen, state)
        for name, (places, weight) in self.alone_cols.items():
            cols += places
            col_high += [room / weight for room in self._capacity(name, months if name in known else seen, state)]
        lp.row_bounds(np.array(rows, dtype=np.int32), np.full(len(rows), -INF), np.array(row_high))
        lp.column_bounds(np.array(cols, dtype=np.int32), np.zeros(len(cols)), np.array(col_high))

    def _capacity(self, name: str, months: list[Month], state: State) -> list[float]:
        """Returns a capacity in each period [of its unit]."""
        room = {month: self.drivers.capacity(name, month, months[0], state) for month in dict.fromkeys(months)}
        return [total([room[month] for month in months[first:end]]) for first, end in self.period_ends]

    def gates_in(self, month: Month) -> dict[Bucket, Gate]:
        """Returns what the law says in a month of each bucket that it is asked about."""
        return {name: self.law(name, month, month) for name in self.asked}

    def first_asked(self, month: Month) -> dict[Bucket, Way | None]:
        """Returns by bucket how it is treated on the first days of the window on which it needs a licence, if on any.

        Args:
            month: First month of the window.
        """
        return {
            name: next((each.asked for each in days if each.asked is not None), None)
            for name, days in self._days_in(month).items()
        }

    def _days_in(self, known: Month) -> dict[Bucket, list[Days]]:
        """Returns the gates of each bucket in each period of the window that begins in a month."""
        if self._days[0] != known:
            grid = self.window.grid
            periods = [(known + first, length) for first, length in zip(grid.starts, grid.periods, strict=True)]
            found = {
                name: [days_of(self.shares(name, first, length, known)) for first, length in periods]
                for name in self.asked
            }
            self._days = known, found
        return self._days[1]

    def _law(self, known: Month, seen: DeskAhead) -> None:
        self.gates = self.gates_in(known)
        cols, high = self.openings.highs(self._days_in(known), seen, self._loading(known))
        self.window.lp.column_bounds(cols, np.zeros(len(cols)), high)

    def _loading(self, known: Month) -> Floats:
        """Returns the largest shipment without a licence on each route in each period [t]."""
        grid, routes = self.window.grid, self.openings.routes
        months = range(known, known + grid.months)
        for month in months:
            if month not in self._loaded:
                self._loaded[month] = np.array([self.drivers.loading(route, month) for route in routes])
        each = np.array([self._loaded[month] for month in months]).reshape(grid.months, len(routes))
        return np.add.reduceat(each, np.array(grid.starts), axis=0).T

    def _sources(self, months: list[Month], month: Month, state: State) -> None:
        """Sets stock and goods in transit as given."""
        window, lp = self.window, self.window.lp
        side = dict.fromkeys((row for rows in self.good_rows.values() for row in rows), 0.0)
        for entry, mass in state.stock_t.items():
            side[self.good_rows[entry][0]] -= mass
        for (entry, when), mass in state.arriving_t.items():
            if month <= when <= months[-1]:
                side[self.good_rows[entry][window.grid.period_of[when - month]]] -= mass
        for entry, masses in self.drivers.arrivals(months, state).items():
            for ahead, mass in enumerate(masses):
                side[self.good_rows[entry][window.grid.period_of[ahead]]] -= mass
        places = np.fromiter(side, dtype=np.int32, count=len(side))
        low = np.fromiter(side.values(), dtype=float, count=len(side))
        lp.row_bounds(places, low, np.where(self.thrown_away[places], INF, low))

    def _licences(self, seen: DeskAhead, high: dict[int, float]) -> None:
        """Sets licences held, those expected, and general ones; the latter cannot be kept.

        So no more can be kept than single licences are there or expected by then.

        Source: equations 27 and 60 of docs/market.md.
        """
        starts = np.array(self.window.grid.starts)
        expected = np.add.reduceat(seen.grants_t, starts, axis=1)
        expected[:, 0] += seen.usable_t
        side = expected + np.add.reduceat(seen.general_t, starts, axis=1)
        rows = self.permission_places.ravel()
        self.window.lp.row_bounds(rows, -side.ravel(), np.full(rows.size, INF))
        ends = starts + np.array(self.window.grid.periods)
        filed = np.maximum(ends[None, :] - np.floor(seen.lead_months)[:, None], 0.0)
        most = np.repeat(seen.granted_most_t[:, None], filed.shape[1], axis=1)
        kept = np.cumsum(expected, axis=1) + np.multiply(filed, most, out=np.zeros_like(filed), where=filed > 0)
        high.update(zip(self.permit_cols.ravel().tolist(), kept.ravel().tolist(), strict=True))

    def _costs(self, state: State, seen: DeskAhead) -> None:
        window = self.window
        papers = self.papers / np.where(seen.granted > 0, seen.granted, 1.0)
        window.lp.costs(self.apply_cols.ravel(), np.outer(papers, window.discounts).ravel())
        quote = np.array([state.quote.get(entry, 0.0) for entry in self.levied_goods])[:, None]
        share = np.repeat(self.levied_share, window.periods, axis=1)
        for place, (activity, _) in enumerate(self.levied):
            if activity.key[0] in self.drivers.dutied:
                share[place] += [self.duty(activity, p) for p in range(window.periods)]
        cost = (self.levied_cost + share * quote) * window.discounts
        window.lp.costs(self.levied_cols.ravel(), cost.ravel())
        left = np.array([max(state.quote.get(entry, 0.0), 0.0) for entry in self.end_goods])
        window.lp.costs(self.end_cols, self.end_cost - self.end_discount * left)

    def _charges(self, state: State) -> None:
        """Sets the cost of activities with a charge, on top of their cost and levy."""
        for activity, cols in self.charged:
            own = activity.cost + self.unqualified.get(activity.name, 0.0)
            cost = [
                (own + self.levy(activity, state, p) + self.charge(activity, state, p)) * discount
                for p, discount in enumerate(self.window.discounts.tolist())
            ]
            self.window.lp.costs(np.array(cols, dtype=np.int32), np.array(cost))

    def charge(self, activity: Activity, state: State, p: int) -> float:
        """Returns the mean charge on an activity in a period, negative if it is supported [USD/kg]."""
        if activity.name not in self.drivers.charged:
            return 0.0
        months = self.window.grid.months_of(p)
        each = (self.drivers.charge(activity.name, self.month + w, self.month, state) for w in months)
        return total(each) / len(months)

    def levy(self, activity: Activity, state: State, p: int) -> float:
        """Returns the charges on a shipment in a period, from the quote at the origin [USD/kg]."""
        share = (activity.levy[1] if activity.levy else 0.0) + self.duty(activity, p)
        return share * state.quote.get(activity.takes[0].good, 0.0) if share else 0.0

    def duty(self, activity: Activity, p: int) -> float:
        """Returns the mean duty of a scenario on a shipment in a period, as a share of the price at the origin."""
        if activity.kind != "ship" or activity.key[1] != CHINA:
            return 0.0
        months = self.window.grid.months_of(p)
        return total(self.drivers.duty(activity.key[0], self.month + w, self.month) for w in months) / len(months)


def _grid(places: list[list[int]]) -> Indices:
    return np.array(places, dtype=np.int32)
